"""What people coded and how far two of them agree, counted again from the truth of a counted study. No Trama."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tests.acceptance.counted_studies import STANCES
from tests.acceptance.recount import Expected, Recount

ENGLISH = {"vantaggio": "advantage", "criticità": "problem", "proposta": "proposal", "neutro": "neutral"}
ORDER = ("criticità", "neutro", "vantaggio")
PAIR = ("anna", "bruno")
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
    """Table `accordo`, the rows of two people."""
    cells: Expected = {}
    both = truth.every[truth.every["decided"].map(len) == 2]
    measured = []
    for theme in truth.themes if len(both) else ():
        yes = [[theme in codes for codes in decided.values()] for decided in both["decided"]]
        measures = _yes_no(yes)
        measured.append(measures)
        row = f"{'|'.join(PAIR)}|{theme}"
        counts = Counter(map(tuple, yes))
        measures |= {"decisions": len(yes), "interviews_n": both["transcript"].nunique()}
        measures |= {"both_coders": counts[True, True], "first_only": counts[True, False]}
        measures["second_only"] = counts[False, True]
        cells |= {(row, column): value for column, value in measures.items()}
    if measured:
        row = f"{'|'.join(PAIR)}|*"
        cells |= {(row, column): value for column, value in _mean(measured, _yes_no([])).items()}
        cells[row, "decisions"] = len(both) * len(truth.themes)
        cells[row, "interviews_n"] = both["transcript"].nunique()
    return cells


def passages(truth: Recount) -> Expected:
    """Table `accordo_passi`."""
    cells: Expected = {}
    both = truth.every[truth.every["decided"].map(len) == 2]
    measured = []
    for theme in truth.themes if len(both) else ():
        signs: list[tuple[bool, bool]] = []
        stances = []
        for said, decided in zip(both["said"], both["decided"], strict=True):
            ends = [len(said.passages[coder, theme]) if theme in decided[coder] else 0 for coder in PAIR]
            signs += [(place < ends[0], place < ends[1]) for place in range(len(said.sentence))]
            if all(ends):
                stances.append([decided[coder][theme] for coder in PAIR])
        either = sum(map(any, signs))
        ordered = [pair for pair in stances if set(pair) <= set(ORDER)]
        measures = {
            "iou": sum(map(all, signs)) / either if either else None,
            "alpha_passages": krippendorff(signs, _unlike),
            "stance_same": sum(one == other for one, other in stances) / len(stances) if stances else None,
            "alpha_stance": krippendorff(stances, _unlike),
            "alpha_stance_order": krippendorff(ordered, _ranks_between),
        }
        measured.append(dict(measures))
        row = f"{'|'.join(PAIR)}|{theme}"
        cells |= {(row, column): value for column, value in measures.items()}
        cells[row, "stance_pairs"], cells[row, "interviews_n"] = len(stances), both["transcript"].nunique()
    if measured:
        row = f"{'|'.join(PAIR)}|*"
        cells |= {(row, column): value for column, value in _mean(measured, measured[0]).items()}
        of_themes = [value for (_, column), value in cells.items() if column == "stance_pairs"]
        cells[row, "stance_pairs"], cells[row, "interviews_n"] = sum(of_themes), both["transcript"].nunique()  # type: ignore[arg-type]
    return cells


def _mean(measured: Sequence[dict[str, Any]], names: dict[str, Any]) -> dict[str, Any]:
    """The mean over the themes for which a measure can be calculated."""
    known = {name: [each[name] for each in measured if each[name] is not None] for name in names}
    return {name: float(np.mean(values)) if values else None for name, values in known.items()}


def _yes_no(pairs: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Agreement of the second with the first, who is the reference."""
    n = len(pairs)
    a, b, c, d = (sum(tuple(pair) == cell for pair in pairs) for cell in ((1, 1), (1, 0), (0, 1), (0, 0)))
    raw = _over(a + d, n)
    first, second = (a + b) / max(n, 1), (a + c) / max(n, 1)
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
    """Alpha of pairs of values (Krippendorff 2018, ch. 12), None where all are alike."""
    given = Counter(value for unit in units for value in unit)
    n = given.total()
    observed = sum(2 * distance(given, *unit) for unit in units)
    expected = sum(given[one] * given[other] * distance(given, one, other) for one in given for other in given)
    return 1 - (n - 1) * observed / expected if expected else None


def _unlike(_given: Counter[Any], one: Any, other: Any) -> float:
    return float(one != other)


def _ranks_between(given: Counter[Any], one: Any, other: Any) -> float:
    low, high = sorted((ORDER.index(one), ORDER.index(other)))
    return (sum(given[stance] for stance in ORDER[low : high + 1]) - (given[one] + given[other]) / 2) ** 2
