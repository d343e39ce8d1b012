"""One sheet of an .xlsx or .ods workbook as rows of text, like corpus.files.delimited. Runs no formula and no macro."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import iterparse

from corpus.errors import Notebook, Problem, StudyError, study_error
from corpus.files.archives import open_archive, read_member
from corpus.files.xml import parse_xml
from corpus.words.numbers import write_duration, write_number
from corpus.words.spelling import clean_cell

MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
_MAX_CELLS = 5_000_000
_STRICT = b"http://purl.oclc.org/ooxml/"
_SCHEMAS = b"http://schemas.openxmlformats.org/"
_KNOWN = {
    _STRICT + b"spreadsheetml/main": _SCHEMAS + b"spreadsheetml/2006/main",
    _STRICT + b"officeDocument/relationships": _SCHEMAS + b"officeDocument/2006/relationships",
}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SIGNS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
_MAX_BLANKS = 100
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*ref=\"(\w+:\w+)\"")
_UNCOMPUTED = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</)")


def read_xlsx(data: bytes, file: str) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """Rows of one sheet, as text, and what is to be known of them.

    The sheet is the one that has the file's name, else the first that is shown, else the first.
    Numbers have a decimal comma, percentages their sign, dates are yyyy-mm-dd, formulas are read by their result. Item
    i of the list is row i + 1 of the sheet. Raises StudyError when the workbook is damaged or too large.
    """
    notebook = Notebook(file)
    with _opened_workbook(data, file) as (archive, sheets):
        shown = [(sheet.title, sheet.sheet_state == "visible") for sheet in sheets]
        chosen = sheets[_choose_sheet(shown, notebook)]
        _look_at_xml(archive, chosen._worksheet_path, notebook)
        return _xlsx_rows(chosen, file), notebook.problems


def read_all_sheets(data: bytes, file: str) -> dict[str, list[list[str]]]:
    """Rows of every sheet of an .xlsx by its name, hidden ones too, as `read_xlsx` reads one. Raises as it does."""
    with _opened_workbook(data, file) as (_, sheets):
        return {sheet.title: _xlsx_rows(sheet, file) for sheet in sheets}


@contextmanager
def _opened_workbook(data: bytes, file: str) -> Iterator[tuple[ZipFile, list[Any]]]:
    """The archive and its sheets. What goes wrong while they are read is a damaged workbook."""
    import openpyxl  # takes a third of a second, and few studies have a workbook

    archive = open_archive(data, file)
    try:
        archive, data = _transitional(archive, data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        strings = _shared_strings(archive)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size may be wrong, or a million columns
            sheet._shared_strings = strings
        yield archive, book.worksheets
    except StudyError:
        raise
    except Exception:  # openpyxl raises a dozen kinds for a workbook that is not as it should be
        raise _damaged(file) from None


def _transitional(archive: ZipFile, data: bytes) -> tuple[ZipFile, bytes]:
    """The workbook; one in Excel's "Strict Open XML", which openpyxl does not know, under the names that it knows."""
    books = [name for name in archive.namelist() if re.fullmatch(r"xl/workbook\d*\.xml", name)]
    if not any(_STRICT in archive.read(name) for name in books):
        return archive, data
    written = io.BytesIO()
    with ZipFile(written, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            for strict, known in _KNOWN.items():
                content = content.replace(strict, known) if name.endswith((".xml", ".rels")) else content
            target.writestr(name, content)
    return ZipFile(written), written.getvalue()


def _shared_strings(archive: ZipFile) -> list[str]:
    """The texts that cells refer to by number, as they stand in the file, how they are pronounced left out.

    Not openpyxl's: it takes `_x005F_`, the escape of an underscore, away, and then what was typed as `_x000D_` looks
    like the escape of a line's end.
    """
    member = next((name for name in archive.namelist() if name.lower().endswith("/sharedstrings.xml")), None)
    if member is None:
        return []
    strings: list[str] = []
    with archive.open(member) as source:
        for _, element in iterparse(source):
            if element.tag == f"{_MAIN}si":
                pieces = element.iterfind(f"{_MAIN}t"), element.iterfind(f"{_MAIN}r/{_MAIN}t")
                strings.append("".join(piece.text or "" for piece in chain(*pieces)))
                element.clear()
    return strings


def _xlsx_rows(sheet: Any, file: str) -> list[list[str]]:
    return _bounded((_texts(row) for row in sheet.iter_rows()), file)


def read_ods(data: bytes, file: str) -> tuple[list[list[str]], tuple[Problem, ...]]:
    """Like `read_xlsx`, for OpenDocument. Rows and cells marked as repeated are repeated, within bounds."""
    content = read_member(open_archive(data, file), "content.xml", file)
    root = parse_xml(content, file) if content else None
    tables = list(root.iter(f"{_TABLE}table")) if root is not None else []
    if root is None or not tables:
        raise _damaged(file)
    hidden = {style.get(f"{_STYLE}name") for style in root.iter(f"{_STYLE}style") if _hides_table(style)}
    sheets = [
        (table.get(f"{_TABLE}name", ""), table.get(f"{_TABLE}style-name") not in hidden or not hidden)
        for table in tables
    ]
    notebook = Notebook(file)
    chosen = _choose_sheet(sheets, notebook)
    if any(tables[chosen].iter(f"{_TABLE}covered-table-cell")):
        _tell_merged([sheets[chosen][0]], notebook)
    return _bounded(_ods_rows(tables[chosen]), file), notebook.problems


def _choose_sheet(sheets: Sequence[tuple[str, bool]], notebook: Notebook) -> int:
    """Which of the sheets (name, whether it is shown) is read, and a warning that names those that are not."""
    stem = Path(notebook.file).stem.casefold()
    named = [number for number, (name, _) in enumerate(sheets) if name.strip().casefold() == stem]
    shown = [number for number, (_, visible) in enumerate(sheets) if visible]
    chosen = [*named, *shown, 0][0]
    others = [sheet for number, sheet in enumerate(sheets) if number != chosen]
    if others:
        it = ", ".join(f"`{name}`" + ("" if visible else " (nascosto)") for name, visible in others)
        en = it.replace("(nascosto)", "(hidden)")
        notebook.warning(
            f"dei fogli è letto solo `{sheets[chosen][0]}`; non sono letti: {it}",
            f"of the sheets only `{sheets[chosen][0]}` is read; not read: {en}",
        )
    return chosen


def _look_at_xml(archive: ZipFile, member: str, notebook: Notebook) -> None:
    """Warnings on merged cells and on formulas that no program has computed yet, of an .xlsx sheet."""
    try:
        data = archive.read(member.lstrip("/"))
    except (KeyError, OSError, ValueError, BadZipFile, NotImplementedError, RuntimeError):
        return  # the reader itself will say what is wrong
    merged = [ref.decode() for ref in _MERGED.findall(data)]
    if merged:
        _tell_merged(merged, notebook)
    uncomputed = len(_UNCOMPUTED.findall(data))
    if uncomputed:
        notebook.warning(
            f"{uncomputed} celle hanno una formula senza risultato, lette come vuote: apri il file, ricalcola e salva",
            f"{uncomputed} cells have a formula without result, read as blank: open the file, recalculate and save",
        )


def _tell_merged(ranges: Sequence[str], notebook: Notebook) -> None:
    """Of merged cells only the first has the value."""
    some = ", ".join(ranges[:5]) + (" ..." if len(ranges) > 5 else "")
    notebook.warning(
        f"celle unite ({some}): il valore vale solo per la prima, le altre sono vuote; dividile e riempile",
        f"merged cells ({some}): the value counts for the first alone, the others are blank; split and fill them",
    )


def _hides_table(style: Element) -> bool:
    return any(each.get(f"{_TABLE}display") == "false" for each in style.iter(f"{_STYLE}table-properties"))


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


def _repeated(element: Element, name: str, space: str = _TABLE) -> int:
    count = element.get(f"{space}{name}", "1")
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
    return clean_cell("\n".join("".join(_spoken(paragraph)) for paragraph in cell.findall(f"{_TEXT}p")))


def _spoken(paragraph: Element) -> Iterator[str]:
    """The texts of a paragraph in their order, blanks and line ends as signs, how a word is pronounced left out."""
    yield paragraph.text or ""
    for piece in paragraph:
        if piece.tag == f"{_TEXT}s":
            yield " " * min(_repeated(piece, "c", _TEXT), _MAX_BLANKS)
        elif piece.tag in _SIGNS:
            yield _SIGNS[piece.tag]
        elif piece.tag != f"{_TEXT}ruby-text":
            yield from _spoken(piece)
        yield piece.tail or ""


def _texts(row: Sequence[Any]) -> list[str]:
    """The texts of a row; what stands too far to the right comes as one cell more, so that it counts as too wide."""
    beyond = next((_text(cell) for cell in row[MAX_COLUMNS:] if cell.value is not None), "")
    return [*(_text(cell) for cell in row[:MAX_COLUMNS]), *([beyond] if beyond else [])]


def _trimmed(cells: list[str]) -> list[str]:
    return cells[: 1 + max((index for index, cell in enumerate(cells) if cell), default=-1)]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return _as_formatted(value, cell.number_format or "")
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, timedelta):
        return write_duration(value)
    return value.isoformat() if isinstance(value, date | time) else clean_cell(_unescaped(str(value)))


