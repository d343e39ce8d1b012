"""Tests and effect sizes for two variables in 10 to 200 persons. Room nlp; arrays in, one record out, never prints."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, groupby, islice, permutations, product

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.stats import contingency

from nlp.measures.intervals import noncentral_chi2, superiority
from nlp.measures.reasons import MIN_PERCENT_BASE

NAN = float("nan")
RESAMPLES = 4999
SMALLEST_GROUP = 2  # a permutation test needs as many in each group
FEWEST_IN_GROUP = 3  # two groups of as many are compared; of a smaller one a test says nothing that holds
_MOST_ORDERS = 720
MOST_LISTED = 50_000  # arrangements: as many are all looked at, of more some are drawn
_MOST_TABLES = 5_000  # with the margins of a table: as many are all looked at
_PRIOR = 2.0  # respondents' worth of no association in the bootstrap of Cramér's V


@dataclass(frozen=True, slots=True)
class Association:
    """An effect with its 95 % interval and p value. `reason` is a key of nlp.measures.reasons when there is none.

    `effect_name`: "odds ratio", "cramer v", "cliff delta", "epsilon squared" or "spearman rho".
    """

    effect_name: str
    effect: float = NAN
    low: float = NAN
    high: float = NAN
    p: float = NAN
    haldane: float = NAN
    reason: str = ""


def two_by_two(table: ArrayLike) -> Association:
    """Fisher's exact test and the conditional odds ratio with its exact interval (Fisher 1935; Cornfield 1956).

    With an empty cell the ratio is 0 or infinite; the Haldane-Anscombe ratio (0.5 added to each cell) stands beside it.
    """
    counts = np.asarray(table, dtype=int)
    if reason := _empty_margin(counts):
        return Association("odds ratio", reason=reason)
    ratio = contingency.odds_ratio(counts, kind="conditional")
    interval = ratio.confidence_interval(confidence_level=0.95)
    haldane = NAN
    if (counts == 0).any():
        smoothed = counts + 0.5
        haldane = float(smoothed[0, 0] * smoothed[1, 1] / (smoothed[0, 1] * smoothed[1, 0]))
    p = float(stats.fisher_exact(counts).pvalue)
    return Association("odds ratio", float(ratio.statistic), float(interval.low), float(interval.high), p, haldane)


def r_by_c(table: ArrayLike, seed: int) -> Association:
    """Fisher-Freeman-Halton test and Cramér's V (Freeman & Halton 1951; Bergsma 2013).

    Exact where the tables with these margins can be listed, else by seeded Monte Carlo. Rows and columns are put in the
    order of their totals first, so that names and their order do not change p.
    """
    counts = np.asarray(table, dtype=int)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return Association("cramer v", reason="one group")
    if counts.sum() < 3:
        return Association("cramer v", reason="too few answers")
    counts = _canonical(counts)
    p = _freeman_halton(counts)
    if p is None:
        method = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(seed))
        p = stats.fisher_exact(counts, method=method).pvalue.item()  # of very small tables scipy gives an array
    low, high = _cramer_interval(counts, seed)
    return Association("cramer v", float(cramers_v(counts)), low, high, p)


def cramers_v(tables: ArrayLike) -> NDArray:
    """Bias-corrected Cramér's V (Bergsma 2013) of one table, or of each table of a stack (..., r, c)."""
    counts = np.asarray(tables, dtype=float)
    n = counts.sum(axis=(-2, -1), keepdims=True)
    rows = counts.sum(axis=-1, keepdims=True)
    columns = counts.sum(axis=-2, keepdims=True)
    expected = rows * columns / n
    chi2 = np.divide((counts - expected) ** 2, expected, out=np.zeros_like(counts), where=expected > 0)
    phi2 = chi2.sum(axis=(-2, -1)) / n[..., 0, 0]
    r = (rows > 0).sum(axis=(-2, -1))
    c = (columns > 0).sum(axis=(-2, -1))
    less = n[..., 0, 0] - 1
    corrected = np.maximum(phi2 - (r - 1) * (c - 1) / less, 0)
    size = np.minimum(r - (r - 1) ** 2 / less, c - (c - 1) ** 2 / less) - 1
    return np.sqrt(np.divide(corrected, size, out=np.zeros_like(corrected), where=size > 0)).clip(0, 1)


