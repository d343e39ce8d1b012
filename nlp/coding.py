"""Theme coding: which themes stand in which segment of the respondents, how sure, and by which words. Runs no pipeline.

A person's decision always wins; then what people's codings teach; then the codebook's terms, definitions and context.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import Theme
from corpus.schemas import Codings, empty
from nlp.embeddings import Encoder, SharedVectors
from nlp.stance import judge_stance
from nlp.themes.evidence import EVIDENCE_COLUMNS, nearness_evidence, pattern_evidence
from nlp.themes.features import Reading, read_themes
from nlp.themes.feedback import SURE, typical_words
from nlp.themes.learned import learn_themes
from nlp.themes.model import score, theme_probabilities
from nlp.themes.neighbours import Neighbours, nearest

_NO_EVIDENCE = {"terms": "", "near_words": "", "nearest_text": ""}
SHORTEST = 3  # words; a shorter segment ("sì, certo") is a sign of listening and gets a theme from people only


def read_respondents(
    segments: pd.DataFrame,
    tokens: pd.DataFrame,
    embeddings: np.ndarray,
    themes: Sequence[Theme],
    encoder: Encoder,
    questions: SharedVectors | None = None,
    near: Callable[[np.ndarray], Neighbours] = nearest,
) -> Reading | None:
    """The respondents' segments in the order of the talk, read against `themes`; None where there is nothing to read.

    `segments` is a Segments frame, `embeddings` its array (len(segments), d), `tokens` its Tokens frame, the
    rows of each in any order; `questions`, one a segment, and `near` as for read_themes.
    """
    mine = _respondents(segments)
    if not len(mine) or not themes:
        return None
    spoken = segments.iloc[mine].reset_index(drop=True)
    asked = None if questions is None else replace(questions, row=_rows(questions.row, mine))
    ordered = _in_order(tokens, spoken["segment"])
    return read_themes(spoken, ordered, _rows(embeddings, mine), themes, encoder, asked, near)


def code_reading(
    reading: Reading | None,
    tokens: pd.DataFrame,
    themes: Sequence[Theme],
    encoder: Encoder,
    human_codings: pd.DataFrame,
    min_score: float,
) -> pd.DataFrame:
    """The Codings frame, sorted by transcript, place in it, and theme (in the order of the codebook).

    `reading` is from read_respondents, `human_codings` a HumanCodings frame with rows in any order. A theme is given
    from a score of `min_score` on. Nothing here is random.
    """
    if reading is None:
        return empty(Codings)
    spoken = reading.segments
    tokens = _in_order(tokens, spoken["segment"])
    people = label_segments(spoken, human_codings, themes)
    scores, unaided = score_segments(reading, theme_probabilities(reading), people)
    pairs = _pairs(reading, scores, unaided, people, min_score)
    if pairs.empty:
        return empty(Codings)
    pairs = _explained(pairs, reading, tokens, scores, people)
    frame = _frame(pairs, spoken, themes, people)
    told = _told_stance(pairs, people)
    frame["stance"] = judge_stance(
        frame[["segment", "start", "end"]], tokens, spoken, reading.embeddings, encoder, told
    )
    return Codings.validate(frame[list(Codings.to_schema().columns)])


def code_unread(
    segments: pd.DataFrame, human_codings: pd.DataFrame, themes: Sequence[Theme]
) -> tuple[pd.DataFrame, np.ndarray]:
    """What people coded in respondents' segments that the machine does not read (another language, a dialect).

    Returns a Codings frame, people's alone, and for each segment whether a person read it. A stance that nobody gave is
    "neutral": there is nobody else to judge it.
    """
    segments = segments.reset_index(drop=True)
    people = label_segments(segments, human_codings, themes)
    read: np.ndarray = np.any(people.decided, axis=1)
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
    """Both Codings frames as one, in the order of code_reading; `segments` holds the segments of both."""
    if by_people.empty:
        return codings
    talk = segments[["transcript", "start", "segment"]]
    place = pd.Series(pd.RangeIndex(len(themes)), index=[theme.code for theme in themes])
    joined = pd.concat([codings, by_people], ignore_index=True)
    ordered = joined[["segment", "theme"]].merge(talk, on="segment").assign(theme=joined["theme"].map(place))
    order = ordered.sort_values(["transcript", "start", "segment", "theme"], kind="stable").index
    return joined.loc[order].reset_index(drop=True)


def score_segments(reading: Reading, unsupervised: np.ndarray, people: HumanLabels) -> tuple[np.ndarray, np.ndarray]:
    """Scores (segments, themes) with what people teach, and without; 0 for segments too short to hold a theme.

    `unsupervised` (segments, themes) is what nlp.themes.model.theme_probabilities says of the reading.
    """
    learned = learn_themes(reading, unsupervised, people.share, people.decided).probability
    long_enough = (reading.segments["words"] >= SHORTEST).to_numpy()[:, None]
    return score(learned) * long_enough, score(unsupervised) * long_enough


def _respondents(segments: pd.DataFrame) -> np.ndarray:
    """The places of the respondents' segments in the order of the talk, on which context and sums depend."""
    mine = np.flatnonzero(segments["role"] == "respondent")
    talk = segments.iloc[mine][["transcript", "start", "segment"]].reset_index(drop=True)
    return mine[talk.sort_values(["transcript", "start", "segment"]).index.to_numpy()]


