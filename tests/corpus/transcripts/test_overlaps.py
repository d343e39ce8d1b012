"""What another says inside a turn is theirs, however a program or a transcriber marks it."""

import pytest

from corpus.transcripts import transcript_of
from tests.corpus.transcripts.test_formats import said


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "A: Siamo in tre. //B: Davvero? // Sì, in tre.\n\nB: Ah.",
            [("A", "Siamo in tre."), ("B", "Davvero?"), ("A", "Sì, in tre."), ("B", "Ah.")],
        ),
        (
            "A: Siamo in tre (B: mhm) da anni.\n\nB: E poi?",
            [("A", "Siamo in tre"), ("B", "mhm"), ("A", "da anni."), ("B", "E poi?")],
        ),
        (
            "Sindaca: Siamo [Anna: quanti?] in tre.\n\nAnna: Ah.",
            [("Sindaca", "Siamo"), ("Anna", "quanti?"), ("Sindaca", "in tre."), ("Anna", "Ah.")],
        ),
        (
            "I: Mi dica.\n\nR: Vediamo: /I: sì/ poco.",
            [("I", "Mi dica."), ("R", "Vediamo:"), ("I", "sì"), ("R", "poco.")],
        ),
        (
            "I: Mi dica.\n\nR: Vediamo <<I: sì>> poco.",
            [("I", "Mi dica."), ("R", "Vediamo"), ("I", "sì"), ("R", "poco.")],
        ),
    ],
    ids=["slashes", "round", "square", "one slash", "angles"],
)
def test_a_marked_overlap_is_its_speakers(text: str, turns: list[tuple[str, str]]) -> None:
    assert said(transcript_of(text.encode(), "a.txt")) == turns


@pytest.mark.parametrize(
    "text",
    [
        "Siamo (esempio: tre) di noi.",
        "Vedi https://comune.it: c'è tutto.",
        "Il sito //comune e il resto.",
        "3/4: è poco/tanto",
    ],
)
def test_brackets_and_slashes_of_speech_stay(text: str) -> None:
    assert said(transcript_of(f"I: Dica.\n\nR: {text}".encode(), "a.txt"))[1] == ("R", text)


def test_overlaps_that_go_over_cues_as_noscribe_writes_them() -> None:
    text = (
        "WEBVTT x\n\nNOTE\nTrascritto con noScribe vers. 0.7\n\n"
        "1\n00:00:01.000 --> 00:00:02.000\n<v S00>Siamo in quattro.\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\n<v //S01>//S01: Così pochi?\n\n"
        "3\n00:00:03.000 --> 00:00:04.000\n<v S00>// Sì, in quattro.\n\n"
    )
    assert said(transcript_of(text.encode(), "a.vtt")) == [
        ("S00", "Siamo in quattro."),
        ("S01", "Così pochi?"),
        ("S00", "Sì, in quattro."),
    ]
