"""OpenDocument text: labelled paragraphs and tables as in Word, tracked changes as if accepted. Runs no macro."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.errors import StudyError, study_error
from corpus.files.archives import open_archive, read_member
from corpus.files.xml import parse_xml
from corpus.transcripts.blocks import (
    UNREAD_STYLES,
    Block,
    Paragraph,
    Table,
    TableCell,
    joined,
    list_entry,
    text_of,
    write_document,
)
from corpus.transcripts.odt_styles import TextLists, TextLook, TextStyles
from corpus.transcripts.symbols import with_symbols
from corpus.transcripts.text import Text, TextWriter
from corpus.words.spelling import tidy

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE = (_OASIS % name for name in ("office", "text", "table"))
_DRAWN = (_OASIS % "drawing", _OASIS % "dr3d")
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_NOTES = {_OFFICE + "annotation", _TEXT + "note"}
_LEFT_OUT = {_TEXT + "tracked-changes", _TEXT + "ruby-text", _OFFICE + "annotation-end", _OFFICE + "forms"}
_CHANGES = {_TEXT + "change-start", _TEXT + "change-end"}
_PARAGRAPHS = {_TEXT + "p", _TEXT + "h"}


def read_odt(data: bytes, file: str) -> Text:
    """Utterances of an OpenDocument text, packed or flat; its source is the text with one line a paragraph.

    Deletions and hidden text are dropped; comments, footnotes, text boxes and unfilled placeholders become notes.
    Raises StudyError when the file is damaged, has a password, is too big unpacked, or names no speaker.
    """
    roots, broken = _roots(data, file)
    body = roots[0].find(f"{_OFFICE}body/{_OFFICE}text") if roots else None
    if body is None:
        raise study_error(
            "non è un documento di testo OpenDocument: aprilo con LibreOffice e salvalo di nuovo come .odt",
            "not an OpenDocument text: open it in LibreOffice and save it again as .odt",
            file=file,
        )
    deletions = {region.get(f"{_TEXT}id", "") for region in body.iter(_TEXT + "changed-region") if _deletes(region)}
    document = _Document(TextStyles.of(roots), TextLists.of(roots), deletions)
    writer = TextWriter()
    write_document(document.blocks(body), document.boxes, writer)
    writer.notes += document.notes
    writer.warnings += [UNREAD_STYLES] * broken
    return writer.text()


def _roots(data: bytes, file: str) -> tuple[list[Element], bool]:
    """The root of the content and that of the styles, and whether these are there but cannot be read."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return [parse_xml(data, file)], False
    archive = open_archive(data, file)
    content = read_member(archive, "content.xml", file)
    if content is None:
        return [], False
    root = parse_xml(content, file)
    try:
        styles = read_member(archive, "styles.xml", file)
        return ([root] if styles is None else [root, parse_xml(styles, file)]), False
    except StudyError:
        return [root], True


def _deletes(region: Element) -> bool:
    return region.find(_TEXT + "deletion") is not None


