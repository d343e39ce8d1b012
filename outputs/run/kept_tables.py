"""The tables of a run as it keeps them: Parquet, in no language. Writes and reads what it is given.

A column of numbers stays a column of numbers; a Phrase goes as JSON into a second column, `<key>.phrase`, and a text
beside numbers into `<key>.text`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from corpus.words.phrase import Phrase, from_json, from_plain, to_json, to_plain
from outputs.parquet_tables import META, read_trail, split_column, write_frame, write_stored
from outputs.tables.table import CELL_COLUMNS, PEOPLE_COLUMNS, Column, Table

_PHRASE = ".phrase"
_TEXT = ".text"
_WORDED = ("title", "note", "lead", "warning")


def keep_tables(tables: Sequence[Table], folder: Path) -> None:
    """One file a table, `<key>.parquet`, and its trails beside it; the same tables give the same bytes. OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, table in enumerate(tables):
        head = {"number": number, "key": table.key, "family": table.family}
        head |= {name: to_plain(getattr(table, name)) for name in _WORDED}
        head |= {"columns": [_plain_column(column) for column in table.columns]}
        columns = {"row": pa.array(table.frame.index.tolist(), pa.string())}
        for name in table.frame.columns:
            columns |= _apart(name, table.frame[name].tolist())
        write_stored(pa.table(columns), folder / f"{table.key}.parquet", head)
        for name, trail in (("citazioni", table.cells), ("rispondenti", table.people)):
            if len(trail):
                write_frame(trail, folder / f"{table.key}.{name}.parquet")


def read_tables(folder: Path) -> list[Table]:
    """The tables that `keep_tables` left in `folder`, in their order.

    Tables of a run of format 1, which were kept in the words of one language, come as texts that are in words already.
    Raises OSError, KeyError or pyarrow.ArrowException.
    """
    tables = {}
    for path in sorted(folder.glob("*.parquet")):
        if "." in path.stem:
            continue  # a table's trail
        stored = pq.read_table(path, page_checksum_verification=True)
        head = json.loads((stored.schema.metadata or {})[META])
        columns = tuple(_column(column) for column in head["columns"])
        values = {column.key: _together(stored, column.key) for column in columns}
        index = pd.Index(stored["row"].to_pylist(), name="row", dtype="str")
        frame = pd.DataFrame(values, index=index, columns=[column.key for column in columns], dtype=object)
        title, note, lead, warning = (from_plain(head.get(name, "")) for name in _WORDED)
        cells = read_trail(folder / f"{head['key']}.citazioni.parquet", CELL_COLUMNS)
        people = read_trail(folder / f"{head['key']}.rispondenti.parquet", PEOPLE_COLUMNS)
        family = head.get("family", "")  # format 1 has none
        tables[head["number"]] = Table(head["key"], title, note, columns, frame, cells, people, lead, family, warning)
    return [tables[number] for number in sorted(tables)]


def _plain_column(column: Column) -> dict[str, Any]:
    return asdict(column) | {"heading": to_plain(column.heading), "meaning": to_plain(column.meaning)}


def _column(kept: dict[str, Any]) -> Column:
    if "label" in kept:  # format 1
        kept = {name: value for name, value in kept.items() if name != "label"} | {"heading": kept["label"]}
    return Column(**kept | {"heading": from_plain(kept["heading"]), "meaning": from_plain(kept["meaning"])})


def _apart(name: str, values: list[Any]) -> dict[str, pa.Array]:
    """One column of a table as up to three of Parquet: numbers or texts, the texts beside numbers, the phrases."""
    columns = split_column(name, [None if isinstance(value, Phrase) else value for value in values], _TEXT)
    if any(isinstance(value, Phrase) for value in values):
        phrases = [to_json(value) if isinstance(value, Phrase) else None for value in values]
        columns[name + _PHRASE] = pa.array(phrases, pa.string())
    return columns


def _together(stored: pa.Table, name: str) -> list[Any]:
    values = stored[name].to_pylist()
    for suffix, read in ((_TEXT, str), (".why", str), (_PHRASE, from_json)):  # .why: the texts of format 1
        if name + suffix in stored.column_names:
            beside = stored[name + suffix].to_pylist()
            values = [value if other is None else read(other) for value, other in zip(values, beside, strict=True)]
    return values
