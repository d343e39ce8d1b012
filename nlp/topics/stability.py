"""How far the topics depend on chance: the same clustering on other draws of segments, other seeds. Names nothing."""

from dataclasses import dataclass

import numpy as np
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score

from nlp.topics.clusters import TrimmedClusters

RESAMPLES = 5
SHARE = 0.8
MOST_ROWS = 20_000  # rows are drawn from at most this many, so that the check stays cheaper than the topics
STABLE = 0.6  # Hennig 2007: below .6 a cluster is not to be trusted, from .75 on it is stable


@dataclass(frozen=True)
class Stability:
    """`rand` is the mean adjusted Rand index of all segments; `jaccard` (topics,) the mean best match of each topic."""

    rand: float
    jaccard: np.ndarray


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
