"""The first sheet of an .xlsx or .ods workbook as rows of text, like corpus.delimited. Runs no formula and no macro."""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.numbers import write_number
from corpus.spelling import clean_cell
from corpus.transcripts.archives import open_archive, read_member
from corpus.transcripts.xml import parse_xml

MAX_ROWS, MAX_COLUMNS = 200_000, 2_000
_MAX_CELLS = 5_000_000
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def read_xlsx(data: bytes, file: str) -> list[list[str]]:
    """Rows of the first sheet, as text: numbers with decimal comma, dates as yyyy-mm-dd, formulas by their result.

    Item i of the list is row i + 1 of the sheet. Raises StudyError when the workbook is damaged or too large.
    """
    import openpyxl  # takes a third of a second, and few studies have a workbook

    open_archive(data, file)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return _bounded(([_text(cell) for cell in row[:MAX_COLUMNS]] for row in rows), file)
    except (IndexError, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError):
        raise _damaged(file) from None


def read_ods(data: bytes, file: str) -> list[list[str]]:
    """Like `read_xlsx`, for OpenDocument. Rows and cells marked as repeated are repeated, within bounds."""
    content = read_member(open_archive(data, file), "content.xml", file)
    table = parse_xml(content, file).find(f".//{_TABLE}table") if content else None
    if table is None:
        raise _damaged(file)
    return _bounded(_ods_rows(table), file)


def _ods_rows(table: Element) -> Iterator[list[str]]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                times = _repeated(cell, "number-columns-repeated")
                cells += [_ods_text(cell)] * min(times, MAX_COLUMNS - len(cells))
        for _ in range(_repeated(row, "number-rows-repeated")):
            yield cells


def _repeated(element: Element, name: str) -> int:
    count = element.get(f"{_TABLE}{name}", "1")
    return int(count) if count.isdecimal() else 1


def _ods_text(cell: Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        return cell.get(f"{_OFFICE}value", "").replace(".", ",")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")
    if kind == "boolean":
        return "1" if cell.get(f"{_OFFICE}boolean-value") == "true" else "0"
    return clean_cell("\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(f"{_TEXT}p")))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return write_number(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else clean_cell(str(cell))


def _bounded(rows: Iterable[list[str]], file: str) -> list[list[str]]:
    """The rows without the blank end that spreadsheets drag along; refuses more than the bounds."""
    kept: list[list[str]] = []
    blank = cells = 0
    for row in rows:
        row = row[: 1 + max((place for place, cell in enumerate(row) if cell), default=-1)]
        if not row:
            blank += 1
            if blank > MAX_ROWS:
                break
            continue
        kept += [[]] * blank
        blank = 0
        kept.append(row)
        cells += len(row)
        if len(kept) > MAX_ROWS or cells > _MAX_CELLS:
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
