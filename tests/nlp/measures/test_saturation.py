"""When do further interviews stop bringing new themes, and which themes come together?"""

import pandas as pd
import pytest

from nlp.measures.cooccurrence import co_occurrence, network_edges
from nlp.measures.saturation import new_themes, saturation_curve, saturation_point, saturation_table

# Worked by hand with the rule of Guest, Namey & Chen 2020: 37 themes in a base of four interviews; runs of two bring 4
# (11 %), 3 (8 %) and 1 (3 %) new ones, so that saturation at 5 % is reached after six interviews: "6+2".
NEW = [16, 9, 8, 4, 1, 3, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("base", "run", "threshold", "reached"),
    [(4, 2, 0.05, 6), (4, 2, 0.0, 8), (4, 3, 0.05, 6), (4, 2, 0.12, 4), (6, 2, 0.05, 6), (5, 2, 0.08, 5)],
)
def test_the_run_that_brings_little_is_found(base, run, threshold, reached):
    assert saturation_point(NEW, base, run, threshold) == reached


def test_no_saturation_with_ever_new_themes_or_too_few_interviews():
    assert saturation_point([5, 5, 5, 5, 5, 5, 5], 4, 2, 0.05) is None
    assert saturation_point([5, 1, 0, 0, 0], 4, 2, 0.05) is None
    assert saturation_point([0, 0, 0, 0, 0, 0], 4, 2, 0.05) is None


def coded(themes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(interview, theme) for interview, row in themes.items() for theme in row.split()],
        columns=["transcript", "theme"],
    )


STUDY = {
    "I1": "personale risorse",
    "I2": "personale tributi",
    "I3": "risorse",
    "I4": "ambiente",
    "I5": "",
    "I6": "personale",
}


def test_new_themes_of_each_interview_with_the_silent_one():
    found = new_themes(coded(STUDY), list(STUDY))
    assert found["new"].tolist() == [2, 1, 0, 1, 0, 0]
    assert found["cumulative"].tolist() == [2, 3, 3, 4, 4, 4]
    assert found["themes"].tolist() == ["personale; risorse", "tributi", "", "ambiente", "", ""]


def test_the_table_reports_six_plus_two_and_says_nothing_where_it_cannot():
    table = saturation_table(coded(STUDY), list(STUDY)).set_index(["base", "run", "threshold"])
    assert table.loc[(4, 2, 0.0), "reached"] == 4
    assert table.loc[(4, 2, 0.0), "new_share"] == 0
    assert pd.isna(table.loc[(5, 2, 0.05), "reached"]) and pd.isna(table.loc[(5, 2, 0.05), "new_share"])


def test_the_curve_does_not_depend_on_the_order_of_interviews_and_ends_at_all_themes():
    curve = saturation_curve(coded(STUDY), list(STUDY), seed=1)
    pd.testing.assert_frame_equal(curve, saturation_curve(coded(STUDY), list(STUDY)[::-1], seed=1))
    assert curve["mean"].is_monotonic_increasing
    assert curve[["mean", "low", "high"]].iloc[-1].tolist() == [4, 4, 4]
    # One interview drawn at random has (2 + 2 + 1 + 1 + 0 + 1) / 6 themes.
    assert curve["mean"].iloc[0] == pytest.approx(7 / 6, abs=0.1)


SEGMENTS = pd.DataFrame(
    {"segment": [f"{who}:{n}" for who in "AB" for n in range(1, 5)], "respondent": ["A"] * 4 + ["B"] * 4}
)
CODINGS = pd.DataFrame(
    [("A:1", "x"), ("A:1", "y"), ("A:2", "x"), ("A:3", "y"), ("B:1", "x"), ("B:1", "y"), ("B:2", "x"), ("B:2", "y")],
    columns=["segment", "theme"],
)


def test_themes_together_in_segments():
    row = co_occurrence(CODINGS, SEGMENTS, ["x", "y"], "segment").iloc[0]
    # x in 4 of 8 segments, y in 4, together in 3.
    assert (row["n"], row["theme_n"], row["other_n"], row["both"]) == (8, 4, 4, 3)
    assert row["jaccard"] == pytest.approx(3 / 5)
    assert row["lift"] == pytest.approx(3 * 8 / 16)
    assert row["phi"] == pytest.approx((3 * 3 - 1 * 1) / 16)


def test_themes_together_in_respondents_and_a_theme_never_given():
    pairs = co_occurrence(CODINGS, SEGMENTS, ["x", "y", "z"], "respondent").set_index(["theme", "other"])
    assert pairs.loc[("x", "y"), "both"] == 2 and pd.isna(pairs.loc[("x", "y"), "phi"])
    assert pairs.loc[("x", "y"), "reason"] == "theme everywhere"
    assert pd.isna(pairs.loc[("x", "z"), "lift"]) and pairs.loc[("x", "z"), "reason"] == "theme absent"


def test_an_edge_needs_three_units_together():
    pairs = co_occurrence(CODINGS, SEGMENTS, ["x", "y", "z"], "segment")
    assert network_edges(pairs)[["theme", "other"]].to_numpy().tolist() == [["x", "y"]]
    assert network_edges(co_occurrence(CODINGS, SEGMENTS, ["x", "y"], "respondent")).empty