def _rows(array: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """The rows `mine` of a large array; the array itself where these are all, in their order."""
    return array if np.array_equal(mine, np.arange(len(array))) else array[mine]


def _in_order(tokens: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    """The tokens of these segments, in their order; the frame itself where it is so already."""
    place = pd.Index(segments).get_indexer(pd.Index(tokens["segment"]))
    ahead, token = np.diff(place), np.diff(tokens["token"].to_numpy())
    if len(place) and place[0] >= 0 and ((ahead > 0) | ((ahead == 0) & (token > 0))).all():
        return tokens
    ordered = tokens.assign(place=place)[place >= 0].sort_values(["place", "token"], kind="stable")
    return ordered.drop(columns="place").reset_index(drop=True)


def _pairs(
    reading: Reading, scores: np.ndarray, unaided: np.ndarray, people: HumanLabels, min_score: float
) -> pd.DataFrame:
    """row, theme, score and how of each coding."""
    by_people = people.decided & (people.share >= 0.5)
    given = np.where(people.decided, by_people, scores >= min_score)
    row, theme = np.nonzero(given)
    term = np.zeros_like(given)
    term[reading.matches["row"], reading.matches["theme"]] = True
    how = np.select(
        [by_people[row, theme], unaided[row, theme] < min_score, term[row, theme]],
        ["human", "learned", "pattern"],
        "similarity",
    )
    score = np.where(by_people, people.share, scores)[row, theme]
    return pd.DataFrame({"row": row, "theme": theme, "score": score.round(4), "how": how})


def _explained(
    pairs: pd.DataFrame,
    reading: Reading,
    tokens: pd.DataFrame,
    scores: np.ndarray,
    people: HumanLabels,
) -> pd.DataFrame:
    """The pairs with EVIDENCE_COLUMNS; a person's coding is explained by who coded, and has no terms or words."""
    taught = np.where(scores > SURE, scores, 0)
    weights = reading.affinity + reading.field_words + typical_words(reading.words, taught)
    pattern = pattern_evidence(pairs, reading.matches)
    found = pattern["start"].notna()
    nearness = nearness_evidence(pairs[~found], reading, tokens, weights)
    chosen = pattern.where(found, nearness.reindex(pairs.index))
    human = pairs["how"] == "human"
    if human.any():
        # Joined and not assigned into: where every pair has a term, `chosen` holds whole numbers of a type of its own.
        passage = _passages(pairs[human], people)[["start", "end"]].assign(**_NO_EVIDENCE)
        chosen = pd.concat([chosen[~human], passage]).reindex(pairs.index)
    types = {"start": int, "end": int} | dict.fromkeys(_NO_EVIDENCE, "str")
    return pairs.join(chosen[EVIDENCE_COLUMNS].astype(types))


def _passages(pairs: pd.DataFrame, people: HumanLabels) -> pd.DataFrame:
    """The passage of the first coder in alphabetical order."""
    first = people.passages.drop_duplicates(["row", "theme"]).set_index(["row", "theme"])
    return first.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]])).set_axis(pairs.index)


def _coders(pairs: pd.DataFrame, people: HumanLabels) -> pd.Series:
    names = people.passages.drop_duplicates(["row", "theme", "coder"]).groupby(["row", "theme"])["coder"].agg(", ".join)
    return (
        names.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]])).set_axis(pairs.index).fillna("").astype("str")
    )


def _frame(pairs: pd.DataFrame, spoken: pd.DataFrame, themes: Sequence[Theme], people: HumanLabels) -> pd.DataFrame:
    row, theme = pairs["row"].to_numpy(), pairs["theme"].to_numpy()
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
    said = people.passages[people.passages["stance"] != ""].drop_duplicates(["row", "theme"])
    stances = said.set_index(["row", "theme"])["stance"]
    return (
        stances.reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]]))
        .set_axis(pairs.index)
        .fillna("")
        .astype("str")
    )
