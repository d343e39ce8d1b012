"""One finding: its sentence as facts, the cells that it is read from, and which findings lead. Computes no number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from corpus.words.phrase import Phrase
from outputs.tables.table import Table, records

Cell = tuple[str, str, str]  # table, row, column
Rows = list[dict[str, Any]]  # of a table, each with its key as `row`
# What a finding tells that may lead, the most useful first: what people say most, how they judge it, where they and
# their answers part, what groups differ on, what they answer, what one source alone speaks of. "" never leads.
Lead = Literal[
    "most_said", "stance", "divergence", "by_class", "answers", "divided", "apart", "silence", "topics", "convergence",
    "",
]  # fmt: skip
MOST_LEADING = 7
_TWICE = ("stance", "divergence", "divided", "by_class")  # kinds of which a second one may lead, where there is room


@dataclass(frozen=True, slots=True)
class Finding:
    """What it is about (a label of the study or a Phrase), its sentence, and the cells it is read from.

    `lead` is what it tells if it may lead. `tables` are tables that the sentence is read from without a cell that leads
    to a passage or a person. `caveat`: what to know before it is believed, beside the warnings of its tables, which
    do not concern it when it tells what people answered or coded alone, `by_people`. `chosen`: cells of passages
    chosen already, to quote from in their order; else the strongest evidence of `behind` is quoted.
    """

    about: Phrase | str
    sentence: Phrase | str
    behind: list[Cell] = field(default_factory=list)
    lead: Lead = ""
    tables: tuple[str, ...] = ()
    caveat: Phrase | None = None
    by_people: bool = False
    chosen: tuple[Cell, ...] = ()

    @property
    def sources(self) -> list[str]:
        """The keys of the tables it is read from."""
        return list(dict.fromkeys([*self.tables, *(table for table, _, _ in self.behind)]))


def ranks(findings: Sequence[Finding]) -> list[int | None]:
    """The place of each finding among the up to MOST_LEADING that lead, 1 the first; None for the others.

    One of each kind of Lead, in its order; where that leaves room a second of the kinds that may have one.
    """
    order = get_args(Lead)
    places: list[tuple[int, int, int]] = []  # which of its kind, kind, finding
    seen: dict[str, int] = {}
    for place, finding in enumerate(findings):
        before = seen.get(finding.lead, 0)
        if finding.lead and before <= (finding.lead in _TWICE):
            places.append((before, order.index(finding.lead), place))
        seen[finding.lead] = before + 1
    first = sorted(places)[:MOST_LEADING]
    leading = [place for _, _, place in sorted(first, key=lambda one: (one[1], one[0]))]
    return [leading.index(place) + 1 if place in leading else None for place in range(len(findings))]


def rows_of(table: Table) -> Rows:
    """The rows of a table, with their keys as `row`."""
    return records(table.frame.reset_index())


def top(rows: Rows, column: str, most: int) -> Rows:
    """The rows with the `most` largest counts above 0, and one that ties with the last of them.

    Where more tie, none of those: they are no more frequent than the rest.
    """
    ranked = sorted((row for row in rows if row[column]), key=lambda row: -row[column])
    first = [row for row in ranked if row[column] >= ranked[:most][-1][column]]
    if len(first) <= most + 1:
        return first
    return [row for row in first if row[column] > first[-1][column]]
