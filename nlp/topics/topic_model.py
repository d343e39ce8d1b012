"""Emergent topics of what respondents say, found by BERTopic and checked for stability. Codes no theme.

Segments enter in canonical order and every random draw has a seed, so that the same study has the same topics.
"""

import io
from collections.abc import Iterable
from contextlib import redirect_stderr
from dataclasses import dataclass

import numpy as np
import pandas as pd
from bertopic import BERTopic
from bertopic.vectorizers import ClassTfidfTransformer
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import paired_cosine_distances
from threadpoolctl import threadpool_limits

from corpus.schemas import OUTLIERS, TopicMembers, Topics, empty
from corpus.words.phrase import Phrase, phrase
from nlp.embeddings import Encoder
from nlp.results import HIERARCHY_COLUMNS
from nlp.topics.clusters import FEWEST_FOR_KMEANS, TrimmedClusters, joint_vectors, reducer
from nlp.topics.found_topics import TYPICAL_COLUMNS, TopicModel, centroids
from nlp.topics.topic_names import WORDS, DiverseWords, OurEncoder, proposed_names, representatives, topic_label
from nlp.topics.topic_words import TopicWords, topic_words

FEWEST_SEGMENTS = 40
MOST_TOPICS = 60
RESAMPLES = 5
SHARE = 0.8
MOST_ROWS = 20_000  # rows are drawn from at most this many, so that the check stays cheaper than the topics
STABLE = 0.6  # Hennig 2007: below .6 a cluster is not to be trusted, from .75 on it is stable


@dataclass(frozen=True)
class Stability:
    """`rand` is the mean adjusted Rand index of all segments; `jaccard` (topics,) the mean best match of each topic."""

    rand: float
    jaccard: np.ndarray


def find_topics(
    segments: pd.DataFrame,
    tokens: pd.DataFrame,
    embeddings: np.ndarray,
    encoder: Encoder,
    *,
    seed: int,
    min_topic_size: int | None = None,
) -> TopicModel:
    """Topics of the respondents' segments that have at least four content words (BERTopic, Grootendorst 2022).

    `segments` is a Segments frame, `embeddings` its array (len(segments), d) of unit rows, `tokens` its Tokens frame.
    Without `min_topic_size` a topic has at least sqrt(n) / 2 segments. Topics are numbered by size; topic -1 holds the
    segments that belong to none. With fewer than 40 segments there are no topics, and a note says so. No codebook is
    read: every topic's theme is "".
    """
    words = topic_words(segments, tokens)
    if len(words.segments) < FEWEST_SEGMENTS or not words.vocabulary:
        return TopicModel(
            empty(Topics), empty(TopicMembers), pd.DataFrame(columns=HIERARCHY_COLUMNS), (too_few(len(words.segments)),)
        )
    vectors = embeddings[words.segments["row"].to_numpy()].astype(np.float64)
    with threadpool_limits(1):  # sums in one order, whatever the number of cores
        return _model(words, tokens, vectors, encoder, seed, min_topic_size)


