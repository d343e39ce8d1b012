"""Respondents one by one: the matrix of themes and answers, and their types. Room outputs; no statistics."""

from dataclasses import replace

import numpy as np

from nlp.measures.declared_types import declared_members
from nlp.measures.respondent_types import FEWEST, KEPT, REPEATS, Traits, case_traits, distinguishing, find_types, gower
from nlp.measures.typical_quotations import choose_quotations
from outputs.tables.answer_words import answers_in_words
from outputs.tables.glossary import column, columns
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Table,
    Value,
    answer_trail,
    frame_trail,
    join_trails,
    make_frame,
    trail,
)
from outputs.tables.view import View


def case_matrix(view: View) -> Table:
    """One row a respondent interviewed: class, how often each theme is said, and the answer to every linked item."""
    linked = [item for theme in view.study.themes for item in theme.questionnaire_items]
    items = [item for item in view.study.items if item.code in linked]
    heads = list(columns("respondent class", view.language))
    heads += [
        column("spoken", view.language, name=f"tema:{theme.code}", label=theme.label) for theme in view.study.themes
    ]
    heads += [
        replace(column("answer", view.language, name=item.code, label=item.code), meaning=item.text) for item in items
    ]
    given = answers_in_words(view.study, view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for person in view.people:
        rows[person] = {"respondent": person, "class": str(view.classes.get(person, ""))}
        rows[person] |= {item.code: given.get((person, item.code), "") for item in items}
    for theme in view.study.themes:
        mine = view.said_of(theme.code)
        counts = mine.groupby("respondent")["segment"].nunique()
        trails.append(frame_trail(mine.assign(row=mine["respondent"], column=f"tema:{theme.code}")[CELL_COLUMNS]))
        for person in view.people:
            rows[person][f"tema:{theme.code}"] = int(counts.get(person, 0))
    note = view.say(
        "Righe: rispondenti intervistati. Temi: quanti segmenti ne parlano. Risposte: alle domande collegate a un "
        "tema. Il nome del rispondente apre la sua scheda.",
        "Rows: respondents interviewed. Themes: how many segments speak of them. Answers: to the items linked to a "
        "theme. The respondent's name opens the profile.",
    )
    title = view.say("Casi: rispondenti, temi e risposte", "Cases: respondents, themes and answers")
    return Table("casi", title, note, tuple(heads), make_frame(heads, rows), join_trails(trails, CELL_COLUMNS))


def types(view: View) -> Table:
    """One row a type of respondents: those declared in study.toml, then those found by similarity."""
    traits = case_traits(view.mentions, view.study.answers, view.study.items, view.people)
    heads = columns("type made n members profile type_stability quotations", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    people = []
    for key, made, name, members, stability in _all_types(view, traits):
        mine = view.coded[view.coded["respondent"].isin(members)]
        apart = distinguishing(traits, members) if members else []
        themes = [
            trait.removeprefix("tema:")
            for trait, _, inside, outside, *_ in apart
            if trait.startswith("tema:") and inside > outside
        ]
        quoted = mine[mine["coding"].isin(choose_quotations(mine[mine["theme"].isin(themes)] if themes else mine))]
        profile = "; ".join(_trait(view, *row) for row in apart)
        rows[key] = {
            "type": name,
            "made": made,
            "n": len(members),
            "members": ", ".join(members),
            "profile": profile or view.say("nessun tratto lo distingue", "no trait sets it apart"),
            "type_stability": stability,
            "quotations": view.quote(quoted),
        }
        trails.append(trail(key, "quotations", quoted))
        people.append(answer_trail(key, "n", members))
    note = view.say(
        "Tipi dichiarati: regole in study.toml ([[types]]). Tipi trovati: distanza di Gower 1971 su temi e risposte, "
        f"legame medio, numero di tipi dalla silhouette media (Rousseeuw 1987); stabilità: Jaccard medio su {REPEATS} "
        f"ripetizioni con l'{KEPT:.0%} dei rispondenti (Hennig 2007), sotto 0,60 il tipo non è affidabile. Con meno "
        f"di {FEWEST} rispondenti non si cercano tipi. I tratti descrivono chi è stato intervistato e non altri. "
        "Citazioni: evidenza più forte, rispondenti diversi, posizioni diverse.",
        "Declared types: rules in study.toml ([[types]]). Types found: Gower's distance (1971) on themes and answers, "
        "average linkage, number of types by the mean silhouette (Rousseeuw 1987); stability: mean Jaccard over "
        f"{REPEATS} repetitions with {KEPT:.0%} of the respondents (Hennig 2007), below 0.60 the type is not "
        "reliable. With "
        f"fewer than {FEWEST} respondents no types are sought. Traits describe those interviewed and nobody else. "
        "Quotations: strongest evidence, different respondents, different stances.",
    )
    title = view.say("Tipi di rispondenti", "Types of respondents")
    frame = make_frame(heads, rows)
    return Table(
        "tipi", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), join_trails(people, PEOPLE_COLUMNS)
    )


def _all_types(view: View, traits: Traits) -> list[tuple[str, str, str, list[str], str]]:
    """Key, how made, name, members, stability in words."""
    study = view.study
    made = []
    for number, kind in enumerate(study.settings.types, start=1):
        members = declared_members(kind.where, study.respondents, view.coded, study.answers, study.items, view.people)
        made.append((f"declared|{number}", "declared", kind.name, members, view.say("è una regola", "it is a rule")))
    if len(view.people) < FEWEST:
        return made
    labels, stability = find_types(gower(traits, view.people), view.seed)
    if np.isnan(stability).all():
        return made
    for place, jaccard in enumerate(stability):
        members = [person for person, label in zip(view.people, labels, strict=True) if label == place]
        shown = f"{jaccard:.2f}" + ("" if jaccard >= 0.6 else view.say(": non affidabile", ": not reliable"))
        name = view.say(f"Tipo {place + 1}", f"Type {place + 1}")
        made.append(
            (f"found|{place + 1}", "found", name, members, shown.replace(".", ",") if view.language == "it" else shown)
        )
    return made


def _trait(view: View, trait: str, value: str, inside: float, outside: float, known: int, others: int) -> str:
    item, _, option = trait.partition("|")
    name = (
        view.theme(trait.removeprefix("tema:")).label
        if trait.startswith("tema:")
        else f"{item}. {view.item(item).text}"
    )
    if value == "median":
        numbers = [f"{number:g}".replace(".", "," if view.language == "it" else ".") for number in (inside, outside)]
        return view.say("{}: mediana {} contro {}", "{}: median {} against {}").format(name, *numbers)
    if option or (value and not trait.startswith("tema:")):
        name += f" {view.option(item, option or value)}"
    counts = (round(inside * known), known, round(outside * others), others)
    return view.say("{}: {} su {} contro {} su {}", "{}: {} of {} against {} of {}").format(name, *counts)
