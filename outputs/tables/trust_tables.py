"""How far each theme can be trusted, and every figure of agreement behind it. Computes no statistics."""

from collections.abc import Collection, Sequence
from itertools import combinations, product
from typing import Any

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.agreement import (
    ALL_THEMES,
    MACHINE,
    PEOPLE,
    READER,
    after_settling,
    before_settling,
    compare_group,
    compare_pair,
    paired_decisions,
    people_of,
    settled_decisions,
)
from nlp.measures.reasons import not_calculable, not_computable
from nlp.measures.trust import LEVELS, trust
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, records
from outputs.tables.view import View

_ALL = "* "  # the row of all themes; codes are read without blanks around them, so none is called so
_AFTER = "after|"  # before the keys of rows in which disagreements are settled
_CELLS = (("both", "both_coders"), ("first_only", "first_only"), ("second_only", "second_only"))


def reliability(view: View) -> Table:
    """One row a theme: how far it can be trusted, in words and in the machine's agreement with people."""
    keys = "theme trust trust_note coded f1 f1_low f1_high alpha alpha_low alpha_high precision recall alpha_people"
    table = Collector("fiducia", columns(f"{keys} decisions interviews_n"))
    decisions = view.results.decisions
    if decisions.empty:
        return table.done(Phrase("fiducia.nothing_measured"))
    agreement = compare_pair(decisions, PEOPLE, MACHINE)
    figures = figures_by_theme(agreement)
    alphas = _alphas_betweenpeople_of(view)
    pairs = paired_decisions(decisions, PEOPLE, MACHINE)
    judgements = {row["theme"]: row for row in records(trust(agreement))}
    for theme in in_order(view, judgements):
        row_key = theme or _ALL
        judgement = judgements[theme] if theme else None
        table.add(row_key, {"theme": theme_name(view, theme), **figures[theme]})
        table.add(row_key, {"alpha_people": alphas.get(theme, not_computable("one rater"))})
        if judgement is None:
            table.add(row_key, _judgements(judgements))
        else:
            table.add(row_key, {"trust": Phrase(f"trust.{judgement['level']}"), "trust_note": judgement["note"]})
            given_by_people = (pairs["theme"] == theme) & pairs["cell"].isin(["both", "first_only"])
            table.count_segments(row_key, "coded", pairs.loc[given_by_people, "segment"])
    return table.done(_lead(view, judgements))


def agreement(view: View) -> Table:
    """One row a pair of coders and theme, then all coders together: counts and measures of agreement."""
    keys = "theme first_coder second_coder decisions interviews_n both_coders first_only second_only raw_agreement"
    keys += " precision recall f1 f1_low f1_high kappa kappa_low kappa_high alpha alpha_low alpha_high"
    table = Collector("accordo", columns(f"{keys} ac1 ac1_low ac1_high"))
    decisions = view.results.decisions
    settled = settled_decisions(view.spoken, view.labels)
    if decisions.empty or settled.empty:
        _add_comparisons(table, view, decisions)
    else:
        _add_comparisons(table, view, before_settling(decisions, settled))
        _add_comparisons(table, view, after_settling(decisions, settled), after=True)
    return table.done("" if table.rows else Phrase("fiducia.nothing_measured"))


def _add_comparisons(table: Collector, view: View, decisions: pd.DataFrame, *, after: bool = False) -> None:
    """The rows of each pair of coders and of all people together; `after`: people decide as was settled."""
    for first, second in _pairs(decisions):
        _add_pair(table, view, decisions, (first, second), after=after)
    people = people_of(decisions)
    if len(people) > 2:
        figures = figures_by_theme(compare_group(decisions, people))
        together = Phrase("accordo.all_together")
        coders: dict[str, Value] = {
            "first_coder": ", ".join(people),
            "second_coder": _settled(together) if after else together,
        }
        for theme in in_order(view, figures):
            row_key = f"{_AFTER * after}{PEOPLE}|{theme or '*'}"
            table.add(row_key, {"theme": theme_name(view, theme), **coders, **figures[theme]})


def _add_pair(table: Collector, view: View, decisions: pd.DataFrame, pair: tuple[str, str], *, after: bool) -> None:
    """The rows of two coders: their figures by theme, and the segments to which both or only one gives it."""
    figures = figures_by_theme(compare_pair(decisions, *pair))
    paired = paired_decisions(decisions, *pair)
    coders: dict[str, Value] = {}
    for column, coder in zip(("first_coder", "second_coder"), pair, strict=True):
        by_people = coder not in (MACHINE, READER)
        coders[column] = _settled(_coder(view, coder)) if after and by_people else _coder(view, coder)
    for theme in in_order(view, figures):
        row_key = f"{_AFTER * after}{'|'.join(pair)}|{theme or '*'}"
        table.add(row_key, {"theme": theme_name(view, theme), **figures[theme], **coders})
        if not theme:
            continue
        for cell, column in _CELLS:
            in_cell = (paired["theme"] == theme) & (paired["cell"] == cell)
            table.count_segments(row_key, column, paired.loc[in_cell, "segment"])


