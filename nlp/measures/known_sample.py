"""What people read of a random sample, laid over segments, with the probability that each was in it. Estimates nothing.

Only what was drawn counts: what people read for other reasons is no row here, however much it is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels

COVERED = 0.5  # of a segment's characters: more than this has to be of the passage drawn for the segment to count as it
FLAWS = (
    "sample edited",
    "sample lost",
    "sample outdated",
    "sample with gaps",
    "sample unread",
)  # the first of them is told


@dataclass(frozen=True)
class KnownSample:
    """A study's random draws as one sample, arrays over the rows of `segments` (n) and the themes of `labels` (t).

    probability: (n,) of being in at least one of the draws; NaN where in none
    read: (n,) whether somebody read it in one
    unit: (n,) how it was drawn, "segment" or "respondent", "" where it was not
    probabilities: (n, t) as `probability`, of the draws whose sheets offered the theme
    people: (n, t) 1 the theme is there, 0 it is not, NaN where nobody read it in a sheet that offered the theme
    reason: why nothing can be concluded from it, a key of nlp.measures.reasons; "" when something can
    reasons: (t,) the same, theme by theme: also where no sheet offered it
    """

    probability: np.ndarray
    read: np.ndarray
    unit: np.ndarray
    probabilities: np.ndarray
    people: np.ndarray
    reason: str
    reasons: tuple[str, ...]


def sample_of(segments: pd.DataFrame, labels: HumanLabels, sample: pd.DataFrame) -> KnownSample:
    """The draws in `sample` (SampledPassages) over `segments` (at least transcript, start, end), rows as in `labels`.

    A segment is drawn when a passage that was drawn covers more than half of it. Draws are made independently and each
    from all segments, so that of several the probability to be in at least one is 1 - (1 - p1)(1 - p2)... (Horvitz and
    Thompson's estimator over it is unbiased for whatever was read); copies of one draw are one. What is drawn and was
    never read counts in none. `people` is what at least half of those who decided say, in whatever they decided.
    """
    reason = _reason(labels, sample)
    placed = _placed(segments, sample[sample["flaw"] == ""] if not reason else sample.iloc[:0])
    draws, draw = np.unique(placed["draw"].to_numpy(object), return_inverse=True)
    probability = np.zeros((len(draws), len(segments)))
    drawn = np.zeros((len(draws), len(segments)), dtype=bool)
    probability[draw, placed["row"]] = placed["probability"]
    drawn[draw, placed["row"]] = placed["drawn"] & placed["read"]
    offered = _offered(placed, draws, labels.themes)
    by_theme = [_union(probability[asked], drawn[asked]) for asked in offered.T]
    probabilities = np.column_stack(by_theme) if by_theme else np.empty((len(segments), 0))
    decided = ~np.isnan(probabilities) & labels.decided
    unit = np.full(len(segments), "", dtype=object)
    in_a_draw = placed[placed["drawn"] & placed["read"]].sort_values("unit", ascending=False)
    unit[in_a_draw["row"]] = in_a_draw["unit"]
    absent = ["" if asked.any() else "theme not in sample" for asked in offered.T]
    return KnownSample(
        probability=_union(probability, drawn),
        read=np.asarray(drawn.any(axis=0)),
        unit=unit,
        probabilities=probabilities,
        people=np.where(decided, (labels.share >= 0.5).astype(float), np.nan),
        reason=reason,
        reasons=tuple(reason or each for each in absent),
    )


def _reason(labels: HumanLabels, sample: pd.DataFrame) -> str:
    if sample.empty:
        return "no sample"
    if labels.decided.size and labels.decided.all():
        return "all read"
    usable = sample["flaw"] == ""
    return "" if usable.any() else next(flaw for flaw in FLAWS if flaw in set(sample["flaw"]))


def _placed(segments: pd.DataFrame, sample: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sample` with `row`, the place of the segment that they are."""
    places = segments[["transcript", "start", "end"]].assign(row=np.arange(len(segments)))
    pairs = sample.merge(places, on="transcript", suffixes=("", "_segment"))
    overlap = np.minimum(pairs["end"], pairs["end_segment"]) - np.maximum(pairs["start"], pairs["start_segment"])
    return pairs[overlap > COVERED * (pairs["end_segment"] - pairs["start_segment"])]


def _offered(placed: pd.DataFrame, draws: np.ndarray, themes: tuple[str, ...]) -> np.ndarray:
    """(draws, themes): whether all who read the draw could choose the theme."""
    offered = np.zeros((len(draws), len(themes)), dtype=bool)
    read = placed[placed["drawn"] & placed["read"]]
    for number, draw in enumerate(draws):
        lists = {frozenset(names.split("|")) for names in read.loc[read["draw"] == draw, "themes"]}
        known = frozenset.intersection(*lists) if lists else frozenset()
        offered[number] = [theme in known for theme in themes]
    return offered


def _union(probability: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """(n,): of being in at least one of the draws (arrays are (draws, n)), NaN where in none."""
    return np.where(drawn.any(axis=0), 1 - np.prod(1 - probability, axis=0), np.nan)
