"""Options of a closed item that stand in one cell, `1=Poco|2=Molto`, as the rows they should be. Guesses no order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import Notebook
from corpus.questionnaire.item_types import CLOSED, TYPES
from corpus.tables.sheets import Row
from corpus.words.spelling import fold

_SEPARATORS = ("|", "\n", ";", ",", "/")
_PAIR = re.compile(r"(?P<value>[^\s=:]{1,12})\s*[=:]\s*(?P<label>\S.*)", re.DOTALL)


def one_row_an_option(code: str, rows: Sequence[Row], notebook: Notebook) -> Sequence[Row]:
    """The rows of an item; where a closed item has a single option that is a list, one row for each of the list.

    Values and labels may be two lists of one length, one list, or a list of `value = label`; a list of orders goes
    with them. What was parted is told. Other items' rows are given back as they are.
    """
    kind = TYPES.get(fold(next((row["type"] for row in rows if row["type"]), "")), "text")
    optional = [row for row in rows if row["value"] or row["label"]]
    if kind not in CLOSED or len(optional) != 1:
        return rows
    row = optional[0]
    options = _options(row)
    if len(options) < 2:
        return rows
    names = ", ".join(f"`{label or value}`" for value, label, _ in options)
    notebook.warning(
        f"le opzioni di `{code}` stanno in una cella: lette come {len(options)} ({names}); meglio una riga per opzione",
        f"the options of `{code}` stand in one cell: read as {len(options)} ({names}); better one row an option",
        row=row.number,
        column="value" if row["value"] else "label",
    )
    option_rows = [
        replace(row, cells={**row.cells, "value": value, "label": label, "order": order})
        for value, label, order in options
    ]
    return [*(each for each in rows if each is not row), *option_rows]


def _options(row: Row) -> list[tuple[str, str, str]]:
    """Value, label and order of each option; none where the cells are no lists."""
    for sign in _SEPARATORS:
        values, labels, orders = (_split(row[column], sign) for column in ("value", "label", "order"))
        listed = values or labels
        if len(listed) < 2 or len(labels) not in (0, len(listed)):
            continue
        orders = orders if len(orders) == len(listed) else [""] * len(listed)
        if len(values) == len(labels):
            return list(zip(values, labels, orders, strict=True))
        pairs = [_PAIR.fullmatch(part) for part in listed]
        if all(pairs):
            return [(pair["value"], pair["label"], order) for pair, order in zip(pairs, orders, strict=True) if pair]
        return [(part, "", order) for part, order in zip(listed, orders, strict=True)]
    return []


def _split(cell: str, sign: str) -> list[str]:
    return [part.strip() for part in cell.split(sign) if part.strip()]
