"""From decisions on segments and themes to Codings: people first, then a coder's scores. Decides nothing itself.

A person's decision always wins, whoever the coder is (nlp.coders); what no coder reads has people's codings alone.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import Theme
from corpus.schemas import Codings, empty
from nlp.spoken_text import SpokenText
from nlp.themes.evidence import EVIDENCE_COLUMNS
from nlp.themes.stance import judge_stance

SHORTEST = 3  # words; a shorter segment ("sì, certo") is a sign of listening and gets a theme from people only
_NO_EVIDENCE = {"terms": "", "near_words": "", "nearest_text": ""}


def given_themes(scores: np.ndarray, people: HumanLabels, min_score: float) -> pd.DataFrame:
    """The themes given, one row each: row, theme (places), score, how ("human", or "" for the coder to fill in).

    `scores` (segments, themes) are a coder's; a theme is given from `min_score` on, where people decided as they did.
    """
    by_people = people.decided & (people.share >= 0.5)
    row, theme = np.nonzero(np.where(people.decided, by_people, scores >= min_score))
    score = np.where(by_people, people.share, scores)[row, theme]
    how = np.where(by_people[row, theme], "human", "")
    return pd.DataFrame({"row": row, "theme": theme, "score": score.round(4), "how": how})


def make_codings(
    pairs: pd.DataFrame,
    evidence: pd.DataFrame,
    text: SpokenText,
    themes: Sequence[Theme],
    people: HumanLabels,
    stance_odds: np.ndarray,
) -> pd.DataFrame:
    """The Codings frame, sorted by transcript, place in it, and theme (in the order of the codebook).

    `pairs` are from given_themes with `how` filled in, `evidence` has EVIDENCE_COLUMNS of those that people did not
    give, by their index. A person's coding stands where it was marked; stances are people's, else judged by
    `stance_odds` (pairs, len(STANCES)), log odds.
    """
    if pairs.empty:
        return empty(Codings)
    by_people = _passages(pairs[pairs["how"] == "human"], people)[["start", "end"]].assign(**_NO_EVIDENCE)
    # Joined and not assigned into: where every pair has a term, `evidence` holds whole numbers of a type of its own.
    types = {"start": int, "end": int} | dict.fromkeys(_NO_EVIDENCE, "str")
    placed = pairs.join(pd.concat([evidence[EVIDENCE_COLUMNS], by_people]).reindex(pairs.index).astype(types))
    frame = _frame(placed, text.segments, themes, people)
    stances_of_people = _told_stance(pairs, people)
    frame["stance"] = judge_stance(stance_odds, stances_of_people)
    return Codings.validate(frame[list(Codings.to_schema().columns)])


def code_unread(
    segments: pd.DataFrame,
    human_codings: pd.DataFrame,
    themes: Sequence[Theme],
    settlements: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, np.ndarray]:
    """What people coded in respondents' segments that the machine does not read (another language, a dialect).

    Returns a Codings frame, people's alone, and for each segment whether a person read it. A stance that nobody gave is
    "neutral": there is nobody else to judge it.
    """
    segments = segments.reset_index(drop=True)
    people = label_segments(segments, human_codings, themes, settlements)
    # who says "no" to one theme has not read the segment against the others
    read: np.ndarray = np.any(people.decided, axis=1) & np.all(people.decided, axis=1)
    row, theme = np.nonzero(people.decided & (people.share >= 0.5))
    if not len(row):
        return empty(Codings), read
    pairs = pd.DataFrame({"row": row, "theme": theme, "score": people.share[row, theme].round(4), "how": "human"})
    passage = _passages(pairs, people)
    pairs = pairs.assign(start=passage["start"].astype(int), end=passage["end"].astype(int))
    frame = _frame(pairs.assign(**_NO_EVIDENCE), segments, themes, people)
    frame["stance"] = _told_stance(pairs, people).replace("", "neutral")
    return Codings.validate(frame[list(Codings.to_schema().columns)]), read


def join_codings(
    codings: pd.DataFrame, by_people: pd.DataFrame, segments: pd.DataFrame, themes: Sequence[Theme]
) -> pd.DataFrame:
    """Both Codings frames as one, in the order of make_codings; `segments` holds the segments of both."""
    if by_people.empty:
        return codings
    talk = segments[["transcript", "start", "segment"]]
    rank = pd.Series(pd.RangeIndex(len(themes)), index=[theme.code for theme in themes])
    joined = pd.concat([codings, by_people], ignore_index=True)
    ordered = joined[["segment", "theme"]].merge(talk, on="segment").assign(theme=joined["theme"].map(rank))
    order = ordered.sort_values(["transcript", "start", "segment", "theme"], kind="stable").index
    return joined.loc[order].reset_index(drop=True)


def _passages(pairs: pd.DataFrame, people: HumanLabels) -> pd.DataFrame:
    """The passage of the first coder in alphabetical order."""
    first = people.standing_passages.drop_duplicates(["row", "theme"]).set_index(["row", "theme"])
    return first.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]])).set_axis(pairs.index)


def _coders(pairs: pd.DataFrame, people: HumanLabels) -> pd.Series:
    names = (
        people.standing_passages.drop_duplicates(["row", "theme", "coder"])
        .groupby(["row", "theme"])["coder"]
        .agg(", ".join)
    )
    return (
        names.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]])).set_axis(pairs.index).fillna("").astype("str")
    )


def _frame(pairs: pd.DataFrame, spoken: pd.DataFrame, themes: Sequence[Theme], people: HumanLabels) -> pd.DataFrame:
    row = pairs["row"].to_numpy()
    theme = pairs["theme"].to_numpy()
    segment = spoken["segment"].take(row).reset_index(drop=True)
    codes = pd.Series([each.code for each in themes], dtype="str").take(theme).reset_index(drop=True)
    texts = spoken["text"].take(row)
    spans = zip(texts, pairs["start"], pairs["end"], strict=True)
    frame = pairs.assign(coding=segment + "/" + codes, segment=segment, theme=codes, coder=_coders(pairs, people))
    frame = frame.assign(evidence=pd.Series([text[start:end] for text, start, end in spans], dtype="str"))
    frame["coder"] = frame["coder"].where(frame["how"] == "human", "")
    return frame


def _told_stance(pairs: pd.DataFrame, people: HumanLabels) -> pd.Series:
    """The stance people gave, of the first coder who gave one; "" where none did."""
    with_stance = people.standing_passages[people.standing_passages["stance"] != ""].drop_duplicates(["row", "theme"])
    stances = with_stance.set_index(["row", "theme"])["stance"]
    return (
        stances.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]]))
        .set_axis(pairs.index)
        .fillna("")
        .astype("str")
    )
