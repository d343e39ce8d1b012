"""Answers by class of respondent, and what is said against what is ticked. Room outputs; no statistics."""

import re

import pandas as pd

from nlp.measures.item_tests import item_group_tests
from nlp.measures.said_and_ticked import said_and_ticked
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


def answers_by_class(view: View, variable: str, groups: pd.Series) -> Table:
    """One row an item or option: does the answer depend on the class? `groups` are the labels of all respondents."""
    heads = columns(f"item item_text option n no_answer unknown test larger {EFFECTS} p q family", view.language)
    rows: dict[str, dict[str, Value]] = {}
    people = []
    with_group = set(groups.index[groups != ""])
    for row in records(item_group_tests(view.study.answers, view.study.items, groups, view.seed)):
        key = f"{row['item']}|{row['option']}"
        rows[key] = {
            "item": row["item"],
            "item_text": view.item(row["item"]).text,
            "option": view.option(row["item"], row["option"]),
            **{name: row[name] for name in ("n", "no_answer", "unknown", "larger", "family")},
            "q": view.number(row["q"]),
            **effect_cells(row),
        }
        mine = view.answered[(view.answered["item"] == row["item"]) & (view.answered["option"] == row["option"])]
        people.append(answer_trail(key, "n", set(mine["respondent"]) & with_group))
    note = view.say(
        "Sì/no e opzioni: Fisher esatto con due classi, Fisher-Freeman-Halton con più (esatto, o Monte Carlo con seme "
        "dove le tabelle sono troppe; V di Cramér corretta, Bergsma 2013). Scale e numeri: Mann-Whitney di "
        "permutazione e delta di Cliff con due classi, Kruskal-Wallis di permutazione ed epsilon quadro con più "
        "(intervallo dal chi quadrato non centrale, Steiger e Fouladi 1997). q: Benjamini-Hochberg 1995 fra tutti i "
        "test della tabella. Le frequenze per classe sono in Risposte al questionario.",
        "Yes/no and options: Fisher exact for two classes, Fisher-Freeman-Halton for more (exact, or seeded Monte "
        "Carlo where the tables are too many; bias-corrected Cramér's V, Bergsma 2013). Scales and numbers: "
        "permutation Mann-Whitney and Cliff's delta for two classes, permutation Kruskal-Wallis and epsilon squared "
        "for more (interval from the noncentral chi-square, Steiger & Fouladi 1997). q: Benjamini-Hochberg 1995 over "
        "all tests of the table. Frequencies by class are in Answers.",
    )
    title = view.say(f"Risposte per {variable}", f"Answers by {variable}")
    key = "domande_" + re.sub(r"\W+", "_", variable)
    return Table(key, title, note, heads, make_frame(heads, rows), people=join_trails(people, PEOPLE_COLUMNS))


def said_against_ticked(view: View) -> Table:
    """One row a theme and the option that names it: who says it, who ticks it, who does both."""
    heads = columns(
        "theme item option n no_answer said ticked both only_said only_ticked difference low high p q family",
        view.language,
    )
    rows: dict[str, dict[str, Value]] = {}
    trails, people = [], []
    study = view.study
    for row in records(said_and_ticked(view.mentions, study.answers, study.themes, study.items)):
        key, mine = f"{row['theme']}|{row['item']}", view.said_of(row["theme"])
        own = study.answers[(study.answers["item"] == row["item"]) & (study.answers["option"] == row["option"])]
        valid = own[(own["status"] == "answered") & own["respondent"].isin(view.people)]
        ticked, asked = set(valid.loc[valid["number"] == 1, "respondent"]), set(valid["respondent"])
        saying = set(mine["respondent"]) & asked
        rows[key] = {
            "theme": view.theme(row["theme"]).label,
            "item": f"{row['item']}. {view.item(row['item']).text}",
            "option": view.option(row["item"], row["option"]),
            **{name: row[name] for name in ("n", "no_answer", "said", "ticked", "both", "only_said", "only_ticked")},
            "difference": view.number(row["difference"], row["reason"]),
            **{name: view.number(row[name]) for name in ("low", "high", "p", "q", "family")},
        }
        for name, who in (("said", saying), ("both", saying & ticked), ("only_said", saying - ticked)):
            trails.append(trail(key, name, mine[mine["respondent"].isin(who)]))
        for name, who in (("n", asked), ("ticked", ticked), ("only_ticked", ticked - saying)):
            people.append(answer_trail(key, name, who))
    note = view.say(
        "Solo dove un'opzione ha il nome del tema: la stessa cosa detta e scelta, dagli stessi rispondenti. "
        "Differenza: quota di chi lo dice meno quota di chi lo sceglie, intervallo di Newcombe 1998 per dati "
        "appaiati (metodo 10); p: McNemar esatto; q: Benjamini-Hochberg 1995 fra le righe della tabella. Nessuno "
        "dice per forza ciò che ha scelto: una differenza può venire da come l'intervista è stata condotta.",
        "Only where an option has the theme's name: the same thing said and ticked by the same respondents. "
        "Difference: share who say it less share who tick it, Newcombe's 1998 paired interval (method 10); p: exact "
        "McNemar; q: Benjamini-Hochberg 1995 over the rows. Nobody must say what they ticked: a difference may come "
        "from how the interview was led.",
    )
    title = view.say("Detto e scelto", "Said and ticked")
    frame = make_frame(heads, rows)
    return Table(
        "detto_scelto",
        title,
        note,
        heads,
        frame,
        join_trails(trails, CELL_COLUMNS),
        join_trails(people, PEOPLE_COLUMNS),
    )
