"""Themes against the questionnaire items they are linked to. Room nlp: frames in, frames out, no texts."""

from dataclasses import asdict, replace

import numpy as np
import pandas as pd

from corpus.records import Item, Theme
from nlp.measures.association import Association, adjust, k_groups, r_by_c, too_few, two_by_two, two_groups
from nlp.measures.frames import LinkTests
from nlp.measures.items import missing_counts
from nlp.measures.rank_correlation import Tau, correlation, tau_b

COLUMNS = list(LinkTests.to_schema().columns)


def declared_links(themes: tuple[Theme, ...], items: tuple[Item, ...]) -> pd.DataFrame:
    """The links that the codebook declares: one row a theme and item it names, in codebook order.

    Columns: theme, item. Items that the questionnaire does not hold stay in, so that their silence shows.
    """
    rows = [(theme.code, item) for theme in themes for item in dict.fromkeys(theme.questionnaire_items)]
    return pd.DataFrame(rows, columns=["theme", "item"], dtype="str")


def same_option(theme: Theme, item: Item) -> str:
    """The option of a multiple response that asks about the theme: same code or same label, "" when none does."""
    names = {theme.code.casefold(), theme.label.casefold()}
    for option in item.options:
        if not option.missing and {option.value.casefold(), option.label.casefold()} & names:
            return option.value
    return ""


def link_targets(links: pd.DataFrame, items: tuple[Item, ...]) -> list[tuple[str, Item | None, str, str]]:
    """What each link is tested on: theme, item (None: unknown), item code, option (one each of a multiple response)."""
    known = {item.code: item for item in items}
    targets: list[tuple[str, Item | None, str, str]] = []
    for theme, code in links[["theme", "item"]].itertuples(index=False):
        item = known.get(code)
        options = (
            [option.value for option in item.options if not option.missing] if item and item.type == "multi" else [""]
        )
        targets.extend((theme, item, code, option) for option in options)
    return targets


def pair_answers(
    mentions: pd.DataFrame, answers: pd.DataFrame, theme: str, item: Item, option: str = ""
) -> pd.DataFrame:
    """Respondents with both strands: one row each, sorted, for one theme and one item or option.

    Columns: respondent, mentioned, share (of words), value, label, number, yes (bool: the option is ticked or the
    answer is yes; False throughout for other items).
    """
    of_item = answers[(answers["item"] == item.code) & (answers["option"] == option)]
    answered = of_item[of_item["status"] == "answered"]
    mentioning = mentions.loc[mentions["theme"] == theme, ["respondent", "mentioned", "share"]]
    columns = answered[["respondent", "value", "label", "number"]]
    paired = mentioning.merge(columns, on="respondent").sort_values("respondent", ignore_index=True)
    return paired.assign(yes=(paired["number"] == 1) & (item.type in ("multi", "yesno")))


