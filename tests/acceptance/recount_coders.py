"""What people coded and how far two of them agree, counted again from the truth of a counted study. No Trama."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pandas as pd

from tests.acceptance.counted_studies import ENGLISH, STANCES
from tests.acceptance.recount import Expected, Recount

ORDER = ("criticità", "neutro", "vantaggio")
Distance = Callable[[Counter[Any], Any, Any], float]


def codings(truth: Recount) -> Counter[tuple[str, str, str, str, str]]:
    """Theme, stance, respondent, quotation and coders of every row of `codifiche`."""
    words = ENGLISH if truth.study.language == "en" else dict(zip(STANCES, STANCES, strict=True))
    decided = dict(zip(truth.every["segment"], truth.every["decided"], strict=True))
    return Counter(
        (
            truth.study.themes[row.theme],
            words[row.stance],
            row.person,
            row.sentence,
            ", ".join(coder for coder, codes in decided[row.segment].items() if row.theme in codes),
        )
        for row in truth.all_coded.itertuples()
    )


def agreement(truth: Recount) -> Expected:
    """Table `accordo`, the rows of people: each two of them, and where there are more all together."""
    cells: Expected = {}
    coders = _coders(truth)
    for pair in combinations(coders, 2):
        both = _decided_by(truth, pair)
        measured = []
        for theme in truth.themes if len(both) else ():
            yes = [[theme in decided[coder] for coder in pair] for decided in both["decided"]]
            counts = Counter(map(tuple, yes))
            measured.append(_yes_no(yes))
            cells |= _row(f"{'|'.join(pair)}|{theme}", measured[-1], both)
            cells |= _row(f"{'|'.join(pair)}|{theme}", {
                "both_coders": counts[True, True], "first_only": counts[True, False], "second_only": counts[False, True]
            }, both)  # fmt: skip
        if measured:
            cells |= _row(f"{'|'.join(pair)}|*", _mean(measured), both, len(truth.themes))
    if len(coders) > 2:
        shared = truth.every[truth.every["decided"].map(len) >= 2]
        measured = []
        for theme in truth.themes:
            units = [[theme in codes for codes in decided.values()] for decided in shared["decided"]]
            measured.append(_among_several(units))
            cells |= _row(f"people|{theme}", measured[-1], shared)
        cells |= _row("people|*", _mean(measured), shared, len(truth.themes))
    return cells


def _coders(truth: Recount) -> list[str]:
    return sorted({coder for decided in truth.every["decided"] for coder in decided})


def _decided_by(truth: Recount, pair: Sequence[str]) -> pd.DataFrame:
    return truth.every[truth.every["decided"].map(lambda decided: set(pair) <= decided.keys())]


def _row(row: str, measures: dict[str, Any], units: pd.DataFrame, themes: int = 1) -> Expected:
    counts = {"decisions": len(units) * themes, "interviews_n": units["transcript"].nunique()}
    return {(row, column): value for column, value in (measures | counts).items()}


def passages(truth: Recount) -> Expected:
    """Table `accordo_passi`."""
    cells: Expected = {}
    for pair in combinations(_coders(truth), 2):
        both = _decided_by(truth, pair)
        measured = []
        pairs_of_stances = 0
        for theme in truth.themes if len(both) else ():
            measures, stances = _of_passages(both, theme, pair)
            measured.append(measures)
            pairs_of_stances += stances
            cells |= _row(f"{'|'.join(pair)}|{theme}", measures | {"stance_pairs": stances}, both)
        if measured:
            cells |= _row(f"{'|'.join(pair)}|*", _mean(measured) | {"stance_pairs": pairs_of_stances}, both)
    return {place: value for place, value in cells.items() if place[1] != "decisions"}


def _of_passages(both: pd.DataFrame, theme: str, pair: Sequence[str]) -> tuple[dict[str, Any], int]:
    """The measures of one theme, and in how many segments both give it with a stance."""
    signs: list[tuple[bool, bool]] = []
    stances = []
    for said, decided in zip(both["said"], both["decided"], strict=True):
        ends = [len(said.passages[coder, theme]) if theme in decided[coder] else 0 for coder in pair]
        signs += [(place < ends[0], place < ends[1]) for place in range(len(said.sentence))]
        if all(ends):
            stances.append([decided[coder][theme] for coder in pair])
    either = sum(map(any, signs))
    ordered = [both_say for both_say in stances if set(both_say) <= set(ORDER)]
    measures = {
        "iou": sum(map(all, signs)) / either if either else None,
        "alpha_passages": krippendorff(signs, _unlike),
        "stance_same": sum(one == other for one, other in stances) / len(stances) if stances else None,
        "alpha_stance": krippendorff(stances, _unlike),
        "alpha_stance_order": krippendorff(ordered, _ranks_between),
    }
    return measures, len(stances)


def _mean(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean over the themes for which a measure can be calculated."""
    known = {name: [each[name] for each in measured if each[name] is not None] for name in measured[0]}
    return {name: float(np.mean(values)) if values else None for name, values in known.items()}


def _among_several(units: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Agreement of all who decided, pair by pair of them; Gwet's AC1 with the mean share that says yes."""
    if not units:
        return {"raw_agreement": None, "alpha": None, "ac1": None}
    raw = float(np.mean([np.mean([one == other for one, other in combinations(unit, 2)]) for unit in units]))
    mean = float(np.mean([np.mean(unit) for unit in units]))
    gwet = 2 * mean * (1 - mean)
    return {"raw_agreement": raw, "alpha": krippendorff(units, _unlike), "ac1": (raw - gwet) / (1 - gwet)}


def _yes_no(pairs: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Agreement of the second with the first, who is the reference."""
    n = len(pairs)
    a, b, c, d = (sum(tuple(pair) == cell for pair in pairs) for cell in ((1, 1), (1, 0), (0, 1), (0, 0)))
    raw = _over(a + d, n)
    first = (a + b) / max(n, 1)
    second = (a + c) / max(n, 1)
    by_chance = first * second + (1 - first) * (1 - second)
    mean = (first + second) / 2
    gwet = 2 * mean * (1 - mean)
    return {
        "raw_agreement": raw,
        "precision": _over(a, a + c),
        "recall": _over(a, a + b),
        "f1": _over(2 * a, 2 * a + b + c),
        "kappa": None if raw is None or by_chance > 1 - 1e-12 else (raw - by_chance) / (1 - by_chance),
        "alpha": krippendorff(pairs, _unlike),
        "ac1": None if raw is None else (raw - gwet) / (1 - gwet),
    }


def _over(above: float, below: float) -> float | None:
    return above / below if below else None


def krippendorff(units: Sequence[Sequence[Any]], distance: Distance) -> float | None:
    """Alpha of two values a unit or more (Krippendorff 2018, ch. 12), None where all are alike."""
    given = Counter(value for unit in units for value in unit)
    n = given.total()
    observed = sum(
        distance(given, one, other) / (len(unit) - 1) for unit in units for one, other in permutations(unit, 2)
    )
    expected = sum(given[one] * given[other] * distance(given, one, other) for one in given for other in given)
    return 1 - (n - 1) * observed / expected if expected else None


def _unlike(_given: Counter[Any], one: Any, other: Any) -> float:
    return float(one != other)


def _ranks_between(given: Counter[Any], one: Any, other: Any) -> float:
    low, high = sorted((ORDER.index(one), ORDER.index(other)))
    return (sum(given[stance] for stance in ORDER[low : high + 1]) - (given[one] + given[other]) / 2) ** 2
