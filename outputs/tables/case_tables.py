"""Respondents one by one: the matrix of themes and answers, and their types. Room outputs; no statistics."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from corpus.respondents.type_rules import THEME
from corpus.words.phrase import Phrase, phrase
from nlp.measures.declared_types import declared_members
from nlp.measures.respondent_types import FEWEST, KEPT, REPEATS, Traits, case_traits, distinguishing, find_types, gower
from nlp.measures.typical_quotations import choose_quotations
from outputs.tables.answer_words import given_answers
from outputs.tables.collector import Collector
from outputs.tables.glossary import column, columns
from outputs.tables.table import Table
from outputs.tables.view import View

_RELIABLE = 0.6  # the stability from which on a type is taken for one (Hennig 2007)


@dataclass(frozen=True, slots=True)
class RespondentType:
    """A type of respondents: how it was `made` ("declared" or "found"), what it is called, who belongs to it."""

    key: str
    made: str
    name: Phrase | str
    members: list[str]
    stability: Phrase


def case_matrix(view: View) -> Table:
    """One row a respondent interviewed: class, how often each theme is said, and the answer to every linked item."""
    linked = {item for theme in view.study.themes for item in theme.questionnaire_items}
    items = [item for item in view.study.items if item.code in linked]
    themes = view.study.themes
    heads = [*columns("respondent class")]
    heads += [column("spoken", name=f"{THEME}{theme.code}", label=theme.label) for theme in themes]
    heads += [replace(column("answer", name=item.code, label=item.code), meaning=item.text) for item in items]
    table = Collector("casi", heads)
    answers = given_answers(view.study)
    for person in view.people:
        table.add(person, {"respondent": person, "class": str(view.classes.get(person, ""))})
        table.add(person, {item.code: answers.get((person, item.code), "") for item in items})
    for theme in themes:
        table.count_by_respondent(f"{THEME}{theme.code}", view.said_of(theme.code))
    return table.done()


def types(view: View) -> Table:
    """One row a type of respondents: those declared in study.toml, then those found by similarity."""
    table = Collector("tipi", columns("type made n members profile type_stability quotations"))
    traits = case_traits(view.mentions, view.study.answers, view.study.items, view.people)
    for kind in _all_types(view, traits):
        distinct = distinguishing(traits, kind.members) if kind.members else []
        named = tuple(_trait(view, *trait) for trait in distinct)
        table.add(
            kind.key,
            {
                "type": kind.name,
                "made": kind.made,
                "members": phrase("list.comma", parts=tuple(kind.members)),
                "profile": phrase("list.semicolon", parts=named) if named else Phrase("tipi.no_trait"),
                "type_stability": kind.stability,
            },
        )
        table.count_people(kind.key, "n", kind.members)
        codings = view.coded[view.coded["respondent"].isin(kind.members)]
        themes = _themes_said_more(distinct)
        telling = codings[codings["theme"].isin(themes)] if themes else codings
        quoted = codings[codings["coding"].isin(choose_quotations(telling))]
        table.add(kind.key, {"quotations": view.quote(quoted)})
        table.quote(kind.key, "quotations", quoted)
    return table.done(repeats=REPEATS, kept=KEPT, fewest=FEWEST)


def declared_key(number: int) -> str:
    """The row of a declared type by its place in study.toml, from 1."""
    return f"declared|{number}"


def _all_types(view: View, traits: Traits) -> Iterator[RespondentType]:
    study = view.study
    for number, kind in enumerate(study.settings.types, start=1):
        members = declared_members(kind.where, study.respondents, view.coded, study.answers, study.items, view.people)
        yield RespondentType(declared_key(number), "declared", kind.name, members, Phrase("tipi.rule"))
    if len(view.people) < FEWEST:
        return
    labels, stability = find_types(gower(traits, view.people), view.seed)
    if np.isnan(stability).all():
        return
    for label, jaccard in enumerate(stability.tolist()):
        members = [person for person, of_person in zip(view.people, labels, strict=True) if of_person == label]
        stable = Phrase("tipi.stability" if jaccard >= _RELIABLE else "tipi.unreliable", {"jaccard": jaccard})
        name = phrase("tipi.found", number=label + 1)
        yield RespondentType(f"found|{label + 1}", "found", name, members, stable)


def _themes_said_more(distinct: list[tuple[str, str, float, float, int, int]]) -> list[str]:
    """The themes that members of a type say more than the others do."""
    return [
        trait.removeprefix(THEME)
        for trait, _, inside, outside, *_ in distinct
        if trait.startswith(THEME) and inside > outside
    ]


def _trait(view: View, trait: str, value: str, inside: float, outside: float, known: int, others: int) -> Phrase:
    """What sets a type apart, as `distinguishing` gives it: a theme, an option, or the median of a number."""
    name: Any
    if trait.startswith(THEME):
        name = view.theme(trait.removeprefix(THEME)).label
    else:
        item, _, option = trait.partition("|")
        name = view.item_name(item)
        if value == "median":
            return phrase("trait.median", trait=name, inside=inside, outside=outside)
        if option or value:
            name = phrase("trait.option", item=name, option=view.option(item, option or value))
    counts = {"inside": round(inside * known), "known": known, "outside": round(outside * others), "others": others}
    return Phrase("trait.counts", {"trait": name, **counts})
