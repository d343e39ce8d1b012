"""Coding by the codebook's terms alone: where a term stands the theme is given, and nowhere else.

For codebooks whose terms say it all, and as the measure of what everything beyond them brings. Learns from nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels
from corpus.fingerprint import code_of
from corpus.records import Theme
from nlp.coders.coder import TermPlaces
from nlp.coding import given_themes, make_codings
from nlp.embeddings import Encoder
from nlp.spoken_text import SpokenText
from nlp.themes.evidence import pattern_evidence
from nlp.themes.network import PassageReader, read_stances
from nlp.themes.term_matching import TokenIndex, place_terms
from nlp.themes.term_patterns import parse_terms


@dataclass(frozen=True)
class KeywordPlaces:
    """The text with the codebook it was searched for, and where its terms stand."""

    text: SpokenText
    themes: Sequence[Theme]
    terms: TermPlaces


class KeywordCoder:
    """The coder "keywords". The network judges stances alone; terms are matched as the coder "trama" matches them."""

    name = "keywords"

    def __init__(self, encoder: Encoder, network: PassageReader):
        self._encoder = encoder
        self._network = network
        self.fingerprint = f"{code_of(KeywordCoder)} {encoder.fingerprint} {network.fingerprint}"

    def read(self, text: SpokenText, themes: Sequence[Theme]) -> KeywordPlaces:
        """Where terms stand; one that touches an exclusion term of its theme is set aside."""
        places = place_terms(TokenIndex(text.tokens), parse_terms(themes), text.segments["segment"])
        return KeywordPlaces(text, themes, TermPlaces(*places))

    def code(self, read: KeywordPlaces, people: HumanLabels, min_score: float) -> pd.DataFrame:
        """The Codings frame; a score is 1 where a term stands, whatever `min_score` asks for."""
        pairs = given_themes(self.scores(read, people), people, min_score)
        pairs = pairs.assign(how=pairs["how"].replace("", "pattern"))
        evidence = pattern_evidence(pairs[pairs["how"] != "human"], read.terms.matches)
        odds = read_stances(pairs, read.text, read.themes, self._network, self._encoder)
        return make_codings(pairs, evidence, read.text, read.themes, people, odds)

    def scores(self, read: KeywordPlaces, people: HumanLabels) -> np.ndarray:
        """(segments, themes): 1 where a term stands, 0 elsewhere; `people` teach nothing."""
        scores = np.zeros((len(read.text.segments), len(read.themes)))
        scores[read.terms.matches["row"], read.terms.matches["theme"]] = 1.0
        return scores

    def terms(self, read: KeywordPlaces) -> TermPlaces:
        """Where the codebook's terms stand."""
        return read.terms
