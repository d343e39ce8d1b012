"""Word's own means for a report: pages, paragraphs, captions, pictures. Room outputs; knows no study."""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from corpus.errors import study_error
from outputs.document.fields import Marks, add_field
from outputs.document.styles import BULLET, CAPTION, NOTE, QUOTE, add_styles, has_bullet, legal

_TAGS = {"it": "it-IT", "en": "en-GB"}
_EMU = 12700  # to the point
_HIGHEST = Cm(19.5)  # of a picture


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
    add_styles(document, own=template is None)
    for held in document.styles.element.iter(qn("w:lang")):
        held.set(qn("w:val"), _TAGS[language])
    document.element.body.get_or_add_sectPr()
    section = document.sections[-1]
    if template is None or not section.page_width or not section.page_height:
        section.page_width = Cm(21)
        section.page_height = Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.3)
    if template is None:
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_field(foot, "PAGE", "1")
    return document


def is_landscape(document: Any) -> bool:
    """Whether the page being written lies on its side."""
    section = document.sections[-1]
    return bool(section.page_width > section.page_height)


def turn_page(document: Any, landscape: bool) -> None:
    """A new section on a new page, upright or on its side."""
    turned = is_landscape(document) != landscape
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if turned:
        section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT


def text_room(document: Any, landscape: bool) -> float:
    """Points from margin to margin (of a column, where the page has several) of a page upright or on its side."""
    section = document.sections[-1]
    across = section.page_width if is_landscape(document) == landscape else section.page_height
    margins = [section.left_margin, section.right_margin, section.gutter]
    room = (across - sum(margin or 0 for margin in margins)) / _EMU
    columns = section._sectPr.find(qn("w:cols"))
    many = int(columns.get(qn("w:num"), "1")) if columns is not None else 1
    gap = int(columns.get(qn("w:space"), "720")) / 20 if many > 1 else 0
    return float((room - gap * (many - 1)) / many)


def add_heading(document: Any, text: str, level: int) -> Any:
    """A heading of level 1 to 3."""
    return document.add_paragraph(legal(text), style=f"Heading {level}")


def add_text(document: Any, text: str) -> None:
    """A paragraph of plain text."""
    document.add_paragraph(legal(text))


def add_points(document: Any, sentences: list[str]) -> None:
    """A list of sentences, each with a sign before it."""
    sign = "" if has_bullet(document) else "• "
    for sentence in sentences:
        document.add_paragraph(sign + legal(sentence), style=BULLET)


def add_finding(document: Any, sentence: str, caveat: str) -> None:
    """A sentence in bold and small print that belongs to it, on the page of what comes next."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.add_run(legal(sentence)).bold = True
    if caveat:
        paragraph.add_run(f" [{legal(caveat)}]").font.size = Pt(8.5)


def add_caption(document: Any, label: str, number: int, text: str, marks: Marks, mark: str) -> None:
    """`Tabella 3. text`, the number in a SEQ field that Word counts anew (Ctrl+A, F9), with a bookmark to refer to."""
    paragraph = document.add_paragraph(style=CAPTION)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{label} ")
    add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    marks.around(paragraph, mark)
    paragraph.add_run(f". {legal(text)}")


def add_lead(document: Any, text: str, mark: str, shown: str) -> None:
    """What a table or figure says in words, with a cross-reference to it that Word keeps up to date."""
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{legal(text)} (")
    add_field(paragraph, f"REF {mark} \\h", shown)
    paragraph.add_run(").")


def add_note(document: Any, text: str) -> None:
    """The small print under a table or figure."""
    document.add_paragraph(legal(text), style=NOTE)


def add_warning(document: Any, text: str) -> None:
    """What has to be known before the table or figure below is believed, in bold and on its page."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{legal(text)}.").bold = True


def add_picture(document: Any, picture: bytes, title: str, alt: str) -> None:
    """A picture with its alternative text: a tall one as wide as the text, others so that two stand on a page."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture))
    wished = Cm(16) if image.height > image.width else Cm(13.2)
    room = int(text_room(document, is_landscape(document)) * _EMU)
    width = min(room, wished, int(_HIGHEST * image.width / image.height))
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=width)
    shape._inline.docPr.set("descr", legal(alt))
    shape._inline.docPr.set("title", legal(title))


def add_quotation(document: Any, text: str) -> None:
    """A quotation with its source."""
    document.add_paragraph(legal(text), style=QUOTE)
