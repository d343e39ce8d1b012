"""Prefect as a host: a run is a flow run, a stage a task, how far a long one is an artifact.

Imports Prefect, so only after its settings are in the environment (flows.server).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import pandas as pd
from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE

from corpus.words.language import Bilingual
from flows.host import drawn

Made = TypeVar("Made")


class PrefectHost:
    """The flow run that is going on in this process. Prefect never sees what a stage makes, only that it was done."""

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

    def follow(self, batches: Sequence[pd.DataFrame], bar: Bilingual | None) -> Iterator[pd.DataFrame]:
        """The batches, with a progress artifact of the flow run, and a bar on a terminal."""
        if not bar or not batches:
            yield from batches
            return
        every = sum(map(len, batches))
        done = 0
        key = bar.it.lower().replace(" ", "-")
        artifact: Any = create_progress_artifact(0.0, key=key, description=_progress(bar, done, every))
        for batch in drawn(batches, bar.it):
            yield batch
            done += len(batch)
            update_progress_artifact(artifact, 100 * done / every, description=_progress(bar, done, every))

    def info(self, text: str, *values: object) -> None:
        """A line of the flow run's log."""
        get_run_logger().info(text, *values)

    def warning(self, text: str, *values: object) -> None:
        """A line of the flow run's log."""
        get_run_logger().warning(text, *values)


def _progress(bar: Bilingual, done: int, every: int) -> str:
    return f"{bar.it}: {done} segmenti su {every}"
