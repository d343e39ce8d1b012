"""Krippendorff's alpha for more than two values, in an order or in none, from sums that add up over interviews.

Numbers in, numbers out, no frame. What cannot be calculated is NaN.
"""

from typing import Literal

import numpy as np

Level = Literal["nominal", "ordinal"]


def coincidences(values: np.ndarray, categories: int) -> np.ndarray:
    """The coincidences of each unit, (units, categories, categories), of values paired by different coders.

    `values` (units, coders) are places among the categories, NaN where a coder gave none; a unit with fewer than two
    values has no pairs and zeros (Krippendorff 2018, ch. 12.3).
    """
    counts = (values[:, :, None] == np.arange(categories)).sum(axis=1).astype(float)
    coders = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(categories)
    return np.divide(pairs, coders[:, None, None] - 1, out=np.zeros_like(pairs), where=coders[:, None, None] > 1)


def scaled_alpha(coincidence: np.ndarray, level: Level) -> np.ndarray:
    """Alpha from coincidences (..., k, k), added up over units.

    Two values differ wholly ("nominal"), or by how many values lie between them ("ordinal").
    """
    given = coincidence.sum(axis=-1)
    n = given.sum(axis=-1)
    difference = _differences(given, level)
    observed = (coincidence * difference).sum(axis=(-2, -1))
    expected = (given[..., :, None] * given[..., None, :] * difference).sum(axis=(-2, -1))
    return 1 - np.divide((n - 1) * observed, expected, out=np.full(np.shape(n), np.nan), where=np.asarray(expected) > 0)


def _differences(given: np.ndarray, level: Level) -> np.ndarray:
    size = given.shape[-1]
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(size), (*given.shape, size))
    middle = given.cumsum(axis=-1) - given / 2  # of the ranks that each value has
    return (middle[..., :, None] - middle[..., None, :]) ** 2
