"""Dates stand in tables as people would write them, in either language."""

import pytest

from outputs.tables.date_words import date_words
from outputs.words.sentences import say


@pytest.mark.parametrize(
    ("normal_form", "italian", "english"),
    [
        ("2021-03-12", "12 marzo 2021", "12 March 2021"),
        ("2021-03", "marzo 2021", "March 2021"),
        ("2021", "2021", "2021"),
        ("--05-01", "1 maggio", "1 May"),
        ("--09", "settembre", "September"),
        ("---20", "giorno 20", "day 20"),
        ("1998-22", "estate 1998", "summer 1998"),
        ("198X", "anni 1980", "1980s"),
        ("17XX", "XVIII secolo", "18th century"),
        ("Pasqua", "Pasqua", "Pasqua"),
        ("2021-13", "2021-13", "2021-13"),
    ],
)
def test_a_date_is_told_in_words(normal_form, italian, english):
    assert (say(date_words(normal_form), "it"), say(date_words(normal_form), "en")) == (italian, english)
