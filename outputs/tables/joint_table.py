"""The joint display: each declared link with what both strands say, quotations and a reading. Room outputs."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from corpus.codings.link_decisions import READING_NAMES
from corpus.words.stances import stance_word
from nlp.measures.items import OVERALL
from nlp.measures.joint_rows import read_links
from nlp.measures.joint_rules import VERSION, rules_in_words
from nlp.measures.reasons import not_computable
from outputs.numbers import format_value
from outputs.tables.glossary import columns
from outputs.tables.stance_tables import by_verdict, quote_link
from outputs.tables.table import CELL_COLUMNS, Table, Value, join_trails, make_frame, records, trail
from outputs.tables.view import View
from outputs.words.sentences import say, word

KEY = "joint_display"
_STANCE_ORDER = ("problem", "neutral", "proposal", "advantage")  # of stances that as many respondents take


def readings_frame(view: View, linked: pd.DataFrame) -> pd.DataFrame:
    """How every declared link is read (joint_rows.read_links); `linked` is from link_tables.linked_frame."""
    study = view.study
    rules, decisions = study.settings.reading, study.link_decisions
    return read_links(linked, view.mentions, study.themes, study.items, rules, decisions, view.agreement)


def joint_display(view: View, readings: pd.DataFrame) -> Table:
    """One row a declared link: questionnaire, interviews, effect, quotations, reading."""
    study = view.study
    keys = (
        "theme item questionnaire interviews mentioned agree contradict link reading why rules_reading quotations p q"
    )
    # p and q stand in the link's own words, and in columns of their own for whoever sorts by them.
    heads = tuple(
        replace(head, detail=head.key in ("rules_reading", "p", "q")) for head in columns(keys, view.language)
    )
    frequencies, summaries = (part[part["group"] == OVERALL] for part in (view.frequencies, view.summaries))
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(readings):
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
    words = rules_in_words(study.settings.reading)
    note = view.say(
        f"Lettura: vale la prima regola che si applica (regole scritte, versione {VERSION}). {words.it} Protocollo di "
        "triangolazione: Farmer et al. 2006; joint display: Fetters, Curry e Creswell 2013. Accordo e contrasto: chi "
        "nell'intervista prende una posizione che concorda con la propria risposta o la contraddice (tabella "
        "«Posizioni dette e risposte date»). Una risposta multipla è letta sull'opzione che nomina il tema, con "
        "direzione attesa positiva. Una persona può leggere altrimenti, con un motivo (collegamenti.csv): sono "
        "scritte tutte e due le letture. Citazioni: evidenza più forte, rispondenti diversi, posizioni diverse; in "
        "una divergenza per posizione prima due di chi contraddice la propria risposta.",
        f"Reading: the first rule that holds (written rules, version {VERSION}). {words.en} Triangulation protocol: "
        "Farmer et al. 2006; joint display: Fetters, Curry & Creswell 2013. Agree and contradict: whoever takes a "
        "stance in the interview that agrees with their own answer or contradicts it (table «Stances said and "
        "answers given»). A multiple response is read on the option that names the theme, expected to be positive. A "
        "person may read otherwise, with a reason (collegamenti.csv): both readings are shown. Quotations: strongest "
        "evidence, different respondents, different stances; in a divergence by stance first two of those who "
        "contradict their answer.",
    )
    title = view.say("Joint display: questionario e interviste", "Joint display: questionnaire and interviews")
    frame = make_frame(heads, rows)
    return Table(KEY, title, note, heads, frame, join_trails(trails, CELL_COLUMNS), lead=_lead(view, readings))


def _lead(view: View, readings: pd.DataFrame) -> str:
    """How many links people read, and which of those the rules read anew."""
    if readings.empty:
        return view.say(
            "Nessun legame fra temi e domande: si dichiarano nella colonna `questionnaire_items` del codebook o si "
            "accettano in collegamenti.csv.",
            "No link of themes and items: declare them in the column `questionnaire_items` of the codebook or accept "
            "them in collegamenti.csv.",
        )
    human, outdated = readings[readings["by"] != ""], readings[readings["outdated"]]
    if human.empty:
        return ""
    said = view.say(f"Legami letti da una persona: {len(human)}.", f"Links read by a person: {len(human)}.")
    if outdated.empty:
        return said
    names = ", ".join(f"{view.theme(row['theme']).label} – {row['item']}" for row in records(outdated))
    return said + view.say(
        f" Da rivedere, perché le regole ora leggono altrimenti: {names}.",
        f" To be looked at again, since the rules now read otherwise: {names}.",
    )


def _questionnaire(view: View, code: str, option: str, frequencies: pd.DataFrame, summaries: pd.DataFrame) -> str:
    summary = summaries[summaries["item"] == code]
    counts = frequencies[frequencies["item"] == code]
    # A scale whose order nobody knows still has answers to count.
    if len(summary) and (counts.empty or not summary["reason"].iloc[0]):
        row = records(summary)[0]
        if row["reason"]:
            return say(not_computable(row["reason"]), view.language)
        mean = "" if math.isnan(row["mean"]) else view.say("media {:.1f}, ", "mean {:.1f}, ").format(row["mean"])
        text = view.say("mediana {:g} ({:g}-{:g}), n = {}", "median {:g} ({:g}-{:g}), n = {}")
        said = mean + text.format(row["median"], row["q1"], row["q3"], row["n"])
        return said.replace(".", ",") if view.language == "it" else said
    if option:
        counts = counts[counts["option"] == option]
    if counts.empty:  # free text, a date, an item that the questionnaire lacks
        free = view.answered.loc[view.answered["item"] == code, "respondent"].nunique()
        dated = view.item(code).type == "date"
        said = view.say("date", "dates") if dated else view.say("risposta libera", "free answer")
        said += f" (n = {free})"
        return said if free else say(not_computable("no answers"), view.language)
    n = int(counts["n"].max())
    if not n:
        return say(not_computable("no answers"), view.language)
    given = counts if option else counts[counts["count"] > 0]
    top = given.sort_values("count", ascending=False, kind="stable").head(3)
    said = "; ".join(f"{view.option(code, row['option'])}: {row['count']}" for row in records(top))
    return f"{said} (n = {n})"


def _interviews(view: View, mine: pd.DataFrame) -> str:
    counts = mine.groupby("stance")["respondent"].nunique()
    by_stance = counts.reindex([stance for stance in _STANCE_ORDER if stance in counts.index])
    by_stance = by_stance.sort_values(ascending=False, kind="stable")
    stances = ", ".join(f"{stance_word(str(stance), view.language)} {count}" for stance, count in by_stance.items())
    said = view.say("{} su {} rispondenti", "{} of {} respondents")
    return said.format(mine["respondent"].nunique(), len(view.people)) + (f" ({stances})" if stances else "")


def _link(view: View, row: dict[str, Any]) -> str:
    if row["reason"]:
        return say(not_computable(row["reason"]), view.language)
    if not row["effect_name"]:
        return ""
    name = word("effect", row["effect_name"], view.language)
    interval = f"{row['effect']:.2f} [{row['low']:.2f}; {row['high']:.2f}]".replace("inf", "∞")
    interval = interval.replace(".", ",") if view.language == "it" else interval
    p, q = (_probability(row[key], view) for key in ("p", "q"))
    said = f"{name} {interval}, p {p}, q {q}, n = {row['n']}"
    return said + _reversed(view, row["item"])


def _reversed(view: View, code: str) -> str:
    """That the effect of a reversed item, whose answers are taken as printed, counts the other way round."""
    item = view.item(code)
    if not item.reverse or item.type not in ("likert", "number", "yesno"):
        return ""
    it, en = ("più in basso o no", "lower or no") if item.expected == "-" else ("più in alto o sì", "higher or yes")
    return view.say(
        f"; domanda rovesciata: chi ne parla dovrebbe rispondere {it}",
        f"; reversed item: who mentions it should answer {en}",
    )


def _probability(value: float, view: View) -> str:
    text = format_value(value, "p", view.language)
    return text.replace("<", "< ") if text.startswith("<") else f"= {text}"
