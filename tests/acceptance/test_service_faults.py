"""What dies under the service: a run in each of its stages, its memory, the server and the whole service at night."""

import os
import resource
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.running_service import ANALYSE, NIGHT, serving
from tests.acceptance.trama_command import NO_NETWORK, copy_sample, trama
from tests.acceptance.waiting import free_port, wait_for

pytestmark = pytest.mark.service

STAGES = (
    "read", "segment", "languages", "annotate_batch", "embed_batch", "find_entities_in", "entities", "read_codebook",
    "code", "compare", "topics", "propose", "link", "write",
)  # fmt: skip

# Read by Python when a process starts. The stage that the file names kills its process once it has done its work,
# before anything it made is kept. Only this test has such a file; Trama knows nothing of it.
_KILLS = """
import functools, importlib.util, os, pathlib, signal, sys

class Armed:
    def find_spec(self, name, path=None, target=None):
        if name != "flows.stages":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            order = pathlib.Path(__file__).with_name("kill")
            if order.exists():
                stage = getattr(module, order.read_text())
                work = stage.fn
                @functools.wraps(work)
                def fatal(*given, **named):
                    work(*given, **named)
                    os.kill(os.getpid(), signal.SIGKILL)
                stage.fn = fatal
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Armed())
"""


def _outputs(study):
    latest = study / "runs" / "latest"
    files = [path for path in latest.rglob("*") if path.is_file() and path.name != "manifest.json"]
    return {path.relative_to(latest).as_posix(): path.read_bytes() for path in files}


def _runs(study):
    runs = study / "runs"
    return sorted(path.name for path in runs.iterdir() if not path.is_symlink()) if runs.is_dir() else []


def _say_more(study):
    """Somebody adds an answer to an interview."""
    with (study / "transcripts" / "S01.txt").open("a", encoding="utf-8") as transcript:
        transcript.write("\nSINDACO: Il personale manca sempre e le risorse non bastano per i servizi.\n")


def test_a_run_killed_in_any_stage_is_shown_as_crashed_and_loses_nothing(tmp_path):
    undisturbed = copy_sample(tmp_path / "undisturbed", interviews=3)
    assert trama("run", undisturbed, scratch=tmp_path).returncode == 0
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=3)
    armed = tmp_path / "armed"
    armed.mkdir()
    (armed / "sitecustomize.py").write_text(NO_NETWORK + _KILLS)
    with serving(tmp_path, environment={"PYTHONPATH": str(armed)}) as service:
        for stage in STAGES:
            (armed / "kill").write_text(stage)
            run = service.start(ANALYSE, {"studio": "sindaci"})
            assert (stage, service.end_of(run)["type"]) == (stage, "CRASHED")
            said = wait_for(lambda run=run: _plain_words(service, run), "plain words")
            assert "codice -9" in said
            assert _runs(study) == []
        (armed / "kill").unlink()
        finished = service.end_of(service.start(ANALYSE, {"studio": "sindaci"}))
        assert finished["type"] == "COMPLETED", finished["message"]
    assert _outputs(study) == _outputs(undisturbed)
    assert list((study / ".trama" / "unfinished").iterdir()) == []


def test_a_run_without_memory_says_so_and_two_at_once_wait_for_each_other(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=3)
    with serving(tmp_path, "--parallel", "2") as service:
        starved = service.start(ANALYSE, {"studio": "sindaci"})
        process = wait_for(service.run_processes, "the process of the run")[0]
        wait_for(lambda: "130 segmenti" in service.logs(starved), "the segments")
        resource.prlimit(process, resource.RLIMIT_AS, (_address_space(process), resource.RLIM_INFINITY))
        assert service.end_of(starved)["type"] in {"FAILED", "CRASHED"}
        wait_for(lambda: "memoria" in service.state(starved)["message"], "plain words")
        assert _runs(study) == []

        both = [service.start(ANALYSE, {"studio": "sindaci", "da_capo": True}) for _ in range(2)]
        assert [service.end_of(run)["type"] for run in both] == ["COMPLETED", "COMPLETED"]
        said = wait_for(lambda: [line for run in both for line in service.logs(run) if "aspetto" in line], "the log")
        assert said == ["un'altra corsa di questo studio è in corso: aspetto che finisca"]
    first, second = (study / "runs" / name for name in _runs(study))
    assert (first / "rapporto.html").read_bytes() == (second / "rapporto.html").read_bytes()


