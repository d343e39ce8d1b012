import math
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from nlp.measures.association import (
    benjamini_hochberg,
    cramers_v,
    k_groups,
    r_by_c,
    two_by_two,
    two_groups,
)
from nlp.measures.rank_correlation import correlation, tau_b

TEA = [[3, 1], [1, 3]]  # Fisher (1935), the lady tasting tea; p and ratio as R's fisher.test


def test_the_lady_tasting_tea():
    found = two_by_two(TEA)
    assert found.p == pytest.approx(0.4857, abs=5e-5)
    assert found.effect == pytest.approx(6.408309, abs=1e-4)
    # The exact limits leave 2.5 % in each tail of the noncentral hypergeometric law.
    assert stats.nchypergeom_fisher(8, 4, 4, found.low).sf(2) == pytest.approx(0.025, abs=1e-6)
    assert stats.nchypergeom_fisher(8, 4, 4, found.high).cdf(3) == pytest.approx(0.025, abs=1e-6)
    assert math.isnan(found.haldane)


def test_an_empty_cell_keeps_the_exact_interval_and_shows_the_haldane_ratio():
    found = two_by_two([[8, 0], [1, 5]])
    assert math.isinf(found.effect) and found.low > 1
    assert found.haldane == pytest.approx(8.5 * 5.5 / (0.5 * 1.5))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[0, 0], [4, 6]], "nobody"),
        ([[4, 6], [0, 0]], "everybody"),
        ([[4, 0], [6, 0]], "constant"),
        ([[0, 0]] * 2, "no answers"),
    ],
)
def test_a_table_with_an_empty_margin_says_why(table, reason):
    found = two_by_two(table)
    assert found.reason == reason and math.isnan(found.p)


def test_freeman_halton_agrees_with_full_enumeration():
    # Job satisfaction by two incomes; p by summing every table with the same margins that is no more likely.
    table = np.array([[5, 2, 1], [1, 3, 4]])
    expected = _enumerated(table)
    assert r_by_c(table, 11).p == pytest.approx(expected, abs=3 * math.sqrt(expected * (1 - expected) / 4999))


def test_r_by_c_does_not_depend_on_the_order_of_classes():
    table = np.array([[5, 2, 1, 0], [1, 3, 4, 6]])
    assert r_by_c(table, 3) == r_by_c(table[:, [2, 0, 3, 1]], 3) == r_by_c(table[::-1], 3)


@pytest.mark.parametrize(("table", "p"), [([[2, 1, 0], [0, 0, 1]], 1 / 2), ([[1, 0, 0], [0, 1, 1]], 1.0)])
def test_three_or_four_respondents_in_three_classes(table, p):
    # The one below is in the class of two (1/2) or in either class of one (1/4 each); three alone are equally likely.
    assert r_by_c(table, 3).p == pytest.approx(p, abs=0.03)
    assert 0 < r_by_c([[2, 1, 0], [0, 0, 1], [0, 1, 0]], 3).p < 1


def test_an_empty_class_changes_nothing():
    assert r_by_c([[5, 2, 0], [1, 3, 0]], 3).effect == pytest.approx(r_by_c([[5, 2], [1, 3]], 3).effect)


def test_cramers_v_is_corrected_as_bergsma_2013():
    table = np.array([[30, 10, 5], [10, 25, 20]])
    n = table.sum()
    r = 2
    c = 3
    phi2 = stats.chi2_contingency(table, correction=False).statistic / n
    corrected = max(phi2 - (r - 1) * (c - 1) / (n - 1), 0)
    size = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    assert cramers_v(table) == pytest.approx(math.sqrt(corrected / size))
    assert cramers_v([[10, 10], [10, 10]]) == 0
    assert cramers_v([[50, 0], [0, 50]]) == pytest.approx(1, abs=0.02)


def test_mann_whitney_is_exact_in_small_groups():
    x = [7, 8, 9, 10]
    y = [1, 2, 3, 6]
    found = two_groups(x, y, 1)
    assert found.p == pytest.approx(stats.mannwhitneyu(x, y, method="exact").pvalue)
    assert found.effect == 1 and found.high == 1 and found.low > 0


def test_mann_whitney_with_ties_agrees_with_full_enumeration():
    x = [5, 4, 4, 5, 3]
    y = [1, 2, 3, 2, 4, 4]
    pooled = stats.rankdata(x + y)
    sums = [pooled[list(picked)].sum() for picked in combinations(range(11), 5)]
    observed = pooled[:5].sum()
    centre = np.mean(sums)
    expected = np.mean([abs(total - centre) >= abs(observed - centre) - 1e-9 for total in sums])
    assert two_groups(x, y, 1).p == pytest.approx(expected, abs=0.01)


