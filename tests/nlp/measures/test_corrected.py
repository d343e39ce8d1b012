"""Corrected figures: what they are by hand and elsewhere, and what they say where they cannot be had."""

import math
from dataclasses import astuple

import numpy as np
import pytest

from nlp.measures.corrected import (
    Estimate,
    by_respondent,
    compare_shares,
    corrected_mean,
    corrected_respondents,
    corrected_share,
    corrected_slope,
)
from nlp.measures.intervals import ratio_interval
from nlp.measures.prediction_powered import mean, moments, power, sample_of, unseen_variance
from nlp.measures.reasons import REASONS

NAN = float("nan")


class Interviews:
    """Twelve respondents of 20 segments each; the machine misses one in three of the second half's passages."""

    def __init__(self, read: float = 0.5):
        rng = np.random.default_rng(19)
        self.person = np.repeat(np.arange(12), 20)
        self.truth = (rng.random(240) < 0.15 + 0.02 * self.person).astype(float)
        missed = (self.person >= 6) & (rng.random(240) < 0.33)
        self.machine = np.where(missed, 0.0, self.truth)
        self.sampled = rng.permutation(240) < read * 240
        self.people = np.where(self.sampled, self.truth, NAN)
        self.probability = np.full(240, read)

    @property
    def arrays(self):
        return self.machine, self.people, self.probability, self.person


@pytest.fixture
def interviews():
    return Interviews()


def test_by_hand_the_machines_share_is_moved_by_its_mean_error():
    # The machine codes 6 of 12. Of the 6 segments read people find the theme in the 3 that it codes and in 1 of the
    # others: it is worth 2/3 (1 less 1/3), so 2/3 of its 1/2, and from the sample 4/6 less 2/3 of its 3/6.
    machine = [1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0]
    people = [1, 1, 1, 0, 1, 0, NAN, NAN, NAN, NAN, NAN, NAN]
    found = corrected_share(machine, people, [0.5] * 12, [*range(6), *range(6)])
    assert found.value == pytest.approx(2 / 3 * 1 / 2 + 4 / 6 - 2 / 3 * 3 / 6)
    assert (found.people, found.read) == (pytest.approx(4 / 6), 6)
    assert found.low < found.value < found.high


def test_as_ppi_py_has_it():
    # ppi_python 0.2.3, ppi_mean_pointestimate and _ci: lam=1 .32333333; tuned .35415448 (.28170877, .42660019).
    # It keeps the read apart from the machine's mean, so that its 1 is (n + N) / N of ours, and takes variances of all.
    index = np.arange(400)
    truth = ((index * 7) % 10 < 3).astype(float)
    machine = np.where((index * 13) % 9 == 0, 1 - truth, truth)
    people = np.where(index % 4 == 0, truth, NAN)
    totals = moments(sample_of(machine, people, np.full(400, 0.25), index)).sum(axis=0)
    assert mean(totals, np.array(400 / 300)) == pytest.approx(0.32333333, abs=1e-8)
    found = corrected_share(machine, people, np.full(400, 0.25), index)
    assert astuple(found)[:3] == pytest.approx((0.35415448, 0.28170877, 0.42660019), abs=0.008)


def test_where_all_was_read_it_is_the_peoples_figure_with_their_interval(interviews):
    found = corrected_share(interviews.machine, interviews.truth, np.ones(240), interviews.person)
    parts = np.bincount(interviews.person, interviews.truth)
    assert found.value == pytest.approx(interviews.truth.mean()) == found.people
    assert (found.low, found.high) == pytest.approx(ratio_interval(parts, np.full(12, 20)), abs=1e-3)


def test_a_machine_that_knows_nothing_is_not_listened_to(interviews):
    wrong = 1 - interviews.truth
    assert power(moments(sample_of(wrong, *interviews.arrays[1:])).sum(axis=0)) == 0
    found = corrected_share(wrong, *interviews.arrays[1:])
    assert found.value == pytest.approx(found.people)


def test_weights_by_probability_make_up_for_reading_more_where_the_machine_codes():
    rng = np.random.default_rng(4)
    truth = (rng.random(6000) < 0.1).astype(float)
    machine = np.where(rng.random(6000) < 0.2, 1 - truth, truth)
    probability = np.where(machine == 1, 0.6, 0.1)
    people = np.where(rng.random(6000) < probability, truth, NAN)
    found = corrected_share(machine, people, probability, np.arange(6000) % 60)
    assert abs(found.value - truth.mean()) < 0.015 < np.nanmean(people) - truth.mean()
    assert found.low < truth.mean() < found.high


