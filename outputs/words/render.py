"""A table in words: headings, reasons, codes and sentences in one language. Computes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.numbers import Kind
from outputs.tables.glossary import glossary
from outputs.tables.table import Column, Counts, Table
from outputs.words.sentences import say, word


@dataclass(frozen=True, slots=True)
class RenderedColumn:
    """A column as read: `label` is its heading, `meaning` a sentence for the data dictionary; the rest as in Column."""

    key: str
    label: str
    meaning: str
    kind: Kind = "text"
    counts: Counts = ""
    detail: bool = False


@dataclass(frozen=True)
class RenderedTable:
    """A table in the words of one language; `frame` holds texts, numbers and None, `data` is the table itself."""

    key: str
    title: str
    note: str
    columns: tuple[RenderedColumn, ...]
    frame: pd.DataFrame
    cells: pd.DataFrame
    people: pd.DataFrame
    lead: str
    warning: str
    data: Table

    @property
    def caution(self) -> str:
        """The warning as a sentence; "" where there is none."""
        return f"{self.warning[:1].upper()}{self.warning[1:]}." if self.warning else ""

    @property
    def said(self) -> str:
        """The warning and what the table says in words, as one text."""
        return " ".join(filter(None, [f"{self.warning}." if self.warning else "", self.lead]))

    @property
    def family(self) -> str:
        """The key that tables of one kind share."""
        return self.data.family


def render(table: Table, language: Language) -> RenderedTable:
    """The table in `language`; its numbers stay numbers, which outputs.numbers formats."""
    texts = {column.key: _in_words(table.frame[column.key].tolist(), column, language) for column in table.columns}
    return RenderedTable(
        table.key,
        say(table.title, language),
        say(table.note, language),
        tuple(_render_column(column, language) for column in table.columns),
        pd.DataFrame(texts, index=table.frame.index, columns=list(texts), dtype=object),
        table.cells,
        table.people,
        say(table.lead, language),
        say(table.warning, language),
        table,
    )


def render_all(tables: Sequence[Table], language: Language) -> list[RenderedTable]:
    """Several tables in `language`, in their order."""
    return [render(table, language) for table in tables]


def _render_column(column: Column, language: Language) -> RenderedColumn:
    entry = glossary().get(column.word or column.key, {})
    heading = say(column.heading, language) or entry.get(language, column.key)
    meaning = say(column.meaning, language) or entry.get(f"meaning_{language}", "")
    return RenderedColumn(column.key, heading, meaning, column.kind, column.counts, column.detail)


def _in_words(values: list[Any], column: Column, language: Language) -> list[Any]:
    """The values of a column, Phrases and codes in words; each different code is looked up once."""
    coded = cache(lambda code: word(column.vocabulary, code, language))
    worded = []
    for value in values:
        if isinstance(value, Phrase):
            worded.append(say(value, language))
        elif column.vocabulary and isinstance(value, str) and value:
            worded.append(coded(value))
        else:
            worded.append(value)
    return worded
