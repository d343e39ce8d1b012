"""How far coders agree, person with person and machine with person, theme by theme. Codes nothing and reads no file.

A decision is a row: segment, transcript, theme, coder, value (1 the theme is there, 0 it is not).
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels
from corpus.records import Theme
from nlp.measures.agreement_measures import (
    PAIR,
    Measures,
    group_measures,
    group_sums,
    jackknife_intervals,
    pair_measures,
    theme_means,
)

COLUMNS = ["theme", "first", "second", "measure", "value", "low", "high", "n", "interviews", "reason"]
ALL_THEMES = ""  # in the column theme: the mean over themes
EVERYBODY = ""  # in the column second: all coders of `compare_group` together
MACHINE = "Trama"
READER = "llm"  # a large language model that a study wants measured beside its people
PEOPLE = "people"  # all coders of a study as one: what the run takes over from them

# Why there is no value or no interval: keys of the words `not_calculable`.
NO_SEGMENTS = "no segments"
ALWAYS_SAME = "always same"
NO_STANCES = "no stances"
NEVER_GIVEN = "never given"
FEW_INTERVIEWS = "few interviews"
ALIKE = "alike"
EXACT = ""


def human_decisions(segments: pd.DataFrame, labels: HumanLabels, themes: Sequence[Theme]) -> pd.DataFrame:
    """The decisions of people laid over `segments` (a Segments frame) by corpus.codings.human_labels.label_segments."""
    who, row, theme = np.nonzero(labels.asked)
    return pd.DataFrame(
        {
            "segment": segments["segment"].to_numpy()[row],
            "transcript": segments["transcript"].to_numpy()[row],
            "theme": np.array([each.code for each in themes], dtype=object)[theme],
            "coder": np.array(labels.coders, dtype=object)[who],
            "value": labels.yes[who, row, theme].astype(int),
        }
    )


def decisions_together(segments: pd.DataFrame, labels: HumanLabels, themes: Sequence[Theme]) -> pd.DataFrame:
    """The decisions of `PEOPLE`, as a run takes them over: what was settled, else what at least half of them gave."""
    row, theme = np.nonzero(labels.decided)
    return pd.DataFrame(
        {
            "segment": segments["segment"].to_numpy()[row],
            "transcript": segments["transcript"].to_numpy()[row],
            "theme": np.array([each.code for each in themes], dtype=object)[theme],
            "coder": PEOPLE,
            "value": (labels.share >= 0.5)[row, theme].astype(int),
        }
    )


def machine_decisions(segments: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """A decision of `MACHINE` on every theme in every segment.

    Arguments are frames with the columns segment, transcript and segment, theme.
    The codings must not have been learned from the people with whom they are to be compared on the same interviews.
    """
    coded = pd.MultiIndex.from_frame(codings[["segment", "theme"]])
    every = segments[["segment", "transcript"]].merge(pd.DataFrame({"theme": [each.code for each in themes]}), "cross")
    value = pd.MultiIndex.from_frame(every[["segment", "theme"]]).isin(coded)
    return every.assign(coder=MACHINE, value=value.astype(int))


def people_of(decisions: pd.DataFrame) -> list[str]:
    """Those who decided each by themselves, by name."""
    return sorted(set(decisions["coder"]) - {MACHINE, PEOPLE, READER})


def settled_decisions(segments: pd.DataFrame, labels: HumanLabels) -> pd.DataFrame:
    """What was settled of what people differed on: segment, theme, value; `segments` are those of `labels`."""
    settled = labels.settled
    return pd.DataFrame(
        {
            "segment": segments["segment"].to_numpy()[settled["row"].to_numpy(dtype=int)],
            "theme": np.array(labels.themes, dtype=object)[settled["theme"].to_numpy(dtype=int)],
            "value": settled["given"].to_numpy(dtype=int),
        }
    )


def after_settling(decisions: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """The decisions as if each person had decided as was `settled` (from `settled_decisions`)."""
    people = ~decisions["coder"].isin([MACHINE, READER])
    return decisions.assign(value=_settled_values(decisions, settled).where(people, decisions["value"]).astype(int))


def before_settling(decisions: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """The decisions with those of `PEOPLE` as before anything was settled: what at least half of them gave."""
    cell = ["segment", "theme"]
    persons = decisions[~decisions["coder"].isin([MACHINE, READER, PEOPLE])]
    majority = persons.groupby(cell, as_index=False)["value"].mean()
    reopened = majority.merge(settled[cell], on=cell).assign(value=lambda frame: frame["value"] >= 0.5)
    together = decisions["coder"] == PEOPLE
    return decisions.assign(value=_settled_values(decisions, reopened).where(together, decisions["value"]).astype(int))


def _settled_values(decisions: pd.DataFrame, settled: pd.DataFrame) -> pd.Series:
    """The value of each decision, `settled` (segment, theme, value) before its own."""
    cell = ["segment", "theme"]
    known = decisions[cell].merge(settled[[*cell, "value"]], "left", cell)["value"].set_axis(decisions.index)
    return known.where(known.notna(), decisions["value"])


def compare_pair(decisions: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Agreement of two coders on the segments that both decided on: one row a theme and measure, then their means.

    The row of all themes is the mean over those for which the measure can be calculated, each theme once. `first` is
    the reference for precision, recall and F1. Columns COLUMNS: `value`, `low` and `high` (95 %, jackknife over
    interviews) are empty where they cannot be calculated, and then `reason` says why, a key of the words
    `not_calculable`; `n` counts decisions.
    """
    pairs = paired_decisions(decisions, first, second)
    cells = (pairs["cell"].to_numpy()[:, None] == np.array(PAIR)[None, :]).astype(float)
    return measured_by_theme(pairs, cells, decisions["theme"], first, second, pair_measures)


