"""A run appears whole or not at all."""

import os
import signal
import subprocess
import sys
import time

import pytest

from outputs.run.folder import latest_run, new_run


def test_a_whole_run_is_named_by_latest(tmp_path):
    with new_run(tmp_path) as run:
        (run.folder / "report.html").write_text("x")
    assert latest_run(tmp_path) == run.published
    assert (run.published / "report.html").read_text() == "x"


def test_a_run_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), new_run(tmp_path) as run:
        (run.folder / "report.html").write_text("x")
        raise RuntimeError
    assert latest_run(tmp_path) is None
    assert list((tmp_path / ".trama" / "unfinished").iterdir()) == []


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path):
    with new_run(tmp_path) as first, new_run(tmp_path) as second:
        (first.folder / "a").touch()
        (second.folder / "b").touch()
    assert first.published != second.published
    assert (first.published / "a").exists()
    assert (second.published / "b").exists()


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from outputs.run.folder import new_run\n"
        "with new_run(Path(sys.argv[1])) as run:\n"
        "    (run.folder / 'half').touch(); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
    unfinished = tmp_path / ".trama" / "unfinished"
    deadline = time.monotonic() + 30
    while not list(unfinished.glob("*/half")):
        assert time.monotonic() < deadline, "the run never began"
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert latest_run(tmp_path) is None
    with new_run(tmp_path):
        assert not list(unfinished.glob("*/half"))
