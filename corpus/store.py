"""Derived frames as content-addressed Parquet: written once, atomically, never changed. Knows nothing of what it keeps.

A file's name is the hash of everything its content depends on, so a re-run finds what did not change, two runs at once
write the same bytes, and a killed run leaves at most a stray temporary file.
"""

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

log = logging.getLogger(__name__)


def content_key(stage: str, *parts: Any) -> str:
    """The name of a derived file: SHA-256 over the stage's name and its inputs (anything that JSON can write)."""
    text = json.dumps([stage, *parts], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()  # a file's name may be no UTF-8


def frame_hash(frame: pd.DataFrame) -> str:
    """A hash of a frame's columns and values, the same on every machine."""
    digest = hashlib.sha256()
    for name in frame.columns:
        values = frame[name].astype(str).to_numpy(dtype=object).tolist()  # many times faster than one after the other
        digest.update(json.dumps([name, *values]).encode())
    return digest.hexdigest()


def record_hash(record: Any) -> str:
    """A hash of a frozen record's fields (a theme, an item): two records of one hash say the same."""
    return content_key(type(record).__name__, asdict(record))


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's content. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_hash(folder: Path) -> str:
    """A hash of the names and contents of the files below `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder).as_posix()}\n{file_hash(path)}\n".encode())
    return digest.hexdigest()


class Store:
    """A folder of derived frames, addressed by `content_key`.

    `used` are the keys read or written so far, `damaged` those whose file could not be read and was dropped.
    """

    def __init__(self, root: Path):
        self.root = root
        self.used: set[str] = set()
        self.damaged: list[str] = []

    def path(self, key: str) -> Path:
        """Where the frame of `key` is, or would be."""
        return self.root / key[:2] / f"{key}.parquet"

    def read_table(self, key: str, columns: list[str] | None = None) -> pa.Table | None:
        """The table of `key`, or some of its columns; None where it was never made or is damaged (the log says so)."""
        path = self.path(key)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:  # half the time of pq.read_table
                table = file.read(columns, use_threads=False)
        except FileNotFoundError:
            return None
        except (OSError, pa.ArrowException):
            self.drop(key)
            return None
        self.used.add(key)
        return table

    def drop(self, key: str) -> None:
        """Take what is kept under `key` for damaged: it goes, and the log says so."""
        log.warning("damaged cache file, made anew: %s", self.path(key).name)
        self.path(key).unlink(missing_ok=True)
        self.damaged.append(key)

    def write_table(self, key: str, table: pa.Table) -> None:
        """Keep `table` under `key`. The file appears whole or not at all."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".partial")
        os.close(handle)
        try:
            # No statistics: nobody searches in these files, and of one cell they would be its whole text once more.
            # Dictionaries only where values repeat: looking for one in vectors took most of the time of writing.
            repeating = [field.name for field in table.schema if not pa.types.is_nested(field.type)]
            pq.write_table(
                table,
                temporary,
                compression="zstd",
                use_dictionary=repeating,
                write_page_checksum=True,
                write_statistics=False,
            )
            Path(temporary).replace(path)
            self.used.add(key)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def keep_only(self, keys: Collection[str]) -> int:
        """Remove the files of all other keys and what killed runs left half written; returns the bytes freed.

        Nobody else may be writing to the store meanwhile.
        """
        freed = 0
        for path in sorted(self.root.glob("*/*")):
            if path.suffix != ".parquet" or path.stem not in keys:
                freed += path.stat().st_size
                path.unlink()
        return freed

    def read(self, key: str, columns: list[str] | None = None) -> pd.DataFrame | None:
        """The frame of `key`, or None as for `read_table`."""
        table = self.read_table(key, columns)
        return None if table is None else table.to_pandas()

    def write(self, key: str, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep `frame` under `key`, and give it back."""
        self.write_table(key, pa.Table.from_pandas(frame, preserve_index=False))
        return frame

    def read_array(self, key: str) -> np.ndarray | None:
        """The float32 array (rows, columns) of `key`, or None as for `read_table`."""
        table = self.read_table(key)
        if table is None:
            return None
        column = table.column("row").combine_chunks()
        return column.flatten().to_numpy().reshape(len(column), column.type.list_size)

    def write_array(self, key: str, array: np.ndarray) -> np.ndarray:
        """Keep a float32 array (rows, columns) under `key`, and give it back."""
        flat = pa.array(np.ascontiguousarray(array, dtype=np.float32).ravel())
        self.write_table(key, pa.table({"row": pa.FixedSizeListArray.from_arrays(flat, array.shape[1])}))
        return array
