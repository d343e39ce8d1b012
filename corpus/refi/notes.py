"""What people wrote and joined in a REFI-QDA project beside their codings: notes, links, sets. Matches nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.refi.elements import children, every, guid_in, tag, text_of
from corpus.words.spelling import clean_cell, tidy

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIRECTIONS = {each.lower(): each for each in ("Associative", "OneWay", "Bidirectional")}
_TEXTS = ("Representation", "Transcript")  # of a source, which are that source
_DESCRIBED = ("Project", "Case", "TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource")


@dataclass(frozen=True, slots=True)
class Note:
    """A note; `text` is None where the project has none to read. `owners` are the GUIDs of what it is about.

    A description of the project, a case or a source is one too, with the `guid` "". Without owners it is about the
    project. `date` is as ISO 8601 writes a day, or "".
    """

    guid: str
    name: str
    text: str | None
    author: str
    date: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link from `origin` to `target` (GUIDs), with the notes on it."""

    guid: str
    name: str
    origin: str
    target: str
    direction: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A set of codes, sources and notes (`members`, GUIDs)."""

    guid: str
    name: str
    description: str
    members: tuple[str, ...]


def read_notes(root: Element, names: Mapping[str, str], read: Callable[[Element], str | None]) -> Iterator[Note]:
    """Every note of a project, those on links too, then the descriptions; `names` are its users' by GUID."""
    owners: dict[str, dict[str, None]] = {}
    inside = {guid_in(text.get("guid")): guid_in(source.get("guid")) for source, text in _texts_of_sources(root)}
    for element in root.iter():
        own = guid_in(element.get("guid"))
        for note in _targets(element, "NoteRef"):
            held = owners.setdefault(note, {})
            if own and tag(element) not in ("Project", "Link"):
                held[inside.get(own, own)] = None
    notes = {guid_in(element.get("guid")) for element in every(root, "Note")}
    for element in every(root, "Note"):
        own = guid_in(element.get("guid"))
        text = read(element)
        yield Note(
            own,
            clean_cell(element.get("name", "")),
            None if text is None else tidy(text.removeprefix("\ufeff")).strip(),
            clean_cell(names.get(guid_in(element.get("creatingUser") or element.get("modifyingUser")), "")),
            next(iter(_DAY.findall(element.get("creationDateTime") or element.get("modifiedDateTime") or "")), ""),
            # some programs let the note refer to what it is about
            (*owners.get(own, ()), *(other for other in _targets(element, "NoteRef") if other not in notes)),
        )
    for element in root.iter():
        described = tidy(text_of(element, "Description")).strip() if tag(element) in _DESCRIBED else ""
        if described:
            own = guid_in(element.get("guid"))  # a project has none
            yield Note("", clean_cell(element.get("name", "")), described, "", "", (own,) if own else ())


def read_links(root: Element) -> Iterator[Link]:
    """Every link of a project."""
    for element in every(root, "Link"):
        direction = _DIRECTIONS.get(element.get("direction", "").strip().lower(), "Associative")
        yield Link(
            guid_in(element.get("guid")),
            clean_cell(element.get("name", "")),
            guid_in(element.get("originGUID")),
            guid_in(element.get("targetGUID")),
            direction,
            tuple(_targets(element, "NoteRef")),
        )


def read_sets(root: Element) -> Iterator[Set]:
    """Every set of a project."""
    for element in every(root, "Set"):
        described = tidy(text_of(element, "Description")).strip()
        members = [guid_in(child.get("targetGUID")) for child in element if tag(child).startswith("Member")]
        yield Set(guid_in(element.get("guid")), clean_cell(element.get("name", "")), described, tuple(members))


def _texts_of_sources(root: Element) -> Iterator[tuple[Element, Element]]:
    for holder in every(root, "Sources"):
        for source in holder:
            yield from ((source, text) for text in source if tag(text) in _TEXTS)


def _targets(element: Element, name: str) -> list[str]:
    return [guid_in(reference.get("targetGUID")) for reference in children(element, name)]
