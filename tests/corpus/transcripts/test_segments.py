"""Segments hold all that is said, once, and lead back to it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Transcript
from corpus.respondents.speakers import build_turns
from corpus.settings import SegmentsSection, parse_settings
from corpus.transcripts import transcript_of
from corpus.transcripts.labelled import read_labels
from corpus.transcripts.segments import split_segments, to_source
from corpus.transcripts.sentence_borders import sentences
from corpus.transcripts.text import TextWriter
from corpus.transcripts.utterances import build_transcript

STUDY = parse_settings({"study": {"title": "prova"}})
PEOPLE = pd.DataFrame([("S1", "", "")], columns=["respondent", "transcript", "speaker"], dtype="str")


def split(transcript: Transcript, target: int = 40, most: int = 80) -> pd.DataFrame:
    turns, _ = build_turns([transcript], PEOPLE, STUDY)
    return split_segments(turns, [transcript], SegmentsSection(target_words=target, max_words=most))


def interview(text: str) -> Transcript:
    return transcript_of(text.encode(), "S1.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Il dott. Rossi ha l'art. 3 del D.Lgs. 267.|Poi basta.",
        "Sono 1.200 abitanti, il 3.5 per cento.|E come si fa?|Si fa... si fa male.",
        "Non so…|Boh!|«Va bene.»|Disse G. Verdi.",
        "Alle 10.30 sul sito www.comune.it/a.b c'è tutto.|Ecco.",
    ],
)
def test_sentence_ends(text: str) -> None:
    whole = text.replace("|", " ")
    assert [whole[start:end] for start, end in sentences(whole, [], punctuated=True)] == text.split("|")


def test_sentences_join_up_to_the_target() -> None:
    text = "I: Dica.\n\nR: " + " ".join("Uno due tre quattro cinque." for _ in range(9))
    answers = split(interview(text), target=15).query("role == 'respondent'")
    assert answers["words"].tolist() == [15, 15, 15]
    assert answers["segment"].tolist() == ["S1:0002", "S1:0003", "S1:0004"]


def test_a_sentence_too_long_is_cut_at_a_good_place() -> None:
    text = "R: " + " ".join(["parola"] * 9) + ", " + " ".join(["altra"] * 8) + ".\n\nI: Ah."
    assert split(interview(text), target=10, most=10)["text"].tolist()[:2] == [
        " ".join(["parola"] * 9) + ",",
        " ".join(["altra"] * 8) + ".",
    ]


def test_question_is_the_last_real_question() -> None:
    segments = split(interview("I: Quanti siete?\n\nR: Tre.\n\nI: Mh mh.\n\nR: E mezzo.\n\nI: E poi?\n\nR: Basta."))
    answers = segments.query("role == 'respondent'")
    assert answers["question"].tolist() == ["Quanti siete?", "Quanti siete?", "E poi?"]
    assert segments["question"].iloc[0] == ""
    assert (answers["respondent"] == "S1").all()


def speech(units: list[str]) -> Transcript:
    source = TextWriter()
    for number, text in enumerate(units):
        source.add_spoken("Sindaco", text, number * 1000, number * 1000 + 900)
    return build_transcript(read_labels(source.text(), "S1.eaf"), id="S1", file="S1.eaf", sha256="")


def test_units_part_unpunctuated_speech_and_give_the_times() -> None:
    segments = split(speech(["siamo in tre qui", "non ce la facciamo", "((ride))", "ecco e poi si vedrà"]), target=5)
    assert segments["text"].tolist() == ["siamo in tre qui", "non ce la facciamo", "ecco e poi si vedrà"]
    assert segments["start_ms"].tolist() == [0, 1000, 3000]
    assert segments["end_ms"].tolist() == [900, 1900, 3900]


def test_backchannels_stay_and_signs_alone_do_not() -> None:
    segments = split(interview("I: Come va?\n\nR: mh mh\n\nI: Sì?\n\nR: ((ride))\n\nI: Ah."))
    assert segments["text"].tolist() == ["Come va?", "mh mh", "Sì?", "Ah."]


WORDS = st.sampled_from(
    ["co:sa", "(.)", "e::h", "b[ar]", "((ride))", "sì.", "no?", "dott.", "Rossi,", "che…", "(forse)", "xx", "10:30"]
)
UNITS = st.lists(st.lists(WORDS, max_size=30).map(" ".join), min_size=1, max_size=6)


@settings(deadline=None, max_examples=25)
@given(UNITS, st.integers(5, 30), st.integers(10, 40))
def test_every_character_is_in_one_segment_and_leads_back(units: list[str], target: int, most: int) -> None:
    transcript = speech(units)
    segments = split(transcript, target, most)
    turn = transcript.turns[0]
    assert " ".join(segments["text"]) == turn.text
    assert (segments["words"] == segments["text"].str.split().str.len()).all() and (segments["words"] <= most).all()
    whole = to_source(segments[["segment"]].assign(start=0, end=segments["text"].str.len()), segments, [transcript])
    assert whole["source_start"].tolist() == segments["start"].tolist()
    assert whole["source_end"].tolist() == segments["end"].tolist()
    assert segments["start"].is_monotonic_increasing and (segments["end"] <= turn.end).all()
    places = [
        (segment, at, at + 1)
        for segment, text in zip(segments["segment"], segments["text"], strict=True)
        for at, character in enumerate(text)
        if character != " "
    ]
    found = to_source(pd.DataFrame(places, columns=["segment", "start", "end"]), segments, [transcript])
    read_back = "".join(
        transcript.source[start:end] for start, end in found[["source_start", "source_end"]].itertuples(index=False)
    )
    assert read_back == turn.text.replace(" ", "")
