"""Themes by respondents, by stance and by class of respondent; one builder a table. Computes no statistics."""

import re

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.crosstabs import theme_by_group, theme_group_tests
from nlp.measures.groups import natural_order
from nlp.measures.prevalence import stance_counts, theme_prevalence
from nlp.measures.reasons import MIN_PERCENT_BASE
from outputs.tables.collector import Collector
from outputs.tables.corrected_tables import corrected_cells
from outputs.tables.effects import EFFECTS, effect_cells
from outputs.tables.glossary import column, columns
from outputs.tables.leading import leading
from outputs.tables.table import Column, Table, records
from outputs.tables.view import View

# Columns of Prevalence by the column that says why one of them is missing.
_SHARES = ("share", "share_low", "share_high")
_SEGMENT_INTERVAL = ("segment_low", "segment_high")
_WORDS_INTERVAL = ("words_low", "words_high")
_WITHOUT_REASON = ("segment_share", "words", "words_q1", "words_q3")


def prevalence(view: View) -> Table:
    """One row a theme: who mentions it, how much of what they say; first what leads, where it is corrected."""
    keys = "n mentioned share share_low share_high segments segment_share segment_low segment_high"
    keys += " words words_q1 words_q3 words_low words_high"
    table = Collector("temi", [*columns("theme theme_code"), *_leading_columns(view), *columns(keys)])
    if leading(view) == "corrected":
        _add_corrected(table, view)
    for row in records(theme_prevalence(view.mentions)):
        theme = str(row["theme"])
        table.add(theme, {"theme": view.theme(theme).label, "theme_code": theme})
        table.add(theme, {name: view.number(row[name], row["reason"]) for name in _SHARES})
        table.add(theme, {name: view.number(row[name], row["reason_segments"]) for name in _SEGMENT_INTERVAL})
        table.add(theme, {name: view.number(row[name], row["reason_words"]) for name in _WORDS_INTERVAL})
        table.add(theme, {name: view.number(row[name], "no answers") for name in _WITHOUT_REASON})
        table.count_people(theme, "n", view.people)
        table.count(theme, "mentioned", view.said_of(theme))
        table.count(theme, "segments", view.said_of(theme))
    return table.done(least=MIN_PERCENT_BASE)


def _leading_columns(view: View) -> list[Column]:
    if leading(view) != "corrected":
        return []
    label = phrase("temi.corrected", figure=Phrase(f"figure.{_corrected_figure(view)}"))
    return [column("corrected", label=label), *columns("corrected_low corrected_high")]


def _add_corrected(table: Collector, view: View) -> None:
    estimates = view.theme_estimates
    for row in records(estimates[estimates["figure"] == _corrected_figure(view)]):
        table.add(row["theme"], corrected_cells(view, row))


def _corrected_figure(view: View) -> str:
    """Respondents where they were drawn whole, else segments."""
    return "respondents" if view.sampled.whole else "segments"


def stances(view: View) -> Table:
    """One row a theme, three columns a stance: respondents, segments, and respondents of whom a person gave it."""
    counts = stance_counts(view.counted, [theme.code for theme in view.study.themes])
    codings = view.counted[["theme", "stance", "respondent", "segment", "coding", "told"]]
    by_stance = dict(list(codings.groupby(["theme", "stance"])))
    heads: list[Column] = [column("theme")]
    for stance in counts["stance"].unique():
        for unit in ("respondents", "segments"):
            heading = phrase(f"posizioni.{unit}", stance=Phrase(f"stance.{stance}"))
            heads.append(column(unit, name=f"{stance}/{unit}", label=heading))
        heads.append(
            column("told", name=f"{stance}/told", label=phrase("posizioni.told", stance=Phrase(f"stance.{stance}")))
        )
    table = Collector("posizioni", heads)
    for row in records(counts):
        theme = str(row["theme"])
        stance = str(row["stance"])
        table.add(theme, {"theme": view.theme(theme).label})
        of_stance = by_stance.get((theme, stance), codings.iloc[:0])
        for unit in ("respondents", "segments"):
            table.count(theme, f"{stance}/{unit}", of_stance)
        table.count(theme, f"{stance}/told", of_stance[of_stance["told"]])
    return table.done()


def by_class(view: View, variable: str, groups: pd.Series) -> Table:
    """One row a theme, one column a class: how many of the class mention it, with the test of the difference."""
    order = natural_order([label for label in groups.tolist() if label])
    heads: list[Column] = [column("theme")]
    for label in order:
        size = int((groups == label).sum())
        heads.append(column("mentioned", name=label, label=phrase("temi_per.class", label=label, n=size)))
        if size >= MIN_PERCENT_BASE:
            heads.append(column("share", name=f"{label}/share", label=phrase("temi_per.share", label=label)))
    heads += columns(f"n unknown test larger {EFFECTS} p q family")
    table = Collector(by_class_key(variable), heads, words="temi_per")
    codings = view.counted[["theme", "respondent", "segment", "coding"]]
    codings = codings.assign(group=codings["respondent"].map(groups.to_dict()))
    by_group = dict(list(codings.groupby(["theme", "group"])))
    for row in records(theme_by_group(view.mentions, groups)):
        theme = str(row["theme"])
        group = str(row["group"])
        table.add(theme, {"theme": view.theme(theme).label})
        table.count(theme, group, by_group.get((theme, group), codings.iloc[:0]))
        table.add(theme, {f"{group}/share": view.number(row["share"], row["reason"])})
    for row in records(theme_group_tests(view.mentions, groups, view.seed)):
        theme = str(row["theme"])
        table.add(theme, {"theme": view.theme(theme).label, "unknown": row["unknown"], "q": view.number(row["q"])})
        table.add(theme, {"family": row["family"], "larger": row["larger"], **effect_cells(row)})
        table.count_people(theme, "n", groups.index[groups != ""])
    return table.done(variable=variable, least=MIN_PERCENT_BASE)


def by_class_key(variable: str) -> str:
    """The key of the table of themes by `variable`."""
    return "temi_" + re.sub(r"\W+", "_", variable)
