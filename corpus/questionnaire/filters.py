"""Whom an item is asked, by what they answered before: `Q1 = si|forse & Q2 != 3`. Reads no file, guesses nothing."""

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.records import Condition, Item
from corpus.words.spelling import fold

_CONDITION = re.compile(r"\s*(?P<item>[^=!&]+?)\s*(?P<sign>!=|<>|==?|≠)\s*(?P<values>[^=!&]+?)\s*")

Given = Mapping[str, Collection[str]]
"""Item -> the folded values and labels that a respondent gave; an item without a valid answer is not in it."""
NOBODY_KNOWS: Given = {}


def parse_filter(cell: str) -> tuple[Condition, ...] | None:
    """The conditions of a cell, all of which must hold; None when it cannot be understood.

    A condition is an item, `=` or `!=`, and one or more of its codes or labels parted by `|`; `&` joins conditions.
    """
    conditions: list[Condition] = []
    for part in cell.split("&") if cell else ():
        match = _CONDITION.fullmatch(part)
        if match is None:
            return None
        values = tuple(value.strip() for value in match["values"].split("|") if value.strip())
        conditions.append(Condition(match["item"], values, match["sign"] in ("=", "==")))
    return tuple(conditions)


def format_filter(conditions: Sequence[Condition]) -> str:
    """The cell that `parse_filter` reads as `conditions`."""
    return " & ".join(f"{each.item} {'=' if each.equal else '!='} {'|'.join(each.values)}" for each in conditions)


def is_asked(item: Item, given: Given, unclear: Given = NOBODY_KNOWS) -> bool:
    """Whether a respondent who gave these answers is asked the item.

    Who gave the filter no valid answer (blank, "don't know", out of the codes) did not pass it, neither `=` nor `!=`;
    `unclear` are the options of a multiple response of which, one by one, that holds.
    """
    return all(
        condition.item in given and _holds(condition, given[condition.item], unclear.get(condition.item, ()))
        for condition in item.filter
    )


def _holds(condition: Condition, given: Collection[str], unclear: Collection[str]) -> bool:
    values = [fold(value) for value in condition.values]
    if any(value in given for value in values):
        return condition.equal
    return not condition.equal and not any(value in unclear for value in values)
