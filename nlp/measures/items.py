"""The questionnaire's own results: frequencies, means and medians, overall and by group. Room nlp, no texts."""

import numpy as np
import pandas as pd

from corpus.records import Item
from corpus.words.missing_words import DONT_KNOW, NO_ANSWER, NOT_SHOWN, REJECTED
from nlp.measures.frames import ItemFrequencies, ItemSummaries
from nlp.measures.groups import natural_order
from nlp.measures.intervals import NO_INTERVAL, wilson
from nlp.measures.reasons import MIN_PERCENT_BASE

OVERALL = ""
NUMERIC = ("number", "likert")
CLOSED = ("single", "yesno", "likert", "multi")
MISSING_COLUMNS = {"dont_know": DONT_KNOW, "no_reply": NO_ANSWER, "not_shown": NOT_SHOWN, "rejected": REJECTED}
NO_QUESTIONNAIRE = "no_questionnaire"
MISSING = (*MISSING_COLUMNS, NO_QUESTIONNAIRE)


def item_frequencies(answers: pd.DataFrame, items: tuple[Item, ...], groups: pd.Series) -> pd.DataFrame:
    """One row an item, option and group; group "" is everybody in `groups` (labels indexed by respondent).

    An ItemFrequencies frame: `n` have a valid answer, of a multiple response on the option; `share` is NaN with reason
    "few" when n < 10; low and high are Wilson's; `answers_share` is of all the ticks of a multiple response. Options in
    the codebook's order, then others.
    """
    rows = []
    for item in items:
        if item.type not in CLOSED:
            continue
        valid = _valid(answers, item)
        chosen = valid[valid["number"] == 1] if item.type == "multi" else valid
        key = "option" if item.type == "multi" else "value"
        for group, people in _groups(groups):
            answered, given = (frame[frame["respondent"].isin(people)] for frame in (valid, chosen))
            counted = given.groupby(key)["respondent"].nunique()
            # Of a multiple response each option may have a column of its own, of which some cannot be read.
            of_option = answered.groupby("option")["respondent"].nunique()
            of_all = answered["respondent"].nunique()
            for option in _options(item, valid[key]):
                n = int(of_option.get(option, 0)) if item.type == "multi" else of_all
                count = int(counted.get(option, 0))
                reason = "no answers" if n == 0 else "few" if n < MIN_PERCENT_BASE else ""
                share = (np.nan, *NO_INTERVAL) if reason else (count / n, *wilson(count, n))
                of_ticks = count / len(given) if item.type == "multi" and len(given) and not reason else np.nan
                rows.append((item.code, option, group, n, count, *share, of_ticks, reason))
    return ItemFrequencies.validate(pd.DataFrame(rows, columns=list(ItemFrequencies.to_schema().columns)))


def item_summaries(answers: pd.DataFrame, items: tuple[Item, ...], groups: pd.Series) -> pd.DataFrame:
    """One row a number or Likert item and group; group "" is everybody.

    An ItemSummaries frame; mean and sd are of numbers alone: a Likert scale has no mean here. Likert values are the
    order printed in the questionnaire, not reversed.
    """
    rows = []
    for item in items:
        if item.type not in NUMERIC:
            continue
        of_item = answers[answers["item"] == item.code]
        for group, people in _groups(groups):
            of_group = of_item[of_item["respondent"].isin(people)]
            missing = missing_counts(of_group, people)
            valid = of_group.loc[of_group["status"] == "answered", "number"]
            summary = _summary(np.sort(valid.dropna().to_numpy()), item.type == "number")
            if len(valid) and valid.isna().all():
                summary = (*summary[:-1], "no order")
            rows.append((item.code, group, len(valid), *missing.values(), *summary))
    return ItemSummaries.validate(pd.DataFrame(rows, columns=list(ItemSummaries.to_schema().columns)))


def missing_counts(of_item: pd.DataFrame, people: set[str]) -> dict[str, int]:
    """How many of `people` gave no valid answer, by MISSING, the columns that name each kind.

    dont_know, no_reply (blank), not_shown (filtered out), rejected (out of the codes), no_questionnaire (no row at
    all). `of_item` are the answers to one item, or to one option of a multiple response.
    """
    of_people = of_item[of_item["respondent"].isin(people)]
    by_status = of_people.groupby("status")["respondent"].nunique()
    counts = {column: int(by_status.get(status, 0)) for column, status in MISSING_COLUMNS.items()}
    return {**counts, NO_QUESTIONNAIRE: len(people) - of_people["respondent"].nunique()}


def _valid(answers: pd.DataFrame, item: Item) -> pd.DataFrame:
    return answers[(answers["item"] == item.code) & (answers["status"] == "answered")]


def _options(item: Item, seen: pd.Series) -> list[str]:
    listed = [option.value for option in item.options if not option.missing]
    return listed + natural_order([value for value in seen.unique() if value not in listed])


def _groups(groups: pd.Series) -> list[tuple[str, set[str]]]:
    labels = natural_order([label for label in groups.tolist() if label])
    return [(OVERALL, set(groups.index)), *((label, set(groups.index[groups == label])) for label in labels)]


def _summary(values: np.ndarray, with_mean: bool) -> tuple[float | str, ...]:
    if len(values) == 0:
        return (*([np.nan] * 7), "no answers")
    mean = float(values.mean()) if with_mean else np.nan
    sd = float(values.std(ddof=1)) if with_mean and len(values) > 1 else np.nan
    q1, median, q3 = (float(value) for value in np.quantile(values, [0.25, 0.5, 0.75]))
    return mean, sd, median, q1, q3, float(values[0]), float(values[-1]), ""
