"""Answers by class of respondent, and what is said against what is ticked. Room outputs; no statistics."""

import re

import pandas as pd

from nlp.measures.item_tests import item_group_tests
from nlp.measures.said_and_ticked import said_and_ticked
from outputs.tables.collector import Collector
from outputs.tables.effects import EFFECTS, effect_cells
from outputs.tables.glossary import columns
from outputs.tables.table import Table, records
from outputs.tables.view import View


def answers_by_class(view: View, variable: str, groups: pd.Series) -> Table:
    """One row an item or option: does the answer depend on the class? `groups` are the labels of all respondents."""
    heads = columns(f"item item_text option n no_answer unknown test larger {EFFECTS} p q family")
    table = Collector(answers_by_class_key(variable), heads, words="domande_per")
    with_group = set(groups.index[groups != ""])
    for row in records(item_group_tests(view.study.answers, view.study.items, groups, view.seed)):
        key = f"{row['item']}|{row['option']}"
        table.add(
            key,
            {
                "item": row["item"],
                "item_text": view.item(row["item"]).text,
                "option": view.option(row["item"], row["option"]),
                **{name: row[name] for name in ("no_answer", "unknown", "larger", "family")},
                "q": view.number(row["q"]),
                **effect_cells(row),
            },
        )
        answers = view.answered[(view.answered["item"] == row["item"]) & (view.answered["option"] == row["option"])]
        table.count_people(key, "n", set(answers["respondent"]) & with_group)
    return table.done(variable=variable)


def answers_by_class_key(variable: str) -> str:
    """The key of the table of answers by `variable`."""
    return "domande_" + re.sub(r"\W+", "_", variable)


def said_against_ticked(view: View) -> Table:
    """One row a theme and the option that names it: who says it, who ticks it, who does both."""
    keys = "theme item option n no_answer said ticked both only_said only_ticked difference low high p q family"
    table = Collector("detto_scelto", columns(keys))
    study = view.study
    for row in records(said_and_ticked(view.mentions, study.answers, study.themes, study.items)):
        key = f"{row['theme']}|{row['item']}"
        table.add(
            key,
            {
                "theme": view.theme(row["theme"]).label,
                "item": view.item_name(row["item"]),
                "option": view.option(row["item"], row["option"]),
                "no_answer": row["no_answer"],
                "difference": view.number(row["difference"], row["reason"]),
                **{name: view.number(row[name]) for name in ("low", "high", "p", "q", "family")},
            },
        )
        of_option = study.answers[(study.answers["item"] == row["item"]) & (study.answers["option"] == row["option"])]
        valid = of_option[(of_option["status"] == "answered") & of_option["respondent"].isin(view.people)]
        asked = set(valid["respondent"])
        ticking = set(valid.loc[valid["number"] == 1, "respondent"])
        theme_codings = view.said_of(row["theme"])
        saying = set(theme_codings["respondent"]) & asked
        for column, who in (("said", saying), ("both", saying & ticking), ("only_said", saying - ticking)):
            table.count(key, column, theme_codings[theme_codings["respondent"].isin(who)])
        for column, who in (("n", asked), ("ticked", ticking), ("only_ticked", ticking - saying)):
            table.count_people(key, column, who)
    return table.done()