def two_groups(first: ArrayLike, second: ArrayLike, seed: int) -> Association:
    """Permutation Mann-Whitney test with ties and Cliff's delta (Cliff 1993; interval of Newcombe 2006).

    Positive when `first` holds the larger values. Exact when there are few enough arrangements.
    """
    x = np.sort(np.asarray(first, dtype=float))
    y = np.sort(np.asarray(second, dtype=float))
    name = "cliff delta"
    if len(x) == 0 or len(y) == 0:
        return Association(name, reason="one group")
    pooled = np.concatenate([x, y])
    if np.all(pooled == pooled[0]):
        return Association(name, reason="constant")
    if min(len(x), len(y)) < SMALLEST_GROUP:
        return Association(name, reason="one person")
    delta = float(np.sign(x[:, None] - y[None, :]).mean())
    low, high = superiority((delta + 1) / 2, len(x), len(y))
    # Which group comes first must not move the drawn p; it is as far from the centre as the other, weighed by size.
    one, other = sorted((x, y), key=lambda sample: (len(sample), tuple(sample)))
    ranks = stats.rankdata(np.concatenate([one, other]))
    centre = ranks.mean()
    m = len(one)
    # Two-sided: with ties the two tails need not be alike, so that doubling one of them would be wrong; every
    # arrangement at least as far from the centre counts, on whichever side.
    apart = abs(ranks[:m].mean() - centre)
    p = permutation_p(ranks, apart, lambda drawn: np.abs(drawn[:, :m].mean(axis=1) - centre), (m, len(other)), seed)
    return Association(name, delta, 2 * low - 1, 2 * high - 1, p)


def k_groups(groups: Sequence[ArrayLike], seed: int) -> Association:
    """Kruskal-Wallis by permutation with epsilon squared (Kruskal & Wallis 1952; Tomczak & Tomczak 2014).

    The interval takes H for a noncentral chi-square: large samples; it is cut at 1.
    """
    samples = [np.sort(np.asarray(group, dtype=float)) for group in groups if len(np.asarray(group))]
    if len(samples) < 2:
        return Association("epsilon squared", reason="one group")
    pooled = np.concatenate(samples)
    if np.all(pooled == pooled[0]):
        return Association("epsilon squared", reason="constant")
    if min(len(sample) for sample in samples) < SMALLEST_GROUP:
        return Association("epsilon squared", reason="one person")
    samples.sort(key=lambda sample: (len(sample), tuple(sample)))
    sizes = tuple(len(sample) for sample in samples)
    ranks = stats.rankdata(pooled := np.concatenate(samples))
    statistic = float(_kruskal(ranks[None, :], sizes)[0])
    p = permutation_p(ranks, statistic, lambda drawn: _kruskal(drawn, sizes), sizes, seed)
    less = len(pooled) - 1
    low, high = (min(end / less, 1.0) for end in noncentral_chi2(statistic, len(samples) - 1))
    return Association("epsilon squared", statistic / less, low, high, p)


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact p that two answers of the same persons are equally frequent (McNemar 1947), from the discordant pairs."""
    discordant = only_first + only_second
    return float(stats.binomtest(only_first, discordant, 0.5).pvalue) if discordant else 1.0


def benjamini_hochberg(p: ArrayLike) -> NDArray:
    """Adjusted p values within one family (Benjamini & Hochberg 1995); NaN stays NaN and counts for nothing."""
    values = np.asarray(p, dtype=float)
    adjusted = np.full(values.shape, np.nan)
    known = ~np.isnan(values)
    if known.any():
        adjusted[known] = stats.false_discovery_control(values[known], method="bh")
    return adjusted


def too_few(n: int, groups: Sequence[int] = ()) -> str:
    """Why `n` respondents are not tested, a key of nlp.measures.reasons: there are too few of them, or there are
    `groups` (their sizes) and no two of them are large enough. "" where they are tested, and of nobody, who has other
    reasons."""
    if 0 < n < MIN_PERCENT_BASE:
        return "few"
    return "small groups" if len(groups) > 1 and sorted(groups)[-2] < FEWEST_IN_GROUP else ""


def adjust(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` (column p) as one family: q by Benjamini-Hochberg, family the number of its tests."""
    return frame.assign(q=benjamini_hochberg(frame["p"]), family=int(frame["p"].notna().sum()))


def _empty_margin(counts: NDArray) -> str:
    mentioned = counts.sum(axis=1)
    ticked = counts.sum(axis=0)
    if counts.sum() == 0:
        return "no answers"
    if mentioned[0] == 0:
        return "nobody"
    if mentioned[1] == 0:
        return "everybody"
    return "constant" if (ticked == 0).any() else ""


def _canonical(counts: NDArray) -> NDArray:
    """The same table whatever the order of its classes: the shorter side as rows, larger totals and counts first.

    What is drawn with a seed depends on how the table lies, and p must not move when somebody renames a class. Totals
    alone leave the order of rows with equal totals open: these are tried in every order, as long as they are few, and
    the one with the largest columns stands for all.
    """
    table = counts if counts.shape[0] <= counts.shape[1] else counts.T
    table = np.array(sorted(table.tolist(), key=lambda row: (-sum(row), sorted(row, reverse=True))))
    blocks = [list(block) for _, block in groupby(table.tolist(), key=sum)]
    if math.prod(math.factorial(len(block)) for block in blocks) > _MOST_ORDERS:
        blocks = [[row] for row in table.tolist()]
    orders = product(*(permutations(block) for block in blocks))
    columns = [sorted(zip(*chain(*order), strict=True), key=lambda column: (sum(column), column)) for order in orders]
    return np.array(max(columns)[::-1]).T


