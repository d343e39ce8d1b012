"""What people's codings of this study teach: per theme, a correction of the unsupervised judgement. Reads no codebook.

A ridge-penalised logistic regression on vectors and lemmas whose prior is the unsupervised model: its log odds enter as
an offset, so that with few examples little changes. It is used only if, within what people coded, interviews are judged
better by what the others teach than without: where a team's codings teach nothing, nothing is learned.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize
from scipy.special import expit, logit

from nlp.spoken_text import SpokenText
from nlp.themes.network import PassageReading
from nlp.themes.theme_model import FLOOR
from nlp.word_counts import WordCounts

ENOUGH_SEGMENTS = 20  # decided segments, and
ENOUGH_EXAMPLES = 3  # of the theme, below which it keeps the unsupervised judgement
LOOSENESS = 3.0  # variance of the prior on each weight
SHIFT_LOOSENESS = 0.1  # on the shift of a theme as a whole
PARTS = 3  # of the coded interviews, to see whether learning helps, and
HELPS = 0.98  # the share of the log loss that must be left of it then: less is chance


@dataclass(frozen=True)
class LearningEvidence:
    """What is learned from, a row a segment.

    vectors: the network's and the sentence encoder's side by side; words: unit rows of lemmas weighted by their rarity
    transcript: ids
    """

    vectors: np.ndarray
    words: sparse.csr_matrix
    transcript: np.ndarray


@dataclass(frozen=True)
class Learned:
    """`probability` (segments, themes); `taught` (themes,): whether a theme had examples enough to be corrected."""

    probability: np.ndarray
    taught: np.ndarray


def learning_evidence(text: SpokenText, reading: PassageReading, counts: WordCounts) -> LearningEvidence:
    """The evidence of a text, of what the network read in it, and of its words."""
    rarity = np.log((counts.present.shape[0] + 1) / (counts.frequency + 1))
    weighted = counts.present @ sparse.diags(rarity)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    words = sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-9)) @ weighted)
    vectors = np.hstack([_centred(reading.vectors), _centred(text.vectors)])
    return LearningEvidence(vectors, words, text.segments["transcript"].to_numpy(dtype=object))


def learn_themes(
    evidence: LearningEvidence, unsupervised: np.ndarray, share: np.ndarray, decided: np.ndarray
) -> Learned:
    """Correct `unsupervised` (segments, themes) by what people decided.

    `share` (segments, themes) is the share of deciders that gave the theme, read where `decided` (same shape) is true.
    """
    odds = logit(np.clip(unsupervised, FLOOR, 1 - FLOOR))
    none_taught = np.zeros(odds.shape[1], dtype=bool)
    if not _helps(evidence, odds, share, decided):
        return Learned(np.clip(expit(odds), FLOOR, 1 - FLOOR), none_taught)
    corrected, taught = _corrected(evidence, odds, share, decided)
    return Learned(np.clip(expit(corrected), FLOOR, 1 - FLOOR), taught)


def cross_learn(
    evidence: LearningEvidence, unsupervised: np.ndarray, share: np.ndarray, decided: np.ndarray, folds: int
) -> np.ndarray:
    """(segments, themes): as learn_themes, but no transcript is judged by what was learned from itself.

    The transcripts with decisions, in the order of their ids, are dealt in turn to `folds` parts; each part is judged
    by what the others teach. Transcripts without decisions are judged by what all teach.
    """
    result = learn_themes(evidence, unsupervised, share, decided).probability
    for held_out in _parts(evidence, decided, folds):
        learned = learn_themes(evidence, unsupervised, share, decided & ~held_out[:, None])
        result[held_out] = learned.probability[held_out]
    return result


def _helps(evidence: LearningEvidence, odds: np.ndarray, share: np.ndarray, decided: np.ndarray) -> bool:
    """Whether coded interviews are judged better, by their log loss, when the other coded ones teach."""
    with_others = odds.copy()
    for held_out in _parts(evidence, decided, PARTS):
        corrected, _ = _corrected(evidence, odds, share, decided & ~held_out[:, None])
        with_others[held_out] = corrected[held_out]
    return _loss(with_others[decided], share[decided]) < HELPS * _loss(odds[decided], share[decided])


def _parts(evidence: LearningEvidence, decided: np.ndarray, folds: int) -> list[np.ndarray]:
    """(segments,) for each part: whether a segment's transcript is in it."""
    coded = sorted(set(evidence.transcript[decided.any(axis=1)]))
    folds = min(folds, len(coded))
    return [np.isin(evidence.transcript, coded[part::folds]) for part in range(folds)]


def _corrected(
    evidence: LearningEvidence, odds: np.ndarray, share: np.ndarray, decided: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The log odds corrected, and which themes had examples enough for it."""
    examples = (decided & (share >= 0.5)).sum(axis=0)
    taught = (decided.sum(axis=0) >= ENOUGH_SEGMENTS) & (examples >= ENOUGH_EXAMPLES)
    corrected = odds.copy()
    for theme in np.flatnonzero(taught):
        rows = np.flatnonzero(decided[:, theme])
        labels = share[rows, theme]
        by_vector, by_word, shift = _fit(evidence.vectors[rows], evidence.words[rows], labels, odds[rows, theme])
        corrected[:, theme] += evidence.vectors @ by_vector + evidence.words @ by_word + shift
    return corrected, taught


def _fit(
    vectors: np.ndarray, words: sparse.csr_matrix, labels: np.ndarray, offset: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    width = vectors.shape[1]
    looseness = np.full(width + words.shape[1] + 1, LOOSENESS)
    looseness[-1] = SHIFT_LOOSENESS

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = vectors @ weights[:width] + words @ weights[width:-1] + weights[-1] + offset
        error = expit(odds) - labels
        slope = np.concatenate([vectors.T @ error, words.T @ error, [error.sum()]])
        value = _loss(odds, labels) + (weights**2 / looseness).sum() / 2
        return value, slope + weights / looseness

    fitted = minimize(loss, np.zeros(len(looseness)), jac=True, method="L-BFGS-B").x
    return fitted[:width], fitted[width:-1], float(fitted[-1])


def _loss(odds: np.ndarray, labels: np.ndarray) -> float:
    return float((np.logaddexp(0, odds) - labels * odds).sum())


def _centred(vectors: np.ndarray) -> np.ndarray:
    """Unit rows around their mean, which all of a study have in common."""
    around = vectors.astype(np.float64) - vectors.mean(axis=0)
    return around / np.maximum(np.linalg.norm(around, axis=1, keepdims=True), 1e-9)
