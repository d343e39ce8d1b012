"""What people call items in their tables, and which one is meant. Guesses nothing."""

from collections.abc import Mapping

from corpus.tables.column_names import column_key
from corpus.words.spelling import called


def item_called(name: str, items: Mapping[str, str]) -> str | None:
    """The code of the item meant, of `items` (code -> text), by code or whole text; None when none is, or two are.

    `Q3_SQ002` is `Q3[SQ002]`, as LimeSurvey writes one column in two ways.
    """
    code = called(name, items)
    if code is not None or not name:
        return code
    alike = [code for code, text in items.items() if _item_key(name) in (_item_key(code), _item_key(text))]
    return alike[0] if len(alike) == 1 else None


def _item_key(name: str) -> str:
    return column_key(name).replace("[", "_").rstrip("]")
