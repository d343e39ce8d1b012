"""Cells that a spreadsheet would run as a formula: shown as text when written, and the text itself when read back."""

from corpus.words.numbers import parse_number

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(text: str) -> str:
    """The text, with a leading apostrophe where a spreadsheet would run it (CWE-1236; OWASP, CSV injection).

    A number such as `-3` is no formula and stays as it is; `+39` would lose its sign.
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _is_negative(text) else text


def unguard(cell: str) -> str:
    """The text without the apostrophe that `guard`, LimeSurvey and others put before a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _is_negative(text: str) -> bool:
    return text.startswith("-") and parse_number(text) is not None
