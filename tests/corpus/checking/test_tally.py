"""What `trama run` and `trama check` say at their end of a study's errors and of what they leave out."""

import shutil
from pathlib import Path

import pytest

from corpus.checking.tally import tally
from corpus.study import read_study

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "sample"


@pytest.fixture
def study(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "studio")


def _told(study):
    return tally(read_study(study)).say()


def test_a_study_without_errors(study):
    assert _told(study) == ("0 errori, 0 avvisi", "0 errors, 0 warnings")


@pytest.mark.parametrize(
    ("number", "it", "en"),
    [
        (1, "un'intervista lasciata fuori", "one interview left out"),
        (4, "quattro interviste lasciate fuori", "four interviews left out"),
        (10, "dieci interviste lasciate fuori", "ten interviews left out"),
        (11, "11 interviste lasciate fuori", "11 interviews left out"),
    ],
)
def test_interviews_that_cannot_be_read_are_counted_in_words(study, number, it, en):
    for each in range(number):
        (study / "transcripts" / f"X{each}.docx").write_bytes(b"no Word file")
    told = _told(study)
    assert told.it == f"{number} {'errore' if number == 1 else 'errori'}, 0 avvisi: {it}"
    assert told.en == f"{number} {'error' if number == 1 else 'errors'}, 0 warnings: {en}"


@pytest.mark.parametrize(
    ("name", "content"), [("S01.odt", b"x"), ("X.txt", b""), ("X.xyz", b"testo"), ("X.pdf", b"%PDF")]
)
def test_whatever_the_reason(study, name, content):
    (study / "transcripts" / name).write_bytes(content)
    assert _told(study).it == "1 errore, 0 avvisi: un'intervista lasciata fuori"


def test_an_interview_in_which_nobody_answers(study):
    (study / "transcripts" / "X.txt").write_text("INTERVISTATRICE: Buongiorno.\n\nINTERVISTATRICE: C'è nessuno?\n")
    assert "un'intervista lasciata fuori" in _told(study).it


def test_an_interview_of_nobody_in_the_list(study):
    for name in ("X.txt", "Y.txt"):
        (study / "transcripts" / name).write_text("INTERVISTATRICE: Buongiorno.\n\nSINDACO: Non c'è personale.\n")
    assert _told(study).it.endswith("errori, 0 avvisi: due interviste senza rispondente")


def test_an_interview_with_a_speaker_known_to_nobody(study):
    for name in ("S01", "S02"):
        with (study / "transcripts" / f"{name}.txt").open("a") as talk:
            talk.write("\n\nZia: Permesso, scusate.\n\nZia: Vado via.\n")
        assert tally(read_study(study)).errors == (1 if name == "S01" else 2)
    assert _told(study) == (
        "2 errori, 0 avvisi: due interviste lette in parte",
        "2 errors, 0 warnings: two interviews read in part",
    )


def test_tables_are_named_with_their_errors(study):
    with (study / "codings.csv").open("a") as codings:
        codings.write("S01;parole mai dette;personale;;;Anna\nS01;altre parole mai dette;personale;;;Anna\n")
    with (study / "respondents.csv").open("a") as respondents:
        respondents.write(";S01\n")
    told = _told(study)
    assert "1 errore in codings.csv" in told.it
    assert "1 error in respondents.csv" in told.en
