"""Worked examples of textbooks and of R's documentation, each counted out again here by means other than the code's.

The sources are named at each test; no number stands on memory alone.
"""

import math
import statistics
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy import optimize
from scipy.special import gammaln
from sklearn.metrics import jaccard_score, matthews_corrcoef

from nlp.measures.association import (
    benjamini_hochberg,
    cramers_v,
    k_groups,
    r_by_c,
    two_by_two,
    two_groups,
)
from nlp.measures.cooccurrence import co_occurrence
from nlp.measures.items import item_summaries
from nlp.measures.rank_correlation import correlation, tau_b
from nlp.measures.saturation import saturation_point
from tests.tiny_study import ITEMS


def hypergeometric(table):
    """Support and log weights (base 1) of the first cell given both margins."""
    (a, b), (c, d) = table
    cells = np.arange(max(0, a - d), min(a + b, a + c) + 1)
    logs = -(gammaln(cells + 1) + gammaln(a + b - cells + 1) + gammaln(a + c - cells + 1) + gammaln(d - a + cells + 1))
    return cells, logs - logs.max()


def law(table, log_ratio):
    cells, logs = hypergeometric(table)
    weights = np.exp(logs + cells * log_ratio - (logs + cells * log_ratio).max())
    return cells, weights / weights.sum()


# R, help(fisher.test): convictions of like-sex twins (Fisher 1970); and two tables of ours with ratios far from 1.
@pytest.mark.parametrize("table", [[[2, 10], [15, 3]], [[10, 20], [1, 14]], [[7, 5], [9, 30]]])
def test_fisher_and_the_exact_ratio_by_summing_the_noncentral_law(table):
    found = two_by_two(table)
    cells, null = law(table, 0.0)
    first = table[0][0]
    assert found.p == pytest.approx(null[null <= null[cells == first][0] * (1 + 1e-7)].sum())
    # The conditional ratio makes the expected first cell the observed one (Cornfield 1956).
    mean = lambda log_ratio: float((law(table, log_ratio)[1] * cells).sum()) - first  # noqa: E731
    assert math.log(found.effect) == pytest.approx(optimize.brentq(mean, -20, 20), abs=1e-5)
    assert law(table, math.log(found.low))[1][cells >= first].sum() == pytest.approx(0.025, rel=1e-4)
    assert law(table, math.log(found.high))[1][cells <= first].sum() == pytest.approx(0.025, rel=1e-4)


def test_the_convictions_of_twins_are_as_r_prints_them():
    found = two_by_two([[2, 10], [15, 3]])
    assert (found.p, found.effect) == pytest.approx((0.0005367, 0.04693661), rel=1e-4)


def test_under_no_association_phi_squared_is_on_average_what_bergsma_takes_away():
    # Bergsma (2013): E(phi^2) = (r-1)(c-1)/(n-1) given the margins; here over every arrangement of ten persons.
    rows = np.repeat([0, 1], [4, 6])
    columns = np.repeat([0, 1, 2], [5, 3, 2])
    total = 0
    raw = []
    for chosen in combinations(range(10), 4):
        side = np.isin(np.arange(10), chosen).astype(int)
        table = np.array([[np.sum((side == a) & (columns == b)) for b in range(3)] for a in (1, 0)])
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / 10
        raw.append(((table - expected) ** 2 / expected).sum() / 10)
        total += 1
    assert total == math.comb(10, 4) and len(rows) == 10
    assert np.mean(raw) == pytest.approx(2 / 9)
    # An association exactly as large as chance gives is corrected to nothing, a complete one stays complete.
    assert cramers_v([[30, 0, 0], [0, 30, 0], [0, 0, 40]]) == pytest.approx(1, abs=1e-9)


