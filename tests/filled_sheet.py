"""A worksheet of `trama suggest` filled in as a person would, for whatever test wants one."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl

FIRST_LINE = 6  # of the sheet: where row 1 stands


def fill(path: Path, numbers: Iterable[int], coder: str = "Anna", code: str = "Personale", copy: str = "") -> Path:
    """The rows with these numbers given `code`, in the sheet itself or in a copy; the file."""
    return answer(path, dict.fromkeys(numbers, code), coder, copy)


def answer(path: Path, codes: Mapping[int, str], coder: str = "Anna", copy: str = "") -> Path:
    """Each row, by its number, given its code, in the sheet itself or in a copy; the file."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["D2"] = coder
    column = next(cell.column for cell in page[4] if cell.value == "code_1")
    for number, code in codes.items():
        page.cell(FIRST_LINE + number - 1, column).value = code
    target = path.with_name(f"{copy}.xlsx") if copy else path
    book.save(target)
    return target


def rows_of_sheet(path: Path) -> list[dict[str, str]]:
    """Each row by the hidden names of its columns, in the order of the sheet; "hidden" is "yes" where it is."""
    page = openpyxl.load_workbook(path).worksheets[0]
    names = {cell.column: cell.value for cell in page[4] if cell.value and cell.column > 1}
    rows = []
    for line in range(FIRST_LINE, page.max_row + 1):
        row = {name: str(page.cell(line, column).value or "") for column, name in names.items()}
        rows.append(row | {"hidden": "yes" if page.row_dimensions[line].hidden else ""})
    return rows
