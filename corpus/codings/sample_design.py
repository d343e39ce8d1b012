"""The design of a random draw, as the sheet of `trama suggest --sample` carries it along. Draws nothing, reads no file.

What was drawn and what could have been, each with its probability, under a seal: whoever changes one of them breaks it.
The seal is against slips, not against forgery.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from corpus.codings.quotations import letters
from corpus.words.spelling import clean_cell

SHEET = "disegno"
SIGN = "trama-disegno"  # in the first cell of the sheet
COLUMNS = ("number", "transcript", "start", "end", "words", "respondent", "stratum", "probability")
PARTED = " | "  # between the parts of a stratum's name: respondent, level of the machine's score
_SEAL = 12  # signs
_SHORT_SEAL = 6  # signs of it in the name of the draw


@dataclass(frozen=True)
class Design:
    """One draw.

    `name` is the sheet's when it was drawn, `unit` "segment" or "respondent". `frame` has one row a segment that could
    be drawn, COLUMNS: `number` its row in the sheet, from 1, 0 where it was not drawn; `words` their mark
    (`mark_of`); `probability` that of being drawn. `interviews` are the ids of all transcripts of the study then.
    """

    name: str
    unit: str
    frame: pd.DataFrame
    interviews: tuple[str, ...]

    @cached_property
    def seal(self) -> str:
        """What it is known by: another design has another."""
        return _seal_of(self.name, self.unit, self._cells())

    @property
    def draw(self) -> str:
        """The draw's name in every frame: that of the sheet, and the beginning of the seal."""
        return f"{self.name} {self.seal[:_SHORT_SEAL]}"

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The rows of `frame` that were drawn, as the sheet has them."""
        return self.frame[self.frame["number"] > 0].sort_values("number", ignore_index=True)

    @cached_property
    def by_interview(self) -> dict[str, pd.DataFrame]:
        """The rows of `frame` by transcript."""
        return {str(name): segments for name, segments in self.frame.groupby("transcript")}

    def rows(self) -> list[list[str]]:
        """What stands in the sheet SHEET, cell by cell."""
        return [[SIGN, self.name, self.unit, self.seal], list(COLUMNS), *self._cells()]

    def _cells(self) -> list[list[str]]:
        """The frame as texts, then the interviews of which nothing could be drawn."""
        texts = self.frame[list(COLUMNS)].assign(probability=self.frame["probability"].map(repr)).astype("str")
        others = sorted(set(self.interviews) - set(self.frame["transcript"]))
        return [*texts.to_numpy(object).tolist(), *(["", name] for name in others)]


def read_design(rows: Sequence[Sequence[str]]) -> Design | None:
    """The design that stands in the rows of a sheet; None where it is not as it was sealed."""
    sign, name, unit, seal = [*(rows[0] if rows else ()), "", "", "", ""][:4]
    body = [row[: len(COLUMNS)] for row in rows[2:]]
    if sign != SIGN or seal != _seal_of(name, unit, body):
        return None
    frame = pd.DataFrame([row for row in body if row[0]], columns=list(COLUMNS))
    numbers = {"number": int, "start": int, "end": int, "probability": float}
    return Design(name, unit, frame.astype(numbers), tuple(sorted({row[1] for row in body})))


def mark_of(text: str) -> str:
    """A short hash of the letters of a passage, by which it is known again though it moved."""
    return _hash(letters(text)[0])[:_SEAL]


def _seal_of(name: str, unit: str, cells: Iterable[Sequence[str]]) -> str:
    lines = ["\t".join(map(clean_cell, row)).rstrip("\t") for row in ([name, unit], *cells)]
    return _hash("\n".join(lines))[:_SEAL]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
