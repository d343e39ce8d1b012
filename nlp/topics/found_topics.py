"""What finding topics gives, as data. Finds none: whoever only reads topics need not wait for BERTopic."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from corpus.words.phrase import Phrase

TYPICAL_COLUMNS = ["topic", "word", "weight"]


@dataclass(frozen=True)
class TopicModel:
    """What BERTopic found.

    `topics` and `members` are the Topics and TopicMembers frames. `hierarchy` has one row a merger of two topics or
    mergers, the widest first: parent, label, topics (their numbers, joined by "; "), left, right (numbers of topics or
    of earlier parents) and distance.
    `rand` is the adjusted Rand index over resampled fits, None without topics. `typical` has one row a topic and word
    that is typical of it, the most typical first: topic, word, weight.
    """

    topics: pd.DataFrame
    members: pd.DataFrame
    hierarchy: pd.DataFrame
    notes: tuple[Phrase, ...]
    rand: float | None = None
    typical: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=TYPICAL_COLUMNS))


def centroids(vectors: np.ndarray, topic: np.ndarray) -> np.ndarray:
    """Mean sentence vectors of topics 0.., (topics, d)."""
    return np.stack(
        [vectors[topic == number].mean(axis=0) for number in range(int(topic.max(initial=-1)) + 1)]
        or [np.empty((0, vectors.shape[1]))]
    ).reshape(-1, vectors.shape[1])
