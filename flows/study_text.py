"""From a study to its text as every later stage reads it: segments, languages, annotation, vectors.

Each transcript's part comes out of the study's store where nothing about it changed. Decides no theme and no topic.
"""

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import pandas as pd

from corpus.fingerprint import code_of
from corpus.records import ITALIAN
from corpus.schemas import Segments, empty
from corpus.store import Store, content_key, frame_hash
from corpus.study import Study
from corpus.transcripts.kept import transcript_hash
from corpus.transcripts.segments import split_segments
from corpus.words.language import Bilingual
from flows.crew import Crew
from flows.host import Clock, Host
from flows.stage import Keeping, Stage, Transcripts, each_transcript, joined, run_stage, text_keys
from nlp.apart import annotate_apart, annotator, embed_apart, embedder
from nlp.embeddings import Encoder, SharedVectors
from nlp.language_id import identify_languages
from nlp.spoken_text import SpokenText, coded_by_machine, put_in_order
from nlp.token_frames import join_tokens, pack_tokens

_READ_LATER = ["segment", "token", "start", "end", "text", "lemma", "pos", "morph", "sentence"]  # of the tokens
Annotated = tuple[pd.DataFrame, pd.DataFrame]  # a transcript's tokens, and the names that the model saw in it
_SENT_OUT = ["transcript", "segment", "text"]  # what leaves this process: ids and what was said


@dataclass(frozen=True)
class StudyText:
    """A study's text as every later stage reads it.

    `segments` and `languages` hold every turn, `mentions` the names in them. `spoken` is what respondents say in
    Italian, which coders and topics work on; of its tokens it has the columns that are read later, packed.
    """

    segments: pd.DataFrame
    languages: pd.DataFrame
    mentions: pd.DataFrame
    spoken: SpokenText

    @cached_property
    def spoken_hash(self) -> str:
        """A hash of all that the segments of `spoken` say."""
        return frame_hash(self.spoken.segments)


def read_text(study: Study, store: Store, encoder: Encoder, clock: Clock, crew: Crew, host: Host) -> StudyText:
    """Segments, annotation and vectors of a study; `crew` annotates and embeds."""
    with clock.time("segment"):
        segments = split_into_segments(study, store, host)
        host.info("%d segmenti", len(segments))
        languages = tell_languages(segments, store, host)
        host.info("%d segmenti non in italiano", int((languages["language"] != ITALIAN).sum()))
    coded = coded_by_machine(segments, languages)
    with clock.time("annotate"):
        tokens, mentions = _annotate(segments, coded, store, crew, study.settings.analysis.model, host)
    with clock.time("embed"):
        vectors = _embed(coded[_SENT_OUT], store, crew, encoder, host).whole()
        questions = _embed(_questions(coded), store, crew, encoder, host)
    return StudyText(segments, languages, mentions, put_in_order(coded, tokens, vectors, questions))


def split_into_segments(study: Study, store: Store, host: Host) -> pd.DataFrame:
    """What corpus.transcripts.segments.split_segments gives for the whole study."""
    if study.turns.empty:
        return empty(Segments)
    # Speakers and roles stand in the turns' frame, places and times in the transcript itself: both decide.
    contents = {transcript.id: transcript_hash(transcript) for transcript in study.transcripts}
    maker = (code_of(split_segments), study.settings.segments.model_dump(mode="json"))
    keys = {
        str(name): content_key("segments", *maker, contents[str(name)], frame_hash(turns))
        for name, turns in study.turns.groupby("transcript", sort=True)
    }

    def split(turns: pd.DataFrame) -> dict[str, pd.DataFrame]:
        return each_transcript(split_segments(turns, study.transcripts, study.settings.segments), turns)

    name = Bilingual("Dividi in segmenti", "Split into segments")
    return joined(run_stage(Stage(name, split, keys, per=Transcripts(study.turns)), host, store))


def tell_languages(segments: pd.DataFrame, store: Store, host: Host) -> pd.DataFrame:
    """What nlp.language_id.identify_languages gives for all segments; what is not Italian is listed and not coded."""
    if segments.empty:
        return identify_languages(segments)
    maker = code_of(identify_languages)
    keys = {
        str(name): content_key("languages", maker, frame_hash(part[["segment", "turn", "text"]]))
        for name, part in segments.groupby("transcript", sort=False)
    }

    def identify(batch: pd.DataFrame) -> dict[str, pd.DataFrame]:
        languages = identify_languages(batch)
        owners = batch["transcript"].to_numpy()
        return {name: languages[owners == name] for name in batch["transcript"].unique()}

    name = Bilingual("Riconosci le lingue", "Tell languages")
    return joined(run_stage(Stage(name, identify, keys, per=Transcripts(segments)), host, store))


