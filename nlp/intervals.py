"""Interval estimates for small samples. Room nlp; numbers in, numbers out, never a frame and never a hidden seed."""

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

Interval = tuple[float, float]
NO_INTERVAL: Interval = (float("nan"), float("nan"))
RESAMPLES = 4999


def wilson(count: int, n: int, confidence: float = 0.95) -> Interval:
    """Score interval of a proportion (Wilson 1927; Brown, Cai & DasGupta 2001). NaN when n is 0."""
    if n == 0:
        return NO_INTERVAL
    low, high = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    return float(low), float(high)


def bootstrap(values: ArrayLike, statistic: Callable[..., NDArray], seed: int, *, confidence: float = 0.95) -> Interval:
    """BCa bootstrap interval (Efron 1987) over the first axis; NaN when the resamples do not vary.

    `statistic(sample, axis)` must be vectorised. The values are sorted first, so their order does not matter.
    """
    sample = np.sort(np.asarray(values, dtype=float))
    if len(sample) < 3 or np.all(sample == sample[0]):
        return NO_INTERVAL
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a degenerate distribution comes back as NaN and is said in words
        found = stats.bootstrap(
            (sample,),
            statistic,
            n_resamples=RESAMPLES,
            confidence_level=confidence,
            method="BCa",
            rng=np.random.default_rng(seed),
        ).confidence_interval
    return float(found.low), float(found.high)


def ratio_bootstrap(parts: ArrayLike, wholes: ArrayLike, seed: int) -> Interval:
    """95 % BCa interval of sum(parts) / sum(wholes), resampling persons (Efron 1987); NaN when nothing varies."""
    pairs = np.stack([np.asarray(parts, dtype=float), np.asarray(wholes, dtype=float)])
    pairs = pairs[:, np.lexsort(pairs)]
    if pairs.shape[1] < 3 or np.all(pairs[0] == 0) or np.all(pairs[0] * pairs[1, 0] == pairs[1] * pairs[0, 0]):
        return NO_INTERVAL

    def ratio(part: NDArray, whole: NDArray, axis: int) -> NDArray:
        return np.asarray(part.sum(axis=axis) / whole.sum(axis=axis))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = stats.bootstrap(
            tuple(pairs), ratio, paired=True, vectorized=True, n_resamples=RESAMPLES, method="BCa",
            rng=np.random.default_rng(seed),
        ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)


def noncentral_chi2(statistic: float, df: int) -> Interval:
    """95 % interval of the noncentrality of a chi-square statistic, by inverting its law (Steiger & Fouladi 1997)."""

    def limit(level: float) -> float:
        def excess(noncentrality: float) -> float:
            if noncentrality == 0:
                return float(stats.chi2.cdf(statistic, df)) - level
            return float(stats.ncx2.cdf(statistic, df, noncentrality)) - level

        if excess(0) <= 0:
            return 0.0
        return float(optimize.brentq(excess, 0, 4 * statistic + 40))

    return limit(0.975), limit(0.025)


def superiority(theta: float, m: int, n: int, confidence: float = 0.95) -> Interval:
    """Interval of P(X > Y) + P(X = Y)/2 from its estimate `theta` in groups of m and n (Newcombe 2006, method 5).

    A pseudo-score interval: it never leaves [0, 1] and keeps its width when the groups do not overlap.
    """
    z2 = stats.norm.ppf(0.5 + confidence / 2) ** 2
    star = (m + n) / 2 - 1

    def excess(value: float) -> float:
        spread = 1 + star * (1 - value) / (2 - value) + star * value / (1 + value)
        return (theta - value) ** 2 - z2 * value * (1 - value) * spread / (m * n)

    edge = 1e-9  # at 0 and 1 the equation also holds trivially
    low = 0.0 if theta <= 0 else optimize.brentq(excess, 0, min(theta, 1 - edge))
    high = 1.0 if theta >= 1 else optimize.brentq(excess, max(theta, edge), 1)
    return float(low), float(high)


def paired_difference(both: int, only_first: int, only_second: int, neither: int) -> Interval:
    """95 % interval of p(first) - p(second) in the same persons (Newcombe 1998, paired method 10)."""
    n = both + only_first + only_second + neither
    if n == 0:
        return NO_INTERVAL
    first, second = both + only_first, both + only_second
    low1, high1 = wilson(first, n)
    low2, high2 = wilson(second, n)
    p1, p2 = first / n, second / n
    margins = first * (n - first) * second * (n - second)
    determinant = both * neither - only_first * only_second
    phi = 0.0 if margins == 0 else determinant / margins**0.5
    if phi > 0:  # Newcombe's continuity correction, for a positive association alone
        phi = max(determinant - n / 2, 0) / margins**0.5
    below = (p1 - low1) ** 2 - 2 * phi * (p1 - low1) * (high2 - p2) + (high2 - p2) ** 2
    above = (high1 - p1) ** 2 - 2 * phi * (high1 - p1) * (p2 - low2) + (p2 - low2) ** 2
    return p1 - p2 - max(below, 0) ** 0.5, p1 - p2 + max(above, 0) ** 0.5
