"""People's codings out of REFI-QDA projects (.qdpx) in `codings/`. Matches texts and codes; codes nothing itself.

Programs count positions differently (line ends CR LF as one character or two, the byte order mark or not); the way in
which most selections begin and end where words do is taken. Members are looked up by name, none is unpacked to disk.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import pandas as pd

from corpus.errors import Problem, StudyError, problem, study_error
from corpus.human_codings import find_quote, in_order
from corpus.records import STANCES, Theme
from corpus.schemas import HumanCodings, empty
from corpus.sheets import read_input
from corpus.spelling import fold
from corpus.transcripts.archives import open_archive, read_member
from corpus.transcripts.xml import parse_xml

FOLDER = "codings"
MACHINE = "Trama"
_OTHER = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")


def find_projects(folder: Path) -> list[Path]:
    """The .qdpx files in the study's `codings/`, by name."""
    return sorted(path for path in (folder / FOLDER).glob("*.qdpx") if not path.name.startswith(("~$", ".")))


def read_projects(
    folder: Path, sources: Mapping[str, str], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of all projects in `codings/`, and what is wrong. Codings by the user Trama are left out.

    A text is the transcript of its name, else the one with the same words. A code is the theme of that label or code.
    """
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    for path in find_projects(folder):
        file = f"{FOLDER}/{path.name}"
        try:
            rows += _read(read_input(folder, file), file, sources, themes, problems)
        except StudyError as error:
            problems += error.problems
    frame = pd.DataFrame(rows, columns=list(HumanCodings.to_schema().columns)) if rows else empty(HumanCodings)
    return in_order(frame), tuple(problems)


def _read(
    data: bytes, file: str, sources: Mapping[str, str], themes: Sequence[Theme], problems: list[Problem]
) -> Iterator[tuple[object, ...]]:
    archive = open_archive(data, file)
    inside = next((name for name in archive.namelist() if name.lower().endswith(".qde")), "")
    project = read_member(archive, inside, file) if inside else None
    if project is None:
        raise study_error("non è un progetto REFI-QDA (.qdpx)", "not a REFI-QDA project (.qdpx)", file=file)
    root = parse_xml(project, file)
    users = {_guid(user.get("guid")): user.get("name") or "?" for user in _all(root, "User")}
    codes = {_guid(code.get("guid")): code.get("name", "") for code in _all(root, "Code")}
    known = {fold(theme.label): theme.code for theme in themes} | {fold(theme.code): theme.code for theme in themes}
    other = sum(1 for name in _OTHER for _ in _all(root, name))
    if other:
        it, en = (
            f"{other} selezioni su PDF, immagini o audio non sono lette",
            f"{other} selections on media are not read",
        )
        problems.append(problem(it, en, file, severity="warning"))
    unknown: set[str] = set()
    lost = 0
    for text_source in _all(root, "TextSource"):
        selections = [child for child in text_source if _name(child) == "PlainTextSelection"]
        if not selections:
            continue
        raw = _text(archive, text_source, file)
        transcript = _transcript(text_source.get("name", ""), raw, sources)
        if raw is None or transcript is None:
            name = text_source.get("name", "")
            it, en = (
                f"il testo `{name}` non è una trascrizione dello studio",
                f"the text `{name}` is no transcript here",
            )
            problems.append(problem(it, en, file))
            continue
        counted = _as_counted(raw, selections)
        for selection in selections:
            place = _place(selection, counted, sources[transcript])
            for coding in (child for child in selection if _name(child) == "Coding"):
                reference = next((child for child in coding if _name(child) == "CodeRef"), None)
                label = codes.get(_guid(reference.get("targetGUID")) if reference is not None else "", "")
                coder = users.get(_guid(coding.get("creatingUser") or selection.get("creatingUser")), "?")
                if coder == MACHINE:
                    continue
                if fold(label) not in known:
                    unknown.add(label)
                elif place is None:
                    lost += 1
                else:
                    quote = sources[transcript][slice(*place)]
                    yield (transcript, *place, quote, known[fold(label)], _stance(selection), coder, False)
    for label in sorted(unknown):
        it, en = f"il codice `{label}` non è nel libro dei codici", f"the code `{label}` is not in the codebook"
        problems.append(problem(it, en, file))
    if lost:
        it, en = f"{lost} passaggi non si ritrovano nelle trascrizioni", f"{lost} passages are not in the transcripts"
        problems.append(problem(it, en, file))


def _text(archive: zipfile.ZipFile, source: Element, file: str) -> str | None:
    content = next((child.text for child in source if _name(child) == "PlainTextContent"), None)
    if content is not None:
        return content
    wanted = re.split(r"[/\\]", source.get("plainTextPath", ""))[-1].lower()
    member = next((name for name in archive.namelist() if wanted and name.split("/")[-1].lower() == wanted), None)
    data = read_member(archive, member, file) if member else None
    return (
        None
        if data is None
        else data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    )


def _transcript(name: str, raw: str | None, sources: Mapping[str, str]) -> str | None:
    by_name = {fold(id): id for id in sources}
    for key in (fold(name), fold(Path(name).stem)):
        if key in by_name:
            return by_name[key]
    words = (raw or "").lstrip("\ufeff").split()
    return next((id for id, source in sorted(sources.items()) if words and source.split() == words), None)


def _as_counted(raw: str, selections: Sequence[Element]) -> str:
    plain = raw.lstrip("\ufeff")
    ways = dict.fromkeys((plain.replace("\r\n", "\n"), plain, raw.replace("\r\n", "\n"), raw))

    def fit(text: str) -> int:
        return sum(_fits(text, selection) for selection in selections)

    return max(ways, key=fit)  # of equals the first


def _fits(text: str, selection: Element) -> int:
    start, end = _span(selection)
    if not 0 <= start < end <= len(text):
        return -5
    said = " ".join(text[start:end].split())
    named = " ".join((selection.get("name") or "").split()).rstrip(".…")
    whole = 5 if len(named) > 3 and said.startswith(named) else 0
    cut = (start and text[start - 1].isalnum() and text[start].isalnum()) + (
        end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    )
    return whole - cut - text[start].isspace() - text[end - 1].isspace()


def _place(selection: Element, text: str, source: str) -> tuple[int, int] | None:
    start, end = _span(selection)
    if not 0 <= start < end <= len(text):
        return None
    quote, before = _tidy(text[start:end]), len(_tidy(text[:start]))
    if source[before : before + len(quote)] == quote:
        return before, before + len(quote)
    places = find_quote(quote, source)
    return min(places, key=lambda place: (abs(place[0] - before), place)) if places else None


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\r\n?", "\n", text.lstrip("\ufeff")))


def _span(selection: Element) -> tuple[int, int]:
    values = (selection.get("startPosition", ""), selection.get("endPosition", ""))
    return (int(values[0]), int(values[1])) if all(value.isdecimal() for value in values) else (-1, -1)


def _stance(selection: Element) -> str:
    said = next((child.text or "" for child in selection if _name(child) == "Description"), "").strip()
    return said if said in STANCES else ""


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _name(element) == name)


def _guid(value: str | None) -> str:
    return (value or "").strip("{} ").lower()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
