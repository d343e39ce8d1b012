"""A REFI-QDA project (.qdpx) as typed records: codes, texts with their selections, cases. Matches nothing to a study.

Members are read by name within bounds and none is unpacked to disk; recordings and pictures in it are not touched.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from corpus.errors import StudyError, study_error
from corpus.files.archives import open_large_archive, read_bounded_member
from corpus.files.decoding import decode_exactly
from corpus.files.xml import parse_xml
from corpus.refi.elements import children, every, guid_in, has, tag, text_of
from corpus.refi.notes import Link, Note, Set, read_links, read_notes, read_sets
from corpus.tables.sheets import input_path
from corpus.words.spelling import clean_cell, fold

_MAX_DEPTH = 50
_UTF8_NAME = 0x800
_MACHINE_NAME = re.compile("[{(]?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}[)}]?", re.IGNORECASE)
_UNREAD = ("PictureSelection", "AudioSelection", "VideoSelection")
_PATHS = ("plainTextPath", "richTextPath", "path", "currentPath")
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
    """A coded passage. `start:end` count as its program counts, -1 where it says no place; `words` are those it may
    hold; `note` is what the coder wrote of it, `maker` who selected it."""

    start: int
    end: int
    words: str
    note: str
    codings: tuple[Coding, ...]
    guid: str = ""
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text; `text` is None where the project has none to read, `outside` the file that it says to have elsewhere.
    `name` is that of its file where it has none. `codings_of_text` belong to no passage."""

    guid: str
    name: str
    text: str | None
    outside: str
    selections: tuple[Selection, ...]
    values: tuple[tuple[str, str], ...]
    codings_of_text: int


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
    """What is read of a project. `origin` is the program that wrote it, `variables` are names in the project's order.

    Not read: coded selections on media (`unread`), sources without any text (`media`, their names), drawings
    (`graphs`) and codings of notes (`coded_notes`).
    """

    file: str
    name: str
    origin: str
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    cases: tuple[Case, ...]
    variables: tuple[str, ...]
    unread: int
    media: tuple[str, ...]
    notes: tuple[Note, ...]
    links: tuple[Link, ...]
    sets: tuple[Set, ...]
    graphs: int
    coded_notes: int

    @property
    def case_codes(self) -> frozenset[str]:
        """GUIDs of codes that say whose a text is, not what is said in it: NVivo gives each case a code of its own."""
        names = {code.guid: fold(code.name) for code in self.codes}
        of_cases = {code for case in self.cases for code in case.codes if names.get(code) == fold(case.name)}
        return frozenset(of_cases | {case.guid for case in self.cases})


def read_project(folder: Path, file: str) -> Project:
    """The project `folder/file`. Raises StudyError when it is missing, damaged, hostile or no REFI-QDA project."""
    path = input_path(folder, file)
    with open_large_archive(path, file) as archive:
        inside = next((name for name in _members(archive) if name.lower().endswith(".qde")), "")
        data = read_bounded_member(archive, inside, file) if inside else None
        root = parse_xml(data, file) if data is not None else None
        if root is None or tag(root) != "Project":
            raise study_error("non è un progetto REFI-QDA (.qdpx)", "not a REFI-QDA project (.qdpx)", file=file)
        names = _names_by_guid(root)
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
            sum(1 for name in _UNREAD for each in every(root, name) if has(each, "Coding")),
            tuple(_source_name(each) for each in _source_elements(root) if not _text_elements(each)),
            tuple(read_notes(root, names, lambda note: _text(archive, note, file))),
            tuple(read_links(root)),
            tuple(read_sets(root)),
            sum(1 for _ in every(root, "Graph")),
            sum(has(part, "Coding") for note in every(root, "Note") for part in note.iter()),
        )


