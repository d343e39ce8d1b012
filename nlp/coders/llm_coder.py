"""Coding by a large language model: what it gave, where, and in which stance. Asks it nothing: it read before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels
from corpus.fingerprint import code_of
from corpus.records import Theme
from corpus.settings import LLM
from corpus.store import content_key, frame_hash
from nlp.coders.coder import TermPlaces
from nlp.coders.keywords import KeywordCoder
from nlp.coding import given_themes, make_codings
from nlp.embeddings import Encoder
from nlp.llm.readings import Readings
from nlp.spoken_text import SpokenText
from nlp.themes.network import PassageReader, read_stances


@dataclass(frozen=True)
class LlmPlaces:
    """The text with the codebook, what the model gave there, and where the codebook's terms stand.

    passages: nlp.llm.readings.PASSAGE_COLUMNS with row and theme as places, of the segments that are in the text
    scores: (segments, themes), 1 where a theme is given, NaN in segments that the model could not read
    """

    text: SpokenText
    themes: Sequence[Theme]
    passages: pd.DataFrame
    scores: np.ndarray
    terms: TermPlaces


class LlmCoder:
    """The coder "llm", of what a model read before (flows.llm_reading). The network judges people's stances alone."""

    name = LLM

    def __init__(self, encoder: Encoder, network: PassageReader, readings: Readings):
        self._encoder = encoder
        self._network = network
        self._readings = readings
        self._keywords = KeywordCoder(encoder, network)
        said = content_key(LLM, frame_hash(readings.passages), frame_hash(readings.lacking), sorted(readings.segments))
        self.fingerprint = f"{code_of(LlmCoder)} {encoder.fingerprint} {network.fingerprint} {said}"

    def read(self, text: SpokenText, themes: Sequence[Theme]) -> LlmPlaces:
        """What the model gave, laid over the text; a segment that it was not given to read holds no theme."""
        segments = pd.Index(text.segments["segment"])
        codes = pd.Index([theme.code for theme in themes])
        given = self._readings.passages
        placed = given.assign(
            row=segments.get_indexer(pd.Index(given["segment"])), theme=codes.get_indexer(pd.Index(given["theme"]))
        )
        passages = placed[(placed["row"] >= 0) & (placed["theme"] >= 0)]
        scores = np.zeros((len(segments), len(themes)))
        scores[passages["row"], passages["theme"]] = 1.0
        scores[segments.isin(self._readings.lacking["segment"])] = np.nan
        return LlmPlaces(text, themes, passages, scores, self._keywords.read(text, themes).terms)

    def code(self, read: LlmPlaces, people: HumanLabels, min_score: float) -> pd.DataFrame:
        """The Codings frame; a score is 1 where the model gave a theme, whatever `min_score` asks for."""
        pairs = given_themes(self.scores(read, people), people, min_score)
        pairs = pairs.assign(how=pairs["how"].replace("", LLM))
        by_model = pairs[pairs["how"] != "human"]
        passages = read.passages.set_index(["row", "theme"])
        told = passages.reindex(pd.MultiIndex.from_frame(by_model[["row", "theme"]])).set_axis(by_model.index)
        evidence = told[["start", "end"]].assign(terms="", near_words="", nearest_text="")
        odds = read_stances(pairs, read.text, read.themes, self._network, self._encoder)
        codings = make_codings(pairs, evidence, read.text, read.themes, people, odds)
        # Its own stances, not those judged from the words: the model said how it is spoken of where it gave the theme.
        codings.loc[(codings["how"] == LLM).to_numpy(), "stance"] = told["stance"].to_numpy()
        return codings

    def scores(self, read: LlmPlaces, people: HumanLabels) -> np.ndarray:
        """(segments, themes): 1 where the model gave the theme, NaN where it read nothing; `people` teach nothing."""
        return read.scores

    def terms(self, read: LlmPlaces) -> TermPlaces:
        """Where the codebook's terms stand, as the coder "keywords" finds them."""
        return read.terms
