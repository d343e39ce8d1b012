"""One run of a study at a time, across processes. The lock ends with the process that holds it, however it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.file_lock import held, written_by_holder
from flows.server.prefect_home import STATE

_LOCK = "run.lock"


@contextmanager
def study_lock(study: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the study in folder `study`; when another run holds it, call `waiting` once and wait for it."""
    folder = study / STATE
    folder.mkdir(exist_ok=True)
    with held(folder / _LOCK, waiting):
        yield


def is_worked_on(study: Path) -> bool:
    """Whether a process of this machine holds the lock of the study in folder `study`."""
    return written_by_holder(study / STATE / _LOCK) is not None
