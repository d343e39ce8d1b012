"""Simulated data, nothing else: one sample of n respondents (or interviews) of known truth, tested as a run does.

Room tests: calls the statistics of nlp, counts nothing; tests.simulations.simulate repeats and counts.
"""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from nlp.measures.agreement_measures import jackknife_intervals, pair_measures
from nlp.measures.association import Association, adjust, k_groups, mcnemar, r_by_c, two_by_two, two_groups
from nlp.measures.crosstabs import compare_counts
from nlp.measures.intervals import median_interval, paired_difference, ratio_interval, wilson
from nlp.measures.rank_correlation import Tau, correlation, tau_b

CUTS = (-1.0, -0.3, 0.3, 1.0)  # of a normal variable, for a five-point scale


class Sample(NamedTuple):
    """What one sample gave: NaN where the method has no p or no interval; `truth` is the population's value."""

    p: float = math.nan
    low: float = math.nan
    high: float = math.nan
    truth: float = math.nan


def _given(found: Association, truth: float) -> Sample:
    return Sample() if found.reason else Sample(found.p, found.low, found.high, truth)


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def fisher(rng: np.random.Generator, n: int, ratio: float) -> Sample:
    """Two yes/no variables; the second has odds `ratio` times as large where the first is true (four in ten)."""
    first = rng.random(n) < 0.4
    second = rng.random(n) < np.where(first, ratio / (1 + ratio), 0.5)
    return _given(
        _two_by_two(*(int((side & answer).sum()) for side in (first, ~first) for answer in (second, ~second))), ratio
    )


@cache
def _two_by_two(a: int, b: int, c: int, d: int) -> Association:
    return two_by_two([[a, b], [c, d]])  # the same small tables come again and again


def freeman_halton(rng: np.random.Generator, n: int, cells: np.ndarray) -> Sample:
    """A table of categories with the probabilities `cells`."""
    drawn = rng.multinomial(n, cells.ravel()).reshape(cells.shape)
    return _given(r_by_c(drawn, _seed(rng)), cramer(cells))


def cramer(cells: np.ndarray) -> float:
    """Cramér's V of a population."""
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0))
    return math.sqrt(((cells - expected) ** 2 / expected).sum() / (min(cells.shape) - 1))


def scale_of(latent: np.ndarray) -> np.ndarray:
    """A five-point scale out of normal variables."""
    return np.digitize(latent, CUTS)


def scale_law(shift: float) -> np.ndarray:
    """The probabilities of the five points when the normal variable is `shift` higher."""
    return np.diff(stats.norm.cdf(np.array([-np.inf, *CUTS, np.inf]) - shift))


def mann_whitney(rng: np.random.Generator, n: int, shift: float) -> Sample:
    """A five-point scale; the first group's normal variable is `shift` higher before it is cut."""
    first = rng.random(n) < 0.4
    scale = scale_of(rng.normal(size=n) + shift * first)
    return _given(two_groups(scale[first], scale[~first], _seed(rng)), scale_delta(shift))


def scale_delta(shift: float) -> float:
    """Cliff's delta of the population of `mann_whitney`."""
    high = scale_law(shift)
    low = scale_law(0.0)
    return float(sum(high[i] * (low[:i].sum() - low[i + 1 :].sum()) for i in range(5)))


def shares_by_tick(rng: np.random.Generator, n: int, silent: float) -> Sample:
    """Shares of words: who ticks (four in ten) is silent on the theme with .5 - `silent`, the others with .5 + it."""
    ticked = rng.random(n) < 0.4
    said = rng.random(n) >= np.where(ticked, 0.5 - silent, 0.5 + silent)
    shares = said * rng.gamma(2, 0.05, n)
    return _given(two_groups(shares[ticked], shares[~ticked], _seed(rng)), silent_delta(silent))


def silent_delta(silent: float) -> float:
    """Cliff's delta of the population of `shares_by_tick`: who speaks is above who is silent, speakers are alike."""
    return (0.5 + silent) ** 2 - (0.5 - silent) ** 2


def kruskal_wallis(rng: np.random.Generator, n: int, shift: float) -> Sample:
    """A five-point scale in three groups of equal chance whose normal variables lie `shift` apart."""
    groups = rng.integers(0, 3, n)
    scale = scale_of(rng.normal(size=n) + shift * groups)
    return _given(k_groups([scale[groups == group] for group in range(3)], _seed(rng)), scale_epsilon(shift))


