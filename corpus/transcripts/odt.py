"""OpenDocument text: labelled paragraphs and tables as in Word, tracked changes as if accepted. Runs no macro."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.files.archives import open_archive, read_member
from corpus.files.decoding import tidy
from corpus.files.xml import parse_xml
from corpus.transcripts.tables import read_table
from corpus.transcripts.text import Text, TextWriter

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE, _STYLE = (_OASIS % name for name in ("office", "text", "table", "style"))
_WEIGHT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
_SLANT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-style"
_UNDERLINE = _STYLE + "text-underline-style"
_NOTES = {_OFFICE + "annotation", _TEXT + "note"}
_LEFT_OUT = {*_NOTES, _TEXT + "tracked-changes", _OFFICE + "annotation-end"}


def read_odt(data: bytes, file: str) -> Text:
    """Utterances of an OpenDocument text; its source is the text with one line a paragraph.

    Deletions are dropped; comments and footnotes become notes.
    Raises StudyError when the file is damaged, too big unpacked, or names no speaker.
    """
    content = read_member(open_archive(data, file), "content.xml", file)
    root = parse_xml(content, file) if content is not None else None
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise study_error(
            "non è un documento di testo OpenDocument: aprilo con LibreOffice e salvalo di nuovo come .odt",
            "not an OpenDocument text: open it in LibreOffice and save it again as .odt",
            file=file,
        )
    bold = {
        style.get(_STYLE + "name", "")
        for style in root.iter(_STYLE + "style")
        if any(_stresses(properties) for properties in style.iter(_STYLE + "text-properties"))
    }
    text = TextWriter()
    _read_blocks(body, text, bold)
    notes = (_note(note) for note in body.iter() if note.tag in _NOTES)
    text.notes += [note for note in notes if note]
    return text.text()


def _read_blocks(parent: Element, text: TextWriter, bold: set[str], *, numbered: bool = False) -> None:
    for block in parent:
        if block.tag in (_TEXT + "p", _TEXT + "h"):
            text.add_paragraph(*_paragraph(block, bold), numbered=numbered)
        elif block.tag == _TABLE + "table":
            _read_table(block, text, bold)
        elif block.tag not in _LEFT_OUT:
            _read_blocks(block, text, bold, numbered=numbered or block.tag == _TEXT + "list-item")


def _read_table(table: Element, text: TextWriter, bold: set[str]) -> None:
    cells = [
        ["\n".join(_paragraph(p, bold)[0] for p in cell.iter(_TEXT + "p")) for cell in row.iter(_TABLE + "table-cell")]
        for row in table.iter(_TABLE + "table-row")
    ]
    rows = read_table(cells)
    if rows is None:
        for cell in table.iter(_TABLE + "table-cell"):
            _read_blocks(cell, text, bold)
        return
    for row in rows:
        text.add_spoken(row.speaker, row.text, row.start_ms)


def _paragraph(paragraph: Element, bold: set[str]) -> tuple[str, int]:
    """The text of a paragraph, and how many of its first characters are stressed."""
    text, bold_until, open_bold = "", 0, True
    for written, is_bold in _written(paragraph, bold, paragraph.get(_TEXT + "style-name") in bold):
        text += tidy(written)
        open_bold = open_bold and (is_bold or not written.strip())
        bold_until = len(text) if open_bold and is_bold else bold_until
    return text, bold_until


def _written(element: Element, bold: set[str], is_bold: bool) -> Iterator[tuple[str, bool]]:
    if element.text:
        yield " ".join(element.text.split("\n")), is_bold
    for child in element:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "")
            yield " " * (int(count) if count.isdecimal() and len(count) < 3 else 1), is_bold
        elif child.tag in (_TEXT + "tab", _TEXT + "line-break"):
            yield "\t" if child.tag.endswith("tab") else "\n", is_bold
        elif child.tag not in _LEFT_OUT:
            yield from _written(child, bold, is_bold or child.get(_TEXT + "style-name") in bold)
        if child.tail:
            yield " ".join(child.tail.split("\n")), is_bold


def _stresses(properties: Element) -> bool:
    weight, slant, line = (properties.get(name) for name in (_WEIGHT, _SLANT, _UNDERLINE))
    return weight == "bold" or slant == "italic" or line not in (None, "none")


def _note(note: Element) -> str:
    return " ".join(" ".join(_paragraph(p, set())[0] for p in note.iter(_TEXT + "p")).split())
