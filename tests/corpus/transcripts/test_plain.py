"""Plain text with speaker labels in the ways people type them, in the encodings their programs use."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import find_transcripts, read_transcript, transcript_of


def read(text: str | bytes) -> Transcript:
    data = text.encode() if isinstance(text, str) else text
    return transcript_of(data, "a.txt")


def said(transcript: Transcript) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in transcript.turns]


TWO = [("Intervistatrice", "Come va?"), ("Sindaco", "Bene, direi.")]


@pytest.mark.parametrize(
    "text",
    [
        "Intervistatrice: Come va?\nSindaco: Bene, direi.\n",
        "Intervistatrice: Come va?\n\nSindaco: Bene,\ndirei.\n",
        "**Intervistatrice:** Come va?\n\n**Sindaco**: Bene, direi.",
        "[00:00:01] Intervistatrice: Come va?\n[00:03:12] Sindaco: Bene, direi.",
        "00:00:01 Intervistatrice: Come va?\n00:03:12 Sindaco: Bene, direi.",
        "Intervistatrice [00:01]: Come va?\nSindaco (00:03:12): Bene, direi.",
        "Intervistatrice:\nCome va?\n\nSindaco:\nBene, direi.",
        "Intervistatrice\nCome va?\n\nSindaco\nBene, direi.",
        "**Intervistatrice**\nCome va?\n\n**Sindaco**\nBene, direi.",
        "Intervistatrice\tCome va?\nSindaco\tBene, direi.",
        "**Intervistatrice:**\tCome va?\nSindaco:\tBene, direi.",
        "00:00:01\tIntervistatrice\tCome va?\n00:03:12\tSindaco\tBene, direi.",
        "speaker\ttesto\nIntervistatrice\tCome va?\nSindaco\tBene, direi.",
        "- Intervistatrice: Come va?\n- Sindaco: Bene, direi.",
        "> _Intervistatrice:_ Come va?\n> *Sindaco*: Bene, direi.",
        "## Intervistatrice\nCome va?\n\n## Sindaco\nBene, direi.",
        "Intervistatrice  00:00:01\nCome va?\n\nSindaco  00:00:09\nBene, direi.",
        "INTERVISTATRICE – Come va?\nSINDACO – Bene, direi.",
        "Data: 3 marzo 2025\nLuogo: Soave\n\nIntervistatrice: Come va?\nSindaco: Bene, direi.",
    ],
)
def test_labels_as_people_type_them(text: str) -> None:
    assert [(speaker.capitalize(), words) for speaker, words in said(read(text))] == TWO


@pytest.mark.parametrize(
    "names",
    [("S1", "S2"), ("SPEAKER_00", "SPEAKER_01"), ("Dott.ssa Rossi", "Dott. Bianchi"), ("Anna", "???"), ("A", "B")],
)
def test_speakers_outside_the_vocabulary_who_come_once(names: tuple[str, str]) -> None:
    first, second = names
    text = f"{first}: Come va?\n{second}: Bene.\n{first}: Ecco.\n{second}: Già."
    assert [speaker for speaker, _ in said(read(text))] == [first, second] * 2


def test_letters_as_labels() -> None:
    assert said(read("D. Come va?\nR. Bene.\nD. Davvero?\nR. Sì.")) == [
        ("D", "Come va?"),
        ("R", "Bene."),
        ("D", "Davvero?"),
        ("R", "Sì."),
    ]
    assert said(read("I: Come va?\nR: Bene.")) == [("I", "Come va?"), ("R", "Bene.")]
    assert said(read("D - Come va?\nR – Bene.")) == [("D", "Come va?"), ("R", "Bene.")]


def test_colons_inside_a_turn_are_no_labels() -> None:
    text = "I: Come va?\nR: Le dico una cosa:\nuna sola cosa: poca gente.\n\nAllora: vediamo. Alle\n10:30 parte\nhttp://a.it"
    transcript = read(text)
    assert [turn.speaker for turn in transcript.turns] == ["I", "R"]
    assert transcript.turns[1].text.endswith("poca gente. Allora: vediamo. Alle 10:30 parte http://a.it")
    assert len(transcript.turns[1].units) == 2


def test_one_speaker_in_several_paragraphs_is_one_turn() -> None:
    transcript = read("Sindaca: Prima.\n\nSINDACA: Seconda.\n\nTerza.\n\nI: Ah.")
    assert said(transcript) == [("Sindaca", "Prima. Seconda. Terza."), ("I", "Ah.")]
    turn = transcript.turns[0]
    assert transcript.source[turn.start : turn.end] == "Prima.\n\nSINDACA: Seconda.\n\nTerza."
    start, end = turn.alignment.to_source(7, 15)
    assert transcript.source[start:end] == "Seconda."


def test_times_are_kept() -> None:
    turns = read("[00:03:12] Sindaco: Bene.\n\n[00:04:00]\nI: Ah.").turns
    assert [turn.start_ms for turn in turns] == [192_000, 240_000]


def test_what_stands_before_the_first_label_is_a_note() -> None:
    assert read("Intervista n. 3\nData: ieri\n\nI: Sì?\nR: No.").notes == ("Intervista n. 3", "Data: ieri")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_encodings_are_found_out(encoding: str) -> None:
    text = "I: Perché è così?\r\nR: L’università è già più cara, però c’è qualità.\rI: Sì.\n" * 5
    transcript = read(text.encode(encoding))
    assert transcript.turns[1].text == "L’università è già più cara, però c’è qualità."
    assert "\r" not in transcript.source and "\ufeff" not in transcript.source


def test_letters_with_separate_accents_are_composed() -> None:
    assert read("I: perche\u0301?\nR: e\u0300 cosi\u0300").turns[1].text == "è così"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"I: ciao\nR: a" + bytes(9) + b"b", bytes(range(256)) * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(StudyError, match="testo leggibile"):
        read(data)


def test_text_without_labels_says_what_to_do() -> None:
    with pytest.raises(StudyError, match="INTERVISTATRICE"):
        read("Caro diario, oggi piove. Domani no.")


def test_guards_of_the_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = tmp_path / "study"
    outside = tmp_path / "outside.txt"
    folder = study / "transcripts"
    folder.mkdir(parents=True)
    outside.write_text("I: Sì?\nR: No.")
    (folder / "link.txt").symlink_to(outside)
    (folder / "vuota.txt").write_text(" \n ")
    (folder / "strana.xyz").write_text("I: Sì?")
    (folder / "S2.txt").write_text("I: Sì?\nR: No.")
    (folder / ".nascosta.txt").write_text("I: Sì?")
    (folder / "~$S2.docx").write_text("x")
    found = find_transcripts(study)
    assert [path.name for path in found] == ["S2.txt", "link.txt", "strana.xyz", "vuota.txt"]
    transcript = read_transcript(found[0], study)
    assert (transcript.id, transcript.file, len(transcript.sha256)) == ("S2", "transcripts/S2.txt", 64)
    for path, message in zip(found[1:], ["collegamento", "formato", "vuota"], strict=True):
        with pytest.raises(StudyError, match=message):
            read_transcript(path, study)
    monkeypatch.setattr("corpus.transcripts.registry.MAX_BYTES", 10)
    with pytest.raises(StudyError, match="troppo grande"):
        read_transcript(found[0], study)
    with pytest.raises(StudyError, match="non si può leggere"):
        read_transcript(folder / "manca.txt", study)


WORDS = st.lists(
    st.sampled_from(["il sindaco", "è già:", "alle 10:30,", "(forse)", "dice «no».", "Perché?", "n. 3"]), min_size=1
)
TURNS = st.lists(st.tuples(st.sampled_from(["INTERVISTATRICE", "Sindaco", "R2"]), WORDS.map(" ".join)), min_size=1)


@given(TURNS)
def test_round_trip(turns: list[tuple[str, str]]) -> None:
    joined: list[tuple[str, str]] = []
    for speaker, text in turns:
        if joined and joined[-1][0] == speaker:
            joined[-1] = (speaker, f"{joined[-1][1]} {text}")
        else:
            joined.append((speaker, text))
    transcript = read("\n\n".join(f"{speaker}: {text}" for speaker, text in turns))
    assert said(transcript) == joined
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert turn.start <= source and source + length <= turn.end
            assert transcript.source[source : source + length] == turn.text[at : at + length]


@settings(deadline=None)  # a first PDF imports its library
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read(data)
    except StudyError as error:
        assert error.say("it") and error.say("en")
