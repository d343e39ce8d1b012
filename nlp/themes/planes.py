"""Features of segments and themes, held as what they are made of and put together some rows at a time. Knows no theme.

A study of 310 interviews has 143,520 segments: with 15 themes one feature takes 17 MB, and there are 23. So none is
kept whole that can be made of a smaller one (a neighbour's value, a product, a term's count): a part gives its rows
when a block of them is asked for, and all features stand side by side for one block at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

_ROWS = 4096
Part = Callable[[slice], np.ndarray]
"""Gives the named rows of one feature, an array that spreads over (rows, themes)."""


@dataclass(frozen=True)
class Planes:
    """One feature for each of `parts`, by name; `shape` is (segments, themes)."""

    shape: tuple[int, int]
    parts: dict[str, Part]

    def blocks(self) -> Iterator[tuple[slice, np.ndarray]]:
        """Rows and their features (rows, themes, features), block by block."""
        for first in range(0, self.shape[0], _ROWS):
            rows = slice(first, min(first + _ROWS, self.shape[0]))
            yield rows, self._block(rows)

    def array(self) -> np.ndarray:
        """All at once, (segments, themes, features): for studies small enough to learn from."""
        return self._block(slice(0, self.shape[0]))

    def _block(self, rows: slice) -> np.ndarray:
        features = np.empty((rows.stop - rows.start, self.shape[1], len(self.parts)))
        for column, part in enumerate(self.parts.values()):
            features[:, :, column] = part(rows)
        return features


def whole(values: np.ndarray) -> Part:
    """The values themselves."""
    return lambda rows: values[rows]


def product(first: Part, second: Part) -> Part:
    """One feature where another is."""
    return lambda rows: first(rows) * second(rows)


def before(values: np.ndarray, next_in_answer: np.ndarray) -> Part:
    """The values of each row's predecessor within the same answer, zeros where there is none."""

    def part(rows: slice) -> np.ndarray:
        number = np.arange(rows.start, rows.stop)
        earlier = np.maximum(number - 1, 0)
        return np.where(((number > 0) & next_in_answer[earlier])[:, None], values[earlier], 0)

    return part


def after(values: np.ndarray, next_in_answer: np.ndarray) -> Part:
    """The values of each row's successor within the same answer, zeros where there is none."""

    def part(rows: slice) -> np.ndarray:
        number = np.arange(rows.start, rows.stop)
        later = np.minimum(number + 1, len(values) - 1)
        return np.where(((number < later) & next_in_answer[number])[:, None], values[later], 0)

    return part
