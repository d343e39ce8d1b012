"""What people decided, from the study's files and from its journal, in the segments as they are now. Judges nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.human_labels import HumanLabels
from corpus.codings.journal import JOURNAL as JOURNAL_FOLDER
from corpus.codings.journal import Decision
from corpus.codings.journal_places import find_passage, find_segment
from corpus.records import Memo
from corpus.words.spelling import fold
from outputs.reading.opened import OpenedStudy
from outputs.tables.table import records

JOURNAL = "journal"
_SHOWN = (
    *("id", "at", "coder", "do", "transcript", "segment", "start", "end"),
    *("theme", "stance", "draw", "on", "ref", "text"),
)


@dataclass(frozen=True)
class Place:
    """A segment as it is now, and where in its text."""

    segment: str
    start: int
    end: int


@dataclass(frozen=True)
class People:
    """What holds, as rows of the room's JSON.

    `codings` (id, coder, segment, start, end, theme, stance, origin, at), `refused` (id, coder, segment, theme),
    `read` (segment, coder: decided on at all), `memos` (id, coder, on, ref, text, at). `lost` are decisions whose
    theme, or whose words in their transcript, are there no longer (id, coder, transcript, theme, text).
    """

    codings: tuple[dict[str, Any], ...] = ()
    refused: tuple[dict[str, Any], ...] = ()
    read: tuple[dict[str, Any], ...] = ()
    memos: tuple[dict[str, Any], ...] = ()
    lost: tuple[dict[str, Any], ...] = ()

    def of(self, coder: str) -> "People":
        """What one person decided, nobody else."""
        return People(*(_of_coder(getattr(self, kind.name), fold(coder)) for kind in fields(self)))

    def in_segments(self, opened: OpenedStudy, transcript: str) -> "People":
        """What is about one transcript: its segments, itself, its respondents, and every theme."""
        segments = opened.by_transcript[transcript]
        here = set(segments["segment"])
        about = {"passage": here, "transcript": {transcript}, "respondent": set(segments["respondent"])}
        return People(
            tuple(row for row in self.codings if row["segment"] in here),
            tuple(row for row in self.refused if row["segment"] in here),
            tuple(row for row in self.read if row["segment"] in here),
            tuple(row for row in self.memos if row["on"] == "theme" or row["ref"] in about.get(row["on"], ())),
            tuple(row for row in self.lost if row["transcript"] == transcript),
        )


def people_of(opened: OpenedStudy, decisions: Sequence[Decision]) -> People:
    """What the study's files and the standing `decisions` of its journal say."""
    codings: list[dict[str, Any]] = []
    read: dict[tuple[str, str], dict[str, Any]] = {}
    for origin, labels in opened.file_labels.items():
        codings += _codings_of_file(opened, origin, labels)
        for segment, coder in _read_in_file(opened, labels):
            read[segment, coder] = {"segment": segment, "coder": coder}
    refused: list[dict[str, Any]] = []
    of_files = (memo for memo in opened.study.memos if not memo.file.startswith(JOURNAL_FOLDER))
    memos = [row for memo in of_files for row in _memos_of_file(opened, memo)]
    lost: list[dict[str, Any]] = []
    themes = ThemeNames(opened.study.themes)
    for decision in decisions:
        place = place_of(opened, decision)
        row = decision_data(decision)
        theme = themes.find(decision.theme) or themes.find(decision.label) if decision.theme else ""
        if (decision.segment and place is None) or theme is None:
            lost.append(row | {"text": decision.passage.text if decision.passage else ""})
            continue
        row["theme"] = theme
        if place is not None:
            row |= {"segment": place.segment, "start": place.start, "end": place.end}
        if decision.do == "memo":
            memos.append(row | {"ref": place.segment if place else decision.ref})
            continue
        if decision.do == "code":
            codings.append(row | {"origin": JOURNAL})
        if decision.do == "refuse":
            refused.append(row)
        else:
            read[row["segment"], decision.coder] = {"segment": row["segment"], "coder": decision.coder}
    return People(tuple(codings), tuple(refused), tuple(read.values()), tuple(memos), tuple(lost))


