"""What speaks for a theme in a segment, before any person coded: comparable across codebooks.

Similarities are never used raw: each is set against how all segments of the study stand to the theme, and then against
how the segment stands to the other themes, so that weights learned on one codebook serve another. Decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from corpus.records import Theme
from nlp.embeddings import Encoder, SharedVectors, embed_words
from nlp.spoken_text import SpokenText
from nlp.themes.arrays import against, contrast, mean_of_largest, place_in_answer, standardise
from nlp.themes.meaning_fields import membership, theme_fields
from nlp.themes.neighbours import Near, Neighbours, nearest
from nlp.themes.planes import Part, Planes, after, before, product, whole
from nlp.themes.senses import in_other_sense
from nlp.themes.term_matching import TokenIndex, match_every_term, match_terms, plain_tokens
from nlp.themes.term_patterns import Term, parse_terms
from nlp.themes.theme_profiles import ThemeProfile, profile_themes
from nlp.word_counts import WordCounts, count_words

NEAREST_TERMS = 3  # a word's affinity to a theme is its mean similarity to this many of the theme's texts
CLAIM_POWER = 1.5  # fields that a theme hardly claims count for little
_SIMILAR = ("whole", "terms", "pieces")  # the texts of a theme whose likeness to a segment counts
ANSWER_FADES = 3.0  # segments after which a question tells little about the answer
FIRST = (
    "term", "terms", "long_term", "barred", "other_terms", "similar", "nearest", "examples", "not_when", "words",
    "asked", "asked_just_now", "asked_term", "asked_term_just_now", "before", "after", "term_before", "term_after",
    "term_and_similar", "term_and_words", "term_and_asked", "length",
)  # fmt: skip


@dataclass(frozen=True)
class ThemeFeatures:
    """The respondents' segments of a study read against a codebook.

    `questions` holds the vector of the question before each segment; `planes` are the features of FIRST; `matches` is a
    frame as from match_terms with `row`, the segment's place; `set_aside` are terms that stand there and do not count
    (row, theme, term, reason: "excluded" by another term or of another "sense"); `affinity` an array (words, themes)
    telling how near each content word of `words` is to each theme; `similarity` (segments, themes) the plain cosine
    with the theme's label, definition and "use when"; `field_words` (words, themes) how much each word speaks for each
    theme by its fields of meaning; `next_in_answer` is true where a segment and the one after it belong to one answer;
    `neighbours` are the segments nearest to each.
    """

    segments: pd.DataFrame
    embeddings: np.ndarray
    questions: SharedVectors
    profiles: list[ThemeProfile]
    matches: pd.DataFrame
    set_aside: pd.DataFrame
    words: WordCounts
    affinity: np.ndarray
    similarity: np.ndarray
    planes: Planes
    next_in_answer: np.ndarray
    field_words: np.ndarray
    neighbours: Neighbours


def read_themes(text: SpokenText, themes: Sequence[Theme], encoder: Encoder, near: Near = nearest) -> ThemeFeatures:
    """The features of `text` for `themes`; `near` is `nearest`, or gives what it gave."""
    segments = text.segments
    tokens = text.tokens
    embeddings = text.vectors
    questions = text.questions
    profiles = profile_themes(themes, encoder)
    terms = parse_terms(themes)
    inside = tokens["segment"].isin(segments["segment"])
    tokens = tokens if inside.all() else tokens[inside]
    fields = theme_fields(themes, profiles, encoder)
    every, barred = _find(tokens, terms, segments["segment"], len(themes))
    excluded = every["barred"].to_numpy(dtype=bool)
    other_sense = ~excluded & in_other_sense(every, tokens, fields)
    matches = every[~excluded & ~other_sense].reset_index(drop=True)
    set_aside = every[["row", "theme", "term"]].assign(reason=np.where(excluded, "excluded", "sense"))
    set_aside = set_aside[excluded | other_sense].reset_index(drop=True)
    words = count_words(tokens, segments["segment"])
    affinity = word_affinity(words.words, profiles, encoder)
    same = (segments["transcript"].eq(segments["transcript"].shift(-1))) & (
        segments["question"].eq(segments["question"].shift(-1))
    )
    next_in_answer = same.to_numpy(dtype=bool)
    field_words = membership(words.words) @ fields**CLAIM_POWER
    first = _First(
        segments=segments,
        embeddings=embeddings,
        questions=questions,
        profiles=profiles,
        terms=terms,
        matches=matches,
        barred=barred,
        words=words,
        affinity=affinity,
        next_in_answer=next_in_answer,
    )
    similarity = embeddings @ np.concatenate([profile.vectors["whole"] for profile in profiles]).T
    return ThemeFeatures(
        segments=segments,
        embeddings=embeddings,
        questions=questions,
        profiles=profiles,
        matches=matches,
        set_aside=set_aside,
        words=words,
        affinity=affinity,
        similarity=similarity,
        planes=first.planes(),
        next_in_answer=next_in_answer,
        field_words=field_words,
        neighbours=near(embeddings),
    )


def word_affinity(words: Sequence[str], profiles: Sequence[ThemeProfile], encoder: Encoder) -> np.ndarray:
    """(words, themes), 0 and more: how much nearer a word is to a theme's phrases than words are, and to others."""
    if not words:
        return np.zeros((0, len(profiles)))
    vectors = embed_words(words, encoder)
    nearness = np.stack([mean_of_largest(vectors @ _phrases(profile).T, NEAREST_TERMS) for profile in profiles], axis=1)
    return np.maximum(contrast(standardise(nearness)), 0) ** 2


