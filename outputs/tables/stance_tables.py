"""Whose stance in the interview agrees with, or contradicts, their own answer: case by case. Room outputs."""

from typing import Any

import pandas as pd

from corpus.questionnaire.answer_stances import ANSWER_STANCE_NAMES
from corpus.words.language import Bilingual
from corpus.words.stances import stance_word
from nlp.measures.stance_agreement import AGREES, CONTRADICTS, MIXED, stances_behind
from nlp.measures.typical_quotations import by_evidence, choose_contrary, choose_quotations
from outputs.tables.answer_words import answers_in_words
from outputs.tables.glossary import columns
from outputs.tables.table import (
    CELL_COLUMNS,
    Table,
    Trail,
    Value,
    join_trails,
    make_frame,
    records,
)
from outputs.tables.view import View

VERDICTS = {
    CONTRADICTS: Bilingual("contraddice", "contradicts"),
    AGREES: Bilingual("concorda", "agrees"),
    MIXED: Bilingual("misto", "mixed"),
}
_STANCES = {"advantages": "advantage", "problems": "problem", "proposals": "proposal"}


def stances_and_answers(view: View) -> Table:
    """One row a respondent with a stance and an answer to compare, link by link; who contradicts comes first."""
    keys = "theme item item_text respondent answer answer_stance verdict advantages problems proposals"
    heads = columns(f"{keys} by_people quotations", view.language)
    given = answers_in_words(view.study, view.language)
    positions = _positions(view)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    links = view.agreement.assign(place=view.agreement.groupby(["theme", "item"], sort=False).ngroup())
    ranked = links.assign(rank=links["verdict"].map(list(VERDICTS).index)).sort_values(["place", "rank", "respondent"])
    for case in records(ranked):
        key = f"{case['theme']}|{case['item']}|{case['respondent']}"
        mine = positions[case["theme"], case["respondent"]]
        quoted = next(said for said in mine if said["stance"] in _taken(case))
        word = stance_word(quoted["stance"], view.language)
        rows[key] = {
            "theme": view.theme(case["theme"]).label,
            "item": case["item"],
            "item_text": view.item(case["item"]).text,
            "respondent": case["respondent"],
            "answer": given[case["respondent"], case["item"]],
            "answer_stance": ", ".join(
                name.say(view.language) for kind, name in ANSWER_STANCE_NAMES.items() if kind in _parts(case)
            ),
            "verdict": VERDICTS[case["verdict"]].say(view.language),
            **{name: case[name] for name in (*_STANCES, "by_people")},
            "quotations": f"«{view.texts[quoted['segment']]}» ({case['respondent']}, {word})",
        }
        trails += [
            _trail(key, name, [said for said in mine if said["stance"] == stance]) for name, stance in _STANCES.items()
        ]
        trails.append(_trail(key, "by_people", [said for said in mine if said["how"] == "human"]))
        trails.append(_trail(key, "quotations", [quoted]))
    note = view.say(
        "Ogni rispondente con una posizione sul tema e una risposta di cui il codebook del questionario dice a quale "
        "posizione equivale (colonna `stance`). La posizione è quella di più segmenti fra vantaggio e criticità; a "
        "parità, o se la risposta ne prende due opposte, è misto. Una risposta che equivale a una proposta concorda "
        "con chi ne fa. Le posizioni date dalla macchina sono incerte: rileggere le citazioni prima di scrivere che "
        "qualcuno si contraddice.",
        "Every respondent with a stance on the theme and an answer of which the questionnaire codebook says what "
        "stance it amounts to (column `stance`). The stance is that of more segments, advantage or problem; as many "
        "of both, or an answer that takes two opposite ones, is mixed. An answer that amounts to a proposal agrees "
        "with whoever makes one. Stances given by the machine are uncertain: read the quotations before writing that "
        "somebody contradicts themselves.",
    )
    title = view.say("Posizioni dette e risposte date", "Stances said and answers given")
    lead = "" if rows else _nothing(view)
    frame = make_frame(heads, rows)
    return Table("posizioni_risposte", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), lead=lead)


def by_verdict(view: View, link: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """What those say who agree with their own answer, and who contradict it; nothing where no stance is declared."""
    if pd.isna(link["agree"]):
        return {}
    cases = _cases(view, link)
    verdicts = {"agree": AGREES, "contradict": CONTRADICTS}
    who = {name: set(cases.loc[cases["verdict"] == verdict, "respondent"]) for name, verdict in verdicts.items()}
    return {name: view.positions(link["theme"], people) for name, people in who.items()}


def quote_link(view: View, link: dict[str, Any], mine: pd.DataFrame) -> pd.DataFrame:
    """The codings of `mine` to quote: where stances make the divergence, first what contradicts the answers."""
    contrary = mine.iloc[:0]
    if link["rules_reading"] == "divergence":
        cases = _cases(view, link)
        contrary = _behind(mine, cases[cases["verdict"] == CONTRADICTS])
    if contrary.empty:
        return mine[mine["coding"].isin(choose_quotations(mine))]
    chosen = choose_contrary(mine, contrary)
    return mine.set_index("coding", drop=False).loc[chosen].reset_index(drop=True)


def _cases(view: View, link: dict[str, Any]) -> pd.DataFrame:
    return view.agreement[(view.agreement["theme"] == link["theme"]) & (view.agreement["item"] == link["item"])]


def _behind(mine: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The codings of one theme on which the verdicts of `cases` rest."""
    pairs = [(case["respondent"], stance) for case in records(cases) for stance in _taken(case)]
    taken = pd.DataFrame(pairs, columns=["respondent", "stance"], dtype="str")
    return mine.merge(taken, on=["respondent", "stance"])


def _positions(view: View) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Theme and respondent -> the codings with a stance, the strongest evidence first."""
    ranked = by_evidence(view.counted[view.counted["stance"] != "neutral"])
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for said in records(ranked[["theme", "respondent", "segment", "coding", "stance", "how"]]):
        found.setdefault((said["theme"], said["respondent"]), []).append(said)
    return found


def _trail(row: str, column: str, said: list[dict[str, Any]]) -> Trail:
    return sorted((row, column, one["segment"], one["coding"]) for one in said)


def _taken(case: dict[str, Any]) -> tuple[str, ...]:
    return stances_behind(case["answer_stance"], case["advantages"], case["problems"], case["proposals"])


def _parts(case: dict[str, Any]) -> list[str]:
    return str(case["answer_stance"]).split("|")


def _nothing(view: View) -> str:
    return view.say(
        "Nessun confronto: il codebook del questionario non dice a quale posizione equivale una risposta (colonna "
        "`stance`), o nessuno prende posizione sui temi collegati.",
        "Nothing to compare: the questionnaire codebook says of no answer what stance it amounts to (column `stance`), "
        "or nobody takes a stance on the linked themes.",
    )
