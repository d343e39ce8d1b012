"""The chapters of a report: which tables each holds, which of them leads, and which say nothing in this study.

The one rule for page, document and workbook, above the rows of families.csv. Room outputs: writes and computes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.tables.families import in_chapter
from outputs.tables.table import Table
from outputs.words.render import RenderedTable
from outputs.words.sentences import say, sentences

SUMMARY = "risultati"  # in no chapter: every report opens with it
METHODS = "methods"
CHAPTERS = ("material", "themes", "questionnaire", "links", "topics", "places", METHODS)
# What families.csv keeps apart and a reader finds in one chapter; "" are the tables that a document prints otherwise.
_PARTS = {METHODS: ("trust", "further", "left_out", "")}
# Families by which a chapter opens: the first that has something to say.
_MAIN = {
    "material": ("campione",),
    "themes": ("cifre_corrette", "temi"),
    "questionnaire": ("domande_frequenze", "domande_numeri"),
    "links": ("joint_display",),
    "topics": ("argomenti",),
    "places": ("entita",),
    METHODS: ("fiducia", "saturazione_interviste"),
}
_UNMISSED = frozenset({"memo", "storia", "lasciati_fuori"})  # that they are empty keeps nothing from being said
_BASES = frozenset({"n", "family", "unknown", "no_answer", "base", "run", "threshold"})  # nothing was found by these


@dataclass(frozen=True)
class Chapter:
    """A chapter with something to see: its key in the vocabulary chapter, the table that it opens with, the others."""

    key: str
    main: RenderedTable
    others: tuple[RenderedTable, ...]

    @property
    def tables(self) -> tuple[RenderedTable, ...]:
        """All its tables, the main one first."""
        return (self.main, *self.others)


@dataclass(frozen=True)
class Unsaid:
    """The titles of tables that say nothing for one reason, and the reason as a sentence."""

    titles: tuple[str, ...]
    reason: str


def chapters(tables: Iterable[RenderedTable]) -> list[Chapter]:
    """The chapters in their order, each with its tables that say something; a chapter without any is left out."""
    speaking = [table for table in tables if says_something(table.data) and table.family != SUMMARY]
    made = []
    for key in CHAPTERS:
        inside = [table for part in _PARTS.get(key, (key,)) for table in in_chapter(speaking, part)]
        if inside:
            main = _main_of(key, inside)
            made.append(Chapter(key, main, tuple(table for table in inside if table is not main)))
    return made


def unsaid(tables: Iterable[RenderedTable], language: Language) -> list[Unsaid]:
    """What cannot be said of this study, one entry a reason in the order of the tables."""
    by_reason: dict[str, list[str]] = {}
    for table in tables:
        if not says_something(table.data) and table.family not in _UNMISSED:
            by_reason.setdefault(why_unsaid(table, language), []).append(table.title)
    return [Unsaid(tuple(titles), reason) for reason, titles in by_reason.items()]


def why_unsaid(table: RenderedTable, language: Language) -> str:
    """Why a table says nothing: what it says itself, else its most frequent reason, else the sentence of its family."""
    if not len(table.frame):
        key = f"unsaid.{table.family}"
        return table.lead or say(Phrase(key if key in sentences() else "unsaid.no_rows"), language)
    reasons = [value for value in _numbers(table.data) if isinstance(value, Phrase)]
    return say(max(reasons, key=reasons.count), language)


def says_something(table: Table) -> bool:
    """Whether there is something to see: rows, and where its numbers cannot be had, one at least that can.

    A 0 is something to see; a reason why a number cannot be had, and how many a test had before it, are not.
    """
    numbers = list(_numbers(table))
    lacking = any(isinstance(value, Phrase) for value in numbers)
    return bool(len(table.frame)) and (not lacking or any(isinstance(value, int | float) for value in numbers))


def _numbers(table: Table) -> Iterator[Any]:
    """The values of the columns that are there to tell a number."""
    for column in table.columns:
        if column.kind != "text" and column.key not in _BASES and not column.key.endswith("/n"):
            yield from table.frame[column.key].tolist()


def _main_of(chapter: str, inside: Sequence[RenderedTable]) -> RenderedTable:
    leading = [table for family in _MAIN[chapter] for table in inside if table.family == family]
    return [*leading, *inside][0]
