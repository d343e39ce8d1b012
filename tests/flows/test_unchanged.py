"""A run that would give what the latest gave is told without a model or a server, and any change is noticed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.input_files import input_hashes
from corpus.settings import read_settings
from flows import unchanged
from flows.unchanged import run_identity, unchanged_run
from outputs.run.folder import MANIFEST, latest_run, new_run

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"


@pytest.fixture
def study(tmp_path):
    """The bundled study with a run whose manifest says that it was made from it, with one error in the data."""
    study = shutil.copytree(SAMPLE, tmp_path / "studio")
    identity = run_identity(input_hashes(study), read_settings(study).analysis, "it")
    with new_run(study) as run:
        problems = ["error: transcripts/S99.pdf: non si legge"]
        counted = {"errors": 1, "warnings": 0, "left_out": []}
        manifest = {"identity": identity, "problems": problems, "tally": counted}
        (run.folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return study


def test_the_latest_run_of_an_unchanged_study_is_kept(study):
    assert unchanged_run(study, None) == latest_run(study)
    assert unchanged_run(study, "it") == latest_run(study)


def test_another_language_and_a_strict_run_over_errors_need_a_run(study):
    assert unchanged_run(study, "en") is None
    assert unchanged_run(study, None, strict=True) is None


@pytest.mark.parametrize("file", ["transcripts/S03.txt", "codebook.csv", "questionnaire.csv", "study.toml"])
def test_every_file_of_the_study_counts(study, file):
    with (study / file).open("a", encoding="utf-8") as opened:
        opened.write("\n# ")
    assert unchanged_run(study, None) is None


def test_other_models_and_another_trama_need_a_run(study, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "model_files_hash", lambda _options: "other models")
        assert unchanged_run(study, None) is None
    monkeypatch.setattr(unchanged, "versions", lambda: {"spacy": "9"})
    assert unchanged_run(study, None) is None


def test_a_damaged_manifest_or_settings_need_a_run(study):
    (study / "study.toml").write_text("[study", encoding="utf-8")
    assert unchanged_run(study, None) is None
    (latest_run(study) / MANIFEST).write_text("{", encoding="utf-8")
    assert unchanged_run(study, None) is None


def test_neither_spacy_nor_bertopic_nor_prefect_is_imported_to_tell(study):
    code = (
        "import sys; from pathlib import Path; from flows.run_study import run_study; run_study(Path(sys.argv[1]));"
        "print(sorted({'spacy', 'bertopic', 'prefect', 'sklearn'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code, study], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
