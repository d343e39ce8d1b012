"""A study cannot make the service read or write outside its folder."""

import pytest

from corpus.errors import StudyError
from corpus.settings import read_settings
from flows.service.confined import check_confined


@pytest.fixture
def study(tmp_path):
    (tmp_path / "altrove").mkdir()
    (tmp_path / "altrove" / "nomi.txt").write_text("Rossi")
    folder = tmp_path / "studi" / "alfa"
    (folder / "runs" / "r1").mkdir(parents=True)
    (folder / "runs" / "latest").symlink_to("r1")
    (folder / "study.toml").write_text('[study]\ntitle = "Alfa"\n')
    return folder


def test_a_study_of_its_own_files_is_taken(study):
    check_confined(study)


@pytest.mark.parametrize("entry", ["transcripts", "export", "respondents.csv", "codings/altro.xlsx"])
def test_a_link_that_leads_out_is_refused(study, entry):
    (study / entry).parent.mkdir(exist_ok=True)
    (study / entry).symlink_to(study.parent.parent / "altrove")
    with pytest.raises(StudyError, match=entry):
        check_confined(study)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("privacy", "names_file", "../../altrove/nomi.txt"),
        ("privacy", "names_file", "/etc/passwd"),
        ("privacy", "key_folder", "../.."),
        ("outputs", "template", "../../altrove/modello.docx"),
        ("analysis", "encoder", "model2vec:/"),
    ],
)
def test_a_path_in_the_settings_that_leads_out_is_refused(study, section, key, value):
    with (study / "study.toml").open("a") as settings:
        settings.write(f'[{section}]\n{key} = "{value}"\n')
    with pytest.raises(StudyError, match=key):
        check_confined(study)


def test_a_model_in_the_studys_folder_is_never_opened(study):
    (study / "modello").mkdir()
    with (study / "study.toml").open("a") as settings:
        settings.write(f'[analysis]\nencoder = "sentence-transformers:{study / "modello"}"\n')
    with pytest.raises(StudyError, match="programmi"):
        read_settings(study)


def test_a_service_sends_no_interview_off_its_machine(study):
    here = '[study]\ntitle = "Alfa"\n[analysis]\ncoder = "llm"\n[llm]\nmodel = "m"\n'
    (study / "study.toml").write_text(here)
    check_confined(study)
    away = 'address = "http://10.0.0.5"\ntexts_may_leave_this_machine_for = "10.0.0.5"\n'
    (study / "study.toml").write_text(here + away)
    with pytest.raises(StudyError, match="texts_may_leave_this_machine_for"):
        check_confined(study)
    (study / "study.toml").write_text(here + 'address = "http://10.0.0.5"\n')
    check_confined(study)  # which no run reads
