"""Findings on the questionnaire, item by item in its order. Reads tables as data and computes no number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.records import Item
from corpus.words.phrase import Phrase, phrase
from nlp.measures.groups import natural_order
from outputs.tables.finding import Finding, rows_of, top
from outputs.tables.table import Table
from outputs.tables.view import View

APART = 0.5  # options are told apart by class when shares differ at least so much
_FEWEST = 3  # respondents of a class below which nothing is said of it
_MOST = 3  # options that a sentence names; more when they tie
_NUMBERS = "domande_numeri"
_OPTIONS = "domande_frequenze"

Rows = list[dict[str, Any]]


def item_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Finding]:
    """Mean and median of numbers, median of scales, most frequent answers, what classes answer otherwise."""
    numbers = rows_of(tables[_NUMBERS])
    counts = rows_of(tables[_OPTIONS])
    for item in view.study.items:
        summaries = [row for row in numbers if row["item"] == item.code]
        options = [row for row in counts if row["item"] == item.code]
        if summaries and isinstance(summaries[0]["median"], float):
            yield _number(view, item, summaries, options)
        elif any(row["n"] for row in options):
            yield _most_frequent(item, options)
            yield from _by_class(view, item, options)


def _number(view: View, item: Item, rows: Rows, options: Rows) -> Finding:
    """The middle and the range of a number or scale, of everybody (the first of `rows`) and by class."""
    overall = rows[0]
    middle = "median" if overall["mean"] is None else "mean"
    facts = {"item": item.text, **{name: overall[name] for name in ("median", "min", "max", "n")}}
    facts["mean"] = phrase("finding.item.mean", mean=overall["mean"]) if middle == "mean" else None
    has_unit = middle == "mean" and overall["unit"]
    facts["unit"] = phrase("finding.item.unit", unit=overall["unit"]) if has_unit else None
    behind = [(_NUMBERS, overall["row"], "n")]
    facts["frequent"] = None
    if item.type == "likert":
        first = top(options, "count", 1)
        facts["frequent"] = phrase("finding.item.most_frequent_grade", options=_counted(first))
        behind += [(_OPTIONS, row["row"], "count") for row in first]
    facts["by_class"] = None
    by_class = [row for row in rows[1:] if isinstance(row[middle], float)]
    if by_class:
        groups = [phrase("finding.item.group", group=row["group"], value=row[middle], n=row["n"]) for row in by_class]
        facts["by_class"] = phrase(f"finding.item.{middle}s", variable=view.class_name, groups=tuple(groups))
        behind += [(_NUMBERS, row["row"], "n") for row in by_class]
    return Finding(item.code, Phrase("finding.item.number", facts), behind)


def _most_frequent(item: Item, rows: Rows) -> Finding:
    first = top(rows, "count", _MOST)
    ticked = None
    if item.type == "multi":
        never = tuple(row["option"] for row in rows if not row["count"])
        counts = {"n": len(rows) - len(never), "of": len(rows)}
        ticked = phrase("finding.item.ticked", **counts)
        if never:
            ticked = phrase("finding.item.some_never_ticked", **counts, never=never)
    sentence = phrase(
        "finding.item.most_frequent",
        item=item.text,
        n=max(row["n"] for row in rows),
        options=_counted(first),
        ticked=ticked,
    )
    return Finding(item.code, sentence, [(_OPTIONS, row["row"], "count") for row in first])


def _by_class(view: View, item: Item, rows: Rows) -> Iterator[Finding]:
    """Options that one class gives far more than another."""
    labels = natural_order([label for label in view.all_classes.tolist() if label])
    # Who says no is known from who says yes.
    rows_of_yes = {f"{item.code}|{value}" for value in item.yes}
    by_pair: dict[tuple[str, str], Rows] = {}
    for row in rows:
        if item.yes and row["row"] not in rows_of_yes:
            continue
        sizes = {label: row[f"{label}/n"] for label in labels if (row.get(f"{label}/n") or 0) >= _FEWEST}
        for pair in _apart({label: row[label] / size for label, size in sizes.items()}):
            by_pair.setdefault(pair, []).append(row)
    for (more, less), options in by_pair.items():
        options.sort(key=lambda row: -(row[more] / row[f"{more}/n"] - row[less] / row[f"{less}/n"]))
        named = tuple(_option_by_class(row, more, less) for row in options)
        sentence = phrase("finding.item.apart", item=item.text, more=more, less=less, options=named)
        behind = [(_OPTIONS, row["row"], label) for row in options for label in (more, less)]
        yield Finding(item.code, sentence, behind, lead="apart")


def _option_by_class(row: dict[str, Any], more: str, less: str) -> Phrase:
    return phrase(
        "finding.item.option_apart",
        option=row["option"],
        more=row[more],
        more_n=row[f"{more}/n"],
        less=row[less],
        less_n=row[f"{less}/n"],
    )


def _apart(shares: dict[str, float]) -> Iterator[tuple[str, str]]:
    """The two classes to tell apart, the higher first: first and last of ranges of numbers, else the extremes."""
    if len(shares) < 2:
        return
    labels = list(shares)
    if all(re.search(r"\d", label) for label in labels):
        low, high = sorted((labels[0], labels[-1]), key=shares.__getitem__)
    else:
        low = min(labels, key=shares.__getitem__)
        high = max(labels, key=shares.__getitem__)
    if shares[high] - shares[low] >= APART:
        yield high, low


def _counted(rows: Rows) -> tuple[Phrase, ...]:
    """Each option with how many answer so in brackets."""
    return tuple(phrase("finding.counted", name=row["option"], n=row["count"]) for row in rows)
