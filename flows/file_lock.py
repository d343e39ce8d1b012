"""Locks of files across processes. A lock ends with the process that holds it, however it ends. Knows no study."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 4096  # bytes that whoever holds a lock may say in it


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


def written_by_holder(file: Path) -> bytes | None:
    """What stands in `file` while a process of this machine holds its lock; None while none does.

    A file that nobody has locked was left by a process that ended.
    """
    try:
        lock = os.open(file, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.read(lock, _LONGEST)
    except OSError:
        return None
    finally:
        os.close(lock)
    return None
