"""Subtitles as meeting programs, recognisers and captioners write them: right speakers, times, each word once."""

import pytest

from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.test_formats import said


def read(text: str, file: str = "a.vtt") -> Transcript:
    return transcript_of(text.encode(), file)


def vtt(*cues: str, head: str = "WEBVTT") -> str:
    """Cues of one second each; a text may begin with its own name line, ended by `@`."""
    blocks = [head]
    for number, cue in enumerate(cues):
        name, _, text = cue.rpartition("@")
        times = f"00:00:{number:02}.000 --> 00:00:{number + 1:02}.000"
        blocks.append(f"{name or number + 1}\n{times}\n{text}")
    return "\n\n".join(blocks) + "\n"


def srt(*cues: str) -> str:
    return vtt(*cues, head="").replace(".000", ",000").lstrip()


ANNA = "Da quanti anni fa la sindaca?"
CARLA = "Da sei, e non sono pochi."
TWO = [("Anna Bianchi", ANNA), ("Carla Verdi", CARLA)]

PROGRAMS = {
    "Teams": (
        'WEBVTT\n\nNOTE duration:"00:30:12"\n\nNOTE language:it-it\n\nNOTE Confidence: 0.9\n\n'
        "b5a7b9e0-66d2-4e2c-9d5e-2b3c1e0f7a11/15-0\n00:00:01.000 --> 00:00:02.000\n<v Anna Bianchi>Da quanti anni\n"
        "fa la sindaca?</v>\n\nNOTE Confidence: 0.8\n\nb5a7b9e0-66d2-4e2c-9d5e-2b3c1e0f7a11/20-1\n"
        "00:00:02.000 --> 00:00:03.000\n<v Carla Verdi>Da sei, e non sono pochi.</v>\n"
    ),
    "Zoom": vtt(f"Anna Bianchi: {ANNA}", "Carla Verdi: Da sei,", "Carla Verdi: e non sono pochi."),
    "Webex": vtt(f'1 "Anna Bianchi" (3221225472)@{ANNA}', f'2 "Carla Verdi" (16778240)@{CARLA}'),
    "Meet": "0:00:01.000,0:00:02.000\nAnna Bianchi: Da quanti anni\nfa la sindaca?\n\n"
    "0:00:02.000,0:00:03.500\nCarla Verdi: Da sei, e non sono pochi.\n\n0:00:04.000,0:00:05.000\nAnna Bianchi: \n",
    "voice and label": vtt(f"<v.loud Anna Bianchi>Anna Bianchi: {ANNA}", f"<v Carla Verdi>Carla Verdi: {CARLA}"),
    "SubRip with marks": srt(
        f'{{\\an8}}<font color="#ff0">Anna Bianchi: {ANNA}</font>', "<i>Carla Verdi:</i> Da sei,<br>e non sono pochi."
    ),
    "SubRip without numbers": "00:00:01,000 --> 00:00:02,000\nAnna Bianchi: Da quanti anni fa la sindaca?\n\n"
    "00:00:02,000 --> 00:00:03,000\nCarla Verdi: Da sei, e non sono pochi.\n",
    "SubRip without empty lines": "1\n00:00:01 --> 00:00:02\nAnna Bianchi: Da quanti anni fa la sindaca?\n"
    "2\n00:00:02 --> 00:00:03\nCarla Verdi: Da sei, e non sono pochi.\n",
    "SubRip through Word": "\ufeff1\r\n00:00:01,000 –> 00:00:02,000\r\nAnna Bianchi: Da quanti anni fa la sindaca?"
    "\r\n\r\n2\r\n00:00:02,000 → 00:00:03,000\r\nCarla Verdi: Da sei, e non sono pochi.\r\n",
    "out of order": "WEBVTT\n\n00:03.000 --> 00:04.000\n<v Carla Verdi>Da sei, e non sono pochi.\n\n"
    "00:01.000 --> 00:02.000 line:0 align:start\n<v Anna Bianchi>Da quanti anni fa la sindaca?\n",
    "chevrons": srt(f">> Anna Bianchi: {ANNA}", "&gt;&gt; Carla Verdi: Da sei,", "e non sono pochi."),
    "dashes": srt(f"- Anna Bianchi: {ANNA}\n- Carla Verdi: {CARLA}", "- Anna Bianchi: Ah.\n- Carla Verdi: Ecco."),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_speakers_and_words_of(program: str) -> None:
    transcript = read(PROGRAMS[program], "a.sbv" if program == "Meet" else "a.vtt")
    assert said(transcript)[:2] == TWO
    assert transcript.turns[0].start_ms in (0, 1000)
    assert not transcript.problems


@pytest.mark.parametrize("program", ["Whisper", "WhisperX", "whisper.cpp"])
def test_speakers_of_recognisers(program: str) -> None:
    texts = {
        "Whisper": vtt("SPEAKER_00: Pronto?", "SPEAKER_01: Sì.", "SPEAKER_00: Bene."),
        "WhisperX": srt("[SPEAKER_00]: Pronto?", "[SPEAKER_01]: Sì.", "[SPEAKER_00]: Bene."),
        "whisper.cpp": srt("(speaker 0) Pronto?", "(speaker 1) Sì.", "(speaker 0) Bene."),
    }
    first, second, third = said(read(texts[program], "a.srt"))
    assert first[0] == third[0] != second[0]
    assert [first[1], second[1], third[1]] == ["Pronto?", "Sì.", "Bene."]


def test_whisper_cpp_does_not_know_everybody() -> None:
    cues = vtt("<v Speaker0> Pronto?", "<v Speaker?> Sì.", "<v Speaker1> Ah.")
    assert said(read(cues)) == [("Speaker0", "Pronto?"), ("???", "Sì."), ("Speaker1", "Ah.")]


@pytest.mark.parametrize(
    "names",
    [
        ("iPhone di Anna", "Comune di Soave"),
        ("utente ospite", "data manager"),
        ("BIANCHI, Anna", "Sala riunioni 2"),
        ("ufficio tecnico del comune di Soave", "Anna Bianchi (lei)"),
    ],
)
@pytest.mark.parametrize("write", [vtt, srt])
def test_names_with_words_in_lower_case(write, names: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    one, other = names
    cues = write(f"{one}: Pronto?", f"{other}: Sì.", f"{other}: Allora: vediamo.", f"{one}: Bene.")
    name = other.split(" (")[0]
    assert said(read(cues, "a.srt")) == [(one, "Pronto?"), (name, "Sì. Allora: vediamo."), (one, "Bene.")]


def test_an_office_that_comes_back_among_cues_that_go_on() -> None:
    cues = vtt("Comune di Soave: Siamo in tre.", "E poi.", "Anna: Ah.", "Ecco.", "Comune di Soave: Sì.", "Anna: Bene.")
    office = "Comune di Soave"
    assert said(read(cues)) == [
        (office, "Siamo in tre. E poi."),
        ("Anna", "Ah. Ecco."),
        (office, "Sì."),
        ("Anna", "Bene."),
    ]


def test_a_colon_of_speech_is_no_speaker() -> None:
    cues = vtt(
        "ANNA: Pronto?", "CARLA: Sì.", "Allora: vediamo.", "Il personale: siamo in tre.", "ANNA: Ah.", "CARLA: Eh."
    )
    assert {speaker for speaker, _ in said(read(cues))} == {"ANNA", "CARLA"}


ROLLING = {
    "YouTube": "WEBVTT\nKind: captions\nLanguage: it\n\n00:00:00.030 --> 00:00:02.669 align:start position:0%\n \n"
    "ANNA:<00:00:00.389><c> da</c><00:00:00.750><c> quanti</c><00:00:01.110><c> anni</c>\n\n"
    "00:00:02.669 --> 00:00:02.679 align:start position:0%\nANNA: da quanti anni\n \n\n"
    "00:00:02.679 --> 00:00:05.220 align:start position:0%\nANNA: da quanti anni\n"
    "fa<00:00:03.360><c> la</c><00:00:03.720><c> sindaca</c>\n\n"
    "00:00:05.220 --> 00:00:05.230 align:start position:0%\nfa la sindaca\n \n\n"
    "00:00:05.230 --> 00:00:07.000 align:start position:0%\nCARLA:<00:00:05.360><c> da</c><00:00:05.720><c> sei</c>\n",
    "SubRip of it": srt(
        "ANNA: da quanti", "ANNA: da quanti\nanni fa la", "anni fa la", "anni fa la\nsindaca", "CARLA: da sei"
    ),
    "three lines": srt(
        "ANNA: da quanti anni",
        "ANNA: da quanti anni\nfa la",
        "ANNA: da quanti anni\nfa la\nsindaca",
        "fa la\nsindaca\nCARLA: da sei",
    ),
    "word by word": vtt(
        "<v ANNA>da",
        "<v ANNA>da quanti",
        "<v ANNA>Da quanti, anni",
        "<v ANNA>da quanti anni fa",
        "<v ANNA>da quanti anni fa la sindaca",
        "<v CARLA>da sei",
    ),
    "window under a voice": vtt(
        "<v ANNA>da quanti anni",
        "<v ANNA>quanti anni fa",
        "<v ANNA>anni fa la sindaca",
        "<v CARLA>da sei",
        "<v CARLA>da sei",
    ),
    "Whisper's highlighted words": srt(
        "ANNA: <u>da</u> quanti anni fa la sindaca",
        "ANNA: da <u>quanti</u> anni fa la sindaca",
        "ANNA: da quanti anni fa la sindaca",
        "ANNA: da quanti <u>anni</u> fa la sindaca",
        "ANNA: da quanti anni <u>fa</u> la sindaca",
        "CARLA: <u>da</u> sei",
        "CARLA: da <u>sei</u>",
    ),
}


@pytest.mark.parametrize("write", [vtt, srt])
def test_a_line_of_one_word_moves_up_too(write) -> None:  # type: ignore[no-untyped-def]
    cues = ["ANNA: da quanti anni", "ANNA: da quanti anni\nadesso?", "adesso?\nCARLA: da sei anni"]
    cues += ["CARLA: da sei anni\npochi", "pochi\nANNA: e il personale"]
    transcript = read(write(*cues), "a.vtt" if write is vtt else "a.srt")
    turns = [("ANNA", "da quanti anni adesso?"), ("CARLA", "da sei anni pochi"), ("ANNA", "e il personale")]
    assert said(transcript) == turns


@pytest.mark.parametrize("captions", ROLLING)
def test_rolling_captions_say_each_word_once(captions: str) -> None:
    transcript = read(ROLLING[captions])
    turns = [(speaker, text.casefold().replace(",", "")) for speaker, text in said(transcript)]
    assert turns == [("ANNA", "da quanti anni fa la sindaca"), ("CARLA", "da sei")]
    assert ["scorrono" in problem.say() for problem in transcript.problems] == [True]


def test_a_word_said_twice_is_said_twice() -> None:
    cues = srt(
        "ANNA: <u>Sì</u>",
        "ANNA: <u>Sì</u>",
        "CARLA: <u>E</u> poi",
        "CARLA: E <u>poi</u>",
        "CARLA: <u>E</u> poi",
        "CARLA: E <u>poi</u>",
    )
    assert said(read(cues)) == [("ANNA", "Sì Sì"), ("CARLA", "E poi E poi")]


def test_people_repeat_themselves() -> None:
    cues = vtt(
        "ANNA: Siamo in tre.", "ANNA: Siamo in tre.", "CARLA: Davvero?", "ANNA: Sì.", "CARLA: Ah.", "ANNA: Ecco."
    )
    transcript = read(cues)
    assert said(transcript)[0] == ("ANNA", "Siamo in tre. Siamo in tre.")
    assert not transcript.problems


def test_a_comment_comes_after_an_empty_line() -> None:
    cues = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\n<v Anna>Le\nNOTE spese\n\n"
    cues += "NOTE una nota\nsu due righe\n\n"
    cues += "00:02.000 --> 00:03.000\n<v Carla>STYLE e\nREGION nostri\n\nNOTE fine\n"
    assert said(read(cues)) == [("Anna", "Le NOTE spese"), ("Carla", "STYLE e REGION nostri")]


def test_subrip_has_no_comments() -> None:
    cues = srt("ANNA: Le spese\n\nNOTE a parte", "CARLA: Ah.")
    assert said(read(cues, "a.srt")) == [("ANNA", "Le spese NOTE a parte"), ("CARLA", "Ah.")]


def test_another_speaker_without_a_name_is_nobody_known() -> None:
    cues = srt("ANNA: Pronto?", ">> Sì.", "ANNA: Bene.", "- Ah.\n- Già.", "CARLA: Ecco. >> No.")
    transcript = read(cues, "a.srt")
    assert said(transcript) == [
        ("ANNA", "Pronto?"),
        ("???", "Sì."),
        ("ANNA", "Bene."),
        ("???", "Ah. Già."),
        ("CARLA", "Ecco."),
        ("???", "No."),
    ]
    assert "(`>>` o trattino): 4" in transcript.problems[0].say()


def test_chevrons_alone_are_two_people_who_alternate_and_told() -> None:
    transcript = read(srt(">> Pronto?", ">> Sì,", "eccomi. >> Bene?", ">> Bene."), "a.srt")
    one = "Speaker 0"
    other = "Speaker 1"
    assert said(transcript) == [(one, "Pronto?"), (other, "Sì, eccomi."), (one, "Bene?"), (other, "Bene.")]
    assert "solo quando il parlante cambia" in transcript.problems[0].say()


def test_cues_without_a_voice_are_counted() -> None:
    transcript = read(vtt("<v Anna>Pronto?</v>", "<v Carla>Sì.</v>", "Ecco.", "<v Anna>Bene.</v>"))
    assert "1 su 4" in transcript.problems[0].say()


def test_a_label_missing_among_labels_of_a_program_is_counted() -> None:
    cues = srt("[SPEAKER_00]: Pronto?", "[SPEAKER_01]: Sì.", "Ecco.", "[SPEAKER_00]: Ah.", "[SPEAKER_01]: Eh.")
    transcript = read(cues, "a.srt")
    assert len(said(transcript)) == 4
    assert "1 su 5" in transcript.problems[0].say()


def test_names_on_a_line_of_their_own() -> None:
    cues = srt("ANNA\nPronto?", "CARLA VERDI\nSì,\neccomi.", "ANNA\nBene.")
    assert said(read(cues, "a.srt")) == [("ANNA", "Pronto?"), ("CARLA VERDI", "Sì, eccomi."), ("ANNA", "Bene.")]


def test_a_name_of_one_word_that_sheets_have_too() -> None:
    cues = vtt("Comune: Pronto?", "Anna: Sì.", "Comune: Bene.", "Anna: Ecco.")
    assert said(read(cues))[::2] == [("Comune", "Pronto?"), ("Comune", "Bene.")]


def test_timed_text_with_agents_lines_and_offsets() -> None:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="it"'
        ' xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"'
        ' ttp:tickRate="10000000"><head><metadata><ttm:title>x</ttm:title><ttm:agent xml:id="a1" type="person">'
        '<ttm:name type="full">Anna Bianchi</ttm:name></ttm:agent></metadata></head><body><div>\n'
        '<p begin="40000000t" end="6.4s" ttm:agent="Carla">Da sei, e non\n   sono <span>pochi</span>.</p>\n'
        '<p xml:id="p1" begin="00:00:01.000" dur="2.9s" ttm:agent="a1">Da quanti anni<br/>fa la sindaca?</p>\n'
        "</div></body></tt>"
    )
    transcript = read(text, "a.ttml")
    assert said(transcript) == [("Anna Bianchi", ANNA), ("Carla", CARLA)]
    assert [(turn.start_ms, turn.end_ms) for turn in transcript.turns] == [(1000, 3900), (4000, 6400)]