def _model(
    words: TopicWords,
    tokens: pd.DataFrame,
    vectors: np.ndarray,
    encoder: Encoder,
    seed: int,
    min_topic_size: int | None,
) -> TopicModel:
    n = len(words.segments)
    size = min_topic_size or max(4, round(n**0.5 / 2))
    clusters = TrimmedClusters(int(np.clip(n // (4 * size), 2, MOST_TOPICS)), size, seed=seed)
    reduction = reducer(n)
    model = BERTopic(
        language=None,
        top_n_words=WORDS,
        embedding_model=OurEncoder(encoder),
        umap_model=reduction,
        hdbscan_model=clusters,
        vectorizer_model=words.vectorizer(),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        representation_model=DiverseWords(),
    )
    joint = joint_vectors(vectors, words.count(words.documents))
    labels, _ = model.fit_transform(list(words.documents), embeddings=joint)
    topic = np.asarray(labels)
    stability = topic_stability(reduction.transform(joint), topic, clusters, seed=seed)
    members = _members(model, words, vectors, topic, clusters)
    typical = _typical(model, topic)
    topics = _topics(typical, words, tokens, members, stability)
    notes = notes_on(topics, n, small=n < FEWEST_FOR_KMEANS, rand=stability.rand)
    return TopicModel(topics, TopicMembers.validate(members), _hierarchy(model, words), notes, stability.rand, typical)


def _members(
    model: BERTopic, words: TopicWords, vectors: np.ndarray, topic: np.ndarray, clusters: TrimmedClusters
) -> pd.DataFrame:
    weights = model.ctfidf_model.transform(words.count(words.documents).astype(float))
    of_topic = model.c_tf_idf_[topic + model._outliers]
    likeness = 1 - paired_cosine_distances(weights, of_topic)
    described = words.segments[["segment", "respondent", "words"]].assign(topic=topic)
    chosen = representatives(described, vectors, centroids(vectors, topic), np.nan_to_num(likeness))
    return pd.DataFrame(
        {
            "segment": described["segment"],
            "topic": topic,
            "probability": np.round(clusters.probabilities_, 4),
            "representative": chosen,
        }
    )


def _typical(model: BERTopic, topic: np.ndarray) -> pd.DataFrame:
    """topic, word and weight of the words that are typical of each topic but -1."""
    rows = [
        (number, *pair)
        for number in range(int(topic.max(initial=-1)) + 1)
        for pair in model.get_topic(number)
        if pair[0] and pair[1] > 0
    ]
    return pd.DataFrame(rows, columns=TYPICAL_COLUMNS).astype({"topic": int, "word": "str", "weight": float})


def _topics(
    typical: pd.DataFrame, words: TopicWords, tokens: pd.DataFrame, members: pd.DataFrame, stability: Stability
) -> pd.DataFrame:
    spoken = words.segments.assign(topic=members["topic"].to_numpy())
    counts = spoken.groupby("topic").agg(segments=("segment", "size"), respondents=("respondent", "nunique"))
    numbers = [int(number) for number in counts.index if number >= 0]
    names = [list(typical.loc[typical["topic"] == number, "word"]) for number in numbers]
    belongs = dict(zip(members["segment"], members["topic"], strict=True))
    frame = pd.DataFrame(
        {
            "topic": numbers,
            "label": [topic_label(each, words.surface) for each in names],
            "words": ["; ".join(each) for each in names],
            "theme": "",
            "theme_similarity": 0.0,
            "stability": np.round(stability.jaccard, 3),
            "stable": stability.jaccard >= STABLE,
            "name": proposed_names(belongs, tokens, names, words.surface),
        }
    )
    if OUTLIERS in counts.index:
        outliers = {"topic": OUTLIERS, "label": "", "words": "", "theme": "", "theme_similarity": 0.0, "name": ""}
        frame = pd.concat([frame, pd.DataFrame([{**outliers, "stability": np.nan, "stable": False}])])
    frame = frame.merge(counts, left_on="topic", right_index=True)
    frame = frame.assign(share=np.round(frame["segments"] / len(spoken), 4)).reset_index(drop=True)
    return Topics.validate(frame[list(Topics.to_schema().columns)])


def _joined_numbers(topics: Iterable[int]) -> str:
    return "; ".join(str(int(number)) for number in topics)


def _hierarchy(model: BERTopic, words: TopicWords) -> pd.DataFrame:
    """Which topics are parts of wider ones, by BERTopic's Ward tree over c-TF-IDF; the widest first."""
    if sum(number >= 0 for number in model.topic_sizes_) < 2:
        return pd.DataFrame(columns=HIERARCHY_COLUMNS)
    with redirect_stderr(io.StringIO()):  # its progress bar cannot be turned off
        tree = model.hierarchical_topics(list(words.documents))
    return pd.DataFrame(
        {
            "parent": tree["Parent_ID"].astype(int),
            "label": [topic_label(name.split("_"), words.surface) for name in tree["Parent_Name"]],
            "topics": [_joined_numbers(topics) for topics in tree["Topics"]],
            "left": tree["Child_Left_ID"].astype(int),
            "right": tree["Child_Right_ID"].astype(int),
            "distance": tree["Distance"].astype(float).round(4),
        }
    ).reset_index(drop=True)


def too_few(segments: int) -> Phrase:
    """Why there are no topics."""
    return phrase("topics.too_few", segments=segments)


def notes_on(topics: pd.DataFrame, segments: int, *, small: bool, rand: float) -> tuple[Phrase, ...]:
    """The notes on a Topics frame found in `segments` segments; `small` when the simpler clustering was used."""
    proper = topics[topics["topic"] != OUTLIERS]
    outliers = int(topics.loc[topics["topic"] == OUTLIERS, "segments"].sum())
    how_many = phrase(
        "topics.how_many",
        topics=len(proper),
        segments=segments,
        outliers=outliers,
        outlier_share=outliers / segments,
        rand=float(rand),
        stable=int(proper["stable"].sum()),
    )
    return (how_many, Phrase("topics.small")) if small else (how_many,)


def topic_stability(reduced: np.ndarray, labels: np.ndarray, model: TrimmedClusters, *, seed: int) -> Stability:
    """Agreement of `labels` (n,), numbered 0.. with -1 for outliers, with five fits on 80 % of `reduced` (n, d).

    Every fit has rows (at most 20,000) and a seed of its own, drawn from `seed`. Compared on those rows: adjusted Rand
    index (Hubert & Arabie 1985) with the outliers as one group more, and for each topic the Jaccard similarity to the
    most similar new cluster, averaged over the fits (Hennig 2007, Cluster-wise assessment of cluster stability). A
    topic with no row among those drawn counts 0.
    """
    random = np.random.default_rng([seed, 7])
    known = labels
    topics = int(known.max(initial=-1)) + 1
    rand = []
    jaccard = []
    for number in range(RESAMPLES):
        drawn = min(int(SHARE * len(known)), MOST_ROWS)
        rows = np.sort(random.choice(len(known), drawn, replace=False))
        scale = drawn / (SHARE * len(known))  # a topic's least size shrinks with the draw
        fit = clone(model).set_params(seed=seed + number + 1, min_size=max(2, int(model.min_size * SHARE * scale)))
        again = fit.fit(reduced[rows]).labels_
        rand.append(adjusted_rand_score(known[rows], again))
        jaccard.append(_best_match(known[rows], again, topics))
    return Stability(float(np.mean(rand)), np.mean(jaccard, axis=0))


def _best_match(known: np.ndarray, again: np.ndarray, topics: int) -> np.ndarray:
    clusters = int(again.max(initial=-1)) + 1
    if not clusters:
        return np.zeros(topics)
    both = (known >= 0) & (again >= 0)
    shared = np.zeros((topics, clusters))
    np.add.at(shared, (known[both], again[both]), 1)
    here = np.bincount(known[known >= 0], minlength=topics)[:, None]
    there = np.bincount(again[again >= 0], minlength=clusters)[None, :]
    return (shared / np.maximum(here + there - shared, 1)).max(axis=1)
