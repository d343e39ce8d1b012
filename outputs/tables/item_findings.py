"""Findings on the questionnaire, item by item in its order, in sentences. Room outputs; computes no number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nlp.measures.groups import natural_order
from outputs.numbers import in_words
from outputs.tables.finding import Found, rows_of, top
from outputs.tables.table import Table
from outputs.tables.view import View

APART = 0.5  # options are told apart by class when shares differ at least so much
_FEWEST = 3  # respondents of a class below which nothing is said of it
_MOST = 3  # options that a sentence names; more when they tie

Rows = list[dict[str, Any]]


def item_findings(view: View, tables: Mapping[str, Table]) -> Iterable[Found]:
    """Mean and median of numbers, median of scales, most frequent answers, what classes answer otherwise."""
    numbers, counts = rows_of(tables["domande_numeri"]), rows_of(tables["domande_frequenze"])
    for item in view.study.items:
        summaries = [row for row in numbers if row["item"] == item.code]
        options = [row for row in counts if row["item"] == item.code]
        if summaries and isinstance(summaries[0]["median"], float):
            yield _number(view, summaries, options)
        elif any(row["n"] for row in options):
            yield _most_frequent(view, options)
            yield from _by_class(view, options)


def _number(view: View, rows: Rows, options: Rows) -> Found:
    overall, item = rows[0], view.item(rows[0]["item"])
    middle = "median" if overall["mean"] is None else "mean"
    values = {name: in_words(overall[name], view.language) for name in ("median", "min", "max")}
    told = "" if middle == "median" else view.say("media ", "mean ") + in_words(overall["mean"], view.language) + ", "
    unit = f" {overall['unit']}" if middle == "mean" and overall["unit"] else ""
    told += view.say(
        f"mediana {values['median']}, da {values['min']} a {values['max']}{unit} (n = {overall['n']})",
        f"median {values['median']}, from {values['min']} to {values['max']}{unit} (n = {overall['n']})",
    )
    behind = [("domande_numeri", overall["row"], "n")]
    if item.type == "likert":
        first = top(options, "count", 1)
        named = ", ".join(f"{row['option']} ({row['count']})" for row in first)
        told += view.say(f"; risposta più frequente: {named}", f"; most frequent answer: {named}")
        behind += [("domande_frequenze", row["row"], "count") for row in first]
    known = [row for row in rows[1:] if isinstance(row[middle], float)]
    if known:
        name = view.say("medie", "means") if middle == "mean" else view.say("mediane", "medians")
        by_group = "; ".join(
            f"«{row['group']}» {in_words(row[middle], view.language)} (n = {row['n']})" for row in known
        )
        told += view.say(f". Per {view.class_name}, {name}: {by_group}", f". By {view.class_name}, {name}: {by_group}")
        behind += [("domande_numeri", row["row"], "n") for row in known]
    return Found(item.code, f"{_asked(view, item.code)} {told}.", behind)


def _most_frequent(view: View, rows: Rows) -> Found:
    item = view.item(rows[0]["item"])
    first = top(rows, "count", _MOST)
    named = ", ".join(f"{row['option']} ({row['count']})" for row in first)
    n = max(row["n"] for row in rows)
    told = view.say(
        f"le risposte più frequenti, su {n}: {named}.",
        f"the most frequent answers, of {n}: {named}.",
    )
    if item.type == "multi":
        never = [row["option"] for row in rows if not row["count"]]
        told += view.say(
            f" Opzioni scelte da qualcuno: {len(rows) - len(never)} su {len(rows)}",
            f" Options ticked by somebody: {len(rows) - len(never)} of {len(rows)}",
        )
        told += view.say("; mai scelte: ", "; never ticked: ") + ", ".join(never) + "." if never else "."
    behind = [("domande_frequenze", row["row"], "count") for row in first]
    return Found(item.code, f"{_asked(view, item.code)} {told}", behind)


def _by_class(view: View, rows: Rows) -> Iterator[Found]:
    """Options that one class gives far more than another."""
    labels = natural_order([label for label in view.all_classes.tolist() if label])
    pairs: dict[tuple[str, str], Rows] = {}
    item = view.item(rows[0]["item"])
    for row in rows:
        if item.yes and row["row"].partition("|")[2] not in item.yes:
            continue  # who says no is known from who says yes
        sizes = {label: row[f"{label}/n"] for label in labels if (row.get(f"{label}/n") or 0) >= _FEWEST}
        for pair in _apart({label: row[label] / size for label, size in sizes.items()}):
            pairs.setdefault(pair, []).append(row)
    for (more, less), kept in pairs.items():
        kept.sort(key=lambda row: -(row[more] / row[f"{more}/n"] - row[less] / row[f"{less}/n"]))
        form = view.say("{} ({} su {} contro {} su {})", "{} ({} of {} against {} of {})")
        named = ", ".join(
            form.format(row["option"], row[more], row[f"{more}/n"], row[less], row[f"{less}/n"]) for row in kept
        )
        told = view.say(f"più in «{more}» che in «{less}»: {named}.", f"more in «{more}» than in «{less}»: {named}.")
        behind = [("domande_frequenze", row["row"], label) for row in kept for label in (more, less)]
        yield Found(kept[0]["item"], f"{_asked(view, kept[0]['item'])} {told}", behind, main=True)


def _apart(shares: dict[str, float]) -> Iterator[tuple[str, str]]:
    """The two classes to tell apart, the higher first: first and last of ranges of numbers, else the extremes."""
    if len(shares) < 2:
        return
    labels = list(shares)
    if all(re.search(r"\d", label) for label in labels):
        low, high = sorted((labels[0], labels[-1]), key=shares.__getitem__)
    else:
        low, high = min(labels, key=shares.__getitem__), max(labels, key=shares.__getitem__)
    if shares[high] - shares[low] >= APART:
        yield high, low


def _asked(view: View, code: str) -> str:
    return f"«{view.item(code).text}»"
