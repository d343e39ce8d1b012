"""What a study's people say, as every later stage reads it, and who of them is coded by machine. Annotates nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from corpus.records import ITALIAN
from nlp.embeddings import SharedVectors


@dataclass(frozen=True)
class SpokenText:
    """What the respondents say in Italian, in the order of the talk, on which context and sums depend.

    segments: a Segments frame; `row` in whatever is made of it is a place in it
    tokens: the Tokens of these segments (at least segment, token, start, end, text, lemma, pos, morph, sentence)
    vectors: unit rows, float32 (len(segments), d)
    questions: the vector of the question before each segment
    before: what was said before each segment, in letters; "" where nothing was
    """

    segments: pd.DataFrame
    tokens: pd.DataFrame
    vectors: np.ndarray
    questions: SharedVectors
    before: Sequence[str]


def put_in_order(
    segments: pd.DataFrame, tokens: pd.DataFrame, vectors: np.ndarray, questions: SharedVectors
) -> SpokenText:
    """The parts, with rows in any order, as a SpokenText; `vectors` and `questions` have a row a segment.

    Nothing is copied that is in order already: in a large study these are the largest things in memory.
    """
    talk = segments[["transcript", "start", "segment"]].reset_index(drop=True)
    order = talk.sort_values(["transcript", "start", "segment"]).index.to_numpy()
    if not np.array_equal(order, np.arange(len(segments))):
        segments = segments.iloc[order]
        vectors = vectors[order]
        questions = replace(questions, row=questions.row[order])
    segments = segments.reset_index(drop=True)
    ordered = _tokens_in_order(tokens, segments["segment"])
    return SpokenText(segments, ordered, vectors, questions, _talk_before(segments))


def _talk_before(segments: pd.DataFrame) -> list[str]:
    """For each segment the one before it in its transcript, and what was asked since."""
    talk = segments.groupby("transcript", sort=False)
    asked = segments["question"].where(segments["question"] != talk["question"].shift(), "")
    return talk["text"].shift().fillna("").str.cat(asked, sep=" ").str.strip().tolist()


def _tokens_in_order(tokens: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    """The tokens of these segments, in their order; the frame itself where it is so already."""
    rank = pd.Index(segments).get_indexer(pd.Index(tokens["segment"]))
    ahead = np.diff(rank)
    token = np.diff(tokens["token"].to_numpy())
    if len(rank) and rank[0] >= 0 and ((ahead > 0) | ((ahead == 0) & (token > 0))).all():
        return tokens
    ordered = tokens.assign(place=rank)[rank >= 0].sort_values(["place", "token"], kind="stable")
    return ordered.drop(columns="place").reset_index(drop=True)


def coded_by_machine(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """The rows of a Segments frame that are coded: what respondents say in Italian.

    The interviewers' words are context, and other languages are listed instead (`left_to_people`). `languages` has the
    language of every segment, in the same order.
    """
    return segments[_said_by_respondents(segments) & _in_italian(languages)].reset_index(drop=True)


def left_to_people(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """The rows of a Segments frame that respondents say in another language: left by the machine, people may code."""
    return segments[_said_by_respondents(segments) & ~_in_italian(languages)]


def never_coded_by_machine(segments: pd.DataFrame, languages: pd.DataFrame) -> pd.DataFrame:
    """All that is not coded by machine: other languages, and whoever is no respondent."""
    return segments[~(_said_by_respondents(segments) & _in_italian(languages))]


def _said_by_respondents(segments: pd.DataFrame) -> np.ndarray:
    return (segments["role"] == "respondent").to_numpy()


def _in_italian(languages: pd.DataFrame) -> np.ndarray:
    return (languages["language"] == ITALIAN).to_numpy()
