"""Findings on the questionnaire, item by item in its order. Reads tables as data and computes no number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.records import Item
from corpus.words.phrase import Phrase, phrase
from nlp.measures.groups import natural_order
from nlp.measures.machine_errors import SIGNIFICANT
from outputs.tables.comparison_tables import answers_by_class_key
from outputs.tables.finding import Finding, Rows, rows_of, top
from outputs.tables.opinion_findings import opinion_findings
from outputs.tables.table import Table
from outputs.tables.view import View

APART = 0.5  # options are told apart by class when shares differ at least so much
_FEWEST = 3  # respondents of a class below which nothing is said of it
_MOST = 3  # options that a sentence names; more when they tie
_NUMBERS = "domande_numeri"
_OPTIONS = "domande_frequenze"


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
            yield from _most_frequent(item, options)
            yield from _by_class(view, item, options, tables)
    yield from opinion_findings(view, _OPTIONS, counts)


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
        facts["frequent"] = phrase("finding.item.most_frequent_grade", options=_counted(first)) if first else None
        behind += [(_OPTIONS, row["row"], "count") for row in first]
    facts["by_class"] = None
    by_class = [row for row in rows[1:] if isinstance(row[middle], float) and row["n"] >= _FEWEST]
    if by_class:
        groups = [phrase("finding.item.group", group=row["group"], value=row[middle], n=row["n"]) for row in by_class]
        facts["by_class"] = phrase(f"finding.item.{middle}s", variable=view.class_name, groups=tuple(groups))
        behind += [(_NUMBERS, row["row"], "n") for row in by_class]
    return Finding(item.code, Phrase("finding.item.number", facts), behind, by_people=True)


def _most_frequent(item: Item, rows: Rows) -> Iterator[Finding]:
    first = top(rows, "count", _MOST)
    if not first:
        return
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
    yield Finding(item.code, sentence, [(_OPTIONS, row["row"], "count") for row in first], by_people=True)


def _by_class(view: View, item: Item, rows: Rows, tables: Mapping[str, Table]) -> Iterator[Finding]:
    """Options that one class gives far more than another; they lead where the test, too, tells the classes apart."""
    by_class = tables.get(answers_by_class_key(view.class_name))
    if by_class is None:
        return
    tests = {row["row"]: row["q"] for row in rows_of(by_class)}
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
        known = [tests.get(row["row"] if item.type == "multi" else f"{item.code}|") for row in options]
        tested = any(isinstance(q, float) and q < SIGNIFICANT for q in known)
        caveat = None if tested else Phrase("caveat.by_chance")
        yield Finding(item.code, sentence, behind, "apart" if tested else "", caveat=caveat, by_people=True)


def _option_by_class(row: Mapping[str, Any], more: str, less: str) -> Phrase:
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
