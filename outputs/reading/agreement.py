"""How far people agree so far, and where they differ, from what holds in the reading room. Judges nothing."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from corpus.codings.disagreements import Side, find_disagreements
from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.schemas import HumanCodings, empty
from corpus.words.language import Language
from corpus.words.spelling import fold
from nlp.measures.agreement import ALL_THEMES, compare_pair, human_decisions, paired_decisions
from nlp.measures.reasons import not_calculable
from outputs.reading.opened import OpenedStudy
from outputs.reading.people import People
from outputs.tables.table import records
from outputs.words.sentences import say

NO = "no"  # what somebody says who read a passage and did not give the theme
_PASSAGES = ["row", "theme", "coder", "stance", "start", "end"]


def labels_of(opened: OpenedStudy, people: People) -> HumanLabels:
    """What people decided as arrays over all segments: whoever codes or has read one decides on every theme in it.

    Who says that a theme is not there decides on that theme alone. Names that differ by case or accents are one coder.
    """
    themes = [theme.code for theme in opened.study.themes]
    rows = {segment: number for number, segment in enumerate(opened.segments["segment"])}
    names = {fold(each["coder"]): each["coder"] for each in reversed((*people.codings, *people.read, *people.refused))}
    coders = tuple(sorted(names.values()))
    place = {name: coders.index(spelled) for name, spelled in names.items()}
    shape = (len(coders), len(rows), len(themes))
    asked = np.zeros(shape, dtype=bool)
    yes = np.zeros(shape, dtype=bool)
    passages = []
    for each in people.read:
        asked[place[fold(each["coder"])], rows[each["segment"]]] = True
    for each in people.refused:
        if each["theme"] in themes:
            asked[place[fold(each["coder"])], rows[each["segment"]], themes.index(each["theme"])] = True
    for each in people.codings:
        if each["theme"] in themes:
            who = place[fold(each["coder"])]
            row = rows[each["segment"]]
            theme = themes.index(each["theme"])
            asked[who, row] = True
            yes[who, row, theme] = True
            passages.append((row, theme, coders[who], each["stance"], each["start"], each["end"]))
    frame = pd.DataFrame(passages, columns=_PASSAGES).sort_values(["row", "theme", "coder", "start"], kind="stable")
    settled = label_segments(
        opened.segments, empty(HumanCodings), opened.study.themes, opened.study.settlements
    ).settled
    return HumanLabels(coders, yes, asked, frame.reset_index(drop=True), tuple(themes), settled)


def conflicts_of(opened: OpenedStudy, labels: HumanLabels) -> dict[str, list[dict[str, Any]]]:
    """Segment -> the themes on which people differ there, unsettled: theme, coders (name -> stance or NO)."""
    segments = opened.segments["segment"].tolist()
    conflicts: dict[str, list[dict[str, Any]]] = {}
    for each in find_disagreements(labels):
        if each.settlement is None:
            segment = segments[each.row]
            sides = {side.coder: _told(side) for side in each.sides}
            row = {"segment": segment, "theme": labels.themes[each.theme], "coders": sides}
            conflicts.setdefault(segment, []).append(row)
    return conflicts


def agreement_of(opened: OpenedStudy, people: People, labels: HumanLabels, language: Language) -> dict[str, Any]:
    """As JSON: Krippendorff's alpha of each pair of coders, the mean over themes, and how much each coder did.

    `interval` is None where it cannot be calculated, and then `note` says why.
    """
    decisions = human_decisions(opened.segments, labels, opened.study.themes)
    pairs = [_pair(decisions, pair, language) for pair in combinations(labels.coders, 2)]
    return {
        "pairs": [pair for pair in pairs if pair["segments"]],
        "coders": list(_coders(people, labels)),
    }


def _pair(decisions: pd.DataFrame, pair: tuple[str, str], language: Language) -> dict[str, Any]:
    together = paired_decisions(decisions, *pair)["segment"].nunique()
    figures = compare_pair(decisions, *pair)
    alpha = records(figures[(figures["theme"] == ALL_THEMES) & (figures["measure"] == "alpha")])
    value, low, high = (_number(alpha, name) for name in ("value", "low", "high"))
    reason = alpha[0]["reason"] if alpha else ""
    return {
        "coders": list(pair),
        "segments": int(together),
        "alpha": value,
        "interval": None if low is None or high is None else [low, high],
        "note": say(not_calculable(reason), language),
    }


def _number(rows: list[dict[str, Any]], name: str) -> float | None:
    return None if not rows or pd.isna(rows[0][name]) else round(float(rows[0][name]), 4)


def _coders(people: People, labels: HumanLabels) -> Iterator[dict[str, Any]]:
    for place, name in enumerate(labels.coders):
        codings = sum(fold(each["coder"]) == fold(name) for each in people.codings)
        yield {"name": name, "segments": int(labels.asked[place].any(axis=1).sum()), "codings": codings}


def _told(side: Side) -> str:
    return side.stance if side.given else NO
