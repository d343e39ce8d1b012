"""Said against ticked, answers by class, shares of segments: on the tiny study, against other implementations."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from nlp.measures.association import k_groups, mcnemar
from nlp.measures.intervals import noncentral_chi2, ratio_interval
from nlp.measures.item_tests import item_group_tests
from nlp.measures.prevalence import theme_prevalence
from nlp.measures.said_and_ticked import said_and_ticked
from tests.tiny_study import ITEMS, THEMES


def test_waste_is_ticked_by_six_and_said_by_four_of_them(mentions, study):
    (row,) = said_and_ticked(mentions, study.answers, THEMES, ITEMS).to_dict("records")
    assert [row[name] for name in ("n", "said", "ticked", "both", "only_said", "only_ticked")] == [12, 4, 6, 4, 0, 2]
    assert row["difference"] == pytest.approx(-2 / 12) and row["low"] < row["difference"] < row["high"]
    assert row["p"] == pytest.approx(0.5)  # statsmodels' mcnemar, exact


# What statsmodels 0.15 gave: mcnemar([[10, only_first], [only_second, 10]], exact=True).
@pytest.mark.parametrize(
    ("only_first", "only_second", "expected"),
    [(5, 1, 0.21875), (9, 2, 0.0654296875), (0, 7, 0.015625), (3, 3, 1.0), (150, 86, 3.7159361395713866e-05)],
)
def test_mcnemar_agrees_with_statsmodels(only_first, only_second, expected):
    # 150 and 86 are the discordant pairs of Agresti's approval ratings (Categorical Data Analysis, table 10.1).
    assert mcnemar(only_first, only_second) == pytest.approx(expected)


def test_nobody_changes_between_saying_and_ticking():
    assert mcnemar(0, 0) == 1.0


def test_answers_are_compared_by_class(classes, study):
    rows = item_group_tests(study.answers, ITEMS, classes, 1).set_index(["item", "option"])
    assert rows.loc[("Q3", "rifiuti"), "p"] == pytest.approx(stats.fisher_exact([[6, 0], [1, 5]]).pvalue)
    assert rows.loc[("Q3", "rifiuti"), "effect"] == float("inf")
    assert rows.loc[("Q4", ""), "reason"] == "constant"
    first, second = range(1, 7), range(7, 12)
    assert rows.loc[("Q2", ""), "p"] == pytest.approx(stats.mannwhitneyu(first, second, method="exact").pvalue)
    assert rows.loc[("Q2", ""), "effect"] == -1
    assert tuple(rows.loc[("Q2", ""), ["n", "no_answer", "unknown"]]) == (11, 1, 0)
    assert "Q5" not in rows.index.get_level_values("item")


def test_a_respondent_of_no_class_is_counted_as_unknown(classes, study):
    groups = classes.copy()
    groups.loc["R02"] = ""
    rows = item_group_tests(study.answers, ITEMS, groups, 1).set_index(["item", "option"])
    assert tuple(rows.loc[("Q2", ""), ["n", "no_answer", "unknown"]]) == (10, 1, 1)


def test_the_noncentral_limits_agree_with_a_poisson_mixture():
    # A noncentral chi-square is a Poisson mixture of central ones (Johnson, Kotz & Balakrishnan 1995, ch. 29).
    def cdf(value, df, noncentrality):
        weights = stats.poisson.pmf(np.arange(400), noncentrality / 2)
        return float((weights * stats.chi2.cdf(value, df + 2 * np.arange(400))).sum())

    low, high = noncentral_chi2(15.0, 3)
    assert cdf(15.0, 3, low) == pytest.approx(0.975, abs=1e-7)
    assert cdf(15.0, 3, high) == pytest.approx(0.025, abs=1e-7)
    assert noncentral_chi2(1.0, 3)[0] == 0


def test_epsilon_squared_has_an_interval():
    found = k_groups([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], 1)
    assert 0 < found.low < found.effect < found.high <= 1


def test_the_share_of_segments_has_an_interval_over_respondents(mentions):
    row = theme_prevalence(mentions).set_index("theme").loc["personale"]
    assert row["segment_share"] == 12 / 24
    assert row["segment_low"] < 0.5 < row["segment_high"]


def test_the_ratio_interval_is_that_of_a_cluster_robust_logistic_model():
    parts = [13, 2, 7, 1, 6, 3, 7, 4, 5, 3, 14, 2, 17, 6]
    wholes = [53, 30, 24, 31, 36, 52, 38, 23, 33, 44, 52, 49, 59, 27]
    # What statsmodels 0.15 gave: a binomial GLM of the intercept alone, a row a person, cov_type="HC0" (divides by n).
    intercept, error = -1.633588372666384, 0.19917821552367787
    half = stats.t.ppf(0.975, 13) * error * (14 / 13) ** 0.5
    expected = [1 / (1 + np.exp(-(intercept + side * half))) for side in (-1, 1)]
    assert ratio_interval(parts, wholes) == pytest.approx(expected, rel=1e-6)
    assert ratio_interval(parts[::-1], wholes[::-1]) == ratio_interval(parts, wholes)


@pytest.mark.parametrize(("parts", "wholes"), [([0, 0, 0], [9, 8, 7]), ([9, 8, 7], [9, 8, 7]), ([2, 4, 6], [4, 8, 12]),
                                               ([1, 2], [9, 9]), ([], [])])  # fmt: skip
def test_shares_that_do_not_vary_have_no_interval(parts, wholes):
    assert np.isnan(ratio_interval(parts, wholes)).all()


def test_row_order_and_labels_do_not_matter(classes, study, mentions):
    shuffled = study.answers.sample(frac=1, random_state=4)
    first, second = (item_group_tests(given, ITEMS, classes, 2) for given in (study.answers, shuffled))
    pd.testing.assert_frame_equal(first, second)
    renamed = classes.replace({"fino a 3.000": "1 piccoli", "oltre 8.000": "2 grandi"})
    third = item_group_tests(study.answers, ITEMS, renamed, 2)
    pd.testing.assert_frame_equal(first.drop(columns="larger"), third.drop(columns="larger"))
    names = {"fino a 3.000": "1 piccoli", "oltre 8.000": "2 grandi", "": ""}
    assert list(third["larger"]) == [names[label] for label in first["larger"]]
    pd.testing.assert_frame_equal(
        said_and_ticked(mentions, study.answers, THEMES, ITEMS), said_and_ticked(mentions, shuffled, THEMES, ITEMS)
    )


def test_one_respondent_a_class_is_not_compared(study, classes):
    each = pd.Series([f"classe {number}" for number in range(len(classes))], index=classes.index, name="classe")
    rows = item_group_tests(study.answers, ITEMS, each, 2)
    assert rows["p"].isna().all()
    assert set(rows["reason"]) <= {"small groups", "constant"}


def test_the_class_with_more_is_named(classes, study):
    rows = item_group_tests(study.answers, ITEMS, classes, 2).set_index(["item", "option"])
    for (item, option), row in rows[rows["larger"] != ""].iterrows():
        own = study.answers[(study.answers["item"] == item) & (study.answers["option"] == option)]
        own = own[own["status"] == "answered"]
        mean = own.groupby(own["respondent"].map(classes))["number"].mean()
        assert row["larger"] == mean.idxmax(), (item, option)
