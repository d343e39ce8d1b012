"""The tables that an exported script makes, compared with those of the run, number by number."""

import math
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.tables.table import Table, row_parts

_KEYS = ["theme_code", "item", "option", "measure", "figure"]
_TEXTS = {"theme", "theme_code", "item", "item_text", "option", "measure", "effect_name", "test", "larger", "figure"}
_TEXTS |= {"leads"}
_FAMILIES = ("temi", "temi_per", "temi_domande", "cifre_corrette")
_BY_CHANCE = 0.05  # 4,999 draws, and others than Trama's


def differences(tables: Collection[Table], folder: Path, *, by_r: bool = False) -> Iterator[str]:
    """Every number of the theme tables that the script in `folder` gave otherwise, or not at all.

    R draws otherwise than Trama, and leaves out the interval that is drawn.
    """
    for table in tables:
        if table.family in _FAMILIES and not table.frame.empty:
            yield from _differences(table, folder / "rifatte" / f"{table.key}.csv", by_r)


def numbers(tables: Collection[Table]) -> int:
    """How many numbers these tables have, so that a test knows that something was compared."""
    theme_tables = [table for table in tables if table.family in _FAMILIES]
    return sum(len(_numbers(cells)) for table in theme_tables for cells in table.frame.to_dict("records"))


def _differences(table: Table, file: Path, by_r: bool) -> Iterator[str]:
    made = pd.read_csv(file, keep_default_na=False, na_values=["", "NA"], dtype=dict.fromkeys(_KEYS, str))
    keys = made[[key for key in _KEYS if key in made]].fillna("").itertuples(index=False, name=None)
    by_key = dict(zip(keys, made.to_dict("records"), strict=True))
    for row, cells in table.frame.to_dict("index").items():
        key = tuple(row_parts(row))
        redone = by_key.pop(key, None)
        if redone is None:
            if _number(cells.get("n")) > 0:  # an item that the questionnaire lacks has no row
                yield f"{table.key} {key}: not there"
            continue
        for name in set(cells) - _TEXTS:
            if by_r and redone.get("effect_name") == "cramer v" and name in ("low", "high"):
                continue
            if not _alike(_number(cells[name]), _number(redone.get(name)), name, by_r):
                yield f"{table.key} {key} {name}: {cells[name]} and {redone.get(name)}"
    yield from (f"{table.key} {key}: too much" for key in by_key)


def _alike(ours: float, theirs: float, name: str, by_r: bool) -> bool:
    if math.isnan(ours) or math.isnan(theirs):
        return math.isnan(ours) and math.isnan(theirs)
    if by_r and name in ("p", "q"):
        return abs(ours - theirs) < _BY_CHANCE
    return math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-9)


def _numbers(cells: dict[Any, Any]) -> list[float]:
    known = [_number(cell) for name, cell in cells.items() if name not in _TEXTS]
    return [number for number in known if not math.isnan(number)]


def _number(cell: object) -> float:
    if cell == "∞":
        return math.inf
    return float(cell) if isinstance(cell, int | float) and not pd.isna(cell) else math.nan
