"""Theme coding: what the network reads, the codebook's terms and context, and what people teach. Runs no pipeline."""

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
from nlp.themes.learned import LearningEvidence, learn_themes, learning_evidence
from nlp.themes.network import PassageReader, PassageReading, read_passages
from nlp.themes.theme_model import score, theme_probabilities


@dataclass(frozen=True)
class ReadThemes:
    """The text and the codebook, what the network reads of one in the other, and the features made of it."""

    text: SpokenText
    themes: Sequence[Theme]
    reading: PassageReading
    features: ThemeFeatures

    @cached_property
    def unaided(self) -> np.ndarray:
        """(segments, themes): the probability of each theme without any human coding, asked for once a fold."""
        return theme_probabilities(self.features, self.reading.relevance)

    @cached_property
    def evidence(self) -> LearningEvidence:
        """What people's codings are learned from."""
        return learning_evidence(self.text, self.reading, self.features.words)


class ThemeCoder:
    """The coder "trama"."""

    name = "trama"

    def __init__(self, encoder: Encoder, network: PassageReader):
        self._encoder = encoder
        self._network = network
        self.fingerprint = f"{code_of(ThemeCoder)} {encoder.fingerprint} {network.fingerprint}"

    def read(self, text: SpokenText, themes: Sequence[Theme]) -> ReadThemes:
        """The text read against the codebook."""
        reading = read_passages(text, themes, self._network, self._encoder)
        features = read_themes(text, themes, self._encoder)
        return ReadThemes(text, themes, reading, features)

    def code(self, read: ReadThemes, people: HumanLabels, min_score: float) -> pd.DataFrame:
        """The Codings frame. A person's decision always wins; then what people teach; then the codebook."""
        scores = self.scores(read, people)
        pairs = _told_how(given_themes(scores, people, min_score), read, min_score)
        evidence = _evidence(pairs[pairs["how"] != "human"], read)
        odds = read.reading.stance[pairs["row"].to_numpy(), pairs["theme"].to_numpy()]
        return make_codings(pairs, evidence, read.text, read.themes, people, odds)

    def scores(self, read: ReadThemes, people: HumanLabels) -> np.ndarray:
        """(segments, themes), with what people teach; 0 for segments too short to hold a theme."""
        learned = learn_themes(read.evidence, read.unaided, people.share, people.decided)
        return score(learned.probability) * _long_enough(read)

    def terms(self, read: ReadThemes) -> TermPlaces:
        """Where the codebook's terms stand."""
        return TermPlaces(read.features.matches, read.features.set_aside)


def _long_enough(read: ReadThemes) -> np.ndarray:
    """(segments, 1)"""
    return (read.text.segments["words"] >= SHORTEST).to_numpy()[:, None]


def _told_how(pairs: pd.DataFrame, read: ReadThemes, min_score: float) -> pd.DataFrame:
    """The pairs with how the machine came to those that people did not give.

    What would not be given without people is "learned" from them; else a term that stands there is what a reader sees
    at once ("pattern"), and what is said without any the rest ("similarity").
    """
    places = (pairs["row"].to_numpy(), pairs["theme"].to_numpy())
    unaided = (score(read.unaided) * _long_enough(read))[places]
    holds_term = np.zeros(read.unaided.shape, dtype=bool)
    holds_term[read.features.matches["row"], read.features.matches["theme"]] = True
    by_machine = np.select([unaided < min_score, holds_term[places]], ["learned", "pattern"], "similarity")
    return pairs.assign(how=pairs["how"].where(pairs["how"] != "", by_machine))


def _evidence(pairs: pd.DataFrame, read: ReadThemes) -> pd.DataFrame:
    """EVIDENCE_COLUMNS of each pair: the terms that stand there, else the sentence nearest to the theme."""
    pattern = pattern_evidence(pairs, read.features.matches)
    holds_term = pattern["start"].notna()
    nearness = nearness_evidence(pairs[~holds_term], read.features, read.text.tokens)
    return pattern.where(holds_term, nearness.reindex(pairs.index))
