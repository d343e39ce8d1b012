"""ELAN files: tiers as speakers, every annotation in exactly one turn."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import read_transcript, transcript_of

PARLATO = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "parlato"
needs_parlato = pytest.mark.skipif(not PARLATO.is_dir(), reason="ParlaTO is not in ../shared/data/parlato")


def read(text: str) -> Transcript:
    return transcript_of(text.encode(), "a.eaf")


def eaf(tiers: dict[str, list[tuple[int, int, str]]], more: str = "") -> str:
    slots = []
    bodies = []
    number = 0
    for name, annotations in tiers.items():
        body = ""
        for start, end, text in annotations:
            number += 1
            slots += [f'<TIME_SLOT TIME_SLOT_ID="s{number}" TIME_VALUE="{start}"/>']
            slots += [f'<TIME_SLOT TIME_SLOT_ID="e{number}" TIME_VALUE="{end}"/>']
            body += (
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" TIME_SLOT_REF1="s{number}"'
                f' TIME_SLOT_REF2="e{number}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
                "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            )
        bodies.append(f'<TIER {name} LINGUISTIC_TYPE_REF="d">{body}</TIER>')
    order = "".join(slots)
    return f"<ANNOTATION_DOCUMENT><TIME_ORDER>{order}</TIME_ORDER>{''.join(bodies)}{more}</ANNOTATION_DOCUMENT>"


def reference(tier: str, of: str, text: str) -> str:
    return (
        f'<TIER {tier}><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="r1" ANNOTATION_REF="{of}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>"
    )


def test_annotations_in_the_order_of_time() -> None:
    transcript = read(
        eaf(
            {
                'TIER_ID="R" PARTICIPANT="Sindaca"': [
                    (1000, 2000, "siamo"),
                    (2000, 4000, "in tre"),
                    (6000, 7000, "ecco"),
                ],
                'TIER_ID="I"': [(0, 900, "quanti siete?"), (3500, 5000, "ah")],
            }
        )
    )
    assert [(turn.speaker, turn.text, turn.start_ms, turn.end_ms) for turn in transcript.turns] == [
        ("I", "quanti siete?", 0, 900),
        ("Sindaca", "siamo in tre", 1000, 4000),
        ("I", "ah", 3500, 5000),
        ("Sindaca", "ecco", 6000, 7000),
    ]
    turn = transcript.turns[1]
    assert transcript.source[turn.start : turn.end] == "siamo\nin tre"
    assert [turn.text[unit.start : unit.end] for unit in turn.units] == ["siamo", "in tre"]


def test_reference_annotations() -> None:
    speech = {'TIER_ID="I"': [(0, 900, "quanti siete?")]}
    other = read(eaf(speech, reference('TIER_ID="R" PARENT_REF="I"', "a1", "in tre")))
    assert [(turn.speaker, turn.start_ms, turn.end_ms) for turn in other.turns] == [("I", 0, 900), ("R", 0, 900)]
    gloss = read(eaf(speech, reference('TIER_ID="I-en" PARTICIPANT="I" PARENT_REF="I"', "a1", "how many?")))
    assert len(gloss.turns) == 1 and gloss.notes == ("I-en: how many?",)


def test_tiers_bound_by_their_type_are_notes() -> None:
    kinds = '<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="sym" CONSTRAINTS="Symbolic_Association"/>'
    tier = reference('TIER_ID="traduzione" PARENT_REF="I" LINGUISTIC_TYPE_REF="sym"', "a1", "how many?")
    transcript = read(eaf({'TIER_ID="I"': [(0, 900, "quanti siete?")]}, tier + kinds))
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == [("I", "quanti siete?")]
    assert transcript.notes == ("traduzione: how many?",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<ANNOTATION_DOCUMENT>", "rovinato"),
        ("<other/>", "ELAN"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT>&b;</ANNOTATION_DOCUMENT>', "entità"),
    ],
)
def test_broken_or_hostile_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        read(text)


PLACES = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9), st.sampled_from(["sì", "no", "((ride))", ""])))


@given(PLACES.filter(bool), PLACES)
def test_every_annotation_is_in_one_turn(first: list, second: list) -> None:
    tiers = {
        f'TIER_ID="{name}"': [(start, start + length, text) for start, length, text in annotations]
        for name, annotations in (("I", first), ("R", second))
    }
    transcript = read(eaf(tiers))
    assert sum(len(turn.units) for turn in transcript.turns) == len(first) + len(second)
    assert all(before.speaker != after.speaker for before, after in pairwise(transcript.turns))
    starts = [unit.start_ms for turn in transcript.turns for unit in turn.units]
    assert starts == sorted(starts)


@pytest.fixture(scope="module")
def parlato() -> list[Transcript]:
    return [read_transcript(path, PARLATO) for path in sorted((PARLATO / "eaf").glob("*.eaf"))]


@needs_parlato
def test_nothing_of_parlato_is_lost(parlato: list[Transcript]) -> None:
    """All 31 interviews: as many units as annotations, and the raw text of each in its turn's range."""
    assert len(parlato) == 31
    annotations = units = 0
    for transcript in parlato:
        path = PARLATO / transcript.file
        # Counted apart from the reader, by the plainest means.
        raw = re.findall(r"<ANNOTATION_VALUE(?: */>|>([^<]*)<)", path.read_text(encoding="utf-8"))
        raw = [text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip() for text in raw]
        annotations += len(raw)
        units += sum(len(turn.units) for turn in transcript.turns)
        lines = [line for turn in transcript.turns for line in transcript.source[turn.start : turn.end].split("\n")]
        assert sorted(lines) == sorted(raw)
    assert annotations == units == 46_204


@needs_parlato
def test_cleaned_annotations_are_the_lines_of_the_orthographic_text(parlato: list[Transcript]) -> None:
    """Each annotation with words against the corpus's own linear text: the 7 of 43,509 that differ are in the docs."""
    total = 0
    differ: list[tuple[str, str, str]] = []
    for transcript in parlato:
        ours = _worded(transcript)
        theirs = _worded(read_transcript(PARLATO / "txt" / f"{transcript.id}.txt", PARLATO))
        assert {speaker: len(lines) for speaker, lines in ours.items()} == {
            speaker: len(lines) for speaker, lines in theirs.items()
        }
        for speaker, lines in ours.items():
            total += len(lines)
            pairs = zip(lines, theirs[speaker], strict=True)
            differ += [(transcript.id, first, second) for first, second in pairs if first != second]
    assert total == 43_509
    assert len(differ) <= 7, differ


def _worded(transcript: Transcript) -> dict[str, list[str]]:
    """The words of each speaker's units, in order; without case, punctuation and what nobody understood (`xxx`)."""
    found: dict[str, list[str]] = {}
    for turn in transcript.turns:
        for unit in turn.units:
            text = re.sub(r"[.,?;!]", " ", turn.text[unit.start : unit.end].lower())
            words = [word for word in text.split() if not re.fullmatch(r"[x~]+", word)]
            if words:
                found.setdefault(turn.speaker, []).append(" ".join(words))
    return found