def _questions(spoken: pd.DataFrame) -> pd.DataFrame:
    """The question before each segment, in the place of its text."""
    return spoken[["transcript", "question"]].assign(segment=spoken["question"], text=spoken["question"])[_SENT_OUT]


def _annotate(
    segments: pd.DataFrame, spoken: pd.DataFrame, store: Store, crew: Crew, model: str, host: Host
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tokens of `spoken` and the names that the model saw in all `segments`."""
    maker = annotator(model)
    # An index looks a transcript's segments up at once; isin would hash all of `spoken` for each transcript.
    coded = pd.Index(spoken["segment"])

    # In memory only what is read later stays, packed, as each transcript is made or read: a large study's tokens would
    # else be there twice.
    def packed(tokens: pd.DataFrame) -> pd.DataFrame:
        return pack_tokens(tokens.loc[coded.get_indexer(pd.Index(tokens["segment"])) >= 0, _READ_LATER])

    def read(store: Store, key: str) -> Annotated | None:
        tokens = store.read(content_key("tokens", key), _READ_LATER)
        mentions = store.read(content_key("mentions", key))
        return None if tokens is None or mentions is None else (packed(tokens), mentions)

    def write(store: Store, key: str, annotated: Annotated) -> Annotated:
        tokens, mentions = annotated
        store.write(content_key("tokens", key), tokens)
        store.write(content_key("mentions", key), mentions)
        return packed(tokens), mentions

    stage = Stage(
        name=Bilingual("Annota il testo", "Annotate the text"),
        make=partial(annotate_apart, model=model, meant=maker),
        key=text_keys("annotate", maker, segments),
        keep=Keeping(read, write),
        per=Transcripts(segments[_SENT_OUT], crew, crew.piece),
    )
    annotated = run_stage(stage, host, store).values()
    mentions = pd.concat([of_transcript for _, of_transcript in annotated], ignore_index=True)
    return join_tokens([of_transcript for of_transcript, _ in annotated]), mentions


def _embed(texts: pd.DataFrame, store: Store, crew: Crew, encoder: Encoder, host: Host) -> SharedVectors:
    """The vector of each text (columns transcript, segment, text), none for an empty one."""
    maker = embedder(encoder.name)
    # A question stands before many segments of its transcript, and is embedded there once.
    filled = np.flatnonzero(texts["text"] != "")
    number, _ = pd.factorize(texts["transcript"].iloc[filled] + "\n" + texts["segment"].iloc[filled])
    distinct = texts.iloc[filled[np.unique(number, return_index=True)[1]]]
    keys = text_keys("embed", maker, distinct)
    vectors = np.empty((len(distinct), encoder.dimensions), dtype=np.float32)
    rows_of_key = _rows_by_key(distinct, keys)

    # Straight to their rows as they are read or made, so that no vector is held twice.
    def put(key: str, array: np.ndarray | None) -> bool | None:
        if array is None:
            return None
        for rows in rows_of_key[key]:
            vectors[rows] = array
        return True

    stage = Stage(
        name=Bilingual("Calcola i vettori di frase", "Compute sentence vectors"),
        make=partial(embed_apart, encoder=encoder.name, meant=maker),
        key=keys,
        keep=Keeping(
            lambda store, key: put(key, store.read_array(key)),
            lambda store, key, array: put(key, store.write_array(key, array)),
        ),
        per=Transcripts(distinct, crew, crew.piece),
    )
    run_stage(stage, host, store)
    row = np.full(len(texts), -1)
    row[filled] = number
    return SharedVectors(vectors, row)


def _rows_by_key(texts: pd.DataFrame, keys: dict[str, str]) -> dict[str, list[np.ndarray]]:
    """Key -> the rows of each transcript that has it: two transcripts of the same words share a key."""
    rows_of_key: dict[str, list[np.ndarray]] = {}
    for transcript, rows in texts.groupby("transcript", sort=False).indices.items():
        rows_of_key.setdefault(keys[str(transcript)], []).append(np.asarray(rows))
    return rows_of_key
