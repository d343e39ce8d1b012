"""What speaks for a theme in a segment beside what the network reads there: the codebook's terms and texts, words that
are near to them, what was asked, the segments around.

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
from nlp.themes.planes import Part, Planes, after, before, product, whole
from nlp.themes.term_matching import TokenIndex, match_terms, place_terms, plain_tokens
from nlp.themes.term_patterns import Term, parse_terms
from nlp.themes.theme_profiles import ThemeProfile, profile_themes
from nlp.word_counts import WordCounts, count_words

NEAREST_TERMS = 3  # a word's affinity to a theme is its mean similarity to this many of the theme's texts
ANSWER_FADES = 3.0  # segments after which a question tells little about the answer
_SIMILAR = ("whole", "terms", "pieces")  # the texts of a theme whose likeness to a segment or a question counts
FEATURES = (
    "term", "terms", "long_term", "barred", "other_terms", "examples", "not_when", "words",
    "asked", "asked_just_now", "asked_term", "asked_term_just_now", "before", "after", "term_before", "term_after",
)  # fmt: skip


@dataclass(frozen=True)
class ThemeFeatures:
    """The respondents' segments of a study read against a codebook.

    planes: the features of FEATURES, (segments, themes)
    matches: a frame as from match_terms with `row`, the segment's place; `set_aside` are the terms that stand there and
        do not count, as others exclude them (row, theme, term)
    words: the content words; `affinity` (words, themes), 0 and more, how near each is to each theme
    """

    segments: pd.DataFrame
    embeddings: np.ndarray
    profiles: list[ThemeProfile]
    planes: Planes
    matches: pd.DataFrame
    set_aside: pd.DataFrame
    words: WordCounts
    affinity: np.ndarray


def read_themes(text: SpokenText, themes: Sequence[Theme], encoder: Encoder) -> ThemeFeatures:
    """The features of `text` for `themes`."""
    segments = text.segments
    tokens = text.tokens
    inside = tokens["segment"].isin(segments["segment"])
    tokens = tokens if inside.all() else tokens[inside]
    profiles = profile_themes(themes, encoder)
    terms = parse_terms(themes)
    index = TokenIndex(tokens)
    matches, set_aside = place_terms(index, terms, segments["segment"])
    barred = _barred(index, terms, segments["segment"], len(themes))
    words = count_words(tokens, segments["segment"])
    affinity = word_affinity(words.words, profiles, encoder)
    next_in_answer = _next_in_answer(segments)
    parts = {
        **_term_parts(matches, barred, next_in_answer),
        **_text_parts(text.vectors, profiles, next_in_answer),
        "words": whole(contrast(standardise(_word_score(words, _without_terms(affinity, words, terms))))),
        **_question_parts(segments, text.questions, terms, profiles, next_in_answer),
    }
    return ThemeFeatures(
        segments=segments,
        embeddings=text.vectors,
        profiles=profiles,
        planes=Planes(barred.shape, {name: parts[name] for name in FEATURES}),
        matches=matches,
        set_aside=set_aside,
        words=words,
        affinity=affinity,
    )


def word_affinity(words: Sequence[str], profiles: Sequence[ThemeProfile], encoder: Encoder) -> np.ndarray:
    """(words, themes), 0 and more: how much nearer a word is to a theme's phrases than words are, and to others."""
    if not words:
        return np.zeros((0, len(profiles)))
    vectors = embed_words(words, encoder)
    nearness = np.stack([mean_of_largest(vectors @ _phrases(profile).T, NEAREST_TERMS) for profile in profiles], axis=1)
    return np.maximum(contrast(standardise(nearness)), 0) ** 2


def _word_score(words: WordCounts, affinity: np.ndarray) -> np.ndarray:
    """(segments, themes): sum of the rarity-weighted affinities, over the root of the number of words."""
    rarity = np.log((words.present.shape[0] + 1) / (words.frequency + 1))
    return (words.present @ (affinity * rarity[:, None])) / np.sqrt(words.lengths + 3)[:, None]


def _without_terms(affinity: np.ndarray, words: WordCounts, terms: Sequence[Term]) -> np.ndarray:
    """The affinities without the words of a theme's own terms, whose company is to be judged."""
    affinity = affinity.copy()
    column = {word: number for number, word in enumerate(words.words)}
    for term in terms:
        for key in sorted(key for word in term.words for key in word.keys):
            if key in column:
                affinity[column[key], term.theme] = 0
    return affinity


def _phrases(profile: ThemeProfile) -> np.ndarray:
    return np.concatenate([profile.vectors["terms"], profile.vectors["pieces"]])


