"""Word documents: labelled paragraphs, tables of speaker and text, tracked changes as if accepted. Runs no macro."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.errors import StudyError, study_error
from corpus.transcripts.archives import open_archive, read_member
from corpus.transcripts.decoding import tidy
from corpus.transcripts.tables import read_table
from corpus.transcripts.text import Text, TextWriter

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = _W + "txbxContent"
_LEFT_OUT = {_W + "del", _W + "moveFrom", _BOX, _W + "pPr", _W + "rPr", _MC_FALLBACK}
_WRITTEN = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE)", re.IGNORECASE)


def read_docx(data: bytes, file: str) -> Text:
    """Utterances of a Word document; its source is the text with one line a paragraph.

    Insertions are kept and deletions dropped. Comments, footnotes and endnotes become notes.
    Raises StudyError when the file is damaged, protected, too big unpacked, or names no speaker.
    """
    document = _open(data, file)
    text = TextWriter()
    _read_blocks(document.element.body, text, _Styles.of(document))
    text.notes += [*_boxes(document), *_notes(document)]
    return text.text()


def _open(data: bytes, file: str) -> Any:
    import docx  # slow to import, and needed by this format alone

    archive = open_archive(data, file)
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")) and _ENTITY.search(read_member(archive, name, file) or b""):
            raise study_error(
                "il documento definisce entità XML, che qui sono rifiutate per sicurezza: salvalo di nuovo con Word",
                "the document defines XML entities, which are refused for safety: save it again with Word",
                file=file,
            )
    try:
        document = docx.Document(io.BytesIO(data))
        if document.element.body is None:
            raise ValueError("no body")
    except StudyError:
        raise
    except Exception:  # python-docx raises whatever its parser or the missing part makes it raise
        raise study_error(
            "non è un documento Word leggibile: aprilo con Word o LibreOffice e salvalo di nuovo come .docx",
            "not a readable Word document: open it in Word or LibreOffice and save it again as .docx",
            file=file,
        ) from None
    return document


def _read_blocks(parent: Any, text: TextWriter, styles: "_Styles") -> None:
    carried, carried_bold = "", 0
    for block in parent:
        if block.tag == _W + "p":
            written, bold = _paragraph(block, styles)
            written, bold = carried + written, carried_bold + bold if carried_bold == len(carried) else carried_bold
            if _mark_deleted(block):
                carried, carried_bold = written, bold
                continue
            carried, carried_bold = "", 0
            text.add_paragraph(written, bold, numbered=styles.numbers(block))
        elif block.tag == _W + "tbl":
            _read_table(block, text, styles)
        elif block.tag not in _LEFT_OUT:  # content controls, custom XML, insertions around paragraphs
            _read_blocks(block, text, styles)
    if carried:
        text.add_paragraph(carried, carried_bold)


def _read_table(table: Any, text: TextWriter, styles: "_Styles") -> None:
    cells = [
        ["\n".join(_paragraph(p)[0] for p in cell.iter(_W + "p")).strip() for cell in row.iterchildren(_W + "tc")]
        for row in table.iterchildren(_W + "tr")
    ]
    rows = read_table(cells)
    if rows is None:
        for row in table.iterchildren(_W + "tr"):
            for cell in row.iterchildren(_W + "tc"):
                _read_blocks(cell, text, styles)
        return
    for spoken in rows:
        text.add_spoken(spoken.speaker, spoken.text, spoken.start_ms)


def _mark_deleted(paragraph: Any) -> bool:
    """Whether a tracked change takes away the paragraph's end, so that the next one goes on with it."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _paragraph(paragraph: Any, styles: "_Styles | None" = None) -> tuple[str, int]:
    """The text of a paragraph, and how many of its first characters are stressed."""
    text, bold, open_bold = "", 0, True
    for written, is_bold in _written(paragraph, styles is not None and styles.stress(paragraph)):
        composed = tidy(written)
        text += composed
        if open_bold and (is_bold or not composed.strip()):
            bold = len(text) if is_bold else bold
        else:
            open_bold = False
    return text, bold


def _written(element: Any, bold: bool) -> Iterator[tuple[str, bool]]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or "", bold
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag], bold
        elif child.tag == _W + "r":
            yield from _written(child, _is_stressed(child, bold))
        elif child.tag not in _LEFT_OUT:
            yield from _written(child, bold)


def _is_stressed(run: Any, in_style: bool) -> bool:
    properties = run.find(_W + "rPr")
    if properties is None:
        return in_style
    style = properties.find(_W + "rStyle")
    if style is not None and style.get(_W + "val") in ("Strong", "Emphasis", "Enfasigrassetto", "Enfasicorsivo"):
        return True
    return _stresses(properties, in_style)


def _stresses(properties: Any, otherwise: bool) -> bool:
    """Whether run properties say bold, italic or underlined; `otherwise` where they say nothing of it."""
    marks = [mark for name in ("b", "i", "u") if (mark := properties.find(_W + name)) is not None]
    on = any(mark.get(_W + "val", "1") not in ("0", "false", "off", "none") for mark in marks)
    return on if marks else otherwise


@dataclass(frozen=True, slots=True)
class _Styles:
    """Paragraph styles whose text is stressed, and those of numbered lists."""

    stressed: frozenset[str]
    numbered: frozenset[str]

    @classmethod
    def of(cls, document: Any) -> "_Styles":
        styles = list(document.styles.element.iter(_W + "style"))
        names = {style: style.get(_W + "styleId", "") for style in styles}
        stressed = (
            names[style]
            for style in styles
            if (properties := style.find(_W + "rPr")) is not None and _stresses(properties, False)
        )
        numbered = (names[style] for style in styles if style.find(f"{_W}pPr/{_W}numPr") is not None)
        return cls(frozenset(stressed), frozenset(numbered))

    def stress(self, paragraph: Any) -> bool:
        return _style(paragraph) in self.stressed

    def numbers(self, paragraph: Any) -> bool:
        return _style(paragraph) in self.numbered or paragraph.find(f"{_W}pPr/{_W}numPr") is not None


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style.get(_W + "val", "") if style is not None else ""


def _boxes(document: Any) -> Iterator[str]:
    """What stands in text boxes, apart from the talk; a box written twice for older programs counts once."""
    for box in document.element.body.iter(_BOX):
        if not any(parent.tag == _MC_FALLBACK for parent in box.iterancestors()):
            text = " ".join(" ".join(_paragraph(p)[0] for p in box.iter(_W + "p")).split())
            if text:
                yield text


def _notes(document: Any) -> Iterator[str]:
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if relation.is_external or kind not in ("comments", "footnotes", "endnotes"):
            continue
        part = relation.target_part
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        for note in root:
            text = " ".join(" ".join(_paragraph(p)[0] for p in note.iter(_W + "p")).split())
            if text:
                author = note.get(_W + "author")
                yield f"{author}: {text}" if author else text