def scale_epsilon(shift: float) -> float:
    """Epsilon squared of the population of `kruskal_wallis`: variance of ranks between groups over all of it."""
    laws = np.array([scale_law(shift * group) for group in range(3)])
    pooled = laws.mean(axis=0)
    ranks = pooled.cumsum() - pooled / 2
    return float(((laws @ ranks - 0.5) ** 2).mean() / (pooled @ (ranks - 0.5) ** 2))


def kruskal_shares(rng: np.random.Generator, n: int) -> Sample:
    """Shares of words, many of them zero, in three groups that do not differ."""
    groups = rng.integers(0, 3, n)
    shares = np.maximum(rng.normal(0.05, 0.1, n), 0)
    return _given(k_groups([shares[groups == group] for group in range(3)], _seed(rng)), 0.0)


def spearman(rng: np.random.Generator, n: int, rho: float) -> Sample:
    """Two normal variables of correlation `rho`, without ties."""
    pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    return _given(correlation(pair[:, 0], pair[:, 1], _seed(rng)), 6 / math.pi * math.asin(rho / 2))


def spearman_ties(rng: np.random.Generator, n: int, rho: float) -> Sample:
    """A five-point scale against a share of words that four in ten leave at zero."""
    pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    shares = np.maximum(pair[:, 1], stats.norm.ppf(0.4))
    return _given(correlation(shares, scale_of(pair[:, 0]), _seed(rng)), tied_rho(rho))


def kendall(rng: np.random.Generator, n: int, rho: float) -> Sample:
    """Kendall's tau-b of two normal variables of correlation `rho`."""
    pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    return _tau(tau_b(pair[:, 0], pair[:, 1]), 2 / math.pi * math.asin(rho))


def kendall_ties(rng: np.random.Generator, n: int, rho: float) -> Sample:
    """Kendall's tau-b of a five-point scale and of the shares of `spearman_ties`."""
    pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    return _tau(tau_b(np.maximum(pair[:, 1], stats.norm.ppf(0.4)), scale_of(pair[:, 0])), tied_tau(rho))


def _tau(found: Tau, truth: float) -> Sample:
    return Sample(low=found.low, high=found.high, truth=truth)


