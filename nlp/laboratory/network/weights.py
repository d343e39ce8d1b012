"""Fits how what the network reads is weighed with the other evidence, on passages that taught the network nothing.

Convex, and nothing is drawn: the same passages give the same weights.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from nlp.annotation import annotate
from nlp.embeddings import Encoder, embed_texts, share_texts
from nlp.italian.loading import load_pipeline
from nlp.laboratory.evaluation import CodedStudy
from nlp.laboratory.network.measures import f1
from nlp.laboratory.network.passages import Code, Passage, Pool, truths
from nlp.spoken_text import SpokenText, put_in_order
from nlp.themes.features import read_themes
from nlp.themes.network import ThemeNetwork, read_passages
from nlp.themes.planes import Planes
from nlp.themes.theme_model import (
    WEIGHED,
    Logistic,
    fit_logistic,
    logistic_values,
    theme_cut,
    weighed_features,
)

ROOT = Path(__file__).resolve().parents[3]
TEACH = (ROOT / "corpus" / "sample", ROOT / "tests" / "acceptance" / "quartiere")
HELD_OUT = (ROOT / "tests" / "acceptance" / "giovani",)
STUDY = 6.0  # what a decision in a study counts for
PENALTY = 10.0  # on squared standardised weights
LARGEST = 24  # codes of a codebook: the fine ones are no more what teams code with
BOOKS = 8  # of a pool; every third or so of the many that life has


@dataclass(frozen=True)
class Lesson:
    """What is known of the passages of one corpus under one codebook: features (cells, features), labels (cells,)."""

    corpus: str
    features: np.ndarray
    labels: np.ndarray


def fit_weights(lessons: Sequence[Lesson], studies: Sequence[CodedStudy]) -> Logistic:
    """The model from the passages of the part "dev" and from whole studies.

    Every corpus counts for its size, however many its codebooks; a study, of which there are two, three times.
    """
    corpora = [lesson.corpus for lesson in lessons]
    weights = [np.full(len(lesson.labels), 2 / corpora.count(lesson.corpus)) for lesson in lessons]
    by_people = [study_lesson(study) for study in studies]
    weights += [np.full(len(lesson.labels), STUDY) for lesson in by_people]
    every = [*lessons, *by_people]
    return fit_logistic(
        np.concatenate([lesson.features for lesson in every]),
        np.concatenate([lesson.labels for lesson in every]),
        np.concatenate(weights),
        WEIGHED,
        PENALTY,
    )


def read_lessons(pools: Sequence[Pool], network: ThemeNetwork, encoder: Encoder) -> Iterator[Lesson]:
    """Every corpus of "dev" passages under the codebooks of its pool, as a run would read them."""
    for pool in pools:
        books = [book for book in pool.codebooks if len(book) <= LARGEST]
        books = books[:: max(1, len(books) // BOOKS)]
        for corpus, passages in _corpora(pool):
            text = as_text(passages, encoder)
            for book in books:
                yield _lesson(corpus, passages, text, book, network, encoder)


def study_lesson(study: CodedStudy) -> Lesson:
    """What people decided in a whole study."""
    decided = study.people.decided
    features = _study_features(study).array()
    return Lesson(study.name, features[decided], study.people.share[decided])


def judged_by_others(lessons: Sequence[Lesson], studies: Sequence[CodedStudy], held_out: CodedStudy) -> float:
    """Micro-F1 on a study against all its coders, by the weights that passages and the other studies teach."""
    model = fit_weights(lessons, [study for study in studies if study.name != held_out.name])
    probability = model.probability(_study_features(held_out))
    people = held_out.people
    given = np.broadcast_to(probability >= theme_cut(probability), people.yes.shape)
    return f1(given[people.asked], people.yes[people.asked])


def _study_features(study: CodedStudy) -> Planes:
    return weighed_features(study.read.features, study.read.reading.relevance)


def as_text(passages: Sequence[Passage], encoder: Encoder) -> SpokenText:
    """The passages, in their order, as the segments of a study."""
    segments = pd.DataFrame(
        {
            "segment": [f"{passage.interview}:{number:04d}" for number, passage in enumerate(passages)],
            "transcript": [passage.interview for passage in passages],
            "start": range(len(passages)),
            "text": [passage.text for passage in passages],
            "question": [passage.question for passage in passages],
            "words": [len(passage.text.split()) for passage in passages],
        }
    )
    tokens, _ = annotate(segments[["transcript", "segment", "text"]], load_pipeline("trama"))
    questions = share_texts(segments["question"], encoder)
    text = put_in_order(segments, tokens, embed_texts(segments["text"], encoder), questions)
    # They are drawn from interviews: what was said before one is not the passage before it here.
    return replace(text, before=[passages[number].before for number in text.segments["start"]])


def write_weights(model: Logistic, path: Path) -> None:
    """Write the weights file that nlp.themes.theme_model reads."""
    path.write_text(json.dumps(logistic_values(model), indent=1) + "\n", encoding="utf-8")


def _corpora(pool: Pool) -> Iterator[tuple[str, list[Passage]]]:
    """The dev passages of the pool by city, sorted by interview; what is written is one."""
    corpora: dict[str, list[Passage]] = {}
    for passage in pool.passages:
        if passage.part == "dev":
            city = passage.interview[:2] if passage.spoken else ""
            corpora.setdefault(pool.name + city, []).append(passage)
    for corpus, passages in corpora.items():
        yield corpus, sorted(passages, key=lambda passage: passage.interview)


def _lesson(
    corpus: str,
    passages: Sequence[Passage],
    text: SpokenText,
    book: Sequence[Code],
    network: ThemeNetwork,
    encoder: Encoder,
) -> Lesson:
    themes = [code.theme for code in book]
    reading = read_passages(text, themes, network, encoder)
    features = weighed_features(read_themes(text, themes, encoder), reading.relevance).array()
    has, _ = truths(passages, book)
    return Lesson(corpus, features.reshape(-1, len(WEIGHED)), has.ravel().astype(float))
