"""The joint display: each declared link with what both strands say, quotations and a reading. Room outputs."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.items import OVERALL
from nlp.measures.joint_rows import read_links
from nlp.measures.joint_rules import VERSION, rules_in_force
from nlp.measures.reasons import not_computable, reason_phrase
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.leading import leads
from outputs.tables.stance_tables import by_verdict, quote_link
from outputs.tables.table import Table, records
from outputs.tables.view import View

KEY = "joint_display"
_STANCE_ORDER = ("problem", "neutral", "proposal", "advantage")  # of stances that as many respondents take
_BY_THEMSELVES = ("rules_reading", "p", "q", "leads")  # p and q stand in the link, and apart for whoever sorts by them


def readings_frame(view: View, linked: pd.DataFrame, estimates: pd.DataFrame) -> pd.DataFrame:
    """How every declared link is read (joint_rows.read_links).

    `linked` is from link_tables.linked_frame, `estimates` from corrected_tables.estimates_frame.
    """
    study = view.study
    rules = study.settings.reading
    strands = (linked, view.mentions, study.themes, study.items)
    return read_links(*strands, rules, study.link_decisions, view.agreement, estimates)


def joint_display(view: View, readings: pd.DataFrame, estimates: pd.DataFrame) -> Table:
    """One row a declared link: questionnaire, interviews, effect, quotations, reading."""
    keys = "theme item questionnaire interviews mentioned agree contradict link reading why rules_reading quotations"
    heads = tuple(replace(head, detail=head.key in _BY_THEMSELVES) for head in columns(f"{keys} p q leads"))
    frequencies, summaries = (part[part["group"] == OVERALL] for part in (view.frequencies, view.summaries))
    table = Collector(KEY, heads)
    keys_of_links = zip(estimates["theme"], estimates["item"], estimates["option"], strict=True)
    uncorrected = dict(zip(keys_of_links, estimates["reason"], strict=True))
    for row in records(readings):
        key = f"{row['theme']}|{row['item']}"
        theme_codings = view.said_of(row["theme"])
        table.add(
            key,
            {
                "theme": view.theme(row["theme"]).label,
                "item": view.item_name(row["item"]),
                "questionnaire": _questionnaire(view, row["item"], row["option"], frequencies, summaries),
                "interviews": _interviews(view, theme_codings),
                "link": _link(view, row, uncorrected.get((row["theme"], row["item"], row["option"]), "")),
                "p": view.number(row["p"]),
                "q": view.number(row["q"]),
                "reading": row["reading"],
                "why": row["why"],
                "rules_reading": row["rules_reading"],
                "leads": leads(view, row["effect"] if row["read"] else math.nan),
            },
        )
        table.count(key, "mentioned", theme_codings)
        quoted = quote_link(view, row, theme_codings)
        table.add(key, {"quotations": view.quote(quoted)})
        table.quote(key, "quotations", quoted)
        for column, codings in by_verdict(view, row).items():
            table.count(key, column, codings)
    return table.done(_lead(view, readings), version=VERSION, rules=rules_in_force(view.study.settings.reading))


def _lead(view: View, readings: pd.DataFrame) -> Phrase | str:
    """How many links people read, and which of those the rules read anew."""
    if readings.empty:
        return Phrase("joint_display.no_links")
    by_people = int((readings["by"] != "").sum())
    outdated = tuple(
        phrase("finding.link.named", theme=view.theme(row["theme"]).label, item=row["item"])
        for row in records(readings[readings["outdated"]])
    )
    if outdated:
        return phrase("joint_display.outdated", n=by_people, links=outdated)
    return phrase("joint_display.by_people", n=by_people) if by_people else ""


def _questionnaire(
    view: View, code: str, option: str, frequencies: pd.DataFrame, summaries: pd.DataFrame
) -> Phrase | None:
    """What the questionnaire says: mean and median, or the most frequent options, or how many answered freely."""
    summary = summaries[summaries["item"] == code]
    counts = frequencies[frequencies["item"] == code]
    # A scale whose order nobody knows still has answers to count.
    if len(summary) and (counts.empty or not summary["reason"].iloc[0]):
        row = records(summary)[0]
        if row["reason"]:
            return not_computable(row["reason"])
        numbers = {name: row[name] for name in ("median", "q1", "q3", "n")}
        if math.isnan(row["mean"]):
            return Phrase("joint.median", numbers)
        return Phrase("joint.mean", {"mean": row["mean"], **numbers})
    if option:
        counts = counts[counts["option"] == option]
    if counts.empty:  # free text, a date, an item that the questionnaire lacks
        free = view.answered.loc[view.answered["item"] == code, "respondent"].nunique()
        if not free:
            return not_computable("no answers")
        return Phrase("joint.dates" if view.item(code).type == "date" else "joint.free", {"n": free})
    n = int(counts["n"].max())
    if not n:
        return not_computable("no answers")
    given = counts if option else counts[counts["count"] > 0]
    top = given.sort_values("count", ascending=False, kind="stable").head(3)
    options = (
        phrase("joint.option", option=view.option(code, row["option"]), n=int(row["count"])) for row in records(top)
    )
    return phrase("joint.options", options=tuple(options), n=n)


def _interviews(view: View, codings: pd.DataFrame) -> Phrase:
    """How many respondents mention the theme, and in which stances that people gave, the most frequent first."""
    counts = codings[codings["told"]].groupby("stance")["respondent"].nunique()
    by_stance = counts.reindex([stance for stance in _STANCE_ORDER if stance in counts.index])
    by_stance = by_stance.sort_values(ascending=False, kind="stable")
    stances = tuple(
        phrase("joint.stance", stance=Phrase(f"stance.{stance}"), n=int(count)) for stance, count in by_stance.items()
    )
    mentioned = {"mentioned": codings["respondent"].nunique(), "people": len(view.people)}
    if not stances:
        return Phrase("joint.mentioned", mentioned)
    return Phrase("joint.mentioned_by_stance", {**mentioned, "stances": stances})


def _link(view: View, row: dict[str, Any], uncorrected: str) -> Phrase | None:
    """The effect that stands for the link with its interval and test, or why there is none.

    A corrected one stands before that of the codings as they are counted; `uncorrected`: why it could not be had.
    """
    if row["reason"]:
        return not_computable(row["reason"])
    if not row["effect_name"]:
        return None
    numbers = {name: row[name] for name in ("effect", "low", "high", "p", "q", "n")}
    beside = {"effect_name": Phrase(f"effect.{row['effect_name']}"), "reversed": _reversed(view, row["item"])}
    if not row["read"]:
        effect = phrase("joint.effect", **beside, **numbers)
        return phrase("joint.uncorrected", effect=effect, reason=reason_phrase(uncorrected)) if uncorrected else effect
    plain = _plain(row)
    return phrase("joint.corrected", **beside, **numbers, read=row["read"], plain=plain)


def _plain(row: dict[str, Any]) -> Phrase | str:
    """The effect of the codings as they are counted, beside a corrected one; a dash where there is none."""
    if not row["plain_effect_name"] or math.isnan(row["plain_effect"]):
        return "–"
    numbers = {name: row[f"plain_{name}"] for name in ("effect", "low", "high", "p", "q")}
    effect_name = Phrase(f"effect.{row['plain_effect_name']}")
    return phrase("joint.effect", effect_name=effect_name, **numbers, n=row["n"], reversed=None)


def _reversed(view: View, code: str) -> Phrase | None:
    """That the effect of a reversed item, whose answers are taken as printed, counts the other way round."""
    item = view.item(code)
    if not item.reverse or item.type not in ("likert", "number", "yesno"):
        return None
    return Phrase("joint.reversed_low" if item.expected == "-" else "joint.reversed_high")
