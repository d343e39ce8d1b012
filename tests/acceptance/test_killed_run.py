"""A run ended at any moment leaves no half run behind, and the next one finishes as if nothing had happened."""

import os
import signal
import subprocess
import time

from tests.acceptance.trama_command import TRAMA, command_environment, copy_sample, trama
from tests.acceptance.waiting import wait_for

SECONDS = 20  # for an end without minutes of waiting for a server that is gone, on a machine with much to do


def end_when(reached, study, scratch, end, seconds=SECONDS, **variables):
    """`end` a run of the study once it has got that far; its exit code and what it said."""
    process = subprocess.Popen(
        [TRAMA, "run", study, "--quiet"], env=command_environment(scratch) | variables, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: process.poll() is not None or reached(), "the run to get that far", pause=0.02)
    assert process.poll() is None, "the run ended before it could be ended"
    end(process.pid)
    ended = time.monotonic()
    said = process.communicate()[0]
    assert time.monotonic() - ended < seconds
    assert not (study / "runs").exists()
    return process.returncode, said


def _kill(run):
    os.kill(run, signal.SIGKILL)


def _press_ctrl_c(run):
    os.killpg(run, signal.SIGINT)


def test_a_run_ended_while_reading_annotating_or_writing_leaves_no_half_run(tmp_path):
    study = copy_sample(tmp_path / "studio", interviews=3)
    store = study / ".trama" / "store"
    unfinished = study / ".trama" / "unfinished"
    code, said = end_when(lambda: any(store.rglob("*.parquet")), study, tmp_path, _press_ctrl_c)
    assert code in (130, -signal.SIGINT)  # Python's own end where it came in the midst of generated code
    assert said == "Interrotto: quello che era finito resta.\n"

    end_when(lambda: any(unfinished.glob("*/*")), study, tmp_path, _kill)

    finished = trama("run", study, scratch=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert (study / "runs" / "latest" / "manifest.json").exists()
    assert list((study / ".trama" / "unfinished").iterdir()) == []
