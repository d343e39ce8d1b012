"""A level as CSV that statistics programs read as it is. Room outputs: writes what it is given."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from corpus.words.formulas import guard
from outputs.statistics.variables import Cell, Level, Variable

_EPOCH = date(1970, 1, 1)


def write_csv_level(level: Level, folder: Path) -> Path:
    """`<name>.csv`: comma, decimal point, UTF-8, ISO dates, codes of categories, blank for unknown. OSError."""
    columns = [_cells(variable) for variable in level.variables]
    names = [variable.name for variable in level.variables]
    return write_csv_rows(folder / f"{level.name}.csv", names, zip(*columns, strict=True))


def write_csv_rows(path: Path, names: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Path:
    """A header and rows of texts, guarded against spreadsheets, and whole numbers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(map(_guarded, rows))
    return path


def _guarded(row: Sequence[str | int]) -> list[str | int]:
    return [guard(cell) if isinstance(cell, str) else cell for cell in row]


def _cells(variable: Variable) -> list[str | int]:
    return [_cell(variable, cell) for cell in variable.cells]


def _cell(variable: Variable, value: Cell) -> str | int:
    if value is None or isinstance(value, str):
        return value or ""
    if variable.kind == "category" or value in variable.missing:
        return int(value)
    if variable.kind == "date":
        return (_EPOCH + timedelta(days=value)).isoformat()
    return repr(value + 0.0).removesuffix(".0")
