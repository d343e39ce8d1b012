"""From a study's text to its results: entities, theme codings, topics, proposals, out of the store where it can be."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus.fingerprint import code_of
from corpus.records import ITALIAN, Theme
from corpus.store import Store, content_key, frame_hash, record_hash
from corpus.study import Study
from corpus.words.language import Bilingual
from corpus.words.phrase import from_json, to_json
from flows.crew import PIECE
from flows.host import Clock, Host
from flows.llm_reading import Reader, open_study_coder, read_as_second
from flows.stage import Keeping, Stage, Transcripts, each_transcript, run_stage, text_keys
from flows.study_text import StudyText
from nlp.apart import annotator, embedder
from nlp.coders.ask import code_text, read_text
from nlp.coding import code_unread, join_codings
from nlp.cross_coding import code_untaught, cross_code, decide_as_reader, decide_unread
from nlp.crosswalk import propose_links
from nlp.embeddings import Encoder
from nlp.entities import find_entities, join_entities
from nlp.italian.places import StudyPlaces
from nlp.measures.topic_places import topic_map
from nlp.results import UNTAUGHT_COLUMNS, Results
from nlp.spoken_text import left_to_people
from nlp.themes.network import PassageReader, PassageReading, Passages, ThemeNetwork, load_network
from nlp.topics.found_topics import TopicModel
from nlp.topics.topic_themes import match_topics
from nlp.uncoded_terms import uncoded_terms

_FINDING_TOPICS = "nlp.topics.topic_model"  # imported, with BERTopic, only where topics are not kept
_TOPIC_PARTS = ("topics", "members", "hierarchy", "typical", "notes")


class Themes(NamedTuple):
    """Who coded what where, as the frames of Results; `languages` with which segments were read at all."""

    codings: pd.DataFrame
    uncoded: pd.DataFrame
    decisions: pd.DataFrame
    untaught: pd.DataFrame
    languages: pd.DataFrame


def analyse(
    study: Study, store: Store, text: StudyText, encoder: Encoder, reader: Reader, clock: Clock, host: Host
) -> Results:
    """Entities, codings and topics of a study read by `read_text`; what `reader` could not read is in its notebook."""
    with clock.time("entities"):
        entities = _entities(study, text, store, host)
    themes = _themes(study, store, text, encoder, reader, clock, host)
    with clock.time("topics"):
        model = _topics(study, store, text, encoder, host)
        places = topic_map(model.members, text.spoken.segments, text.spoken.vectors)
    with clock.time("propose"):
        proposals = _proposals(study, store, encoder, host)
    return Results(
        segments=text.segments,
        entities=entities,
        codings=themes.codings,
        topics=model.topics,
        topic_members=model.members,
        languages=themes.languages,
        notes=model.notes,
        topic_hierarchy=model.hierarchy,
        link_proposals=proposals,
        topic_map=places,
        decisions=themes.decisions,
        untaught=themes.untaught,
        uncoded_terms=themes.uncoded,
    )


def _entities(study: Study, text: StudyText, store: Store, host: Host) -> pd.DataFrame:
    """The Entities frame; what is named in a transcript is found anew only when that transcript changed."""
    places = StudyPlaces.from_respondents(study.respondents)  # their own municipalities settle homonyms

    def find(batch: pd.DataFrame) -> dict[str, pd.DataFrame]:
        mentions = text.mentions[text.mentions["segment"].isin(batch["segment"])]
        return each_transcript(find_entities(batch, mentions, places), batch)

    maker = f"{code_of(find_entities)} {annotator(study.settings.analysis.model)} {record_hash(places)}"
    stage = Stage(
        name=Bilingual("Riconosci le entità", "Recognise entities"),
        make=find,
        key=text_keys("entities", maker, text.segments),
        per=Transcripts(text.segments, batch=PIECE),
    )
    by_transcript = pd.concat(list(run_stage(stage, host, store).values()))
    name = Bilingual("Unisci le entità", "Join entities")
    entities: pd.DataFrame = run_stage(Stage(name, lambda: join_entities(by_transcript, places)), host)
    return entities


def _themes(
    study: Study, store: Store, text: StudyText, encoder: Encoder, reader: Reader, clock: Clock, host: Host
) -> Themes:
    """Codings, terms that gave none, people's decisions beside the machine's."""
    settings = study.settings.analysis
    with clock.time("language model"):
        kept = (KeptEncoder(encoder, store), KeptNetwork(load_network(), store, host))
        coder = open_study_coder(study, text, reader, store, host, *kept)
        second = read_as_second(study, text, reader, store, host)

    people = (study.themes, study.human_codings, settings.min_score, study.settlements)

    # Large, and needed only where one of the three stages below is not kept; gone from memory with this function.
    @cache
    def themes_read() -> Any:
        name = Bilingual("Leggi il testo con il libro dei codici", "Read the text with the codebook")
        segments = len(text.spoken.segments)
        return run_stage(Stage(name, lambda: read_text(coder, text.spoken, study.themes), segments=segments), host)

    def code() -> pd.DataFrame:
        codings = code_text(coder, themes_read(), text.spoken, *people)
        host.info("%d codifiche", len(codings))
        return codings

    def find_uncoded() -> pd.DataFrame:
        terms = None if themes_read() is None else coder.terms(themes_read())
        return uncoded_terms(
            terms, text.spoken.segments, text.segments, text.languages, codings, study.themes, study.human_codings
        )

    def compare() -> pd.DataFrame:
        decisions = cross_code(coder, themes_read(), text.spoken.segments, *people)
        if themes_read() is not None:
            host.info("%d decisioni confrontabili", len(decisions))
        return decisions

    def code_as_untaught() -> pd.DataFrame:
        segments = text.spoken.segments
        by_people = (study.human_codings, settings.min_score, codings, study.settlements)
        return code_untaught(coder, themes_read(), segments, study.themes, *by_people)

    inputs = [
        annotator(settings.model), embedder(encoder.name), coder.fingerprint, text.spoken_hash, study.themes, settings,
        study.settings.study.seed, frame_hash(study.human_codings), frame_hash(study.settlements),
    ]  # fmt: skip
    everything_said = (frame_hash(text.segments), frame_hash(text.languages))
    with clock.time("code"):
        name = Bilingual("Codifica i temi", "Code the themes")
        codings = run_stage(Stage(name, code, content_key("codings", code_of(code_text), *inputs)), host, store)
        name = Bilingual("Cerca i termini non codificati", "Look for terms not coded")
        key = content_key("uncoded terms", code_of(uncoded_terms), *inputs, *everything_said)
        uncoded = run_stage(Stage(name, find_uncoded, key), host, store)
        unread = left_to_people(text.segments, text.languages)
        by_people, read_by_people = code_unread(unread, study.human_codings, study.themes, study.settlements)
        every_coding = join_codings(codings, by_people, text.segments, study.themes)
        languages = text.languages.assign(
            read=(text.languages["language"] == ITALIAN)
            | text.languages["segment"].isin(unread["segment"].to_numpy()[read_by_people])
        )
    with clock.time("compare"):
        name = Bilingual("Confronta con le codifiche umane", "Compare with people's codings")
        decisions = run_stage(Stage(name, compare, content_key("decisions", code_of(cross_code), *inputs)), host, store)
        untaught = pd.DataFrame(columns=UNTAUGHT_COLUMNS, dtype="str")
        if study.sample["read"].any():  # what people read at random puts it right; nobody else asks for it
            name = Bilingual("Codifica senza imparare dall'intervista", "Code without learning from the interview")
            key = content_key("untaught", code_of(code_untaught), *inputs)
            untaught = run_stage(Stage(name, code_as_untaught, key), host, store)
        elsewhere = decide_unread(unread, study.themes, study.human_codings)
        by_reader = decisions.iloc[:0] if second is None else decide_as_reader(second, decisions)
        more = [frame for frame in (by_reader, elsewhere) if len(frame)]
        decisions = pd.concat([decisions, *more], ignore_index=True) if more else decisions
    return Themes(every_coding, uncoded, decisions, untaught, languages)


def _topics(study: Study, store: Store, text: StudyText, encoder: Encoder, host: Host) -> TopicModel:
    """The topics, found without the codebook and kept, with the theme that each resembles."""
    spoken = text.spoken
    size = study.settings.analysis.min_topic_size
    seed = study.settings.study.seed
    models = (annotator(study.settings.analysis.model), embedder(encoder.name))

    def find() -> TopicModel:
        from nlp.topics.topic_model import find_topics

        return find_topics(spoken.segments, spoken.tokens, spoken.vectors, encoder, seed=seed, min_topic_size=size)

    stage = Stage(
        name=Bilingual("Trova gli argomenti emergenti", "Find emergent topics"),
        make=find,
        key=content_key("topics", code_of(_FINDING_TOPICS), *models, text.spoken_hash, size, seed),
        keep=Keeping(_read_topics, _write_topics),
    )
    model = run_stage(stage, host, store)
    kept_encoder = KeptEncoder(encoder, store)
    matched: TopicModel = run_stage(
        Stage(
            name=Bilingual("Accosta gli argomenti ai temi", "Match topics with themes"),
            make=lambda: match_topics(model, spoken.segments, spoken.vectors, study.themes, kept_encoder),
        ),
        host,
    )
    return matched


def _read_topics(store: Store, key: str) -> TopicModel | None:
    frames = [store.read(content_key(part, key)) for part in _TOPIC_PARTS]
    if any(frame is None for frame in frames):
        return None
    topics, members, hierarchy, typical, notes = (frame for frame in frames if frame is not None)
    sentences = tuple(map(from_json, notes["phrase"]))
    return TopicModel(topics, members, hierarchy, sentences, typical=typical)


def _write_topics(store: Store, key: str, model: TopicModel) -> TopicModel:
    notes = pd.DataFrame({"phrase": map(to_json, model.notes)}, dtype="str")
    frames = (model.topics, model.members, model.hierarchy, model.typical, notes)
    for part, frame in zip(_TOPIC_PARTS, frames, strict=True):
        store.write(content_key(part, key), frame)
    return model


def _proposals(study: Study, store: Store, encoder: Encoder, host: Host) -> pd.DataFrame:
    """LinkProposals frame: for a person to accept or reject, and never again what a person decided."""
    with_decision = study.link_decisions[study.link_decisions["decision"] != ""]
    decided = set(zip(with_decision["theme"], with_decision["item"], strict=True))
    maker = (code_of(propose_links), encoder.fingerprint)
    stage = Stage(
        name=Bilingual("Proponi legami fra temi e domande", "Propose links of themes and questions"),
        make=lambda: propose_links(study.themes, study.items, decided, encoder),
        key=content_key("proposals", *maker, study.themes, study.items, sorted(decided)),
    )
    proposals: pd.DataFrame = run_stage(stage, host, store)
    return proposals


class KeptEncoder:
    """An Encoder over `encoder` that keeps what it encoded: it does not change with the codebook's scores.

    What it keeps is of a whole batch: the bytes of a vector depend on its company. Keeps no text, only numbers.
    """

    def __init__(self, encoder: Encoder, store: Store):
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        self._encoder = encoder
        self._store = store

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit rows, float32 (len(texts), dimensions), out of the store or made and kept."""
        if not len(texts):
            return self._encoder.encode(texts)
        key = content_key("batch", embedder(self.name), list(texts))
        vectors = self._store.read_array(key)
        return self._store.write_array(key, self._encoder.encode(texts)) if vectors is None else vectors


class KeptNetwork:
    """A PassageReader over `network` that keeps what it read, call by call, and tells `host` how far it is.

    Keeps no text.
    """

    def __init__(self, network: PassageReader, store: Store, host: Host):
        self.fingerprint = network.fingerprint
        self._network = network
        self._store = store
        self._host = host

    def read(self, passages: Passages, themes: Sequence[Theme], encoder: Encoder) -> PassageReading:
        """What the network reads, out of the store or made and kept."""
        maker = (code_of(ThemeNetwork), self.fingerprint, encoder.fingerprint)
        key = content_key("reading", *maker, list(passages.texts), list(passages.before), tuple(themes))
        numbers = self._store.read_array(key)
        if numbers is None:
            reading = self._network.read(passages, themes, encoder)
            numbers = self._store.write_array(key, reading.as_numbers())
        self._host.advance(len(passages.texts))
        return PassageReading.from_numbers(numbers, len(themes))
