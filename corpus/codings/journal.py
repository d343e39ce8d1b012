"""What people decide in the reading room: a line a decision, added and never changed. Looks for no words."""

import fcntl
import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import pandas as pd
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from corpus.codings.coding_reader import FOLDER, coding_files
from corpus.codings.refi_texts import file_name
from corpus.errors import Notebook, Problem, StudyError, study_error
from corpus.records import Transcript
from corpus.tables.sheets import read_input
from corpus.transcripts.segments import to_source
from corpus.words.language import Bilingual
from corpus.words.spelling import clean_cell, fold

JOURNAL = f"{FOLDER}/journal"
ENDING = ".jsonl"
Do = Literal["code", "refuse", "read", "memo", "remove", "undo"]
# What a decision of each kind cannot do without; `context` is where its segment stands.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "code": ("transcript", "theme", "passage", "context"),
    "refuse": ("transcript", "theme", "context"),
    "read": ("transcript", "context"),
    "memo": ("on", "ref", "text"),
    "remove": ("ref",),
    "undo": ("ref",),
}
_TAKING_BACK = ("undo", "remove")
_OF_READER = ("file", "line")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a transcript as somebody read them, and where in its source they stood then."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine gave, which somebody accepted or corrected."""

    theme: str
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person.

    `at` is ISO 8601 with its zone. `segment` and `start:end` are as the room showed them: code points in the segment's
    text. `passage` and `context` (the segment) are the same places in the transcript's source with their words, by
    which they are found again (`with_places`). `ref` is what is undone or removed, by its id; of a memo what it is on:
    a segment, theme, respondent or transcript. `label` is the theme's, by which it is known when its code was changed.
    `draw` is the random sample that a segment was read for, as in
    SampledPassages. `file` and `line` say where it was read.
    """

    do: Do
    coder: str
    id: str = field(default_factory=lambda: uuid4().hex)
    at: str = field(default_factory=lambda: datetime.now().astimezone().isoformat(timespec="milliseconds"))
    transcript: str = ""
    segment: str = ""
    start: int | None = None
    end: int | None = None
    theme: str = ""
    label: str = ""
    stance: str = ""
    proposal: Proposal | None = None
    draw: str = ""
    on: Literal["", "passage", "theme", "respondent", "transcript"] = ""
    ref: str = ""
    text: str = ""
    passage: Words | None = None
    context: Words | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


_DECISION = TypeAdapter(Decision)


def with_places(decision: Decision, segments: pd.DataFrame, transcripts: Sequence[Transcript]) -> Decision:
    """The decision with the words it is about and their places in the source, from its segment and `start:end`.

    `segments` is a Segments frame of the `transcripts`. A decision on a whole segment has no `start:end`; one on no
    segment comes back as it is. Raises StudyError when there is no such segment, or the range is none of its text.
    """
    if not decision.segment:
        return decision
    rows = segments[segments["segment"] == decision.segment]
    if rows.empty:
        raise study_error(
            f"il segmento `{decision.segment}` non c'è più: ricarica la pagina",
            f"the segment `{decision.segment}` is there no longer: load the page again",
        )
    length = len(rows["text"].iloc[0])
    start = 0 if decision.start is None else decision.start
    end = length if decision.end is None else decision.end
    if not 0 <= start < end <= length:
        raise study_error(
            f"il segmento ha {length} caratteri, e la selezione {start}-{end} non è dentro: seleziona di nuovo",
            f"the segment has {length} characters, and the selection {start}-{end} is not inside: select again",
        )
    id = str(rows["transcript"].iloc[0])
    source = next(transcript.source for transcript in transcripts if transcript.id == id)
    ranges = pd.DataFrame({"segment": decision.segment, "start": [start, 0], "end": [end, length]})
    placed = to_source(ranges, rows, transcripts)[["source_start", "source_end"]].to_numpy().tolist()
    passage, context = (Words(first, last, source[first:last]) for first, last in placed)
    return replace(decision, transcript=id, passage=passage, context=context)


def append_decision(folder: Path, decision: Decision) -> None:
    """Add the decision to its coder's journal in the study `folder`; it is on the disk when this returns.

    Processes that write at once wait for each other. Raises StudyError when the decision says too little, or cannot be
    written: it is not kept then.
    """
    lacks = _lacking(decision)
    if lacks is not None:
        raise study_error(lacks.it, lacks.en)
    name = f"{JOURNAL}/{file_name(fold(decision.coder).replace(' ', '-'))}{ENDING}"
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise study_error(
            "porta fuori dalla cartella dello studio: la decisione non è stata salvata",
            "leads outside the study's folder: the decision was not saved",
            file=name,
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _append_line(path, _as_line(decision))
    except OSError as error:
        raise study_error(
            f"non si può scrivere ({error.strerror}): la decisione non è stata salvata",
            f"it cannot be written ({error.strerror}): the decision was not saved",
            file=name,
        ) from error


def read_journal(folder: Path) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """Every decision in the study's journals, by file and line, and what is wrong.

    A decision that two files have, as copies do, comes once. What was being written when a program was stopped is told
    and left out; so is a line that is no decision.
    """
    notebook = Notebook(JOURNAL)
    by_id: dict[str, Decision] = {}
    for path in coding_files(folder, (ENDING,), JOURNAL):
        page = notebook.of(f"{JOURNAL}/{path.name}")
        try:
            data = read_input(folder, page.file)
        except StudyError as error:
            notebook.add(error.problems)
            continue
        for decision in _decisions(data, page):
            by_id.setdefault(decision.id, decision)
    _tell_aimless(by_id, notebook)
    return tuple(by_id.values()), notebook.problems


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold, in their order: codings, refusals, readings and memos.

    What its own coder undid or removed does not hold, unless that was undone too. Of one coder's codings of the same
    words by the same theme the last holds; so it does of a coding and a refusal of one theme in one segment.
    """
    withdrawn = _withdrawn(decisions)
    kept = [each for each in decisions if each.do not in _TAKING_BACK and each.id not in withdrawn]
    held: dict[tuple[object, ...], list[Decision]] = {}
    for each in kept:
        before = held.get(_subject(each), [])
        held[_subject(each)] = [*(earlier for earlier in before if _stand_together(earlier, each)), each]
    current = {each.id for stand in held.values() for each in stand}
    return tuple(each for each in kept if each.id in current)


