"""Themes against a variable of the respondents (class of municipality, province). Room nlp; frames in, frames out."""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd

from nlp.measures.association import Association, adjust, r_by_c, too_few, two_by_two
from nlp.measures.frames import GroupCounts, GroupTests
from nlp.measures.groups import natural_order
from nlp.measures.intervals import wilson
from nlp.measures.reasons import MIN_PERCENT_BASE


def theme_by_group(mentions: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """One row a theme and group: how many of the group mention the theme.

    `groups` is a series of labels indexed by respondent (nlp.measures.groups.groups_of); "" is left out. Columns:
    theme, group, n, mentioned, share, low, high (Wilson), reason ("few" when n < 10: no percentage).
    """
    known = mentions.assign(group=mentions["respondent"].map(groups).fillna(""))
    known = known[known["group"] != ""]
    order = natural_order(known["group"].tolist())
    counted = known.groupby(["theme", "group"])["mentioned"].agg(["size", "sum"])
    rows = []
    for theme in mentions["theme"].unique():
        for group in order:
            n, count = (int(value) for value in counted.loc[(theme, group)])
            few = n < MIN_PERCENT_BASE
            share = (np.nan, np.nan, np.nan) if few else (count / n, *wilson(count, n))
            rows.append((theme, group, n, count, *share, "few" if few else ""))
    columns = ["theme", "group", "n", "mentioned", "share", "low", "high", "reason"]
    return GroupCounts.validate(pd.DataFrame(rows, columns=columns))


def theme_group_tests(mentions: pd.DataFrame, groups: pd.Series, seed: int) -> pd.DataFrame:
    """One row a theme: does mentioning it depend on the group?

    Two groups: Fisher exact with the conditional odds ratio. More: Fisher-Freeman-Halton with bias-corrected Cramér's V
    and its bootstrap interval (see nlp.measures.association). A GroupTests frame; `n` have a known group, q is
    Benjamini-Hochberg over the themes.
    """
    known = mentions.assign(group=mentions["respondent"].map(groups).fillna(""))
    rows = []
    for theme, everyone in known.groupby("theme", sort=False):
        valid = everyone[everyone["group"] != ""]
        table = _counts(valid)
        association = compare_counts(table, seed)
        test = "fisher" if table.shape[1] == 2 else "freeman-halton"
        size = len(valid)
        unknown = len(everyone) - len(valid)
        row = {"theme": theme, "variable": str(groups.name or ""), "n": size, "unknown": unknown, "test": test}
        row |= {"larger": larger_group(association, natural_order(valid["group"].tolist()))}
        rows.append({**row, **asdict(association)})
    return GroupTests.validate(adjust(pd.DataFrame(rows, columns=list(GroupTests.to_schema().columns))))


def _counts(valid: pd.DataFrame) -> np.ndarray:
    order = natural_order(valid["group"].tolist())
    mentioned = valid["mentioned"].to_numpy(dtype=bool)
    group = valid["group"].to_numpy(dtype=object)
    of_group = [group == label for label in order]
    inside = [int((mentioned & members).sum()) for members in of_group]
    outside = [int((~mentioned & members).sum()) for members in of_group]
    return np.array([inside, outside], dtype=int).reshape(2, len(order))


def compare_counts(table: np.ndarray, seed: int) -> Association:
    """The test of a table 2 x k, those who do (say, tick) above those who do not, one column a group; too few are not
    tested (`too_few`)."""
    if table.shape[1] < 2:
        return Association("cramer v", reason="one group" if table.shape[1] else "no answers")
    if reason := too_few(int(table.sum()), table.sum(axis=0).tolist()):
        return Association("odds ratio" if table.shape[1] == 2 else "cramer v", reason=reason)
    if table.shape[1] == 2:
        return two_by_two(table)
    if table[0].sum() == 0 or table[1].sum() == 0:
        return Association("cramer v", reason="nobody" if table[0].sum() == 0 else "everybody")
    return r_by_c(table, seed)


def larger_group(association: Association, order: Sequence[str]) -> str:
    """Of two groups in their `order` the one in which the effect is larger; "" where there is none, or no side."""
    null = {"odds ratio": 1.0, "cliff delta": 0.0}.get(association.effect_name)
    if null is None or len(order) != 2 or association.reason or association.effect == null:
        return ""
    return order[0] if association.effect > null else order[1]