def _settled(coder: Value) -> Phrase:
    """A coder who decides as was settled on what people differed on."""
    return phrase("accordo.after", coder=coder)


def _judgements(judgements: dict[str, dict[str, Any]]) -> dict[str, Value]:
    """For all themes: how many have each level, since none has that of the others."""
    levels = [judgement["level"] for judgement in judgements.values()]
    counts = [
        phrase("fiducia.level_count", level=Phrase(f"trust.{level}"), n=levels.count(level))
        for level in LEVELS
        if level in levels
    ]
    return {
        "trust": phrase("fiducia.level_counts", levels=tuple(counts)),
        "trust_note": Phrase("trust_note.each_by_itself"),
    }


def _pairs(decisions: pd.DataFrame) -> list[tuple[str, str]]:
    """People and machine; each pair of people who share a decision; with several people, each and the machine.

    A language model that is a second reader is compared as the machine is, and with the machine.
    """
    if decisions.empty:
        return []
    people = people_of(decisions)
    with_reader = [READER] if READER in set(decisions["coder"]) else []
    machines = [MACHINE, *with_reader]
    together = [(PEOPLE, machine) for machine in machines]
    each = list(product(people, machines)) if len(people) > 1 else []
    return [*together, *pairs_of_people(decisions), *each, *((reader, MACHINE) for reader in with_reader)]


def pairs_of_people(decisions: pd.DataFrame) -> list[tuple[str, str]]:
    """Each pair of people who decided on a segment both."""
    segments = {coder: set(of_coder["segment"]) for coder, of_coder in decisions.groupby("coder")}
    return [(one, other) for one, other in combinations(people_of(decisions), 2) if segments[one] & segments[other]]


def _alphas_betweenpeople_of(view: View) -> dict[str, Value]:
    """Krippendorff's alpha of all people together, by theme; why not, where there is none."""
    people = people_of(view.results.decisions)
    if len(people) < 2:
        return {}
    figures = figures_by_theme(compare_group(view.results.decisions, people))
    return {theme: cells["alpha"] for theme, cells in figures.items()}


def figures_by_theme(agreement: pd.DataFrame) -> dict[str, dict[str, Value]]:
    """Theme -> the cells of its figures: each measure with its interval, or why there is none."""
    cells: dict[str, dict[str, Value]] = {}
    for row in records(agreement):
        counts = {"decisions": int(row["n"]), "interviews_n": int(row["interviews"])}
        of_theme = cells.setdefault(row["theme"], dict(counts))
        name = "raw_agreement" if row["measure"] == "agreement" else row["measure"]
        why = not_calculable(row["reason"])
        known = not pd.isna(row["value"])
        of_theme[name] = float(row["value"]) if known else why
        for end in ("low", "high"):
            of_theme[f"{name}_{end}"] = _number_or(row[end], why if known else None)
    return cells


def _number_or(value: Any, why: Value) -> Value:
    return why if pd.isna(value) else float(value)


def in_order(view: View, themes: Collection[str]) -> Sequence[str]:
    """The themes in the order of the codebook, and all of them together last."""
    return [theme.code for theme in view.study.themes if theme.code in themes] + [ALL_THEMES]


def theme_name(view: View, theme: str) -> Value:
    """The theme's label, or what the mean of all themes is called."""
    return view.theme(theme).label if theme else Phrase("fiducia.all_themes")


def _coder(view: View, coder: str) -> Value:
    if coder == READER:
        return phrase("accordo.reader", model=view.study.settings.llm.model)
    return Phrase("accordo.people") if coder == PEOPLE else coder


def _lead(view: View, judgements: dict[str, dict[str, Any]]) -> Phrase:
    """The themes of each level, the most reliable first."""
    levels: list[Phrase] = []
    for level in LEVELS:
        codes = [theme for theme in in_order(view, judgements) if theme and judgements[theme]["level"] == level]
        if codes:
            sentence = "themes_of" if levels else "first_themes_of"
            labels = tuple(view.theme(code).label for code in codes)
            levels.append(phrase(f"fiducia.{sentence}.{level}", themes=labels))
    return phrase("fiducia.lead", levels=tuple(levels))
