"""Signs that nobody sees and letters read in a wrong encoding: mended or told, in every format."""

import io
import json

import docx
import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of

TEXT = "I: Perché è così?\nR: L’università è più cara, però c’è qualità; «già».\nI: Città?\nR: Lì."
WORDS = ["Perché è così?", "L’università è più cara, però c’è qualità; «già».", "Città?", "Lì."]


def read(text: str, file: str = "a.txt") -> Transcript:
    return transcript_of(text.encode(), file)


def words(transcript: Transcript) -> list[str]:
    for turn in transcript.turns:
        for at, source, length in turn.alignment.pieces:
            assert transcript.source[source : source + length] == turn.text[at : at + length]
    return [turn.text for turn in transcript.turns]


@pytest.mark.parametrize("sign", ["\x07", "\0", "\x02", "\x1f", "\x7f", "\ufffe", "\x1b"])
def test_a_control_character_is_dropped_and_told(sign: str) -> None:
    transcript = read(f"I: Come{sign} va?\nR: Il personale{sign}manca.\nI: E poi?\nR: Sì.")
    assert words(transcript) == ["Come va?", "Il personalemanca.", "E poi?", "Sì."]
    (problem,) = transcript.problems
    assert problem.severity == "warning"
    assert "riga 1, 2" in problem.say("it") and "2 control characters" in problem.say("en")


def test_the_sign_by_which_dos_ended_files_is_no_turn() -> None:
    transcript = read("I: Come va?\nR: Bene.\n\x1a")
    assert words(transcript) == ["Come va?", "Bene."]
    assert "riga 3" in transcript.problems[0].say("it")


def test_many_control_characters_are_no_text() -> None:
    with pytest.raises(StudyError, match="testo leggibile"):
        read("I: Come va?\x01\x02\x03\x04\x05\nR: Bene.")


def read_wrongly(text: str, encoding: str) -> str:
    return leniently(text.encode(), encoding)


def leniently(octets: bytes, encoding: str) -> str:
    signs = (bytes([octet]) for octet in octets)
    return "".join(sign.decode(encoding, "replace").replace("\ufffd", chr(sign[0])) for sign in signs)


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_as_another_encoding_is_mended_and_told(encoding: str, times: int) -> None:
    wrong = TEXT
    for _ in range(times):
        wrong = read_wrongly(wrong, encoding)
    transcript = read(wrong)
    assert words(transcript) == WORDS
    (problem,) = transcript.problems
    assert "corrette (riga 1, 2, 3, 4)" in problem.say("it") and "mended" in problem.say("en")


def test_what_is_partly_wrong_is_mended_where_it_is() -> None:
    transcript = read(
        "I: PerchÃ© la cittÃ  Ã¨ sola?\nR: PerchÃ© non c’Ã¨ nessuno, «è così»: LIBERTÀ, PERÒ» a San Paolo, in SÃO."
    )
    assert words(transcript) == [
        "Perché la città è sola?",
        "Perché non c’è nessuno, «è così»: LIBERTÀ, PERÒ» a San Paolo, in SÃO.",
    ]
    assert len(transcript.problems) == 1


@pytest.mark.parametrize(("read_in", "written_in"), [("mac_roman", "cp1252"), ("cp1252", "mac_roman")])
def test_one_system_s_letters_read_as_another_s(read_in: str, written_in: str) -> None:
    text = "I: Perché la città è sola?\nR: Però non c'è nessuno, perché la libertà è cara."
    transcript = read(leniently(text.encode(written_in), read_in))
    assert words(transcript) == [line[3:] for line in text.split("\n")]
    assert "sistema" in transcript.problems[0].say("it")


def test_signs_of_html_are_the_signs_they_are() -> None:
    transcript = read("I: Perch&eacute;?\nR: L&#39;universit&agrave; &egrave; cara &amp; lontana.")
    assert words(transcript) == ["Perché?", "L'università è cara & lontana."]
    assert "3, 4" not in transcript.problems[0].say("it")


def test_lost_letters_are_told() -> None:
    (problem,) = read("I: Come va?\nR: Il personale\ufffdmanca.").problems
    assert problem.row == 2


def test_other_formats_are_mended_too() -> None:
    wrong = read_wrongly("Perché è così?", "cp1252")
    document = docx.Document()
    for line in (f"Anna: {wrong}", "Carla: Eh."):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    spoken = json.dumps({"segments": [{"speaker": "NicolÃ²", "text": wrong, "start": 0, "end": 1}]})
    assert words(transcript_of(file.getvalue(), "a.docx")) == ["Perché è così?", "Eh."]
    assert [turn.speaker for turn in read(spoken, "a.json").turns] == ["Nicolò"]
    assert words(read(f"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Anna>{wrong}\n", "a.vtt")) == ["Perché è così?"]


def test_letters_in_their_place_are_left() -> None:
    text = (
        "I: NÈ È? «Sì, è così». Ça va, São Paulo, ÀÈÌÒÙ; 20 °C, 3 ‰, §2… “Là” ‘qui’ – lì — €.\nR: MILOŠEVIĆ, Łódź, Åsa."
    )
    transcript = read(text)
    assert words(transcript) == [line[3:] for line in text.split("\n")]
    assert transcript.problems == ()