def test_freeman_halton_of_three_by_three_by_every_arrangement():
    # Freeman & Halton (1951): p sums the tables with these margins that are no more likely; nine persons.
    table = np.array([[3, 0, 1], [0, 2, 0], [0, 1, 2]])
    rows = np.repeat([0, 1, 2], table.sum(axis=1))
    count: dict[bytes, int] = {}
    for columns in set(permutations(np.repeat([0, 1, 2], table.sum(axis=0)))):
        cells = np.zeros((3, 3), dtype=int)
        np.add.at(cells, (rows, np.array(columns)), 1)
        count[cells.tobytes()] = count.get(cells.tobytes(), 0) + 1
    mine = count[table.tobytes()]
    total = sum(count.values())
    expected = sum(number for number in count.values() if number <= mine) / total
    assert r_by_c(table, 3).p == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / 4999))


# Hollander & Wolfe (1973), p. 69, in R's help(wilcox.test): permeability of placentas at term and at 12 to 26 weeks.
TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
EARLY = [1.15, 0.88, 0.90, 0.74, 1.21]


def test_mann_whitney_of_hollander_and_wolfe():
    found = two_groups(TERM, EARLY, 1)
    u = sum(x > y for x, y in product(TERM, EARLY))
    assert u == 35 and found.effect == pytest.approx(2 * u / 50 - 1)
    larger = [sum(pooled > other for pooled in TERM + EARLY) for other in TERM + EARLY]  # ranks from above
    sums = [sum(larger[k] for k in chosen) for chosen in combinations(range(15), 5)]
    observed = sum(larger[10:])
    centre = np.mean(sums)
    assert found.p == pytest.approx(np.mean([abs(each - centre) >= abs(observed - centre) - 1e-9 for each in sums]))
    assert found.p == pytest.approx(2 * 0.1272, abs=1e-3)  # R's one-sided p


# Hollander & Wolfe (1973), p. 116, in R's help(kruskal.test): mucociliary efficiency of three groups.
NORMAL = [2.9, 3.0, 2.5, 2.6, 3.2]
OBSTRUCTED = [3.8, 2.7, 4.0, 2.4]
ASBESTOS = [2.8, 3.4, 3.7, 2.2, 2.0]


def test_kruskal_wallis_of_hollander_and_wolfe_by_every_arrangement():
    found = k_groups([NORMAL, OBSTRUCTED, ASBESTOS], 1)
    assert found.effect * 13 == pytest.approx(0.77143, abs=1e-5)  # H, from epsilon squared of 14 persons
    places = set(range(14))
    weights = []  # H grows with this sum: all 252,252 arrangements, two groups chosen, the third left
    for first in combinations(range(14), 5):
        rest = sorted(places - set(first))
        second = np.array(list(combinations(rest, 4))).sum(axis=1) + 4
        own = sum(first) + 5
        weights.append(own**2 / 5 + second**2 / 4 + (105 - own - second) ** 2 / 5)
    every = np.concatenate(weights)
    ranks = {value: place + 1 for place, value in enumerate(sorted(NORMAL + OBSTRUCTED + ASBESTOS))}
    observed = sum(sum(ranks[v] for v in group) ** 2 / len(group) for group in (NORMAL, OBSTRUCTED, ASBESTOS))
    exact = float((every >= observed - 1e-9).mean())
    assert len(every) == 252252
    assert found.p == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 4999))


# Hollander & Wolfe (1973), p. 187, in R's help(cor.test): lightness of canned tuna and what a panel made of it.
LIGHTNESS = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
PANEL = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]


def test_kendall_and_spearman_of_hollander_and_wolfe():
    pairs = list(combinations(zip(LIGHTNESS, PANEL, strict=True), 2))
    agree = sum((a[0] - b[0]) * (a[1] - b[1]) > 0 for a, b in pairs)
    assert agree == 26 and tau_b(LIGHTNESS, PANEL).value == pytest.approx((2 * agree - 36) / 36) == pytest.approx(4 / 9)
    ranks = [[sorted(values).index(value) for value in values] for values in (LIGHTNESS, PANEL)]
    squares = sum((a - b) ** 2 for a, b in zip(*ranks, strict=True))
    assert correlation(LIGHTNESS, PANEL, 1).effect == pytest.approx(1 - 6 * squares / (9 * 80))  # Spearman (1904)