def _barred(index: TokenIndex, terms: Sequence[Term], names: pd.Series, themes: int) -> np.ndarray:
    """Whether an exclusion term of the theme stands in the segment, (segments, themes)."""
    exclusions = match_terms(index, [replace(term, excluded=False) for term in terms if term.excluded])
    barred = np.zeros((len(names), themes), dtype=bool)
    barred[pd.Index(names).get_indexer(exclusions["segment"]), exclusions["theme"]] = True
    return barred


def _term_parts(matches: pd.DataFrame, barred: np.ndarray, next_in_answer: np.ndarray) -> dict[str, Part]:
    """What stands in a segment, and around it in its answer, of a theme's terms, and of the other themes'."""
    count = _count(matches, barred.shape, matches["row"])
    holds_term = count > 0
    long = np.zeros(barred.shape, dtype=bool)
    several = matches[matches["words"] > 1]
    long[several["row"], several["theme"]] = True
    return {
        "term": whole(holds_term),
        "terms": whole(count > 1),
        "long_term": whole(long),
        "barred": whole(barred),
        "other_terms": lambda rows: holds_term[rows].sum(axis=1, keepdims=True) > holds_term[rows],
        "term_before": before(count, next_in_answer),
        "term_after": after(count, next_in_answer),
    }


def _count(matches: pd.DataFrame, shape: tuple[int, int], row: pd.Series) -> np.ndarray:
    """How many different terms of a theme stand in a text, 2 for more; small whole numbers, kept as such."""
    count = np.zeros(shape, dtype=np.int16)
    once = matches.assign(row=row).drop_duplicates(["row", "theme", "term"])
    np.add.at(count, (once["row"].to_numpy(dtype=np.int64), once["theme"].to_numpy(dtype=np.int64)), 1)
    return np.minimum(count, 2).astype(np.int8)


def _text_parts(vectors: np.ndarray, profiles: Sequence[ThemeProfile], next_in_answer: np.ndarray) -> dict[str, Part]:
    """How near a segment, and those around it in its answer, are to a theme's texts."""

    def standing(kind: str, *, largest: bool = False) -> np.ndarray:
        return contrast(standardise(_near(vectors, profiles, kind, largest=largest)))

    similar = sum((standing(kind) for kind in _SIMILAR), np.zeros(1)) / len(_SIMILAR)
    return {
        "examples": whole((standing("examples") + standing("examples", largest=True)) / 2),
        "not_when": whole(standing("not", largest=True)),
        "before": before(similar, next_in_answer),
        "after": after(similar, next_in_answer),
    }


def _near(vectors: np.ndarray, profiles: Sequence[ThemeProfile], kind: str, *, largest: bool = False) -> np.ndarray:
    return against(vectors, [profile.vectors[kind] for profile in profiles], largest)


def _question_parts(
    segments: pd.DataFrame,
    questions: SharedVectors,
    terms: list[Term],
    profiles: Sequence[ThemeProfile],
    next_in_answer: np.ndarray,
) -> dict[str, Part]:
    """What the question before a segment says, and how much of it is left there."""
    codes, texts = pd.factorize(segments["question"])
    matches = match_terms(TokenIndex(plain_tokens(texts)), terms)
    count = _count(matches, (len(texts), len(profiles)), matches["segment"].astype(int))
    similar = whole(_likeness_of_questions(questions, profiles))
    fade = whole(np.exp(-place_in_answer(next_in_answer) / ANSWER_FADES)[:, None])

    def term(rows: slice) -> np.ndarray:
        return count[codes[rows]]

    return {
        "asked": similar, "asked_just_now": product(similar, fade),
        "asked_term": term, "asked_term_just_now": product(term, fade),
    }  # fmt: skip


def _likeness_of_questions(questions: SharedVectors, profiles: Sequence[ThemeProfile]) -> np.ndarray:
    """(segments, themes) of the question before each segment; one that has none is no nearer to any theme."""
    total = np.zeros(1)
    for kind in _SIMILAR:
        nearness = _near(questions.distinct, profiles, kind)
        nearness = np.append(nearness, np.zeros_like(nearness, shape=(1, nearness.shape[1])), axis=0)[questions.row]
        total = total + contrast(standardise(nearness))
    return np.where((questions.row < 0)[:, None], 0, total / len(_SIMILAR))


def _next_in_answer(segments: pd.DataFrame) -> np.ndarray:
    """(segments,): whether a segment and the one after it belong to one answer."""
    same = (segments["transcript"].eq(segments["transcript"].shift(-1))) & (
        segments["question"].eq(segments["question"].shift(-1))
    )
    return same.to_numpy(dtype=bool)
