"""Word documents: labelled paragraphs, tables of speaker and text, tracked changes as if accepted. Runs no macro."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.transcripts.blocks import (
    UNREAD_STYLES,
    Block,
    Paragraph,
    Table,
    TableCell,
    joined,
    list_entry,
    write_document,
)
from corpus.transcripts.symbols import symbol, with_symbols
from corpus.transcripts.text import Text, TextWriter
from corpus.transcripts.word_package import M, W, open_word
from corpus.transcripts.word_styles import WordNumbering, WordStyles
from corpus.words.language import Bilingual
from corpus.words.spelling import tidy

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = {
    *(W + name for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdtPr", "sdtEndPr")),
    *(W + name for name in ("rt", "rubyPr", "instrText", "delText", "altChunk")),
}
_REFERENCES = {W + "footnoteReference", W + "endnoteReference"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_LEAVES = {*_SIGNS, W + "t", M + "t", W + "sym"}
_BOX = W + "txbxContent"
_CODE = re.compile(r"[0-9A-Fa-f]{2,6}")
_LINE_END = re.compile(r"[\r\n]+")
_NOTES = {
    "comments": Bilingual("i commenti", "the comments"),
    "footnotes": Bilingual("le note a piè di pagina", "the footnotes"),
    "endnotes": Bilingual("le note di chiusura", "the endnotes"),
}


def read_docx(data: bytes, file: str) -> Text:
    """Utterances of a Word document; its source is the text with one line a paragraph.

    Insertions are kept, deletions and hidden text dropped. Comments, footnotes, endnotes, text boxes and the prompts of
    empty content controls become notes. What beside the text cannot be read is told in a warning.
    Raises StudyError when the file is damaged, protected, too big unpacked, or names no speaker.
    """
    package = open_word(data, file)
    parts = package.parts
    document = _Document(WordStyles.of(parts.get("styles")), WordNumbering.of(parts.get("numbering")))
    writer = TextWriter()
    write_document(document.blocks(package.body), document.boxes, writer)
    writer.notes += document.notes
    for kind in _NOTES:
        if kind in parts:
            writer.notes += _notes(parts[kind], document)
    writer.warnings += _warnings(package.body, package.broken)
    return writer.text()


def _notes(part: Element, document: "_Document") -> Iterator[str]:
    for note in part:
        text = document.text_within(note)
        author = note.get(f"{W}author")
        if text:
            yield f"{author}: {text}" if author else text


def _warnings(body: Element, broken: Sequence[str]) -> Iterator[Bilingual]:
    if "styles" in broken:
        yield UNREAD_STYLES
    for kind, name in _NOTES.items():
        if kind in broken:
            yield Bilingual(
                f"{name.it} del documento non si leggono: aprilo con Word e salvalo di nuovo",
                f"{name.en} of the document cannot be read: open it in Word and save it again",
            )
    if body.find(f".//{W}altChunk") is not None:
        yield Bilingual(
            "il documento ne contiene un altro, che qui non si legge: aprilo con Word e salvalo di nuovo",
            "the document holds another one, which is not read here: open it in Word and save it again",
        )


@dataclass
class _Document:
    """What is written in a document, as its styles show it; `boxes` and `notes` are what stands apart from it."""

    styles: WordStyles
    numbering: WordNumbering
    boxes: list[list[Block]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    in_field: list[bool] = field(default_factory=list)  # fields begun, and whether their instruction still goes on

    def blocks(self, parent: Element) -> list[Block]:
        """The paragraphs and tables within `parent`, those of wrappers such as content controls in their place.

        A paragraph whose end was deleted goes on with the next one, and a drop capital with its word.
        """
        blocks: list[Block] = []
        begun = Paragraph("")
        for element in self._within(parent, {W + "p", W + "tbl"}):
            if element.tag == W + "p":
                paragraph = joined(begun, self._paragraph(element))
                if _runs_on(element):
                    begun = paragraph
                    continue
                blocks.append(paragraph)
            else:
                blocks += [begun, self._table(element)]
            begun = Paragraph("")
        return [*blocks, begun]

    def text_within(self, parent: Element) -> str:
        """All that is written within `parent`, tables included, on one line."""
        paragraphs = (self._paragraph(element).text for element in self._within(parent, {W + "p"}))
        return " ".join(" ".join(paragraphs).split())

    def _within(self, parent: Element, tags: set[str]) -> Iterator[Element]:
        for child in _shown(parent):
            if child.tag in tags:
                yield child
            elif _is_prompt(child):
                self.notes += filter(None, [self.text_within(child)])
            else:
                yield from self._within(child, tags)

    def _table(self, table: Element) -> Table:
        rows = (row for row in self._within(table, {W + "tr"}) if not _has(row.find(f"{W}trPr"), "del", "hidden"))
        return Table([self._row(row) for row in rows])

    def _row(self, row: Element) -> list[TableCell]:
        skipped = _number(row.find(f"{W}trPr"), "gridBefore", 0)
        cells = [TableCell([], skipped)] if skipped else []
        for cell in self._within(row, {W + "tc"}):
            properties = cell.find(f"{W}tcPr")
            columns = _number(properties, "gridSpan", 1)
            if _has(properties, "cellDel"):
                continue
            if cells and _is_covered(properties, "hMerge"):
                cells[-1] = TableCell(cells[-1].blocks, cells[-1].columns + columns)
            else:
                cells.append(TableCell([] if _is_covered(properties, "vMerge") else self.blocks(cell), columns))
        return cells

    def _paragraph(self, paragraph: Element) -> Paragraph:
        text = ""
        stressed = 0
        open_stress = True  # all that was written so far is stressed
        self.in_field = [False for _ in self.in_field]  # an instruction ends with its paragraph, at the latest
        for written, is_stressed in self._written(paragraph, paragraph, False):
            composed = tidy(written)
            text += composed
            if open_stress and (is_stressed or not composed.strip()):
                stressed = len(text) if is_stressed else stressed
            else:
                open_stress = False
        entry = self.styles.list_entry(paragraph)
        if entry is None:
            return Paragraph(text, stressed)
        return list_entry(self.numbering.label(entry), Paragraph(text, stressed))

    def _written(self, element: Element, paragraph: Element, stressed: bool) -> Iterator[tuple[str, bool]]:
        """What is written in an element of `paragraph`, piece by piece, and whether it is stressed."""
        for child in _shown(element):
            if child.tag in (W + "r", M + "r"):
                run = child.find(f"{W}rPr")
                if not self.styles.hides(run, paragraph):
                    yield from self._written(child, paragraph, self.styles.stresses(run, paragraph))
            elif child.tag == _BOX:
                self.boxes.append(self.blocks(child))
            elif _is_prompt(child):
                prompt = "".join(written for written, _ in self._written(child, paragraph, False))
                self.notes += filter(None, [" ".join(prompt.split())])
            elif child.tag == W + "fldChar":
                self._change_field(child.get(f"{W}fldCharType", ""))
            elif child.tag in _REFERENCES and child.get(f"{W}customMarkFollows", "0") not in ("0", "false"):
                return
            elif child.tag in _LEAVES:
                if not any(self.in_field):
                    yield _leaf(child, element), stressed
            else:
                yield from self._written(child, paragraph, stressed)
                if child.tag == M + "num":
                    yield "/", stressed

    def _change_field(self, kind: str) -> None:
        if kind == "begin":
            self.in_field.append(True)
        elif self.in_field and kind == "separate":
            self.in_field[-1] = False
        elif self.in_field and kind == "end":
            self.in_field.pop()


def _shown(element: Element) -> Iterator[Element]:
    """The children that show: what is written once more for older programs counts once."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            ways = sorted(child, key=lambda way: way.tag != f"{_MC}Choice")
            yield from _shown(ways[0]) if ways else ()
        elif child.tag not in _LEFT_OUT:
            yield child


