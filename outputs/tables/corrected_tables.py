"""Corrected figures beside the plain ones: by theme, variable, answer. Room outputs; computes no statistics."""

import math
import re
from typing import Any

import numpy as np
import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.corrected_themes import group_estimates, link_estimates
from nlp.measures.linking import declared_links
from nlp.measures.reasons import reason_phrase
from outputs.tables.collector import Collector
from outputs.tables.glossary import column, columns
from outputs.tables.leading import leading, leads
from outputs.tables.link_tables import link_cells
from outputs.tables.table import Table, Value, records
from outputs.tables.view import View

KEY = "cifre_corrette"
STANCES = "posizioni_corrette"
LINKS = "cifre_corrette_domande"
_FIGURES = "corrected corrected_low corrected_high plain read_alone read segments"


def corrected_figures(view: View) -> Table:
    """One row a theme and figure: its share of segments, words, respondents, corrected by what people read."""
    table = Collector(KEY, columns(f"theme figure leads {_FIGURES}"))
    if leading(view) == "corrected":
        for row in records(view.theme_estimates):
            if row["figure"] != "stance":
                _add_theme(table, view, row)
    return table.done(_lead(view))


def corrected_stances(view: View) -> Table:
    """One row a theme: the mean stance, from -1 to 1, corrected by what people read."""
    heads = [column("theme"), column("leads")]
    for name in _FIGURES.split():
        counted = name in ("read", "segments")
        heads.append(column(name) if counted else column(f"stance_{name}", name=name))
    table = Collector(STANCES, heads)
    if leading(view) == "corrected":
        for row in records(view.theme_estimates):
            if row["figure"] == "stance":
                _add_theme(table, view, row)
    return table.done(_lead(view))


def corrected_by_variable(view: View, variable: str, groups: pd.Series) -> Table:
    """One row a theme and class, then the difference of the classes with its test."""
    heads = columns(f"theme group {_FIGURES} p q family")
    table = Collector(corrected_key(variable), heads, words="cifre_corrette_per")
    by_respondent = view.sampled.segments.set_index("segment")["respondent"].map(groups.to_dict()).fillna("")
    rows = records(group_estimates(view.sampled, groups, view.seed)) if leading(view) == "corrected" else []
    for row in rows:
        theme = row["theme"]
        key = f"{theme}|{row['group']}"
        name = row["group"] or Phrase("cifre_corrette_per.difference")
        table.add(key, {"theme": view.theme(theme).label, "group": name, "family": row["family"]})
        table.add(key, corrected_cells(view, row) | _beside(view, row))
        table.add(key, {test: view.number(row[test]) for test in ("p", "q")})
        of_group = by_respondent[by_respondent == row["group"]] if row["group"] else by_respondent[by_respondent != ""]
        inside = set(of_group.index)
        _count(table, view, key, theme, inside)
    return table.done(_lead(view), variable=variable)


def estimates_frame(view: View) -> pd.DataFrame:
    """Every declared link corrected (corrected_themes.link_estimates); no rows where no sample was read."""
    study = view.study
    links = declared_links(study.themes, study.items)
    chosen = links if leading(view) == "corrected" else links.iloc[:0]
    return link_estimates(view.sampled, view.mentions, study.answers, study.items, chosen, view.seed)


def corrected_links(view: View, estimates: pd.DataFrame) -> Table:
    """One row a theme and item or option: how the share of segments goes with the answer (`estimates_frame`)."""
    table = Collector(LINKS, columns(f"theme item item_text option effect_name {_FIGURES} p q family"))
    speakers = view.sampled.segments.set_index("segment")["respondent"]
    answers = view.answered.groupby(["item", "option"])["respondent"].agg(set).to_dict()
    for row in records(estimates):
        key = f"{row['theme']}|{row['item']}|{row['option']}"
        table.add(
            key,
            {
                **link_cells(view, row),
                "effect_name": row["effect_name"],
                "family": row["family"],
                **corrected_cells(view, row),
                **_beside(view, row),
                **{test: view.number(row[test]) for test in ("p", "q")},
            },
        )
        answering = answers.get((row["item"], row["option"]), set())
        _count(table, view, key, row["theme"], set(speakers.index[speakers.isin(answering)]))
    return table.done(_lead(view))


def corrected_key(variable: str) -> str:
    """The key of the table of corrected figures by `variable`."""
    return "cifre_corrette_" + re.sub(r"\W+", "_", variable)


def _add_theme(table: Collector, view: View, row: dict[str, Any]) -> None:
    key = f"{row['theme']}|{row['figure']}"
    width = row["high"] - row["low"] if table.key == KEY else math.nan  # a mean stance is no share
    names: dict[str, Value] = {"theme": view.theme(row["theme"]).label, "leads": leads(view, row["value"], width)}
    table.add(key, names | ({"figure": row["figure"]} if table.key == KEY else {}))
    table.add(key, corrected_cells(view, row) | _beside(view, row))
    _count(table, view, key, row["theme"], set(view.sampled.segments["segment"]))


def corrected_cells(view: View, row: dict[str, Any]) -> dict[str, Value]:
    """The figures of a row: why not, where there is none, and why a known figure has no interval."""
    no_interval = "" if pd.isna(row["value"]) else row["reason"]
    return {
        "corrected": view.number(row["value"], row["reason"]),
        "corrected_low": view.number(row["low"], no_interval),
        "corrected_high": view.number(row["high"], no_interval),
    }


def _beside(view: View, row: dict[str, Any]) -> dict[str, Value]:
    """What stands beside a corrected figure: that of the codings as they are counted, and that of what was read."""
    return {"plain": view.number(row["plain"]), "read_alone": view.number(row["people"])}


def _count(table: Collector, view: View, key: str, theme: str, inside: set[str]) -> None:
    """The segments that people read in the sample, and those that are coded: what the figures are made of."""
    table.count_segments(key, "read", [name for name in view.sampled.read_of(theme) if name in inside])
    coded = view.said_of(theme)
    table.count(key, "segments", coded[coded["segment"].isin(inside)])


def _lead(view: View) -> Phrase | str:
    """How much was read of what; why nothing is corrected."""
    sampled = view.sampled
    if sampled.all_read:
        return Phrase("cifre_corrette.all_read")
    if sampled.reason == "no sample":
        return Phrase("cifre_corrette.no_sample")
    if sampled.reason:
        return phrase("cifre_corrette.unusable", reason=reason_phrase(sampled.reason))
    read = sampled.segments[np.any(~np.isnan(sampled.people), axis=1)]
    facts = {"n": len(read), "of": len(sampled.segments), "people": read["respondent"].nunique()}
    return Phrase("cifre_corrette.read", {**facts, "all": sampled.segments["respondent"].nunique()})
