"""A large language model reads a study, segment by segment, where study.toml asks for one; what it read is kept.

What it could not read is written down and the run goes on: a later run asks for that alone.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from corpus.codings.human_labels import label_segments
from corpus.errors import Notebook, Problem, Severity, StudyError
from corpus.records import Theme, Transcript
from corpus.settings import FILE, LLM, Settings
from corpus.store import Store, content_key
from corpus.study import Study
from corpus.words.language import Bilingual
from flows.host import Host
from flows.stage import Stage, run_stage
from flows.study_text import StudyText
from nlp.coders import Coder, open_coder
from nlp.coding import SHORTEST
from nlp.embeddings import Encoder
from nlp.llm.prompt import Reading, believe, question_about
from nlp.llm.readings import Readings, gather
from nlp.llm.server import Ask, LanguageModel, NoAnswer, Why, asking, find_model
from nlp.themes.network import PassageReader

_PAUSE = 2.0  # seconds before a server that is gone is asked once more: some start themselves again
_FAILURES = 3  # late or failed one after the other, after which nothing more is asked: 300 s each, it would take days
_KEPT = "answer"
_STAGE = Bilingual("Fai leggere i segmenti al modello linguistico", "Have the language model read the segments")
_WHY: Mapping[Why, Bilingual] = {
    "refused": Bilingual("si è rifiutato di rispondere", "it refused to answer"),
    "broken": Bilingual("la sua risposta non è nella forma chiesta", "its answer is not of the form asked for"),
    "rejected": Bilingual(
        "il server ha respinto la domanda (forse è più lunga del contesto del modello)",
        "the server turned the question away (it may be longer than the model's context)",
    ),
    "failed": Bilingual("il server ha avuto un errore suo", "the server met an error of its own"),
    "late": Bilingual("non ha risposto in tempo (`llm.timeout_seconds`)", "no answer in time (`llm.timeout_seconds`)"),
    "gone": Bilingual("il server non rispondeva più", "the server did not answer any more"),
}
_PASSING: tuple[Why, ...] = ("failed", "late", "gone")  # another run may do better; the others are the model's own


@dataclass
class Reader:
    """The model that a study wants asked, None where it wants none or it is not there.

    notebook: what a run of the study has to say of it
    unfinished: whether another run may read what this one could not
    """

    model: LanguageModel | None = None
    notebook: Notebook = field(default_factory=lambda: Notebook(FILE))
    unfinished: bool = False

    def about(self) -> dict[str, Any]:
        """What a run's manifest says of it."""
        return {} if self.model is None else {LLM: self.model.about()}


def find_reader(settings: Settings) -> Reader:
    """The reader of a study. Raises StudyError where it is the coder and not there; a second reader may be missing."""
    reader = Reader()
    if not settings.asks_llm:
        return reader
    try:
        reader.model = find_model(settings.llm)
    except StudyError as error:
        if settings.analysis.coder == LLM:
            raise
        reader.unfinished = True
        for problem in error.problems:
            reader.notebook.warning(
                f"senza il secondo lettore: {problem.message.it}", f"without the second reader: {problem.message.en}"
            )
    return reader


def open_study_coder(
    study: Study,
    text: StudyText,
    reader: Reader,
    store: Store,
    host: Host,
    encoder: Encoder,
    network: PassageReader | None = None,
) -> Coder:
    """The coder that the study names; where it is a language model, once that has read what respondents say."""
    settings = study.settings.analysis
    if settings.coder != LLM:
        return open_coder(settings.coder, encoder, network)
    readings = _readings(study, text.spoken.segments, "error", reader, store, host)
    return open_coder(settings.coder, encoder, network, readings)


def read_as_second(study: Study, text: StudyText, reader: Reader, store: Store, host: Host) -> Readings | None:
    """What the study's second reader says of the segments that people decided on; None where it has none.

    It is compared with people and counted nowhere: what nobody else decided on, it need not read.
    """
    if not study.settings.llm.second_reader or reader.model is None:
        return None
    spoken = text.spoken.segments
    decided = label_segments(spoken, study.human_codings, study.themes).decided.any(axis=1)
    if not decided.any():
        reader.notebook.warning(
            "`llm.second_reader`: nessuno ha codificato, e il secondo lettore non ha con chi essere confrontato",
            "`llm.second_reader`: nobody has coded, and there is nobody to compare the second reader with",
        )
        return None
    return _readings(study, spoken.iloc[np.flatnonzero(decided)], "warning", reader, store, host)


def _readings(
    study: Study, segments: pd.DataFrame, severity: Severity, reader: Reader, store: Store, host: Host
) -> Readings:
    """What the reader's model reads in `segments`; what it could not read is a problem of this severity."""
    assert reader.model is not None
    readings = read_with_model(reader.model, segments, study.themes, study.settings.study.seed, store, host)
    reader.unfinished |= bool(readings.lacking["why"].isin(_PASSING).any())
    _note_reading(readings, segments, study.transcripts, severity, reader)
    return readings


def read_with_model(
    model: LanguageModel, segments: pd.DataFrame, themes: Sequence[Theme], seed: int, store: Store, host: Host
) -> Readings:
    """What `model` reads in `segments` (a Segments frame); an answer is kept as soon as it is there.

    Kept under the model's digest and all that it is told. Shorter segments than SHORTEST hold no theme and are not
    asked about; what is said twice after the same question is asked about once.
    """
    long_enough = segments[(segments["words"] >= SHORTEST) & bool(themes)]
    questions = _Questions(model, themes, seed, long_enough)
    kept = {key: _read_kept(store, key, questions) for key in questions.keys}
    read = {key: reading for key, reading in kept.items() if reading is not None}
    missing = [key for key in questions.keys if key not in read]
    lacking: dict[str, Why] = {}

    def ask_all() -> None:
        with asking(model) as ask:
            lacking.update(_ask_each(ask, missing, questions, read, store, host))

    if missing:
        run_stage(Stage(_STAGE, ask_all, segments=len(missing)), host)
    by_segment = {segment: read[key] for segment, key in questions.key_of.items() if key in read}
    not_read = {segment: lacking[key] for segment, key in questions.key_of.items() if key in lacking}
    readings = gather(segments["segment"].tolist(), by_segment, not_read)
    host.info(
        "modello linguistico: %d segmenti letti, %d senza risposta, %d codifiche scartate",
        len(readings.read), len(readings.lacking), readings.dropped,
    )  # fmt: skip
    return readings


