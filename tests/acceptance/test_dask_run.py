"""`trama run --dask`: two workers as processes, one killed midway; the same bytes as on one machine."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest

from tests.acceptance.test_reproducible import _outputs
from tests.acceptance.trama_command import TRAMA, command_environment, copy_sample, trama

pytestmark = pytest.mark.service


@contextmanager
def _process(*arguments, log, env):
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=output, stderr=output, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _until(condition, seconds=180):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path):
    """Scheduler's address, and the two workers' processes with their logs."""
    env = command_environment(tmp_path)
    address = f"tcp://127.0.0.1:{_free_port()}"
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
    with ExitStack() as stack:
        scheduler = ("distributed.cli.dask_scheduler", "--host", address, "--no-dashboard")
        stack.enter_context(_process(*scheduler, log=tmp_path / "scheduler.log", env=env))
        workers = []
        for number in (1, 2):
            log = tmp_path / f"worker{number}.log"
            command = ("distributed.cli.dask_worker", address, *options)
            workers.append((stack.enter_context(_process(*command, log=log, env=env)), log))
        _until(lambda: all(re.search(r"Registered to", log.read_text()) for _, log in workers))
        yield address, workers


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path, cluster):
    address, workers = cluster
    here, there = copy_sample(tmp_path / "a" / "studio"), copy_sample(tmp_path / "b" / "studio")
    local = trama("run", here, scratch=here.parent)
    assert local.returncode == 0, local.stderr

    command = [TRAMA, "run", there, "--dask", address]
    run = subprocess.Popen(command, env=command_environment(there.parent), stderr=subprocess.PIPE, text=True)
    store = there / ".trama" / "store"
    _until(lambda: run.poll() is not None or any(store.rglob("*.parquet")))
    os.kill(workers[0][0].pid, signal.SIGKILL)  # the first batch has come back, the others have not
    assert run.wait(timeout=600) == 0, run.stderr.read()
    assert workers[1][0].poll() is None

    first, second = _outputs(here), _outputs(there)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_no_scheduler_at_the_address_is_said_in_words(tmp_path):
    study = copy_sample(tmp_path / "studio", interviews=1)
    failed = trama("run", study, "--dask", f"tcp://127.0.0.1:{_free_port()}", scratch=tmp_path)
    assert failed.returncode == 1
    assert "nessuno scheduler di Dask risponde" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (study / "runs").exists()