def paired_decisions(decisions: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """What both decided on: transcript, segment, theme and `cell`, one of nlp.measures.agreement_measures.PAIR."""
    wide = decisions[decisions["coder"].isin([first, second])].pivot_table(
        index=["transcript", "segment", "theme"], columns="coder", values="value", aggfunc="max"
    )
    wide = wide.reindex(columns=[first, second]).dropna()
    a = wide[first].to_numpy(bool)
    b = wide[second].to_numpy(bool)
    cell = np.select([a & b, a & ~b, ~a & b], PAIR[:3], PAIR[3])
    return wide.index.to_frame(index=False).assign(cell=cell)


def compare_group(decisions: pd.DataFrame, coders: Sequence[str]) -> pd.DataFrame:
    """Agreement of all `coders` together, where at least two decided. Columns as in `compare_pair`, `second` empty."""
    chosen = decisions[decisions["coder"].isin(coders)].drop_duplicates(["segment", "theme", "coder"])
    units = chosen.groupby(["transcript", "segment", "theme"])["value"].agg(["sum", "size"]).reset_index()
    units = units[units["size"] >= 2]
    sums = group_sums(units["sum"].to_numpy(float), units["size"].to_numpy(float))
    name = ", ".join(sorted(coders))
    return measured_by_theme(units, sums, decisions["theme"], name, EVERYBODY, group_measures)


def measured_by_theme(
    units: pd.DataFrame, sums: np.ndarray, themes: pd.Series, first: str, second: str, measures: Measures
) -> pd.DataFrame:
    """Rows of COLUMNS for each of the `themes`, then for ALL_THEMES, from what `units` (transcript, theme) add up to.

    `sums` (units, k) are of each unit what `measures` takes.
    """
    codes = themes.drop_duplicates().sort_values().tolist()
    interview, names = pd.factorize(units["transcript"], sort=True)
    theme_place = pd.Index(codes).get_indexer(pd.Index(units["theme"]))
    by_interview = np.zeros((len(names), len(codes), sums.shape[1]))  # interviews, themes, sums
    np.add.at(by_interview, (interview, theme_place), sums)
    decided = np.zeros((len(names), len(codes)), dtype=int)
    np.add.at(decided, (interview, theme_place), 1)
    rows: list[tuple[object, ...]] = []
    for column, theme in enumerate(codes):
        there = decided[:, column] > 0
        of_theme = (theme, first, second), (int(decided[:, column].sum()), int(there.sum()))
        rows += _measured(by_interview[there, column], measures, *of_theme)
    of_all = (ALL_THEMES, first, second), (len(units), len(names))
    rows += _measured(by_interview, partial(theme_means, measures), *of_all)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": "Float64", "low": "Float64", "high": "Float64"})


def _measured(
    by_interview: np.ndarray, measures: Measures, who: tuple[str, str, str], counts: tuple[int, int]
) -> list[tuple[object, ...]]:
    """One row a measure, as in COLUMNS, from the sums of each interview; `counts` are decisions and interviews."""
    intervals = jackknife_intervals(by_interview, measures)
    rows: list[tuple[object, ...]] = []
    for name, value in measures(by_interview.sum(axis=0)).items():
        low, high = intervals[name]
        figures: tuple[object, ...] = (float(value), low, high)
        reason = EXACT
        if np.isnan(value):
            figures = (pd.NA, pd.NA, pd.NA)
            reason = _why(name, counts[0])
        elif np.isnan(low):
            figures = (float(value), pd.NA, pd.NA)
            reason = FEW_INTERVIEWS if len(by_interview) < 3 else ALIKE
        rows.append((*who, name, *figures, *counts, reason))
    return rows


def _why(measure: str, n: int) -> str:
    if n == 0:
        return NO_STANCES if "stance" in measure else NO_SEGMENTS
    return NEVER_GIVEN if measure in ("precision", "recall", "f1", "iou") else ALWAYS_SAME
