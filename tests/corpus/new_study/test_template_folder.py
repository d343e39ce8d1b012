import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.errors import StudyError
from corpus.input_files import input_hashes
from corpus.new_study.template_folder import create_study
from corpus.study import read_study
from corpus.words.language import Language


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_new_study_passes_the_check(tmp_path: Path, language: Language) -> None:
    files = create_study(tmp_path / "nuovo" / "studio", language)
    study = read_study(tmp_path / "nuovo" / "studio")
    example = {"it": "esempio", "en": "example"}[language]
    assert [fault.severity for fault in study.problems] == ["warning"]
    assert f"{example}/" in study.problems[0].say(language)
    assert study.settings.study.language == language and study.settings.study.fictional
    assert len(study.human_codings) == 3
    assert "README.md" in files and f"{example}/transcripts/R01.txt" in files
    assert read_study(tmp_path / "nuovo" / "studio" / example).problems == ()


@pytest.mark.parametrize("language", ["it", "en"])
def test_nothing_of_the_template_counts_beside_ones_own_interviews(tmp_path: Path, language: Language) -> None:
    """Whoever copies interviews into a new study, and touches nothing else, has a study of these alone."""
    create_study(tmp_path, language)
    for name in ("Anna", "Bruno"):
        (tmp_path / "transcripts" / f"{name}.txt").write_text("Intervistatore: E poi?\n\nSindaca: Poi niente.\n")
    study = read_study(tmp_path)
    assert [fault.say("it") for fault in study.problems if fault.severity == "error"] == []
    assert list(study.respondents["respondent"]) == ["Anna", "Bruno"]
    assert [transcript.id for transcript in study.transcripts] == ["Anna", "Bruno"]
    assert (study.items, study.themes, len(study.answers), len(study.human_codings)) == ((), (), 0, 0)
    assert not study.settings.study.fictional
    assert set(input_hashes(tmp_path)) == {
        *("codebook.csv", "questionnaire.csv", "respondents.csv", "study.toml"),
        *("transcripts/Anna.txt", "transcripts/Bruno.txt"),
    }


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("respondents.csv", "respondent;transcript\nAnna;Anna\n"),
        ("codebook.csv", "code;label\nlavoro;Lavoro\n"),
        ("questionnaire.sav", "qualunque cosa"),
        ("transcripts/Anna.doc", "vecchio Word"),
    ],
)
def test_a_study_that_is_begun_is_not_taken_for_its_example(tmp_path: Path, file: str, text: str) -> None:
    create_study(tmp_path)
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"transcripts/|formato"):
        read_study(tmp_path)


def test_an_example_that_leads_out_of_the_study_is_not_read(tmp_path: Path) -> None:
    create_study(tmp_path / "altrove")
    create_study(tmp_path / "studio")
    shutil.rmtree(tmp_path / "studio" / "esempio")
    (tmp_path / "studio" / "esempio").symlink_to(tmp_path / "altrove" / "esempio")
    with pytest.raises(StudyError, match="nessuna trascrizione"):
        read_study(tmp_path / "studio")


def test_every_column_of_the_tables_is_explained(tmp_path: Path) -> None:
    create_study(tmp_path, "it")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    for name in ("codebook.csv", "questionnaire_codebook.csv", "codings.csv"):
        header = (tmp_path / "esempio" / name).read_text(encoding="utf-8").splitlines()[0]
        assert [column for column in header.split(";") if f"`{column}`" not in readme] == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "miei appunti.txt").write_text("cari")
    with pytest.raises(StudyError, match="esiste già"):
        create_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["miei appunti.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "studio").write_text("x")
    with pytest.raises(StudyError, match="esiste già"):
        create_study(tmp_path / "studio")


def test_a_workbook_beside_the_empty_table_of_the_template_is_read(tmp_path: Path) -> None:
    create_study(tmp_path)
    (tmp_path / "transcripts" / "Anna.txt").write_text("Intervistatore: E poi?\n\nAnna: Poi niente.\n")
    workbook = Workbook()
    for row in (("respondent", "transcript", "classe"), ("Anna", "Anna", "piccolo")):
        workbook.active.append(row)
    workbook.save(tmp_path / "respondents.xlsx")
    study = read_study(tmp_path)
    assert study.respondents["classe"].tolist() == ["piccolo"]
    assert not [fault for fault in study.problems if fault.file.startswith("respondents")]
