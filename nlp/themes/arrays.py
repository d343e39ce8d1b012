"""Small arithmetic on arrays of segments and themes that the features of a theme are made of. Knows no theme."""

from collections.abc import Sequence

import numpy as np

BLOCK = 2048


def standardise(values: np.ndarray) -> np.ndarray:
    """Each column as its distance from the mean in standard deviations; a column without spread is 0."""
    spread = values.std(axis=0)
    return (values - values.mean(axis=0)) / np.where(spread > 1e-6, spread, np.inf)


def contrast(values: np.ndarray) -> np.ndarray:
    """Each row less its mean, less so the fewer columns there are (with one theme there is nothing to compare with)."""
    themes = values.shape[1]
    return values - (themes - 1) / (themes + 2) * values.mean(axis=1, keepdims=True)


def mean_of_largest(values: np.ndarray, number: int) -> np.ndarray:
    """(rows,): the mean of the `number` largest values of each row."""
    number = min(number, values.shape[1])
    return np.partition(values, -number, axis=1)[:, -number:].mean(axis=1)


def against(vectors: np.ndarray, texts: Sequence[np.ndarray], largest: bool) -> np.ndarray:
    """(vectors, themes): the mean, or the largest, product of each vector with each theme's texts; zeros without.

    All themes at once, and few rows at a time, so that the vectors are gone through once and memory stays small.
    """
    result = np.zeros((len(vectors), len(texts)))
    ends = np.cumsum([len(of_theme) for of_theme in texts])
    every = np.concatenate(texts).T
    for first in range(0, len(vectors), BLOCK):
        similarity = vectors[first : first + BLOCK] @ every
        for theme, of_theme in enumerate(texts):
            if len(of_theme):
                products = similarity[:, ends[theme] - len(of_theme) : ends[theme]]
                result[first : first + BLOCK, theme] = products.max(axis=1) if largest else products.mean(axis=1)
    return result


def place_in_answer(next_in_answer: np.ndarray) -> np.ndarray:
    """How many segments of the same answer stand before each."""
    rows = np.arange(len(next_in_answer))
    begins = np.concatenate([[True], ~next_in_answer[:-1]]) if len(rows) else np.empty(0, dtype=bool)
    return rows - np.maximum.accumulate(np.where(begins, rows, 0)) if len(rows) else rows