def _leaf(leaf: Element, run: Element) -> str:
    if leaf.tag == W + "sym":
        code = leaf.get(f"{W}char", "")
        return symbol(int(code, 16) if _CODE.fullmatch(code) else 0xFFFD, leaf.get(f"{W}font", ""))
    if leaf.tag in _SIGNS:
        return _SIGNS[leaf.tag]
    fonts = run.find(f"{W}rPr/{W}rFonts")
    return with_symbols(_LINE_END.sub(" ", leaf.text or ""), fonts.get(f"{W}ascii", "") if fonts is not None else "")


def _runs_on(paragraph: Element) -> bool:
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    is_capital = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
    return is_capital or _has(paragraph.find(f"{W}pPr/{W}rPr"), "del", "moveFrom")


def _is_prompt(element: Element) -> bool:
    """Whether it is a content control that nobody filled in: what shows in it asks for words."""
    return element.tag == W + "sdt" and _has(element.find(f"{W}sdtPr"), "showingPlcHdr")


def _is_covered(properties: Element | None, merge: str) -> bool:
    mark = properties.find(W + merge) if properties is not None else None
    return mark is not None and mark.get(f"{W}val", "continue") == "continue"


def _has(properties: Element | None, *names: str) -> bool:
    marks = (properties.find(W + name) for name in names) if properties is not None else ()
    return any(mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off") for mark in marks)


def _number(properties: Element | None, name: str, otherwise: int) -> int:
    mark = properties.find(W + name) if properties is not None else None
    value = mark.get(f"{W}val", "") if mark is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else otherwise
