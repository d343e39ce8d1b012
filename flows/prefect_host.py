"""Prefect as a host: a run is a flow run, a stage a task, how far a long one is an artifact.

Imports Prefect, so only after its settings are in the environment (flows.server).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from corpus.words.language import Bilingual
from flows.progress import Progress

Made = TypeVar("Made")


@dataclass
class _Artifact:
    """How far a stage is, as its flow run's page shows it: `done` of `segments`, the page at `percent`."""

    stage: Bilingual
    segments: int
    id: Any = None
    done: int = 0
    percent: int = 0

    def show(self, done: int) -> None:
        """Put it on the page, where it differs by a percent at least: each time is a request."""
        self.done = min(done, self.segments)
        percent = 100 * self.done // self.segments
        said = f"{self.stage.it}: {self.done} segmenti su {self.segments}"
        if self.id is None:
            self.id = create_progress_artifact(0.0, key=artifact_key(self.stage.it), description=said)
        elif percent > self.percent:
            update_progress_artifact(self.id, percent, description=said)
            self.percent = percent


@dataclass
class PrefectHost:
    """The flow run that is going on in this process, which shows how far it is to `progress` too.

    Prefect never sees what a stage makes, only that it was done.
    """

    progress: Progress = field(default_factory=Progress)
    _artifacts: list[_Artifact | None] = field(default_factory=list)  # of the stages that go on, the innermost last

    def do(self, stage: Bilingual, work: Callable[[], Made], count: int | None = None) -> Made:
        """What `work` returns, done as a task that keeps nothing: Trama's own store keeps what is worth keeping."""
        made: list[Made] = []

        # Without arguments and without a result: Prefect would look through frames for futures, and hold them.
        def do_work() -> None:
            made.append(work())

        run_name = stage.it if count is None else f"{stage.it}: {count} segmenti"
        as_task = task(name=stage.it, task_run_name=run_name, cache_policy=NO_CACHE, persist_result=False)
        as_task(do_work)()
        return made.pop()

    @contextmanager
    def watch(self, stage: Bilingual, segments: int | None = None, note: Bilingual | None = None) -> Iterator[None]:
        """A progress artifact of the flow run for a stage that counts its segments; a line of its log for the note."""
        if note:
            self.info("%s: %s", stage.it, note.it)
        artifact = _Artifact(stage, segments) if segments else None
        if artifact:
            artifact.show(0)
        self._artifacts.append(artifact)
        try:
            with self.progress.stage(stage, segments, note):
                yield
        finally:
            self._artifacts.pop()

    def advance(self, segments: int) -> None:
        """Tell the progress, and the artifact of the innermost stage if it has one."""
        self.progress.advance(segments)
        if self._artifacts and (artifact := self._artifacts[-1]):
            artifact.show(artifact.done + segments)

    def info(self, text: str, *values: object) -> None:
        """A line of the flow run's log."""
        get_run_logger().info(text, *values)

    def warning(self, text: str, *values: object) -> None:
        """A line of the flow run's log."""
        get_run_logger().warning(text, *values)


def artifact_key(name: str) -> str:
    """`name` with the signs that Prefect allows in a key: small letters, digits, dashes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "studio"