def _scale_given(rho: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values z of the share's normal variable (k,), their weights, and the chance of each point of the scale (5, k)."""
    z = np.linspace(-8, 8, 20001)
    edges = np.array([-np.inf, *CUTS, np.inf])
    within = np.diff(stats.norm.cdf((edges[:, None] - rho * z) / math.sqrt(1 - rho**2)), axis=0)
    return z, stats.norm.pdf(z) / stats.norm.pdf(z).sum(), within


def tied_tau(rho: float) -> float:
    """Kendall's tau-b of the population of `kendall_ties`: pairs in the same order less the others, by integrating."""
    z, weight, within = _scale_given(rho)
    silent = z < stats.norm.ppf(0.4)
    joint = weight * within
    joint = np.column_stack([joint[:, silent].sum(axis=1), joint[:, ~silent]])
    lower_share = joint.cumsum(axis=1) - joint
    below = lower_share.cumsum(axis=0) - lower_share
    above = lower_share[::-1].cumsum(axis=0)[::-1] - lower_share
    free = (1 - (joint.sum(axis=1) ** 2).sum()) * (1 - (joint.sum(axis=0) ** 2).sum())
    return float(2 * (joint * (below - above)).sum() / math.sqrt(free))


def tied_rho(rho: float) -> float:
    """Spearman's rho of the population of `spearman_ties`, by integrating over the share's normal variable."""
    z, weight, within = _scale_given(rho)
    silent = z < stats.norm.ppf(0.4)
    share_rank = np.where(silent, 0.2, stats.norm.cdf(z))
    law = scale_law(0.0)
    ranks = law.cumsum() - law / 2
    covariance = (weight * (share_rank - 0.5) * (ranks @ within - 0.5)).sum()
    spread = (weight * (share_rank - 0.5) ** 2).sum() * (law @ (ranks - 0.5) ** 2)
    return float(covariance / math.sqrt(spread))


def score(rng: np.random.Generator, n: int, share: float) -> Sample:
    """Wilson's interval of a share."""
    return Sample(math.nan, *wilson(int(rng.binomial(n, share)), n), share)


def paired(rng: np.random.Generator, n: int, cells: tuple[float, ...]) -> Sample:
    """Said and ticked by the same persons, with the probabilities both, first alone, second alone, neither."""
    both, one, other, neither = (int(count) for count in rng.multinomial(n, cells))
    return Sample(mcnemar(one, other), *paired_difference(both, one, other, neither), cells[1] - cells[2])


def median_share(rng: np.random.Generator, n: int, silent: float) -> Sample:
    """The median share of words: zero with the probability `silent`, else a gamma law."""
    shares = (rng.random(n) >= silent) * rng.gamma(2, 0.05, n)
    return Sample(math.nan, *median_interval(shares), silent_median(silent))


def silent_median(silent: float) -> float:
    """The median of the population of `median_share`."""
    return float(stats.gamma(2, scale=0.05).ppf((0.5 - silent) / (1 - silent)))


def pooled_share(rng: np.random.Generator, n: int, share: float) -> Sample:
    """The theme's share of all segments, respondents differing in how much they speak and in what they say."""
    spoken = rng.integers(15, 60, n)
    own = rng.beta(8 * share, 8 * (1 - share), n)
    return Sample(math.nan, *ratio_interval(rng.binomial(spoken, own), spoken), share)


def agreement(rng: np.random.Generator, n: int, measure: str, prevalence: float) -> Sample:
    """Two coders of n interviews of 20 to 40 segments: interviews differ in how often the theme comes and is seen."""
    segments = rng.integers(20, 41, n)
    present = rng.binomial(segments, rng.beta(8 * prevalence, 8 * (1 - prevalence), n))
    seen = rng.beta(8, 2, n)
    square = np.stack([seen**2, seen * (1 - seen), (1 - seen) * seen, (1 - seen) ** 2], axis=1)
    cells = rng.multinomial(present, square) + rng.multinomial(segments - present, _FALSE)
    low, high = jackknife_intervals(cells.astype(float), pair_measures)[measure]
    return Sample(math.nan, low, high, agreement_truth(measure, prevalence))


def agreement_truth(measure: str, prevalence: float) -> float:
    """The measure in the population of `agreement`, from its four cells."""
    # mean and mean square of the beta law of `seen`
    seen = 0.8
    square = 8 * 9 / (10 * 11)
    present = np.array([square, seen - square, seen - square, 1 - 2 * seen + square])
    cells = prevalence * present + (1 - prevalence) * np.array(_FALSE)
    return float(pair_measures(cells * 1e9)[measure])


_FALSE = (0.02**2, 0.02 * 0.98, 0.98 * 0.02, 0.98**2)  # a coder sees the theme in two of a hundred where it is not


def theme_family(rng: np.random.Generator, n: int, classes: int, alike: float) -> Sample:
    """Eight themes by class, none of which depends on it, as one family: the smallest q.

    `alike` is the correlation between themes, as some people talk more than others.
    """
    group = rng.integers(0, classes, n)
    latent = math.sqrt(alike) * rng.normal(size=(n, 1)) + math.sqrt(1 - alike) * rng.normal(size=(n, 8))
    said = latent < stats.norm.ppf(np.linspace(0.2, 0.8, 8))
    labels = np.unique(group)
    tables = [[[int((side & (group == label)).sum()) for label in labels] for side in (one, ~one)] for one in said.T]
    found = [
        _two_by_two(*table[0], *table[1]) if len(labels) == 2 else compare_counts(np.array(table), _seed(rng))
        for table in tables
    ]
    return Sample(adjust(pd.DataFrame({"p": [each.p for each in found]}))["q"].min())


def link_family(rng: np.random.Generator, n: int, links: Sequence[float]) -> Sample:
    """A theme's share of words against as many scales as `links`, none of which depends on it: the smallest q."""
    shares = np.maximum(rng.normal(0.05, 0.1, n), 0)
    common = rng.normal(size=n)
    scales = [scale_of(math.sqrt(alike) * common + math.sqrt(1 - alike) * rng.normal(size=n)) for alike in links]
    tests = adjust(pd.DataFrame({"p": [correlation(shares, scale, _seed(rng)).p for scale in scales]}))
    return Sample(tests["q"].min())
