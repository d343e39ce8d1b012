"""A command of Trama's in a process of its own, what it says and how it ends. Decides nothing."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from typing import IO

from flows.isolation import PYTHON


class Child:
    """`python -m` with the `arguments`, started now."""

    def __init__(self, *arguments: str):
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as somebody asks
        self._told = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [*PYTHON, "-m", *arguments], stdin=subprocess.DEVNULL, stdout=self._output, stderr=self._told
        )

    def ended(self) -> int | None:
        """The exit code; None while it goes on."""
        return self._process.poll()

    def output(self) -> str:
        """What it wrote on standard output so far."""
        return _written(self._output)

    def told(self) -> Sequence[str]:
        """The lines that it wrote on standard error so far, without blank ones."""
        return [line.strip() for line in _written(self._told).splitlines() if line.strip()]


def _written(file: IO[bytes]) -> str:
    """The whole file, without moving in it: the process writes where its own end is."""
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode(errors="replace")