def read_codes(root: Element, file: str) -> tuple[Code, ...]:
    """The codes of a project or codebook, parents before children. Raises StudyError for codes nested without end."""
    codes: list[Code] = []

    def add(holder: Element, parent: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise study_error(
                f"i codici sono annidati oltre {_MAX_DEPTH} livelli",
                f"codes are nested over {_MAX_DEPTH} deep",
                file=file,
            )
        for number, element in enumerate(children(holder, "Code")):
            own = guid_in(element.get("guid")) or f"{parent}/{number}"
            described = clean_cell(text_of(element, "Description"))
            codable = element.get("isCodable", "true").strip().lower() not in ("false", "0")
            name = clean_cell(element.get("name", ""))
            color = element.get("color", "")
            codes.append(Code(own, name, parent, described, color, codable))
            add(element, own, depth + 1)

    for holder in every(root, "Codes"):
        add(holder, "", 0)
    return tuple(codes)


def _names_by_guid(root: Element) -> dict[str, str]:
    """GUID -> name of every user and variable."""
    users = {guid_in(user.get("guid")): user.get("name") or user.get("id") or "?" for user in every(root, "User")}
    return users | _variable_names(root)


def _variable_names(root: Element) -> dict[str, str]:
    return {guid_in(each.get("guid")): clean_cell(each.get("name", "")) for each in every(root, "Variable")}


def _sources(root: Element, archive: zipfile.ZipFile, names: dict[str, str], file: str) -> Iterator[Source]:
    for element in _source_elements(root):
        on_pages = tuple(_selection(child, names) for child in children(element, "PDFSelection"))
        for number, text in enumerate(_text_elements(element)):
            content = _text(archive, text, file)
            yield Source(
                guid_in(element.get("guid")),
                _source_name(element),
                content,
                _outside(text) if content is None else "",
                (*_selections(text, names, len(content or "")), *(on_pages if number == 0 else ())),
                _values(element, names),
                sum(1 for _ in children(element, "Coding")) if number == 0 else 0,
            )


def _source_elements(root: Element) -> list[Element]:
    return [element for holder in every(root, "Sources") for element in holder if tag(element)]


def _text_elements(source: Element) -> list[Element]:
    """The elements that hold a source's text: itself, a PDF's text, a recording's transcripts."""
    texts = [source] if tag(source) == "TextSource" else []
    texts += [child for child in source if tag(child) in ("Representation", "Transcript")]
    return texts or ([source] if has(source, "PDFSelection") else [])


def _source_name(source: Element) -> str:
    """The name, else that of the file which the source or its text was; programs call files inside by their GUID."""
    named = clean_cell(source.get("name", ""))
    files = [_file_of(each.get(path, "")) for path in _PATHS for each in (source, *_text_elements(source))]
    stems = [PurePosixPath(clean_cell(name)).stem for name in files]
    spoken = (stem for stem in stems if stem and not _MACHINE_NAME.fullmatch(stem))
    return named or next(spoken, "") or guid_in(source.get("guid")) or next(filter(None, stems), "")


def _outside(text: Element) -> str:
    """The file outside the project in which the text is said to be, without its folders, "" when it names none."""
    return next((_file_of(text.get(path, "")) for path in _PATHS if text.get(path)), "")


def _file_of(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _selections(text: Element, names: dict[str, str], length: int) -> Iterator[Selection]:
    for child in children(text, "PlainTextSelection"):
        yield _selection(child, names)
    points = {guid_in(point.get("guid")): _position(point.get("position", "")) for point in children(text, "SyncPoint")}
    for child in children(text, "TranscriptSelection"):
        start, end = (points.get(guid_in(child.get(name)), -1) for name in ("fromSyncPoint", "toSyncPoint"))
        if start >= 0 and not child.get("toSyncPoint"):  # until the next point, or the end
            end = min((point for point in points.values() if point > start), default=length)
        yield _selection(child, names, start, end)


def _selection(element: Element, names: dict[str, str], start: int = -1, end: int = -1) -> Selection:
    if start < 0:
        start, end = (_position(element.get(name, "")) for name in ("startPosition", "endPosition"))
    page = next(children(element, "Representation"), None)
    words = text_of(page, "PlainTextContent") if page is not None else ""
    maker = element.get("creatingUser") or element.get("modifyingUser")
    codings = tuple(
        Coding(
            guid_in(coding.get("guid")),
            guid_in(code.get("targetGUID")),
            clean_cell(names.get(guid_in(coding.get("creatingUser") or maker), "")) or "?",
        )
        for coding in children(element, "Coding")
        for code in children(coding, "CodeRef")
    )
    note = text_of(element, "Description").strip()
    made_by = clean_cell(names.get(guid_in(maker), ""))
    own = guid_in(element.get("guid"))
    return Selection(start, end, words or element.get("name", ""), note, codings, own, made_by)


def _position(text: str) -> int:
    """The position that an attribute gives, -1 where it gives none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 12 else -1


def _cases(root: Element, names: dict[str, str]) -> Iterator[Case]:
    owners = {
        guid_in(selection.get("guid")): guid_in(source.get("guid"))
        for source in _source_elements(root)
        for selection in source.iter()
        if tag(selection).endswith("Selection")
    }
    for case in every(root, "Case"):
        sources = _targets(case, "SourceRef")
        # a case may be said of passages only: of several people in one text, say
        sources += [owners[selection] for selection in _targets(case, "SelectionRef") if selection in owners]
        texts = tuple(dict.fromkeys(sources))
        codes = tuple(_targets(case, "CodeRef"))
        yield Case(guid_in(case.get("guid")), clean_cell(case.get("name", "")), texts, codes, _values(case, names))


def _targets(element: Element, name: str) -> list[str]:
    """The GUIDs that the references of this name in an element point to."""
    return [guid_in(reference.get("targetGUID")) for reference in children(element, name)]


def _values(element: Element, names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    values = []
    for value in children(element, "VariableValue"):
        name = next((names.get(guid_in(each.get("targetGUID")), "") for each in children(value, "VariableRef")), "")
        written = next((child.text or "" for child in value if tag(child) in _VALUES), "")
        if name and written.strip():
            values.append((name, clean_cell(written)))
    return tuple(values)


def _text(archive: zipfile.ZipFile, source: Element, file: str) -> str | None:
    content = next((child.text or "" for child in children(source, "PlainTextContent")), None)
    if content is not None:
        return content
    wanted = fold(_file_of(source.get("plainTextPath", "")))
    tries = {wanted, fold(unquote(wanted))} - {""}
    named = [name for name, called in _members(archive).items() if fold(_file_of(called)) in tries]
    data = read_bounded_member(archive, named[0], file) if named else None
    if data is None:
        return None
    try:
        return data.decode(decode_exactly(data, file)[1].removesuffix("-sig"))  # some programs count the mark
    except StudyError:  # signs that no text has: what can be read is better than nothing
        return data.decode("utf-8", "replace")


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """The files in the archive by the names that the zip gives them, each with the name that was meant.

    Zips made by hand on a Mac have UTF-8 names that do not say so, and a shadow beside each file.
    """
    members: dict[str, str] = {}
    for member in archive.infolist():
        called = member.filename
        if not member.flag_bits & _UTF8_NAME:
            try:
                called = called.encode("cp437").decode("utf-8")
            except UnicodeError:
                called = member.filename
        if not _file_of(called).startswith("._") and not member.is_dir():
            members[member.filename] = called
    return members
