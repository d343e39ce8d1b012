"""Which figure leads: the one rule for every table, finding, row of the joint display, Word and slide. Room outputs.

Corrected, where people read a known sample and the method gives a figure that says something; people's own, where
they decided on everything; else that of the codings as they are counted, which are the machine's, and then a warning
stands beside.
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.agreement import PEOPLE
from outputs.tables.families import family_of
from outputs.tables.table import Table
from outputs.tables.view import View

Leading = Literal["corrected", "people", "machine"]
_ANYTHING = 0.9  # the interval of a share is that wide after a handful of segments


def leading(view: View) -> Leading:
    """Whose figures lead in this study."""
    if view.sampled.all_read:
        return "people"
    return "machine" if view.sampled.reason else "corrected"


def leads(view: View, estimate: float, width: float = math.nan) -> Leading:
    """Whose figure leads in one place: where the corrected one cannot be had (NaN) the machine's does.

    So it does where a share may be anything, by the `width` of its interval.
    """
    whose = leading(view)
    return "machine" if whose == "corrected" and (pd.isna(estimate) or width >= _ANYTHING) else whose


def warned(view: View, tables: Iterable[Table]) -> list[Table]:
    """The tables, each with the warning that it needs."""
    return [replace(table, warning=_warning(view, table)) for table in tables]


def _warning(view: View, table: Table) -> Phrase | str:
    rests_on = family_of(table).rests_on
    whose = leading(view)
    if not rests_on or not len(table.frame) or whose == "people":
        return ""
    if whose == "corrected":
        return Phrase("warning.counted") if rests_on == "codings" else ""
    decisions = view.results.decisions
    read = decisions.loc[decisions["coder"] == PEOPLE, "segment"].nunique()
    return phrase("warning.partly", n=read, of=len(view.sampled.segments)) if read else Phrase("warning.unchecked")
