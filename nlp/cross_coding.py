"""What people and the machine decided on the same segments, the machine never judging what it learned from.

Measures nothing: nlp.measures.agreement compares the decisions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import Theme
from nlp.coders.coder import Coder
from nlp.llm.readings import Readings
from nlp.measures.agreement import (
    MACHINE,
    PEOPLE,
    READER,
    decisions_together,
    human_decisions,
    machine_decisions,
)
from nlp.results import DECISION_COLUMNS, UNTAUGHT_COLUMNS

FOLDS = 5


def cross_code(
    coder: Coder,
    read: Any,
    segments: pd.DataFrame,
    themes: Sequence[Theme],
    human_codings: pd.DataFrame,
    min_score: float,
    settlements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Decisions as in nlp.measures.agreement: of each person, of `PEOPLE` together and of the machine, where a person
    decided.

    `read` is what `coder` read in `segments` (nlp.coders.ask.read_text; None: nothing), `human_codings` a HumanCodings
    and `settlements` a Settlements frame. Each person decides as they coded; `PEOPLE` decide as in a run: as somebody
    settled it, else a theme is there when at least half of those who decided gave it. The interviews
    with people's codings, in the order of their ids, are dealt to at most five parts; each part is coded by the machine
    with what people coded in the others. Without people's codings the frame is empty.
    """
    if read is None:
        return pd.DataFrame(columns=DECISION_COLUMNS)
    people = label_segments(segments, human_codings, themes, settlements)
    if not people.asked.any():
        return pd.DataFrame(columns=DECISION_COLUMNS)
    by_person = _by_person(segments, people, themes)
    together = decisions_together(segments, people, themes)
    scores = cross_scores(coder, read, segments, people)
    row, theme = np.nonzero(scores >= min_score)
    codes = np.array([theme.code for theme in themes], dtype=object)
    given = pd.DataFrame({"segment": segments["segment"].to_numpy()[row], "theme": codes[theme]})
    read_by_both = segments[segments["segment"].isin(together["segment"]) & ~np.isnan(scores).any(axis=1)]
    machine = machine_decisions(read_by_both, given, themes).merge(
        together[["segment", "theme"]], on=["segment", "theme"]
    )
    frame = pd.concat([by_person, together, machine[DECISION_COLUMNS]], ignore_index=True)
    return frame.sort_values(["coder", "segment", "theme"], kind="stable", ignore_index=True)


def decide_as_reader(readings: Readings, decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions of `READER`, a large language model that read what people decided on (`decisions`, from cross_code).

    Where it could not read it decides nothing. It is in no other frame: nothing is counted by it.
    """
    shared = decisions[(decisions["coder"] == PEOPLE) & decisions["segment"].isin(readings.read)]
    given = pd.MultiIndex.from_frame(readings.passages[["segment", "theme"]])
    value = pd.MultiIndex.from_frame(shared[["segment", "theme"]]).isin(given)
    return shared.assign(coder=READER, value=value.astype(int)).reset_index(drop=True)


def decide_unread(segments: pd.DataFrame, themes: Sequence[Theme], human_codings: pd.DataFrame) -> pd.DataFrame:
    """Decisions of each person in respondents' segments that the machine does not read (another language, a dialect).

    People agree or not in any language; with the machine nothing can be compared there.
    """
    segments = segments.reset_index(drop=True)
    return _by_person(segments, label_segments(segments, human_codings, themes), themes)[DECISION_COLUMNS]


def _by_person(segments: pd.DataFrame, people: HumanLabels, themes: Sequence[Theme]) -> pd.DataFrame:
    decisions = human_decisions(segments, people, themes)
    # Somebody may have signed as the machine, or as the model.
    told_apart = {name: f"{name} (persona)" for name in (MACHINE, READER)}
    return decisions.assign(coder=decisions["coder"].replace(told_apart))


def cross_scores(coder: Coder, read: Any, segments: pd.DataFrame, people: HumanLabels) -> np.ndarray:
    """Scores (segments, themes) in which no interview that people coded is judged by what it taught itself."""
    scores = np.zeros(people.decided.shape)
    for held_out, taught in _taught_by_others(segments, people):
        scores[held_out] = coder.scores(read, taught)[held_out]
    return scores


def code_untaught(
    coder: Coder,
    read: Any,
    segments: pd.DataFrame,
    themes: Sequence[Theme],
    human_codings: pd.DataFrame,
    min_score: float,
    codings: pd.DataFrame,
    settlements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """What the machine gives in every segment, in no interview with what people taught it there.

    What people read at random puts such codings right (nlp.measures.corrected): the machine must be the same where
    people read and where they did not, and must not know what they found. `codings` are the run's own (a Codings
    frame), which stand in the interviews of which nobody read anything; the other arguments are as in `cross_code`.
    Columns UNTAUGHT_COLUMNS, sorted by segment and theme.
    """
    if read is None:
        return pd.DataFrame(columns=UNTAUGHT_COLUMNS, dtype="str")
    people = label_segments(segments, human_codings, themes, settlements)
    of_read = set(segments["transcript"].to_numpy(object)[people.decided.any(axis=1)])
    names = segments.set_index("segment")["transcript"]
    parts = [codings[~codings["segment"].map(names).isin(of_read)]]
    for held_out, taught in _taught_by_others(segments, people):
        passages = people.passages[~held_out[people.passages["row"].to_numpy(dtype=int)]]
        own = coder.code(read, replace(taught, passages=passages), min_score)  # whose stances would stand there
        parts.append(own[own["segment"].isin(segments["segment"].to_numpy(object)[held_out])])
    return pd.concat(parts, ignore_index=True)[UNTAUGHT_COLUMNS].astype("str").sort_values(
        ["segment", "theme"], ignore_index=True
    )  # fmt: skip


def _taught_by_others(segments: pd.DataFrame, people: HumanLabels) -> Iterator[tuple[np.ndarray, HumanLabels]]:
    """The interviews that people coded, dealt to at most FOLDS parts: the segments of each, what is coded elsewhere."""
    transcript = segments["transcript"].to_numpy(dtype=object)
    coded = sorted(set(transcript[people.decided.any(axis=1)]))
    for part in range(min(FOLDS, len(coded))):
        held_out = np.isin(transcript, coded[part::FOLDS])
        yield held_out, people.without(held_out)
