"""Which themes come together, in a segment and in a respondent's whole interview. Computes no statistics."""

from typing import Any

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.cooccurrence import FEWEST_TOGETHER, co_occurrence
from nlp.measures.reasons import not_calculable
from outputs.tables.collector import Collector
from outputs.tables.glossary import columns
from outputs.tables.table import Table, Value, records
from outputs.tables.view import View

_NAMED = 3  # pairs that the sentence in words names


def together(view: View) -> Table:
    """One row a pair of themes that come together at least once, the most frequent first."""
    keys = "theme other_theme both_segments jaccard lift phi both_respondents jaccard_respondents lift_respondents"
    table = Collector("temi_insieme", columns(keys))
    pairs = _pairs_together(view)
    for row in records(pairs):
        row_key = f"{row['theme']}|{row['other']}"
        table.add(
            row_key,
            {
                "theme": view.theme(row["theme"]).label,
                "other_theme": view.theme(row["other"]).label,
                "jaccard": _or_why(row["jaccard"], row["reason"]),
                "lift": _or_why(row["lift"], row["reason"]),
                "phi": _or_why(row["phi"], row["reason"]),
                "jaccard_respondents": _or_why(row["jaccard_people"], row["reason_people"]),
                "lift_respondents": _or_why(row["lift_people"], row["reason_people"]),
            },
        )
        first = view.said_of(row["theme"])
        second = view.said_of(row["other"])
        table.count(row_key, "both_segments", _in_both(first, second, "segment"))
        # Of each respondent the first passage on either theme is enough to open.
        first_passages = (first.drop_duplicates("respondent"), second.drop_duplicates("respondent"))
        table.count(row_key, "both_respondents", _in_both(*first_passages, unit="respondent"))
    facts = {"segments": len(view.read), "respondents": len(view.people), "least": FEWEST_TOGETHER}
    return table.done(_lead(view, pairs), **facts)


def _pairs_together(view: View) -> pd.DataFrame:
    """The pairs of themes that some respondent speaks of both, with what nlp.measures.cooccurrence says of each.

    Columns of segments as they are, those of respondents end in `_people`.
    """
    codes = [theme.code for theme in view.study.themes]
    in_segments = co_occurrence(view.counted, view.read, codes, "segment")
    in_people = co_occurrence(view.counted, view.read, codes, "respondent")
    both = in_segments.merge(in_people, on=["theme", "other"], suffixes=("", "_people"))
    met = both[both["both_people"] > 0].reset_index(names="place")
    return met.sort_values(["both", "both_people", "place"], ascending=[False, False, True], kind="stable")


def _in_both(first: pd.DataFrame, second: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The codings of two themes in the units (segments or respondents) that both are in."""
    units = set(first[unit]) & set(second[unit])
    return pd.concat([first[first[unit].isin(units)], second[second[unit].isin(units)]])


def _lead(view: View, pairs: pd.DataFrame) -> Phrase:
    if pairs.empty:
        return Phrase("temi_insieme.none")
    strong = pairs[(pairs["both"] >= FEWEST_TOGETHER) & (pairs["lift"] > 1)]
    if strong.empty:
        return phrase("temi_insieme.none_strong", least=FEWEST_TOGETHER)
    named = [_named_pair(view, row) for row in records(strong.head(_NAMED))]
    return phrase("temi_insieme.strong", pairs=tuple(named))


def _named_pair(view: View, row: dict[str, Any]) -> Phrase:
    first = view.theme(row["theme"]).label
    second = view.theme(row["other"]).label
    return phrase("temi_insieme.pair", first=first, second=second, segments=row["both"], lift=float(row["lift"]))


def _or_why(value: Any, reason: str) -> Value:
    return not_calculable(reason) if pd.isna(value) else float(value)
