"""Counts as bars, drawn in the page itself: of a finding, of the questionnaire's items, of names. Counts nothing.

A bar is a label, a part of a whole and the words for it, so that whoever does not see it reads the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.words.language import Language
from corpus.words.phrase import Phrase, phrase
from outputs.findings import ToldFinding
from outputs.numbers import format_value
from outputs.tables.table import records
from outputs.words.render import RenderedTable
from outputs.words.sentences import say

_NAMES = ("option", "theme", "proposed", "topic")  # columns that name what a row counts, the nearest first
_BASES = ("n", "read", "answered")  # columns that a sentence is read from, which count no part of a whole
_MOST = 9  # bars of a finding
_MOST_NAMES = 10  # bars of places and bodies
_PLACES = ("LOC", "GPE", "ORG", "FAC", "COMUNE", "ENTE", "SERVIZIO")  # kinds of names that are places or bodies
_CLASS = "class="  # how rows of the sample begin that count a class


@dataclass(frozen=True)
class Bar:
    """A count of a whole: `share` is between 0 and 1, `cell` (table, row, column) what the number opens."""

    label: str
    value: str
    share: float
    cell: tuple[str, str, str] | None = None
    about: str = ""

    @property
    def percent(self) -> str:
        """The share as a width in hundredths, for the drawing."""
        return f"{100 * self.share:.1f}"


@dataclass(frozen=True)
class ItemBars:
    """An item of the questionnaire: how often each option was chosen, or what a number's middle and range are."""

    code: str
    text: str
    bars: tuple[Bar, ...]
    summary: str
    unchosen: int


def finding_bars(finding: ToldFinding, table: RenderedTable | None, people: int, language: Language) -> tuple[Bar, ...]:
    """The cells that a finding is read from, each as a part of its class, of who answered, or of the `people`.

    None where they are no parts of a whole.
    """
    if table is None:
        return ()
    columns = [column for column in table.columns if column.key in finding.columns and column.key not in _BASES]
    by_row = {values["row"]: values for values in _rows(table)}
    bars = []
    for row in filter(by_row.__contains__, finding.rows):
        values = by_row[row]
        label = str(next((values[name] for name in _NAMES if values.get(name)), row))
        if table.family.startswith("cifre_corrette") and isinstance(values["corrected"], float):
            bars.append(_share(label, values, language))
        for column in columns:
            count = values[column.key]
            whole = _whole(table, column.key, values, people)
            if isinstance(count, int) and whole and column.kind == "count":
                about = column.label if len(columns) > 1 else ""
                cell = (table.key, row, column.key) if count else None
                bars.append(Bar(label, _of(count, whole, language), count / whole, cell, about))
    return tuple(bars[:_MOST]) if all(0 <= bar.share <= 1 for bar in bars) else ()


def _share(label: str, values: Mapping[str, Any], language: Language) -> Bar:
    """A corrected share with its interval."""
    low, high = (format_value(values[f"corrected_{end}"], "percent", language) for end in ("low", "high"))
    value = f"{format_value(values['corrected'], 'percent', language)} [{low}; {high}]"
    return Bar(label, value, values["corrected"])


def _whole(table: RenderedTable, column: str, values: Mapping[str, Any], people: int) -> int:
    """Of how many a cell counts a part: of its class where the column is one's, of those in the row, of everybody."""
    heading = next(each.heading for each in table.data.columns if each.key == column)
    if f"{column}/n" in values:
        return int(values[f"{column}/n"] or 0)
    if isinstance(heading, Phrase) and "n" in heading.facts:
        return int(heading.facts["n"])
    return int(values["n"]) if isinstance(values.get("n"), int) else people


def item_bars(
    codes: Sequence[str], options: RenderedTable | None, numbers: RenderedTable | None, language: Language
) -> list[ItemBars]:
    """The questionnaire item by item, in the order of `codes`; options that nobody chose are only counted."""
    by_item: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(options):
        by_item.setdefault(row["item"], []).append(row)
    middles: dict[str, dict[str, Any]] = {}
    for row in _rows(numbers):
        middles.setdefault(row["item"], row)  # the first is everybody's
    items = []
    for code in codes:
        rows = by_item.get(code, [])
        if not rows and code not in middles:
            continue
        chosen = [row for row in rows if row["count"]]
        bars = [
            Bar(
                str(row["option"]),
                _of(row["count"], row["n"], language),
                row["count"] / row["n"],
                ("domande_frequenze", row["row"], "count"),
            )
            for row in chosen
        ]
        middle = middles.get(code)
        text = (middle or rows[0])["item_text"]
        # The middle of a scale's grades is in the table; beside its bars a number such as 8.5 says nothing.
        summary = "" if bars else _summary(middle, language)
        items.append(ItemBars(code, text, tuple(bars), summary, len(rows) - len(chosen)))
    return items


def class_bars(sample: RenderedTable, people: int, language: Language) -> tuple[Bar, ...]:
    """How many of the people interviewed each class has."""
    bars = []
    for row in _rows(sample):
        if row["row"].startswith(_CLASS) and people:
            cell = (sample.key, row["row"], "value")
            bars.append(Bar(row["measure"], _of(row["value"], people, language), row["value"] / people, cell))
    return tuple(bars)


def name_bars(table: RenderedTable, people: int, language: Language) -> tuple[Bar, ...]:
    """The places and bodies that most respondents name; persons, dates and sums are in the table alone."""
    kinds = table.data.frame["label"].to_dict()
    named = [row for row in _rows(table) if kinds[row["row"]] in _PLACES]
    bars = []
    for row in named[:_MOST_NAMES]:
        count = row["respondents"]
        cell = (table.key, row["row"], "respondents")
        bars.append(Bar(str(row["entity"]), _of(count, people, language), count / people, cell, str(row["label"])))
    return tuple(bars)


def _rows(table: RenderedTable | None) -> list[dict[str, Any]]:
    return [] if table is None else records(table.frame.reset_index())


def _summary(row: Mapping[str, Any] | None, language: Language) -> str:
    if row is None or not isinstance(row["median"], int | float):
        return ""
    facts = {name: row[name] for name in ("median", "min", "max", "n")}
    unit = f" {row['unit']}" if row["mean"] is not None and row["unit"] else ""
    return say(phrase("page.middle", unit=unit, **facts), language)


def _of(count: int, whole: int, language: Language) -> str:
    return say(phrase("page.of", n=count, whole=whole), language)