def test_cliffs_delta_counts_pairs():
    x = [1, 2, 3, 4, 5]
    y = [2, 3, 3, 1]
    greater = sum(a > b for a in x for b in y) - sum(a < b for a in x for b in y)
    assert two_groups(x, y, 1).effect == pytest.approx(greater / 20)
    assert two_groups(y, x, 1).effect == pytest.approx(-greater / 20)


def test_k_groups_agree_with_kruskal_wallis():
    groups = [
        [7, 14, 14, 13, 12, 9, 6, 14, 12, 8],
        [15, 17, 13, 15, 15, 13, 9, 12, 10, 8],
        [6, 8, 8, 9, 5, 14, 13, 8, 10, 9],
    ]
    found = k_groups(groups, 5)
    expected = stats.kruskal(*groups)
    assert found.effect == pytest.approx(expected.statistic / 29)
    assert found.p == pytest.approx(expected.pvalue, abs=0.015)


def test_k_groups_of_two_are_the_exact_test_of_two_groups():
    first = [1, 2, 3, 5]
    second = [4, 6, 7, 8, 9]
    found = k_groups([first, [], second], 5)
    assert found.p == pytest.approx(two_groups(first, second, 5).p)
    assert found.effect == pytest.approx(stats.kruskal(first, second).statistic / 8)


def test_spearman_and_kendall_agree_with_scipy():
    x = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]  # IQ and hours of television, the usual worked example
    y = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]
    found = correlation(x, y, 2)
    assert found.effect == pytest.approx(-0.17575757, abs=1e-7)
    assert found.p == pytest.approx(0.6272, abs=0.03)
    assert found.low < found.effect < found.high
    assert tau_b(x, y).value == pytest.approx(stats.kendalltau(x, y).statistic)


LEVELS = np.array([1, 2, 2, 3, 4, 5, 5, 1])
SHARES = np.array([0.0, 0.2, 0.0, 0.1, 0.4, 0.3, 0.3, 0.1])


def leaving_each_out(statistic):
    """The ends of the jackknife interval of LEVELS and SHARES, on Fisher's z, with scipy's `statistic` alone."""
    every = np.arange(8)
    z = [math.atanh(statistic(LEVELS[every != one], SHARES[every != one])) for one in every]
    error = math.sqrt(7 / 8 * sum((each - np.mean(z)) ** 2 for each in z))
    return tuple(np.tanh(math.atanh(statistic(LEVELS, SHARES)) + np.array(stats.t.interval(0.95, 7)) * error))


def test_the_intervals_of_tau_and_rho_leave_each_person_out_in_turn():
    assert tau_b(LEVELS, SHARES)[1:] == pytest.approx(leaving_each_out(lambda x, y: stats.kendalltau(x, y).statistic))
    rho = correlation(LEVELS, SHARES, 1)
    assert (rho.low, rho.high) == pytest.approx(leaving_each_out(lambda x, y: stats.spearmanr(x, y).statistic))


@pytest.mark.parametrize(
    ("x", "y"), [([1, 2], [2, 1]), (range(6), range(6)), ([0, 0, 0, 0, 1], [1, 2, 3, 4, 5])], ids=str
)
def test_a_tau_of_too_few_or_of_a_perfect_order_has_no_interval(x, y):
    found = tau_b(x, y)
    assert found.value == pytest.approx(stats.kendalltau(x, y).statistic)
    assert math.isnan(found.low) and math.isnan(found.high)


def test_a_rho_that_hangs_on_one_person_may_be_anything():
    one_speaks = correlation([0, 0, 0, 0, 0.2], [2, 1, 4, 3, 5], 1)
    assert (one_speaks.low, one_speaks.high) == (-1, 1)


def test_a_perfect_order_of_a_few_does_not_close_the_interval():
    three = correlation([1, 2, 3], [2, 4, 5], 1)
    eight = correlation(range(8), range(0, 16, 2), 1)
    assert (three.effect, three.low, three.high) == (1, -1, 1)
    assert eight.effect == eight.high == 1 and 0.8 < eight.low < 0.95
    turned = correlation(range(8), range(16, 0, -2), 1)
    assert (turned.low, turned.high) == (-1, pytest.approx(-eight.low))


def test_respondents_may_come_in_any_order():
    x = np.array([1, 2, 2, 4, 5, 6, 3])
    y = np.array([2, 1, 4, 3, 5, 6, 6])
    order = np.array([3, 1, 0, 6, 5, 2, 4])
    assert correlation(x, y, 9) == correlation(x[order], y[order], 9)
    assert two_groups(x, y, 9) == two_groups(x[order], y[order[::-1]], 9)


