"""Which codebook theme an emergent topic resembles, if any. Codes no segment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from simplemma import lemmatize
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from corpus.records import Theme
from corpus.schemas import Topics
from nlp.embeddings import Encoder
from nlp.themes.theme_profiles import ThemeProfile, profile_themes
from nlp.topics.found_topics import TopicModel, centroids
from nlp.topics.topic_words import stop_words

# Chosen on the bundled study and on ParlaTO with its codebook of city life: see docs/decisions.md.
NEAR = 0.42  # cosine from which meaning alone is enough
NEAR_WITH_TERMS = 0.2  # and from which it is with shared terms
SHARED = 0.15  # of the weight of a topic's words that are words of the theme's terms
KINDS = ("whole", "terms", "pieces", "examples")


@dataclass(frozen=True)
class ThemeMatch:
    """The nearest theme's code ("" when none is near enough) and the similarity to the nearest, between -1 and 1."""

    theme: str
    similarity: float


def match_topics(
    model: TopicModel, segments: pd.DataFrame, embeddings: np.ndarray, themes: Sequence[Theme], encoder: Encoder
) -> TopicModel:
    """`model` with the theme that each topic resembles; `segments` and `embeddings` are those it was found in."""
    row = pd.Index(segments["segment"]).get_indexer(pd.Index(model.members["segment"]))
    vectors = embeddings[row].astype(np.float64)
    topic = model.members["topic"].to_numpy()
    real = model.topics[model.topics["topic"] >= 0]
    if real.empty:
        return model
    pairs = model.typical.set_index("topic")[["word", "weight"]]
    typical = [list(pairs[pairs.index == number].itertuples(index=False, name=None)) for number in real["topic"]]
    with threadpool_limits(1):
        matches = match_themes(centroids(vectors, topic), vectors.mean(axis=0), typical, themes, encoder)
    topics = model.topics.copy()
    topics.loc[real.index, "theme"] = [match.theme for match in matches]
    topics.loc[real.index, "theme_similarity"] = [match.similarity for match in matches]
    return replace(model, topics=Topics.validate(topics))


def match_themes(
    centroids: np.ndarray,
    centre: np.ndarray,
    words: Sequence[Sequence[tuple[str, float]]],
    themes: Sequence[Theme],
    encoder: Encoder,
) -> list[ThemeMatch]:
    """One match a topic.

    `centroids` (topics, d) are the mean sentence vectors of the topics and `centre` (d,) that of all segments; `words`
    the lemmas of each topic with their weights. Similarity is the cosine of topic and theme, each set against what all
    topics, or all themes, have in common. A theme matches when it is near, or less near and sharing terms.
    """
    if not themes or not len(centroids):
        return [ThemeMatch("", 0.0)] * len(centroids)
    profiles = profile_themes(themes, encoder)
    described = np.stack([_vector(profile) for profile in profiles])
    common = described.mean(axis=0) if len(themes) > 2 else centre
    similarity = normalize(centroids - centre) @ normalize(described - common).T
    terms = [_term_words(theme) for theme in themes]
    shared = np.array([_shares(topic, terms) for topic in words])
    fits = (similarity >= NEAR) | ((similarity >= NEAR_WITH_TERMS) & (shared >= SHARED))
    matches = []
    for row in range(len(centroids)):
        merit = similarity[row] + shared[row]
        best = int(np.argmax(np.where(fits[row], merit, -np.inf) if fits[row].any() else similarity[row]))
        matches.append(ThemeMatch(themes[best].code if fits[row].any() else "", round(float(similarity[row, best]), 3)))
    return matches


def _shares(topic: Sequence[tuple[str, float]], themes: Sequence[frozenset[str]]) -> list[float]:
    return [_share(topic, terms) for terms in themes]


def _vector(profile: ThemeProfile) -> np.ndarray:
    """The mean of what the codebook says, each kind of text with the same weight."""
    means = [profile.vectors[kind].mean(axis=0) for kind in KINDS if len(profile.vectors[kind])]
    return normalize(np.mean(means, axis=0, keepdims=True))[0]


def _term_words(theme: Theme) -> frozenset[str]:
    written = " ".join((theme.label, *theme.include_terms)).lower()
    words = set(re.findall(r"[^\W\d_]{3,}", written))
    return frozenset(words | {lemmatize(word, "it").lower() for word in words}) - stop_words()


def _share(topic: Sequence[tuple[str, float]], terms: frozenset[str]) -> float:
    total = sum(weight for _, weight in topic)
    return sum(weight for word, weight in topic if word in terms) / total if total else 0.0