def word_score(words: WordCounts, affinity: np.ndarray) -> np.ndarray:
    """(segments, themes): sum of the rarity-weighted affinities, over the root of the number of words."""
    rarity = np.log((words.present.shape[0] + 1) / (words.frequency + 1))
    return (words.present @ (affinity * rarity[:, None])) / np.sqrt(words.lengths + 3)[:, None]


def _find(tokens: pd.DataFrame, terms: list[Term], names: pd.Series, themes: int) -> tuple[pd.DataFrame, np.ndarray]:
    index = TokenIndex(tokens)
    matches = match_every_term(index, terms)
    order = pd.Index(names)
    matches["row"] = order.get_indexer(matches["segment"])
    excluded = [replace(term, excluded=False) for term in terms if term.excluded]
    exclusions = match_terms(index, excluded)
    barred = np.zeros((len(names), themes))
    barred[order.get_indexer(exclusions["segment"]), exclusions["theme"]] = 1
    return matches, barred


def _phrases(profile: ThemeProfile) -> np.ndarray:
    return np.concatenate([profile.vectors["terms"], profile.vectors["pieces"]])


@dataclass
class _First:
    """The first features, made of arrays (segments, themes)."""

    segments: pd.DataFrame
    embeddings: np.ndarray
    questions: SharedVectors
    profiles: list[ThemeProfile]
    terms: list[Term]
    matches: pd.DataFrame
    barred: np.ndarray
    words: WordCounts
    affinity: np.ndarray
    next_in_answer: np.ndarray

    def planes(self) -> Planes:
        """The features of FIRST; counts of terms are small whole numbers, kept as such."""
        count = np.minimum(self._count(self.matches, len(self.segments), self.matches["row"]), 2).astype(np.int8)
        holds_term = count > 0
        similar = self._similar()
        words = contrast(standardise(word_score(self.words, self._affinity_without_terms())))
        length = np.log1p(self.segments["words"].to_numpy(dtype=float))[:, None]
        parts = {
            "term": whole(holds_term),
            "terms": whole(count > 1),
            "long_term": whole(self._long()),
            "barred": whole(self.barred.astype(bool)),
            "other_terms": lambda rows: holds_term[rows].sum(axis=1, keepdims=True) > holds_term[rows],
            "similar": whole(similar),
            "nearest": whole(self._standard("terms", largest=True)),
            "examples": whole((self._standard("examples") + self._standard("examples", largest=True)) / 2),
            "not_when": whole(self._standard("not", largest=True)),
            "words": whole(words),
            "before": before(similar, self.next_in_answer),
            "after": after(similar, self.next_in_answer),
            "term_before": before(count, self.next_in_answer),
            "term_after": after(count, self.next_in_answer),
            "length": whole(length),
            **self._asked(),
        }
        for name in ("similar", "words", "asked"):
            parts[f"term_and_{name}"] = product(parts["term"], parts[name])
        return Planes(holds_term.shape, {name: parts[name] for name in FIRST})

    def _count(self, matches: pd.DataFrame, rows: int, row: pd.Series) -> np.ndarray:
        """How many different terms of a theme stand in a text."""
        count = np.zeros((rows, len(self.profiles)))
        once = matches.assign(row=row).drop_duplicates(["row", "theme", "term"])
        np.add.at(count, (once["row"].to_numpy(dtype=np.int64), once["theme"].to_numpy(dtype=np.int64)), 1)
        return count

    def _long(self) -> np.ndarray:
        long = np.zeros((len(self.segments), len(self.profiles)), dtype=bool)
        several = self.matches[self.matches["words"] > 1]
        long[several["row"], several["theme"]] = True
        return long

    def _standard(self, kind: str, *, largest: bool = False) -> np.ndarray:
        return contrast(standardise(self._near(self.embeddings, kind, largest)))

    def _near(self, vectors: np.ndarray, kind: str, largest: bool = False) -> np.ndarray:
        return against(vectors, [profile.vectors[kind] for profile in self.profiles], largest)

    def _similar(self) -> np.ndarray:
        return sum((self._standard(kind) for kind in _SIMILAR), np.zeros(1)) / len(_SIMILAR)

    def _questions_similar(self) -> np.ndarray:
        """As _similar, of the question before each segment; one that has none is no nearer to any theme."""
        row = self.questions.row
        total = np.zeros(1)
        none = (row < 0)[:, None]
        for kind in _SIMILAR:
            nearness = self._near(self.questions.distinct, kind)
            nearness = np.append(nearness, np.zeros_like(nearness, shape=(1, nearness.shape[1])), axis=0)[row]
            total = total + contrast(standardise(nearness))
        return np.where(none, 0, total / len(_SIMILAR))

    def _asked(self) -> dict[str, Part]:
        """What the question before a segment says, and how much of it is left there."""
        codes, questions = pd.factorize(self.segments["question"])
        matches = match_terms(TokenIndex(plain_tokens(questions)), self.terms)
        count = np.minimum(self._count(matches, len(questions), matches["segment"].astype(int)), 2)
        similar = whole(self._questions_similar())
        fade = whole(np.exp(-place_in_answer(self.next_in_answer) / ANSWER_FADES)[:, None])

        def term(rows: slice) -> np.ndarray:
            return count[codes[rows]]

        return {
            "asked": similar, "asked_just_now": product(similar, fade),
            "asked_term": term, "asked_term_just_now": product(term, fade),
        }  # fmt: skip

    def _affinity_without_terms(self) -> np.ndarray:
        """Word affinities without the words of a theme's own terms, whose company is to be judged."""
        affinity = self.affinity.copy()
        column = {word: number for number, word in enumerate(self.words.words)}
        for term in self.terms:
            for key in sorted(key for word in term.words for key in word.keys):
                if key in column:
                    affinity[column[key], term.theme] = 0
        return affinity
