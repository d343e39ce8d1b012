"""Whose a transcript is, however its name is typed: endings, case, accents, composition, separators."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from corpus.errors import Notebook
from corpus.respondents.interviewees import match_transcripts, tell_twin_transcripts, tell_unknown_transcripts
from corpus.study import read_study

TALK = "INTERVISTATRICE: Come va il comune?\nSINDACA: Bene, con il personale che abbiamo.\n"


def people(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame([(*row, "") for row in rows], columns=["respondent", "transcript", "speaker"], dtype="str")
    frame.index = pd.Index(range(2, len(rows) + 2), name="row")
    return frame


@pytest.mark.parametrize(
    ("cell", "ids", "named"),
    [
        ("S1", ["S1", "S2"], {"S1"}),
        ("s1", ["S1", "S2"], {"S1"}),
        ("S1.docx", ["S1", "S2"], {"S1"}),
        ("Pero", ["Però"], {"Però"}),
        ("S1; S2", ["S1", "S2"], {"S1", "S2"}),
        ("S1, S2", ["S1", "S2"], {"S1", "S2"}),
        ("S1.txt|S2.txt", ["S1", "S2"], {"S1", "S2"}),
        ("S1\nS2", ["S1", "S2"], {"S1", "S2"}),
        ("Rossi, Anna", ["Rossi, Anna", "Rossi"], {"Rossi, Anna"}),
        ("", ["R"], {"R"}),
    ],
)
def test_transcripts_are_known_by_name(cell: str, ids: Sequence[str], named: set[str]) -> None:
    assert match_transcripts(people(("R", cell)), ids)[0].transcripts == named


@pytest.mark.parametrize(
    ("cell", "ids", "said"),
    [
        (
            "intervista1",
            ["intervista_1", "S2"],
            "`intervista1` non c'è o non si è potuta leggere (intendevi `intervista_1`?)",
        ),
        ("Rosi.docx", ["Rossi"], "`Rosi.docx` non c'è o non si è potuta leggere (intendevi `Rossi`?)"),
        ("S1, S3", ["S1"], "`S3` non c'è o non si è potuta leggere"),
    ],
)
def test_an_unknown_transcript_is_told_with_the_one_meant(cell: str, ids: Sequence[str], said: str) -> None:
    notebook = Notebook("respondents.csv")
    tell_unknown_transcripts(match_transcripts(people(("R", cell)), ids), ids, notebook)
    told = [fault.say("it") for fault in notebook.problems]
    assert len(told) == 1 and said in told[0] and told[0].startswith("respondents.csv, riga 2, colonna transcript: ")


def test_a_respondent_whose_interview_is_called_otherwise_is_asked_about(tmp_path: Path) -> None:
    assert any(
        "(intendevi `intervista_1`?)" in line for line in study(tmp_path, {"intervista_1.txt"}, "intervista1;\n")
    )


def study(folder: Path, files: set[str], rows: str) -> list[str]:
    (folder / "transcripts").mkdir()
    for name in files:
        (folder / "transcripts" / name).write_text(TALK, encoding="utf-8")
    (folder / "study.toml").write_text('[study]\ntitle = "Prova"\n', encoding="utf-8")
    (folder / "respondents.csv").write_text(f"respondent;transcript\n{rows}", encoding="utf-8")
    read = read_study(folder)
    return [fault.say("it") for fault in read.problems if fault.file != "codebook.csv"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_file_names_of_macos_are_those_of_the_table(tmp_path: Path, form: str, typed: str) -> None:
    name = unicodedata.normalize(form, "Città di Prè")
    cell = unicodedata.normalize(typed, "Città di Prè")
    assert study(tmp_path, {f"{name}.txt"}, f"S1;{cell}\nS2;\n") == [
        "respondents.csv, riga 3, colonna transcript: il rispondente `S2` non ha un'intervista: se c'è aggiungila, "
        "altrimenti conta solo il questionario"
    ]
    read = read_study(tmp_path)
    assert [transcript.id for transcript in read.transcripts] == ["Città di Prè"]
    assert set(read.turns["respondent"]) == {"", "S1"}


def test_two_interviews_that_differ_by_case_are_told(tmp_path: Path) -> None:
    told = study(tmp_path, {"S1.md", "s1.txt"}, "S1;S1\n")
    assert len(told) == 1 and "`S1`, `s1` hanno lo stesso nome" in told[0] and "un solo rispondente, `S1`" in told[0]
    assert read_study(tmp_path).turns.groupby("transcript")["respondent"].max().tolist() == ["S1", "S1"]


def test_twins_of_two_people_are_told_too() -> None:
    ids = ["Però", "Pero"]
    notebook = Notebook("respondents.csv")
    tell_twin_transcripts(match_transcripts(people(("A", "Pero"), ("B", "Però")), ids), ids, notebook)
    assert "interviste di persone diverse (`A`, `B`)" in notebook.problems[0].say("it")
    assert "different people" in notebook.problems[0].say("en")
