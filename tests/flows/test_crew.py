"""Whoever does the work, the results are the same; a process that dies loses nothing."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.crew import Processes, ThisProcess, crew_for

THIS = os.getpid()


def _double(number):
    return 2 * number


def _die_elsewhere(parent, number):
    if os.getpid() != parent:
        os._exit(9)  # as when the system kills a process that is out of memory
    return number


def test_work_is_done_in_the_order_in_which_it_is_asked_for():
    pending = [ThisProcess().submit(_double, number) for number in range(3)]
    assert [each.result() for each in pending] == [0, 2, 4]


def test_processes_give_the_same_and_what_a_dead_one_had_is_done_here():
    crew = Processes(1)
    try:
        pending = [crew.submit(_double, number) for number in range(3)]
        assert [each.result() for each in pending] == [0, 2, 4]
        lost = [crew.submit(_die_elsewhere, THIS, number) for number in range(3)]
        assert [each.result() for each in lost] == [0, 1, 2]
        assert crew.submit(_double, 4).result() == 8
    finally:
        crew.close()


def test_a_run_that_fails_or_is_interrupted_does_not_wait_for_them():
    with pytest.raises(KeyboardInterrupt), crew_for(2) as crew:
        pending = crew.submit(time.sleep, 600)
        assert crew.submit(_double, 1).result() == 2  # one that is at work, one that is not
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
    assert pending.future.done()


def test_its_processes_hear_no_ctrl_c_and_end_without_a_word_when_the_run_is_killed():
    program = """
import os, signal, time
from flows.crew import Processes
if __name__ == "__main__":
    crew = Processes(1)
    print(crew.submit(os.getpid).result(), flush=True)
    print(signal.SIGINT in crew.submit(signal.pthread_sigmask, signal.SIG_BLOCK, []).result(), flush=True)
    time.sleep(600)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        worker = int(run.stdout.readline())
        assert Path(f"/proc/{worker}").exists()
        assert run.stdout.readline() == "True\n"
        os.kill(run.pid, signal.SIGKILL)
        assert run.stderr.read() == ""
    deadline = time.monotonic() + 30
    while (Path(f"/proc/{worker}/stat")).exists() and " Z " not in Path(f"/proc/{worker}/stat").read_text():
        assert time.monotonic() < deadline, "the process outlived its run"
        time.sleep(0.05)