def _cramer_interval(counts: NDArray, seed: int) -> tuple[float, float]:
    """Percentile bootstrap of V, cells drawn a little towards no association (Fienberg & Holland 1973).

    Without it an empty cell stays empty in every resample and the interval closes around a perfect association.
    """
    n = int(counts.sum())
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n**2
    cells = (counts + _PRIOR * expected) / (n + _PRIOR)
    draws = np.random.default_rng(seed).multinomial(n, cells.ravel(), size=RESAMPLES)
    values = cramers_v(draws.reshape(RESAMPLES, *counts.shape))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def permutation_p(
    ranks: NDArray, observed: float, statistic: Callable[[NDArray], NDArray], sizes: tuple[int, ...], seed: int
) -> float:
    """The share of arrangements of `ranks` (n,) over groups of `sizes` whose statistic is at least `observed`.

    `statistic` takes arrangements (many, n), a group's places side by side. All of them where
    they can be listed, else seeded draws and the observed one (Phipson & Smyth 2010).
    """
    if _arrangements(sizes) <= MOST_LISTED:
        return float((statistic(ranks[_list_arrangements(sizes)]) >= observed - 1e-9).mean())
    drawn = np.random.default_rng(seed).permuted(np.tile(ranks, (RESAMPLES, 1)), axis=1)
    return float(((statistic(drawn) >= observed - 1e-9).sum() + 1) / (RESAMPLES + 1))


def _arrangements(sizes: tuple[int, ...]) -> int:
    """In how many ways persons fall into groups of these sizes."""
    return math.factorial(sum(sizes)) // math.prod(math.factorial(size) for size in sizes)


@lru_cache(maxsize=4)
def _list_arrangements(sizes: tuple[int, ...]) -> NDArray:
    """Every way to lay persons into groups of these sizes: (arrangements, persons), the first group's places first."""
    total = sum(sizes)
    if len(sizes) == 1:
        return np.arange(total)[None, :]
    first = np.array(list(combinations(range(total), sizes[0])))
    others = np.ones((len(first), total), dtype=bool)
    np.put_along_axis(others, first, values=False, axis=1)
    others = np.nonzero(others)[1].reshape(len(first), total - sizes[0])
    rest = _list_arrangements(sizes[1:])
    laid = others[:, rest].reshape(-1, total - sizes[0])
    return np.hstack([np.repeat(first, len(rest), axis=0), laid])


def _freeman_halton(counts: NDArray) -> float | None:
    """Exact p: all tables with these margins that are no likelier than this one; None where they are too many.

    Freeman & Halton 1951. Margins are sorted first, so that no order of classes moves the last digit.
    """
    margins = (sorted(counts.sum(axis=side).tolist(), reverse=True) for side in (0, 1))
    rows, columns = sorted(map(tuple, margins), key=lambda margin: (-len(margin), margin))
    weights = list(islice(_table_weights(rows, columns), _MOST_TABLES + 1))
    if len(weights) > _MOST_TABLES:
        return None
    every = np.exp(np.array(weights))
    observed = math.exp(-math.fsum(math.lgamma(cell + 1) for cell in counts.ravel()))
    return min(1.0, math.fsum(every[every <= observed * (1 + 1e-7)]) / math.fsum(every))


def _table_weights(rows: tuple[int, ...], columns: tuple[int, ...]) -> Iterator[float]:
    """The logarithm of 1 / (product of the cells' factorials) of every table with these margins."""
    if len(columns) == 1:
        yield -sum(math.lgamma(cell + 1) for cell in rows)
        return
    for cells in _fillings(rows, columns[0]):
        of_column = -sum(math.lgamma(cell + 1) for cell in cells)
        left = tuple(row - cell for row, cell in zip(rows, cells, strict=True))
        for rest in _table_weights(left, columns[1:]):
            yield of_column + rest


def _fillings(rows: tuple[int, ...], total: int) -> Iterator[tuple[int, ...]]:
    """Every column of this total whose cells are no more than what is left of each row."""
    if len(rows) == 1:
        if total <= rows[0]:
            yield (total,)
        return
    for cell in range(max(0, total - sum(rows[1:])), min(rows[0], total) + 1):
        for rest in _fillings(rows[1:], total - cell):
            yield (cell, *rest)


def _kruskal(ranks: NDArray, sizes: tuple[int, ...]) -> NDArray:
    """Kruskal-Wallis H with its correction for ties, one for each row of `ranks`; groups stand side by side."""
    n = ranks.shape[1]
    sums = np.add.reduceat(ranks, np.cumsum((0, *sizes[:-1])), axis=1)
    ties = np.unique(ranks[0], return_counts=True)[1].astype(float)
    h = 12 / (n * (n + 1)) * (sums**2 / np.array(sizes)).sum(axis=1) - 3 * (n + 1)
    return np.asarray(h / (1 - (ties**3 - ties).sum() / (n**3 - n)))
