"""Gathers the rows of one table: a counted cell and the trail behind it are written at once, so they cannot differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from corpus.words.phrase import Phrase
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Column,
    Table,
    Trail,
    Value,
    answer_trail,
    frame_trail,
    join_trails,
    make_frame,
    segment_trail,
    trail,
)


class Collector:
    """The rows of the table `key`; `words` is where its title and note are in outputs.words (default: `key`)."""

    def __init__(self, key: str, columns: Sequence[Column], words: str = "") -> None:
        self.key = key
        self.columns = tuple(columns)
        self.words = words or key
        self.rows: dict[str, dict[str, Value]] = {}
        self._counts = {column.key: column.counts for column in columns}
        self._cells: list[Trail] = []
        self._people: list[Trail] = []

    def add(self, row: str, cells: Mapping[str, Value]) -> None:
        """Cells of a row, which is made where there is none yet."""
        self.rows.setdefault(row, {}).update(cells)

    def count(self, row: str, column: str, codings: pd.DataFrame) -> None:
        """What the column counts of these codings (respondents, segments, codings or themes), and their trail."""
        number = _count(self._counts[column], codings)
        self.add(row, {column: number})
        self.quote(row, column, codings)

    def quote(self, row: str, column: str, codings: pd.DataFrame) -> None:
        """These codings (segment, coding) are behind a cell that counts nothing."""
        self._cells.append(trail(row, column, codings))

    def count_by_respondent(self, column: str, codings: pd.DataFrame) -> None:
        """How many segments of these codings each respondent says, in a table with a row a respondent."""
        # All rows at once: a selection for each would take seconds where there are hundreds.
        counts = codings.groupby("respondent")["segment"].nunique().to_dict()
        for row in self.rows:
            self.add(row, {column: counts.get(row, 0)})
        self._cells.append(frame_trail(codings.assign(row=codings["respondent"], column=column)[CELL_COLUMNS]))

    def count_passages(self, row: str, column: str, passages: Trail) -> None:
        """How many segments these passages, (segment, coding), are in, each behind the number."""
        self.add(row, {column: len({segment for segment, _ in passages})})
        self.quote_trail(row, column, passages)

    def quote_trail(self, row: str, column: str, passages: Trail) -> None:
        """These passages, (segment, coding), are behind a cell."""
        self._cells.append([(row, column, *passage) for passage in passages])

    def name_trail(self, row: str, column: str, respondents: Trail) -> None:
        """These people of another table's trail, (respondent,), are behind a cell, in that order."""
        self._people.append([(row, column, *respondent) for respondent in respondents])

    def count_segments(self, row: str, column: str, segments: Iterable[str]) -> None:
        """How many segments these are, each behind the number."""
        names = list(segments)
        self.add(row, {column: len(set(names))})
        self.quote_segments(row, column, names)

    def quote_segments(self, row: str, column: str, segments: Iterable[str]) -> None:
        """These segments are behind a cell that does not count them."""
        self._cells.append(segment_trail(row, column, segments))

    def count_people(self, row: str, column: str, respondents: Iterable[str]) -> None:
        """How many respondents these are, each behind the number."""
        people = set(respondents)
        self.add(row, {column: len(people)})
        self.name_people(row, column, people)

    def name_people(self, row: str, column: str, respondents: Iterable[str]) -> None:
        """These respondents are behind a cell that does not count them."""
        self._people.append(answer_trail(row, column, respondents))

    def done(self, lead: Phrase | str = "", **facts: Any) -> Table:
        """The table; its title and note are filled with `facts`."""
        return Table(
            self.key,
            Phrase(f"{self.words}.title", facts),
            Phrase(f"{self.words}.note", facts),
            self.columns,
            make_frame(self.columns, self.rows),
            join_trails(self._cells, CELL_COLUMNS),
            join_trails(self._people, PEOPLE_COLUMNS),
            lead,
            family=self.words,
        )


def _count(counts: str, codings: pd.DataFrame) -> int:
    if counts == "codings":
        return len(codings)
    return codings[{"respondents": "respondent", "segments": "segment", "themes": "theme"}[counts]].nunique()
