"""One run of a study at a time, across processes. The lock ends with the process that holds it, however it ends."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.server.prefect_home import STATE

_LOCK = "run.lock"


@contextmanager
def study_lock(study: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the study in folder `study`; when another run holds it, call `waiting` once and wait for it."""
    folder = study / STATE
    folder.mkdir(exist_ok=True)
    with held(folder / _LOCK, waiting):
        yield


@contextmanager
def held(file: Path, taken: Callable[[], None]) -> Iterator[int]:
    """Hold the lock of `file`, given as an open descriptor.

    When another process holds it, call `taken`, and wait for it unless that raises.
    """
    lock = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            taken()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def is_worked_on(study: Path) -> bool:
    """Whether a process of this machine holds the lock of the study in folder `study`."""
    try:
        lock = os.open(study / STATE / _LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
