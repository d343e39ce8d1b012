"""`trama run` beside a Prefect server: a flow run there, the same bytes, and plain words when the server dies."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest

from tests.acceptance.running_service import serving
from tests.acceptance.study_files import outputs
from tests.acceptance.test_killed_run import end_when
from tests.acceptance.trama_command import TRAMA, annotated, command_environment, copy_sample, trama
from tests.acceptance.waiting import PATIENCE, free_port, wait_for

LOST_SECONDS = 120  # half a minute of patience, on a machine with much to do


@contextmanager
def _prefect_server(scratch):
    """The address of the API of a Prefect server, and its process."""
    port = free_port()
    (scratch / "prefect").mkdir()
    environment = command_environment(scratch) | {
        "PREFECT_HOME": str(scratch / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{scratch}/prefect/prefect.db",
    }
    command = [sys.executable, "-P", "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (scratch / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        address = f"http://127.0.0.1:{port}/api"
        wait_for(lambda: urllib.request.urlopen(f"{address}/health").status == 200, "the server")
        yield address, process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ask(address, path):
    request = urllib.request.Request(f"{address}/{path}", b"{}", {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_a_run_is_a_flow_run_of_a_server_that_is_configured_and_ends_in_words_when_it_dies(tmp_path):
    plain, told = (copy_sample(tmp_path / name / "studio", interviews=3) for name in ("plain", "told"))
    assert trama("run", plain, scratch=tmp_path).returncode == 0
    with _prefect_server(tmp_path) as (address, server):
        code, said = end_when(
            lambda: annotated(told),
            told,
            tmp_path,
            lambda _run: os.killpg(server.pid, signal.SIGKILL),
            LOST_SECONDS,
            PREFECT_API_URL=address,
        )
    assert code == 1
    assert said.startswith(f"il server Prefect {address}, che segue questa analisi (studio «studio»), non risponde più")
    assert said.count("\n") == 1
    (tmp_path / "prefect").rename(tmp_path / "before")
    with _prefect_server(tmp_path) as (address, _server):
        done = subprocess.run(
            [TRAMA, "run", told, "--quiet"], env=command_environment(tmp_path) | {"PREFECT_API_URL": address},
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        (run,) = _ask(address, "flow_runs/filter")
        stages = {each["name"] for each in _ask(address, "task_runs/filter")}
        logs = [line["message"] for line in _ask(address, "logs/filter")]
    assert run["state"]["type"] == "COMPLETED"
    assert {"Leggi lo studio", "Codifica i temi", "Scrivi tabelle e rapporto"} <= stages
    assert any(message.endswith(" codifiche") for message in logs)
    assert outputs(told) == outputs(plain)


@pytest.mark.parametrize("trace", ["environment", "profile"])
def test_a_server_that_is_gone_is_told_and_the_run_needs_none(tmp_path, trace):
    study = copy_sample(tmp_path / "studio", interviews=1)
    address = f"http://127.0.0.1:{free_port()}/api"
    variables = {"PREFECT_API_URL": address}
    if trace == "profile":
        (tmp_path / "profiles.toml").write_text(f'active = "mio"\n[profiles.mio]\nPREFECT_API_URL = "{address}"\n')
        variables = {"PREFECT_PROFILES_PATH": str(tmp_path / "profiles.toml")}
    program = (
        "import sys; from pathlib import Path; from flows.run_study import Listener, run_study;"
        "run_study(Path(sys.argv[1]), listener=Listener(tell=lambda words: print(words.it)));"
        "print(sorted({'prefect', 'fastapi', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, study], env=command_environment(tmp_path) | variables,
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    words, imported = done.stdout.splitlines()
    assert words.startswith(f"Il server Prefect {address} non risponde come deve")
    assert imported == "[]"
    assert (study / "runs" / "latest" / "rapporto.html").is_file()
    assert not (study / ".trama" / "prefect").exists()


@pytest.mark.service
def test_a_run_at_a_terminal_is_seen_in_the_service_of_its_folder_with_its_artifacts(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=1)
    with serving(tmp_path) as service:
        done = trama("run", study, "--quiet", scratch=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        finished = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}  # and not the nights to come
        (run,) = service.call("flow_runs/filter", finished)
        assert run["deployment_id"] is None
        left = {each["key"]: each["type"] for each in service.call("artifacts/filter", {})}
        assert left["sindaci-sintesi"] == "markdown"
        assert left["annota-il-testo"] == "progress"
        assert "Traceback" not in " ".join(service.logs(run["id"]))
    again = trama(
        "run", study, "--again", "--quiet", scratch=tmp_path
    )  # the service is gone, its lock file is still there
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.service
def test_a_run_that_is_killed_at_a_terminal_does_not_go_on_for_ever_in_the_service(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=1)
    with serving(tmp_path) as service:
        process = subprocess.Popen([TRAMA, "run", study, "--quiet"], env=command_environment(tmp_path))
        going = {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}}
        (run,) = wait_for(lambda: service.call("flow_runs/filter", going), "the flow run")
        process.kill()
        process.wait()
        ended = service.end_of(run["id"])
        assert ended["type"] == "CRASHED"
        assert ended["message"].startswith("Il comando che l'aveva avviata in un terminale è finito prima del tempo")
        assert ended["message"] == service.logs(run["id"])[-1]
