"""One sheet of an .xlsx or .ods workbook as rows of text, like corpus.delimited. Runs no formula and no macro."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import Element

from corpus.errors import Problem, StudyError, study_error
from corpus.numbers import write_number
from corpus.spelling import clean_cell
from corpus.transcripts.archives import open_archive, read_member
from corpus.transcripts.xml import parse_xml
from corpus.workbook_sheets import choose_sheet, look_at_xml, merged_warning

MAX_ROWS, MAX_COLUMNS = 200_000, 2_000
_MAX_CELLS = 5_000_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_xlsx(data: bytes, file: str) -> tuple[list[list[str]], list[Problem]]:
    """Rows of one sheet (corpus.workbook_sheets says which), as text, and what is to be known of them.

    Numbers have a decimal comma, percentages their sign, dates are yyyy-mm-dd, formulas are read by their result. Item
    i of the list is row i + 1 of the sheet. Raises StudyError when the workbook is damaged or too large.
    """
    import openpyxl  # takes a third of a second, and few studies have a workbook

    archive = open_archive(data, file)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        chosen, problems = choose_sheet([(each.title, each.sheet_state == "visible") for each in book.worksheets], file)
        sheet = book.worksheets[chosen]
        sheet.reset_dimensions()  # what the file says of its size may be wrong, or a million columns
        problems += look_at_xml(archive, sheet._worksheet_path, file)
        return _bounded((_texts(row) for row in sheet.iter_rows()), file), problems
    except StudyError:
        raise
    except Exception:  # openpyxl raises a dozen kinds for a workbook that is not as it should be
        raise _damaged(file) from None


def read_ods(data: bytes, file: str) -> tuple[list[list[str]], list[Problem]]:
    """Like `read_xlsx`, for OpenDocument. Rows and cells marked as repeated are repeated, within bounds."""
    content = read_member(open_archive(data, file), "content.xml", file)
    root = parse_xml(content, file) if content else None
    tables = list(root.iter(f"{_TABLE}table")) if root is not None else []
    if root is None or not tables:
        raise _damaged(file)
    hidden = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(each.get(f"{_TABLE}display") == "false" for each in style.iter(f"{_STYLE}table-properties"))
    }
    sheets = [
        (table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name") not in hidden or not hidden)
        for table in tables
    ]
    chosen, problems = choose_sheet(sheets, file)
    if any(tables[chosen].iter(f"{_TABLE}covered-table-cell")):
        problems.append(merged_warning([sheets[chosen][0]], file))
    return _bounded(_ods_rows(tables[chosen]), file), problems


def _ods_rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                times = _repeated(cell, "number-columns-repeated")
                text = _ods_text(cell)
                cells += [text] * min(times, MAX_COLUMNS + 1 - len(cells))
                cells[-1] = text or cells[-1]  # what stands too far to the right still counts as too wide
        cells = _trimmed(cells)
        for _ in range(_repeated(row, "number-rows-repeated")):
            yield cells


def _repeated(element: Element, name: str) -> int:
    count = element.get(f"{_TABLE}{name}", "1")
    return int(count) if count.isdecimal() else 1


def _ods_text(cell: Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "percentage":
        return _percent(cell.get(f"{_OFFICE}value", ""))
    if kind in ("float", "currency"):
        return cell.get(f"{_OFFICE}value", "").replace(".", ",")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return clean_cell("\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{_TEXT}p")))


def _texts(row: Sequence[Any]) -> list[str]:
    """The texts of a row; what stands too far to the right comes as one cell more, so that it counts as too wide."""
    beyond = next((_text(cell) for cell in row[MAX_COLUMNS:] if cell.value is not None), "")
    return [*(_text(cell) for cell in row[:MAX_COLUMNS]), *([beyond] if beyond else [])]


def _trimmed(cells: list[str]) -> list[str]:
    return cells[: 1 + max((place for place, cell in enumerate(cells) if cell), default=-1)]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _percent(str(value)) if "%" in (cell.number_format or "") else write_number(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date | time) else clean_cell(str(value))


def _percent(value: str) -> str:
    """0.125 as `12,5%`, what the sheet shows."""
    try:
        return f"{write_number(float(value) * 100)}%"
    except ValueError:
        return value


def _bounded(rows: Iterable[list[str]], file: str) -> list[list[str]]:
    """The rows without the blank end that spreadsheets drag along; refuses more than the bounds."""
    kept: list[list[str]] = []
    blank = cells = raw = 0
    for row in rows:
        raw += len(row)
        row = _trimmed(row)
        if not row:
            blank += 1
            if blank > MAX_ROWS:
                break
            continue
        kept += [[]] * blank
        blank = 0
        kept.append(row)
        cells += len(row)
        if len(kept) > MAX_ROWS or cells > _MAX_CELLS or raw > 10 * _MAX_CELLS:
            raise study_error(
                f"il foglio ha più di {MAX_ROWS} righe o troppe celle: salva solo i dati in un CSV",
                f"the sheet has more than {MAX_ROWS} rows or too many cells: save the data alone as CSV",
                file=file,
            )
    width = next((len(row) for row in kept if row), 0)
    return [row + [""] * (width - len(row)) if row else row for row in kept]


def _damaged(file: str) -> Exception:
    return study_error(
        "il foglio di calcolo è rovinato: aprilo e salvalo di nuovo, o salvalo come CSV",
        "the spreadsheet is damaged: open it and save it again, or save it as CSV",
        file=file,
    )