def last_decision(decisions: Sequence[Decision], coder: str) -> Decision | None:
    """The decision that `coder` would undo next: the last of theirs that is neither undone nor an undoing."""
    withdrawn = _withdrawn(decisions)
    own = [each for each in decisions if fold(each.coder) == fold(coder) and each.do != "undo"]
    return next((each for each in reversed(own) if each.id not in withdrawn), None)


def _lacking(decision: Decision) -> Bilingual | None:
    """What a decision lacks that it cannot do without, None where it has all."""
    if not clean_cell(decision.coder):
        return Bilingual("manca il nome di chi decide", "the name of who decides is missing")
    needed = _NEEDED[decision.do] if decision.on != "passage" else (*_NEEDED[decision.do], "passage", "context")
    missing = [name for name in ("id", "at", *needed) if not getattr(decision, name)]
    if not missing:
        return None
    names = ", ".join(f"`{name}`" for name in missing)
    return Bilingual(f"alla decisione `{decision.do}` manca {names}", f"the decision `{decision.do}` lacks {names}")


def _as_line(decision: Decision) -> bytes:
    said = {name: value for name, value in asdict(decision).items() if value not in ("", None)}
    kept = {name: value for name, value in said.items() if name not in _OF_READER}
    # half of a surrogate pair, which no file can hold, becomes a question mark
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _append_line(path: Path, line: bytes) -> None:
    is_new = not path.exists()
    journal = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        fcntl.flock(journal, fcntl.LOCK_EX)  # until it is closed, also by a kill
        size = os.fstat(journal).st_size
        if size and os.pread(journal, 1, size - 1) != b"\n":
            line = b"\n" + line  # somebody was stopped while writing: what is there stays a line of its own
        while line:
            line = line[os.write(journal, line) :]
        os.fsync(journal)
    finally:
        os.close(journal)
    if is_new:
        for folder in (path.parent, path.parent.parent):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """So that a new file is in its folder too after the power failed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _decisions(data: bytes, page: Notebook) -> Iterator[Decision]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            cells: Any = from_json(line)
        except ValueError:
            page.warning(
                "riga incompleta, lasciata fuori: il programma fu fermato mentre la scriveva, e la decisione non era "
                "ancora salvata; se serve, prendila di nuovo",
                "incomplete line, left out: the program was stopped while it wrote it, and the decision was not saved "
                "yet; if it is needed, take it again",
                row=number,
            )
            continue
        decision = _decision(cells, page.at(number))
        if decision is not None:
            yield replace(decision, file=page.file, line=number)


def _decision(cells: Any, page: Notebook) -> Decision | None:
    why: Bilingual | None
    try:
        decision = _DECISION.validate_python(cells)
    except ValidationError as error:
        names = ", ".join(sorted({f"`{fault['loc'][0]}`" for fault in error.errors() if fault["loc"]})) or "JSON"
        why = Bilingual(f"non si legge: {names}", f"cannot be read: {names}")
    else:
        why = _lacking(decision)
        # without an id of its own it could not be undone, and would be another one at each reading
        if why is None and "id" in cells and "at" in cells:
            return decision
        why = why or Bilingual("manca `id` o `at`", "`id` or `at` is missing")
    page.error(
        f"la riga non è una decisione che Trama conosce ({why.it}), lasciata fuori: fu cambiata a mano, o scritta da "
        "una versione più nuova; riprendila da una copia, o decidi di nuovo",
        f"the line is no decision that Trama knows ({why.en}), left out: it was changed by hand, or written by a newer "
        "version; take it from a copy, or decide again",
    )
    return None


def _tell_aimless(by_id: Mapping[str, Decision], notebook: Notebook) -> None:
    """What takes back a decision that is not there, or another person's."""
    for each in by_id.values():
        if each.do in _TAKING_BACK and not _is_own(each, by_id.get(each.ref)):
            notebook.of(each.file).warning(
                "annulla una decisione che nel giornale non c'è, o che è di un'altra persona: non cambia nulla",
                "takes back a decision that is not in the journal, or another person's: it changes nothing",
                row=each.line,
            )


def _is_own(decision: Decision, other: Decision | None) -> bool:
    return other is not None and fold(decision.coder) == fold(other.coder)


def _withdrawn(decisions: Collection[Decision]) -> set[str]:
    """The ids of the decisions that their own coder took back, by undoing or removing; what undid them is one too."""
    by_id = {each.id: each for each in decisions}
    against: dict[str, list[str]] = {}
    for each in decisions:
        if each.do in _TAKING_BACK and each.ref != each.id and _is_own(each, by_id.get(each.ref)):
            against.setdefault(each.ref, []).append(each.id)
    # Whether a decision holds hangs on what was written after it, so the last are known first.
    withdrawn: set[str] = set()
    for id in reversed(by_id):
        if any(other not in withdrawn for other in against.get(id, ())):
            withdrawn.add(id)
    return withdrawn


def _subject(decision: Decision) -> tuple[object, ...]:
    """What a later decision may change one's mind about: whether a theme is in a segment."""
    if decision.do not in ("code", "refuse"):
        return (decision.id,)
    return fold(decision.coder), decision.transcript, decision.context, decision.theme


def _stand_together(earlier: Decision, later: Decision) -> bool:
    return earlier.do == later.do == "code" and earlier.passage != later.passage
