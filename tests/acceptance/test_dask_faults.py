"""A real Dask cluster that dies, or is another Trama: said in words within a clear time, never waited for for ever."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

import nlp
from flows.cluster import Cluster, ClusterError, check_cluster, open_cluster
from tests.acceptance.dask_cluster import dask_cluster
from tests.acceptance.running_service import ANALYSE, ENDED, serving
from tests.acceptance.trama_command import TRAMA, annotated, command_environment, copy_sample, trama
from tests.acceptance.waiting import PATIENCE, wait_for

pytestmark = pytest.mark.service


def _end(process):
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def _refused(work):
    with pytest.raises(ClusterError) as refused:
        work()
    return refused.value.say("it")


def test_without_a_worker_left_the_work_is_given_up_after_the_patience(tmp_path):
    with (
        dask_cluster(tmp_path, 1, command_environment(tmp_path)) as (address, (worker, _)),
        open_cluster(address) as crew,
    ):
        assert crew.submit(abs, -3).result() == 3
        hurried = Cluster(crew._client, address, patience=2)
        pending = hurried.submit(time.sleep, 600)
        _end(worker)
        start = time.monotonic()
        said = _refused(pending.result)
        assert time.monotonic() - start < 60
        assert f"il cluster Dask a `{address}` non ha più nessun processo di calcolo da 2 secondi" in said
        assert "erano 1" in said and f"dask worker {address}" in said
        assert "non ha processi di calcolo" in _refused(lambda: check_cluster(address))


def test_a_scheduler_that_dies_is_said(tmp_path):
    with (
        dask_cluster(tmp_path, 1, command_environment(tmp_path)) as (address, (_, head)),
        open_cluster(address) as crew,
    ):
        pending = crew.submit(time.sleep, 600)
        _end(head)
        assert f"lo scheduler di Dask a `{address}` non risponde più" in _refused(pending.result)


def test_work_that_kills_its_workers_is_said(tmp_path):
    env = command_environment(tmp_path) | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with dask_cluster(tmp_path, 1, env) as (address, _), open_cluster(address) as crew:
        assert "muoiono uno dopo l'altro" in _refused(crew.submit(os._exit, 9).result)


def test_a_worker_of_another_trama_or_without_one_is_refused_before_the_run(tmp_path):
    other = tmp_path / "other" / "nlp"
    other.mkdir(parents=True)
    for entry in Path(nlp.__path__[0]).iterdir():
        (other / entry.name).symlink_to(entry)
    source = (other / "annotation.py").read_text(encoding="utf-8")
    (other / "annotation.py").unlink()
    (other / "annotation.py").write_text(f"{source}# in this version alone\n", encoding="utf-8")
    env = command_environment(tmp_path)
    changed = env | {"PYTHONPATH": f"{other.parent}:{env['PYTHONPATH']}"}
    with dask_cluster(tmp_path, 1, changed) as (address, _):
        said = _refused(lambda: check_cluster(address))
        assert "ha un'altra versione di Trama o delle sue librerie" in said and "installa dappertutto" in said

    (other / "apart.py").unlink()
    (other / "apart.py").write_text("raise ModuleNotFoundError('as where nothing is installed')")
    with dask_cluster(tmp_path, 1, changed) as (address, _):
        assert "Trama non c'è o non si apre" in _refused(lambda: check_cluster(address))


def _wait_for_a_batch(study, ended):
    """Return once the first batch has come back and others have not."""
    wait_for(lambda: ended() or annotated(study), "the first batch", pause=0.05)
    assert not ended()


def test_a_run_whose_cluster_is_gone_stops_with_words_and_goes_on_from_there(tmp_path):
    study = copy_sample(tmp_path / "studio", interviews=8)
    env = command_environment(tmp_path)
    with dask_cluster(tmp_path, 1, env) as (address, (worker, _)):
        run = subprocess.Popen([TRAMA, "run", study, "--dask", address], env=env, stderr=subprocess.PIPE, text=True)
        _wait_for_a_batch(study, lambda: run.poll() is not None)
        _end(worker)
        _, said = run.communicate(timeout=PATIENCE)
    assert run.returncode == 1
    assert f"il cluster Dask a `{address}` non ha più nessun processo di calcolo da 60 secondi" in said
    assert "Poi ripeti la corsa: riprende da dove era arrivata" in said
    assert "Traceback" not in said and "distributed" not in said
    assert not (study / "runs").exists()
    kept = {path: path.stat().st_mtime_ns for path in (study / ".trama" / "store").rglob("*.parquet")}
    assert trama("run", study, scratch=tmp_path).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_the_services_runs_use_the_cluster_and_go_on_without_it(tmp_path):
    study = copy_sample(tmp_path / "studi" / "sindaci", interviews=8)
    with (
        dask_cluster(tmp_path, 1, command_environment(tmp_path)) as (address, (worker, _)),
        serving(tmp_path, "--dask", address) as service,
    ):
        run = service.start(ANALYSE, {"studio": "sindaci"})
        _wait_for_a_batch(study, lambda: service.state(run)["type"] in ENDED)
        _end(worker)
        ended = service.end_of(run)
        assert ended["type"] == "COMPLETED", ended["message"]
        said = wait_for(
            lambda: [line for line in service.logs(run) if "va avanti su questa macchina" in line], "the log"
        )
    assert f"`{address}` non ha più nessun processo di calcolo da 60 secondi" in said[0]
    assert (study / "runs" / "latest" / "rapporto.html").is_file()
