"""Themes against the questionnaire items they are linked to. Room nlp: frames in, frames out, no texts."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import pandas as pd

from corpus.records import Item, Theme
from nlp.association import Association, benjamini_hochberg, correlation, kendall, r_by_c, two_by_two, two_groups
from nlp.items import missing_counts

COLUMNS = [
    "theme",
    "item",
    "option",
    "type",
    "measure",
    "test",
    "n",
    "dont_know",
    "no_reply",
    "not_shown",
    "mentioned",
    "ticked",
    "both",
    "typical_mentioned",
    "typical_others",
    "effect_name",
    "effect",
    "low",
    "high",
    "haldane",
    "tau",
    "p",
    "q",
    "family",
    "reason",
]


def declared_links(themes: tuple[Theme, ...], items: tuple[Item, ...]) -> pd.DataFrame:
    """The links that the codebook declares: one row a theme and item it names, in codebook order.

    Columns: theme, item. Items that the questionnaire does not hold stay in, so that their silence shows.
    """
    rows = [(theme.code, item) for theme in themes for item in dict.fromkeys(theme.questionnaire_items)]
    return pd.DataFrame(rows, columns=["theme", "item"], dtype="str")


def link_themes(
    mentions: pd.DataFrame, answers: pd.DataFrame, items: tuple[Item, ...], links: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """One row a test of a theme against an item, or against one option of a multiple response.

    `mentions` is from nlp.mentions.theme_mentions, `links` has the columns theme and item. Measures and tests:
    "menzione" (who mentions it) x yes/no or option: Fisher exact; x single: Fisher-Freeman-Halton; x Likert or number:
    permutation Mann-Whitney with Cliff's delta; "quota" (share of words) x Likert or number: Spearman with Kendall's
    tau-b. Sources in nlp.association. Pairs are deleted where an answer is missing.

    Columns: theme, item, option, type, measure, test, n (pairs), dont_know, no_reply, not_shown, mentioned (of n),
    ticked (of n), both, typical_mentioned, typical_others (medians), effect_name, effect, low, high, haldane, tau, p,
    q (Benjamini-Hochberg within the theme), family (its tests), reason. Effects take answers as printed, not reversed.
    """
    known = {item.code: item for item in items}
    rows: list[dict[str, object]] = []
    for theme, code in links[["theme", "item"]].itertuples(index=False):
        mine = mentions[mentions["theme"] == theme].set_index("respondent")
        item = known.get(code)
        if item is None:
            rows.append(_row(theme, code, "", "", "menzione", "", Association("", reason="no item")))
            continue
        own = answers[answers["item"] == code]
        missing = dict(zip(("dont_know", "no_reply", "not_shown"), missing_counts(own, set(mine.index)), strict=True))
        rows.extend({**row, **missing} for row in _tests(theme, item, mine, own[own["status"] == "answered"], seed))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    counts = ["n", "dont_know", "no_reply", "not_shown", "mentioned", "ticked", "both", "family"]
    frame[counts] = frame[counts].astype("Float64").astype("Int64")
    return _adjust(frame)


def _tests(theme: str, item: Item, mine: pd.DataFrame, own: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    paired = own[own["respondent"].isin(mine.index)]
    paired = paired.assign(
        mentioned=paired["respondent"].map(mine["mentioned"]), share=paired["respondent"].map(mine["share"])
    )
    if item.type == "multi":
        for option in [option for option in item.options if not option.missing]:
            yield _binary(theme, item, option.value, paired[paired["option"] == option.value], 1.0)
    elif item.type == "yesno":
        yield _binary(theme, item, "", paired, _yes(item))
    elif item.type == "single":
        yield _nominal(theme, item, paired, seed)
    elif item.type in ("likert", "number"):
        yield _ordered(theme, item, paired, seed)
        yield _share(theme, item, paired, seed)
    else:
        yield _row(theme, item.code, "", item.type, "menzione", "", Association("", reason="free text"), n=len(paired))


def _binary(theme: str, item: Item, option: str, paired: pd.DataFrame, yes: float) -> dict[str, object]:
    mentioned = paired["mentioned"].to_numpy(dtype=bool)
    ticked = (paired["number"] == yes).to_numpy(dtype=bool)
    both = int((mentioned & ticked).sum())
    table = [
        [both, int((mentioned & ~ticked).sum())],
        [int((~mentioned & ticked).sum()), int((~mentioned & ~ticked).sum())],
    ]
    found = two_by_two(table)
    counts = {"n": len(paired), "mentioned": int(mentioned.sum()), "ticked": int(ticked.sum()), "both": both}
    return _row(theme, item.code, option, item.type, "menzione", "fisher", found, **counts)


def _nominal(theme: str, item: Item, paired: pd.DataFrame, seed: int) -> dict[str, object]:
    table = pd.crosstab(paired["mentioned"], paired["value"]).to_numpy()
    mentioned = int(paired["mentioned"].sum())
    if reason := _one_sided(len(paired), mentioned):
        found = Association("cramer v", reason=reason)
    elif table.shape[1] < 2:
        found = Association("cramer v", reason="constant")
    else:
        found = r_by_c(table, seed)
    return _row(
        theme, item.code, "", item.type, "menzione", "freeman-halton", found, n=len(paired), mentioned=mentioned
    )


def _ordered(theme: str, item: Item, paired: pd.DataFrame, seed: int) -> dict[str, object]:
    valid = paired[paired["number"].notna()]
    inside, outside = (valid.loc[valid["mentioned"] == side, "number"].to_numpy() for side in (True, False))
    reason = _one_sided(len(valid), len(inside))
    found = Association("cliff delta", reason=reason) if reason else two_groups(inside, outside, seed)
    typical = {
        "typical_mentioned": float(np.median(inside)) if len(inside) else np.nan,
        "typical_others": float(np.median(outside)) if len(outside) else np.nan,
    }
    counts = {"n": len(valid), "mentioned": len(inside)}
    return _row(theme, item.code, "", item.type, "menzione", "mann-whitney", found, **counts, **typical)


def _share(theme: str, item: Item, paired: pd.DataFrame, seed: int) -> dict[str, object]:
    valid = paired[paired["number"].notna()]
    share, number = valid["share"].to_numpy(), valid["number"].to_numpy()
    found = correlation(share, number, seed)
    if found.reason == "constant" and not valid["mentioned"].any():
        found = Association("spearman rho", reason="nobody")
    tau = np.nan if found.reason else kendall(share, number)
    counts = {"n": len(valid), "mentioned": int(valid["mentioned"].sum())}
    return _row(theme, item.code, "", item.type, "quota", "spearman", found, tau=tau, **counts)


def _one_sided(n: int, mentioned: int) -> str:
    if n == 0:
        return "no answers"
    return "nobody" if mentioned == 0 else "everybody" if mentioned == n else ""


def _yes(item: Item) -> float:
    """The number that stands for yes: the order of the option whose label or value says so, else the larger one."""
    real = [option for option in item.options if not option.missing and option.order is not None]
    for option in real:
        if {option.label.casefold(), option.value.casefold()} & {"sì", "si", "yes", "vero", "true"}:
            return float(option.order or 0)
    return max((float(option.order or 0) for option in real), default=1.0)


def _row(
    theme: str, item: str, option: str, kind: str, measure: str, test: str, found: Association, **values: float
) -> dict[str, object]:
    labels = {"theme": theme, "item": item, "option": option, "type": kind, "measure": measure, "test": test}
    return {**labels, **asdict(found), **values}


def _adjust(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.copy()
    for _, family in frame.groupby("theme", sort=False):
        frame.loc[family.index, "q"] = benjamini_hochberg(family["p"])
        frame.loc[family.index, "family"] = int(family["p"].notna().sum())
    return frame
