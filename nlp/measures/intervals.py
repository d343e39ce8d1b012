"""Interval estimates for small samples. Room nlp; numbers in, numbers out, never a frame, nothing drawn."""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

Interval = tuple[float, float]
NO_INTERVAL: Interval = (float("nan"), float("nan"))
FEWEST_FOR_MEDIAN = 6
_ALIKE = 1e-12


@cache
def wilson(count: int, n: int) -> Interval:
    """95 % score interval of a proportion (Wilson 1927; Brown, Cai & DasGupta 2001). NaN when n is 0."""
    if n == 0:
        return NO_INTERVAL
    low, high = stats.binomtest(count, n).proportion_ci(method="wilson")
    return float(low) if count else 0.0, float(high) if count < n else 1.0  # without the dust of rounding


def median_interval(values: ArrayLike) -> Interval:
    """Exact 95 % interval of a median from order statistics (Thompson 1936; Conover 1999, section 3.2).

    It inverts the sign test: it never covers less than 95 %, whatever the law of the values. NaN for fewer than six
    values, which cannot give 95 %, and where all are equal.
    """
    sample = np.sort(np.asarray(values, dtype=float))
    n = len(sample)
    if n < FEWEST_FOR_MEDIAN or sample[0] == sample[-1]:
        return NO_INTERVAL
    rank = int(stats.binom.ppf(0.025, n, 0.5))
    rank -= stats.binom.cdf(rank, n, 0.5) > 0.025  # the largest place with no more than 2.5 % below it
    return float(sample[rank]), float(sample[n - 1 - rank])


def jackknife(value: float, left: ArrayLike, lowest: float, *, stretched: bool = True) -> Interval:
    """95 % interval of a measure from its values `left` (n,) without each unit in turn (Tukey 1958; Miller 1974).

    The measure lies between `lowest` and 1: 0 for a share, taken on the logit scale, -1 for a correlation or what
    corrects for chance, on Fisher's z. Student's t with n - 1 degrees of freedom. On the plain scale, cut at the edges,
    unless `stretched`, and where leaving a unit out gives a value at the edge. NaN where a value is missing or none
    makes a difference.
    """
    without = np.asarray(left, dtype=float)
    n = len(without)
    if np.isnan(value) or np.isnan(without).any() or np.ptp(without) < _ALIKE:
        return NO_INTERVAL
    there, back = (special.logit, special.expit) if lowest == 0 else (np.arctanh, np.tanh)
    inside = stretched and lowest + _ALIKE < min(value, without.min()) and max(value, without.max()) < 1 - _ALIKE
    places, centre = (there(without), float(there(value))) if inside else (without, value)
    error = math.sqrt((n - 1) / n * math.fsum((places - places.mean()) ** 2))
    half = float(stats.t.ppf(0.975, n - 1)) * error
    ends = np.array([centre - half, centre + half])
    low, high = back(ends) if inside else ends.clip(lowest, 1)
    return float(low), float(high)


def ratio_interval(parts: ArrayLike, wholes: ArrayLike) -> Interval:
    """95 % interval of sum(parts) / sum(wholes), persons being the units that were drawn; NaN when nothing varies.

    Linearised variance of a ratio, t with one degree of freedom less than persons, on the logit scale (Cochran 1977,
    section 6.4; Korn & Graubard 1998).
    """
    part = np.asarray(parts, dtype=float)
    of_whole = np.asarray(wholes, dtype=float)
    n = len(part)
    total = float(of_whole.sum())
    if n < 3 or not 0 < part.sum() < total:
        return NO_INTERVAL
    ratio = float(part.sum()) / total
    spread = math.fsum((part - ratio * of_whole) ** 2)  # fsum: the order of persons must not move the last digit
    if spread <= 1e-18 * total**2:
        return NO_INTERVAL
    return share_interval(ratio, math.sqrt(n / (n - 1) * spread) / total, n - 1)


def share_interval(share: float, error: float, freedom: float) -> Interval:
    """95 % interval of a share with its standard error, t with `freedom` degrees, on the logit scale.

    A share that was estimated below 0 or above 1 has it on the plain scale, cut at the edges.
    """
    half = float(special.stdtrit(freedom, 0.975)) * error
    if not 0 < share < 1:
        return min(max(share - half, 0.0), 1.0), min(max(share + half, 0.0), 1.0)
    centre = special.logit(share)
    half /= share * (1 - share)
    return float(special.expit(centre - half)), float(special.expit(centre + half))


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


def superiority(theta: float, m: int, n: int) -> Interval:
    """95 % interval of P(X > Y) + P(X = Y)/2 from its estimate `theta` in groups of m and n (Newcombe 2006, method 5).

    A pseudo-score interval: it never leaves [0, 1] and keeps its width when the groups do not overlap.
    """
    z2 = stats.norm.ppf(0.975) ** 2
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
    first = both + only_first
    second = both + only_second
    low1, high1 = wilson(first, n)
    low2, high2 = wilson(second, n)
    p1 = first / n
    p2 = second / n
    margins = first * (n - first) * second * (n - second)
    determinant = both * neither - only_first * only_second
    phi = 0.0 if margins == 0 else determinant / margins**0.5
    if phi > 0:  # Newcombe's continuity correction, for a positive association alone
        phi = max(determinant - n / 2, 0) / margins**0.5
    below = (p1 - low1) ** 2 - 2 * phi * (p1 - low1) * (high2 - p2) + (high2 - p2) ** 2
    above = (high1 - p1) ** 2 - 2 * phi * (high1 - p1) * (p2 - low2) + (p2 - low2) ** 2
    return p1 - p2 - max(below, 0) ** 0.5, p1 - p2 + max(above, 0) ** 0.5
