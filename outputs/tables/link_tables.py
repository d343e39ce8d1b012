"""Themes against the questionnaire: every test, and the joint display. Room outputs; no statistics."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from nlp.items import item_frequencies, item_summaries
from nlp.joint import read_links
from nlp.linking import declared_links, link_themes, pair_answers
from nlp.reading import READING_NAMES, VERSION
from nlp.reasons import not_computable
from outputs.tables.effects import EFFECT_NAMES, EFFECTS, effect_cells
from outputs.tables.glossary import columns
from outputs.tables.stance_tables import by_verdict, quote_link
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


def linked_frame(view: View) -> pd.DataFrame:
    """The tests of every declared link (nlp.linking.link_themes)."""
    study = view.study
    return link_themes(view.mentions, study.answers, study.items, declared_links(study.themes, study.items), view.seed)


def theme_by_item(view: View, linked: pd.DataFrame) -> Table:
    """One row a test of a theme against an item or option."""
    keys = "theme item item_text option measure n mentioned ticked both typical_mentioned typical_others"
    heads = columns(f"{keys} {EFFECTS} tau p q family test dont_know no_reply not_shown", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails, people = [], []
    for row in records(linked):
        key = "|".join([row["theme"], row["item"], row["option"], row["measure"]])
        rows[key] = {
            "theme": view.theme(row["theme"]).label,
            "item": row["item"],
            "item_text": view.item(row["item"]).text,
            "option": view.option(row["item"], row["option"]),
            "measure": _measure(view, row["measure"]),
            **{name: view.number(row[name]) for name in ("tau", "q", "typical_mentioned", "typical_others")},
            **{name: _count(row[name]) for name in ("n", "mentioned", "ticked", "both", "family")},
            **{name: _count(row[name]) for name in ("dont_know", "no_reply", "not_shown")},
            **effect_cells(view, row),
        }
        if row["type"]:
            item = view.item(row["item"])
            paired = pair_answers(view.mentions, view.study.answers, row["theme"], item, row["option"])
            mine = view.said_of(row["theme"])
            inside, yes = (
                set(paired.loc[paired["mentioned"], "respondent"]),
                set(paired.loc[paired["yes"], "respondent"]),
            )
            trails.append(trail(key, "mentioned", mine[mine["respondent"].isin(inside)]))
            if not pd.isna(row["both"]):
                trails.append(trail(key, "both", mine[mine["respondent"].isin(inside & yes)]))
            if not pd.isna(row["ticked"]):
                people.append(answer_trail(key, "ticked", yes))
            people.append(answer_trail(key, "n", paired["respondent"]))
    note = view.say(
        "Legami dichiarati nel codebook; coppie complete, n in ogni riga. Sì/no e opzioni: Fisher esatto, odds ratio "
        "condizionale con intervallo esatto. Scale e numeri: Mann-Whitney di permutazione, delta di Cliff (intervallo "
        "di Newcombe 2006). Categorie: Fisher-Freeman-Halton, V di Cramér corretta. Quota di parole: con scale e "
        "numeri "
        "Spearman (intervallo bootstrap) e tau-b di Kendall, con sì/no e opzioni Mann-Whitney, con categorie "
        "Kruskal-Wallis ed epsilon quadro (intervallo dal chi quadrato non centrale). q: Benjamini-Hochberg 1995 fra "
        "i test dello stesso tema. Le "
        "risposte sono come stampate nel questionario, senza rovesciarle.",
        "Links declared in the codebook; complete pairs, n in each row. Yes/no and options: Fisher exact, conditional "
        "odds ratio with exact interval. Scales and numbers: permutation Mann-Whitney, Cliff's delta (interval of "
        "Newcombe 2006). Categories: Fisher-Freeman-Halton, bias-corrected Cramér's V. Share of words: with scales and "
        "numbers Spearman (bootstrap interval) and Kendall's tau-b, with yes/no and options Mann-Whitney, with "
        "categories Kruskal-Wallis and epsilon squared (noncentral chi-square interval). q: Benjamini-Hochberg 1995 "
        "over the tests of one theme. "
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


def joint_display(view: View, linked: pd.DataFrame) -> Table:
    """One row a declared link: questionnaire, interviews, effect, quotations, reading."""
    study = view.study
    keys = (
        "theme item questionnaire interviews mentioned agree contradict link reading why rules_reading quotations p q"
    )
    # p and q stand in the link's own words, and in columns of their own for whoever sorts by them.
    heads = tuple(
        replace(head, detail=head.key in ("rules_reading", "p", "q")) for head in columns(keys, view.language)
    )
    groups = pd.Series("", index=pd.Index(view.all_classes.index), dtype="str")
    frequencies = item_frequencies(study.answers, study.items, groups)
    summaries = item_summaries(study.answers, study.items, groups)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    rules, decisions = study.settings.reading, study.link_decisions
    for row in records(read_links(linked, view.mentions, study.themes, study.items, rules, decisions, view.agreement)):
        key, mine = f"{row['theme']}|{row['item']}", view.said_of(row["theme"])
        quoted, stances = quote_link(view, row, mine), by_verdict(view, row)
        rows[key] = {
            "theme": view.theme(row["theme"]).label,
            "item": f"{row['item']}. {view.item(row['item']).text}",
            "questionnaire": _questionnaire(view, row["item"], row["option"], frequencies, summaries),
            "interviews": _interviews(view, mine),
            "mentioned": mine["respondent"].nunique(),
            **{name: said["respondent"].nunique() for name, said in stances.items()},
            "link": _link(view, row),
            "p": view.number(row["p"]),
            "q": view.number(row["q"]),
            "quotations": view.quote(quoted),
            "reading": READING_NAMES[row["reading"]].say(view.language),
            "why": row[f"why_{view.language}"],
            "rules_reading": READING_NAMES[row["rules_reading"]].say(view.language),
        }
        trails += [trail(key, "mentioned", mine), trail(key, "quotations", quoted)]
        trails += [trail(key, name, said) for name, said in stances.items()]
    note = view.say(
        f"Lettura: regole scritte, versione {VERSION} (protocollo di triangolazione: Farmer et al. 2006; joint "
        "display: Fetters, Curry e Creswell 2013). Concordano e contraddicono: rispondenti la cui posizione "
        "nell'intervista "
        "concorda con la propria risposta o la contraddice, dove il codebook dice a quale posizione equivale la "
        "risposta "
        "(tabella «Posizioni dette e risposte date»). Una risposta multipla è letta sull'opzione che nomina il tema, "
        "con "
        "direzione attesa positiva. Una persona può leggere altrimenti, con un motivo (collegamenti.csv): sono scritte "
        "tutte e due le letture. Citazioni: evidenza più forte, rispondenti diversi, posizioni diverse.",
        f"Reading: written rules, version {VERSION} (triangulation protocol: Farmer et al. 2006; joint display: "
        "Fetters, Curry & Creswell 2013). A multiple response is read on the option that names the theme, expected to "
        "be positive. A person may read otherwise, with a reason (collegamenti.csv): both readings are shown. "
        "Quotations: strongest evidence, different respondents, different stances.",
    )
    title = view.say("Joint display: questionario e interviste", "Joint display: questionnaire and interviews")
    frame = make_frame(heads, rows)
    return Table("joint_display", title, note, heads, frame, join_trails(trails, CELL_COLUMNS))


def _questionnaire(view: View, code: str, option: str, frequencies: pd.DataFrame, summaries: pd.DataFrame) -> str:
    summary = summaries[summaries["item"] == code]
    if len(summary):
        row = records(summary)[0]
        if row["reason"]:
            return not_computable(row["reason"], view.language)
        mean = "" if math.isnan(row["mean"]) else view.say("media {:.1f}, ", "mean {:.1f}, ").format(row["mean"])
        text = view.say("mediana {:g} ({:g}-{:g}), n = {}", "median {:g} ({:g}-{:g}), n = {}")
        said = mean + text.format(row["median"], row["q1"], row["q3"], row["n"])
        return said.replace(".", ",") if view.language == "it" else said
    counts = frequencies[frequencies["item"] == code]
    if option:
        counts = counts[counts["option"] == option]
    top = counts.sort_values("count", ascending=False, kind="stable").head(3)
    said = "; ".join(f"{view.option(code, row['option'])}: {row['count']}" for row in records(top) if row["count"])
    return f"{said} (n = {int(counts['n'].max())})" if said else view.say("nessuna risposta", "no answer")


def _interviews(view: View, mine: pd.DataFrame) -> str:
    by_stance = mine.groupby("stance")["respondent"].nunique().sort_values(ascending=False, kind="stable")
    stances = ", ".join(f"{stance} {count}" for stance, count in by_stance.items())
    said = view.say("{} su {} rispondenti", "{} of {} respondents")
    return said.format(mine["respondent"].nunique(), len(view.people)) + (f" ({stances})" if stances else "")


def _link(view: View, row: dict[str, Any]) -> str:
    if row["reason"]:
        return not_computable(row["reason"], view.language)
    if not row["effect_name"]:
        return ""
    name = EFFECT_NAMES[row["effect_name"]].say(view.language)
    interval = f"{row['effect']:.2f} [{row['low']:.2f}; {row['high']:.2f}]".replace("inf", "∞")
    said = f"{name} {interval}, p = {row['p']:.3f}, q = {row['q']:.3f}, n = {row['n']}"
    return said.replace(".", ",") if view.language == "it" else said


def _measure(view: View, measure: str) -> str:
    if measure == "quota":
        return view.say("quota di parole", "share of words")
    return view.say("ne parla", "mentions it")


def _count(value: Any) -> Value:
    return None if pd.isna(value) else int(value)
