"""What speaks for a theme in a segment, before any person coded: comparable across codebooks.

Similarities are never used raw: each is set against how all segments of the study stand to the theme, and then against
how the segment stands to the other themes, so that weights learned on one codebook serve another. Decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from corpus.records import Theme
from nlp.embeddings import Encoder, embed_texts
from nlp.themes.arrays import against, contrast, mean_of_largest, place_in_answer, put, shift, standardise
from nlp.themes.fields import field_words_of, membership, theme_fields
from nlp.themes.profiles import ThemeProfile, profile_themes
from nlp.themes.senses import in_other_sense
from nlp.themes.term_matching import TokenIndex, match_terms, plain_tokens
from nlp.themes.term_patterns import Term, parse_terms
from nlp.word_counts import WordCounts, count_words

NEAREST_TERMS = 3  # a word's affinity to a theme is its mean similarity to this many of the theme's texts
CLAIM_POWER = 1.5  # fields that a theme hardly claims count for little
ANSWER_FADES = 3.0  # segments after which a question tells little about the answer
FIRST = (
    "term", "terms", "long_term", "barred", "other_terms", "similar", "nearest", "examples", "not_when", "words",
    "asked", "asked_just_now", "asked_term", "asked_term_just_now", "before", "after", "term_before", "term_after",
    "term_and_similar", "term_and_words", "term_and_asked", "length",
    "fields", "field_rank", "asked_fields", "term_and_fields",
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """The respondents' segments of a study read against a codebook.

    `questions` holds the vector of the question before each segment (zeros where there is none). `features` is an array
    (segments, themes, len(FIRST)); `matches` a frame as from match_terms with `row`, the segment's place; `affinity` an
    array (words, themes) telling how near each content word of `words` is to each theme; `similarity` (segments,
    themes) the plain cosine with the theme's label, definition and "use when"; `field_words` (words, themes) how much
    each word speaks for each theme by its fields of meaning; `next_in_answer` is true where a segment and the one
    after it belong to one answer.
    """

    segments: pd.DataFrame
    embeddings: np.ndarray
    questions: np.ndarray
    profiles: list[ThemeProfile]
    matches: pd.DataFrame
    words: WordCounts
    affinity: np.ndarray
    similarity: np.ndarray
    features: np.ndarray
    next_in_answer: np.ndarray
    field_words: np.ndarray


def read_themes(
    segments: pd.DataFrame,
    tokens: pd.DataFrame,
    embeddings: np.ndarray,
    themes: Sequence[Theme],
    encoder: Encoder,
    questions: np.ndarray | None = None,
) -> Reading:
    """Read respondents' segments against `themes`.

    `segments` is a Segments frame of respondents' segments in the order of the transcripts, `embeddings` its array
    (len(segments), d), `tokens` a Tokens frame holding at least these segments. `questions`, the vectors of the
    question before each segment (zeros where there is none), are made here when they are not given.
    """
    profiles, terms = profile_themes(themes, encoder), parse_terms(themes)
    inside = tokens["segment"].isin(segments["segment"])
    tokens = tokens if inside.all() else tokens[inside]
    fields = theme_fields(themes, profiles, encoder)
    matches, barred = _find(tokens, terms, segments["segment"], len(themes))
    matches = matches[~in_other_sense(matches, tokens, fields)].reset_index(drop=True)
    words = count_words(tokens, segments["segment"])
    affinity = word_affinity(words.words, profiles, encoder)
    same = (segments["transcript"].eq(segments["transcript"].shift(-1))) & (
        segments["question"].eq(segments["question"].shift(-1))
    )
    next_in_answer = same.to_numpy(dtype=bool)
    if questions is None:
        asked = embed_texts(segments["question"], encoder)
        questions = np.where((segments["question"] == "").to_numpy()[:, None], 0, asked)
    field_words = membership(words.words) @ fields**CLAIM_POWER
    features = _First(
        segments,
        embeddings,
        questions,
        profiles,
        terms,
        matches,
        barred,
        words,
        affinity,
        next_in_answer,
        field_words,
        fields**CLAIM_POWER,
    )
    similarity = embeddings @ np.concatenate([profile.vectors["whole"] for profile in profiles]).T
    return Reading(
        segments,
        embeddings,
        questions,
        profiles,
        matches,
        words,
        affinity,
        similarity,
        features.array(),
        next_in_answer,
        field_words,
    )


def word_affinity(words: Sequence[str], profiles: Sequence[ThemeProfile], encoder: Encoder) -> np.ndarray:
    """(words, themes), 0 and more: how much nearer a word is to a theme's phrases than words are, and to others."""
    if not words:
        return np.zeros((0, len(profiles)))
    vectors = embed_texts(words, encoder)
    near = np.stack([mean_of_largest(vectors @ _phrases(profile).T, NEAREST_TERMS) for profile in profiles], axis=1)
    return np.maximum(contrast(standardise(near)), 0) ** 2


def word_score(words: WordCounts, affinity: np.ndarray) -> np.ndarray:
    """(segments, themes): sum of the rarity-weighted affinities, over the root of the number of words."""
    rarity = np.log((words.present.shape[0] + 1) / (words.frequency + 1))
    return (words.present @ (affinity * rarity[:, None])) / np.sqrt(words.lengths + 3)[:, None]


