"""The same interview in every format: same speakers, same words, same places, and times where the format has them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import READERS, transcript_of
from tests.corpus.transcripts.writers import WRITERS, Turns, odt

TWO: Turns = [("Intervistatrice", "Come va?"), ("Sindaco", "Bene, direi.")]


def read(data: str | bytes, ending: str) -> Transcript:
    raw = data.encode() if isinstance(data, str) else data
    return transcript_of(raw, f"a{ending}")


def said(transcript: Transcript) -> Turns:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
            assert turn.start <= source and source + length <= turn.end
    return [(turn.speaker, turn.text) for turn in transcript.turns]


SAYINGS = ["Come va?", "Bene: si fa (poco) & male.", "Alle 10:30.", "È l'IMU <o la TARI>.", "Allora: vediamo, n. 3."]


@pytest.mark.parametrize("ending", WRITERS)
def test_round_trip(ending: str) -> None:
    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=8))
    def same_turns(texts: list[str]) -> None:
        turns = [(TWO[number % 2][0], text) for number, text in enumerate(texts)]
        assert said(read(WRITERS[ending](turns), ending)) == turns

    same_turns()


def test_every_reader_has_a_writer_here() -> None:
    assert set(WRITERS) == set(READERS)


@pytest.mark.parametrize("ending", [".vtt", ".srt", ".sbv", ".json", ".textgrid", ".eaf"])
def test_times_are_kept(ending: str) -> None:
    turns = read(WRITERS[ending](TWO), ending).turns
    assert [(turn.start_ms, turn.end_ms) for turn in turns] == [(0, 1000), (1000, 2000)]


def test_cues_of_one_speaker_are_one_turn() -> None:
    text = (
        "WEBVTT\n\nuno\n00:01.000 --> 00:02.000 align:start\n<v.loud Anna B>Siamo <i>in</i>\n\n"
        "00:02.000 --> 00:03.000\ntre &amp; mezzo\n\n00:02.500 --> 00:04.000\n<v Piero>Ah\n<v Anna B>Già\n"
    )
    transcript = read(text, ".vtt")
    assert said(transcript) == [("Anna B", "Siamo in tre & mezzo"), ("Piero", "Ah"), ("Anna B", "Già")]
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns[:2]] == [(1000, 3000), (2500, 4000)]


def test_whisper_without_speakers_is_refused() -> None:
    with pytest.raises(StudyError, match="nessun parlante"):
        read('{"segments": [{"start": 0, "end": 1, "text": "Come va"}]}', ".json")


def test_short_textgrid_with_points() -> None:
    text = (
        '"ooTextFile"\n"TextGrid"\n0\n9\n<exists>\n2\n"IntervalTier"\n"I"\n0\n9\n2\n0\n1\n"dice ""sì"" 3"\n1\n9\n""\n'
    )
    text += '"TextTier"\n"R"\n0\n9\n1\n4.5\n"mh"\n'
    assert said(read(text, ".textgrid")) == [("I", 'dice "sì" 3'), ("R", "mh")]


def test_odt_bold_labels_notes_and_deletions() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>quattro</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p><text:span text:style-name="T1">Mario Rossi:</text:span> Siamo in tre'
        "<office:annotation><text:p>da rivedere</text:p></office:annotation>.</text:p>"
        '<text:p><text:span text:style-name="T1">Anna:</text:span> Sì<text:line-break/>Mario Rossi: Già.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>Anna</text:p></table:table-cell><table:table-cell>"
        "<text:p>E poi che cosa?</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell>"
        "<text:p>Anna</text:p></table:table-cell><table:table-cell><text:p>Dica.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    transcript = read(odt(body), ".odt")
    assert said(transcript) == [
        ("Mario Rossi", "Siamo in tre."),
        ("Anna", "Sì"),
        ("Mario Rossi", "Già."),
        ("Anna", "E poi che cosa? Dica."),
    ]
    assert transcript.notes == ("da rivedere",)


def test_two_people_in_one_cue() -> None:
    first = "1\n00:00:01,000 --> 00:00:02,000\nANNA: Come\nva?\nPIERO: Bene.\n\n"
    text = first + "2\n00:00:03,000 --> 00:00:04,000\nANNA: Ah.\n"
    assert said(read(text, ".srt")) == [("ANNA", "Come va?"), ("PIERO", "Bene."), ("ANNA", "Ah.")]


@pytest.mark.parametrize(("encoding", "sign"), [("iso8859-15", "€"), ("cp1252", "€"), ("mac_roman", "€")])
def test_the_euro_sign_tells_encodings_apart(encoding: str, sign: str) -> None:
    transcript = read(f"I: Perché così?\nR: È già cara: costa 5 {sign}, però c'è qualità.\n".encode(encoding), ".txt")
    assert transcript.turns[1].text.endswith("costa 5 €, però c'è qualità.")
    assert transcript.encoding == encoding


@pytest.mark.parametrize("written", [".rtf", ".pdf"])
@pytest.mark.parametrize("named", [".docx", ".txt", ".odt"])
def test_what_says_itself_what_it_is_needs_no_right_name(written: str, named: str) -> None:
    assert said(read(WRITERS[written](TWO), named)) == TWO
