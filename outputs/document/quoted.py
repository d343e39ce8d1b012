"""Quotations numbered through a document, each printed whole once. Chooses none."""

import textwrap
from typing import Any

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.words.sentences import say

_OPENING = 60  # signs of a quotation that was printed before


class Quoted:
    """The quotations printed so far, by what was said and by whom."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._numbers: dict[tuple[str, str], int] = {}

    def print(self, text: str, respondent: str, source: str, whole: bool = False) -> str:
        """`[3] «text»` and its source; a quotation that was printed before with its opening words only.

        `whole` prints all of it once more, where quotations are looked for.
        """
        number, shown = self._numbered(text, respondent)
        return f"[{number}] «{text if whole else shown}»{source}"

    def print_phrase(self, quotation: Phrase | str) -> str:
        """The same for a quotation of a table's cell, whose facts are `text`, `respondent` and what else is told."""
        if isinstance(quotation, str):
            return quotation
        number, shown = self._numbered(*_key(quotation))
        return f"[{number}] {say(Phrase(quotation.key, {**quotation.facts, 'text': shown}), self.language)}"

    def holds(self, quotation: Phrase | str) -> bool:
        """Whether the quotation of a table's cell was printed before."""
        return isinstance(quotation, Phrase) and _key(quotation) in self._numbers

    def _numbered(self, text: str, respondent: str) -> tuple[int, str]:
        known = (text, respondent) in self._numbers
        number = self._numbers.setdefault((text, respondent), len(self._numbers) + 1)
        return number, textwrap.shorten(text, _OPENING, placeholder=" …") if known else text


def quotations_in(cell: Any) -> tuple[Phrase | str, ...]:
    """The quotations of a cell of a table as data: one, or several as the fact `quotations`."""
    if not cell:
        return ()
    return tuple(cell.facts.get("quotations", (cell,))) if isinstance(cell, Phrase) else (cell,)


def _key(quotation: Phrase) -> tuple[str, str]:
    return quotation.facts["text"], quotation.facts["respondent"]
