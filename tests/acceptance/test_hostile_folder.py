"""Nothing of the current folder or of the study is imported, whatever command is given there."""

import shutil
import subprocess

import pytest

from tests.acceptance.hostile_folder import make_hostile
from tests.acceptance.running_service import ANALYSE, NIGHT, serving
from tests.acceptance.trama_command import TRAMA, command_environment, copy_sample


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def study(scratch):
    """A small study with one run, exported, in whose own folder the traps lie and the commands are given."""
    study = copy_sample(scratch / "studio", interviews=2)
    make_hostile(study, scratch / "imported")
    _trama(study, scratch, "run", ".", "--processes", "2")
    _trama(study, scratch, "export", ".", "--format", "docx,figures,qdpx")
    return study


def _trama(study, scratch, *arguments, **variables):
    done = subprocess.run(
        [TRAMA, *arguments], cwd=study, env=command_environment(scratch) | variables, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert not (scratch / "imported").exists(), (arguments, (scratch / "imported").read_text())
    assert "Traceback" not in done.stdout + done.stderr
    assert "Fatal Python error" not in done.stderr
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_a_run_makes_its_report_and_an_export_its_files(study):
    assert (study / "runs" / "latest" / "rapporto.html").is_file()
    assert {".docx", ".qdpx"} <= {path.suffix for path in study.rglob("*")}


@pytest.mark.parametrize(
    "command",
    [
        "suggest . --number 5",
        "check .",
        "check . --write-codebook bozza.csv",
        "privacy .",
        "why . temi personale Segmenti",
        "diff runs/latest runs/latest",
        "gc .",
        "init ../nuovo",
    ],
)
def test_a_command_imports_nothing_from_where_it_is_called(study, scratch, command):
    _trama(study, scratch, *command.split())


def test_neither_does_a_study_made_of_a_project(study, scratch):
    project = next(study.rglob("*.qdpx")).relative_to(study)
    _trama(study, scratch, "init", "../da-progetto", "--from", str(project))
    assert (scratch / "da-progetto" / "study.toml").is_file()
    shutil.rmtree(scratch / "da-progetto")


def test_a_path_is_meant_as_it_was_typed(study, scratch):
    told = _trama(study, scratch, "init", "dentro")
    assert told.stdout.endswith("Studio creato in dentro. Poi: trama check dentro\n")
    assert (study / "dentro" / "study.toml").is_file()
    shutil.rmtree(study / "dentro")


@pytest.mark.service
def test_the_service_and_its_runs_import_nothing_from_there_or_from_a_study(tmp_path):
    mark = tmp_path / "imported"
    studies = make_hostile(tmp_path / "studi", mark)
    copy_sample(make_hostile(studies / "sindaci", mark), interviews=2)
    with serving(tmp_path, cwd=studies) as service:
        for name, parameters in ((ANALYSE, {"studio": "sindaci", "da_capo": True}), (NIGHT, {})):
            ended = service.end_of(service.start(name, parameters))
            assert ended["type"] == "COMPLETED", ended["message"]
    assert not mark.exists(), mark.read_text()