def decision_data(decision: Decision) -> dict[str, Any]:
    """A decision as JSON: what it is about by ids, without the places in the source."""
    row = {name: getattr(decision, name) for name in _SHOWN}
    proposal = decision.proposal
    return row | {"proposal": None if proposal is None else {"theme": proposal.theme, "stance": proposal.stance}}


def place_of(opened: OpenedStudy, decision: Decision) -> Place | None:
    """Where the words of a decision stand now, as a run finds them; None where they are gone, or it is about none."""
    text = opened.texts.get(decision.transcript)
    context = decision.context
    if context is None or text is None or decision.transcript not in opened.by_transcript:
        return None
    find = find_passage if decision.do in ("code", "memo") else find_segment
    now = find(decision, text)
    if now is None:
        return None
    row = opened.rows.get(decision.segment)
    as_it_was = (decision.transcript, context.start, context.end)
    if row is not None and not now.moved and (row["transcript"], row["start"], row["end"]) == as_it_was:
        length = len(row["text"])
        return Place(decision.segment, decision.start or 0, length if decision.end is None else decision.end)
    return place_in_segment(opened, decision.transcript, *now.place)


def _of_coder(rows: tuple[dict[str, Any], ...], name: str) -> tuple[dict[str, Any], ...]:
    return tuple(row for row in rows if fold(row["coder"]) == name)


def place_in_segment(opened: OpenedStudy, transcript: str, start: int, end: int) -> Place | None:
    """The segment that holds most of a transcript's `start:end` (in its source), and where in its text."""
    segments = opened.by_transcript[transcript]
    first = segments["start"].to_numpy()
    last = segments["end"].to_numpy()
    overlap = np.minimum(last, end) - np.maximum(first, start)
    best = int(np.argmax(overlap))
    if overlap[best] <= 0:
        return None
    row = segments.iloc[best]
    text = row["text"]
    if last[best] - first[best] == len(text):  # nothing was cleaned away between source and text
        return Place(row["segment"], max(0, start - int(first[best])), min(len(text), end - int(first[best])))
    words = opened.transcripts[transcript].source[start:end]
    place = max(0, text.find(words))
    return Place(row["segment"], place, place + len(words) if words in text else len(text))


def _codings_of_file(opened: OpenedStudy, origin: str, labels: HumanLabels) -> Iterator[dict[str, Any]]:
    ids = opened.segments["segment"].tolist()
    for number, row in enumerate(records(labels.passages[["row", "theme", "coder", "stance", "start", "end"]])):
        yield {
            "id": f"{origin}:{number}",
            "coder": row["coder"],
            "segment": ids[row["row"]],
            "start": row["start"],
            "end": row["end"],
            "theme": labels.themes[row["theme"]],
            "stance": row["stance"],
            "origin": origin,
            "at": "",
        }


def _read_in_file(opened: OpenedStudy, labels: HumanLabels) -> Iterator[tuple[str, str]]:
    ids = opened.segments["segment"].tolist()
    for who, row in np.argwhere(labels.asked.any(axis=2)).tolist():
        yield ids[row], labels.coders[who]


def _memos_of_file(opened: OpenedStudy, memo: Memo) -> Iterator[dict[str, Any]]:
    for number, subject in enumerate(memo.subjects if memo.kind == "memo" else ()):
        if not subject.found:
            continue
        ref = subject.name
        if subject.kind == "passage":
            place = place_in_segment(opened, subject.name, subject.start, subject.end)
            ref = place.segment if place else ""
        yield {
            "id": f"{memo.id}:{number}",
            "coder": memo.author,
            "on": subject.kind,
            "ref": ref,
            "text": memo.text,
            "at": memo.date,
        }
