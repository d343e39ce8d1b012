"""Columns of words worked on as a whole: what would be asked of every row is asked of each distinct value once.

Knows no word and no theme.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd


def map_distinct(column: pd.Series, answer: Callable[[pd.Series], Any]) -> np.ndarray:
    """`answer(column)` (rows,), worked out on the distinct values; `answer` looks at one value at a time."""
    codes, distinct = pd.factorize(column)
    return np.asarray(answer(pd.Series(distinct, dtype=column.dtype)))[codes]


def join_texts(texts: pd.Series, by: pd.Index, separator: str) -> pd.Series:
    """The texts of each key of `by` (one key a text) in their order, as one text; keys as they first appear."""
    codes, keys = by.factorize()
    groups: list[list[str]] = [[] for _ in range(len(keys))]
    for code, text in zip(codes.tolist(), texts.to_numpy(dtype=object), strict=True):
        groups[code].append(text)
    return pd.Series([separator.join(group) for group in groups], index=keys, dtype="str")
