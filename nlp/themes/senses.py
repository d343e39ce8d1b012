"""Which sense a one-word term has, by the noun joined to it: "concorso di pittura". Codes nothing.

A word that stands in several fields of meaning has several senses. Where its complement belongs to one of its fields
that the theme does not claim, and to none that it does, the term stands there in a sense that is not the theme's.
"""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from nlp.themes.fields import membership

OF = frozenset(["di", "del", "dello", "della", "dei", "degli", "delle", "d", "d'", "dell", "dell'", "da"])
PASSED = frozenset({"DET", "ADJ", "ADP", "NUM"})  # what may stand between the preposition and the noun
REACH = 4  # tokens after the term in which its complement is looked for
_COLUMNS = ("segment", "sentence", "text", "lemma", "pos")
CLAIMED = 0.5  # a field is the theme's if it holds this share of what it holds of its best field


def in_other_sense(matches: pd.DataFrame, tokens: pd.DataFrame, fields: np.ndarray) -> np.ndarray:
    """(matches,): whether each match of a frame as from match_terms has a complement that makes it another word.

    `tokens` is the Tokens frame that was searched, `fields` (fields, themes) the claims of theme_fields.
    """
    other = np.zeros(len(matches), dtype=bool)
    single = np.flatnonzero((matches["words"] == 1).to_numpy())
    at, theme = matches["at"].to_numpy(), matches["theme"].to_numpy()
    near = np.unique(at[single][:, None] + np.arange(REACH + 1))
    near = near[near < len(tokens)]  # only these become Python objects: of all tokens they would fill the memory
    around = tokens.iloc[near]
    columns = {name: dict(zip(near, around[name].to_numpy(dtype=object), strict=True)) for name in _COLUMNS}
    for number in single:
        noun = _complement(at[number], len(tokens), columns)
        if noun is None:
            continue
        held = fields[:, theme[number]]
        claimed = held >= CLAIMED * held.max()
        word, complement = (_fields_of(columns["lemma"][token].lower()) for token in (at[number], noun))
        other[number] = (word & complement & ~claimed).any() and not (complement & claimed).any()
    return other


@cache
def _fields_of(word: str) -> np.ndarray:
    """(fields,): whether the word stands in each."""
    return membership((word,)).toarray()[0] > 0


def _complement(at: int, tokens: int, columns: dict[str, dict[int, Any]]) -> int | None:
    """The token of the noun after "di" and the like that follows a noun, if there is one."""
    same = (columns["segment"][at], columns["sentence"][at])
    behind = [
        token
        for token in range(at + 1, min(at + 1 + REACH, tokens))
        if (columns["segment"][token], columns["sentence"][token]) == same
    ]
    if not behind or columns["text"][behind[0]].lower().replace("’", "'") not in OF:
        return None
    for token in behind[1:]:
        if columns["pos"][token] in ("NOUN", "PROPN"):
            return token
        if columns["pos"][token] not in PASSED:
            return None
    return None
