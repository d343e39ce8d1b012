"""A level as a Stata file (.dta), written by pyreadstat. The same level gives the same bytes."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.statistics.labels import cut_letters
from outputs.statistics.non_answers import KINDS
from outputs.statistics.variables import Cell, Level, Variable

# Stata's missing values .a, .b ..., one a kind of non-answer.
LETTERS: Mapping[str, str] = dict(zip(KINDS, "abcde", strict=True))
_LABEL = 80  # what Stata holds of a label, in characters
_VERSION = 15  # read by Stata 14 and later
_DAYS = (date(1970, 1, 1) - date(1960, 1, 1)).days  # Stata counts days from there
_MADE = re.compile(rb"<timestamp>\x11.{17}</timestamp>")  # pyreadstat takes the time of day
_ALWAYS = b"<timestamp>\x1101 Jan 2000 00:00</timestamp>"


def write_dta_level(level: Level, folder: Path) -> Path:
    """`<name>.dta` with labels and missing values of their own; long ones end in `…`. OSError."""
    import pyreadstat  # brings pandas' readers along, and few runs are asked for this file

    path = folder / f"{level.name}.dta"
    variables = level.variables
    pyreadstat.write_dta(
        pd.DataFrame({variable.name: _column(variable) for variable in variables}),
        path,
        file_label=cut_letters(level.title, _LABEL),
        column_labels={variable.name: cut_letters(variable.label, _LABEL) for variable in variables},
        variable_value_labels={variable.name: _labels(variable) for variable in variables if variable.labels},
        missing_user_values={variable.name: _letters(variable) for variable in variables if variable.missing},
        variable_format={variable.name: "%td" for variable in variables if variable.kind == "date"},
        version=_VERSION,
    )
    path.write_bytes(_MADE.sub(lambda _: _ALWAYS, path.read_bytes(), count=1))
    return path


def _column(variable: Variable) -> pd.Series:
    if variable.kind == "text":
        return pd.Series([str(value or "") for value in variable.cells], dtype=object)
    values = [_value(variable, value) for value in variable.cells]
    return pd.Series(values, dtype=object if variable.missing else "float64")


def _value(variable: Variable, value: Cell) -> Cell:
    if value is None:
        return None
    if value in variable.missing:
        return LETTERS[variable.missing[int(value)]]
    return float(value) + _DAYS if variable.kind == "date" else float(value)


def _labels(variable: Variable) -> dict[Any, str]:
    answers: dict[Any, str] = {
        code: label for code, label in variable.labels.items() if label and code not in variable.missing
    }
    return answers | {LETTERS[kind]: variable.labels[code] for code, kind in variable.missing.items()}


def _letters(variable: Variable) -> list[str]:
    return sorted({LETTERS[kind] for kind in variable.missing.values()})
