"""How a child process ends with its parent, however the parent dies: a pipe that then closes. Imports nothing heavy."""

import os
import threading
from collections.abc import Callable
from multiprocessing import connection, parent_process


def when_parent_ends(end: Callable[[], None]) -> None:
    """Call `end` in a thread of its own as soon as this process's standard input closes."""

    def wait() -> None:
        # Not sys.stdin: its lock, held by a waiting thread, aborts the interpreter at exit.
        while os.read(0, 1024):
            pass
        end()

    threading.Thread(target=wait, daemon=True).start()


def end_with_parent() -> None:
    """In a process that multiprocessing started: end, whatever it is doing, when the one that started it has ended."""
    parent = parent_process()
    assert parent is not None

    def wait() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
