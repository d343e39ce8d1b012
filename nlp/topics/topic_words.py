"""The words that may make and name topics: Italian lemmas of content words, and how people said them. Fits no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from nlp.columns import join_texts, map_distinct
from nlp.word_counts import common_words

CONTENT = ("NOUN", "PROPN", "ADJ", "VERB")
FEWEST_WORDS = 4  # distinct content words; a shorter segment ("sì, dai, lo facciamo") has no topic of its own
EVERYWHERE = 0.2  # a lemma in more than this share of the segments tells no topic from another
SEPARATED = r"\S+"


@dataclass(frozen=True)
class TopicWords:
    """The segments that may have a topic, in canonical order, as strings of lemmas.

    `segments` is a Segments frame sorted by segment with `row`, the segment's row in the frame it comes from;
    `documents` has one string of lemmas a segment, `vocabulary` the sorted lemmas that may name a topic, `surface` the
    commonest written form of each lemma.
    """

    segments: pd.DataFrame
    documents: tuple[str, ...]
    vocabulary: tuple[str, ...]
    surface: dict[str, str]

    def count(self, documents: Sequence[str]) -> sparse.csr_matrix:
        """Counts of the vocabulary's lemmas, a sparse array (len(documents), len(vocabulary))."""
        return self.vectorizer().transform(documents)

    def vectorizer(self) -> CountVectorizer:
        """A counter of exactly the vocabulary's lemmas."""
        return CountVectorizer(vocabulary=list(self.vocabulary), token_pattern=SEPARATED, lowercase=False)


def topic_words(segments: pd.DataFrame, tokens: pd.DataFrame) -> TopicWords:
    """The respondents' segments with at least four distinct content words, and their words.

    A lemma may name a topic when at least two respondents say it (where there are two), in at least two segments and in
    no more than a fifth of them: what one person alone says is that person's word, not a topic of the study.
    """
    spoken = segments.assign(row=np.arange(len(segments)))
    spoken = spoken[spoken["role"] == "respondent"].sort_values("segment", kind="stable")
    content = _content(tokens, spoken)
    enough = content.groupby("segment")["lemma"].nunique()
    with_words = spoken[spoken["segment"].isin(enough[enough >= FEWEST_WORDS].index)].reset_index(drop=True)
    content = content[content["segment"].isin(with_words["segment"])]
    documents = join_texts(content["lemma"], pd.Index(content["segment"]), " ").reindex(with_words["segment"])
    return TopicWords(with_words, tuple(documents), _vocabulary(content, len(with_words)), _surface(content))


@cache
def stop_words() -> frozenset[str]:
    """Lemmas that name no topic, from nlp/data/common_words_it.txt and nlp/data/topic_stopwords_it.txt."""
    text = (files("nlp") / "data" / "topic_stopwords_it.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return common_words() | {word for line in lines for word in line.split()}


def _content(tokens: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """Rows segment, token, lemma, text, respondent of the content words, in canonical order."""
    content = tokens.loc[tokens["pos"].isin(CONTENT), ["segment", "token", "lemma", "text"]]
    content = content.assign(lemma=content["lemma"].str.lower(), text=content["text"].str.lower())
    content = content[map_distinct(content["lemma"], _tells) & map_distinct(content["text"], _tells)]
    content = content.merge(spoken[["segment", "respondent"]], on="segment")
    return content.sort_values(["segment", "token"], kind="stable")


def _tells(word: pd.Series) -> pd.Series:
    return word.str.fullmatch(r"[^\W\d_]{3,}") & ~word.isin(stop_words())


def _vocabulary(content: pd.DataFrame, documents: int) -> tuple[str, ...]:
    by_lemma = content.groupby("lemma").agg(people=("respondent", "nunique"), places=("segment", "nunique"))
    fewest_people = min(2, content["respondent"].nunique())
    shared = by_lemma["people"] >= fewest_people
    fit = shared & (by_lemma["places"] >= max(2, documents // 700)) & (by_lemma["places"] <= EVERYWHERE * documents)
    return tuple(sorted(by_lemma.index[fit]))


def _surface(content: pd.DataFrame) -> dict[str, str]:
    forms = content.groupby(["lemma", "text"]).size().reset_index(name="times")
    best = forms.sort_values(["lemma", "times", "text"], ascending=[True, False, True]).drop_duplicates("lemma")
    return dict(zip(best["lemma"], best["text"], strict=True))
