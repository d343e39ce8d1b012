"""Which themes come together, in a segment and in a respondent's whole interview. Room outputs; no statistics."""

from typing import Any

import pandas as pd

from nlp.measures.cooccurrence import FEWEST_TOGETHER, co_occurrence
from outputs.tables.glossary import columns
from outputs.tables.table import CELL_COLUMNS, Table, Trail, Value, join_trails, make_frame, records
from outputs.tables.view import View

_NAMED = 3  # pairs that the sentence in words names
Passages = list[tuple[str, str, str]]


def together(view: View) -> Table:
    """One row a pair of themes that come together at least once, the most frequent first."""
    keys = "theme other_theme both_segments jaccard lift phi both_respondents"
    heads = columns(f"{keys} jaccard_respondents lift_respondents", view.language)
    codes = [theme.code for theme in view.study.themes]
    pairs = {unit: co_occurrence(view.counted, view.read, codes, unit) for unit in ("segment", "respondent")}
    both = pairs["segment"].merge(pairs["respondent"], on=["theme", "other"], suffixes=("", "_people"))
    met = both[both["both_people"] > 0].assign(place=range(int((both["both_people"] > 0).sum())))
    met = met.sort_values(["both", "both_people", "place"], ascending=[False, False, True], kind="stable")
    segments = {code: _passages(view.said_of(code), "segment") for code in codes}
    # Of each respondent the first passage on either theme.
    people = {code: _passages(view.said_of(code).drop_duplicates("respondent"), "respondent") for code in codes}
    rows: dict[str, dict[str, Value]] = {}
    trails: list[Trail] = []
    for row in records(met):
        key = f"{row['theme']}|{row['other']}"
        rows[key] = {
            "theme": view.theme(row["theme"]).label,
            "other_theme": view.theme(row["other"]).label,
            "both_segments": row["both"],
            **{name: _or_why(row[name], row[f"reason_{view.language}"]) for name in ("jaccard", "lift", "phi")},
            "both_respondents": row["both_people"],
            "jaccard_respondents": _or_why(row["jaccard_people"], row[f"reason_{view.language}_people"]),
            "lift_respondents": _or_why(row["lift_people"], row[f"reason_{view.language}_people"]),
        }
        trails += _shared(key, "both_segments", *(segments[code] for code in (row["theme"], row["other"])))
        trails += _shared(key, "both_respondents", *(people[code] for code in (row["theme"], row["other"])))
    spoken = len(view.read)
    everybody = len(view.people)
    note = view.say(
        "Coppie di temi che stanno insieme almeno una volta. Jaccard: insieme su almeno uno dei due; lift: insieme, "
        "rispetto a quanto darebbe il caso (1 = come per caso); phi: correlazione. Per segmento e per rispondente "
        f"(intera intervista): {spoken} segmenti, {everybody} rispondenti. "
        f"Con meno di {FEWEST_TOGETHER} segmenti insieme i rapporti dicono poco.",
        "Pairs of themes that come together at least once. Jaccard: together over either; lift: together, relative to "
        "chance (1 = as by chance); phi: correlation. By segment and by respondent (whole interview): "
        f"{spoken} segments, {everybody} respondents. With fewer than "
        f"{FEWEST_TOGETHER} segments together the ratios say little.",
    )
    title = view.say("Temi che stanno insieme", "Themes that come together")
    frame = make_frame(heads, rows)
    lead = _lead(view, met)
    return Table("temi_insieme", title, note, heads, frame, join_trails(trails, CELL_COLUMNS), lead=lead)


def _passages(mine: pd.DataFrame, unit: str) -> Passages:
    """The unit (a segment or a respondent), segment and coding of each coding of one theme."""
    return list(zip(*(mine[name].tolist() for name in (unit, "segment", "coding")), strict=True))


def _shared(key: str, column: str, first: Passages, second: Passages) -> list[Trail]:
    """The passages of two themes in the units that both are in."""
    both = {unit for unit, *_ in first} & {unit for unit, *_ in second}
    return [[(key, column, *place) for unit, *place in mine if unit in both] for mine in (first, second)]


def _lead(view: View, met: pd.DataFrame) -> str:
    if met.empty:
        return view.say(
            "Non calcolabile: nessuna coppia di temi sta insieme in un'intervista.",
            "Not computable: no pair of themes comes together in an interview.",
        )
    strong = met[(met["both"] >= FEWEST_TOGETHER) & (met["lift"] > 1)]
    if strong.empty:
        return view.say(
            f"Nessuna coppia di temi sta insieme in almeno {FEWEST_TOGETHER} segmenti più che per caso.",
            f"No pair of themes comes together in at least {FEWEST_TOGETHER} segments more than by chance.",
        )
    named = [_pair_in_words(view, row) for row in records(strong.head(_NAMED))]
    return view.say("Insieme più che per caso: ", "Together more than by chance: ") + "; ".join(named) + "."


def _pair_in_words(view: View, row: dict[str, Any]) -> str:
    first = view.theme(row["theme"]).label
    second = view.theme(row["other"]).label
    lift = f"{row['lift']:.1f}"
    return view.say(
        f"{first} e {second} ({row['both']} segmenti, lift {lift.replace('.', ',')})",
        f"{first} and {second} ({row['both']} segments, lift {lift})",
    )


def _or_why(value: Any, why: str) -> Value:
    return why if pd.isna(value) else float(value)
