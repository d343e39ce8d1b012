"""Word's own means for a report: styles, captions that Word numbers, tables, pictures. Room outputs; knows no study."""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from corpus.errors import study_error
from outputs.shown import Shown

FONT = "Arial"  # its widths are the same where only Liberation Sans is installed
TABLE, QUOTE, NOTE, CELL = "Trama Table", "Trama Quote", "Trama Note", "Trama Cell"
_INK, _RULE = RGBColor(0x0B, 0x42, 0x67), "7F99AB"
_SIGN = Cm(0.15)  # the mean width of a sign in a cell
_SPLIT_FROM = 350  # signs in a cell from which a row may run over to the next page
_TAGS = {"it": "it-IT", "en": "en-GB"}
_TABLE_LOOK = f"""<w:tblPr {nsdecls("w")}><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="0B4267"/><w:bottom w:val="single" w:sz="8" w:color="0B4267"/>
<w:insideH w:val="single" w:sz="4" w:color="D5DEE5"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
_HEAD_LOOK = f"""<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="0B4267"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E8EFF4"/>
</w:tcPr></w:tblStylePr>"""


def open_document(template: Path | None, language: str) -> Any:
    """A document to write into: the template's styles, page and content, or Trama's own. Raises StudyError."""
    try:
        document = Document(str(template)) if template else Document()
    except Exception:  # python-docx raises whatever the zip, the XML or the package raises
        raise study_error(
            "non è un modello di Word che si possa aprire: salvalo di nuovo come .docx",
            "not a Word template that can be opened: save it again as .docx",
            file=str(template),
        ) from None
    if len(document.paragraphs) == 1 and not document.paragraphs[0].text and template:
        document.element.body.remove(document.paragraphs[0]._p)
    _add_styles(document, own=template is None)
    for held in document.styles.element.iter(qn("w:lang")):
        held.set(qn("w:val"), _TAGS[language])
    if template is None:
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.3)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(foot, "PAGE", "1")
    return document


def turn_page(document: Any, landscape: bool) -> None:
    """A new section on a new page, upright or on its side."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if (section.page_width > section.page_height) != landscape:
        section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT


def add_caption(document: Any, label: str, number: int, text: str) -> None:
    """`Tabella 3. text`, the number in a SEQ field that Word counts anew (Ctrl+A, F9), with a bookmark to refer to."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    _bookmark(paragraph, "w:bookmarkStart", label, number)
    paragraph.add_run(f"{label} ")
    _field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    _bookmark(paragraph, "w:bookmarkEnd", label, number)
    paragraph.add_run(f". {_legal(text)}")


def add_lead(document: Any, text: str, label: str, number: int) -> None:
    """What a table or figure says in words, with a cross-reference to it that Word keeps up to date."""
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{_legal(text)} (")
    _field(paragraph, f"REF {_mark(label, number)} \\h", f"{label} {number}")
    paragraph.add_run(").")


def add_table(document: Any, shown: Shown, description: str) -> Any:
    """A table of Word with a heading row that repeats on every page; numbers to the right."""
    width = _text_width(document)
    table = document.add_table(rows=0, cols=len(shown.heads), style=TABLE)
    table.autofit = False
    widths = _column_widths(shown, width)
    for place, column in enumerate(table.columns):
        column.width = widths[place]
    for line, cells in enumerate((shown.heads, *shown.rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        if max(map(len, cells)) < _SPLIT_FROM:
            properties.append(OxmlElement("w:cantSplit"))
        if line == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.style = CELL
            paragraph.add_run(_legal(text))
            if shown.numeric[place]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = OxmlElement("w:tblDescription")
    words.set(qn("w:val"), _legal(description))
    table._tbl.tblPr.append(words)
    return table


def add_note(document: Any, text: str) -> None:
    """The small print under a table or figure."""
    document.add_paragraph(_legal(text), style=NOTE)


def add_picture(document: Any, picture: bytes, title: str, alt: str) -> None:
    """A picture as wide as the text (or less), with its alternative text."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture))
    width = min(_text_width(document), Cm(16))
    highest = Cm(19.5)
    width = min(width, int(highest * image.width / image.height))
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=width)
    shape._inline.docPr.set("descr", _legal(alt))
    shape._inline.docPr.set("title", _legal(title))


def add_quotation(document: Any, text: str, said_by: str) -> None:
    """A quotation and, after a dash, who said it."""
    paragraph = document.add_paragraph(style=QUOTE)
    paragraph.add_run(f"«{_legal(text)}»")
    source = paragraph.add_run(f" — {_legal(said_by)}")
    source.italic = False


def add_quoted_line(document: Any, line: str) -> None:
    """A quotation with its source as a table's cell has it."""
    document.add_paragraph(_legal(line), style=QUOTE)


def _add_styles(document: Any, own: bool) -> None:
    styles = document.styles
    if own:
        styles["Normal"].font.name = FONT
        styles["Normal"].font.size = Pt(10)
        for name in ("Title", "Heading 1", "Heading 2", "Caption"):
            fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            styles[name].font.name, styles[name].font.color.rgb = FONT, _INK
        styles["Caption"].font.size = Pt(10)
        styles["Caption"].paragraph_format.space_before = Pt(12)
        styles["Caption"].paragraph_format.space_after = Pt(4)
    for name in ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet"):
        if name not in styles:  # a template may have none: its own Normal stands in
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, size, italic in ((CELL, 8, False), (NOTE, 8.5, False), (QUOTE, 10, True)):
        if name in styles:
            continue
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.italic = styles["Normal"], Pt(size), italic
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0
        if name == NOTE:
            form.space_before, form.space_after = Pt(3), Pt(12)
            style.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
        if name == QUOTE:
            form.left_indent = form.right_indent = Cm(0.8)
            form.space_after = Pt(6)
    if TABLE not in styles:
        style = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
        style.element.append(parse_xml(_TABLE_LOOK))
        style.element.append(parse_xml(_HEAD_LOOK))


def _text_width(document: Any) -> int:
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _column_widths(shown: Shown, width: int) -> list[int]:
    """Room by what stands in a column: enough for its longest word, what is left by the length of its texts."""
    narrow, wanted = [], []
    for head, *cells in zip(shown.heads, *shown.rows, strict=True):
        longest = max(len(word) for text in (head, *cells) for word in (text.split() or [""]))
        narrow.append(min(max(longest + 1.8, 5.0), 18.0))
        wanted.append(max(sum(map(len, cells)) / max(len(cells), 1), len(head) / 2) ** 0.7)
    room = max(width / _SIGN - sum(narrow), 0.0)
    signs = [low + room * want / (sum(wanted) or 1) for low, want in zip(narrow, wanted, strict=True)]
    return [int(width * share / sum(signs)) for share in signs]


def _mark(label: str, number: int) -> str:
    return f"_Ref{label}{number}"


def _bookmark(paragraph: Any, tag: str, label: str, number: int) -> None:
    mark = OxmlElement(tag)
    mark.set(qn("w:id"), f"{1000 * (label[0] == 'F') + number}")  # figures are numbered apart from tables
    if tag == "w:bookmarkStart":
        mark.set(qn("w:name"), _mark(label, number))
    paragraph._p.append(mark)


def _field(paragraph: Any, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _legal(text: str) -> str:
    """Without the control signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)
