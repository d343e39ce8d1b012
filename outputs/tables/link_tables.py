"""Themes against the questionnaire: every test of every link. Room outputs; no statistics."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from nlp.measures.items import MISSING
from nlp.measures.linking import declared_links, link_themes, pair_answers
from outputs.tables.collector import Collector
from outputs.tables.effects import EFFECTS, effect_cells
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, records
from outputs.tables.view import View

_DECIMALS = ("tau", "tau_low", "tau_high", "q", "typical_mentioned", "typical_others")
_COUNTS = ("n", "mentioned", "ticked", "both", "family", *MISSING)


def linked_frame(view: View) -> pd.DataFrame:
    """The tests of every declared link (nlp.measures.linking.link_themes)."""
    study = view.study
    return link_themes(view.mentions, study.answers, study.items, declared_links(study.themes, study.items), view.seed)


def theme_by_item(view: View, linked: pd.DataFrame) -> Table:
    """One row a test of a theme against an item or option."""
    keys = f"theme item item_text option measure n mentioned ticked both typical_mentioned typical_others {EFFECTS}"
    table = Collector("temi_domande", columns(f"{keys} tau tau_low tau_high p q family test {' '.join(MISSING)}"))
    # Each link has two tests of the same pairs.
    pair = cache(
        lambda theme, item, option: pair_answers(view.mentions, view.study.answers, theme, view.item(item), option)
    )
    for row in records(linked):
        key = "|".join([row["theme"], row["item"], row["option"], row["measure"]])
        table.add(
            key,
            {
                **link_cells(view, row),
                "measure": row["measure"],
                **{name: view.number(row[name]) for name in _DECIMALS},
                **{name: _whole(row[name]) for name in _COUNTS},
                **effect_cells(row),
            },
        )
        if row["type"]:
            paired = pair(row["theme"], row["item"], row["option"])
            _trace_pairs(table, key, row, paired, view.said_of(row["theme"]))
    return table.done()


def link_cells(view: View, row: Mapping[str, Any]) -> dict[str, Value]:
    """The cells theme, item, item_text and option of a row with the codes of a link."""
    return {
        "theme": view.theme(row["theme"]).label,
        "item": row["item"],
        "item_text": view.item(row["item"]).text,
        "option": view.option(row["item"], row["option"]),
    }


def _trace_pairs(
    table: Collector, key: str, row: dict[str, Any], paired: pd.DataFrame, theme_codings: pd.DataFrame
) -> None:
    """Who is behind the counts of one test, `row`; what the test does not count has nobody behind it."""
    mentioning = set(paired.loc[paired["mentioned"], "respondent"])
    yes = set(paired.loc[paired["yes"], "respondent"])
    table.quote(key, "mentioned", theme_codings[theme_codings["respondent"].isin(mentioning)])
    if not pd.isna(row["both"]):
        table.quote(key, "both", theme_codings[theme_codings["respondent"].isin(mentioning & yes)])
    if not pd.isna(row["ticked"]):
        table.name_people(key, "ticked", yes)
    table.name_people(key, "n", paired["respondent"])


def _whole(value: Any) -> Value:
    return None if pd.isna(value) else int(value)
