"""Simulated data, and nothing else: how often the tests reject and the intervals hold when the truth is known.

`make simulate` prints the table of docs/statistics.md. Nothing of it comes from a study; the seeds are fixed.
"""

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from scipy import stats

from nlp import association, intervals
from nlp.association import Association, correlation, k_groups, mcnemar, r_by_c, two_by_two, two_groups
from nlp.intervals import bootstrap, paired_difference, ratio_bootstrap, wilson

SIZES = (12, 25, 100)
RUNS = 200
RESAMPLES = 499  # of the study's 4999: enough for a share, a tenth of the time

Draw = Callable[[np.random.Generator, int], tuple[float, float, float, float]]
"""From a generator and n: (p, low, high, the true value); NaN where there is none."""


def _given(found: Association, truth: float) -> tuple[float, float, float, float]:
    return (math.nan, math.nan, math.nan, math.nan) if found.reason else (found.p, found.low, found.high, truth)


def _split(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.random(n) < 0.4


def fisher(rng: np.random.Generator, n: int, ratio: float) -> tuple[float, float, float, float]:
    """Two yes/no variables; the second has odds `ratio` times as large where the first is true."""
    first = _split(rng, n)
    second = rng.random(n) < np.where(first, ratio / (1 + ratio), 0.5)
    table = [[int((first & second).sum()), int((first & ~second).sum())]]
    table.append([int((~first & second).sum()), int((~first & ~second).sum())])
    return _given(two_by_two(table), ratio)


def freeman_halton(rng: np.random.Generator, n: int, cells: np.ndarray) -> tuple[float, float, float, float]:
    """A 2 x 3 table with the probabilities `cells`."""
    drawn = rng.multinomial(n, cells.ravel()).reshape(cells.shape)
    expected = cells.sum(axis=1, keepdims=True) * cells.sum(axis=0, keepdims=True)
    truth = math.sqrt(((cells - expected) ** 2 / expected).sum() / (min(cells.shape) - 1))
    return _given(r_by_c(drawn, int(rng.integers(2**31))), truth)


def mann_whitney(rng: np.random.Generator, n: int, shift: float) -> tuple[float, float, float, float]:
    """A five-point scale; the first group's normal variable is `shift` higher before it is cut."""
    first = _split(rng, n)
    scale = np.digitize(rng.normal(size=n) + shift * first, [-1.0, -0.3, 0.3, 1.0])
    cuts = np.array([-np.inf, -1.0, -0.3, 0.3, 1.0, np.inf])
    high, low = (np.diff(stats.norm.cdf(cuts - move)) for move in (shift, 0.0))
    truth = sum(high[i] * (low[:i].sum() - low[i + 1 :].sum()) for i in range(5))
    return _given(two_groups(scale[first], scale[~first], int(rng.integers(2**31))), float(truth))


def kruskal_wallis(rng: np.random.Generator, n: int) -> tuple[float, float, float, float]:
    """Shares of words, many of them zero, in three groups that do not differ."""
    groups = rng.integers(0, 3, n)
    shares = np.maximum(rng.normal(0.05, 0.1, n), 0)
    return _given(k_groups([shares[groups == group] for group in range(3)], int(rng.integers(2**31))), 0.0)


def spearman(rng: np.random.Generator, n: int, rho: float, truth: float) -> tuple[float, float, float, float]:
    """Two normal variables of correlation `rho`; Spearman's rho of the population is `truth`."""
    pair = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], n)
    return _given(correlation(pair[:, 0], pair[:, 1], int(rng.integers(2**31))), truth)


def score(rng: np.random.Generator, n: int, share: float) -> tuple[float, float, float, float]:
    """Wilson's interval of a share."""
    return (math.nan, *wilson(int(rng.binomial(n, share)), n), share)


def paired(rng: np.random.Generator, n: int, cells: tuple[float, ...]) -> tuple[float, float, float, float]:
    """Said and ticked by the same persons, with the probabilities both, first alone, second alone, neither."""
    both, one, other, neither = (int(count) for count in rng.multinomial(n, cells))
    return (mcnemar(one, other), *paired_difference(both, one, other, neither), cells[1] - cells[2])


