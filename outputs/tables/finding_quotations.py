"""Which passages stand beside a finding: up to two, of different people, of what its sentence tells first."""

from collections.abc import Sequence

import pandas as pd

from corpus.words.phrase import Phrase
from nlp.measures.typical_quotations import by_evidence
from outputs.tables.table import Trail, records
from outputs.tables.view import View

_QUOTED = 2


def quoted_passages(view: View, trails: Sequence[Trail], *, chosen: bool) -> Trail:
    """The passages (segment, coding) to quote; `trails` are those of the cells of a finding, in its order.

    Cell by cell, and round again while there are fewer than two: the strongest evidence of somebody not yet quoted, or
    the first where passages are `chosen` already.
    """
    left = list(trails) if chosen else [_ranked(view, trail) for trail in trails]
    quoted: Trail = []
    people: set[str] = set()
    while len(quoted) < _QUOTED and any(left):
        for place, passages in enumerate(left):
            fresh = [passage for passage in passages if view.speakers.get(passage[0], "") not in {"", *people}]
            if fresh and len(quoted) < _QUOTED:
                quoted.append(fresh[0])
                people.add(view.speakers[fresh[0][0]])
            left[place] = fresh[1:]
    return quoted


def quotations(view: View, passages: Trail) -> Phrase | None:
    """Passages in words: text, respondent and, where a person gave it, the stance; None for no passage."""
    if not passages:
        return None
    told = view.coded.loc[view.coded["told"], ["coding", "stance"]]
    stances = dict(zip(told["coding"], told["stance"], strict=True))
    codings = [
        {
            "segment": segment,
            "respondent": view.speakers[segment],
            "told": coding in stances,
            "stance": stances.get(coding),
        }
        for segment, coding in passages
    ]
    return view.quote_each(codings)


def _ranked(view: View, trail: Trail) -> Trail:
    codings = [coding for _, coding in trail if coding]
    coded: pd.DataFrame = by_evidence(view.counted[view.counted["coding"].isin(codings)])
    return [(row["segment"], row["coding"]) for row in records(coded[["segment", "coding"]])]