@dataclass
class _Document:
    """What is written in a document, as its styles show it; `boxes` and `notes` are what stands apart from it."""

    styles: TextStyles
    lists: TextLists
    deletions: set[str]  # the changes that took text away: it may still stand between their marks
    deleting: set[str] = field(default_factory=set)
    boxes: list[list[Block]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def blocks(self, parent: Element) -> list[Block]:
        """The paragraphs and tables within `parent`; hidden sections and rows are left out.

        A paragraph whose end was deleted goes on with the next one.
        """
        blocks: list[Block] = []
        begun = Paragraph("")
        for block in self._blocks(parent, "", 0):
            if isinstance(block, Paragraph):
                begun = joined(begun, block)
                if self.deleting:
                    continue
                blocks.append(begun)
            else:
                blocks += [begun, block]
            begun = Paragraph("")
        return [*blocks, begun]

    def _blocks(self, parent: Element, list_style: str, level: int) -> Iterator[Block]:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                yield self._paragraph(child)
            elif child.tag == _TABLE + "table":
                yield Table([self._row(row) for row in _shown_rows(child)])
            elif child.tag == _TEXT + "list":
                yield from self._list(child, child.get(f"{_TEXT}style-name", list_style), level + 1)
            elif not (self._is_apart(child) or child.tag in _LEFT_OUT or _is_hidden(child)):
                yield from self._blocks(child, list_style, level)

    def _list(self, element: Element, style: str, level: int) -> Iterator[Block]:
        for item, label in self.lists.labels(element, style, level):
            for block in self._blocks(item, style, level):
                yield list_entry(label, block) if label and isinstance(block, Paragraph) else block
                label = ""

    def _row(self, row: Element) -> list[TableCell]:
        cells: list[TableCell] = []
        covered = 0
        for cell in row:
            if cell.tag == _TABLE + "covered-table-cell" and covered:
                covered -= _count(cell, "number-columns-repeated")
            elif cell.tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
                columns = _count(cell, "number-columns-spanned")
                covered = columns - 1
                blocks = self.blocks(cell) if cell.tag == _TABLE + "table-cell" else []
                cells += [TableCell(blocks, columns)] * _count(cell, "number-columns-repeated")
        return cells

    def _paragraph(self, paragraph: Element) -> Paragraph:
        text = ""
        stressed = 0
        open_stress = True  # all that was written so far is stressed
        for written, is_stressed in self._written(paragraph, self.styles.look("paragraph", paragraph)):
            text += tidy(written)
            open_stress = open_stress and (is_stressed or not written.strip())
            stressed = len(text) if open_stress and is_stressed else stressed
        return Paragraph("" if _hides_itself(paragraph) else text, stressed)

    def _written(self, element: Element, look: TextLook) -> Iterator[tuple[str, bool]]:
        """What is written in an element, piece by piece, and whether it is stressed."""
        yield self._shown(_flat(element.text), look), look.stressed
        for child in element:
            if child.tag in _CHANGES:
                self._change(child)
            elif child.tag in (_TEXT + "s", _TEXT + "tab", _TEXT + "line-break"):
                yield self._shown(_space(child), look), look.stressed
            elif not (self._is_apart(child) or child.tag in _LEFT_OUT or _is_hidden(child)):
                yield from self._written(child, look.changed_by(self.styles.look("text", child)))
            yield self._shown(_flat(child.tail), look), look.stressed

    def _shown(self, text: str, look: TextLook) -> str:
        return with_symbols(text, look.font or "") if text and not look.hidden and not self.deleting else ""

    def _change(self, mark: Element) -> None:
        change = mark.get(f"{_TEXT}change-id", "")
        if mark.tag == _TEXT + "change-end":
            self.deleting.discard(change)
        elif change in self.deletions:
            self.deleting.add(change)

    def _is_apart(self, element: Element) -> bool:
        """Whether it stands apart from the sentence: a box, or what becomes a note."""
        if _is_prompt(element):
            self.notes += filter(None, [" ".join("".join(element.itertext()).split())])
            return True
        is_drawn = element.tag.startswith(_DRAWN)
        if not is_drawn and element.tag not in _NOTES:
            return False
        paragraphs: list[Block] = [self._paragraph(each) for each in element.iter() if each.tag in _PARAGRAPHS]
        if is_drawn:
            self.boxes.append(paragraphs)
            return True
        note = " ".join(text_of(paragraphs).split())
        author = element.findtext(_CREATOR, "")
        self.notes += filter(None, [f"{author}: {note}" if author and note else note])
        return True


def _is_prompt(element: Element) -> bool:
    """Whether it asks for words that nobody filled in."""
    shows_prompt = element.get(f"{_LOEXT}showing-place-holder") == "true"
    return element.tag == _TEXT + "placeholder" or (element.tag == _LOEXT + "content-control" and shows_prompt)


def _shown_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its header and of groups too; hidden ones are left out."""
    for child in table:
        if child.tag == _TABLE + "table-row":
            if child.get(f"{_TABLE}visibility", "visible") == "visible":
                yield child
        elif child.tag.startswith(_TABLE):
            yield from _shown_rows(child)


def _is_hidden(element: Element) -> bool:
    display = element.get(f"{_TEXT}display")
    hides = element.get(f"{_TEXT}is-hidden") == "true"
    return display == "none" or (hides and (display == "condition" or element.tag == _TEXT + "hidden-text"))


def _hides_itself(paragraph: Element) -> bool:
    return any(mark.get(f"{_TEXT}is-hidden") == "true" for mark in paragraph.iter(_TEXT + "hidden-paragraph"))


def _flat(text: str | None) -> str:
    return " ".join((text or "").split("\n"))


def _space(element: Element) -> str:
    if element.tag == _TEXT + "s":
        count = element.get(_TEXT + "c", "")
        return " " * (int(count) if count.isdecimal() and len(count) < 3 else 1)
    return "\t" if element.tag == _TEXT + "tab" else "\n"


def _count(cell: Element, name: str) -> int:
    count = cell.get(_TABLE + name, "1")
    return max(1, int(count)) if count.isdecimal() and len(count) < 3 else 1
