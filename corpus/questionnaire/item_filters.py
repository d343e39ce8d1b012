"""The filters of items against the questionnaire they belong to: which items and answers they name. Reads no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.errors import Problem, problem
from corpus.questionnaire.item_types import CLOSED
from corpus.records import Condition, Item
from corpus.tables.list_cells import split_names
from corpus.words.spelling import called, fold, suggestion


def existing_filters(
    items: Sequence[Item], rows: Mapping[str, int], file: str, problems: list[Problem]
) -> tuple[Item, ...]:
    """The items with the conditions that can hold; what names no item or no option of it is told and does not count.

    `rows` are the items' rows in the file. Items and options are known by any case; options may be parted by another
    sign than `|`.
    """
    by_code = {item.code: item for item in items}
    return tuple(
        replace(item, filter=tuple(_conditions(item, by_code, rows[item.code], file, problems))) for item in items
    )


def _conditions(
    item: Item, items: Mapping[str, Item], row: int, file: str, problems: list[Problem]
) -> Sequence[Condition]:
    kept: list[Condition] = []
    for condition in item.filter:
        code = called(condition.item, items)
        if code is None:
            hint = suggestion(condition.item, items)
            it = f"il filtro nomina la domanda `{condition.item}`, che non c'è: non vale{hint.it}"
            en = f"the filter names the item `{condition.item}`, which does not exist: it does not count{hint.en}"
            problems.append(problem(it, en, file, row, "filter"))
            continue
        values = _values(condition, items[code], row, file, problems)
        if values:
            kept.append(Condition(code, values, condition.equal))
    return kept


def _values(condition: Condition, item: Item, row: int, file: str, problems: list[Problem]) -> tuple[str, ...]:
    """The answers of the condition that the item has; all of them where it is open."""
    if item.type not in CLOSED or not item.options:
        return condition.values
    known = {fold(word) for option in item.options for word in (option.value, option.label)}
    named = [name for value in condition.values for name in split_names(value, lambda each: fold(each) in known)]
    for name in named:
        if fold(name) not in known:
            options = ", ".join(option.value for option in item.options)
            it = f"il filtro nomina `{name}`, che non è tra le opzioni di `{item.code}` ({options}): non vale"
            en = f"the filter names `{name}`, which is no option of `{item.code}` ({options}): it does not count"
            problems.append(problem(it, en, file, row, "filter"))
    return tuple(name for name in named if fold(name) in known)
