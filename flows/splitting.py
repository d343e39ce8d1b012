"""Segments and their languages, transcript by transcript out of the store where nothing about one changed.

It decides neither where a text is cut nor what its language is.
"""

from collections.abc import Iterator

import pandas as pd

from corpus.schemas import Segments, empty
from corpus.store import Store, content_key, frame_hash
from corpus.study import Study
from corpus.transcripts.kept import reader_fingerprint, transcript_hash
from corpus.transcripts.segments import split_segments
from flows.derived import Made, kept_or_made
from nlp.apart import code_of_room
from nlp.language_id import identify_languages
from nlp.model_files import installed_version

_WORD_LISTS = ("simplemma", "spacy")  # that tell languages apart


def kept_segments(study: Study, store: Store) -> pd.DataFrame:
    """What corpus.transcripts.segments.split_segments gives for the whole study."""
    if study.turns.empty:
        return empty(Segments)
    contents = {transcript.id: transcript_hash(transcript) for transcript in study.transcripts}
    parts = (reader_fingerprint(), study.settings.segments.model_dump(mode="json"))
    keys = {
        str(name): content_key("segments", *parts, contents[str(name)], frame_hash(turns))
        for name, turns in study.turns.groupby("transcript", sort=True)
    }

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for turns in batches:
            made = split_segments(turns, study.transcripts, study.settings.segments)
            yield {name: made[made["transcript"] == name] for name in turns["transcript"].unique()}

    return _together(kept_or_made(study.turns, keys, store.read, store.write, make, len(study.turns)))


def kept_languages(segments: pd.DataFrame, store: Store) -> pd.DataFrame:
    """What nlp.language_id.identify_languages gives for all segments."""
    if segments.empty:
        return identify_languages(segments)
    maker = " ".join([code_of_room(), *(f"{name} {installed_version(name)}" for name in _WORD_LISTS)])
    keys = {
        str(name): content_key("languages", maker, frame_hash(part[["segment", "turn", "text"]]))
        for name, part in segments.groupby("transcript", sort=False)
    }

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for batch in batches:
            made, owners = identify_languages(batch), batch["transcript"].to_numpy()
            yield {name: made[owners == name] for name in batch["transcript"].unique()}

    return _together(kept_or_made(segments, keys, store.read, store.write, make, len(segments)))


def _together(kept: Made) -> pd.DataFrame:
    return pd.concat(list(kept.values()), ignore_index=True)
