"""What to do about agreement: how much more to read, where the machine guesses, which themes clash."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.agreement import (
    MACHINE,
    PEOPLE,
    before_settling,
    paired_decisions,
    people_of,
    settled_decisions,
)
from nlp.measures.agreement_plan import LEVEL, WANTED, clashing_themes, machine_against_chance, plan_agreement
from nlp.measures.reasons import not_calculable
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, records, row_key
from outputs.tables.view import View

_SHOWN = 3  # passages of a clash that a row prints; all are behind its number


def reading_plan(view: View) -> Table:
    """One row a theme: its alpha among people, and how many more segments two must read until it is shown, if ever."""
    keys = "theme plan more_segments chance differing read_by_two interviews_n alpha alpha_low alpha_high"
    table = Collector("accordo_piano", columns(keys))
    decisions = _own_decisions(view)
    people = people_of(decisions)
    by_two = view.labels.asked.sum(axis=0) >= 2
    unread = int((~by_two.any(axis=1)).sum())
    plans = {row["theme"]: row for row in records(plan_agreement(decisions, people, unread))}
    given = view.labels.yes.sum(axis=0)
    differ = by_two & (given > 0) & (given < view.labels.asked.sum(axis=0))
    segments = view.spoken["segment"].to_numpy(dtype=object)
    for place, theme in enumerate(view.study.themes):
        plan = plans.get(theme.code)
        if plan is not None and len(people) > 1:
            table.add(theme.code, {"theme": theme.label, **_plan_cells(plan)})
            table.count_segments(theme.code, "differing", segments[differ[:, place]])
    return table.done("" if table.rows else Phrase("accordo_passi.none"), wanted=WANTED, unread=unread)


def _plan_cells(plan: Mapping[str, Any]) -> dict[str, Value]:
    known = not plan["reason"]
    cells: dict[str, Value] = {
        "plan": Phrase(f"accordo_piano.verdict.{plan['verdict']}") if known else not_calculable(plan["reason"]),
        "read_by_two": int(plan["segments"]),
        "interviews_n": int(plan["interviews"]),
        "more_segments": None if pd.isna(plan["more"]) else int(plan["more"]),
    }
    figures = {"chance": plan["chance"], "alpha": plan["alpha"], "alpha_low": plan["low"], "alpha_high": plan["high"]}
    return cells | {name: None if pd.isna(value) else float(value) for name, value in figures.items()}


def guessed_themes(view: View) -> Table:
    """One row a theme: how often the machine gives it where people do, and whether one that guesses would as often."""
    keys = "theme guess decisions both_coders expected_both p q"
    table = Collector("macchina_caso", columns(keys))
    tests = {row["theme"]: row for row in records(machine_against_chance(view.results.decisions))}
    given = _given_by_both(view)
    for theme in view.study.themes:
        test = tests.get(theme.code)
        if test is None:
            continue
        tested = not pd.isna(test["p"])
        verdict = ("better" if test["q"] < LEVEL else "guess") if tested else "never"
        cells = {"decisions": int(test["decisions"]), "expected_both": float(test["expected"]) if tested else None}
        cells |= {name: float(test[name]) if tested else None for name in ("p", "q")}
        table.add(theme.code, {"theme": theme.label, "guess": Phrase(f"macchina_caso.verdict.{verdict}"), **cells})
        table.count_segments(theme.code, "both_coders", given.get(theme.code, ()))
    return table.done("" if table.rows else Phrase("fiducia.nothing_measured"), level=LEVEL)


def clashing_definitions(view: View) -> Table:
    """One row a pair of themes of which one person gives the one and another the other, on the same passages."""
    keys = "theme other_theme clash clashes expected_clashes differing_first differing_second p q clash_passages"
    table = Collector("definizioni_in_conflitto", columns(keys))
    decisions = _own_decisions(view)
    clashes, passages = clashing_themes(decisions, people_of(decisions))
    behind = dict(iter(passages.groupby(["theme", "other"])))
    for row in records(clashes):
        pair = (row["theme"], row["other"])
        key = row_key(*pair)
        verdict = "clash" if row["q"] < LEVEL else "unsure"
        table.add(
            key,
            {
                "theme": view.theme(pair[0]).label,
                "other_theme": view.theme(pair[1]).label,
                "clash": Phrase(f"definizioni_in_conflitto.verdict.{verdict}"),
                "expected_clashes": float(row["expected"]),
                "differing_first": int(row["differing"]),
                "differing_second": int(row["other_differing"]),
                "p": float(row["p"]),
                "q": float(row["q"]),
                "clash_passages": _passages(view, behind[pair], pair),
            },
        )
        table.count_segments(key, "clashes", behind[pair]["segment"])
    people = people_of(decisions)
    nothing = Phrase("definizioni_in_conflitto.none" if len(people) > 1 else "accordo_passi.none")
    return table.done("" if table.rows else nothing, level=LEVEL)


def _own_decisions(view: View) -> pd.DataFrame:
    """What people decided by themselves, before anything was settled."""
    decisions = view.results.decisions
    settled = settled_decisions(view.spoken, view.labels)
    return decisions if decisions.empty or settled.empty else before_settling(decisions, settled)


def _given_by_both(view: View) -> dict[str, pd.Series]:
    """Theme -> the segments to which people and machine give it."""
    pairs = paired_decisions(view.results.decisions, PEOPLE, MACHINE)
    both = pairs[pairs["cell"] == "both"]
    return {str(theme): of_theme["segment"] for theme, of_theme in both.groupby("theme")}


def _passages(view: View, clashing: pd.DataFrame, pair: tuple[str, str]) -> Phrase:
    """The first passages of a clash, each with who gives which of the two."""
    parts = tuple(
        phrase(
            "definizioni_in_conflitto.passage",
            text=view.texts[row["segment"]],
            coder=row["coder"],
            theme=view.theme(pair[0]).label,
            other_coder=row["other_coder"],
            other=view.theme(pair[1]).label,
        )
        for row in records(clashing.head(_SHOWN))
    )
    return phrase("list.semicolon", parts=parts)
