"""Word's fields: captions that count, references, contents and lists that read before Word fills them. Room outputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from outputs.document.styles import legal


@dataclass(frozen=True)
class Entry:
    """A line of the contents or of a list: its text, the bookmark it leads to, its style."""

    text: str
    mark: str
    style: str


class Marks:
    """Bookmarks with ids that no bookmark of a template has."""

    def __init__(self, document: Any) -> None:
        held = document.element.body.iter(qn("w:bookmarkStart"))
        self._next = 1 + max((int(mark.get(qn("w:id"), "0")) for mark in held), default=0)

    def around(self, paragraph: Any, name: str) -> None:
        """Put a bookmark around what a paragraph holds so far."""
        contents = [child for child in paragraph._p if child.tag != qn("w:pPr")]
        start = OxmlElement("w:bookmarkStart")
        end = OxmlElement("w:bookmarkEnd")
        start.set(qn("w:id"), str(self._next))
        end.set(qn("w:id"), str(self._next))
        start.set(qn("w:name"), name)
        contents[0].addprevious(start)
        contents[-1].addnext(end)
        self._next += 1


def count_sequence(document: Any, label: str) -> int:
    """How many captions of a label the document has already: Word goes on counting from there."""
    codes = [field.get(qn("w:instr"), "") for field in document.element.body.iter(qn("w:fldSimple"))]
    codes += [text.text or "" for text in document.element.body.iter(qn("w:instrText"))]
    return sum(code.split()[:2] == ["SEQ", label] for code in codes)


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field that shows a text until Word works it out (Ctrl+A, F9)."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(_run(shown))
    paragraph._p.append(field)


def add_list(paragraphs: Sequence[Any], code: str, entries: Sequence[Entry], hint: str = "") -> None:
    """Fill paragraphs with a TOC field of as many entries, each a link to its place.

    Page numbers are Word's to find. `hint` stands in the field after the last entry: it goes when Word fills the field.
    """
    for paragraph, entry in zip(paragraphs, entries, strict=True):
        paragraph.style = entry.style
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), entry.mark)
        link.set(qn("w:history"), "1")
        link.append(_run(entry.text))
        paragraph._p.append(link)
    first = paragraphs[0]._p
    last = paragraphs[-1]._p
    instruction = OxmlElement("w:r")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    instruction.append(text)
    start = 1 if first.find(qn("w:pPr")) is not None else 0
    for place, part in enumerate((_sign("begin"), instruction, _sign("separate"))):
        first.insert(start + place, part)
    if hint:
        last.append(_run(f" {hint}"))
    last.append(_sign("end"))


def _sign(kind: str) -> Any:
    run = OxmlElement("w:r")
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    run.append(sign)
    return run


def _run(words: str) -> Any:
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = legal(words)
    run.append(text)
    return run
