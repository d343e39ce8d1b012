"""Numbers and dates as Italians type them. Parses cells, decides nothing about their column's meaning."""

import math
import re
from collections.abc import Collection
from datetime import date, timedelta

_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_DECIMAL_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}(\.\d{3})+),\d+")
_DECIMAL_POINT = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)\.\d+")
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d{1,3}")
_WHOLE = re.compile(r"[+-]?\d+")
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(\D|$))")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_TIME = re.compile(
    r",?[ T]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?[AaPp]\.?[Mm]\.?)?( ?[A-Z]{1,5})?([+-]\d{1,2}(:?\d{2})?)?$"
)
_SERIAL_ORIGIN = date(1899, 12, 30)
_EPOCH = date(1970, 1, 1)


def thousands_points(cells: Collection[str], unit: str = "") -> bool:
    """Whether points group thousands in a column of numbers (1.240 = 1240) rather than mark decimals.

    They do when some cell has a decimal comma, or when every cell with a point could be grouped.
    """
    bare = [_bare(cell, unit) for cell in cells]
    if any(_DECIMAL_COMMA.fullmatch(cell) for cell in bare):
        return True
    return all(_GROUPED.fullmatch(cell) for cell in bare if "." in cell)


def parse_number(cell: str, unit: str = "", *, points_group: bool = True) -> float | None:
    """The number in `cell`, None when there is none. `1.240,5`, `1 240,5`, `12 %`, `€ 3,00`, `3 unit` and `1,5E+3` are
    numbers.

    `points_group`: whether `1.240` is 1240 (see `thousands_points`) or 1.24.
    """
    bare = _bare(cell, unit)
    if _WHOLE.fullmatch(bare):
        return float(bare)
    if _SCIENTIFIC.fullmatch(bare):
        number = float(bare.replace(",", "."))
        return number if math.isfinite(number) else None
    if _DECIMAL_COMMA.fullmatch(bare):
        return float(bare.replace(".", "").replace(",", "."))
    if points_group and _GROUPED.fullmatch(bare):
        return float(bare.replace(".", ""))
    if _DECIMAL_POINT.fullmatch(bare) and ("," in bare or not points_group or not _GROUPED.fullmatch(bare)):
        return float(bare.replace(",", ""))
    return None


def months_first(cells: Collection[str]) -> bool:
    """Whether a column of dates is written month first (4/25/2025): some cell can only be that, and none cannot."""
    matches = [match for cell in cells if (match := _DAY_FIRST.fullmatch(_TIME.sub("", cell.strip())))]
    return any(int(match[2]) > 12 for match in matches) and all(int(match[1]) <= 12 for match in matches)


def parse_date(cell: str, *, month_first: bool = False) -> date | None:
    """The day in `cell`: dd/mm/yyyy (also with `-` or `.`), yyyy-mm-dd, or an Excel serial; a time is dropped.

    `month_first`: mm/dd/yyyy instead (see `months_first`).
    """
    text = _TIME.sub("", cell.strip())
    try:
        if match := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
            return date(year, day, month) if month_first else date(year, month, day)
        if match := _YEAR_FIRST.fullmatch(text):
            year, month, day = map(int, match.groups())
            return date(year, month, day)
    except ValueError:
        return None
    if re.fullmatch(r"[1-9]\d{4}([.,]\d+)?", text):
        return _SERIAL_ORIGIN + timedelta(days=int(text[:5]))
    return None


def write_number(number: float) -> str:
    """A number as a cell that `parse_number` reads back: 15 digits, decimal comma."""
    return f"{number + 0.0:.15g}".replace(".", ",")  # no `-0`


def write_duration(duration: timedelta) -> str:
    """A time span as hours, minutes and seconds, hours beyond a day too: `26:03:00`, `-00:30:00`."""
    seconds = round(abs(duration).total_seconds())
    sign = "-" if duration < timedelta(0) and seconds else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def days_since_epoch(day: date) -> int:
    """Days from 1970-01-01 to `day`."""
    return (day - _EPOCH).days


def _bare(cell: str, unit: str) -> str:
    text = cell.strip().lstrip("'").replace("−", "-").strip("€% \u00a0")
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].strip("€% \u00a0")
    return _SPACES.sub("", text)
