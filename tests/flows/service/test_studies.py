"""The service touches the studies directly below its folder, whatever it is asked for."""

import pytest

from corpus.errors import StudyError
from flows.service.studies import check_root, find_studies, study_in


@pytest.fixture
def root(tmp_path):
    studies = tmp_path / "studi"
    for name in ("alfa", "beta", ".nascosto"):
        (studies / name).mkdir(parents=True)
        (studies / name / "study.toml").write_text("")
    (studies / "appunti").mkdir()
    outside = tmp_path / "altrove"
    outside.mkdir()
    (outside / "study.toml").write_text("")
    (studies / "collegamento").symlink_to(outside)
    return studies


def test_only_real_subfolders_with_a_study_file_count(root):
    assert list(find_studies(root)) == ["alfa", "beta"]


@pytest.mark.parametrize(
    "name",
    ["..", "../altrove", "collegamento", ".nascosto", "appunti", "alfa/../beta", "/etc", "", "alfa\0", "a" * 5000],
)
def test_anything_else_is_refused_with_the_names_that_there_are(root, name):
    with pytest.raises(StudyError) as refused:
        study_in(root, name)
    assert "alfa, beta" in refused.value.say("it")


def test_a_folder_without_studies_is_not_served(tmp_path):
    with pytest.raises(StudyError, match="trama init"):
        check_root(tmp_path)
    with pytest.raises(StudyError, match="non c'è"):
        check_root(tmp_path / "nessuna")
