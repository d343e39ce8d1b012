"""Segments, or whole respondents, drawn at random with known probabilities. Codes nothing, looks at no text."""

import hashlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp.next_segments import FLOOR

LEVELS = ("low", "middle", "high")  # of the machine's score for a theme: not there, in doubt, given


@dataclass(frozen=True)
class Drawn:
    """A draw from n segments.

    number: (n,) the place in the order in which they are to be read, from 1; 0 where not drawn
    probability: (n,) of being drawn, over 0 everywhere
    stratum: (n,) in which a segment was drawn, "" where all were alike
    unit: "segment" or "respondent"
    """

    number: np.ndarray
    probability: np.ndarray
    stratum: np.ndarray
    unit: str


def seed_of(*design: object) -> int:
    """A seed of the study's and of all that tells one draw from another: two draws are as if nobody knew the other."""
    text = "\n".join(map(str, design))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def score_levels(scores: np.ndarray, least: float) -> np.ndarray:
    """(n,) of LEVELS for the machine's `scores` (n,) of a theme: "high" from `least` on, where it gives the theme.

    "middle" is from nlp.next_segments.FLOOR on; what it could not read (NaN) is "low".
    """
    known = np.nan_to_num(scores)
    return np.array(LEVELS, dtype=object)[(known >= FLOOR).astype(int) + (known >= max(least, FLOOR)).astype(int)]


def draw_segments(strata: np.ndarray, number: int, seed: int) -> Drawn:
    """`number` segments, as many of each of `strata` (n, texts) as it has: where it has fewer the others give more.

    What does not go up is one segment more of strata chosen at random, all alike. Within a stratum all are drawn with
    the same probability, so that it is (k + r / s) / N: k segments of all, one more of r of the s strata that have more
    than k, N segments in it. The order is random throughout: its first rows are a draw too.
    """
    random = np.random.default_rng(seed)
    names, stratum = np.unique(strata.astype(str), return_inverse=True)
    size = np.bincount(stratum, minlength=len(names))
    each = _share_of_each(size, number)
    more = np.flatnonzero(size > each)
    left = max(number - int(np.minimum(size, each).sum()), 0)
    quota = np.minimum(size, each)
    quota[random.permutation(more)[:left]] += 1
    expected = np.minimum(size, each) + np.where(size > each, left / max(len(more), 1), 0.0)
    order = random.permutation(len(strata))
    rank_within = pd.Series(order).groupby(stratum[order]).cumcount().to_numpy()
    rows = random.permutation(order[rank_within < quota[stratum[order]]])
    numbers = np.zeros(len(strata), dtype=np.int64)
    numbers[rows] = np.arange(1, len(rows) + 1)
    return Drawn(numbers, np.minimum(expected / np.maximum(size, 1), 1.0)[stratum], strata, "segment")


def draw_respondents(respondents: np.ndarray, number: int, seed: int) -> Drawn:
    """All segments of `number` respondents, each drawn with the same probability; (n,) who says each segment.

    One respondent follows another in random order, their segments in the order of the talk.
    """
    random = np.random.default_rng(seed)
    people, who = np.unique(respondents.astype(str), return_inverse=True)
    place = random.permutation(len(people))
    chosen = place[who] < number
    rows = np.flatnonzero(chosen)[np.argsort(place[who][chosen], kind="stable")]
    numbers = np.zeros(len(respondents), dtype=np.int64)
    numbers[rows] = np.arange(1, len(rows) + 1)
    probability = np.full(len(respondents), min(number / max(len(people), 1), 1.0))
    return Drawn(numbers, probability, np.full(len(respondents), "", dtype=object), "respondent")


def _share_of_each(size: np.ndarray, number: int) -> int:
    """The most that every stratum can give, or all that it has, without exceeding `number`."""
    each = 0
    while each < size.max(initial=0) and np.minimum(size, each + 1).sum() <= number:
        each += 1
    return each
