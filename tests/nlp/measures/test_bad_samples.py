"""Every statistic on samples that give it nothing: it says why, or gives a number, and never warns or crashes."""

import math
import warnings
from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from nlp.measures import association
from nlp.measures.agreement import compare_group, compare_pair
from nlp.measures.association import Association, adjust, k_groups, mcnemar, r_by_c, two_by_two, two_groups
from nlp.measures.cooccurrence import co_occurrence
from nlp.measures.crosstabs import compare_counts, theme_by_group, theme_group_tests
from nlp.measures.intervals import median_interval, paired_difference, ratio_interval, wilson
from nlp.measures.item_tests import item_group_tests
from nlp.measures.items import item_frequencies, item_summaries
from nlp.measures.linking import declared_links, link_themes
from nlp.measures.prevalence import stance_counts, theme_prevalence
from nlp.measures.rank_correlation import correlation, tau_b
from nlp.measures.reasons import REASONS
from nlp.measures.said_and_ticked import said_and_ticked
from nlp.measures.saturation import saturation_curve, saturation_table
from tests.tiny_study import ITEMS, THEMES, answers

SAMPLES = ([], [3], [3, 3], [1, 2], [0, 0, 0], [1, 2, 2])
TABLES = ([[0, 0], [0, 0]], [[1, 0], [0, 0]], [[1, 0], [0, 1]], [[2, 0], [3, 0]], [[0, 0, 0], [1, 1, 1]],
          [[1, 0, 0], [0, 1, 0]], [[1, 1, 0], [0, 0, 1]], [[5, 0, 0], [0, 0, 0]], [[0, 4, 0], [4, 0, 4]])  # fmt: skip


@pytest.fixture(autouse=True)
def _strict(monkeypatch):
    monkeypatch.setattr(association, "RESAMPLES", 49)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def sound(found: Association) -> None:
    """Either a reason in words and no number, or an effect inside its interval with its p."""
    numbers = [value for value in astuple(found) if isinstance(value, float)]
    if found.reason:
        assert found.reason in REASONS and all(math.isnan(number) for number in numbers)
    else:
        assert found.low <= found.effect <= found.high and 0 < found.p <= 1


@pytest.mark.parametrize("first", SAMPLES, ids=str)
@pytest.mark.parametrize("second", SAMPLES, ids=str)
def test_two_samples(first, second):
    sound(two_groups(first, second, 1))
    sound(k_groups([first, second, []], 1))
    sound(k_groups([first, second, [1, 5]], 1))
    n = min(len(first), len(second))
    sound(correlation(first[:n], second[:n], 1))
    tau = tau_b(first[:n], second[:n])
    assert math.isnan(tau.low) == math.isnan(tau.high) and not tau.low > tau.value and not tau.high < tau.value


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_tables_with_empty_cells_rows_and_columns(table):
    found = r_by_c(table, 1)
    sound(found)
    sound(compare_counts(np.array(table), 1))
    if np.shape(table) == (2, 2):
        sound(two_by_two(table))
        both, only_first, only_second, neither = np.ravel(table)
        low, high = paired_difference(both, only_first, only_second, neither)
        assert 0 < mcnemar(only_first, only_second) <= 1 and (low <= high or not np.sum(table))


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_intervals_of_a_handful(sample):
    low, high = median_interval(sample)
    assert math.isnan(low) and math.isnan(high)
    low, high = ratio_interval(np.minimum(sample, 2), np.full(len(sample), 2))
    assert math.isnan(low) or 0 <= low <= high <= 1
    low, high = wilson(0, len(sample))
    assert math.isnan(low) or 0 <= low <= high <= 1


HANDFULS = [
    ([], "answered", ("",)),
    ([True], "answered", ("a",)),
    ([True], "dont_know", ("",)),
    ([True, False], "answered", ("a", "b")),
    ([False, False], "answered", ("a", "b")),
    ([True, False], "not_shown", ("a", "b")),
    ([True, True, True], "answered", ("a", "b", "c")),
    ([True, False, False], "answered", ("a", "b", "c")),
    ([True, True, False, False], "answered", ("a",)),
]