def test_where_little_was_read_of_what_the_machine_left_alone_unseen_misses_count():
    # None of the 9 left alone that were read has the theme: as if .5 of 10 had it, .05 * .95 / 9 for 3/4 of all.
    machine = np.repeat([1.0, 0.0], [60, 180])
    probability = np.where(machine == 1, 0.5, 0.05)
    sampled = np.where(machine == 1, np.arange(240) % 2 == 0, np.arange(240) % 20 == 0)
    people = np.where(sampled, machine, NAN)
    left_alone = 0.75**2 * 0.05 * 0.95 / 9
    coded = 0.25**2 * (30.5 / 31) * (0.5 / 31) / 30
    sample = sample_of(machine, people, probability, np.arange(240) % 12)
    assert unseen_variance(sample) == pytest.approx(left_alone + coded)
    by_respondent_alone = np.full(240, 0.2) + 0.01 * (np.arange(240) % 12)
    assert unseen_variance(sample_of(machine, people, by_respondent_alone, np.arange(240) % 12)) == 0


def test_words_weigh_segments(interviews):
    words = np.where(interviews.truth == 1, 30.0, 10.0)
    share = corrected_share(*interviews.arrays, words)
    truth = words @ interviews.truth / words.sum()
    assert share.low < truth < share.high
    assert share.value > corrected_share(*interviews.arrays).value


def test_respondents_count_where_they_were_read_whole(interviews):
    whole = np.isin(interviews.person, [0, 2, 5, 7, 8, 11])
    people = np.where(whole, interviews.truth, NAN)
    persons = by_respondent(interviews.machine, people, interviews.probability, interviews.person)
    assert np.isnan(persons.people).tolist() == [person not in (0, 2, 5, 7, 8, 11) for person in range(12)]
    assert set(persons.probability) == {0.5}
    rare = np.where(np.isin(interviews.person, [0, 7]), 0, people)
    found = corrected_respondents(
        np.minimum(interviews.machine, rare == rare), rare, np.full(240, 0.5), interviews.person
    )
    assert found.read == 6 and found.people == pytest.approx(4 / 6) and found.low < found.value < found.high


def test_segments_alone_do_not_tell_how_many_respondents_speak_of_it(interviews):
    interviews.people[interviews.person == 3] = interviews.truth[interviews.person == 3]  # whole, by chance
    found = corrected_respondents(*interviews.arrays)
    assert found.reason == "segments only" and math.isnan(found.value)


def test_a_difference_that_the_machine_invents_is_taken_back():
    rng = np.random.default_rng(7)
    person = np.repeat(np.arange(80), 30)
    group = np.where(person < 40, "a", "b")
    truth = (rng.random(2400) < 0.3).astype(float)
    machine = np.where((group == "b") & (rng.random(2400) < 0.5), 0, truth)
    people = np.where(rng.random(2400) < 0.3, truth, NAN)
    found = compare_shares(machine, people, np.full(2400, 0.3), person, group, ("a", "b"), 1)
    plain = compare_shares(machine, machine, np.ones(2400), person, group, ("a", "b"), 1)
    assert plain.difference.p < 0.001 and plain.difference.high < 0
    assert found.difference.p > 0.05 and found.difference.low < 0 < found.difference.high
    first, second = found.shares
    assert found.difference.value == pytest.approx(second.value - first.value)


def test_three_groups_have_a_test_and_no_difference(interviews):
    group = np.array(["x", "y", "z"])[interviews.person % 3]
    found = compare_shares(*interviews.arrays, group, ("x", "y", "z"), 1)
    assert 0 < found.difference.p <= 1 and math.isnan(found.difference.value) and not found.difference.reason
    assert len(found.shares) == 3 and not any(share.reason for share in found.shares)


def test_names_of_respondents_and_groups_do_not_move_p(interviews):
    group = np.where(interviews.person % 2 == 0, "a", "b")
    found = compare_shares(*interviews.arrays, group, ("a", "b"), 1).difference
    names = np.array([f"R{(person * 7) % 12:02}" for person in interviews.person])
    renamed = compare_shares(*interviews.arrays[:3], names, np.where(group == "a", "z", "b"), ("b", "z"), 1).difference
    assert renamed.p == found.p and renamed.value == pytest.approx(-found.value)


