"""Processes that Trama starts, or that its libraries start for it, import nothing from the current folder."""

import os
import subprocess
import sys

import pytest

from flows.isolation import absolute_entries, isolated
from flows.server.processes import end_process, start_server
from flows.service.environment import ServiceOptions, service_environment
from tests.acceptance.hostile_folder import make_hostile

CREW = """
import os
from flows.crew import Processes
from flows.isolation import isolated
if __name__ == "__main__":
    with isolated():
        crew = Processes(1)
        print(crew.submit(os.getcwd).result(), flush=True)
        crew.close()
"""


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "imported"


@pytest.fixture
def hostile(tmp_path, mark):
    return make_hostile(tmp_path / "qui", mark)


@pytest.fixture
def served(tmp_path):
    (tmp_path / "studi" / "alfa").mkdir(parents=True)
    return service_environment(ServiceOptions(tmp_path / "studi"))


def _run(command, folder, **variables):
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=os.environ | variables, capture_output=True, text=True, check=False
    )


def test_the_processes_that_annotate(hostile, mark):
    done = _run(["-P", "-c", CREW], hostile)
    assert done.stdout == "/\n", done.stderr
    assert not mark.exists()


def test_the_server(hostile, mark, tmp_path, monkeypatch):
    monkeypatch.chdir(hostile)
    with (tmp_path / "none.log").open("w"):
        server = start_server("127.0.0.1", 0, tmp_path / "server.log")
    end_process(server)
    assert "-P" in server.args
    assert not mark.exists()


def test_the_process_of_a_run_in_the_service_which_prefect_starts(hostile, mark, served):
    _run(["-m", "prefect.engine"], hostile, **served | {"PYTHONSAFEPATH": ""})
    assert mark.exists(), "the traps do not work"
    mark.unlink()
    told = _run(["-m", "prefect.engine"], hostile, **served)
    assert not mark.exists(), told.stderr


def test_prefect_takes_no_settings_from_the_study(hostile, mark, served, tmp_path):
    home = tmp_path / "studi" / ".trama" / "prefect"
    for name in ("logging.yml", "profiles.toml"):
        (home / name).write_bytes((hostile / name).read_bytes())
    told = _run(["-c", "from prefect.logging.configuration import setup_logging; setup_logging()"], "/", **served)
    assert told.returncode == 0, told.stderr
    assert not mark.exists()


def test_settings_and_modules_are_those_of_a_folder_where_only_root_writes(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("PYTHONPATH", f":{hostile / 'mine'}:lib")
    monkeypatch.syspath_prepend("")
    with isolated():
        assert os.getcwd() == "/"  # noqa: PTH109
        assert os.environ["PYTHONPATH"] == str(hostile / "mine")
        assert "" not in sys.path
    assert os.getcwd() == str(hostile)  # noqa: PTH109
    assert sys.path[0] == ""


@pytest.mark.parametrize("modules", ["", ":", ".:", "lib:./x"])
def test_entries_that_depend_on_the_current_folder_go(modules):
    assert absolute_entries(modules) == ""