def test_what_does_not_vary_has_no_correlation():
    assert correlation([1, 2, 3], [4, 4, 4], 1).reason == "constant"
    assert correlation([1, 2], [3, 4], 1).reason == "too few answers"
    assert two_groups([], [1, 2], 1).reason == "one group"
    assert two_groups([3, 3], [3], 1).reason == "constant"


def test_benjamini_hochberg_worked_example():
    # Benjamini & Hochberg (1995), section 3.2: fifteen p values, four rejected at 0.05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    adjusted = benjamini_hochberg([*p, math.nan])
    assert int((adjusted[:15] <= 0.05).sum()) == 4
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert math.isnan(adjusted[15])


def _enumerated(table):
    rows = table.sum(axis=1)
    columns = table.sum(axis=0)
    law = stats.random_table(rows, columns)
    observed = law.pmf(table)
    total = 0.0
    for a in range(columns[0] + 1):
        for b in range(columns[1] + 1):
            c = rows[0] - a - b
            if 0 <= c <= columns[2]:
                probability = law.pmf(np.array([[a, b, c], columns - np.array([a, b, c])]))
                total += probability if probability <= observed * (1 + 1e-9) else 0
    return total


def test_a_group_of_one_respondent_is_not_tested():
    assert two_groups([4], [1, 2, 3, 4, 5], 1).reason == "one person"
    assert k_groups([[4], [1, 2, 3], [2, 5]], 1).reason == "one person"


def _every_assignment_p(statistic, observed, values, labels):
    """By brute force: every order of the labels, each assignment as often as every other."""
    orders = set(permutations(labels))
    extreme = [statistic(values, order) >= observed - 1e-9 for order in orders]
    return sum(extreme) / len(extreme)


def _kruskal_wallis(values, labels):
    frame = pd.DataFrame({"value": values, "label": list(labels)})
    return stats.kruskal(*(group.to_numpy() for _, group in frame.groupby("label")["value"])).statistic


def test_three_groups_of_few_are_all_listed():
    values = (1, 2, 2, 4, 5, 7, 8)
    labels = "aabbccc"
    groups = [[1, 2], [2, 4], [5, 7, 8]]
    expected = _every_assignment_p(_kruskal_wallis, _kruskal_wallis(values, labels), values, labels)
    assert k_groups(groups, 1).p == k_groups(groups, 2).p == pytest.approx(expected)


def test_fifteen_persons_in_two_groups_are_listed_and_not_drawn():
    first = [1, 3, 3, 5, 6, 9, 9]
    second = [2, 2, 4, 4, 7, 8, 10, 11]
    ranks = stats.rankdata(first + second)
    centre = ranks.mean()
    apart = abs(ranks[:7].mean() - ranks.mean())
    every = [abs(np.mean([ranks[place] for place in chosen]) - centre) for chosen in combinations(range(15), 7)]
    assert two_groups(first, second, 1).p == pytest.approx(np.mean(np.array(every) >= apart - 1e-9))
    assert two_groups(first, second, 1).p == two_groups(first, second, 99).p


def test_seven_persons_in_order_are_listed():
    x = [1, 2, 3, 4, 5, 6, 7]
    y = [2, 1, 4, 3, 7, 5, 6]
    own = stats.spearmanr(x, y).statistic
    every = [stats.pearsonr(x, order).statistic for order in permutations(y)]
    assert correlation(x, y, 1).p == pytest.approx(np.mean(np.abs(every) >= abs(own) - 1e-9))


def test_a_table_of_categories_is_exact_where_its_tables_can_be_listed():
    table = np.array([[3, 1, 0], [1, 4, 2], [0, 1, 4]])
    drawn = stats.fisher_exact(table, method=stats.MonteCarloMethod(n_resamples=200_000, rng=np.random.default_rng(1)))
    found = r_by_c(table, 1)
    assert found.p == r_by_c(table, 2).p == r_by_c(table.T, 3).p
    assert found.p == pytest.approx(float(np.asarray(drawn.pvalue).item()), abs=0.004)


@pytest.mark.parametrize("table", [[[3, 1], [1, 3]], [[8, 2], [2, 8]], [[5, 0], [1, 4]]])
def test_a_table_of_two_by_two_is_fisher_s(table):
    assert r_by_c(table, 1).p == pytest.approx(stats.fisher_exact(table).pvalue)


def test_one_person_who_spoils_an_order_does_not_make_its_interval_hold_everything():
    spoilt = np.round(np.arange(20) / 4)
    spoilt[0] = 99
    rho = correlation(np.arange(20), spoilt, 1)
    tau = tau_b(np.arange(20), spoilt)
    assert rho.p < 0.01 and rho.low > 0
    assert tau.low > -0.5