def test_spearmans_p_is_that_of_every_order():
    x = [1, 2, 3, 4, 5, 6, 7]
    y = [2, 1, 4, 3, 7, 5, 6]
    rho = lambda order: 1 - 6 * sum((a - b) ** 2 for a, b in zip(x, order, strict=True)) / (7 * 48)  # noqa: E731
    exact = np.mean([abs(rho(order)) >= abs(rho(y)) - 1e-12 for order in permutations(y)])
    assert correlation(x, y, 1).p == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 4999))


def test_kendalls_tau_b_counts_ties_on_either_side():
    # Kendall (1945): concordant less discordant pairs, over the root of the pairs not tied in x times those in y.
    x = [1, 1, 2, 2, 3, 4, 4, 5]
    y = [2, 3, 3, 1, 4, 4, 4, 5]
    pairs = list(combinations(zip(x, y, strict=True), 2))
    balance = sum(np.sign((a[0] - b[0]) * (a[1] - b[1])) for a, b in pairs)
    free = math.sqrt(sum(a[0] != b[0] for a, b in pairs) * sum(a[1] != b[1] for a, b in pairs))
    assert tau_b(x, y).value == pytest.approx(balance / free)


def test_benjamini_hochberg_agrees_with_statsmodels():
    # What statsmodels 0.15 gave: multipletests(p, method="fdr_bh").
    p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
    expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.10571428571428572, 0.216, 0.216, 0.216]
    assert benjamini_hochberg(p) == pytest.approx(expected)
    assert benjamini_hochberg(p[::-1]) == pytest.approx(expected[::-1])


def test_jaccard_and_phi_agree_with_scikit_learn():
    rng = np.random.default_rng(1)
    held = pd.DataFrame(rng.random((40, 2)) < 0.4, columns=["a", "b"])
    segments = pd.DataFrame({"segment": [f"S{k}" for k in range(40)], "respondent": "R"})
    codings = pd.concat([pd.DataFrame({"segment": segments["segment"][held[t]], "theme": t}) for t in held])
    (row,) = co_occurrence(codings, segments, ["a", "b"], "segment").to_dict("records")
    assert row["jaccard"] == pytest.approx(jaccard_score(held["a"], held["b"]))
    assert row["phi"] == pytest.approx(matthews_corrcoef(held["a"], held["b"]))
    assert row["lift"] == pytest.approx((held["a"] & held["b"]).mean() / (held["a"].mean() * held["b"].mean()))


def test_saturation_of_guest_namey_and_chen_by_the_words_of_their_method():
    # PLoS ONE 15(5): e0232076: new information of a run over all information of the base; the first run at or below.
    rng = np.random.default_rng(6)
    for _ in range(200):
        new = sorted(rng.integers(0, 6, 14), reverse=True)
        base = int(rng.integers(4, 7))
        run = int(rng.integers(2, 4))
        threshold = float(rng.choice([0.05, 0.0]))
        ratios = {k: sum(new[k : k + run]) / sum(new[:base]) for k in range(base, 15 - run) if sum(new[:base])}
        expected = next((k for k, ratio in ratios.items() if ratio <= threshold), None)
        assert saturation_point(new, base, run, threshold) == expected


def test_means_medians_and_spread_agree_with_the_standard_library(classes, study):
    row = item_summaries(study.answers, ITEMS, classes).set_index(["item", "group"]).loc[("Q2", "")]
    values = [number for number in study.answers.loc[study.answers["item"] == "Q2", "number"] if number == number]
    quarters = statistics.quantiles(values, n=4, method="inclusive")
    assert (row["mean"], row["sd"]) == pytest.approx((statistics.mean(values), statistics.stdev(values)))
    assert (row["q1"], row["median"], row["q3"]) == pytest.approx(quarters)
