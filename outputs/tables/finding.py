"""One finding: its sentence as facts, and the cells that it is read from. Room outputs; computes no number."""

from dataclasses import dataclass, field
from typing import Any

from corpus.words.phrase import Phrase
from outputs.tables.table import Table, records

Cell = tuple[str, str, str]  # table, row, column


@dataclass(frozen=True, slots=True)
class Finding:
    """What it is about (a label of the study or a Phrase), its sentence, and the cells it is read from.

    `main` marks what a summary tells. `tables` are tables that the sentence is read from without a cell that leads to a
    passage or a person. `caveat`: what to know before it is believed, beside the warnings of its tables, which
    do not concern it when it tells `of_answers` alone.
    """

    about: Phrase | str
    sentence: Phrase | str
    behind: list[Cell] = field(default_factory=list)
    main: bool = False
    tables: tuple[str, ...] = ()
    caveat: Phrase | None = None
    of_answers: bool = False

    @property
    def sources(self) -> list[str]:
        """The keys of the tables it is read from."""
        return list(dict.fromkeys([*self.tables, *(table for table, _, _ in self.behind)]))


def rows_of(table: Table) -> list[dict[str, Any]]:
    """The rows of a table, with their keys as `row`."""
    return records(table.frame.reset_index())


def top(rows: list[dict[str, Any]], column: str, most: int) -> list[dict[str, Any]]:
    """The rows with the `most` largest counts above 0, and those that tie with the last of them."""
    ranked = sorted((row for row in rows if row[column]), key=lambda row: -row[column])
    return [row for row in ranked if row[column] >= ranked[:most][-1][column]]
