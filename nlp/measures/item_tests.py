"""The questionnaire's answers against a variable of the respondents. Room nlp: frames in, frames out."""

from collections.abc import Iterable
from dataclasses import asdict

import pandas as pd

from corpus.records import Item
from nlp.measures.association import Association, adjust, k_groups, r_by_c, too_few, two_groups
from nlp.measures.crosstabs import compare_counts, larger_group
from nlp.measures.frames import ItemTests
from nlp.measures.groups import natural_order

_TESTED = ("number", "single", "multi", "likert", "yesno")


def item_group_tests(answers: pd.DataFrame, items: tuple[Item, ...], groups: pd.Series, seed: int) -> pd.DataFrame:
    """One row an item, or an option of a multiple response: does the answer depend on the group?

    `groups` are labels indexed by respondent ("" unknown). Yes/no and options: Fisher exact for two groups, else
    Fisher-Freeman-Halton; categories: Fisher-Freeman-Halton; Likert and numbers: permutation Mann-Whitney for two
    groups, else Kruskal-Wallis by permutation (sources in nlp.measures.association). With two groups the effect is that
    of the first, in nlp.measures.groups.natural_order, and `larger` names the one with more. Columns: ItemTests;
    no_answer counts who gave none; q is Benjamini-Hochberg over all the rows.
    """
    rows = []
    for item, option in _questions(items):
        of_question = answers[(answers["item"] == item.code) & (answers["option"] == option)]
        valid = of_question[of_question["status"] == "answered"]
        valid = valid.assign(group=valid["respondent"].map(groups)).dropna(subset="group")
        known = valid[valid["group"] != ""]
        test, association = _compare(item, known, seed)
        question = {"item": item.code, "option": option, "variable": str(groups.name or ""), "test": test}
        counts = {"n": len(known), "no_answer": len(groups) - len(valid), "unknown": len(valid) - len(known)}
        larger = larger_group(association, natural_order(known["group"].tolist()))
        rows.append({**question, **counts, "larger": larger, **asdict(association)})
    return ItemTests.validate(adjust(pd.DataFrame(rows, columns=list(ItemTests.to_schema().columns))))


def _questions(items: tuple[Item, ...]) -> Iterable[tuple[Item, str]]:
    for item in items:
        if item.type == "multi":
            yield from ((item, option.value) for option in item.options if not option.missing)
        elif item.type in _TESTED:
            yield item, ""


def _compare(item: Item, known: pd.DataFrame, seed: int) -> tuple[str, Association]:
    if known.empty:
        return "", Association("", reason="no answers")
    order = natural_order(known["group"].tolist())
    if reason := too_few(len(known), known["group"].value_counts().tolist()):
        return "", Association("", reason=reason)
    if item.type in ("likert", "number"):
        numbers = known[known["number"].notna()]
        samples = [numbers.loc[numbers["group"] == group, "number"].to_numpy() for group in order]
        if len(order) == 2:
            return "mann-whitney", two_groups(samples[0], samples[1], seed)
        reason = "no answers" if not len(numbers) else ""
        return "kruskal-wallis", Association("epsilon squared", reason=reason) if reason else k_groups(samples, seed)
    if item.type == "single":
        if known["value"].nunique() < 2:
            return "freeman-halton", Association("cramer v", reason="constant")
        table = pd.crosstab(known["value"], known["group"]).reindex(columns=order).to_numpy()
        return "freeman-halton", r_by_c(table, seed)
    if item.type == "yesno" and not item.yes:
        return "", Association("", reason="no polarity")
    ticked = known["number"] == 1
    if ticked.nunique() < 2:
        return "fisher" if len(order) == 2 else "freeman-halton", Association("", reason="constant")
    table = pd.crosstab(ticked, known["group"]).reindex(index=[True, False], columns=order, fill_value=0).to_numpy()
    return "fisher" if len(order) == 2 else "freeman-halton", compare_counts(table, seed)
