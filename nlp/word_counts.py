"""Which content words stand in which segment, as a sparse matrix. Knows no theme and no model."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
import scipy.sparse as sparse

from nlp.columns import map_distinct

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "X", ""})
SHORTEST = 3  # letters; shorter lemmas are hardly ever content


@dataclass(frozen=True)
class WordCounts:
    """`present` is a csr matrix (segments, words) of 1s; `words` the lemma of each column, in alphabetical order."""

    present: sparse.csr_matrix
    words: tuple[str, ...]

    @property
    def frequency(self) -> np.ndarray:
        """In how many segments each word stands."""
        return np.asarray(self.present.sum(axis=0)).ravel()

    @property
    def lengths(self) -> np.ndarray:
        """How many distinct content words each segment has."""
        return np.asarray(self.present.sum(axis=1)).ravel()


def count_words(tokens: pd.DataFrame, segments: pd.Series) -> WordCounts:
    """The content lemmas of a Tokens frame in the segments named, one row of the matrix each and in their order.

    Content words are nouns, verbs, adjectives and the like (any token where the pipeline gives no part of speech) that
    are not among the words that every talk is full of.
    """
    rows = pd.Index(segments).get_indexer(tokens["segment"])
    lemma = tokens["lemma"].str.lower()
    counts = (
        (rows >= 0) & map_distinct(tokens["pos"], lambda pos: pos.isin(_CONTENT)) & map_distinct(lemma, _is_content)
    )
    number, distinct = pd.factorize(lemma[counts])
    words, column = np.unique(distinct.to_numpy(dtype=str), return_inverse=True)
    columns = column[number]
    shape = (len(segments), len(words))
    present = sparse.csr_matrix((np.ones(len(columns)), (rows[counts], columns)), shape=shape)
    present.sum_duplicates()
    present.data[:] = 1
    return WordCounts(present, tuple(map(str, words)))


def _is_content(lemma: pd.Series) -> pd.Series:
    long_enough = (lemma.str.len() >= SHORTEST) & ~lemma.isin(common_words())
    return long_enough & lemma.str.fullmatch(r"[^\W\d_][\w'’ -]*")


@cache
def common_words() -> frozenset[str]:
    """Words of any talk, whatever it is about (nlp/data/common_words_it.txt)."""
    text = (files("nlp") / "data" / "common_words_it.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
