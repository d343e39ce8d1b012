"""`trama run --dask`: two workers as processes, one killed midway; the same bytes as on one machine."""

import os
import signal
import subprocess

import pytest

from tests.acceptance.dask_cluster import dask_cluster
from tests.acceptance.study_files import outputs
from tests.acceptance.trama_command import TRAMA, annotated, command_environment, copy_sample, trama
from tests.acceptance.waiting import PATIENCE, free_port, wait_for

pytestmark = pytest.mark.service


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path):
    here = copy_sample(tmp_path / "a" / "studio")
    there = copy_sample(tmp_path / "b" / "studio")
    local = trama("run", here, scratch=here.parent)
    assert local.returncode == 0, local.stderr

    env = command_environment(there.parent)
    with dask_cluster(tmp_path, 2, env) as (address, workers):
        run = subprocess.Popen([TRAMA, "run", there, "--dask", address], env=env, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: run.poll() is not None or annotated(there), "the first batch", pause=0.05)
        assert run.poll() is None
        os.kill(workers[0].pid, signal.SIGKILL)  # the first batch has come back, the others have not
        assert run.wait(timeout=PATIENCE) == 0, run.stderr.read()
        assert workers[1].poll() is None

    first = outputs(here)
    second = outputs(there)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_no_scheduler_at_the_address_is_said_in_words(tmp_path):
    study = copy_sample(tmp_path / "studio", interviews=1)
    failed = trama("run", study, "--dask", f"tcp://127.0.0.1:{free_port()}", scratch=tmp_path)
    assert failed.returncode == 1
    assert "nessuno scheduler di Dask risponde" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (study / "runs").exists()
