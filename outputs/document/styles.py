"""The styles that a report is written in, and what stands in for those a template lacks. Room outputs."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from corpus.word_template import STYLES
from outputs.document.widths import SIZE

FONT = "Arial"  # its widths are the same where only Liberation Sans is installed
TABLE = "Trama Table"
QUOTE = "Trama Quote"
NOTE = "Trama Note"
CELL = "Trama Cell"
CELL_QUOTE = "Trama Cell Quote"
PLAIN, TITLE, *HEADINGS, CAPTION, BULLET = STYLES
LIST_TITLE = "TOC Heading"
LISTED = "table of figures"
CONTENTS = ("toc 1", "toc 2")
_INK = RGBColor(0x0B, 0x42, 0x67)
_TABLE_LOOK = f"""<w:tblPr {nsdecls("w")}><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="0B4267"/><w:bottom w:val="single" w:sz="8" w:color="0B4267"/>
<w:insideH w:val="single" w:sz="4" w:color="D5DEE5"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
_HEAD_LOOK = f"""<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="0B4267"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E8EFF4"/>
</w:tcPr></w:tblStylePr>"""


def add_styles(document: Any, own: bool) -> None:
    """Give the document every style the report uses; corpus.word_template tells which of Word's a template lacks.

    `own`: the document is Trama's, not a template, so that Word's styles take Trama's letters and colours.
    """
    styles = document.styles
    _stand_in(styles)
    if own:
        _dress(styles)
    _add_lists(styles)
    _add_small(styles)
    if TABLE not in styles:
        style = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
        style.element.append(parse_xml(_TABLE_LOOK))
        style.element.append(parse_xml(_HEAD_LOOK))


def legal(text: str) -> str:
    """Without the control signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)


def has_bullet(document: Any) -> bool:
    """Whether the style of lists draws a sign itself; a stand-in does not."""
    style = document.styles[BULLET]
    while style is not None:
        if style.element.xpath("./w:pPr/w:numPr"):
            return True
        style = style.base_style
    return False


def _stand_in(styles: Any) -> None:
    """Add Word's styles that are missing; their letters are those of the document's plain text."""
    for name, size in ((TITLE, 20), *zip(HEADINGS, (15, 12.5, 11), strict=True), (CAPTION, 10), (BULLET, None)):
        if name in styles:
            continue
        style = _add(styles, name, size, builtin=True)
        style.font.bold = True if size else None
        if name in HEADINGS:
            style.paragraph_format.space_before = Pt(14)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True
            _outline(style, HEADINGS.index(name))
        if name == BULLET:
            style.paragraph_format.left_indent = Cm(0.6)
            style.paragraph_format.first_line_indent = Cm(-0.4)


def _dress(styles: Any) -> None:
    styles[PLAIN].font.name = FONT
    styles[PLAIN].font.size = Pt(10)
    for name in (TITLE, *HEADINGS, CAPTION, LIST_TITLE):
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        styles[name].font.name = FONT
        styles[name].font.color.rgb = _INK
    styles[HEADINGS[2]].font.size = Pt(10.5)
    styles[CAPTION].font.size = Pt(10)
    styles[CAPTION].paragraph_format.space_before = Pt(12)
    styles[CAPTION].paragraph_format.space_after = Pt(4)


def _add_lists(styles: Any) -> None:
    """The styles of contents and lists of tables, which Word has in reserve and most documents do not hold."""
    if LIST_TITLE not in styles:
        style = styles.add_style(LIST_TITLE, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = styles[HEADINGS[0]]
        _outline(style, 9)  # body text: a list is not in the contents
    for name in (*CONTENTS, LISTED):
        if name not in styles:
            style = _add(styles, name, None, builtin=True)
            style.paragraph_format.space_after = Pt(3)
            style.paragraph_format.left_indent = Cm(0.6) if name == CONTENTS[1] else None


def _add_small(styles: Any) -> None:
    for name, size, italic in ((CELL, SIZE, False), (CELL_QUOTE, SIZE, True), (NOTE, 8.5, False), (QUOTE, 10, True)):
        if name in styles:
            continue
        style = _add(styles, name, size)
        style.font.italic = italic
        form = style.paragraph_format
        form.space_before = Pt(0)
        form.space_after = Pt(0)
        form.line_spacing = 1.0
        if name == NOTE:
            form.space_before = Pt(3)
            form.space_after = Pt(12)
            style.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
        if name == QUOTE:
            form.left_indent = form.right_indent = Cm(0.8)
            form.space_after = Pt(6)
        if name == CELL_QUOTE:
            form.left_indent = Cm(0.5)
            form.space_after = Pt(2)


def _add(styles: Any, name: str, size: float | None, builtin: bool = False) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.base_style = _plain(styles)
    style.font.size = Pt(size) if size else None
    return style


def _plain(styles: Any) -> Any:
    """The style of plain text, None where the document has only its defaults."""
    return styles[PLAIN] if PLAIN in styles else styles.default(WD_STYLE_TYPE.PARAGRAPH)


def _outline(style: Any, level: int) -> None:
    """The level at which navigation and contents see paragraphs of the style."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(mark)  # last but for rPr, sectPr and pPrChange, which a style lacks
