from pathlib import Path

import pytest

from corpus.respondents.respondents_list import read_respondents, unlisted_respondents


def write(folder: Path, text: str) -> Path:
    (folder / "respondents.csv").write_text(text, encoding="utf-8")
    return folder


def test_variables_are_kept_as_text_and_respondents_sorted(tmp_path: Path) -> None:
    frame, problems = read_respondents(
        write(tmp_path, "ID;transcript;Popolazione;istat\nS02;b;1.240;017\nS01;a;;003\n")
    )
    assert problems == ()
    assert frame.to_dict("list") == {
        "respondent": ["S01", "S02"],
        "transcript": ["a", "b"],
        "speaker": ["", ""],
        "Popolazione": ["", "1.240"],
        "istat": ["003", "017"],
    }


@pytest.mark.parametrize(
    ("rows", "it", "en"),
    [
        (
            "S01;a\nS01;b\n",
            "riga 3, colonna respondent: il rispondente `S01` è già alla riga 2",
            "row 3, column respondent: the respondent `S01` is already in row 2",
        ),
        (
            "S01;a\n;b\n",
            "riga 3, colonna respondent: manca il codice del rispondente",
            "row 3, column respondent: the respondent has no code",
        ),
        (
            "S01;a\ns01;b\n",
            "riga 3, colonna respondent: `s01` e `S01` (riga 2) differiscono",
            "`s01` and `S01` (row 2) differ by case",
        ),
    ],
)
def test_a_fault_in_the_list_is_told_once(tmp_path: Path, rows: str, it: str, en: str) -> None:
    _, problems = read_respondents(write(tmp_path, "respondent;transcript\n" + rows))
    assert len(problems) == 1
    assert it in problems[0].say("it")
    assert en in problems[0].say("en")


def test_the_first_row_of_a_repeated_respondent_counts(tmp_path: Path) -> None:
    frame, _ = read_respondents(write(tmp_path, "respondent;classe\nS01;piccolo\nS01;grande\n"))
    assert frame["classe"].tolist() == ["piccolo"]


def test_without_a_list_each_transcript_is_a_respondent() -> None:
    frame, (missing,) = unlisted_respondents({"b": ("R",), "a": ()})
    assert frame.to_dict("list") == {"respondent": ["a", "b"], "transcript": ["a", "b"], "speaker": ["", ""]}
    assert missing.severity == "warning"


def test_without_a_list_each_speaker_of_a_group_is_a_respondent() -> None:
    frame, (missing,) = unlisted_respondents({"gruppo": ("Ada", "Ugo"), "a": ("R",)})
    assert frame.to_dict("list") == {
        "respondent": ["a", "gruppo: Ada", "gruppo: Ugo"],
        "transcript": ["a", "gruppo", "gruppo"],
        "speaker": ["", "Ada", "Ugo"],
    }
    assert "dove rispondono in più (gruppo), uno per ogni parlante" in missing.say("it")
    assert "where several people answer (gruppo), each speaker as one" in missing.say("en")
