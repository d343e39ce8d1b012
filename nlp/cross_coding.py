"""What people and the machine decided on the same segments, the machine never judging what it learned from.

Measures nothing: nlp.measures.agreement compares the decisions.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import Theme
from nlp.coding import score_segments
from nlp.measures.agreement import MACHINE, PEOPLE, human_decisions, machine_decisions
from nlp.results import DECISION_COLUMNS
from nlp.themes.features import Reading
from nlp.themes.model import theme_probabilities

FOLDS = 5


def cross_code(
    reading: Reading, themes: Sequence[Theme], human_codings: pd.DataFrame, min_score: float
) -> pd.DataFrame:
    """Decisions for nlp.measures.agreement: of each person, of `PEOPLE` together and of the machine, where one decided.

    `reading` is the study as nlp.coding.read_respondents gives it, `human_codings` a HumanCodings frame. `PEOPLE`
    decide as in a run: a theme is there when at least half of those who decided gave it. The interviews with people's
    codings, in the order of their ids, are dealt to at most five parts; each part is coded by the machine with what
    people coded in the others. Without people's codings the frame is empty.
    """
    segments = reading.segments
    people = label_segments(segments, human_codings, themes)
    if not people.asked.any():
        return pd.DataFrame(columns=DECISION_COLUMNS)
    each = _of_each(segments, people, themes)
    together = each.groupby(["segment", "transcript", "theme"], as_index=False)["value"].mean()
    together = together.assign(coder=PEOPLE, value=(together["value"] >= 0.5).astype(int))[DECISION_COLUMNS]
    scores = cross_scores(reading, people)
    row, theme = np.nonzero(scores >= min_score)
    codes = np.array([each.code for each in themes], dtype=object)
    given = pd.DataFrame({"segment": segments["segment"].to_numpy()[row], "theme": codes[theme]})
    read = segments[segments["segment"].isin(together["segment"])]
    machine = machine_decisions(read, given, themes).merge(together[["segment", "theme"]], on=["segment", "theme"])
    frame = pd.concat([each, together, machine[DECISION_COLUMNS]], ignore_index=True)
    return frame.sort_values(["coder", "segment", "theme"], kind="stable", ignore_index=True)


def decide_unread(segments: pd.DataFrame, themes: Sequence[Theme], human_codings: pd.DataFrame) -> pd.DataFrame:
    """Decisions of each person in respondents' segments that the machine does not read (another language, a dialect).

    People agree or not in any language; with the machine nothing can be compared there.
    """
    segments = segments.reset_index(drop=True)
    return _of_each(segments, label_segments(segments, human_codings, themes), themes)[DECISION_COLUMNS]


def _of_each(segments: pd.DataFrame, people: HumanLabels, themes: Sequence[Theme]) -> pd.DataFrame:
    each = human_decisions(segments, people, themes)
    return each.assign(coder=each["coder"].replace({MACHINE: f"{MACHINE} (persona)"}))  # somebody may have signed so


def cross_scores(reading: Reading, people: HumanLabels) -> np.ndarray:
    """Scores (segments, themes) in which no interview that people coded is judged by what it taught itself."""
    transcript = reading.segments["transcript"].to_numpy(dtype=object)
    coded = sorted(set(transcript[people.decided.any(axis=1)]))
    scores, unsupervised = np.zeros(people.decided.shape), theme_probabilities(reading)
    for part in range(min(FOLDS, len(coded))):
        held = np.isin(transcript, coded[part::FOLDS])
        taught = replace(people, asked=people.asked & ~held[:, None], yes=people.yes & ~held[:, None])
        scores[held] = score_segments(reading, unsupervised, taught)[0][held]
    return scores
