"""Does the machine err alike on everybody? Missed and invented codings by groups of respondents. Room nlp.

Against people's decisions, which are taken for right. The shares, intervals and tests are those of
nlp.measures.corrected of what was read alone: respondents are the units, weighed by the probability of what was drawn.
"""

from collections.abc import Mapping, Set

import numpy as np
import pandas as pd

from nlp.measures.association import adjust
from nlp.measures.corrected import Comparison, compare_shares
from nlp.measures.frames import MachineErrors
from nlp.measures.groups import natural_order
from nlp.measures.sampled_themes import SampledThemes

ALL_THEMES = ""  # in the column theme: the decisions on all themes put together
MISSED = "missed"
INVENTED = "invented"
NEARLY = 0.2  # shares of errors that surely differ by no more count as alike
SIGNIFICANT = 0.05
MOST_GROUPS = 8  # a variable with more values tells nobody apart
_REASONS = {"few read": "fewer than 3"}  # people's decisions need not be a sample's here
CASE_COLUMNS = ["segment", "respondent", "theme", "people", "machine", "probability"]


def sampled_cases(sampled: SampledThemes) -> pd.DataFrame:
    """What people decided in the sample beside what the machine gives there: CASE_COLUMNS, a row a decision."""
    row, theme = np.nonzero(~np.isnan(sampled.people))
    return pd.DataFrame(
        {
            "segment": sampled.segments["segment"].to_numpy()[row],
            "respondent": sampled.person[row],
            "theme": np.array(sampled.themes, dtype=object)[theme],
            "people": sampled.people[row, theme].astype(int),
            "machine": sampled.machine[row, theme].astype(int),
            "probability": sampled.probability[row, theme],
        }
    )


def machine_errors(cases: pd.DataFrame, groups: Mapping[str, pd.Series], seed: int) -> pd.DataFrame:
    """One row a variable, theme (ALL_THEMES first), error and group: a MachineErrors frame.

    `cases` has CASE_COLUMNS, `groups` variable -> groups_of. A coding is missed where people give the theme and the
    machine does not (`cases` counts what people give), invented where it is the other way round (of what people do not
    give). Of each comparison the verdict: "unlike" when q, Benjamini-Hochberg over all comparisons, is below .05;
    "alike" when the shares surely differ by no more than NEARLY; else "few", too few to say.
    """
    rows = []
    tests = []
    for variable, labels in groups.items():
        order = natural_order([label for label in labels.tolist() if label])
        placed = cases.assign(group=cases["respondent"].map(labels.to_dict()).fillna(""))
        placed = placed[placed["group"] != ""]
        for theme, of_theme in [(ALL_THEMES, placed), *placed.groupby("theme", sort=False)]:
            for error, given in ((MISSED, 1), (INVENTED, 0)):
                asked = of_theme[of_theme["people"] == given]
                wrong = (asked["machine"] != given).to_numpy(dtype=float)
                compared = _compare(asked, wrong, order, seed)
                test = {"variable": variable, "theme": theme, "error": error}
                tests.append({**test, "p": compared.difference.p, "nearly": _nearly(compared)})
                rows += [{**test, **cells} for cells in _by_group(asked, wrong, order, compared)]
    judged = adjust(pd.DataFrame(tests, columns=["variable", "theme", "error", "p", "nearly"]))
    judged["verdict"] = np.select(
        [judged["q"] < SIGNIFICANT, judged["nearly"].astype(bool)], ["unlike", "alike"], "few"
    )
    names = ["variable", "theme", "error"]
    frame = pd.DataFrame(rows, columns=[*names, "group", "cases", "errors", "share", "low", "high", "reason"])
    joined = frame.merge(judged.drop(columns="nearly"), on=names)
    return MachineErrors.validate(joined[list(MachineErrors.to_schema().columns)])


def worst(verdicts: Set[str]) -> str:
    """The verdict of several comparisons at once."""
    return next((verdict for verdict in ("unlike", "few") if verdict in verdicts), "alike" if verdicts else "few")


def _compare(asked: pd.DataFrame, wrong: np.ndarray, order: list[str], seed: int) -> Comparison:
    nothing = np.zeros(len(asked))  # no machine helps: its errors are what is asked for
    where = (
        asked["probability"].to_numpy(float),
        asked["respondent"].to_numpy(object),
        asked["group"].to_numpy(object),
    )
    return compare_shares(nothing, wrong, *where, tuple(order), seed)


def _by_group(
    asked: pd.DataFrame, wrong: np.ndarray, order: list[str], compared: Comparison
) -> list[dict[str, object]]:
    cells = []
    for label, share in zip(order, compared.shares, strict=True):
        inside = (asked["group"] == label).to_numpy()
        reason = _REASONS.get(share.reason, share.reason) if inside.any() else "no cases"
        ends = {"share": share.value, "low": share.low, "high": share.high, "reason": reason}
        cells.append({"group": label, "cases": int(inside.sum()), "errors": int(wrong[inside].sum()), **ends})
    return cells


def _nearly(compared: Comparison) -> bool:
    """Whether the shares surely differ by no more than NEARLY: by the interval of two, by those of each of more."""
    if compared.difference.reason:
        return False
    if len(compared.shares) == 2:
        return max(abs(compared.difference.low), abs(compared.difference.high)) <= NEARLY
    lows = [share.low for share in compared.shares]
    highs = [share.high for share in compared.shares]
    return max(highs) - min(lows) <= NEARLY
