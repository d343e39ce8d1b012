"""A study with faults: each is named, the rest still runs, `--strict` stops, and nothing good is lost."""

import csv

import pytest

from tests.acceptance.trama_command import copy_sample, trama

TOLD = (
    "6 errori, 2 avvisi: due interviste lasciate fuori, un'intervista senza rispondente, 1 errore in respondents.csv, "
    "1 errore in questionnaire.csv, 1 errore in codings.csv."
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("faulty")


@pytest.fixture(scope="module")
def study(scratch):
    """The bundled study with a broken Word file, an empty interview, an unknown speaker, an answer outside the codes,
    respondents without interview and one interview without respondent."""
    study = copy_sample(scratch / "studio", interviews=4)
    (study / "transcripts" / "S01.txt").unlink()
    (study / "transcripts" / "S90.docx").write_bytes(b"PK\\x03\\x04 broken")
    (study / "transcripts" / "S91.txt").write_text("", encoding="utf-8")
    (study / "transcripts" / "S92.txt").write_text(
        "INTERVISTATRICE: Buongiorno.\n\nSINDACO: Il bilancio non basta, mancano i soldi per le strade.\n",
        encoding="utf-8",
    )
    path = study / "transcripts" / "S02.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\nVIGILE: Scusate, disturbo?\n", encoding="utf-8")
    questionnaire = study / "questionnaire.csv"
    lines = questionnaire.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(";").index("Q05")
    cells = lines[3].split(";")
    cells[place] = "77"
    lines[3] = ";".join(cells)
    questionnaire.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return study


def test_check_names_every_fault_with_file_row_and_column(scratch, study):
    checked = trama("check", study, scratch=scratch)
    assert checked.returncode == 1
    assert "Traceback" not in checked.stdout + checked.stderr
    for words in ("S90.docx", "S91.txt", "VIGILE", "S01", "S92", "questionnaire.csv, riga 4, colonna Q05"):
        assert words in checked.stdout, words
    english = trama("check", study, "--language", "en", scratch=scratch)
    assert "questionnaire.csv, row 4, column Q05" in english.stdout


def test_strict_stops_before_anything_is_written(scratch, study):
    stopped = trama("run", study, "--strict", scratch=scratch)
    assert stopped.returncode == 1
    assert "S90.docx" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not (study / "runs").exists()


def test_the_rest_still_runs_and_the_report_lists_what_was_left_out(scratch, study):
    finished = trama("run", study, scratch=scratch)
    assert finished.returncode == 3, finished.stderr  # the run is made, and the code says that something is missing
    assert finished.stdout.splitlines()[-3:] == [
        TOLD,
        f"Li elenca: trama check {study}",
        f"Per leggere e correggere: trama read {study}",
    ]
    again = trama("run", study, scratch=scratch)
    assert again.returncode == 3
    assert again.stdout == finished.stdout, "nothing changed, and the same is said"
    latest = study / "runs" / "latest"
    with (latest / "tabelle" / "lasciati_fuori.csv").open(encoding="utf-8-sig", newline="") as file:
        left_out = " ".join(" ".join(row.values()) for row in csv.DictReader(file, delimiter=";"))
    page = (latest / "rapporto.html").read_text(encoding="utf-8")
    for words in ("S90.docx", "S91.txt", "VIGILE"):
        assert words in left_out
        assert words in page


def test_a_folder_that_is_no_study_is_a_clear_message(scratch, tmp_path):
    stopped = trama("run", tmp_path / "nessuna", scratch=scratch)
    assert stopped.returncode == 1
    assert "non c'è" in stopped.stderr
    empty = trama("check", tmp_path, scratch=scratch)
    assert empty.returncode == 1
    assert "trama init" in empty.stderr


def test_a_study_made_by_init_passes_the_check(scratch, tmp_path):
    made = trama("init", tmp_path / "nuovo", scratch=scratch)
    assert made.returncode == 0, made.stderr
    checked = trama("check", tmp_path / "nuovo", scratch=scratch)
    assert checked.returncode == 0, checked.stdout
    assert "0 errori" in checked.stdout


@pytest.mark.parametrize(("language", "word"), [("it", "Crea una cartella"), ("en", "Make a commented")])
def test_help_speaks_italian_and_english(scratch, language, word):
    shown = trama("init", "--help", "--language", language, scratch=scratch)
    assert word in shown.stdout
