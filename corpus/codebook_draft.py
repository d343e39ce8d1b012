"""A first questionnaire codebook made from the answers, for people to correct. Guesses types, never meanings."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.answers import FILE as ANSWERS
from corpus.missing_words import DONT_KNOW, NO_ANSWER
from corpus.numbers import parse_date, parse_number
from corpus.questionnaire import OPTIONAL
from corpus.questionnaire_types import NO, YES
from corpus.records import ItemType
from corpus.sheets import Sheet, read_sheet
from corpus.spelling import fold

HEADER = ("item", "text", "type", *(name for name in OPTIONAL if name != "text"))
SEPARATORS = ("|", ";", ", ")
_MAX_OPTIONS = 12
_OPTION_COLUMN = re.compile(r"(?P<item>[^\[\]]+)\[(?P<option>[^\[\]]+)\]")
_MISSING = {
    **dict.fromkeys(("non so", "ns", "n.s.", "non saprei", "don't know", "dk"), DONT_KNOW),
    **dict.fromkeys(("non risponde", "nr", "n.r.", "n/a", "na", "no answer", "-99"), NO_ANSWER),
}
_SCALE = re.compile(r"\d|accordo|soddisf|importan|mai|sempre|poco|molto|abbastanza")


def draft_codebook(folder: Path, file: str = ANSWERS) -> str:
    """The text of a `questionnaire_codebook.csv` for the answers in `folder/file`: one row an item or an option, `;`.

    Types come from the answers: all dates, all numbers, yes and no, parts that come back when a cell is divided (a
    multiple response), few values that come back (single; likert when they read like a scale), else text. Columns named
    `Q12[rifiuti]` are one multiple response. Words such as "Non so" become missing codes. Wording, order and direction
    are the researcher's to write. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, file, ["respondent"], aliases={"id": "respondent"}, others=True)
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, delimiter=";", lineterminator="\n", restval="")
    writer.writeheader()
    for item, columns in _items(sheet).items():
        rows = _option_rows(item, columns) if columns != [item] else _column_rows(item, _cells(sheet, item))
        writer.writerows({"text": item, "reverse": "no", "asked": "no", **row} for row in rows)
    return out.getvalue()


def _items(sheet: Sheet) -> dict[str, list[str]]:
    """The columns of each item, in the order of the file."""
    items: dict[str, list[str]] = {}
    for column in sheet.columns:
        if column != "respondent":
            match = _OPTION_COLUMN.fullmatch(column)
            items.setdefault(match["item"].strip() if match else column, []).append(column)
    return items


def _cells(sheet: Sheet, column: str) -> list[str]:
    return [row[column] for row in sheet.rows if row[column]]


def _option_rows(item: str, columns: Sequence[str]) -> Iterable[dict[str, str]]:
    for order, column in enumerate(columns, start=1):
        match = _OPTION_COLUMN.fullmatch(column)
        option = match["option"] if match else column
        yield {"item": item, "type": "multi", "value": option, "label": option, "order": str(order)}


def _column_rows(item: str, cells: Sequence[str]) -> list[dict[str, str]]:
    missing = list(dict.fromkeys(cell for cell in cells if fold(cell) in _MISSING))
    real = [cell for cell in cells if fold(cell) not in _MISSING]
    separator = _separator(real)
    kind: ItemType = "multi" if separator else _type(real)
    parts = [part.strip() for cell in real for part in cell.split(separator)] if separator else real
    base = {"item": item, "type": kind, "separator": separator}
    rows = []
    if kind in ("single", "likert", "multi"):
        values = sorted({part for part in parts if part}, key=_natural)
        rows = [
            {**base, "value": value, "label": value, "order": str(order)} for order, value in enumerate(values, start=1)
        ]
    rows = rows or [base]
    rows += [{**base, "value": cell, "label": cell, "missing": _MISSING[fold(cell)]} for cell in missing]
    return rows


def _type(cells: Sequence[str]) -> ItemType:
    if not cells:
        return "text"
    if all(parse_date(cell) for cell in cells):
        return "date"
    distinct = {fold(cell) for cell in cells}
    if distinct <= YES | NO and not distinct <= {"1", "0"}:
        return "yesno"
    comes_back = len(distinct) <= min(_MAX_OPTIONS, len(cells) / 2)
    if all(parse_number(cell) is not None for cell in cells):
        whole = {parse_number(cell) for cell in cells}
        return "likert" if comes_back and whole <= set(range(11)) else "number"
    if not comes_back:
        return "text"
    return "likert" if all(_SCALE.search(value) for value in distinct) else "single"


def _separator(cells: Sequence[str]) -> str:
    """The separator that divides cells into parts that come back from cell to cell; "" when there is none."""
    for separator in SEPARATORS:
        divided = [cell for cell in cells if separator in cell]
        parts = [fold(part) for cell in cells for part in cell.split(separator) if part.strip()]
        if len(divided) >= 2 and len(set(parts)) <= min(_MAX_OPTIONS * 2, len(parts) / 2):
            return separator
    return ""


def _natural(value: str) -> tuple[float, str]:
    number = parse_number(value)
    return (number if number is not None else float("inf"), fold(value))
