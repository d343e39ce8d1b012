"""A process measured with all the processes that it starts: wall and CPU seconds, and memory. Linux (/proc)."""

import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Measured:
    """`wall` and `cpu` seconds; `largest` peak MB of any one process, `together` of all at once, shared pages once."""

    wall: float
    cpu: float
    largest: float
    together: float
    output: str


def run_measured(arguments: Sequence[object], cwd: Path, bytecode: Path) -> Measured:
    """Run `python ARGUMENTS` in `cwd` to its end. Raises RuntimeError, with what it said, when it fails."""
    env = environment(bytecode)
    before = _cpu_of_children()
    started = time.perf_counter()
    command = [sys.executable, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    ended = threading.Event()
    peaks = {"largest": 0.0, "together": 0.0}
    watcher = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
    watcher.start()
    output, said = process.communicate()
    wall = time.perf_counter() - started
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Measured(wall, _cpu_of_children() - before, peaks["largest"], peaks["together"], output)


def environment(bytecode: Path) -> dict[str, str]:
    """The environment of the processes measured: their compiled modules are kept in the folder `bytecode`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "PYTHONDONTWRITE"))}
    return {**env, "PYTHONPYCACHEPREFIX": str(bytecode)}


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(root: int, ended: threading.Event, peaks: dict[str, float]) -> None:
    while not ended.wait(_LOOK_SECONDS):
        processes = list(_family(root))
        largest = max((_kilobytes(process, "status", "VmHWM") for process in processes), default=0)
        together = sum(_kilobytes(process, "smaps_rollup", "Pss") for process in processes)
        peaks["largest"] = max(peaks["largest"], largest / 1024)
        peaks["together"] = max(peaks["together"], together / 1024)


def _family(root: int) -> Iterator[int]:
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _kilobytes(process: int, file: str, key: str) -> int:
    try:
        found = re.search(rf"^{key}:\s+(\d+)", Path(f"/proc/{process}/{file}").read_text(), re.MULTILINE)
    except OSError:  # it has ended
        return 0
    return int(found[1]) if found else 0