def median_share(rng: np.random.Generator, n: int) -> tuple[float, float, float, float]:
    """BCa interval of the median share of words (a gamma law)."""
    shares = rng.gamma(2, 0.05, n)
    return (
        math.nan,
        *bootstrap(shares, np.median, int(rng.integers(2**31))),
        float(stats.gamma(2, scale=0.05).median()),
    )


def pooled_share(rng: np.random.Generator, n: int) -> tuple[float, float, float, float]:
    """BCa interval of the share of segments, respondents differing in how much they speak and in what they say."""
    spoken = rng.integers(15, 60, n)
    own = rng.beta(1.5, 6, n)
    return (math.nan, *ratio_bootstrap(rng.binomial(spoken, own), spoken, int(rng.integers(2**31))), 1.5 / 7.5)


ALIKE, APART = np.outer([0.6, 0.4], [0.4, 0.3, 0.3]), np.array([[0.32, 0.16, 0.08], [0.08, 0.14, 0.22]])
CASES: tuple[tuple[str, str, Draw], ...] = (
    ("Fisher exact, odds ratio", "no association", partial(fisher, ratio=1.0)),
    ("Fisher exact, odds ratio", "odds ratio 4", partial(fisher, ratio=4.0)),
    ("Fisher-Freeman-Halton, Cramér's V", "no association", partial(freeman_halton, cells=ALIKE)),
    ("Fisher-Freeman-Halton, Cramér's V", "V = .45", partial(freeman_halton, cells=APART)),
    ("Mann-Whitney, Cliff's delta", "no association", partial(mann_whitney, shift=0.0)),
    ("Mann-Whitney, Cliff's delta", "delta = .42", partial(mann_whitney, shift=0.8)),
    ("Kruskal-Wallis, epsilon squared", "no association", kruskal_wallis),
    ("Spearman", "no association", partial(spearman, rho=0.0, truth=0.0)),
    ("Spearman", "rho = .58", partial(spearman, rho=0.6, truth=6 / math.pi * math.asin(0.3))),
    ("McNemar, Newcombe's difference", "no difference", partial(paired, cells=(0.3, 0.2, 0.2, 0.3))),
    ("McNemar, Newcombe's difference", "difference .3", partial(paired, cells=(0.3, 0.4, 0.1, 0.2))),
    ("Wilson", "share .5", partial(score, share=0.5)),
    ("Wilson", "share .1", partial(score, share=0.1)),
    ("BCa, median share of words", "median .084", median_share),
    ("BCa, pooled share of segments", "share .2", pooled_share),
)


def simulate(draw: Draw, n: int, runs: int = RUNS) -> tuple[float, float, int]:
    """Share of p < .05, share of intervals that hold the truth (NaN: none given), samples that could be computed."""
    rng = np.random.default_rng(n)
    found = np.array([draw(rng, n) for _ in range(runs)])
    computed = found[~np.isnan(found).all(axis=1)]
    tested = computed[~np.isnan(computed[:, 0]), 0]
    held = computed[~np.isnan(computed[:, 1])]
    rejected = float((tested < 0.05).mean()) if len(tested) else math.nan
    covered = (
        ((held[:, 1] <= held[:, 3] + 1e-12) & (held[:, 3] <= held[:, 2] + 1e-12)).mean() if len(held) else math.nan
    )
    return rejected, float(covered), len(computed)


def rows() -> Iterable[tuple[Any, ...]]:
    """One row a method and truth: for every n the two shares."""
    for method, truth, draw in CASES:
        yield method, truth, *(simulate(draw, n) for n in SIZES)


def main() -> None:
    """Print the table in Markdown."""
    association.RESAMPLES = intervals.RESAMPLES = RESAMPLES
    print(f"| method | truth | {' | '.join(f'p < .05, n = {n} | coverage, n = {n}' for n in SIZES)} |")
    print("| --- | --- |" + " ---: |" * 2 * len(SIZES))
    for method, truth, *found in rows():
        cells = [
            f"{share:.3f}" if not math.isnan(share) else ""
            for rejected, covered, _ in found
            for share in (rejected, covered)
        ]
        print(f"| {method} | {truth} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
