"""How far each theme can be trusted, and every figure of agreement behind it. Room outputs; no statistics."""

from itertools import combinations
from typing import Any

import pandas as pd

from nlp.measures.agreement import ALL_THEMES, MACHINE, PEOPLE, compare_group, compare_pair, paired_decisions
from nlp.measures.reasons import not_computable
from nlp.measures.trust import LEVELS, trust
from outputs.tables.glossary import columns
from outputs.tables.table import CELL_COLUMNS, Table, Value, join_trails, make_frame, records, segment_trail
from outputs.tables.view import View

_ALL = "* "  # the row of all themes; codes are read without blanks around them, so none is called so


def reliability(view: View) -> Table:
    """One row a theme: how far it can be trusted, in words and in the machine's agreement with people."""
    keys = "theme trust trust_note coded f1 f1_low f1_high alpha alpha_low alpha_high precision recall alpha_people"
    heads = columns(f"{keys} decisions interviews_n", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    decisions = view.results.decisions
    if len(decisions):
        agreement = compare_pair(decisions, PEOPLE, MACHINE)
        figures = figures_by_theme(view, agreement)
        alphas = _between_people(view)
        pairs = paired_decisions(decisions, PEOPLE, MACHINE)
        words = {row["theme"]: row for row in records(trust(agreement))}
        for theme in in_order(view, words):
            rows[theme or _ALL] = {
                "theme": theme_name(view, theme),
                **(_judgement(view, words[theme]) if theme else _judgements(view, words)),
                **figures[theme],
                "alpha_people": alphas.get(theme, not_computable("one rater")),
            }
            if theme:
                coded = pairs[(pairs["theme"] == theme) & pairs["cell"].isin(["both", "first_only"])]
                rows[theme]["coded"] = len(coded)
                trails.append(segment_trail(theme, "coded", coded["segment"].tolist()))
    note = view.say(
        "La macchina contro le persone, sui segmenti che qualcuno ha codificato o letto. Stima incrociata per "
        "intervista: nessuna intervista è giudicata con ciò che la macchina ha imparato da essa. Giudizio secondo "
        "l'alfa di Krippendorff (2018): affidabile da 0,800, provvisoria da 0,667; servono 10 segmenti con il tema. "
        "Intervalli al 95 % lasciando fuori un'intervista alla volta (jackknife). Le tabelle dei temi contano anche "
        "le codifiche delle persone, che prevalgono sempre sulla macchina. «Tutti i temi» è la media dei temi: sulle "
        "decisioni messe insieme, temi frequenti accanto a temi rari sembrerebbero accordo. Se le persone hanno "
        "codificato solo i fogli di `trama suggest`, i segmenti sono i più incerti e l'accordo è più basso che "
        "sull'intero studio.",
        "The machine against people, on the segments that somebody coded or read. Cross-fitted by interview: no "
        "interview is judged by what the machine learned from it. Levels by Krippendorff's alpha (2018): reliable from "
        ".800 on, tentative from .667 on; ten segments with the theme are needed. 95 % intervals by leaving "
        "out one interview at a time (jackknife). The theme tables also count people's codings, which always win over "
        "the machine's. “All themes” is the mean of the themes: over decisions put together, frequent themes beside "
        "rare ones would pass for agreement. Where people coded only the worksheets of `trama suggest`, the segments "
        "are the least certain ones and agreement is lower than on the whole study.",
    )
    title = view.say("Quanto ci si può fidare", "How far it can be trusted")
    frame = make_frame(heads, rows)
    return Table("fiducia", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), lead=_lead(view, rows))


def _judgement(view: View, word: dict[str, Any]) -> dict[str, Value]:
    return {"trust": LEVELS[word["level"]].say(view.language), "trust_note": word[f"note_{view.language}"]}


def _judgements(view: View, words: dict[str, dict[str, Any]]) -> dict[str, Value]:
    """For all themes: how many have each level, since none has that of the others."""
    levels = [word["level"] for word in words.values()]
    counts = [f"{name.say(view.language)}: {levels.count(level)}" for level, name in LEVELS.items() if level in levels]
    note = view.say(
        "Le cifre sono la media dei temi per cui si possono calcolare; il giudizio è tema per tema.",
        "The figures are the mean of the themes for which they can be calculated; each theme is judged by itself.",
    )
    return {"trust": ", ".join(counts), "trust_note": note}


