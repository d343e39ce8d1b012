"""Where stages run and are watched: a host. The plain one is this process, with a log file.

The other host is Prefect (flows.prefect_host). A host changes nothing of what a stage makes.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Protocol, TypeVar

from corpus.words.language import Bilingual
from flows.progress import Progress

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

    def watch(
        self, stage: Bilingual, segments: int | None = None, note: Bilingual | None = None
    ) -> AbstractContextManager[None]:
        """Show that the stage of that name goes on while the block lasts.

        `segments` is how many it will have done, where it tells `advance`; `note` is what else there is to say of it.
        """
        ...

    def advance(self, segments: int) -> None:
        """So many more segments of the stage that goes on are done."""
        ...

    def info(self, text: str, *values: object) -> None:
        """A line of the run's log; `values` fill its %-signs."""
        ...

    def warning(self, text: str, *values: object) -> None:
        """A line of the run's log that people should see."""
        ...


@dataclass(frozen=True)
class PlainHost:
    """This process alone: how far it is goes to `progress`, lines into Python's log."""

    progress: Progress = field(default_factory=Progress)

    def do(self, stage: Bilingual, work: Callable[[], Made], count: int | None = None) -> Made:
        """What `work` returns. The log says how long it took."""
        start = time.perf_counter()
        made = work()
        counted = "" if count is None else f": {count} segmenti"
        log.info("%s%s (%.1f s)", stage.it, counted, time.perf_counter() - start)
        return made

    def watch(
        self, stage: Bilingual, segments: int | None = None, note: Bilingual | None = None
    ) -> AbstractContextManager[None]:
        """Tell the progress, and the log what else there is to say."""
        if note:
            log.info("%s: %s", stage.it, note.it)
        return self.progress.stage(stage, segments, note)

    def advance(self, segments: int) -> None:
        """Tell the progress."""
        self.progress.advance(segments)

    def info(self, text: str, *values: object) -> None:
        """A line of the log."""
        log.info(text, *values)

    def warning(self, text: str, *values: object) -> None:
        """A line of the log."""
        log.warning(text, *values)


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
