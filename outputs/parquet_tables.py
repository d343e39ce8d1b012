"""Tables as Parquet files that carry their own dictionary. Writes what it is given.

A column of numbers stays a column of numbers: where a cell holds a text instead ("non calcolabile: ..."), the text goes
into a second column, `<key>.why`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from outputs.words.render import RenderedTable

_WHY = ".why"
META = b"trama"


def write_parquet(tables: Sequence[RenderedTable], folder: Path) -> list[Path]:
    """One file a table, `<key>.parquet`, and its trails beside it as write_csv names them. Returns the paths written.

    The first column, `row`, is the row's key. Title, note and the meaning of every column are in the file's metadata
    (key `trama`, JSON). The same tables give the same bytes. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, table in enumerate(tables):
        head = {"number": number, "key": table.key, "title": table.title, "note": table.note, "lead": table.said}
        head |= {"columns": [asdict(column) for column in table.columns]}
        columns = {"row": pa.array(table.frame.index.tolist(), pa.string())}
        for name in table.frame.columns:
            columns |= split_column(name, table.frame[name].tolist(), _WHY)
        written.append(write_stored(pa.table(columns), folder / f"{table.key}.parquet", head))
        for name, trail in (("citazioni", table.cells), ("rispondenti", table.people)):
            if len(trail):
                written.append(write_frame(trail, folder / f"{table.key}.{name}.parquet"))
    return written


def write_frame(frame: pd.DataFrame, path: Path) -> Path:
    """A plain frame as Parquet, with the types of its values alone (no trace of how pandas held them)."""
    stored = pa.Table.from_pandas(frame, preserve_index=False)
    texts = [pa.string() if pa.types.is_large_string(field.type) else field.type for field in stored.schema]
    plain = pa.schema([pa.field(name, kind) for name, kind in zip(stored.column_names, texts, strict=True)])
    return write_stored(stored.cast(plain), path, None)


def read_trail(path: Path, columns: list[str]) -> pd.DataFrame:
    """A trail that write_frame left, empty where there is no file."""
    if not path.exists():
        return pd.DataFrame(columns=columns, dtype="str")
    return pq.read_table(path, page_checksum_verification=True).to_pandas().astype("str")[columns]


def write_stored(stored: pa.Table, path: Path, head: dict[str, Any] | None) -> Path:
    """One Parquet file with checksums; `head` goes into its metadata."""
    metadata = {META: json.dumps(head, ensure_ascii=False).encode()} if head else None
    pq.write_table(stored.replace_schema_metadata(metadata), path, compression="zstd", write_page_checksum=True)
    return path


def split_column(name: str, values: list[Any], beside: str) -> dict[str, pa.Array]:
    """A column of numbers, texts and None as Parquet holds it; texts beside numbers go into `name + beside`."""
    texts = [value if isinstance(value, str) else None for value in values]
    numbers = [value for value in values if value is not None and not isinstance(value, str)]
    if not numbers:
        return {name: pa.array(texts, pa.string())}
    kind = pa.int64() if all(isinstance(value, int) for value in numbers) else pa.float64()
    plain = [None if isinstance(value, str) else value for value in values]
    columns = {name: pa.array(plain, kind)}
    if any(text is not None for text in texts):
        columns[name + beside] = pa.array(texts, pa.string())
    return columns
