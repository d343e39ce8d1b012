"""Theme coding: terms, definitions and context of the codebook, and what people's codings teach. Runs no pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels
from corpus.fingerprint import code_of
from corpus.records import Theme
from nlp.coders.coder import TermPlaces
from nlp.coding import SHORTEST, given_themes, make_codings
from nlp.embeddings import Encoder
from nlp.spoken_text import SpokenText
from nlp.themes.evidence import nearness_evidence, pattern_evidence
from nlp.themes.features import ThemeFeatures, read_themes
from nlp.themes.feedback import SURE, typical_words
from nlp.themes.learned import learn_themes
from nlp.themes.neighbours import Near
from nlp.themes.theme_model import score, theme_probabilities


@dataclass(frozen=True)
class ReadThemes:
    """The text and the codebook with the features of one for the other."""

    text: SpokenText
    themes: Sequence[Theme]
    features: ThemeFeatures

    @cached_property
    def unaided(self) -> np.ndarray:
        """(segments, themes): the probability of each theme without any human coding, asked for once a fold."""
        return theme_probabilities(self.features)


class ThemeCoder:
    """The coder "trama"."""

    name = "trama"

    def __init__(self, encoder: Encoder, near: Near):
        self._encoder = encoder
        self._near = near
        self.fingerprint = f"{code_of(ThemeCoder)} {encoder.fingerprint}"

    def read(self, text: SpokenText, themes: Sequence[Theme]) -> ReadThemes:
        """The text read against the codebook."""
        features = read_themes(
            text.segments, text.tokens, text.vectors, themes, self._encoder, text.questions, self._near
        )
        return ReadThemes(text, themes, features)

    def code(self, read: ReadThemes, people: HumanLabels, min_score: float) -> pd.DataFrame:
        """The Codings frame. A person's decision always wins; then what people teach; then the codebook."""
        scores = self.scores(read, people)
        pairs = _told_how(given_themes(scores, people, min_score), read, min_score)
        evidence = _evidence(pairs[pairs["how"] != "human"], read, scores)
        return make_codings(pairs, evidence, read.text, read.themes, people, self._encoder)

    def scores(self, read: ReadThemes, people: HumanLabels) -> np.ndarray:
        """(segments, themes), with what people teach; 0 for segments too short to hold a theme."""
        learned = learn_themes(read.features, read.unaided, people.share, people.decided)
        return score(learned.probability) * _long_enough(read)

    def terms(self, read: ReadThemes) -> TermPlaces:
        """Where the codebook's terms stand; those in another sense do not count."""
        return TermPlaces(read.features.matches, read.features.set_aside)


def _long_enough(read: ReadThemes) -> np.ndarray:
    """(segments, 1)"""
    return (read.text.segments["words"] >= SHORTEST).to_numpy()[:, None]


def _told_how(pairs: pd.DataFrame, read: ReadThemes, min_score: float) -> pd.DataFrame:
    """The pairs with how the machine came to those that people did not give.

    What would not be given without people is "learned" from them; else a term that stands there is what a reader sees
    at once ("pattern"), and nearness to the codebook's sentences the rest ("similarity").
    """
    places = (pairs["row"].to_numpy(), pairs["theme"].to_numpy())
    unaided = (score(read.unaided) * _long_enough(read))[places]
    holds_term = np.zeros(read.unaided.shape, dtype=bool)
    holds_term[read.features.matches["row"], read.features.matches["theme"]] = True
    by_machine = np.select([unaided < min_score, holds_term[places]], ["learned", "pattern"], "similarity")
    return pairs.assign(how=pairs["how"].where(pairs["how"] != "", by_machine))


def _evidence(pairs: pd.DataFrame, read: ReadThemes, scores: np.ndarray) -> pd.DataFrame:
    """EVIDENCE_COLUMNS of each pair: the terms that stand there, else the sentence nearest to the theme."""
    taught = np.where(scores > SURE, scores, 0)
    features = read.features
    weights = features.affinity + features.field_words + typical_words(features.words, taught)
    pattern = pattern_evidence(pairs, features.matches)
    holds_term = pattern["start"].notna()
    nearness = nearness_evidence(pairs[~holds_term], features, read.text.tokens, weights)
    return pattern.where(holds_term, nearness.reindex(pairs.index))