@pytest.mark.parametrize(("said", "status", "classes"), HANDFULS, ids=str)
def test_every_frame_of_a_handful_of_respondents(said, status, classes):
    people = [f"R{k}" for k in range(len(said))]
    rows = [(theme.code, person, yes, int(yes), 10 * yes, 0.1 * yes, 10)
            for theme in THEMES for person, yes in zip(people, said, strict=True)]  # fmt: skip
    mentions = pd.DataFrame(rows, columns=["theme", "respondent", "mentioned", "segments", "words", "share", "spoken"])
    mentions = mentions.astype({"mentioned": bool, "segments": int, "words": int, "share": float, "spoken": int})
    number = 1.0 if status == "answered" else None
    value = {item.code: (item.yes or ("1",))[0] for item in ITEMS}
    values = [(person, item.code, option, value[item.code], number, status) for item in ITEMS for person in people
              for option in ([o.value for o in item.options] if item.type == "multi" else [""])]  # fmt: skip
    given = answers(values)
    labels = [classes[k % len(classes)] for k in range(len(people))]
    groups = pd.Series(labels, index=pd.Index(people, name="respondent", dtype="str"), name="classe", dtype="str")
    tests = [
        theme_group_tests(mentions, groups, 1),
        item_group_tests(given, ITEMS, groups, 1),
        link_themes(mentions, given, ITEMS, declared_links(THEMES, ITEMS), 1),
        said_and_ticked(mentions, given, THEMES, ITEMS),
    ]
    for frame in tests:
        measured = frame.get("effect", frame.get("difference"))
        assert (measured.isna() == (frame["reason"] != "")).all()
        assert frame.loc[frame["reason"] == "", ["p", "q", "low", "high"]].notna().all(axis=None)
        assert set(frame["reason"]) <= {*REASONS, ""}
    prevalence = theme_prevalence(mentions)
    for low, reason in (("share_low", "reason"), ("segment_low", "reason_segments"), ("words_low", "reason_words")):
        assert (prevalence[low].isna() == (prevalence[reason] != "")).all()
    assert (theme_by_group(mentions, groups)["reason"] == "few").all()
    frequencies = item_frequencies(given, ITEMS, groups)
    summaries = item_summaries(given, ITEMS, groups)
    assert (frequencies["share"].isna() == (frequencies["reason"] != "")).all()
    assert (summaries["median"].isna() == (summaries["reason"] != "")).all()


def test_nothing_coded_nothing_decided_and_no_interview():
    segments = pd.DataFrame({"segment": [], "respondent": []}, dtype="str")
    codings = pd.DataFrame({"segment": [], "theme": [], "transcript": [], "respondent": [], "stance": []}, dtype="str")
    pairs = co_occurrence(codings, segments, ["a", "b"], "segment")
    assert pairs["jaccard"].isna().all() and (pairs["reason"] != "").all()
    assert stance_counts(codings, ["a"])["respondents"].eq(0).all()
    assert saturation_table(codings, [])["reached"].isna().all()
    assert saturation_curve(codings, ["A"], seed=1)["mean"].tolist() == [0]
    decisions = pd.DataFrame({"segment": [], "transcript": [], "theme": [], "coder": [], "value": []}).astype(
        {"value": int}
    )
    for frame in (compare_pair(decisions, "Anna", "Trama"), compare_group(decisions, ["Anna", "Trama"])):
        assert frame["value"].isna().all() and (frame["reason"] != "").all()


def test_a_family_without_any_test_has_no_q():
    frame = adjust(pd.DataFrame({"p": [math.nan, math.nan]}))
    assert frame["q"].isna().all() and frame["family"].tolist() == [0, 0]
