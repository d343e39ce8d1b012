"""Corrected figures theme by theme, by groups of respondents and by answers, beside the plain ones. Room nlp.

nlp.measures.corrected has the method; here it is asked for each theme, and says why where it has no answer.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.records import Item
from nlp.measures.association import adjust
from nlp.measures.corrected import (
    Comparison,
    Estimate,
    compare_shares,
    corrected_mean,
    corrected_respondents,
    corrected_share,
    corrected_slope,
)
from nlp.measures.frames import GroupEstimates, LinkEstimates, ThemeEstimates
from nlp.measures.groups import natural_order
from nlp.measures.linking import link_targets, pair_answers
from nlp.measures.sampled_themes import SampledThemes

FIGURES = ("segments", "words", "respondents", "stance")
DIFFERENCE = "corrected difference"
SLOPE = "corrected slope"
NO = "no"  # groups of respondents by what they answer
YES = "yes"
_EDGE = 0.001  # a share at the end of a scale is no nearer to 0 or 1


def theme_estimates(sampled: SampledThemes) -> pd.DataFrame:
    """One row a theme and figure, in the order of the codebook and of FIGURES: a ThemeEstimates frame.

    segments, words, respondents: the share with the theme; stance: the mean over its passages, from -1 (problem) to 1
    (advantage), with proposals and neutral ones at 0. `plain` is the figure of all codings as tables count them,
    `people` that of the segments of the sample that people read, alone. Respondents can be corrected only where they
    were drawn whole.
    """
    rows = []
    for number, theme in enumerate(sampled.themes):
        for figure in FIGURES:
            estimate = _of_theme(sampled, number, figure)
            rows.append(
                {"theme": theme, "figure": figure, "plain": _plain(sampled, number, figure), **_cells(estimate)}
            )
    return ThemeEstimates.validate(pd.DataFrame(rows, columns=list(ThemeEstimates.to_schema().columns)))


def group_estimates(sampled: SampledThemes, groups: pd.Series, seed: int) -> pd.DataFrame:
    """One row a theme and group, then one a theme with the group "": the difference, and the test that there is none.

    Shares of segments; `groups` is from nlp.measures.groups.groups_of. Of two groups the difference is the second less
    the first, of more there is p alone. q is Benjamini-Hochberg over the themes. A GroupEstimates frame.
    """
    order = natural_order([label for label in groups.tolist() if label])
    group = _by_person(sampled, groups)
    rows = []
    for number, theme in enumerate(sampled.themes):
        compared = _compare(sampled, number, group, order, seed)
        for label, share in zip(order, compared.shares, strict=True):
            plain = sampled.counted[group == label, number]
            rows.append({"theme": theme, "group": label, "plain": _mean(plain), **_cells(share), "p": np.nan})
        sides = [_mean(sampled.counted[group == label, number]) for label in order]
        plain_difference = sides[1] - sides[0] if len(order) == 2 else np.nan
        difference = {**_cells(compared.difference), "p": compared.difference.p}
        rows.append({"theme": theme, "group": "", "plain": plain_difference, **difference})
    frame = pd.DataFrame(rows, columns=list(GroupEstimates.to_schema().columns))
    return GroupEstimates.validate(adjust(frame))


def link_estimates(
    sampled: SampledThemes,
    mentions: pd.DataFrame,
    answers: pd.DataFrame,
    items: tuple[Item, ...],
    links: pd.DataFrame,
    seed: int,
) -> pd.DataFrame:
    """One row a theme and item, or option of a multiple response: how the share of segments goes with the answer.

    effect_name is DIFFERENCE: the share in what those say who answer yes (or tick the option) less that of the
    others; SLOPE: the change from the lowest to the highest rank of a scale or number; or "" for
    categories, which have p alone. `odds` are the odds of the theme on the one side over those on the other. q is
    Benjamini-Hochberg within the theme. Arguments as in nlp.measures.linking.link_themes. A LinkEstimates frame.
    """
    rows = []
    for theme, item, code, option in link_targets(links, items):
        if item is None or theme not in sampled.themes:
            continue
        paired = pair_answers(mentions, answers, theme, item, option).set_index("respondent")
        found = _of_link(sampled, sampled.themes.index(theme), item, paired, seed)
        names = {"theme": theme, "item": code, "option": option}
        beside = {name: getattr(found, name) for name in ("effect_name", "odds", "plain", "smaller_group")}
        rows.append({**names, **beside, **_cells(found.estimate), "p": found.estimate.p})
    frame = pd.DataFrame(rows, columns=list(LinkEstimates.to_schema().columns))
    adjusted = [adjust(family) for _, family in frame.groupby("theme", sort=False)]
    return LinkEstimates.validate(pd.concat(adjusted) if adjusted else frame)


def _cells(estimate: Estimate) -> dict[str, object]:
    names = ("value", "low", "high", "reason", "read", "people")
    return {name: getattr(estimate, name) for name in names}


def _of_theme(sampled: SampledThemes, theme: int, figure: str) -> Estimate:
    if sampled.reasons[theme]:
        return Estimate(reason=sampled.reasons[theme])
    arrays = _arrays(sampled, theme)
    if figure == "segments":
        return corrected_share(*arrays)
    if figure == "words":
        return corrected_share(*arrays, weight=sampled.words)
    if figure == "respondents":
        return corrected_respondents(*arrays) if sampled.whole else Estimate(reason="segments only")
    _, people, probability, person = arrays
    stances = (sampled.machine_stance[:, theme], sampled.people_stance[:, theme])
    estimate = corrected_mean(*stances, ~np.isnan(people), probability, person)
    if estimate.reason == "absent from sample" and np.any(people == 1):
        return replace(estimate, reason="no stance told")
    return _from_minus_one(estimate)


def _from_minus_one(estimate: Estimate) -> Estimate:
    """A mean of STANCE_VALUES, 0 to 1, as one from -1 to 1."""
    ends = {name: 2 * getattr(estimate, name) - 1 for name in ("value", "low", "high", "people")}
    return replace(estimate, **ends)


def _plain(sampled: SampledThemes, theme: int, figure: str) -> float:
    counted = sampled.counted[:, theme]
    if figure == "segments":
        return _mean(counted)
    if figure == "words":
        return float(counted @ sampled.words / sampled.words.sum()) if sampled.words.sum() else np.nan
    if figure == "respondents":
        return _mean(pd.Series(counted).groupby(sampled.person).max().to_numpy())
    known = sampled.counted_stance[:, theme]
    return 2 * _mean(known[~np.isnan(known)]) - 1


class _Link(NamedTuple):
    """What is known of a theme and an item; `smaller_group` counts the respondents of the smaller side."""

    estimate: Estimate
    effect_name: str = ""
    odds: float = np.nan
    plain: float = np.nan
    smaller_group: int = 0


def _of_link(sampled: SampledThemes, theme: int, item: Item, paired: pd.DataFrame, seed: int) -> _Link:
    if item.type == "multi" or (item.type == "yesno" and item.yes):
        return _by_yes(sampled, theme, paired, seed)
    if item.type in ("likert", "number"):
        return _along_scale(sampled, theme, paired, seed)
    if item.type == "single":
        group = _by_person(sampled, paired["value"])
        difference = _compare(sampled, theme, group, sorted(set(paired["value"])), seed).difference
        return _Link(Estimate(p=difference.p, reason=difference.reason, read=difference.read))
    reasons = {"date": "date", "yesno": "no polarity"}
    return _Link(Estimate(reason=reasons.get(item.type, "free text")))


def _by_yes(sampled: SampledThemes, theme: int, paired: pd.DataFrame, seed: int) -> _Link:
    answers = paired["yes"].map({True: YES, False: NO})
    group = _by_person(sampled, answers)
    compared = _compare(sampled, theme, group, (NO, YES), seed)
    of_no, of_yes = compared.shares
    plain = {side: _mean(sampled.counted[group == side, theme]) for side in (NO, YES)}
    smaller = min(int((answers == side).sum()) for side in (NO, YES))
    odds = _odds(of_yes.value, of_no.value)
    return _Link(compared.difference, DIFFERENCE, odds, plain[YES] - plain[NO], smaller)


def _along_scale(sampled: SampledThemes, theme: int, paired: pd.DataFrame, seed: int) -> _Link:
    numbers = paired["number"].dropna()
    if reason := sampled.reasons[theme] or ("" if len(numbers) else "no order" if len(paired) else "no answers"):
        return _Link(Estimate(reason=reason), SLOPE)
    answer = pd.Series(sampled.person).map(numbers).to_numpy(dtype=float)
    known = ~np.isnan(answer)
    machine, people, probability, person = (part[known] for part in _arrays(sampled, theme))
    estimate = corrected_slope(machine, people, probability, person, answer[known], seed, ranks=True)
    middle = corrected_share(machine, people, probability, person).value
    odds = _odds(middle + estimate.value / 2, middle - estimate.value / 2)
    counted = sampled.counted[known, theme]
    plain = corrected_slope(counted, counted, np.ones(len(counted)), person, answer[known], seed, ranks=True).value
    return _Link(estimate, SLOPE, odds, plain, len(numbers))


def _odds(more: float, less: float) -> float:
    if np.isnan(more) or np.isnan(less):
        return np.nan
    above, below = (min(max(share, _EDGE), 1 - _EDGE) for share in (more, less))
    return float(above / (1 - above) * (1 - below) / below)


def _compare(sampled: SampledThemes, theme: int, group: NDArray, order: Sequence[str], seed: int) -> Comparison:
    if reason := sampled.reasons[theme]:
        return Comparison(tuple(Estimate(reason=reason) for _ in order), Estimate(reason=reason))
    return compare_shares(*_arrays(sampled, theme), group, tuple(order), seed)


def _arrays(sampled: SampledThemes, theme: int) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    columns = (sampled.machine, sampled.people, sampled.probability)
    machine, people, probability = (array[:, theme] for array in columns)
    return machine, people, probability, sampled.person


def _by_person(sampled: SampledThemes, labels: pd.Series) -> NDArray:
    """(n,): the label of each segment's respondent, "" where there is none."""
    return pd.Series(sampled.person).map(labels.to_dict()).fillna("").to_numpy(dtype=object)


def _mean(values: NDArray) -> float:
    return float(np.mean(values)) if len(values) else np.nan