class _Questions:
    """What is asked about each segment, under the key that its answer is kept under.

    key_of: segment -> key; keys: each once, in the order of the talk
    """

    def __init__(self, model: LanguageModel, themes: Sequence[Theme], seed: int, segments: pd.DataFrame):
        self.themes = themes
        self._seed = seed
        self._said: dict[str, tuple[str, str]] = {}
        self.key_of: dict[str, str] = {}
        for segment, text, asked in segments[["segment", "text", "question"]].itertuples(index=False, name=None):
            key = content_key("language model", model.digest, question_about(text, asked, themes, seed))
            self.key_of[segment] = key
            self._said[key] = (text, asked)
        self.keys = tuple(self._said)

    def text(self, key: str) -> str:
        """The segment's text."""
        return self._said[key][0]

    def body(self, key: str) -> dict[str, Any]:
        """What the model is told."""
        text, asked = self._said[key]
        return question_about(text, asked, self.themes, self._seed)


def _read_kept(store: Store, key: str, questions: _Questions) -> Reading | None:
    """What is believed of a kept answer; None where there is none, or it would not be believed today."""
    frame = store.read(key)
    if frame is None:
        return None
    try:
        return believe(str(frame[_KEPT].iloc[0]), questions.text(key), questions.themes)
    except ValueError:
        return None


def _ask_each(
    ask: Ask, keys: Sequence[str], questions: _Questions, read: dict[str, Reading], store: Store, host: Host
) -> dict[str, Why]:
    """Ask about each key and put what is believed into `read`; returns why there is nothing for the others.

    A server that is gone, or fails again and again, is asked nothing more.
    """
    lacking: dict[str, Why] = {}
    failures = 0
    for key in keys:
        try:
            answer = _ask_patiently(ask, questions.body(key))
            read[key] = believe(answer, questions.text(key), questions.themes)
        except NoAnswer as reason:
            lacking[key] = reason.why
        except ValueError:
            lacking[key] = "broken"
        else:
            store.write(key, pd.DataFrame({_KEPT: [answer]}))
        host.advance(1)
        failures = failures + 1 if lacking.get(key) in _PASSING else 0
        if lacking.get(key) == "gone" or failures == _FAILURES:
            host.warning("il modello linguistico non risponde più: smetto di chiedere")
            break
    for key in keys:
        if key not in read:
            lacking.setdefault(key, "gone")  # never asked
    return lacking


def _ask_patiently(ask: Ask, question: Mapping[str, Any]) -> str:
    """The answer; a server that is gone is asked once more. Raises NoAnswer."""
    try:
        return ask(question)
    except NoAnswer as reason:
        if reason.why != "gone":
            raise
    time.sleep(_PAUSE)
    return ask(question)


def _note_reading(
    readings: Readings, segments: pd.DataFrame, transcripts: Sequence[Transcript], severity: Severity, reader: Reader
) -> None:
    """Write down which of the `segments` of which transcript were not read and why, and how much was made up."""
    files = {transcript.id: transcript.file for transcript in transcripts}
    given = segments[["segment", "transcript"]].merge(readings.lacking, on="segment", how="left")
    for transcript, of_transcript in given.groupby("transcript", sort=True):
        for why in of_transcript["why"].dropna().unique():
            lacking = (of_transcript["why"] == why).to_numpy()
            reader.notebook.add([_not_read(files[str(transcript)], of_transcript["segment"], lacking, why, severity)])
    if readings.dropped:
        reader.notebook.warning(
            "codifiche del modello linguistico scartate perché il tema non è nel libro dei codici o le parole che cita "
            f"non stanno nel segmento: {readings.dropped}",
            "codings of the language model dropped because the theme is not in the codebook or the words it quotes do "
            f"not stand in the segment: {readings.dropped}",
        )


def _not_read(file: str, segments: pd.Series, lacking: np.ndarray, why: Why, severity: Severity) -> Problem:
    """That the model did not read those of a transcript's `segments` that are `lacking` for the same reason."""
    ids = [segment.rpartition(":") for segment in segments]
    which = f"{ids[0][0]}: {_stretches([number for _, _, number in ids], lacking)}"
    again_it = "; ripeti la corsa, che chiede solo di questi" if why in _PASSING else ""
    again_en = "; run it again, it asks about these alone" if why in _PASSING else ""
    reason = _WHY[why]
    it = f"segmenti che il modello linguistico non ha letto ({which}): {reason.it}{again_it}"
    en = f"segments that the language model did not read ({which}): {reason.en}{again_en}"
    return Problem(Bilingual(it, en), file, severity=severity)


def _stretches(names: Sequence[str], chosen: np.ndarray) -> str:
    """The chosen names, those in a row as the first and the last: `0002, 0007-0031`."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], chosen.astype(int), [0]])))
    stretches = []
    for first, after in edges.reshape(-1, 2):
        ends = dict.fromkeys([names[first], names[after - 1]])  # one name where there is one
        stretches.append("-".join(ends))
    return ", ".join(stretches)
