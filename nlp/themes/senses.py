"""Which sense a one-word term has, by the noun joined to it: "concorso di pittura". Codes nothing.

A word that stands in several fields of meaning has several senses. Where its complement belongs to one of its fields
that the theme does not claim, and to none that it does, the term stands there in a sense that is not the theme's.
"""

from functools import cache

import numpy as np
import pandas as pd

from nlp.columns import map_distinct
from nlp.themes.meaning_fields import membership

OF = frozenset(["di", "del", "dello", "della", "dei", "degli", "delle", "d", "d'", "dell", "dell'", "da"])
PASSED = frozenset({"DET", "ADJ", "ADP", "NUM"})  # what may stand between the preposition and the noun
REACH = 4  # tokens after the term in which its complement is looked for
CLAIMED = 0.5  # a field is the theme's if it holds this share of what it holds of its best field


def in_other_sense(matches: pd.DataFrame, tokens: pd.DataFrame, fields: np.ndarray) -> np.ndarray:
    """(matches,): whether each match of a frame as from match_terms has a complement that makes it another word.

    `tokens` is the Tokens frame that was searched, `fields` (fields, themes) the claims of theme_fields.
    """
    other = np.zeros(len(matches), dtype=bool)
    single = np.flatnonzero((matches["words"] == 1).to_numpy())
    at = matches["at"].to_numpy()[single]
    noun = _complements(at, tokens)
    single, at, noun = (array[noun >= 0] for array in (single, at, noun))
    lemma = tokens["lemma"]
    theme = matches["theme"].to_numpy()
    for number, *pair in zip(single, lemma.iloc[at], lemma.iloc[noun], strict=True):
        claims = fields[:, theme[number]]
        claimed = claims >= CLAIMED * claims.max()
        word, complement = (_fields_of(lemma_of.lower()) for lemma_of in pair)
        other[number] = (word & complement & ~claimed).any() and not (complement & claimed).any()
    return other


@cache
def _fields_of(word: str) -> np.ndarray:
    """(fields,): whether the word stands in each."""
    return membership((word,)).toarray()[0] > 0


def _complements(at: np.ndarray, tokens: pd.DataFrame) -> np.ndarray:
    """(at,): the token of the noun after "di" and the like that follow the token `at`, -1 where there is none."""
    reach = at[:, None] + np.arange(REACH + 1)
    rows = np.minimum(reach, len(tokens) - 1)
    around = tokens[["segment", "sentence", "text", "pos"]].iloc[rows.ravel()]
    segment, sentence = (pd.factorize(around[name])[0].reshape(rows.shape) for name in ("segment", "sentence"))
    same = (segment == segment[:, :1]) & (sentence == sentence[:, :1]) & (reach < len(tokens))
    joined = map_distinct(around["text"], lambda text: text.str.lower().str.replace("’", "'").isin(OF)).reshape(
        rows.shape
    )
    noun = around["pos"].isin(["NOUN", "PROPN"]).to_numpy().reshape(rows.shape)
    passed = around["pos"].isin(PASSED).to_numpy().reshape(rows.shape)
    complement = np.full(len(at), -1)
    looking = same[:, 1] & joined[:, 1]
    for step in range(2, REACH + 1):
        looking &= same[:, step]
        complement = np.where(looking & noun[:, step], reach[:, step], complement)
        looking &= passed[:, step]
    return complement
