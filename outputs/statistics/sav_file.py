"""A level as an SPSS file (.sav), written by pyreadstat. The same level gives the same bytes."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from outputs.statistics.labels import cut_bytes, line_of_bytes
from outputs.statistics.variables import Cell, Level, Variable, declared_missing

# What SPSS holds, in bytes of UTF-8.
_TITLE = 64
_LABEL = 255
_VALUE_LABEL = 120
_TEXT = 32_767
_DAYS = (date(1970, 1, 1) - date(1582, 10, 14)).days  # SPSS counts from there, in seconds
_SECONDS = 86_400
_MADE = slice(92, 109)  # where the file says when it was made; pyreadstat takes the time of day
_ALWAYS = b"01 Jan 0000:00:00"


def write_sav_level(level: Level, folder: Path) -> Path:
    """`<name>.sav` with labels and declared missing values; what is longer than SPSS holds ends in `…`. OSError."""
    import pyreadstat  # brings pandas' readers along, and few runs are asked for this file

    path = folder / f"{level.name}.sav"
    variables = level.variables
    pyreadstat.write_sav(
        pd.DataFrame({variable.name: _column(variable) for variable in variables}),
        path,
        file_label=line_of_bytes(level.title, _TITLE),
        column_labels={variable.name: line_of_bytes(variable.label, _LABEL) for variable in variables},
        variable_value_labels={variable.name: _labels(variable) for variable in variables if variable.labels},
        missing_ranges={variable.name: _missing(variable) for variable in variables if variable.missing},
        variable_measure={variable.name: _measure(variable) for variable in variables},
        variable_format={variable.name: form for variable in variables if (form := _format(variable))},
    )
    whole = bytearray(path.read_bytes())
    whole[_MADE] = _ALWAYS
    path.write_bytes(whole)
    return path


def _column(variable: Variable) -> pd.Series:
    if variable.kind == "text":
        return pd.Series([cut_bytes(str(value or ""), _TEXT) for value in variable.cells], dtype=object)
    return pd.Series([_number(variable, value) for value in variable.cells], dtype="float64")


def _number(variable: Variable, value: Cell) -> float | None:
    if value is None or variable.kind != "date" or value in variable.missing:
        return value  # type: ignore[return-value]
    return (float(value) + _DAYS) * _SECONDS


def _labels(variable: Variable) -> dict[float, str]:
    return {float(code): line_of_bytes(label, _VALUE_LABEL) for code, label in variable.labels.items() if label}


def _missing(variable: Variable) -> list[Any]:
    return declared_missing(variable.missing, variable.answers) or []


def _format(variable: Variable) -> str:
    if variable.kind == "date":
        return "DATE11"
    whole = variable.kind != "text" and all(float(answer).is_integer() for answer in variable.answers)
    return "F8.0" if whole else ""


def _measure(variable: Variable) -> str:
    if variable.ordinal:
        return "ordinal"
    return "scale" if variable.kind in ("number", "date") else "nominal"
