from dataclasses import replace

import pandas as pd
import pytest

from corpus.records import Item
from corpus.settings import ReadingSection
from nlp.measures.joint_rules import Strands, read_row
from nlp.measures.typical_quotations import choose_quotations
from outputs.words.sentences import say

AGREE = Strands(
    interviews=20, mentioned=12, item_exists=True, asked=20, answered=18, pairs=18, smaller_group=7,
    effect_name="cliff delta", effect=0.6, low=0.2, high=0.9, direction="+",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reading"),
    [
        ({}, "convergence"),
        ({"item_exists": False}, "silence"),
        ({"answered": 10}, "silence"),
        ({"mentioned": 1}, "silence"),
        ({"mentioned": 1, "pairs": 4}, "silence"),  # silence is looked at before the number of pairs
        ({"pairs": 9}, "insufficient_evidence"),
        ({"smaller_group": 2}, "insufficient_evidence"),
        ({"direction": "-"}, "divergence"),
        ({"low": -0.1}, "inconclusive"),
        ({"effect": 0.25, "low": 0.01}, "inconclusive"),  # an interval without 0, but too small an effect
        ({"direction": ""}, "inconclusive"),
        ({"direction": "", "reasons": 3}, "complementarity"),
        ({"agree": 5, "contradict": 4, "mixed": 0}, "divergence"),
        ({"agree": 9, "contradict": 1, "mixed": 0}, "convergence"),
        ({"agree": 2, "contradict": 2, "mixed": 0}, "convergence"),  # four say too little: the association counts
        ({"agree": 6, "contradict": 2, "mixed": 3}, "inconclusive"),  # expected side, but only six of eleven agree
        ({"low": -0.1, "agree": 8, "contradict": 1, "mixed": 0}, "convergence"),
        ({"low": -0.1, "agree": 3, "contradict": 2, "mixed": 0}, "inconclusive"),  # two of five: fewer than three cases
        ({"smaller_group": 0, "agree": 1, "contradict": 6, "mixed": 2}, "divergence"),  # everybody mentions it
        ({"smaller_group": 0, "agree": 2, "contradict": 1, "mixed": 0}, "insufficient_evidence"),
        ({"pairs": 9, "agree": 0, "contradict": 9, "mixed": 0}, "insufficient_evidence"),
        ({"effect_name": "odds ratio", "effect": 6.0, "low": 1.5, "high": 30.0}, "convergence"),
        ({"effect_name": "odds ratio", "effect": 0.2, "low": 0.05, "high": 0.8}, "divergence"),
        ({"effect_name": "odds ratio", "effect": 1.8, "low": 1.1, "high": 3.0}, "inconclusive"),
        ({"effect_name": "cramer v", "effect": 0.6, "low": 0.3, "high": 0.8}, "inconclusive"),
    ],
)
def test_rules_are_read_in_their_order(change, reading):
    found = read_row(replace(AGREE, **change))
    assert found.reading == reading
    assert say(found.why, "it") and say(found.why, "en")


def test_a_divergence_says_its_rule_its_numbers_and_who():
    found = read_row(replace(AGREE, low=-0.1, agree=3, contradict=3, mixed=0, cases=("R02", "R05", "R09")))
    assert found.why.facts["number"] == "3b"
    assert "3 rispondenti su 6" in say(found.why, "it")
    assert say(found.why, "en").endswith("(threshold 33%): R02, R05, R09")


@pytest.mark.parametrize(
    ("asked", "it", "en"),
    [
        (True, "ne parla 1 su 20, a cui la domanda è stata fatta anche nell'intervista", "asked there too"),
        (False, "ne parla 1 su 20; nell'intervista la domanda non risulta fatta", "no interview is known to ask it"),
    ],
)
def test_a_silence_says_whether_the_interviews_asked(asked, it, en):
    found = read_row(replace(AGREE, mentioned=1, asked_in_interview=asked))
    assert found.reading == "silence"
    assert it in say(found.why, "it") and en in say(found.why, "en")


@pytest.mark.parametrize(
    ("direction", "reverse", "expected"), [("", False, ""), ("", True, "-"), ("-", True, "-"), ("+", True, "+")]
)
def test_a_reversed_item_is_expected_to_go_the_other_way(direction, reverse, expected):
    assert Item("Q1", "?", "likert", direction=direction, reverse=reverse).expected == expected


def test_thresholds_can_be_chosen():
    assert read_row(replace(AGREE, effect=0.25, low=0.05), ReadingSection(min_delta=0.2)).reading == "convergence"


def test_quotations_are_strong_and_of_different_people_and_stances(coded):
    staff = coded[coded["theme"] == "personale"].copy()
    staff.loc[staff["segment"] == "R05:0001", ["score", "how"]] = [1.0, "human"]
    chosen = choose_quotations(staff)
    assert chosen == ["R05:0001/personale", "R01:0002/personale", "R02:0001/personale"]
    assert choose_quotations(staff.sample(frac=1, random_state=1)) == chosen
    assert choose_quotations(pd.DataFrame(columns=staff.columns)) == []
