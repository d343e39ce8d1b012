"""Themes against the questionnaire: every test of every link. Room outputs; no statistics."""

from typing import Any

import pandas as pd

from nlp.measures.items import MISSING
from nlp.measures.linking import declared_links, link_themes, pair_answers
from outputs.tables.effects import EFFECTS, effect_cells
from outputs.tables.glossary import columns
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Table,
    Value,
    answer_trail,
    join_trails,
    make_frame,
    records,
    trail,
)
from outputs.tables.view import View

DECIMALS = ("tau", "tau_low", "tau_high", "q", "typical_mentioned", "typical_others")


def linked_frame(view: View) -> pd.DataFrame:
    """The tests of every declared link (nlp.measures.linking.link_themes)."""
    study = view.study
    return link_themes(view.mentions, study.answers, study.items, declared_links(study.themes, study.items), view.seed)


def theme_by_item(view: View, linked: pd.DataFrame) -> Table:
    """One row a test of a theme against an item or option."""
    keys = "theme item item_text option measure n mentioned ticked both typical_mentioned typical_others"
    heads = columns(f"{keys} {EFFECTS} tau tau_low tau_high p q family test {' '.join(MISSING)}", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails, people = [], []
    pairs: dict[tuple[str, str, str], pd.DataFrame] = {}
    for row in records(linked):
        key = "|".join([row["theme"], row["item"], row["option"], row["measure"]])
        rows[key] = {
            "theme": view.theme(row["theme"]).label,
            "item": row["item"],
            "item_text": view.item(row["item"]).text,
            "option": view.option(row["item"], row["option"]),
            "measure": _measure(view, row["measure"]),
            **{name: view.number(row[name]) for name in DECIMALS},
            **{name: _count(row[name]) for name in ("n", "mentioned", "ticked", "both", "family")},
            **{name: _count(row[name]) for name in MISSING},
            **effect_cells(row),
        }
        if row["type"]:
            item = view.item(row["item"])
            place, mine = (row["theme"], row["item"], row["option"]), view.said_of(row["theme"])
            if place not in pairs:
                pairs[place] = pair_answers(view.mentions, view.study.answers, row["theme"], item, row["option"])
            paired = pairs[place]
            inside, yes = (set(paired.loc[paired[side], "respondent"]) for side in ("mentioned", "yes"))
            trails.append(trail(key, "mentioned", mine[mine["respondent"].isin(inside)]))
            if not pd.isna(row["both"]):
                trails.append(trail(key, "both", mine[mine["respondent"].isin(inside & yes)]))
            if not pd.isna(row["ticked"]):
                people.append(answer_trail(key, "ticked", yes))
            people.append(answer_trail(key, "n", paired["respondent"]))
    note = view.say(
        "Legami dichiarati nel codebook; coppie complete, n in ogni riga. Sì/no e opzioni: Fisher esatto, odds ratio "
        "condizionale con intervallo esatto. Scale e numeri: Mann-Whitney di permutazione, delta di Cliff "
        "(intervallo di Newcombe 2006). Categorie: Fisher-Freeman-Halton, V di Cramér corretta. Quota di parole: con "
        "scale e numeri Spearman e tau-b di Kendall (intervalli jackknife), con sì/no e opzioni "
        "Mann-Whitney, con categorie Kruskal-Wallis ed epsilon quadro (intervallo dal chi quadrato non centrale). q: "
        "Benjamini-Hochberg 1995 fra i test dello stesso tema. Segno: delta e rho sopra 0 e odds ratio sopra 1 dicono "
        "che chi ne parla risponde più in alto o di sì, o che chi risponde di sì ne parla di più. Le risposte "
        "sono come stampate nel questionario, "
        "senza rovesciarle.",
        "Links declared in the codebook; complete pairs, n in each row. Yes/no and options: Fisher exact, conditional "
        "odds ratio with exact interval. Scales and numbers: permutation Mann-Whitney, Cliff's delta (interval of "
        "Newcombe 2006). Categories: Fisher-Freeman-Halton, bias-corrected Cramér's V. Share of words: with scales and "
        "numbers Spearman and Kendall's tau-b (jackknife intervals), with yes/no and options "
        "Mann-Whitney, with categories Kruskal-Wallis and epsilon squared (noncentral chi-square interval). q: "
        "Benjamini-Hochberg 1995 over the tests of one theme. Sign: delta and rho above 0 and an odds ratio above 1 "
        "say that whoever mentions it answers higher or yes, or that whoever says yes speaks of it more. "
        "Answers as printed in the questionnaire, not reversed.",
    )
    return Table(
        "temi_domande",
        view.say("Temi e domande del questionario", "Themes and questionnaire items"),
        note,
        heads,
        make_frame(heads, rows),
        join_trails(trails, CELL_COLUMNS),
        join_trails(people, PEOPLE_COLUMNS),
    )


def _measure(view: View, measure: str) -> str:
    if measure == "share":
        return view.say("quota di parole", "share of words")
    return view.say("ne parla", "mentions it")


def _count(value: Any) -> Value:
    return None if pd.isna(value) else int(value)
