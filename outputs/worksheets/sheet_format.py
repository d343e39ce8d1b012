"""How every worksheet that people fill in looks: workbook, styles, heights of rows. Writes no cell."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from outputs.packaging import CREATED

LONGEST = 32_000  # signs that a cell holds


def new_workbook(path: Path) -> Any:
    """A workbook in which what was said is text, never a formula, link or number; the same bytes for the same cells."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"author": "Trama", "created": CREATED})
    return book


def protect(sheet: Any) -> None:
    """Only cells of the style "fill" can be written in."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True})


def sheet_styles(book: Any) -> dict[str, Any]:
    """The looks of cells, by what they hold: text, context, segment, fill (to be filled in), head ..."""
    plain = {"text_wrap": True, "valign": "top", "border": 4, "border_color": "#BBBBBB", "num_format": "@"}
    return {
        "text": book.add_format(plain),
        "context": book.add_format({**plain, "font_color": "#666666"}),
        "segment": book.add_format({**plain, "bold": True, "font_size": 12}),
        "fill": book.add_format({**plain, "bg_color": "#FFF7D6", "locked": False}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "bold": book.add_format({"bold": True}),
        "note": book.add_format({"italic": True, "font_color": "#444444"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def row_height(cells: Sequence[tuple[str, int]]) -> float:
    """Points for the longest cell of a row (text, width of its column): not every program fits a row to its text."""
    lines = max(_lines(text, width - 2) for text, width in cells)
    return float(min(14 * lines + 6, 400))  # a row cannot be higher than 409 points


def _lines(text: str, width: int) -> int:
    """How many lines the text fills in a column of `width` letters."""
    return sum(-(-max(len(part), 1) // width) for part in text.split("\n"))