def link_themes(
    mentions: pd.DataFrame, answers: pd.DataFrame, items: tuple[Item, ...], links: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """One row a test of a theme against an item, or against one option of a multiple response.

    `mentions` is from nlp.measures.theme_mentions.theme_mentions, `links` has the columns theme and item. Measures and
    tests: "mention" (who mentions it) x yes/no or option: Fisher exact; x single: Fisher-Freeman-Halton; x Likert or
    number: permutation Mann-Whitney with Cliff's delta; "share" (share of words) x Likert or number: Spearman with
    Kendall's tau-b; x yes/no or option: permutation Mann-Whitney; x single: Kruskal-Wallis by permutation. Sources in
    nlp.measures.association. Pairs are deleted where an answer is missing.

    A LinkTests frame; q is Benjamini-Hochberg within the theme. Effects take answers as printed, not reversed.
    """
    people = set(mentions["respondent"])
    rows: list[dict[str, object]] = []
    for theme, item, code, option in link_targets(links, items):
        link: dict[str, object] = {"theme": theme, "item": code, "option": option, "type": item.type if item else ""}
        if item is None:
            rows.append({**link, **_found("mention", "", Association("", reason="no item"))})
            continue
        of_item = answers[(answers["item"] == code) & (answers["option"] == option)]
        paired = pair_answers(mentions, answers, theme, item, option)
        link |= check_counts(item, of_item, people, paired)
        # Answers of others than the people interviewed stand beside this: they are no silence.
        elsewhere = {"reason": "no pairs"} if paired.empty and (of_item["status"] == "answered").any() else {}
        rows.extend({**link, **row, **elsewhere} for row in _tests(item, paired, seed))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    adjusted = [adjust(family) for _, family in frame.groupby("theme", sort=False)]
    return LinkTests.validate(pd.concat(adjusted) if adjusted else frame)


class CountsDiffer(Exception):
    """Two ways of counting the same answers differ: a fault of the program, which must not become a number."""


def check_counts(item: Item, of_item: pd.DataFrame, people: set[str], paired: pd.DataFrame) -> dict[str, int]:
    """Count a link's answers anew, by the codes as frequencies do; `of_item` are the answers to its item or option.

    Returns the missing_counts that make everybody with who answered. Raises CountsDiffer when who answered and who did
    not are not all `people` once, or yes is not as often yes.
    """
    of_people = of_item[of_item["respondent"].isin(people)]
    answered = of_people[of_people["status"] == "answered"]
    missing = missing_counts(of_item, people)
    counted = answered["respondent"].nunique() + sum(missing.values())
    yes = answered["value"].isin(("1",) if item.type == "multi" else item.yes).sum()
    if counted != len(people) or len(paired) != len(answered) or yes != paired["yes"].sum():
        raise CountsDiffer(f"{item.code}: {counted} of {len(people)}, {len(paired)} pairs, {yes} say yes")
    return missing


def _tests(item: Item, paired: pd.DataFrame, seed: int) -> list[dict[str, object]]:
    if item.type == "yesno" and not item.yes:
        return [_found("mention", "", Association("", reason="no polarity"), n=len(paired))]
    if item.type in ("multi", "yesno"):
        return [_binary(paired), _share_by_tick(paired, seed)]
    if item.type == "single":
        return [_nominal(paired, seed), _share_by_category(paired, seed)]
    if item.type in ("likert", "number"):
        valid = paired[paired["number"].notna()]
        if len(paired) and valid.empty:
            return [_found("mention", "", Association("", reason="no order"), n=len(paired))]
        return [_ordered(valid, seed), _share(valid, seed)]
    return [
        _found("mention", "", Association("", reason="date" if item.type == "date" else "free text"), n=len(paired))
    ]


def _binary(paired: pd.DataFrame) -> dict[str, object]:
    mentioned = paired["mentioned"].to_numpy(dtype=bool)
    yes = paired["yes"].to_numpy(dtype=bool)
    both = int((mentioned & yes).sum())
    table = [
        [both, int((mentioned & ~yes).sum())],
        [int((~mentioned & yes).sum()), int((~mentioned & ~yes).sum())],
    ]
    counts = {"n": len(paired), "mentioned": int(mentioned.sum()), "ticked": int(yes.sum()), "both": both}
    return _found("mention", "fisher", two_by_two(table), **counts)


def _nominal(paired: pd.DataFrame, seed: int) -> dict[str, object]:
    side = paired["mentioned"].to_numpy(dtype=bool)
    mentioned = int(side.sum())
    values, category = np.unique(paired["value"].to_numpy(dtype=object), return_inverse=True)
    table = np.array([np.bincount(category[one_side], minlength=len(values)) for one_side in (~side, side)])
    if reason := _one_sided(len(paired), mentioned):
        association = Association("cramer v", reason=reason)
    elif table.shape[1] < 2:
        association = Association("cramer v", reason="constant")
    else:
        association = r_by_c(table, seed)
    return _found("mention", "freeman-halton", association, n=len(paired), mentioned=mentioned)


def _ordered(valid: pd.DataFrame, seed: int) -> dict[str, object]:
    inside, outside = (valid.loc[valid["mentioned"] == side, "number"].to_numpy() for side in (True, False))
    reason = _one_sided(len(valid), len(inside))
    association = Association("cliff delta", reason=reason) if reason else two_groups(inside, outside, seed)
    typical = {
        "typical_mentioned": float(np.median(inside)) if len(inside) else np.nan,
        "typical_others": float(np.median(outside)) if len(outside) else np.nan,
    }
    return _found("mention", "mann-whitney", association, n=len(valid), mentioned=len(inside), **typical)


def _share_by_tick(paired: pd.DataFrame, seed: int) -> dict[str, object]:
    yes = paired["yes"].to_numpy(dtype=bool)
    share = paired["share"].to_numpy()
    association = (
        two_groups(share[yes], share[~yes], seed) if len(paired) else Association("cliff delta", reason="no answers")
    )
    return _found("share", "mann-whitney", _or_nobody(association, paired), n=len(paired), ticked=int(yes.sum()))


def _share_by_category(paired: pd.DataFrame, seed: int) -> dict[str, object]:
    groups = [group["share"].to_numpy() for _, group in paired.groupby("value")]
    association = k_groups(groups, seed) if groups else Association("epsilon squared", reason="no answers")
    return _found("share", "kruskal-wallis", _or_nobody(association, paired), n=len(paired))


def _or_nobody(association: Association, paired: pd.DataFrame) -> Association:
    silent = association.reason and len(paired) and not paired["mentioned"].any()
    return replace(association, reason="nobody") if silent else association


def _share(valid: pd.DataFrame, seed: int) -> dict[str, object]:
    share = valid["share"].to_numpy()
    number = valid["number"].to_numpy()
    association = _or_nobody(correlation(share, number, seed), valid)
    tau = Tau() if association.reason else tau_b(share, number)
    ends = {"tau": tau.value, "tau_low": tau.low, "tau_high": tau.high}
    return _found("share", "spearman", association, **ends, n=len(valid), mentioned=int(valid["mentioned"].sum()))


def _one_sided(n: int, mentioned: int) -> str:
    if n == 0:
        return "no answers"
    return "nobody" if mentioned == 0 else "everybody" if mentioned == n else ""


def _found(measure: str, test: str, association: Association, **values: float) -> dict[str, object]:
    if not association.reason and (reason := too_few(int(values["n"]))):
        association = Association(association.effect_name, reason=reason)
        values = {name: value for name, value in values.items() if not name.startswith("tau")}
    return {"measure": measure, "test": test, **asdict(association), **values}
