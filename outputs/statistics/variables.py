"""A variable as statistics programs hold it: name, label, cells, value labels, codes of non-answers. Writes nothing."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.words.sentences import say

Kind = Literal["text", "number", "category", "date"]
Role = Literal[
    "id", "place", "counted", "spoken", "mention", "segments", "words", "corrected", "group", "variable", "item",
    "answered", "coding", "coded", "machine", "human", "draw", "probability",
]  # fmt: skip
Cell = str | float | None

_CODE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True)
class Variable:
    """One variable of a level.

    `cells` are one a row: texts, numbers, days since 1970-01-01 of a date, codes of a category; None where nothing is
    known. `labels` are what codes mean, those of non-answers included; `missing` gives the kind of non-answer
    (corpus.words.missing_words) of the codes that stand for one; `numbers` is what tests take for a code: the order
    of a scale, 1 for yes. What the variable is about: `theme`, `item` and its `option` are codes, `type` is the item's.
    """

    name: str
    label: str
    kind: Kind
    cells: Sequence[Cell]
    role: Role
    labels: Mapping[int, str] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    numbers: Mapping[int, float] = field(default_factory=dict)
    ordinal: bool = False
    theme: str = ""
    item: str = ""
    option: str = ""
    type: str = ""

    @property
    def answers(self) -> set[float]:
        """Codes and numbers that stand for themselves, not for a non-answer."""
        known = {cell for cell in self.cells if isinstance(cell, int | float)} | set(self.labels)
        return known - set(self.missing)

    def taking(self, rows: Sequence[int]) -> "Variable":
        """The same variable with the cells of these rows; -1 is a row that is not there."""
        blank: Cell = "" if self.kind == "text" else None
        return replace(self, cells=[self.cells[row] if row >= 0 else blank for row in rows])


@dataclass(frozen=True)
class Level:
    """A file: one row a respondent, a coding or a segment. `title` says so in the study's language."""

    name: str
    title: str
    variables: tuple[Variable, ...]


def as_cells(column: pd.Series) -> list[Cell]:
    """A column of texts or numbers as cells of a variable."""
    return [None if pd.isna(value) else value for value in column.tolist()]


def whole_codes(texts: Sequence[str]) -> dict[str, int]:
    """A code for each of these distinct texts, in their order: their own whole numbers, else 1, 2, ..."""
    if texts and all(_CODE.fullmatch(text) for text in texts):
        own = {text: int(text) for text in texts}
        if len(set(own.values())) == len(own):
            return own
    return {text: code for code, text in enumerate(texts, start=1)}


def whole_code(text: str) -> int | None:
    """The whole number that a text is."""
    return int(text) if _CODE.fullmatch(text) else None


Missing = list[int | dict[str, int]]


def declared_missing(codes: Collection[int], valid: Collection[float]) -> Missing | None:
    """The codes of non-answers as SPSS lets them be declared: three, or a range without answers and one more.

    None where they do not fit. `valid` are the answers.
    """
    ordered = sorted(codes)
    if len(ordered) <= 3:
        return list(ordered)
    for alone in (ordered[:0], ordered[:1], ordered[-1:]):
        low, *_, high = [code for code in ordered if code not in alone]
        if not any(low <= answer <= high for answer in valid):
            return [{"lo": low, "hi": high}, *alone]
    return None


def yes_no(language: Language) -> dict[int, str]:
    """The labels of what is there or not."""
    return {code: say(Phrase(f"statistics.{word}"), language) for code, word in enumerate(("no", "yes"))}
