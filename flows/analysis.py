"""From segments to results: each stage's frame out of the study's store where nothing it depends on changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from prefect.utilities.annotations import quote
from rich.console import Console
from rich.progress import track

import nlp
from corpus.language import Bilingual
from corpus.store import Store, code_fingerprint, content_key, frame_hash
from corpus.study import Study
from flows import stages
from flows.clock import Clock
from flows.derived import Made, kept_or_made, split_by_transcript, text_keys
from nlp.embeddings import Encoder
from nlp.italian import pipeline_fingerprint
from nlp.language_id import ITALIAN
from nlp.results import Results
from nlp.topic_map import topic_map
from nlp.topics import TopicModel

_ANNOTATION = ("tokens", "mentions")
_TOPICS = ("topics", "members", "hierarchy", "notes")


@dataclass(frozen=True)
class Material:
    """A study's text as every later stage reads it, and the fingerprints of the code and the pipeline that read it.

    `segments` and `languages` hold every turn; `spoken` are the respondents' segments in Italian, `tokens` theirs and
    the others', `vectors` an array (len(spoken), d).
    """

    segments: pd.DataFrame
    languages: pd.DataFrame
    tokens: pd.DataFrame
    mentions: pd.DataFrame
    spoken: pd.DataFrame
    vectors: np.ndarray
    code: str
    annotator: str


def read_text(study: Study, store: Store, pipeline: Any, encoder: Encoder, clock: Clock) -> Material:
    """Segments, annotation and vectors of a study. `clock` notes the seconds of each stage."""
    code, annotator = code_fingerprint(Path(nlp.__path__[0])), pipeline_fingerprint(pipeline)
    with clock.time("segment"):
        segments = stages.segment(quote(study))
        languages = stages.languages(quote(segments))
    with clock.time("annotate"):
        tokens, mentions = _annotate(segments, store, pipeline, f"{code} {annotator}")
    spoken = _respondents_in_italian(segments, languages)
    with clock.time("embed"):
        vectors = _embed(spoken, store, encoder, code)
    return Material(segments, languages, tokens, mentions, spoken, vectors, code, annotator)


def analyse(study: Study, store: Store, pipeline: Any, encoder: Encoder, clock: Clock) -> Results:
    """Segments, entities, codings and topics of a study. `clock` notes the seconds of each stage."""
    text = read_text(study, store, pipeline, encoder, clock)
    with clock.time("entities"):
        entities = stages.entities(quote(study), quote(text.segments), quote(text.mentions))
    models = [text.code, encoder.fingerprint, text.annotator]
    inputs = [*models, frame_hash(text.spoken), study.themes, study.settings.analysis, study.settings.study.seed]
    people = frame_hash(study.human_codings)
    read = [quote(study), quote(text.spoken), quote(text.tokens), quote(text.vectors), quote(encoder)]
    with clock.time("code"):
        codings = _kept(store, content_key("codings", *inputs, people), lambda: stages.code(*read))
    with clock.time("compare"):
        decisions = _kept(store, content_key("decisions", *inputs, people), lambda: stages.compare(*read))
    with clock.time("topics"):
        key = content_key("topics", *inputs)
        model = _kept_topics(store, key)
        if model is None:
            model = stages.topics(*read)
            _keep_topics(store, key, model)
        places = topic_map(model.members, text.spoken, text.vectors)
    with clock.time("propose"):
        proposals = stages.propose(quote(study), quote(encoder))
    return Results(
        segments=text.segments,
        entities=entities,
        codings=codings,
        topics=model.topics,
        topic_members=model.members,
        languages=text.languages,
        notes=model.notes,
        topic_hierarchy=model.hierarchy,
        link_proposals=proposals,
        topic_map=places,
        decisions=decisions,
    )


def _respondents_in_italian(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """What is coded: the interviewers' words are context, and other languages are listed instead."""
    italian = (languages["language"] == ITALIAN).to_numpy()
    return segments[italian & (segments["role"] == "respondent").to_numpy()].reset_index(drop=True)


def _annotate(segments: pd.DataFrame, store: Store, pipeline: Any, maker: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tokens frame and the model's names; `maker` is the fingerprint of what annotates."""

    def read(key: str) -> dict[str, pd.DataFrame] | None:
        frames = {part: store.read(content_key(part, key)) for part in _ANNOTATION}
        return None if any(frame is None for frame in frames.values()) else frames  # type: ignore[return-value]

    def write(key: str, frames: dict[str, pd.DataFrame]) -> None:
        for part, frame in frames.items():
            store.write(content_key(part, key), frame)

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for batch in _progress(batches, "Annotazione"):
            made = stages.annotate_batch(quote(batch), quote(pipeline), len(batch))
            parts = [split_by_transcript(frame, batch) for frame in made]
            yield {name: dict(zip(_ANNOTATION, (part[name] for part in parts), strict=True)) for name in parts[0]}

    kept = kept_or_made(segments, text_keys("annotate", maker, segments), read, write, make)
    tokens, mentions = (
        pd.concat([frames[part] for frames in kept.values()], ignore_index=True) for part in _ANNOTATION
    )
    return tokens, mentions


def _embed(segments: pd.DataFrame, store: Store, encoder: Encoder, code: str) -> np.ndarray:
    """One row a segment, in the order of `segments`."""

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for batch in _progress(batches, "Vettori di frase"):
            array = stages.embed_batch(quote(batch), quote(encoder), len(batch))
            owner = batch["transcript"].to_numpy()
            yield {str(name): array[owner == name] for name in batch["transcript"].unique()}

    keys = text_keys("embed", f"{code} {encoder.fingerprint}", segments)
    kept = kept_or_made(segments, keys, store.read_array, store.write_array, make)
    rows = np.empty((len(segments), encoder.dimensions), dtype=np.float32)
    owner = segments["transcript"].to_numpy()
    for name, array in kept.items():
        rows[owner == name] = array
    return rows


def _kept(store: Store, key: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The frame of `key` out of the store, or made and kept."""
    frame = store.read(key)
    if frame is None:
        frame = make()
        store.write(key, frame)
    return frame


def _kept_topics(store: Store, key: str) -> TopicModel | None:
    topics, members, hierarchy, notes = (store.read(content_key(part, key)) for part in _TOPICS)
    if topics is None or members is None or hierarchy is None or notes is None:
        return None
    return TopicModel(topics, members, hierarchy, tuple(Bilingual(*row) for row in notes.itertuples(index=False)))


def _keep_topics(store: Store, key: str, model: TopicModel) -> None:
    notes = pd.DataFrame(list(model.notes), columns=["it", "en"], dtype="str")
    for part, frame in zip(_TOPICS, (model.topics, model.members, model.hierarchy, notes), strict=True):
        store.write(content_key(part, key), frame)


def _progress(batches: list[pd.DataFrame], description: str) -> Iterator[pd.DataFrame]:
    console = Console(stderr=True)
    return iter(track(batches, description, console=console, disable=not (batches and console.is_terminal)))
