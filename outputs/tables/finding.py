"""One finding and how its numbers are worded. Room outputs; reads no table and computes no number."""

from dataclasses import dataclass, field
from typing import Any

from outputs.tables.table import records
from outputs.words.render import RenderedTable


@dataclass(frozen=True, slots=True)
class Found:
    """What it is about, the sentence, and the cells (table, row, column) it is read from; `main`: for a summary.

    `tables` are tables that the sentence is read from without a cell that leads to a passage or a person.
    """

    about: str
    sentence: str
    behind: list[tuple[str, str, str]] = field(default_factory=list)
    main: bool = False
    tables: tuple[str, ...] = ()

    @property
    def sources(self) -> list[str]:
        """The keys of the tables it is read from."""
        return list(dict.fromkeys([*self.tables, *(table for table, _, _ in self.behind)]))


def rows_of(table: RenderedTable) -> list[dict[str, Any]]:
    """The rows of a table, with their keys as `row`."""
    return records(table.frame.reset_index())


def top(rows: list[dict[str, Any]], column: str, most: int) -> list[dict[str, Any]]:
    """The rows with the `most` largest counts above 0, and those that tie with the last of them."""
    ranked = sorted((row for row in rows if row[column]), key=lambda row: -row[column])
    return [row for row in ranked if row[column] >= ranked[:most][-1][column]]
