"""Whose stance in the interview agrees with, or contradicts, their own answer: case by case. Room outputs."""

from typing import Any

import pandas as pd

from corpus.questionnaire.answer_stances import ANSWER_STANCE_NAMES
from corpus.words.phrase import Phrase, phrase
from nlp.measures.stance_agreement import AGREES, CONTRADICTS, MIXED, UNCHECKED, stances_behind
from nlp.measures.typical_quotations import by_evidence, choose_contrary, choose_quotations
from outputs.tables.answer_words import given_answers
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Trail, records
from outputs.tables.view import View

KEY = "posizioni_risposte"
_RANK = (CONTRADICTS, AGREES, MIXED, UNCHECKED)  # who contradicts comes first
Coding = dict[str, Any]  # a row of View.counted
_SEGMENTS = {"advantages": "advantage", "problems": "problem", "proposals": "proposal"}


def stances_and_answers(view: View) -> Table:
    """One row a respondent with a stance and an answer to compare, link by link; who contradicts comes first."""
    keys = "theme item item_text respondent answer answer_stance verdict advantages problems proposals"
    table = Collector(KEY, columns(f"{keys} by_people quotations"))
    answers = given_answers(view.study)
    by_theme_and_person = _codings_with_stance(view)
    for case in records(_ranked_cases(view)):
        key = f"{case['theme']}|{case['item']}|{case['respondent']}"
        codings = by_theme_and_person[case["theme"], case["respondent"]]
        table.add(
            key,
            {
                "theme": view.theme(case["theme"]).label,
                "item": case["item"],
                "item_text": view.item(case["item"]).text,
                "respondent": case["respondent"],
                "answer": answers[case["respondent"], case["item"]],
                "answer_stance": _answer_stance(case),
                "verdict": case["verdict"],
            },
        )
        for column, stance in _SEGMENTS.items():
            table.count_passages(key, column, _passages(codings, "stance", stance))
        table.count_passages(key, "by_people", _passages(codings, "how", "human"))
        strongest = next(coding for coding in codings if coding["stance"] in stances_of_case(case))
        table.add(key, {"quotations": view.quote_each([strongest])})
        table.quote_trail(key, "quotations", [(strongest["segment"], strongest["coding"])])
    return table.done("" if table.rows else Phrase(f"{KEY}.nothing"))


def by_verdict(view: View, link: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """What those say who agree with their own answer, and who contradict it; nothing where no stance is declared."""
    if pd.isna(link["agree"]):
        return {}
    cases = _cases(view, link)
    verdicts = {"agree": AGREES, "contradict": CONTRADICTS}
    who = {name: set(cases.loc[cases["verdict"] == verdict, "respondent"]) for name, verdict in verdicts.items()}
    return {name: view.positions(link["theme"], people) for name, people in who.items()}


def quote_link(view: View, link: dict[str, Any], theme_codings: pd.DataFrame) -> pd.DataFrame:
    """The codings of a theme to quote: where stances make the divergence, first what contradicts the answers."""
    contrary = theme_codings.iloc[:0]
    if link["rules_reading"] == "divergence":
        cases = _cases(view, link)
        contrary = _behind(theme_codings, cases[cases["verdict"] == CONTRADICTS])
    if contrary.empty:
        return theme_codings[theme_codings["coding"].isin(choose_quotations(theme_codings))]
    chosen = choose_contrary(theme_codings, contrary)
    return theme_codings.set_index("coding", drop=False).loc[chosen].reset_index(drop=True)


def stances_of_case(case: dict[str, Any]) -> tuple[str, ...]:
    """The stances, said of the theme, on which the verdict of a case rests (a row of View.agreement)."""
    return stances_behind(case["answer_stance"], case["advantages"], case["problems"], case["proposals"])


def _ranked_cases(view: View) -> pd.DataFrame:
    """The rows of View.agreement link by link, by verdict within each."""
    numbered = view.agreement.assign(link=view.agreement.groupby(["theme", "item"], sort=False).ngroup())
    ranked = numbered.assign(rank=numbered["verdict"].map(_RANK.index))
    return ranked.sort_values(["link", "rank", "respondent"])


def _cases(view: View, link: dict[str, Any]) -> pd.DataFrame:
    return view.agreement[(view.agreement["theme"] == link["theme"]) & (view.agreement["item"] == link["item"])]


def _behind(theme_codings: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The codings of one theme on which the verdicts of `cases` rest."""
    pairs = [(case["respondent"], stance) for case in records(cases) for stance in stances_of_case(case)]
    taken = pd.DataFrame(pairs, columns=["respondent", "stance"], dtype="str")
    return theme_codings.merge(taken, on=["respondent", "stance"])


def _codings_with_stance(view: View) -> dict[tuple[str, str], list[Coding]]:
    """Theme and respondent -> the codings with a stance, the strongest evidence first."""
    ranked = by_evidence(view.counted[view.counted["stance"] != "neutral"])
    codings: dict[tuple[str, str], list[Coding]] = {}
    for coding in records(ranked[["theme", "respondent", "segment", "coding", "stance", "how", "told"]]):
        codings.setdefault((coding["theme"], coding["respondent"]), []).append(coding)
    return codings


def _passages(codings: list[Coding], field: str, value: str) -> Trail:
    """Segment and coding of those whose `field` is `value`, sorted."""
    return sorted((coding["segment"], coding["coding"]) for coding in codings if coding[field] == value)


def _answer_stance(case: dict[str, Any]) -> Phrase:
    """The stances that the answer amounts to, in the order of their names."""
    taken = str(case["answer_stance"]).split("|")
    named = (Phrase(f"answer_stance.{stance}") for stance in ANSWER_STANCE_NAMES if stance in taken)
    return phrase("list.comma", parts=tuple(named))