def test_the_night_happens_once_though_the_service_dies_before_it_and_the_server_during_it(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=3)
    port = free_port()
    with serving(tmp_path, port=port) as service:
        wait_for(lambda: len(service.runs(NIGHT)) > 1, "the nights to come")
        _die(service)
    _let_two_nights_pass(tmp_path / "studi")
    with serving(tmp_path, port=port) as service:
        night = _started(service, NIGHT, 1)
        _started(service, ANALYSE, 1)
        os.kill(service.child("flows.server_process"), signal.SIGKILL)
        wait_for(service.ready, "the server to be there again")
        assert service.end_of(night)["type"] == "COMPLETED"
        assert len(_runs(study)) == 1
        passed = [run["state"]["type"] for run in service.runs(NIGHT) if run["state"]["type"] != "SCHEDULED"]
        assert sorted(passed) == ["CANCELLED", "COMPLETED"]

        _say_more(study)
        service.start(NIGHT, {})
        second = _started(service, NIGHT, 2)
        _started(service, ANALYSE, 2)
        _die(service)
    with serving(tmp_path, port=port) as service:
        wait_for(lambda: service.state(second)["type"] == "CRASHED", "the dead night to be told")
        resumed = _started(service, NIGHT, 3)
        assert service.end_of(resumed)["type"] == "COMPLETED"
        assert len(_runs(study)) == 2
        states = [run["state"]["type"] for run in _begun(service, NIGHT)]
        assert states == ["COMPLETED", "CRASHED", "COMPLETED"]
        assert not [run for run in service.runs(ANALYSE) if run["state"]["type"] == "RUNNING"]


def _let_two_nights_pass(studies):
    """Put the next two nights into the past, as if nothing had been served since (simulated: nobody waits two days)."""
    with sqlite3.connect(studies / ".trama" / "prefect" / "prefect.db") as database:
        nights = database.execute("select id from flow_run where auto_scheduled order by expected_start_time limit 2")
        for hours, (night,) in zip((30, 6), nights.fetchall(), strict=True):
            past = datetime.now(UTC) - timedelta(hours=hours)
            database.execute(
                "update flow_run set expected_start_time = ?1, next_scheduled_start_time = ?1 where id = ?2",
                (f"{past:%Y-%m-%d %H:%M:%S.%f}", night),
            )
            database.execute(
                "update flow_run_state set state_details = json_set(state_details, '$.scheduled_time', ?) "
                "where flow_run_id = ?",
                (past.isoformat(), night),
            )
    database.close()


def _plain_words(service, run):
    """What the state of a dead run says, once the runner has put it into Italian."""
    message = service.state(run)["message"]
    return message if "riprende da dove era arrivata" in message else None


def _die(service):
    """The machine loses `trama serve`: killed, and what it started ends with it."""
    service.process.kill()
    service.process.wait()
    wait_for(lambda: not _answers(service), "the server to end with it")


def _answers(service):
    try:
        return service.call("health")
    except OSError:
        return False


def _begun(service, name):
    """The runs of a deployment that have begun, oldest first."""
    return [run for run in service.runs(name) if run["start_time"] and run["state"]["type"] != "CANCELLED"]


def _started(service, name, number):
    """The id of the `number`th run of a deployment, once it runs or has run."""

    def started():
        runs = _begun(service, name)
        return runs[number - 1]["id"] if len(runs) >= number else None

    return wait_for(started, f"run {number} of {name}")


def _address_space(process):
    """What the process uses now, in bytes: from here on it gets nothing more."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[0]) * resource.getpagesize()