def agreement(view: View) -> Table:
    """One row a pair of coders and theme, then all coders together: counts and measures of agreement."""
    keys = "theme first_coder second_coder decisions interviews_n both_coders first_only second_only raw_agreement"
    keys += " precision recall f1 f1_low f1_high kappa kappa_low kappa_high alpha alpha_low alpha_high"
    heads = columns(f"{keys} ac1 ac1_low ac1_high", view.language)
    decisions = view.results.decisions
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for first, second in _pairs(decisions):
        found = figures_by_theme(view, compare_pair(decisions, first, second))
        cells = paired_decisions(decisions, first, second)
        for theme in in_order(view, found):
            key = f"{first}|{second}|{theme or '*'}"
            rows[key] = {"theme": theme_name(view, theme), **found[theme]}
            rows[key] |= {"first_coder": _coder(view, first), "second_coder": _coder(view, second)}
            for cell, column in (("both", "both_coders"), ("first_only",) * 2, ("second_only",) * 2):
                if theme:
                    mine = cells[(cells["theme"] == theme) & (cells["cell"] == cell)]
                    rows[key][column] = len(mine)
                    trails.append(segment_trail(key, column, mine["segment"].tolist()))
    people = _people(decisions)
    if len(people) > 2:
        found = figures_by_theme(view, compare_group(decisions, people))
        for theme in in_order(view, found):
            rows[f"{PEOPLE}|{theme or '*'}"] = {
                "theme": theme_name(view, theme),
                "first_coder": ", ".join(people),
                "second_coder": view.say("tutti insieme", "all together"),
                **found[theme],
            }
    note = view.say(
        "Decisioni sì/no su segmento e tema prese da entrambi. Il primo codificatore è il riferimento di precisione, "
        "richiamo e F1. Kappa di Cohen (1960), alfa di Krippendorff (nominale), AC1 di Gwet (2008), che resta alto "
        "quando un tema è raro. Intervalli al 95 % lasciando fuori un'intervista alla volta (jackknife, t di Student). "
        "«Tutti i temi» è la media dei temi. «persone»: il tema c'è se lo dà almeno metà di chi ha deciso. Trama: "
        "stima incrociata per intervista.",
        "Yes/no decisions on segment and theme that both took. The first coder is the reference for precision, recall "
        "and F1. Cohen's kappa (1960), Krippendorff's alpha (nominal), Gwet's AC1 (2008), which stays high for a rare "
        "theme. 95 % intervals by leaving out one interview at a time (jackknife, Student's t). “All themes” is the "
        "mean of the themes. “people”: a theme is there when at least half of those who decided gave it. Trama: "
        "cross-fitted by interview.",
    )
    title = view.say("Accordo fra codificatori", "Agreement of coders")
    lead = "" if rows else _nothing_measured(view)
    return Table("accordo", title, note, heads, make_frame(heads, rows), join_trails(trails, CELL_COLUMNS), lead=lead)


def _pairs(decisions: pd.DataFrame) -> list[tuple[str, str]]:
    """People and machine; each pair of people who share a decision; with several people, each and the machine."""
    if not len(decisions):
        return []
    people = _people(decisions)
    shared = pairs_of_people(decisions)
    each = [(one, MACHINE) for one in people] if len(people) > 1 else []
    return [(PEOPLE, MACHINE), *shared, *each]


def pairs_of_people(decisions: pd.DataFrame) -> list[tuple[str, str]]:
    """Each pair of people who decided on a segment both."""
    read = {coder: set(mine["segment"]) for coder, mine in decisions.groupby("coder")}
    return [(one, other) for one, other in combinations(_people(decisions), 2) if read[one] & read[other]]


def _people(decisions: pd.DataFrame) -> list[str]:
    return sorted(set(decisions["coder"]) - {MACHINE, PEOPLE})


def _between_people(view: View) -> dict[str, Value]:
    """Krippendorff's alpha of all people together, by theme; why not, where there is none."""
    people = _people(view.results.decisions)
    if len(people) < 2:
        return {}
    found = compare_group(view.results.decisions, people)
    return {theme: values["alpha"] for theme, values in figures_by_theme(view, found).items()}


def figures_by_theme(view: View, agreement: pd.DataFrame) -> dict[str, dict[str, Value]]:
    """Theme -> the cells of its figures: each measure with its interval, or why there is none."""
    cells: dict[str, dict[str, Value]] = {}
    for row in records(agreement):
        mine = cells.setdefault(row["theme"], {"decisions": int(row["n"]), "interviews_n": int(row["interviews"])})
        name = "raw_agreement" if row["measure"] == "agreement" else row["measure"]
        why = row[f"reason_{view.language}"]
        known = not pd.isna(row["value"])
        mine[name] = float(row["value"]) if known else why
        for end in ("low", "high"):
            mine[f"{name}_{end}"] = _or(row[end], why if known else None)
    return cells


def _or(value: Any, why: Value) -> Value:
    return why if pd.isna(value) else float(value)


def in_order(view: View, themes: Any) -> list[str]:
    """The themes in the order of the codebook, and all of them together last."""
    return [theme.code for theme in view.study.themes if theme.code in themes] + [ALL_THEMES]


def theme_name(view: View, theme: str) -> str:
    """The theme's label, or what the mean of all themes is called."""
    return view.theme(theme).label if theme else view.say("tutti i temi (media)", "all themes (mean)")


def _coder(view: View, coder: str) -> str:
    return view.say("persone", "people") if coder == PEOPLE else coder


def _lead(view: View, rows: dict[str, dict[str, Value]]) -> str:
    if not rows:
        return _nothing_measured(view)
    parts = []
    for level in LEVELS.values():
        names = [
            str(row["theme"]) for key, row in rows.items() if key != _ALL and row["trust"] == level.say(view.language)
        ]
        if names:
            parts.append(f"{level.say(view.language)}: {', '.join(names)}")
    return "; ".join(parts)[:1].upper() + "; ".join(parts)[1:] + "."


def _nothing_measured(view: View) -> str:
    return view.say(
        "Non calcolabile: nessuno ha codificato a mano, quindi nessun accordo è stato misurato e non si sa quanto "
        "ci si possa fidare delle codifiche della macchina. Per misurarlo: `trama suggest STUDIO --sample` prepara un "
        "foglio con segmenti estratti a caso da codificare; compilalo, salvalo nella cartella `codings/` e ripeti "
        "`trama run`.",
        "Not computable: nobody coded by hand, so no agreement was measured and nobody knows how far the machine's "
        "codings can be trusted. To measure it: `trama suggest STUDY --sample` writes a sheet of segments drawn at "
        "random to code; fill it in, save it in the folder `codings/` and repeat `trama run`.",
    )
