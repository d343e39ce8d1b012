"""Tables of speech as programs export them, tabbed or CSV: speakers, times and words apart, whatever else is there."""

import pytest

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.test_formats import said

ANNA = "Da quanti anni fa la sindaca?"
CARLA = "Da sei, e non sono pochi."


def read(text: str, file: str) -> Transcript:
    return transcript_of(text.encode(), file)


def tabbed(*rows: str) -> str:
    return "\n".join(row.replace("|", "\t") for row in rows) + "\n"


ELAN = (
    f"Anna|A. Bianchi|00:00:01.000|1.0|1000|00:00:03.900|3.9|3900|00:00:02.900|{ANNA}",
    f"Carla|C. Verdi|00:00:04.000|4.0|4000|00:00:06.400|6.4|6400|00:00:02.400|{CARLA}",
    "Anna|A. Bianchi|00:00:07.000|7.0|7000|00:00:07.500|7.5|7500|00:00:00.500|Grazie.",
)
TITLES = "Tier|Participant|Begin Time - hh:mm:ss.ms|End Time - hh:mm:ss.ms|Duration - hh:mm:ss.ms|Annotation"

PROGRAMS = {
    "ELAN": ("a.txt", tabbed(*ELAN), "Anna", "Carla"),
    "ELAN with titles": (
        "a.txt",
        tabbed(
            TITLES,
            f"t1|Anna|00:00:01.000|00:00:03.900|00:00:02.900|{ANNA}",
            f"t2|Carla|00:00:04.000|00:00:06.400|00:00:02.400|{CARLA}",
        ),
        "Anna",
        "Carla",
    ),
    "ELAN with a column for each tier": (
        "a.txt",
        tabbed(
            "Begin Time - msec|End Time - msec|Duration - msec|Anna|Carla",
            f"1000|3900|2900|{ANNA}|",
            f"4000|6400|2400||{CARLA}",
        ),
        "Anna",
        "Carla",
    ),
    "Praat's Down to Table": (
        "a.tsv",
        tabbed("tmin|tier|text|tmax", f"1.0|Anna|{ANNA}|3.9", f"4.0|Carla|{CARLA}|6.4"),
        "Anna",
        "Carla",
    ),
    "Audacity": ("a.txt", tabbed(f"1.000000|3.900000|I: {ANNA}", f"4.000000|6.400000|R: {CARLA}"), "I", "R"),
    "Whisper": ("a.tsv", tabbed("start|end|text", f"1000|3900|I: {ANNA}", f"4000|6400|R: {CARLA}"), "I", "R"),
    "CSV with semicolons": (
        "a.csv",
        f"\ufeffN.;Inizio;Fine;Parlante;Testo\r\n1;00:00:01,000;00:00:03,900;Anna;{ANNA}\r\n2;00:00:04;00:00:06;Carla;{CARLA}\r\n",
        "Anna",
        "Carla",
    ),
    "CSV with commas": (
        "a.csv",
        f'Speaker Name,Start Time,End Time,Text\nAnna,00:00:01,00:00:03,"{ANNA}"\nCarla,00:00:04,00:00:06,"{CARLA}"\n',
        "Anna",
        "Carla",
    ),
    "CSV in seconds": (
        "a.csv",
        f'"start","end","speaker","text"\n1.0,3.9,SPEAKER_00,"{ANNA}"\n4.0,6.4,SPEAKER_01,"{CARLA}"\n',
        "SPEAKER_00",
        "SPEAKER_01",
    ),
    "ELAN tier after tier": (
        "a.txt",
        tabbed(
            f"Anna|1.0|3.9|2.9|{ANNA}",
            "Anna|7.0|7.5|0.5|Grazie.",
            "Anna|9.0|9.5|0.5|Ah.",
            f"Carla|4.0|6.4|2.4|{CARLA}",
            "Carla|8.0|8.4|0.4|Prego.",
        ),
        "Anna",
        "Carla",
    ),
    "a table with an index": (
        "a.txt",
        tabbed(
            "1|Intervistatrice|00:00:01|" + ANNA, "2|Sindaca|00:00:04|" + CARLA, "3|Intervistatrice|00:00:09|Grazie."
        ),
        "Intervistatrice",
        "Sindaca",
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_columns_of(program: str) -> None:
    file, text, first, second = PROGRAMS[program]
    transcript = read(text, file)
    assert said(transcript)[:2] == [(first, ANNA), (second, CARLA)]
    assert [turn.start_ms for turn in transcript.turns[:2]] == [1000, 4000]
    assert transcript.turns[1].end_ms in (None, 6000, 6400)


def test_a_line_without_tabs_goes_on_with_the_row_before() -> None:
    text = tabbed("Intervista 3", *ELAN * 3, "e ancora.")
    transcript = read(text, "a.txt")
    assert said(transcript)[-1] == ("Anna", "Grazie. e ancora.")
    assert transcript.notes == ("Intervista 3",)


def test_rows_of_uneven_length_lose_nothing() -> None:
    rows = ["speaker|begin|text|note", "Anna|1.0|Come va?|x", "Carla|2.0|Bene.", "Anna|3.0|Ah.|y|z"]
    assert [text for _, text in said(read(tabbed(*rows), "a.tsv"))] == ["Come va?", "Bene.", "Ah."]
    rows = ["speaker|begin|text", "Anna|1.0|Come va?", "Carla|2.0|Siamo|in tre.", "Anna|3.0|Ah."]
    assert [text for _, text in said(read(tabbed(*rows), "a.tsv"))] == ["Come va?", "Siamo in tre.", "Ah."]


def test_a_comma_parts_nothing_without_titles() -> None:
    with pytest.raises(StudyError, match="una colonna con i parlanti"):
        read(f'Anna,"{ANNA}",x\nCarla,"{CARLA}",y\n', "a.csv")


def test_rows_without_a_speaker_are_counted() -> None:
    rows = ["speaker|text", "Anna|Pronto?", "|Eh.", "Carla|Sì.", "Anna|Ah.", "Carla|Oh.", "Anna|Ecco."]
    transcript = read(tabbed(*rows), "a.tsv")
    assert said(transcript)[0] == ("Anna", "Pronto? Eh.")
    assert "1 su 6" in transcript.problems[0].say()


@pytest.mark.parametrize(
    "rows",
    [
        (f"Anna|0:01|0:04|{ANNA}", "Anna|0:07|0:08|Grazie.", f"Carla|0:04|0:06|{CARLA}"),
        (f"0:01|0:04|{ANNA}|Anna", f"0:04|0:06|{CARLA}|Carla", "0:07|0:08|Grazie.|Anna"),
        (f"Anna||1000|4000|3000|{ANNA}", f"Carla||4000|6000|2000|{CARLA}", "Anna||7000|8000|1000|Grazie."),
        (f"{ANNA}|0:01|Anna", f"{CARLA}|0:04|Carla", "Grazie.|0:07|Anna"),
    ],
    ids=["tier after tier", "tier last", "milliseconds", "pasted from a sheet"],
)
def test_columns_and_rows_in_any_order(rows: tuple[str, ...]) -> None:
    turns = read(tabbed(*rows), "a.txt").turns
    assert [(turn.speaker, turn.text, turn.start_ms) for turn in turns] == [
        ("Anna", ANNA, 1000),
        ("Carla", CARLA, 4000),
        ("Anna", "Grazie.", 7000),
    ]


@pytest.mark.parametrize("titles", ["Chi|Che cosa dice", "Parlante|Parole", "Speaker|What was said"])
def test_a_title_for_the_speakers_is_no_speaker(titles: str) -> None:
    rows = (titles, f"Anna|{ANNA}", f"Carla|{CARLA}", "Anna|E il personale?", "Carla|Siamo in quattro.")
    speakers = [speaker for speaker, _ in said(read(tabbed(*rows), "a.txt"))]
    assert speakers == ["Anna", "Carla", "Anna", "Carla"]


@pytest.mark.parametrize("titles", ["Domanda|Risposta|Note", "INTERVISTATRICE|SINDACA|Note", "Question|Answer|Note"])
def test_a_column_for_questions_and_one_for_answers(titles: str) -> None:
    rows = (titles, f"{ANNA}|{CARLA}|ride", "E il personale?|Siamo in quattro.|")
    asks, answers, _ = titles.split("|")
    turns = [(asks, ANNA), (answers, CARLA), (asks, "E il personale?"), (answers, "Siamo in quattro.")]
    for text, file in ((tabbed(*rows), "a.txt"), ("\n".join(f"| {row} |" for row in rows), "a.md")):
        assert [(turn.speaker, turn.text) for turn in read(text, file).turns] == turns
        assert read(text, file).notes == ("ride",)


def test_a_time_before_a_tab_is_no_speaker() -> None:
    rows = (("Anna", ANNA), ("Carla", CARLA), ("Anna", "Ah."))
    chat = "\n".join(f"10:00:0{place}\t Da {name} a Tutti : {words}" for place, (name, words) in enumerate(rows))
    assert [speaker for speaker, _ in said(read(chat, "a.txt"))] == ["Anna", "Carla", "Anna"]
    notes = f"10:00:01\tAnna: {ANNA}\n10:00:05\tCarla: {CARLA}\n"
    assert said(read(notes, "a.txt")) == [("Anna", ANNA), ("Carla", CARLA)]
