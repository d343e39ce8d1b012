from types import SimpleNamespace

import pytest

from corpus.records import Item
from outputs.tables.opinion_findings import opinion_findings

ITEM = Item("Q1", "Fareste un ufficio unico?", "yesno")


def _led(*counts):
    """What is told of a yes/no question that so many answered with each option."""
    names = ("Sì", "No")
    rows = [
        {"row": f"Q1|{name}", "item": "Q1", "option": name, "count": count, "n": sum(counts)}
        for name, count in zip(names, counts, strict=True)
    ]
    view = SimpleNamespace(study=SimpleNamespace(themes=(), items=(ITEM,)))
    return [finding.lead for finding in opinion_findings(view, "domande_frequenze", rows)]


@pytest.mark.parametrize(
    ("counts", "told"), [((3, 0), ["answers"]), ((8, 2), ["answers"]), ((2, 1), ["divided"]), ((5, 5), ["divided"])]
)
def test_people_agree_or_divide_on_a_question_and_never_both(counts, told):
    assert _led(*counts) == told


def test_of_two_answers_nothing_is_told():
    assert _led(1, 1) == _led(2, 0) == []
