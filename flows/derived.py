"""Frames derived from text, transcript by transcript, out of the store or made anew. Computes none itself."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from corpus.store import content_key, frame_hash

Kept = Any
Made = dict[str, Kept]


def text_keys(stage: str, maker: str, segments: pd.DataFrame) -> dict[str, str]:
    """Transcript id -> key of what `maker` (a fingerprint) derives in `stage` from that transcript's segments."""
    grouped = segments[["transcript", "segment", "text"]].groupby("transcript", sort=False)
    return {str(name): content_key(stage, maker, frame_hash(part[["segment", "text"]])) for name, part in grouped}


def whole_transcripts(segments: pd.DataFrame, names: Sequence[str], size: int) -> Iterator[pd.DataFrame]:
    """The segments of the named transcripts in batches: whole transcripts, at least `size` segments but in the last."""
    counts = segments["transcript"].value_counts()
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if counts[batch].sum() >= size:
            yield segments[segments["transcript"].isin(batch)]
            batch = []
    if batch:
        yield segments[segments["transcript"].isin(batch)]


def kept_or_made(
    segments: pd.DataFrame,
    keys: dict[str, str],
    read: Callable[[str], Kept | None],
    write: Callable[[str, Kept], Kept],
    make: Callable[[list[pd.DataFrame]], Iterator[Made]],
    size: int,
) -> Made:
    """Transcript id -> what is derived from it, in the order of `keys`.

    `make` gets batches, of `size` segments at least, of those transcripts that `read` does not find, and yields, batch
    by batch, what it made of each; `write` keeps each piece as soon as it is made, so that a killed run
    loses one batch, and gives back what of it is needed in memory.
    """
    found = {name: read(key) for name, key in keys.items()}
    missing = [name for name, kept in found.items() if kept is None]
    for made in make(list(whole_transcripts(segments, missing, size))):
        for name, kept in made.items():
            found[name] = write(keys[name], kept)
    return found
