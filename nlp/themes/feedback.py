"""What a first judgement of all segments tells about each: its neighbours in talk and in meaning, the theme's words.

The study's own words teach here: seeded class-based TF-IDF (BERTopic's c-TF-IDF with soft classes), label propagation
over nearest neighbours, and relevance feedback. A segment never learns from its own first judgement.
"""

import numpy as np

from nlp.themes.arrays import BLOCK, contrast, standardise
from nlp.themes.features import ThemeFeatures
from nlp.themes.neighbours import propagate
from nlp.themes.planes import Planes, after, before, whole
from nlp.word_counts import WordCounts

SURE = 0.3  # first probabilities below this teach nothing
PRIOR = 2.0  # occurrences of a word assumed before any is seen
SECOND = (
    "first", "before_p", "after_p", "behind_best", "share", "neighbours", "centre", "typical_words",
    "term", "similar", "examples", "asked", "words", "length",
)  # fmt: skip


def feedback_features(features: ThemeFeatures, first: np.ndarray) -> Planes:
    """The features of SECOND from first probabilities (segments, themes)."""
    odds = np.log(first / (1 - first))
    taught = np.where(first > SURE, first, 0)

    def behind(rows: slice) -> np.ndarray:
        return odds[rows] - odds[rows].max(axis=1, keepdims=True)

    def share(rows: slice) -> np.ndarray:
        likely = np.exp(behind(rows))
        return likely / likely.sum(axis=1, keepdims=True)

    parts = {
        **features.planes.parts,
        "first": whole(odds),
        "before_p": before(first, features.next_in_answer),
        "after_p": after(first, features.next_in_answer),
        "behind_best": behind,
        "share": share,
        "neighbours": whole(10 * contrast(propagate(features.neighbours, first))),
        "centre": whole(contrast(standardise(_centre(features.embeddings, taught)))),
        "typical_words": whole(typical_word_score(features.words, taught)),
    }
    return Planes(first.shape, {name: parts[name] for name in SECOND})


def typical_words(words: WordCounts, labels: np.ndarray) -> np.ndarray:
    """(words, themes): log odds of a word in a theme's segments against its odds anywhere, 0 where it tells nothing."""
    inside = words.present.T @ labels
    return np.maximum(_log_odds(inside, words.frequency[:, None], labels.mean(axis=0)), 0)


def typical_word_score(words: WordCounts, labels: np.ndarray) -> np.ndarray:
    """(segments, themes): the sum of its words' log odds, counted without itself, over the root of their number."""
    present = words.present
    inside = present.T @ labels
    frequency = words.frequency
    base = labels.mean(axis=0)
    score = np.zeros_like(labels)
    for first in range(0, len(labels), BLOCK):
        part = present[first : first + BLOCK].tocoo()
        rows = part.row + first
        columns = part.col
        odds = _log_odds(inside[columns] - labels[rows], (frequency[columns] - 1)[:, None], base)
        np.add.at(score, rows, np.maximum(odds, -1))
    return score / np.sqrt(words.lengths + 3)[:, None]


def _log_odds(inside: np.ndarray, frequency: np.ndarray, base: np.ndarray) -> np.ndarray:
    base = np.clip(base, 1e-6, 1 - 1e-6)
    outside = np.maximum(frequency - inside, 0)
    return np.log((inside + PRIOR * base) / (outside + PRIOR * (1 - base))) - np.log(base / (1 - base))


def _centre(embeddings: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Similarity to the weighted centre of a theme's segments, the segment itself left out."""
    sums = labels.T @ embeddings
    length = np.maximum(np.linalg.norm(sums, axis=1), 1e-9)
    return (embeddings @ sums.T - labels) / length