def _unescaped(text: str) -> str:
    """The text with the signs that XML cannot hold, or Excel does not, which are written `_x000D_`."""
    signs = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if signs != text else text


def _as_formatted(value: float, number_format: str) -> str:
    if "%" in number_format:
        return _percent(str(value))
    if re.fullmatch("00+", number_format) and value == int(value):
        return f"{int(value):0{len(number_format)}}"  # a code: 03700, S01's 01
    return write_number(value)


def _percent(value: str) -> str:
    """0.125 as `12,5%`, what the sheet shows."""
    try:
        return f"{write_number(float(value) * 100)}%"
    except ValueError:
        return value


def _bounded(rows: Iterable[list[str]], file: str) -> list[list[str]]:
    """The rows without the blank end that spreadsheets drag along; refuses more than the bounds."""
    bounded: list[list[str]] = []
    blank = cells = raw = 0
    for row in rows:
        raw += len(row)
        row = _trimmed(row)
        if not row:
            blank += 1
            if blank > MAX_ROWS:
                break
            continue
        bounded += [[]] * blank
        blank = 0
        bounded.append(row)
        cells += len(row)
        if len(bounded) > MAX_ROWS or cells > _MAX_CELLS or raw > 10 * _MAX_CELLS:
            raise study_error(
                f"il foglio ha più di {MAX_ROWS} righe o troppe celle: salva solo i dati in un CSV",
                f"the sheet has more than {MAX_ROWS} rows or too many cells: save the data alone as CSV",
                file=file,
            )
    width = next((len(row) for row in bounded if row), 0)
    return [row + [""] * (width - len(row)) if row else row for row in bounded]


def _damaged(file: str) -> Exception:
    return study_error(
        "il foglio di calcolo è rovinato: aprilo e salvalo di nuovo, o salvalo come CSV",
        "the spreadsheet is damaged: open it and save it again, or save it as CSV",
        file=file,
    )
