"""Types of respondents: distances counted by hand, types that are plain to see, rules that a person declared."""

import numpy as np
import pandas as pd
import pytest

from nlp.measures.respondent_types import case_traits, distinguishing, find_types, gower
from tests.tiny_study import ITEMS, PEOPLE


@pytest.fixture(scope="module")
def traits(mentions, study):
    return case_traits(mentions, study.answers, ITEMS, PEOPLE)


def test_gowers_distance_counted_by_hand():
    # Gower (1971): range for a quantitative character, match for a qualitative one, and a joint
    # absence of an asymmetric one left out.
    people = ["a", "b", "c"]
    traits = {
        "tema:x": pd.Series([True, False, False], index=people, dtype=object),
        "Q1": pd.Series([1.0, 2.0, 5.0], index=people),
        "Q2": pd.Series(["si", "no", None], index=people, dtype=object),
        "Q3|o": pd.Series([False, False, True], index=people, dtype=object),
    }
    distance = gower(traits, people)
    assert distance[0, 1] == pytest.approx((1 + 1 / 4 + 1) / 3)
    assert distance[1, 2] == pytest.approx((3 / 4 + 1) / 2)
    assert distance == pytest.approx(distance.T) and not distance.diagonal().any()


def test_two_plain_types_are_found_in_any_order():
    rng = np.random.default_rng(1)
    points = np.concatenate([rng.normal(0, 0.3, 8), rng.normal(5, 0.3, 6)])
    distance = np.abs(points[:, None] - points[None, :]) / np.ptp(points)
    labels, stability = find_types(distance, 1)
    assert labels.tolist() == [0] * 8 + [1] * 6 and (stability > 0.9).all()
    turned, _ = find_types(distance[::-1, ::-1], 1)
    assert (turned[::-1] == 1 - labels).all()


def test_few_respondents_or_all_alike_make_no_types():
    labels, stability = find_types(np.ones((9, 9)) - np.eye(9), 1)
    assert set(labels) == {0} and np.isnan(stability).all()
    assert np.isnan(find_types(np.zeros((14, 14)), 1)[1]).all()


def test_what_sets_a_type_apart_is_counted(traits):
    first = distinguishing(traits, PEOPLE[:6])[0]
    assert first == ("Q2", "median", 3.0, 8.5, 5, 6)
    ticked = next(row for row in distinguishing(traits, PEOPLE[:6]) if row[0] == "Q3|rifiuti")
    assert ticked[1:] == ("", 1.0, 0.0, 6, 6)
