"""Which segments are nearest to each in meaning, and what their labels say of it. Knows no theme."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nlp.themes.arrays import BLOCK

ANCHORS = 4000  # segments that serve as neighbours; keeps the cost linear in the number of segments
NEIGHBOURS = 15
_HEATS = 100


@dataclass(frozen=True)
class Neighbours:
    """The nearest others of each segment, in no order: `rows` (segments, n) and `weights`, the squared similarities."""

    rows: np.ndarray
    weights: np.ndarray


Near = Callable[[np.ndarray], Neighbours]  # `nearest`, or what gives what it gave


def nearest(embeddings: np.ndarray) -> Neighbours:
    """Of unit rows (segments, d) the nearest of the others among at most 4,000 of them, spread evenly."""
    rows = len(embeddings)
    anchors = np.unique(np.linspace(0, rows - 1, min(rows, ANCHORS)).astype(np.int32))
    number = max(min(NEIGHBOURS, len(anchors) - 1), 0)
    neighbours = Neighbours(np.empty((rows, number), dtype=np.int32), np.empty((rows, number), dtype=np.float32))
    if not number:
        return neighbours
    others = embeddings[anchors].T
    for first in range(0, rows, BLOCK):
        block = slice(first, min(first + BLOCK, rows))
        similarity = embeddings[block] @ others
        similarity[np.arange(block.start, block.stop)[:, None] == anchors[None, :]] = -1
        best = _largest(similarity, number)
        neighbours.weights[block] = np.maximum(np.take_along_axis(similarity, best, axis=1), 0) ** 2
        neighbours.rows[block] = anchors[best]
    return neighbours


def _largest(values: np.ndarray, number: int) -> np.ndarray:
    """(rows, number): the columns of each row's largest values, the largest first, of equal ones the first.

    The columns are dealt to heats; no value below the `number`th best of the heats' winners can be among the largest,
    so that only a few a row are left to sort.
    """
    rows, columns = values.shape
    heats = min(_HEATS, columns)
    winners = values[:, : columns // heats * heats].reshape(rows, -1, heats).max(axis=1)
    bar = np.partition(winners, heats - number, axis=1)[:, heats - number]
    row, column = np.nonzero(values >= bar[:, None])
    ranked = np.lexsort((-values[row, column], row))
    first = np.searchsorted(row, np.arange(rows))
    return column[ranked[first[:, None] + np.arange(number)]]


def propagate(neighbours: Neighbours, labels: np.ndarray) -> np.ndarray:
    """(segments, themes): mean of `labels` (segments, themes) of each segment's neighbours, by their weights."""
    result = np.zeros_like(labels)
    for first in range(0, len(labels), BLOCK):
        block = slice(first, first + BLOCK)
        weight = neighbours.weights[block]
        total = np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
        result[block] = np.einsum("sn,snt->st", weight, labels[neighbours.rows[block]]) / total
    return result
