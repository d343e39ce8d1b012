import math

import numpy as np
import pytest

from nlp.intervals import bootstrap, paired_difference, superiority, wilson


def test_wilson_agrees_with_newcombe_1998_table_i():
    # Newcombe (1998), Statistics in Medicine 17:857-872, method 3: 81/263 and 15/148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_wilson_keeps_its_width_when_nobody_mentions_the_theme():
    # Newcombe (1998), the same table: 0/20.
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert all(math.isnan(end) for end in wilson(0, 0))


def test_paired_difference_agrees_with_newcombe_1998():
    # Newcombe (1998), Statistics in Medicine 17:2635-2650, table III, method 10: (36, 12, 2, 0).
    assert paired_difference(36, 12, 2, 0) == pytest.approx((0.0569, 0.3404), abs=5e-4)


def test_superiority_solves_its_own_equation():
    # Newcombe (2006): both limits satisfy (theta_hat - theta)^2 = z^2 V(theta), with the mean of m and n inside V.
    low, high = superiority(0.75, 8, 12)
    for theta in (low, high):
        star = (8 + 12) / 2 - 1
        variance = theta * (1 - theta) * (1 + star * (1 - theta) / (2 - theta) + star * theta / (1 + theta)) / (8 * 12)
        assert (0.75 - theta) ** 2 == pytest.approx(1.959964**2 * variance, rel=1e-5)
    assert low < 0.75 < high


def test_superiority_mirrors_and_stays_inside_at_the_edge():
    low, high = superiority(1.0, 5, 5)
    assert high == 1.0 and 0 < low < 1
    assert superiority(0.0, 5, 5) == pytest.approx((1 - high, 1 - low))


def test_bootstrap_does_not_depend_on_the_order_of_respondents():
    values = np.array([0.0, 0.1, 0.25, 0.05, 0.3, 0.2, 0.0, 0.02, 0.12, 0.4, 0.15])
    assert bootstrap(values, np.median, 7) == bootstrap(values[::-1], np.median, 7)
    assert bootstrap(values, np.median, 7) != bootstrap(values, np.mean, 7)


def test_bootstrap_of_equal_values_has_no_interval():
    assert all(math.isnan(end) for end in bootstrap([0.2] * 12, np.median, 1))


def test_bootstrap_of_a_mean_is_near_the_t_interval():
    values = np.random.default_rng(3).normal(10, 2, 200)
    low, high = bootstrap(values, np.mean, 1)
    half = 1.972 * values.std(ddof=1) / 200**0.5
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.08)
