"""A REFI-QDA project (.qdpx) as typed records: codes, texts with their selections, cases. Matches nothing to a study.

Members are read by name within bounds and none is unpacked to disk; recordings and pictures in it are not touched.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from corpus.errors import study_error
from corpus.files.archives import open_large_archive, read_bounded_member
from corpus.files.xml import parse_xml
from corpus.sheets import input_path
from corpus.spelling import clean_cell

_MAX_DEPTH = 50
_UNREAD = ("PictureSelection", "AudioSelection", "VideoSelection")
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(frozen=True, slots=True)
class Code:
    """A code; `parent` is the GUID of the code it is in, "" at the top. One that is not `codable` is a folder."""

    guid: str
    name: str
    parent: str
    description: str
    color: str
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Coding:
    """A code given to a selection: GUIDs of itself and of the code, and the name of who gave it."""

    guid: str
    code: str
    coder: str


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded passage. `start:end` count as its program counts, -1 where it says no place; `said` are words it may
    hold; `note` is what the coder wrote of it."""

    start: int
    end: int
    said: str
    note: str
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text; `text` is None where the project has none to read. `whole` codings belong to no passage."""

    guid: str
    name: str
    text: str | None
    selections: tuple[Selection, ...]
    values: tuple[tuple[str, str], ...]
    whole: int


@dataclass(frozen=True, slots=True)
class Case:
    """A person (or place, ...): name "" where the program gives none, GUIDs of sources and codes, variables."""

    guid: str
    name: str
    sources: tuple[str, ...]
    codes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Project:
    """What is read of a project. `origin` is the program that wrote it, `variables` are names in the project's order,
    `unread` selections are on media."""

    file: str
    name: str
    origin: str
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    cases: tuple[Case, ...]
    variables: tuple[str, ...]
    unread: int


def read_project(folder: Path, file: str) -> Project:
    """The project `folder/file`. Raises StudyError when it is missing, damaged, hostile or no REFI-QDA project."""
    path = input_path(folder, file)
    with open_large_archive(path, file) as archive:
        inside = next((name for name in archive.namelist() if name.lower().endswith(".qde")), "")
        data = read_bounded_member(archive, inside, file) if inside else None
        root = parse_xml(data, file) if data is not None else None
        if root is None or _tag(root) != "Project":
            raise study_error("non è un progetto REFI-QDA (.qdpx)", "not a REFI-QDA project (.qdpx)", file=file)
        names = _names(root)
        sources = tuple(_sources(root, archive, names, file))
        given = {coding.code for source in sources for each in source.selections for coding in each.codings}
        return Project(
            file,
            clean_cell(root.get("name", "")),
            root.get("origin", ""),
            # a folder that somebody coded with is a code, whatever the file says
            tuple(replace(code, codable=code.codable or code.guid in given) for code in read_codes(root, file)),
            sources,
            tuple(_cases(root, names)),
            tuple(_variable_names(root).values()),
            sum(1 for name in _UNREAD for _ in _all(root, name)),
        )


def read_codes(root: Element, file: str) -> tuple[Code, ...]:
    """The codes of a project or codebook, parents before children. Raises StudyError for codes nested without end."""
    found: list[Code] = []

    def add(holder: Element, parent: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise study_error(
                f"i codici sono annidati oltre {_MAX_DEPTH} livelli",
                f"codes are nested over {_MAX_DEPTH} deep",
                file=file,
            )
        for place, element in enumerate(_children(holder, "Code")):
            own = _guid(element.get("guid")) or f"{parent}/{place}"
            described = clean_cell(_text_of(element, "Description"))
            codable = element.get("isCodable", "true").strip().lower() not in ("false", "0")
            name, color = clean_cell(element.get("name", "")), element.get("color", "")
            found.append(Code(own, name, parent, described, color, codable))
            add(element, own, depth + 1)

    for codes in _all(root, "Codes"):
        add(codes, "", 0)
    return tuple(found)


def _names(root: Element) -> dict[str, str]:
    """GUID -> name of every user and variable."""
    users = {_guid(user.get("guid")): user.get("name") or user.get("id") or "?" for user in _all(root, "User")}
    return users | _variable_names(root)


def _variable_names(root: Element) -> dict[str, str]:
    return {_guid(each.get("guid")): clean_cell(each.get("name", "")) for each in _all(root, "Variable")}


def _sources(root: Element, archive: zipfile.ZipFile, names: dict[str, str], file: str) -> Iterator[Source]:
    for holder in _all(root, "Sources"):
        for element in holder:
            texts = [element] if _tag(element) == "TextSource" else []
            # a PDF's text, a recording's transcripts
            texts += [child for child in element if _tag(child) in ("Representation", "Transcript")]
            on_pages = tuple(_selection(child, names) for child in _children(element, "PDFSelection"))
            for number, text in enumerate(texts or ([element] if on_pages else [])):
                yield Source(
                    _guid(element.get("guid")),
                    clean_cell(element.get("name", "")),
                    _text(archive, text, file),
                    (*_selections(text, names), *(on_pages if number == 0 else ())),
                    _values(element, names),
                    sum(1 for _ in _children(element, "Coding")),
                )


def _selections(text: Element, names: dict[str, str]) -> Iterator[Selection]:
    for child in _children(text, "PlainTextSelection"):
        yield _selection(child, names)
    places = {_guid(point.get("guid")): point.get("position", "") for point in _children(text, "SyncPoint")}
    for child in _children(text, "TranscriptSelection"):
        start, end = (places.get(_guid(child.get(name)), "") for name in ("fromSyncPoint", "toSyncPoint"))
        yield _selection(child, names, start, end)


def _selection(element: Element, names: dict[str, str], start: str = "", end: str = "") -> Selection:
    places = (start or element.get("startPosition", ""), end or element.get("endPosition", ""))
    numbers = [int(place) if place.isdecimal() and len(place) < 12 else -1 for place in places]
    page = next(_children(element, "Representation"), None)
    said = _text_of(page, "PlainTextContent") if page is not None else ""
    maker = element.get("creatingUser") or element.get("modifyingUser")
    codings = tuple(
        Coding(
            _guid(coding.get("guid")),
            next((_guid(each.get("targetGUID")) for each in _children(coding, "CodeRef")), ""),
            names.get(_guid(coding.get("creatingUser") or maker), "?"),
        )
        for coding in _children(element, "Coding")
    )
    note = _text_of(element, "Description").strip()
    return Selection(numbers[0], numbers[1], said or element.get("name", ""), note, codings)


def _cases(root: Element, names: dict[str, str]) -> Iterator[Case]:
    for case in _all(root, "Case"):
        sources, codes = (
            tuple(_guid(each.get("targetGUID")) for each in _children(case, name)) for name in ("SourceRef", "CodeRef")
        )
        yield Case(_guid(case.get("guid")), clean_cell(case.get("name", "")), sources, codes, _values(case, names))


def _values(element: Element, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    found = []
    for value in _children(element, "VariableValue"):
        name = next((names.get(_guid(each.get("targetGUID")), "") for each in _children(value, "VariableRef")), "")
        written = next((child.text or "" for child in value if _tag(child) in _VALUES), "")
        if name and written.strip():
            found.append((name, clean_cell(written)))
    return tuple(found)


def _text(archive: zipfile.ZipFile, source: Element, file: str) -> str | None:
    content = next((child.text or "" for child in _children(source, "PlainTextContent")), None)
    if content is not None:
        return content
    wanted = re.split(r"[/\\]", source.get("plainTextPath", ""))[-1].lower()
    member = next((name for name in archive.namelist() if wanted and name.split("/")[-1].lower() == wanted), None)
    data = read_bounded_member(archive, member, file) if member else None
    if data is None:
        return None
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")


def _text_of(element: Element, name: str) -> str:
    return next((child.text or "" for child in _children(element, name)), "")


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _tag(child) == name)


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _tag(element) == name)


def _guid(value: str | None) -> str:
    return (value or "").strip("{} ").lower()


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
