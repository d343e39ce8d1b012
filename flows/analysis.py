"""From segments to results: each stage's frame out of the study's store where nothing it depends on changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from prefect.utilities.annotations import quote

from corpus.records import ITALIAN
from corpus.store import Store, content_key, frame_hash, record_hash
from corpus.study import Study
from corpus.words.language import Bilingual
from flows import stages
from flows.clock import Clock
from flows.crew import Crew, Here, Pending, Processes
from flows.derived import Made, kept_or_made, text_keys
from flows.kept_vectors import KeptVectors, kept_neighbours
from flows.progress import follow
from nlp.apart import annotate_apart, annotator, embed_apart, embedder
from nlp.coders import open_coder
from nlp.coding import code_unread, join_codings
from nlp.cross_coding import decide_unread
from nlp.embeddings import Encoder, SharedVectors
from nlp.italian.places import StudyPlaces
from nlp.measures.topic_places import topic_map
from nlp.results import Results
from nlp.spoken_text import SpokenText, coded_by_machine, left_to_people, put_in_order
from nlp.token_frames import join_tokens, pack_tokens
from nlp.topics import TopicModel

_READ_LATER = ["segment", "token", "start", "end", "text", "lemma", "pos", "morph", "sentence"]  # of the tokens
_WORKED_ON = ["transcript", "segment", "text"]  # what leaves this process: ids and what was said
_TOPICS = ("topics", "members", "hierarchy", "typical", "notes")


@dataclass(frozen=True)
class Material:
    """A study's text as every later stage reads it.

    `segments` and `languages` hold every turn, `mentions` the names in them; `spoken` are the respondents' segments in
    Italian with their `tokens` (of a Tokens frame the columns that are read later, packed), `vectors`, an array
    (len(spoken), d), and the vectors of the `questions` before them.
    """

    segments: pd.DataFrame
    languages: pd.DataFrame
    tokens: pd.DataFrame
    mentions: pd.DataFrame
    spoken: pd.DataFrame
    vectors: np.ndarray
    questions: SharedVectors

    @property
    def coded(self) -> SpokenText:
        """What coders and topics work on."""
        return put_in_order(self.spoken, self.tokens, self.vectors, self.questions)


def read_text(study: Study, store: Store, encoder: Encoder, clock: Clock, crew: Crew) -> Material:
    """Segments, annotation and vectors of a study. `clock` notes the seconds of each stage."""
    with clock.time("segment"):
        segments = stages.segment(quote(study), quote(store))
        languages = stages.languages(quote(segments), quote(store))
    spoken = coded_by_machine(segments, languages)
    with clock.time("annotate"):
        tokens, mentions = _annotate(segments, spoken, store, crew, study.settings.analysis.model)
    with clock.time("embed"):
        vectors = _embed(spoken[_WORKED_ON], store, crew, encoder).whole()
        questions = _embed(_questions(spoken), store, crew, encoder)
    return Material(segments, languages, tokens, mentions, spoken, vectors, questions)


def analyse(study: Study, store: Store, text: Material, encoder: Encoder, clock: Clock) -> Results:
    """Entities, codings and topics of a study read by `read_text`. `clock` notes the seconds of each stage."""
    with clock.time("entities"):
        entities = _entities(study, text, store)
    models = [annotator(study.settings.analysis.model), encoder.fingerprint]
    opened = open_coder(study.settings.analysis.coder, KeptVectors(encoder, store), kept_neighbours(store))
    spoken_hash = frame_hash(text.spoken)
    inputs = [
        *models,
        opened.fingerprint,
        spoken_hash,
        study.themes,
        study.settings.analysis,
        study.settings.study.seed,
    ]
    people = frame_hash(study.human_codings)
    whose, spoken, tokens, vectors = map(quote, (study, text.spoken, text.tokens, text.vectors))
    by = quote(KeptVectors(encoder, store))
    coder = quote(opened)
    said = quote(text.coded)
    reading = cache(lambda: quote(stages.read_codebook(whose, said, coder)))
    with clock.time("code"):
        key = content_key("codings", *inputs, people)
        codings = _kept(store, key, lambda: stages.code(whose, said, coder, reading()))
        everything = quote(text.segments), quote(text.languages), quote(codings)
        key = content_key("uncoded terms", *inputs, people, frame_hash(text.segments), frame_hash(text.languages))
        uncoded = _kept(store, key, lambda: stages.find_uncoded(whose, said, coder, reading(), *everything))
        unread = left_to_people(text.segments, text.languages)
        by_people, read = code_unread(unread, study.human_codings, study.themes)
        codings = join_codings(codings, by_people, text.segments, study.themes)
        languages = text.languages.assign(
            read=(text.languages["language"] == ITALIAN)
            | text.languages["segment"].isin(unread["segment"].to_numpy()[read])
        )
    with clock.time("compare"):
        key = content_key("decisions", *inputs, people)
        decisions = _kept(store, key, lambda: stages.compare(whose, said, coder, reading()))
        elsewhere = decide_unread(unread, study.themes, study.human_codings)
        decisions = pd.concat([decisions, elsewhere], ignore_index=True) if len(elsewhere) else decisions
    reading.cache_clear()
    with clock.time("topics"):
        settings = study.settings
        key = content_key("topics", *models, spoken_hash, settings.analysis.min_topic_size, settings.study.seed)
        model = _kept_topics(store, key)
        if model is None:
            model = stages.topics(whose, spoken, tokens, vectors, quote(encoder))
            _keep_topics(store, key, model)
        model = stages.topic_themes(whose, quote(model), spoken, vectors, by)
        places = topic_map(model.members, text.spoken, text.vectors)
    with clock.time("propose"):
        proposals = stages.propose(quote(study), quote(encoder))
    return Results(
        segments=text.segments,
        entities=entities,
        codings=codings,
        topics=model.topics,
        topic_members=model.members,
        languages=languages,
        notes=model.notes,
        topic_hierarchy=model.hierarchy,
        link_proposals=proposals,
        topic_map=places,
        decisions=decisions,
        uncoded_terms=uncoded,
    )


def _questions(spoken: pd.DataFrame) -> pd.DataFrame:
    """The question before each segment, in the place of its text."""
    return spoken[["transcript", "question"]].assign(segment=spoken["question"], text=spoken["question"])[_WORKED_ON]


def _annotate(
    segments: pd.DataFrame, spoken: pd.DataFrame, store: Store, crew: Crew, model: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tokens of `spoken` and the names that the model saw in all `segments`."""
    maker = annotator(model)
    mine = pd.Index(spoken["segment"])  # looks a whole transcript up at once; isin would hash all of `spoken` each time

    def of_respondents(tokens: pd.DataFrame) -> pd.DataFrame:
        return pack_tokens(tokens.loc[mine.get_indexer(pd.Index(tokens["segment"])) >= 0, _READ_LATER])

    def read(key: str) -> tuple[pd.DataFrame, pd.DataFrame] | None:
        tokens = store.read(content_key("tokens", key), _READ_LATER)
        mentions = store.read(content_key("mentions", key))
        if tokens is None or mentions is None:
            return None
        return of_respondents(tokens), mentions

    def write(key: str, made: tuple[pd.DataFrame, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
        tokens, mentions = made
        store.write(content_key("tokens", key), tokens)
        store.write(content_key("mentions", key), mentions)
        return of_respondents(tokens), mentions

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for pending, batch in _handed_out(crew, batches, "Annotazione", annotate_apart, model, maker):
            yield stages.annotate_batch(quote(pending), len(batch))

    kept = kept_or_made(segments, text_keys("annotate", maker, segments), read, write, make, crew.piece)
    tokens, mentions = zip(*kept.values(), strict=True)
    return join_tokens(tokens), pd.concat(mentions, ignore_index=True)


def _embed(texts: pd.DataFrame, store: Store, crew: Crew, encoder: Encoder) -> SharedVectors:
    """The vector of each text (columns transcript, segment, text), none for an empty one."""
    maker = embedder(encoder.name)
    said = np.flatnonzero(texts["text"] != "")
    number, _ = pd.factorize(texts["transcript"].iloc[said] + "\n" + texts["segment"].iloc[said])
    once = texts.iloc[said[np.unique(number, return_index=True)[1]]]
    keys = text_keys("embed", maker, once)
    vectors = np.empty((len(once), encoder.dimensions), dtype=np.float32)
    places: dict[str, list[np.ndarray]] = {}
    for name, rows in once.groupby("transcript", sort=False).indices.items():
        places.setdefault(keys[str(name)], []).append(np.asarray(rows))

    def put(key: str, array: np.ndarray | None) -> bool | None:
        """Straight to its rows, so that no vector is held twice."""
        for rows in places[key] if array is not None else ():
            vectors[rows] = array
        return None if array is None else True

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for pending, batch in _handed_out(crew, batches, "Vettori di frase", embed_apart, encoder.name, maker):
            yield stages.embed_batch(quote(pending), len(batch))

    def read(key: str) -> bool | None:
        return put(key, store.read_array(key))

    def write(key: str, array: np.ndarray) -> bool | None:
        return put(key, store.write_array(key, array))

    kept_or_made(once, keys, read, write, make, crew.piece)
    row = np.full(len(texts), -1)
    row[said] = number
    return SharedVectors(vectors, row)


def _entities(study: Study, text: Material, store: Store) -> pd.DataFrame:
    """The Entities frame; what is named in a transcript is found anew only when that transcript changed."""
    places = StudyPlaces.from_respondents(study.respondents)

    def make(batches: list[pd.DataFrame]) -> Iterator[Made]:
        for batch in batches:
            yield stages.find_entities_in(quote(batch), quote(text.mentions), quote(places), len(batch))

    maker = f"{annotator(study.settings.analysis.model)} {record_hash(places)}"
    keys = text_keys("entities", maker, text.segments)
    kept = kept_or_made(text.segments, keys, store.read, store.write, make, Here.piece)
    found: pd.DataFrame = stages.entities(quote(pd.concat(list(kept.values()))), quote(places))
    return found


def _handed_out(
    crew: Crew, batches: list[pd.DataFrame], description: str, work: Callable[..., Any], *arguments: str
) -> Iterator[tuple[Pending, pd.DataFrame]]:
    """All batches given to the crew at once, then one after the other; one batch is not worth another process."""
    crew = Here() if isinstance(crew, Processes) and len(batches) == 1 else crew
    pending = [crew.submit(work, batch[_WORKED_ON], *arguments) for batch in batches]
    for number, batch in enumerate(follow(batches, description)):
        yield pending[number], batch


def _kept(store: Store, key: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The frame of `key` out of the store, or made and kept."""
    frame = store.read(key)
    return store.write(key, make()) if frame is None else frame


def _kept_topics(store: Store, key: str) -> TopicModel | None:
    parts = [store.read(content_key(part, key)) for part in _TOPICS]
    if any(part is None for part in parts):
        return None
    topics, members, hierarchy, typical, notes = (part for part in parts if part is not None)
    sentences = tuple(Bilingual(*row) for row in notes.itertuples(index=False))
    return TopicModel(topics, members, hierarchy, sentences, typical=typical)


def _keep_topics(store: Store, key: str, model: TopicModel) -> None:
    notes = pd.DataFrame(list(model.notes), columns=["it", "en"], dtype="str")
    parts = (model.topics, model.members, model.hierarchy, model.typical, notes)
    for part, frame in zip(_TOPICS, parts, strict=True):
        store.write(content_key(part, key), frame)
