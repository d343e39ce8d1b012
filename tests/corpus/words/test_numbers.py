from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.numbers import days_since_epoch, parse_date, parse_number, thousands_points


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("3", 3),
        ("3,5", 3.5),
        ("1.240,0", 1240),
        ("1.240", 1240),
        ("12.345.678", 12345678),
        ("1 240,5", 1240.5),
        ("1'240", 1240),
        ("3.5", 3.5),
        ("1,240.5", 1240.5),
        ("-2", -2),
        ("−2,5", -2.5),
        ("€ 12,00", 12),
        ("15 %", 15),
        ("40 km", 40),
        ("circa 3", None),
        ("3-4", None),
        ("1.2.3", None),
        ("nan", None),
        ("1e15", 1e15),
        ("1E+15", 1e15),
        ("1e-9", 1e-9),
        ("-1,5E+03", -1500),
        ("1.5e3", 1500),
        ("2,5E+3 km", 2500),
        ("1e999", None),
        ("e5", None),
        ("1e", None),
        ("", None),
    ],
)
def test_numbers_as_italians_type_them(cell: str, number: float | None) -> None:
    assert parse_number(cell, "km") == number


def test_points_are_decimals_where_the_column_shows_it() -> None:
    assert not thousands_points(["1.5", "1.240"])
    assert parse_number("1.240", points_group=False) == 1.24
    assert thousands_points(["1.240", "3"])
    assert thousands_points(["3,5", "1.240"])


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_a_number_written_the_italian_way_is_read_back(whole: int, cents: int) -> None:
    text = f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert parse_number(text) == float(f"{whole}.{cents:02}")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/04/2025", date(2025, 4, 3)),
        ("3-4-2025", date(2025, 4, 3)),
        ("3.4.2025 14:05", date(2025, 4, 3)),
        ("2025-04-03T14:05:33Z", date(2025, 4, 3)),
        ("45750", date(2025, 4, 3)),
        ("03700", None),
        ("31/02/2025", None),
        ("04/2025", None),
        ("3/4/25", None),
    ],
)
def test_dates_as_italians_type_them(cell: str, day: date | None) -> None:
    assert parse_date(cell) == day


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_back_and_counted(day: date) -> None:
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert date(1970, 1, 1) + timedelta(days=days_since_epoch(day)) == day
