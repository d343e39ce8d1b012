"""Tables as CSV files that an Italian Excel opens, with a data dictionary. Room outputs: writes what it is given."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from corpus.words.formulas import guard
from corpus.words.language import Language
from outputs.numbers import Rendered
from outputs.tables.table import CELL_COLUMNS, PEOPLE_COLUMNS
from outputs.words.render import RenderedTable


def write_csv(tables: Sequence[RenderedTable], folder: Path, language: Language = "it") -> list[Path]:
    """One file a table, `<key>.csv`; `<key>.citazioni.csv` and `<key>.rispondenti.csv` with the trail of its numbers
    where it has one; `dizionario.csv` says what every column means. Returns the paths written.

    Separator `;`, UTF-8 with BOM, CRLF, decimal comma in Italian. The first column, `row`, is the row's key in the
    trails. A text that a spreadsheet would take for a formula gets a leading apostrophe. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables:
        columns = [table.frame.index.tolist(), *(table.frame[name].tolist() for name in table.frame.columns)]
        written.append(
            _write(
                folder / f"{table.key}.csv",
                ["row", *(column.label for column in table.columns)],
                zip(*(_cells(column, language) for column in columns), strict=True),
            )
        )
        if len(table.cells):
            written.append(_write_trail(folder / f"{table.key}.citazioni.csv", CELL_COLUMNS, table.cells))
        if len(table.people):
            written.append(_write_trail(folder / f"{table.key}.rispondenti.csv", PEOPLE_COLUMNS, table.people))
    written.append(write_dictionary(tables, folder / "dizionario.csv", language))
    return written


def write_rows(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Rendered]], language: Language) -> Path:
    """One CSV file in the way of this module: headings, then rows of texts, numbers or None. Returns `path`."""
    return _write(path, heads, (_cells(row, language) for row in rows))


def write_dictionary(tables: Sequence[RenderedTable], path: Path, language: Language) -> Path:
    """What every column of every table means, one row a column. Returns `path`."""
    heads = {
        "it": ["tabella", "titolo", "colonna", "etichetta", "tipo", "significato", "nota della tabella", "in parole"],
        "en": ["table", "title", "column", "label", "kind", "meaning", "note of the table", "in words"],
    }
    rows = (
        [table.key, table.title, column.key, column.label, column.kind, column.meaning, table.note, table.said]
        for table in tables
        for column in table.columns
    )
    return write_rows(path, heads[language], rows, language)


def _write_trail(path: Path, heads: Sequence[str], frame: pd.DataFrame) -> Path:
    """A CSV file of plain texts, hundreds of thousands of rows of few different ones: each is looked at once."""
    columns = []
    for name in frame.columns:
        codes, texts = pd.factorize(frame[name])
        columns.append(np.array([*map(guard, texts.tolist()), ""], dtype=object)[codes].tolist())
    return _write(path, heads, zip(*columns, strict=True))


def _write(path: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\ufeff")  # as utf-8-sig, which takes twice as long row by row
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([guard(head) for head in heads])
        writer.writerows(rows)
    return path


def _cells(values: Sequence[Rendered], language: Language) -> list[str]:
    return [_cell(value, language) for value in values]


def _cell(value: Rendered, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, int):
        return str(value)
    text = f"{float(value):.6g}"
    return text.replace(".", ",") if language == "it" else text
