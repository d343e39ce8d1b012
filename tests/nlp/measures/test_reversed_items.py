"""A reversed item, whose high values say the contrary of the theme, turns what a link is expected to be."""

from dataclasses import replace

import pytest

from corpus.records import Item
from corpus.schemas import LinkDecisions, empty
from corpus.settings import ReadingSection
from nlp.measures.frames import StanceAgreement
from nlp.measures.joint_rows import read_links
from nlp.measures.linking import declared_links, link_themes
from tests.nlp.measures.test_missing_kinds import ITEMS, TEN, THEMES, given, mentions


def reading(item: Item) -> str:
    """How the link of the first theme and `item` is read; who mentions the theme answers high, or yes."""
    items = tuple(item if each.code == item.code else each for each in ITEMS)
    linked = link_themes(mentions(TEN), given(), items, declared_links(THEMES, items), 1)
    decisions = empty(LinkDecisions)
    stances = empty(StanceAgreement)
    read = read_links(linked, mentions(TEN), THEMES, items, ReadingSection(), decisions, stances)
    return str(read.set_index("item").loc[item.code, "reading"])


@pytest.mark.parametrize("place", range(len(ITEMS)))
@pytest.mark.parametrize(
    ("direction", "reverse", "read"),
    [
        ("+", False, "convergence"),
        ("", False, "inconclusive"),
        ("", True, "divergence"),
        ("-", True, "divergence"),
        ("-", False, "divergence"),
        ("+", True, "convergence"),
    ],
)
def test_a_link_with_a_reversed_item(place: int, direction: str, reverse: bool, read: str) -> None:
    assert reading(replace(ITEMS[place], direction=direction, reverse=reverse)) == read
