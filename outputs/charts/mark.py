"""What a mark of a chart opens when a reader clicks it. Draws nothing."""

from dataclasses import dataclass

from corpus.words.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark of a chart opens: a cell of a table; `title` says in words what the mark shows."""

    table: str
    row: str
    column: str
    title: Phrase
