"""Types of respondents by rule: who belongs, and which rules fit nothing."""

import pytest

from corpus.respondents.type_rules import check_types, parse_comparison
from corpus.settings import parse_settings
from nlp.measures.declared_types import declared_members
from tests.tiny_study import ITEMS, LARGE, PEOPLE


@pytest.mark.parametrize(
    ("where", "members"),
    [
        ({"classe": ("oltre 8.000",)}, LARGE),
        ({"classe": ("OLTRE 8.000", "fino a 3.000")}, PEOPLE),
        ({"classe": ("fino a 3.000",), "Q3": ("mense",), "tema:rifiuti": ("si",)}, ["R01", "R03"]),
        ({"Q3": ("Rifiuti",), "tema:rifiuti": ("no",)}, ["R05", "R06"]),
        ({"tema:personale": ("proposta",)}, ["R01"]),  # the machine alone says so of R02
        ({"tema:personale": ("problem", "no")}, [person for person in PEOPLE if person != "R02"]),
        ({"Q2": (">= 10",)}, ["R11", "R12"]),  # R01 does not know
        ({"Q2": ("< 2", "11")}, ["R02", "R12"]),
        ({"Q1": ("Grado 5",)}, ["R05", "R10"]),
        ({"Q9": ("x",)}, []),
        ({}, PEOPLE),
    ],
)
def test_everyone_for_whom_every_condition_holds(coded, study, where, members):
    coded = coded.assign(told=coded["respondent"] != "R02")
    assert declared_members(where, study.respondents, coded, study.answers, ITEMS, PEOPLE) == members


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"clase": ["x"]}, "intendevi `classe`"),
        ({"tema:personalle": ["si"]}, "intendevi `tema:personale`"),
        ({"classe": ["fino a 300"]}, "intendevi `fino a 3.000`"),
        ({"Q3": ["rifiutti"]}, "intendevi `Rifiuti`"),
        ({"tema:personale": ["forse"]}, "non è un valore"),
    ],
)
def test_a_rule_that_fits_nothing_is_reported(study, where, said):
    settings = parse_settings({"study": {"title": "Prova"}, "types": [{"name": "Uno", "where": where}]})
    problems = list(check_types(settings, study.respondents, study.items, study.themes))
    assert len(problems) == 1 and said in problems[0].message.it and "«Uno»" in problems[0].message.it


def test_a_rule_that_fits_is_not(study):
    where = {"classe": "Fino a 3.000", "Q2": "> 3", "Q3": "Rifiuti", "tema:rifiuti": ["neutral", "si"]}
    settings = parse_settings({"study": {"title": "Prova"}, "types": [{"name": "Uno", "where": where}]})
    assert not list(check_types(settings, study.respondents, study.items, study.themes))


def test_comparisons():
    assert [parse_comparison(text) for text in (">= 2,5", "<3", "≥ 4", "3", ">")] == [
        ("ge", 2.5),
        ("lt", 3),
        ("ge", 4),
        None,
        None,
    ]