def _find(tokens: pd.DataFrame, terms: list[Term], names: pd.Series, themes: int) -> tuple[pd.DataFrame, np.ndarray]:
    index = TokenIndex(tokens)
    matches = match_terms(index, terms)
    place = pd.Index(names)
    matches["row"] = place.get_indexer(matches["segment"])
    excluded = [replace(term, excluded=False) for term in terms if term.excluded]
    found = match_terms(index, excluded)
    barred = np.zeros((len(names), themes))
    barred[place.get_indexer(found["segment"]), found["theme"]] = 1
    return matches, barred


def _phrases(profile: ThemeProfile) -> np.ndarray:
    return np.concatenate([profile.vectors["terms"], profile.vectors["pieces"]])


@dataclass
class _First:
    """The first features, each a small method over arrays (segments, themes)."""

    segments: pd.DataFrame
    embeddings: np.ndarray
    questions: np.ndarray
    profiles: list[ThemeProfile]
    terms: list[Term]
    matches: pd.DataFrame
    barred: np.ndarray
    words: WordCounts
    affinity: np.ndarray
    next_in_answer: np.ndarray
    field_words: np.ndarray
    fields: np.ndarray

    def array(self) -> np.ndarray:
        """(segments, themes, len(FIRST)), filled feature by feature: all at once would need the memory twice."""
        count = self._count(self.matches, len(self.segments), self.matches["row"])
        found = (count > 0).astype(float)
        features = np.empty((*found.shape, len(FIRST)))
        fill = partial(put, features, FIRST)
        fill(term=found, terms=(count > 1).astype(float), long_term=self._long(), barred=self.barred)
        fill(other_terms=((count > 0).sum(axis=1, keepdims=True) - found > 0).astype(float))
        similar = self._similar(self.embeddings)
        fill(similar=similar, nearest=self._standard("terms", largest=True))
        fill(examples=(self._standard("examples") + self._standard("examples", largest=True)) / 2)
        words = contrast(standardise(word_score(self.words, self._affinity_without_terms())))
        fill(not_when=self._standard("not", largest=True), words=words)
        asked, asked_term, fade = self._asked()
        fill(asked=asked, asked_just_now=asked * fade, asked_term=asked_term, asked_term_just_now=asked_term * fade)
        before, after = shift(similar, self.next_in_answer)
        fill(before=before, after=after)
        before, after = shift(np.minimum(count, 2), self.next_in_answer)
        fill(term_before=before, term_after=after)
        fill(term_and_similar=found * similar, term_and_words=found * words, term_and_asked=found * asked)
        fill(length=np.log1p(self.segments["words"].to_numpy(dtype=float))[:, None] * np.ones_like(found))
        fill(**self._by_field(found))
        return features

    def _count(self, matches: pd.DataFrame, rows: int, row: pd.Series) -> np.ndarray:
        """How many different terms of a theme stand in a text."""
        count = np.zeros((rows, len(self.profiles)))
        once = matches.assign(row=row).drop_duplicates(["row", "theme", "term"])
        np.add.at(count, (once["row"].to_numpy(dtype=np.int64), once["theme"].to_numpy(dtype=np.int64)), 1)
        return count

    def _long(self) -> np.ndarray:
        long = np.zeros((len(self.segments), len(self.profiles)))
        several = self.matches[self.matches["words"] > 1]
        long[several["row"], several["theme"]] = 1
        return long

    def _standard(self, kind: str, *, largest: bool = False, vectors: np.ndarray | None = None) -> np.ndarray:
        vectors = self.embeddings if vectors is None else vectors
        columns = [against(vectors, profile.vectors[kind], largest) for profile in self.profiles]
        return contrast(standardise(np.stack(columns, axis=1)))

    def _similar(self, vectors: np.ndarray) -> np.ndarray:
        kinds = ("whole", "terms", "pieces")
        return sum((self._standard(kind, vectors=vectors) for kind in kinds), np.zeros(1)) / len(kinds)

    def _asked(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        codes, questions = pd.factorize(self.segments["question"])
        matches = match_terms(TokenIndex(plain_tokens(questions)), self.terms)
        count = self._count(matches, len(questions), matches["segment"].astype(int))
        similar = np.where(self.questions.any(axis=1, keepdims=True), self._similar(self.questions), 0)
        position = place_in_answer(self.next_in_answer)
        return similar, np.minimum(count, 2)[codes], np.exp(-position / ANSWER_FADES)[:, None]

    def _by_field(self, found: np.ndarray) -> dict[str, np.ndarray]:
        """What the thesaurus says of a segment's words and of the question's."""
        codes, questions = pd.factorize(self.segments["question"])
        said, asked = self.words.present @ self.field_words, field_words_of(tuple(questions), self.fields)
        rank = contrast(standardise(said / np.sqrt(self.words.lengths + 3)[:, None]))
        return {
            "fields": np.log1p(said), "asked_fields": np.log1p(asked)[codes],
            "field_rank": rank, "term_and_fields": found * np.log1p(said),
        }  # fmt: skip

    def _affinity_without_terms(self) -> np.ndarray:
        """Word affinities without the words of a theme's own terms, whose company is to be judged."""
        affinity = self.affinity.copy()
        place = {word: number for number, word in enumerate(self.words.words)}
        for term in self.terms:
            for key in sorted(key for word in term.words for key in word.keys):
                if key in place:
                    affinity[place[key], term.theme] = 0
        return affinity
