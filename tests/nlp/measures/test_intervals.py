import math

import numpy as np
import pytest

from nlp.measures.intervals import median_interval, paired_difference, superiority, wilson


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


@pytest.mark.parametrize(("n", "place"), [(6, 1), (8, 1), (10, 2), (12, 3), (16, 4), (25, 8), (50, 18), (100, 40)])
def test_the_median_lies_between_the_order_statistics_of_the_sign_test(n, place):
    # The places of Conover's table A3 (Practical Nonparametric Statistics, 1999), counted here from Pascal's triangle.
    below = sum(math.comb(n, k) for k in range(place)) / 2**n
    assert below <= 0.025 < below + math.comb(n, place) / 2**n
    values = np.arange(n, 0, -1)
    assert median_interval(values) == (place, n + 1 - place)


def test_a_median_of_too_few_or_of_equal_values_has_no_interval():
    assert np.isnan(median_interval([1, 2, 3, 4, 5])).all() and np.isnan(median_interval([])).all()
    assert np.isnan(median_interval([0.2] * 12)).all()
