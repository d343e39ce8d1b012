"""Themes by respondents, by stance and by class of respondent. Room outputs; one builder a table, no statistics."""

import re
from collections.abc import Sequence

import pandas as pd

from corpus.words.stances import stance_word
from nlp.measures.crosstabs import theme_by_group, theme_group_tests
from nlp.measures.groups import natural_order
from nlp.measures.prevalence import stance_counts, theme_prevalence
from nlp.measures.reasons import MIN_PERCENT_BASE
from outputs.tables.effects import EFFECTS, effect_cells
from outputs.tables.glossary import column, columns
from outputs.tables.table import (
    CELL_COLUMNS,
    PEOPLE_COLUMNS,
    Column,
    Table,
    Trail,
    Value,
    answer_trail,
    join_trails,
    make_frame,
    records,
    trail,
)
from outputs.tables.view import View


def prevalence(view: View) -> Table:
    """One row a theme: who mentions it, how much of what they say."""
    keys = "theme theme_code n mentioned share share_low share_high segments segment_share segment_low segment_high"
    keys += " words words_q1 words_q3 words_low words_high"
    rows: dict[str, dict[str, Value]] = {}
    trails, people = [], []
    for row in records(theme_prevalence(view.mentions)):
        key = str(row["theme"])
        rows[key] = {
            "theme": view.theme(key).label,
            "theme_code": key,
            "n": row["n"],
            "mentioned": row["mentioned"],
            "share": view.number(row["share"], row["reason"]),
            "share_low": view.number(row["low"], row["reason"]),
            "share_high": view.number(row["high"], row["reason"]),
            "segments": row["segments"],
            "segment_share": view.number(row["segment_share"], "no answers"),
            "segment_low": view.number(row["low_segments"], row["reason_segments"]),
            "segment_high": view.number(row["high_segments"], row["reason_segments"]),
            "words": view.number(row["median_words"], "no answers"),
            "words_q1": view.number(row["q1_words"], "no answers"),
            "words_q3": view.number(row["q3_words"], "no answers"),
            "words_low": view.number(row["low_words"], row["reason_words"]),
            "words_high": view.number(row["high_words"], row["reason_words"]),
        }
        mine = view.said_of(key)
        trails += [trail(key, "mentioned", mine), trail(key, "segments", mine)]
        people.append(answer_trail(key, "n", view.people))
    note = view.say(
        "Denominatore: rispondenti intervistati. IC 95 % di Wilson (Brown, Cai e DasGupta 2001); nessuna percentuale "
        f"con meno di {MIN_PERCENT_BASE} rispondenti. Quota dei segmenti di tutti: intervallo del rapporto fra "
        "totali per rispondente, scala logit (Korn e Graubard 1998). Quota di parole: mediana fra i rispondenti, "
        "intervallo esatto dalle statistiche d'ordine (Conover 1999). Un tema conta le sue codifiche, non quelle dei "
        "sottotemi.",
        "Denominator: respondents interviewed. Wilson 95 % interval (Brown, Cai & DasGupta 2001); no percentage with "
        f"fewer than {MIN_PERCENT_BASE} respondents. Share of all segments: interval of a ratio of totals by "
        "respondent, on the logit scale (Korn & Graubard 1998). Share of words: median over respondents, exact "
        "interval from order statistics (Conover 1999). A theme counts its own codings, not its subthemes'.",
    )
    title = view.say("Temi per rispondente", "Themes by respondent")
    return _table("temi", title, note, columns(keys, view.language), rows, trails, people)


def stances(view: View) -> Table:
    """One row a theme, two columns a stance: respondents and segments."""
    counts = stance_counts(view.counted, [theme.code for theme in view.study.themes])
    known = view.counted[["theme", "stance", "segment", "coding"]]
    said = dict(list(known.groupby(["theme", "stance"])))
    heads: list[Column] = [column("theme", view.language)]
    for stance in counts["stance"].unique():
        word = stance_word(stance, view.language)
        heads += [
            column("respondents", view.language, name=f"{stance}/respondents", label=f"{word}: {_who(view)}"),
            column("segments", view.language, name=f"{stance}/segments", label=f"{word}: {_where(view)}"),
        ]
    rows: dict[str, dict[str, Value]] = {}
    trails = []
    for row in records(counts):
        key = str(row["theme"])
        cells = rows.setdefault(key, {"theme": view.theme(key).label})
        cells[f"{row['stance']}/respondents"] = row["respondents"]
        cells[f"{row['stance']}/segments"] = row["segments"]
        behind = said.get((key, row["stance"]), known.iloc[:0])
        trails += [trail(key, f"{row['stance']}/{unit}", behind) for unit in ("respondents", "segments")]
    note = view.say(
        "Rispondenti che dicono il tema almeno una volta in quella posizione; uno stesso rispondente può stare in più "
        "colonne.",
        "Respondents who say the theme at least once in that stance; a respondent may be in several columns.",
    )
    return _table("posizioni", view.say("Posizioni per tema", "Stances by theme"), note, tuple(heads), rows, trails)


