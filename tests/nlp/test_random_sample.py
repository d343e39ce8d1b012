"""Draws: who is drawn how often, measured against the probability that the draw says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.random_sample import draw_respondents, draw_segments, score_levels, seed_of

STRATA = np.array(["S1"] * 3 + ["S2"] * 8 + ["S3"] * 20, dtype=object)
TIMES = 3000


def shares(draw, count: int) -> np.ndarray:
    """How often each of the segments is drawn, in TIMES draws, and among the first `count` of each."""
    numbers = np.array([draw(seed).number for seed in range(TIMES)])
    return np.array([(numbers > 0).mean(axis=0), ((numbers > 0) & (numbers <= count)).mean(axis=0)])


@pytest.mark.parametrize("number", [1, 2, 5, 12, 25])
def test_segments_are_drawn_as_often_as_the_draw_says_and_its_first_rows_are_a_draw_too(number):
    every, first = shares(lambda seed: draw_segments(STRATA, number, seed), 1)
    probability = draw_segments(STRATA, number, 0).probability
    margin = 4.5 * np.sqrt(probability * (1 - probability) / TIMES) + 1e-9
    assert (np.abs(every - probability) < margin).all()
    first_probability = probability / number
    margin = 4.5 * np.sqrt(first_probability / TIMES)
    assert (np.abs(first - first_probability) < margin).all()


def test_respondents_are_drawn_whole_one_after_another():
    who = np.array(["R1", "R2", "R3", "R1", "R4", "R2"], dtype=object)
    drawn = draw_respondents(who, 2, 7)
    assert set(drawn.probability) == {0.5} and drawn.unit == "respondent"
    for name in set(who):
        of_one = drawn.number[who == name]
        assert (of_one == 0).all() or (np.diff(of_one) == 1).all()
    every, _ = shares(lambda seed: draw_respondents(who, 2, seed), 1)
    assert np.abs(every - 0.5).max() < 0.045


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=60), st.integers(1, 80), st.integers(0, 99))
def test_any_draw_has_the_number_asked_for_or_all_and_probabilities_that_add_up(strata, number, seed):
    drawn = draw_segments(np.array(strata, dtype=object), number, seed)
    expected = min(number, len(strata))
    assert sorted(drawn.number[drawn.number > 0]) == list(range(1, expected + 1))
    assert (drawn.probability > 0).all() and (drawn.probability <= 1).all()
    np.testing.assert_allclose(drawn.probability.sum(), expected)


def test_two_draws_of_a_study_are_as_if_neither_knew_the_other():
    """One by respondent, one by what the machine says: being in either is as likely as their union says."""
    levels = np.array((["high", "low", "low"] * 11)[: len(STRATA)], dtype=object)
    drawn = np.zeros(len(STRATA))
    for study in range(TIMES):
        first = draw_segments(STRATA, 9, seed_of(study, "campione-01", 9))
        second = draw_segments(levels, 8, seed_of(study, "campione-02", 8))
        drawn += (first.number > 0) | (second.number > 0)
    union = 1 - (1 - first.probability) * (1 - second.probability)
    assert (np.abs(drawn / TIMES - union) <= 4.5 * np.sqrt(union * (1 - union) / TIMES) + 1e-9).all()


def test_levels_go_by_the_machine_and_what_it_could_not_read_is_low():
    assert score_levels(np.array([0.05, 0.3, 0.7, np.nan]), 0.5).tolist() == ["low", "middle", "high", "low"]


def test_a_rare_theme_gets_a_third_of_the_sample():
    levels = np.array(["low"] * 180 + ["middle"] * 12 + ["high"] * 8, dtype=object)
    drawn = draw_segments(levels, 24, seed_of(1, "campione-01"))
    assert [int((drawn.number[levels == level] > 0).sum()) for level in ("low", "middle", "high")] == [8, 8, 8]
    assert set(drawn.probability[levels == "high"]) == {1.0}
