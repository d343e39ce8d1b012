"""A stage of a run is one record, and one function runs it: out of the study's store, or made on a host and kept.

It knows neither what a stage makes nor where it is shown: the records are made in flows.study_text, flows.analysis and
flows.study_run, the hosts in flows.host (a terminal) and flows.prefect_host.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from corpus.store import Store, content_key, frame_hash
from corpus.words.language import Bilingual
from flows.crew import Crew, ThisProcess
from flows.host import Host


@dataclass(frozen=True)
class Keeping:
    """How the thing a stage makes lies in the store under a key.

    `read(store, key)` is None where it was never made or its file is damaged; `write(store, key, thing)` gives back
    what of it is needed in memory.
    """

    read: Callable[[Store, str], Any]
    write: Callable[[Store, str, Any], Any]


FRAME = Keeping(Store.read, Store.write)


@dataclass(frozen=True)
class Transcripts:
    """What a stage works on when it is done for each transcript apart.

    `rows` has the column transcript and whatever the stage's work reads. `crew` does the work, in batches of whole
    transcripts, of `batch` rows at least; 0 is one batch of all. `bar` names the bar of its progress, None draws none.
    """

    rows: pd.DataFrame
    crew: Crew = field(default_factory=ThisProcess)
    batch: int = 0


@dataclass(frozen=True)
class Stage:
    """One step of a run, bound to the study that it is done for.

    name: what a researcher calls it, in both languages; a task's name in Prefect
    make: does it. Of the whole study it is called without arguments; for each transcript apart (`per`) with a batch of
        `per.rows`, and returns transcript -> thing
    key: under what the store keeps it; of each transcript apart, transcript -> key; None: it is not kept
    keep: how it lies in the store
    per: None for the whole study at once
    segments: how many segments `make` tells the host of one by one (Host.advance), None where it tells of none
    """

    name: Bilingual
    make: Callable[..., Any]
    key: str | Mapping[str, str] | None = None
    keep: Keeping = FRAME
    per: Transcripts | None = None
    segments: int | None = None


def run_stage(stage: Stage, host: Host, store: Store | None = None) -> Any:
    """What the stage makes, read from the store or made on `host` and kept; of each transcript apart, a dict of it."""
    if stage.key is None or store is None:
        return _make(stage, host)
    if isinstance(stage.key, str):
        thing = stage.keep.read(store, stage.key)
        return stage.keep.write(store, stage.key, _make(stage, host)) if thing is None else thing
    assert stage.per is not None
    return _run_by_transcript(stage, stage.key, stage.per, host, store)


def _make(stage: Stage, host: Host) -> Any:
    with host.watch(stage.name, stage.segments):
        return host.do(stage.name, stage.make)


def _run_by_transcript(
    stage: Stage, keys: Mapping[str, str], per: Transcripts, host: Host, store: Store
) -> dict[str, Any]:
    """Transcript -> thing, in the order of `keys`."""
    things = {transcript: stage.keep.read(store, key) for transcript, key in keys.items()}
    missing = [transcript for transcript, thing in things.items() if thing is None]
    ready = len(things) - len(missing)
    note = Bilingual(
        f"trascritti nuovi o cambiati {len(missing)}, già pronti {ready}",
        f"transcripts new or changed {len(missing)}, ready {ready}",
    )
    if not missing:
        host.info("%s: %s", stage.name.it, note.it)
        return things
    batches = list(whole_transcripts(per.rows, missing, per.batch))
    pending = per.crew.hand_out(stage.make, batches)
    with host.watch(stage.name, sum(map(len, batches)) if per.batch else None, note):
        for batch, work in zip(batches, pending, strict=True):
            made = host.do(stage.name, work.result, len(batch) if per.batch else None)
            # Kept batch by batch, so that a killed run loses one batch.
            for transcript, thing in made.items():
                things[transcript] = stage.keep.write(store, keys[transcript], thing)
            host.advance(len(batch))
    return things


def whole_transcripts(rows: pd.DataFrame, transcripts: Sequence[str], size: int) -> Iterator[pd.DataFrame]:
    """The rows of the named transcripts in batches: whole transcripts, at least `size` rows but in the last.

    A `size` of 0 is one batch of all.
    """
    counts = rows["transcript"].value_counts()
    batch: list[str] = []
    for transcript in transcripts:
        batch.append(transcript)
        if size and counts[batch].sum() >= size:
            yield rows[rows["transcript"].isin(batch)]
            batch = []
    if batch:
        yield rows[rows["transcript"].isin(batch)]


def text_keys(stage: str, maker: str, segments: pd.DataFrame) -> dict[str, str]:
    """Transcript -> key of what `maker` (a fingerprint) derives in `stage` from that transcript's segments."""
    by_transcript = segments[["transcript", "segment", "text"]].groupby("transcript", sort=False)
    return {str(name): content_key(stage, maker, frame_hash(part[["segment", "text"]])) for name, part in by_transcript}


def each_transcript(made: pd.DataFrame, batch: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Transcript -> its rows of `made`, for every transcript of the `batch` that it was made from."""
    return {str(name): made[made["transcript"] == name] for name in batch["transcript"].unique()}


def joined(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The frames of all transcripts as one, one below the other."""
    return pd.concat(list(frames.values()), ignore_index=True)
