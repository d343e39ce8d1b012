"""A run killed at any moment leaves no half run behind, and the next one finishes as if nothing had happened."""

import os
import signal
import subprocess

from tests.acceptance.trama_command import TRAMA, annotated, command_environment, copy_sample, trama
from tests.acceptance.waiting import wait_for


def _kill_when(reached, study, scratch):
    process = subprocess.Popen([TRAMA, "run", study], env=command_environment(scratch), stderr=subprocess.DEVNULL)
    wait_for(lambda: process.poll() is not None or reached(), "the run to get that far", pause=0.02)
    assert process.poll() is None, "the run ended before it could be killed"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_run_killed_while_annotating_or_writing_leaves_no_half_run(tmp_path):
    study = copy_sample(tmp_path / "studio", interviews=3)
    _kill_when(lambda: annotated(study), study, tmp_path)
    assert not (study / "runs").exists()
    _kill_when(lambda: any((study / ".trama" / "unfinished").glob("*/*")), study, tmp_path)
    assert not (study / "runs").exists()

    finished = trama("run", study, scratch=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert (study / "runs" / "latest" / "manifest.json").exists()
    assert list((study / ".trama" / "unfinished").iterdir()) == []
