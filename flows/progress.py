"""How far a long stage is: a bar on a terminal, a progress artifact in the service's UI. Computes nothing."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from rich.console import Console
from rich.progress import track

from flows.server.prefect_home import ROOT


def follow(batches: Sequence[pd.DataFrame], stage: str) -> Iterator[pd.DataFrame]:
    """The batches of a stage, one after the other, each counted by its segments once it is done.

    Without a terminal and outside the service nothing is shown.
    """
    if not batches:
        return
    console = Console(stderr=True)
    # Where nobody looks no thread draws: a thread that cannot start for want of memory would be waited for for ever.
    drawn = console.is_terminal
    shown = track(batches, stage, console=console, disable=not drawn, auto_refresh=drawn)
    if not os.environ.get(ROOT):
        yield from shown
        return
    whole, done = sum(map(len, batches)), 0
    key = stage.lower().replace(" ", "-")
    artifact: Any = create_progress_artifact(0.0, key=key, description=_words(stage, done, whole))
    for batch in shown:
        yield batch
        done += len(batch)
        update_progress_artifact(artifact, 100 * done / whole, description=_words(stage, done, whole))


def _words(stage: str, done: int, whole: int) -> str:
    return f"{stage}: {done} segmenti su {whole}"
