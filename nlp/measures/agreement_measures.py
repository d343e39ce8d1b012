"""Measures of agreement on yes/no decisions and on ordered ones, from sums that add up over interviews.

Numbers in, numbers out, no frame. All take arrays whose last axis is a set of sums, so that leaving each interview out
is one subtraction. A measure that cannot be calculated is NaN here; nlp.measures.agreement says in words why.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np

from nlp.measures.intervals import NO_INTERVAL, jackknife

Level = Literal["nominal", "ordinal"]

Measures = Callable[[np.ndarray], dict[str, np.ndarray]]
CHANCE_CORRECTED = ("kappa", "alpha", "ac1", "alpha_passages", "alpha_stance", "alpha_stance_order")
PAIR = ("both", "first_only", "second_only", "neither")  # the four cells of two coders' decisions
GROUP = ("units", "agreement", "share", "ones", "zeros", "disagreement")  # sums over units of any number of coders


def pair_measures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """Agreement of two coders; `sums` (..., 4) are counts in the order of PAIR, the first coder the reference.

    Precision, recall and F1 of the second against the first; Cohen's kappa (1960); Krippendorff's alpha for nominal
    data of two coders (2018, ch. 12); Gwet's AC1 (2008). Also raw agreement and the prevalence that each coder gives.
    """
    both, first, second, neither = (sums[..., cell].astype(float) for cell in range(4))
    n = both + first + second + neither
    agreement = _ratio(both + neither, n)
    p = _ratio(both + first, n)
    q = _ratio(both + second, n)
    mean = (p + q) / 2
    chance = p * q + (1 - p) * (1 - q)
    pooled_ones = 2 * both + first + second
    pooled_zeros = 2 * neither + first + second
    return {
        "agreement": agreement,
        "prevalence_first": p,
        "prevalence_second": q,
        "precision": _ratio(both, both + second),
        "recall": _ratio(both, both + first),
        "f1": _ratio(2 * both, 2 * both + first + second),
        "kappa": _ratio(agreement - chance, 1 - chance),
        "alpha": 1 - _ratio((2 * n - 1) * (first + second), pooled_ones * pooled_zeros),
        "ac1": _chance_corrected(agreement, mean),
    }


def group_sums(ones: np.ndarray, coders: np.ndarray) -> np.ndarray:
    """The sums of GROUP a unit, (n, 6), from how many of its `coders` (n,), two or more, said yes: `ones` (n,)."""
    zeros = coders - ones
    pairs = coders * (coders - 1)
    agreeing = (ones * (ones - 1) + zeros * (zeros - 1)) / pairs
    return np.stack(
        [np.ones(len(ones)), agreeing, ones / coders, ones, zeros, 2 * ones * zeros / (coders - 1)], axis=-1
    )


def group_measures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """Agreement of any number of coders, not all on every unit; `sums` (..., 6) as from `group_sums`, added up.

    Raw agreement of pairs and prevalence, averaged over units; Krippendorff's alpha, nominal, with missing decisions;
    Gwet's AC1 for several coders (2008).
    """
    units, agreeing, share, ones, zeros, disagreement = (sums[..., column] for column in range(6))
    agreement = _ratio(agreeing, units)
    prevalence = _ratio(share, units)
    return {
        "agreement": agreement,
        "prevalence": prevalence,
        "alpha": 1 - _ratio((ones + zeros - 1) * disagreement, 2 * ones * zeros),
        "ac1": _chance_corrected(agreement, prevalence),
    }


def theme_means(measures: Measures, sums: np.ndarray) -> dict[str, np.ndarray]:
    """Each measure's mean over themes, of those for which it can be calculated; `sums` (..., themes, k).

    Chance is expected within a theme: over all decisions together, one theme that is nearly always given beside one
    that nearly never is would pass for agreement.
    """
    means = {}
    for name, values in measures(sums).items():
        known = ~np.isnan(values)
        means[name] = _ratio(np.where(known, values, 0).sum(axis=-1), known.sum(axis=-1))
    return means


def jackknife_intervals(sums: np.ndarray, measures: Measures) -> dict[str, tuple[float, float]]:
    """95 % intervals of `measures` (nlp.measures.intervals.jackknife), interviews being the units that were drawn.

    `sums` are the sums of each interview, one interview a place of the first axis. NaN with fewer than three
    interviews.
    """
    of_all = measures(sums.sum(axis=0))
    if len(sums) < 3:
        return dict.fromkeys(of_all, NO_INTERVAL)
    left = measures(sums.sum(axis=0) - sums)
    return {
        name: jackknife(float(of_all[name]), left[name], lowest=-1.0 if name in CHANCE_CORRECTED else 0.0)
        for name in of_all
    }


def _chance_corrected(agreement: np.ndarray, prevalence: np.ndarray) -> np.ndarray:
    chance = 2 * prevalence * (1 - prevalence)  # never above one half, hence AC1's steadiness for rare themes
    return (agreement - chance) / (1 - chance)


def _ratio(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(np.shape(below), np.nan), where=np.asarray(below) > 0)


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
    totals = coincidence.sum(axis=-1)
    n = totals.sum(axis=-1)
    difference = _differences(totals, level)
    observed = (coincidence * difference).sum(axis=(-2, -1))
    expected = (totals[..., :, None] * totals[..., None, :] * difference).sum(axis=(-2, -1))
    return 1 - np.divide((n - 1) * observed, expected, out=np.full(np.shape(n), np.nan), where=np.asarray(expected) > 0)


def _differences(totals: np.ndarray, level: Level) -> np.ndarray:
    size = totals.shape[-1]
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(size), (*totals.shape, size))
    middle = totals.cumsum(axis=-1) - totals / 2  # of the ranks that each value has
    return (middle[..., :, None] - middle[..., None, :]) ** 2
