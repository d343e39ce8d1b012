from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.init import create_study
from corpus.language import Language
from corpus.study import read_study


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_new_study_passes_the_check(tmp_path: Path, language: Language) -> None:
    files = create_study(tmp_path / "nuovo" / "studio", language)
    study = read_study(tmp_path / "nuovo" / "studio")
    assert study.problems == ()
    assert study.settings.study.language == language
    assert len(study.human_codings) == 3
    assert "README.md" in files and "transcripts/R01.txt" in files


def test_every_column_of_the_tables_is_explained(tmp_path: Path) -> None:
    create_study(tmp_path, "it")
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    for name in ("codebook.csv", "questionnaire_codebook.csv", "codings.csv"):
        header = (tmp_path / name).read_text(encoding="utf-8").splitlines()[0]
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
