"""Rank correlations of 10 to 200 persons: Spearman's rho and Kendall's tau-b. Room nlp; arrays in, never prints."""

import math
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from nlp.measures import association
from nlp.measures.association import Association
from nlp.measures.intervals import NO_INTERVAL, Interval, jackknife

NAN = float("nan")
_FEWEST_FOR_RHO = 5
_ALIKE = 1e-12
_ONE_PERSON = 0.5  # of the spread of a jackknife: from there on it is one person's


class Tau(NamedTuple):
    """Tau-b with its 95 % interval; NaN where it cannot be computed."""

    value: float = NAN
    low: float = NAN
    high: float = NAN


def correlation(x: ArrayLike, y: ArrayLike, seed: int) -> Association:
    """Spearman's rho with permutation p and jackknife interval over persons (Spearman 1904; intervals.jackknife).

    The interval is all of -1 to 1 with fewer than five persons and where one alone keeps a side from being constant.
    """
    a = np.asarray(x, dtype=float)
    b = np.asarray(y, dtype=float)
    if len(a) < 3:
        return Association("spearman rho", reason="too few answers" if len(a) else "no answers")
    if np.all(a == a[0]) or np.all(b == b[0]):
        return Association("spearman rho", reason="constant")
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    rank_a = stats.rankdata(a)
    rank_b = stats.rankdata(b)
    rho = float(_pearson(rank_a, rank_b))
    low, high = _rho_interval(a, b, rho)
    return Association("spearman rho", rho, low, high, _rho_p(rank_a, rank_b, rho, seed))


def tau_b(x: ArrayLike, y: ArrayLike) -> Tau:
    """Kendall's tau-b (Kendall 1945), its interval by the jackknife over persons (intervals.jackknife).

    `x` and `y` are (n,). No value for fewer than two persons or a constant side; no interval for a perfect order, nor
    where one person alone keeps a side from being constant.
    """
    a, b = (np.sign(np.subtract.outer(side, side)) for side in (np.asarray(x, float), np.asarray(y, float)))
    agree = (a * b).sum(axis=1)
    free_x = np.abs(a).sum(axis=1)
    free_y = np.abs(b).sum(axis=1)
    value = _tau(agree.sum(), free_x.sum() * free_y.sum())
    # A person's pairs stand in a row and in a column.
    without = _tau(agree.sum() - 2 * agree, (free_x.sum() - 2 * free_x) * (free_y.sum() - 2 * free_y))
    return Tau(float(value), *_over_persons(float(value), without))


def _rho_p(rank_a: NDArray, rank_b: NDArray, rho: float, seed: int) -> float:
    """The share of orders of one side that are as far from 0: of all orders where they can be listed, else of draws."""
    n = len(rank_b)
    if math.factorial(n) <= association.MOST_LISTED:
        every = rank_b[np.array(list(permutations(range(n))))]
        return float((np.abs(_pearson(rank_a[None, :], every)) >= abs(rho) - _ALIKE).mean())
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(rank_b, (association.RESAMPLES, 1)), axis=1)
    extreme = np.abs(_pearson(rank_a[None, :], shuffled)) >= abs(rho) - _ALIKE
    return float((extreme.sum() + 1) / (association.RESAMPLES + 1))


def _rho_interval(a: NDArray, b: NDArray, rho: float) -> Interval:
    n = len(a)
    if abs(rho) > 1 - _ALIKE:  # a perfect order stays perfect whoever is left out
        nearest = rho * _nearly_perfect(n)
        return (nearest, 1.0) if rho > 0 else (-1.0, nearest)
    others = ~np.eye(n, dtype=bool)
    ranks = (stats.rankdata(np.tile(side, (n, 1))[others].reshape(n, n - 1), axis=1) for side in (a, b))
    low, high = _over_persons(rho, _pearson(*ranks)) if n >= _FEWEST_FOR_RHO else NO_INTERVAL
    return (-1.0, 1.0) if math.isnan(low) else (low, high)


def _over_persons(value: float, without: NDArray) -> Interval:
    """Jackknife interval of a correlation from its values `without` each person in turn.

    Where one person alone spoils a nearly perfect order, Fisher's z of the order without them runs off and the interval
    would hold every value: there it is taken on the plain scale.
    """
    if not len(without):
        return NO_INTERVAL
    apart = (without - without.mean()) ** 2
    one_decides = bool(apart.max() > _ONE_PERSON * apart.sum())
    return jackknife(value, without, lowest=-1.0, stretched=not one_decides)


def _nearly_perfect(n: int) -> float:
    """Lower limit of Bonett & Wright (2000) for the rho of n persons of whom two neighbours changed places."""
    if n <= 3:
        return -1.0
    rho = 1 - 12 / (n * (n**2 - 1))
    return math.tanh(math.atanh(rho) - stats.norm.ppf(0.975) * math.sqrt((1 + rho**2 / 2) / (n - 3)))


def _tau(agree: ArrayLike, free: ArrayLike) -> NDArray:
    """Pairs in the same order less the others, over the mean of those free of ties on either side; NaN where none."""
    return np.divide(agree, np.sqrt(free), out=np.full(np.shape(agree), np.nan), where=np.greater(free, 0))


def _pearson(a: NDArray, b: NDArray) -> NDArray:
    a = a - a.mean(axis=-1, keepdims=True)
    b = b - b.mean(axis=-1, keepdims=True)
    scale = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    product = np.asarray((a * b).sum(axis=-1))
    return np.divide(product, scale, out=np.full_like(product, np.nan), where=scale > 0)
