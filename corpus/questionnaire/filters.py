"""Whom an item is asked, by what they answered before: `Q1 = si|forse & Q2 != 3`. Reads no file, guesses nothing."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from corpus.errors import Notebook
from corpus.questionnaire.item_types import CLOSED
from corpus.records import Condition, Item
from corpus.tables.list_cells import split_names
from corpus.words.spelling import called, fold, suggestion

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


def existing_filters(items: Sequence[Item], rows: Mapping[str, int], notebook: Notebook) -> tuple[Item, ...]:
    """The items with the conditions that can hold; what names no item or no option of it is told and does not count.

    `rows` are the items' rows in the file. Items and options are known by any case; options may be parted by another
    sign than `|`.
    """
    by_code = {item.code: item for item in items}
    return tuple(
        replace(item, filter=tuple(_existing_conditions(item, by_code, notebook.at(rows[item.code])))) for item in items
    )


def _existing_conditions(item: Item, items: Mapping[str, Item], page: Notebook) -> list[Condition]:
    conditions: list[Condition] = []
    for condition in item.filter:
        code = called(condition.item, items)
        if code is None:
            hint = suggestion(condition.item, items)
            page.error(
                f"il filtro nomina la domanda `{condition.item}`, che non c'è: non vale{hint.it}",
                f"the filter names the item `{condition.item}`, which does not exist: it does not count{hint.en}",
                column="filter",
            )
            continue
        values = _existing_values(condition, items[code], page)
        if values:
            conditions.append(Condition(code, values, condition.equal))
    return conditions


def _existing_values(condition: Condition, item: Item, page: Notebook) -> tuple[str, ...]:
    """The answers of the condition that the item has; all of them where it is open."""
    if item.type not in CLOSED or not item.options:
        return condition.values
    known = {fold(word) for option in item.options for word in (option.value, option.label)}
    named = [name for value in condition.values for name in split_names(value, lambda each: fold(each) in known)]
    for name in named:
        if fold(name) not in known:
            options = ", ".join(option.value for option in item.options)
            page.error(
                f"il filtro nomina `{name}`, che non è tra le opzioni di `{item.code}` ({options}): non vale",
                f"the filter names `{name}`, which is no option of `{item.code}` ({options}): it does not count",
                column="filter",
            )
    return tuple(name for name in named if fold(name) in known)


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
