"""Where stages run and are watched: a host. The plain one is this process, with bars on a terminal and a log file.

The other host is Prefect (flows.prefect_host). A host changes nothing of what a stage makes.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd

from corpus.words.language import Bilingual, Language

Made = TypeVar("Made")
_LOG_BYTES = 1_000_000
_ROOMS = ("corpus", "nlp", "outputs", "flows")
log = logging.getLogger(__name__)


@dataclass
class Clock:
    """When the run started (UTC) and `seconds` by part of the run, in the order in which the parts were done."""

    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, part: str) -> Iterator[None]:
        """Note how long the block takes under `part`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = round(time.perf_counter() - start, 3)


class Host(Protocol):
    """What a run needs of the place where it is watched. Texts for the log hold counts and ids, never what was said."""

    def do(self, stage: Bilingual, work: Callable[[], Made], count: int | None = None) -> Made:
        """What `work` returns, done as the stage of that name, or as its batch of `count` segments."""
        ...

    def follow(self, batches: Sequence[pd.DataFrame], bar: Bilingual | None) -> Iterator[pd.DataFrame]:
        """The batches one after the other, each counted by its rows once it is done; shown as the bar of that name."""
        ...

    def info(self, text: str, *values: object) -> None:
        """A line of the run's log; `values` fill its %-signs."""
        ...

    def warning(self, text: str, *values: object) -> None:
        """A line of the run's log that people should see."""
        ...


@dataclass(frozen=True)
class PlainHost:
    """This process alone: bars in `language` where standard error is a terminal, lines into Python's log."""

    language: Language = "it"

    def do(self, stage: Bilingual, work: Callable[[], Made], count: int | None = None) -> Made:
        """What `work` returns. The log says how long it took."""
        start = time.perf_counter()
        made = work()
        counted = "" if count is None else f": {count} segmenti"
        log.info("%s%s (%.1f s)", stage.it, counted, time.perf_counter() - start)
        return made

    def follow(self, batches: Sequence[pd.DataFrame], bar: Bilingual | None) -> Iterator[pd.DataFrame]:
        """The batches, with a bar on a terminal."""
        yield from drawn(batches, bar.say(self.language)) if bar and batches else batches

    def info(self, text: str, *values: object) -> None:
        """A line of the log."""
        log.info(text, *values)

    def warning(self, text: str, *values: object) -> None:
        """A line of the log."""
        log.warning(text, *values)


def drawn(batches: Sequence[pd.DataFrame], name: str) -> Iterator[pd.DataFrame]:
    """The batches, one after the other, with a bar called `name` where standard error is a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    # Where nobody looks no thread draws: a thread that cannot start for want of memory would be waited for for ever.
    on_terminal = console.is_terminal
    yield from track(batches, name, console=console, disable=not on_terminal, auto_refresh=on_terminal)


class _LogFile(RotatingFileHandler):
    """A log on a disk that is full, or not ours to write to, stops no run and prints nothing."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: the run itself says what the disk lacks."""


@contextmanager
def logged_to(file: Path) -> Iterator[None]:
    """What Trama logs in the block goes into `file`, and nothing that any library logs reaches the terminal.

    Libraries' own lines go nowhere: they may hold pieces of what was said.
    """
    root = logging.getLogger()
    silence = logging.NullHandler()
    root.addHandler(silence)
    handler = _LogFile(file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    loggers = [logging.getLogger(room) for room in _ROOMS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
        handler.close()
        root.removeHandler(silence)