def by_class(view: View, variable: str, groups: pd.Series) -> Table:
    """One row a theme, one column a class: how many of the class mention it, with the test of the difference."""
    order = natural_order([label for label in groups.tolist() if label])
    sizes = {label: int((groups == label).sum()) for label in order}
    heads: list[Column] = [column("theme", view.language)]
    for label in order:
        heads.append(column("mentioned", view.language, name=label, label=f"{label} (n = {sizes[label]})"))
        if sizes[label] >= MIN_PERCENT_BASE:
            heads.append(column("share", view.language, name=f"{label}/share", label=f"{label}, %"))
    heads += columns(f"n unknown test larger {EFFECTS} p q family", view.language)
    rows: dict[str, dict[str, Value]] = {}
    trails, people = [], []
    coded = view.counted[["theme", "segment", "coding"]].assign(group=view.counted["respondent"].map(groups.to_dict()))
    said = dict(list(coded.groupby(["theme", "group"])))
    for row in records(theme_by_group(view.mentions, groups)):
        key = str(row["theme"])
        cells = rows.setdefault(key, {"theme": view.theme(key).label})
        cells[str(row["group"])] = row["mentioned"]
        cells[f"{row['group']}/share"] = view.number(row["share"], row["reason"])
        trails.append(trail(key, str(row["group"]), said.get((key, row["group"]), coded.iloc[:0])))
    for row in records(theme_group_tests(view.mentions, groups, view.seed)):
        people.append(answer_trail(str(row["theme"]), "n", groups.index[groups != ""]))
        known = {"n": row["n"], "unknown": row["unknown"], "q": view.number(row["q"])}
        known |= {"family": row["family"], "larger": row["larger"]}
        rows[row["theme"]] = (
            rows.get(row["theme"], {"theme": view.theme(row["theme"]).label}) | known | effect_cells(view, row)
        )
    note = view.say(
        "Rispondenti della classe che parlano del tema. Due classi: test esatto di Fisher e odds ratio condizionale "
        "con intervallo esatto. Più classi: Fisher-Freeman-Halton (Freeman e Halton 1951; esatto, o Monte Carlo con "
        "seme dove le tabelle sono troppe), V di Cramér corretta (Bergsma 2013) con intervallo bootstrap lisciato "
        "(Fienberg e Holland 1973). q: Benjamini-Hochberg 1995 fra tutti i temi della tabella. "
        f"Percentuali solo con n di almeno {MIN_PERCENT_BASE}.",
        "Respondents of the class who mention the theme. Two classes: Fisher's exact test and the conditional odds "
        "ratio with exact interval. More: Fisher-Freeman-Halton (Freeman & Halton 1951; exact, or seeded Monte Carlo "
        "where the tables are too many), bias-corrected Cramér's V (Bergsma 2013) with smoothed bootstrap interval "
        "(Fienberg & Holland 1973). q: Benjamini-Hochberg 1995 over all the themes of the table. "
        f"Percentages only for n of at least {MIN_PERCENT_BASE}.",
    )
    title = view.say(f"Temi per {variable}", f"Themes by {variable}")
    return _table(by_class_key(variable), title, note, tuple(heads), rows, trails, people)


def by_class_key(variable: str) -> str:
    """The key of the table of themes by `variable`."""
    return "temi_" + re.sub(r"\W+", "_", variable)


def _table(
    key: str,
    title: str,
    note: str,
    heads: tuple[Column, ...],
    rows: dict[str, dict[str, Value]],
    trails: list[Trail],
    people: Sequence[Trail] = (),
) -> Table:
    cells, answered = join_trails(trails, CELL_COLUMNS), join_trails(people, PEOPLE_COLUMNS)
    return Table(key, title, note, heads, make_frame(heads, rows), cells, answered)


def _who(view: View) -> str:
    return view.say("rispondenti", "respondents")


def _where(view: View) -> str:
    return view.say("segmenti", "segments")
