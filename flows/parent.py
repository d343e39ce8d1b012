"""How a child process ends with its parent, however the parent dies: a pipe on standard input that then closes."""

import os
import threading
from collections.abc import Callable


def when_parent_ends(end: Callable[[], None]) -> None:
    """Call `end` in a thread of its own as soon as this process's standard input closes."""

    def wait() -> None:
        # Not sys.stdin: its lock, held by a waiting thread, aborts the interpreter at exit.
        while os.read(0, 1024):
            pass
        end()

    threading.Thread(target=wait, daemon=True).start()