def test_the_slope_of_a_yes_and_no_is_the_difference_of_their_shares(interviews):
    person = np.arange(240) // 20
    answer = (person >= 6).astype(float)
    found = corrected_slope(interviews.machine, interviews.truth, np.ones(240), person, answer, 1, ranks=False)
    apart = compare_shares(interviews.machine, interviews.truth, np.ones(240), person, answer, (0, 1), 1).difference
    assert found.value == pytest.approx(apart.value) and found.p == pytest.approx(apart.p, abs=0.02)


def test_the_slope_is_by_the_unit_of_the_answer_or_over_all_ranks():
    person = np.repeat(np.arange(10), 50)
    truth = (np.arange(500) % 50 < 5 * person).astype(float)  # a tenth of the segments more with each respondent
    half = np.arange(500) % 2 == 0
    people = np.where(half, truth, NAN)
    for answer, ranks, slope in ((person, False, 0.1), (2.0**person, True, 0.9)):
        found = corrected_slope(truth, people, np.full(500, 0.5), person, answer, 1, ranks=ranks)
        assert found.value == pytest.approx(slope, abs=0.02) and found.p < 0.01
        assert found.low <= found.value <= found.high


def test_who_did_not_answer_counts_for_nothing(interviews):
    answer = np.where(interviews.person == 3, NAN, interviews.person % 4)
    others = interviews.person != 3
    without = [values[others] for values in interviews.arrays]
    found = corrected_slope(*interviews.arrays, answer, 1, ranks=True)
    assert found == corrected_slope(*without, answer[others], 1, ranks=True)


def test_the_mean_stance_is_of_the_passages_that_have_the_theme(interviews):
    criticism = np.arange(240) % 3 == 0
    machine = np.where(interviews.machine == 1, criticism, NAN)
    people = np.where(interviews.sampled & (interviews.truth == 1), criticism, NAN)
    found = corrected_mean(machine, people, interviews.sampled, interviews.probability, interviews.person)
    truth = criticism[interviews.truth == 1].mean()
    assert found.low < truth < found.high and found.people == pytest.approx(np.nanmean(people))
    everything = corrected_mean(
        machine, np.where(interviews.truth == 1, criticism, NAN), np.ones(240), np.ones(240), interviews.person
    )
    assert everything.value == pytest.approx(truth)


def test_where_there_is_no_figure_it_says_why(interviews):
    nobody = np.full(240, NAN)
    one = np.where(interviews.person == 0, interviews.truth, NAN)
    absent = np.where(interviews.sampled, 0.0, NAN)
    for people, reason in (
        (nobody, "sample unread"),
        (one, "few read"),
        (absent, "absent from sample"),
        (1 + absent, "everywhere in sample"),
    ):
        machine, _, probability, person = interviews.arrays
        found = corrected_share(machine, people, probability, person)
        _says(found, reason)
        _says(corrected_slope(machine, people, probability, person, person, 1, ranks=True), reason)
        _says(compare_shares(machine, people, probability, person, person % 2, (0, 1), 1).difference, reason)
    _says(corrected_mean(machine, nobody, np.zeros(240), probability, person), "sample unread")
    _says(corrected_mean(machine, nobody, interviews.sampled, probability, person), "absent from sample")
    _says(corrected_slope(*interviews.arrays, np.ones(240), 1, ranks=True), "constant")
    _says(corrected_slope(*interviews.arrays, person == 1, 1, ranks=False), "one person")
    _says(compare_shares(*interviews.arrays, np.zeros(240), (0,), 1).difference, "one group")


def test_all_read_and_never_said_is_known_to_be_nothing(interviews):
    found = corrected_share(interviews.machine, np.zeros(240), np.ones(240), interviews.person)
    assert found.value == 0 and math.isnan(found.low) and found.reason == "constant"


def test_what_was_read_needs_a_probability(interviews):
    with pytest.raises(ValueError, match="no probability"):
        corrected_share(interviews.machine, interviews.people, np.full(240, NAN), interviews.person)
    unread = np.where(interviews.sampled, 0.5, NAN)  # where nobody read it is not looked at
    assert corrected_share(interviews.machine, interviews.people, unread, interviews.person).reason == ""


def _says(found: Estimate, reason: str) -> None:
    assert reason in REASONS
    assert found.reason == reason and all(math.isnan(value) for value in astuple(found)[:4])
