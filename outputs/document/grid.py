"""Tables of Word: a heading row that repeats, columns that keep words whole, rows over all columns. Room outputs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from outputs.document.styles import CELL, CELL_QUOTE, TABLE, legal
from outputs.shown import Shown

_SPLIT_FROM = 350  # signs in a cell from which a row may run over to the next page
_BAND = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F4F8FB"/>'


@dataclass(frozen=True)
class Bands:
    """Rows over all columns: a heading above the row of a number, quotations below it."""

    above: Mapping[int, str]
    below: Mapping[int, Sequence[str]]


NO_BANDS = Bands({}, {})


def add_table(document: Any, shown: Shown, widths: Sequence[float], description: str, bands: Bands = NO_BANDS) -> Any:
    """A table of Word with a heading row that repeats on every page; numbers to the right. `widths` in points."""
    table = document.add_table(rows=0, cols=len(shown.heads), style=TABLE)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    plain, quoted = (document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH) for name in (CELL, CELL_QUOTE))
    head = _add_row(table, shown.heads, shown.numeric, widths, plain)
    head.append(OxmlElement("w:tblHeader"))
    for number, cells in enumerate(shown.rows):
        if number in bands.above:
            cell = _add_band(table)
            cell._tc.get_or_add_tcPr().append(parse_xml(_BAND))
            _fill(cell.paragraphs[0], bands.above[number], plain, bold=True)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        hold = bool(bands.below.get(number)) or cells is shown.rows[-1]
        _add_row(table, cells, shown.numeric, widths, plain, hold)
        for place, line in enumerate(bands.below.get(number, ())):
            cell = cell if place else _add_band(table)
            _fill(cell.add_paragraph() if place else cell.paragraphs[0], line, quoted)
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), legal(description))
    table._tbl.tblPr.append(words)
    return table


def _add_row(
    table: Any, cells: Sequence[str], numeric: Sequence[bool], widths: Sequence[float], style: str, hold: bool = False
) -> Any:
    """A row and its properties; `hold` keeps it on the page of the next."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    if max(map(len, cells)) < _SPLIT_FROM:
        properties.append(OxmlElement("w:cantSplit"))
    for cell, text, right, width in zip(row.cells, cells, numeric, widths, strict=True):
        cell.width = Pt(width)
        paragraph = cell.paragraphs[0]
        _fill(paragraph, text, style)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if hold:
            paragraph.paragraph_format.keep_with_next = True
    return properties


def _add_band(table: Any) -> Any:
    cells = table.add_row().cells
    return cells[0].merge(cells[-1])


def _fill(paragraph: Any, text: str, style: str, bold: bool | None = None) -> None:
    paragraph._p.style = style  # by its id: python-docx looks a name up among all styles, cell by cell
    paragraph.add_run(legal(text)).bold = bold
