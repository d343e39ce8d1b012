"""What people's codings of this study teach: per theme, a correction of the unsupervised judgement. Reads no codebook.

A ridge-penalised logistic regression on sentence vectors and lemmas whose prior is the unsupervised model: its log odds
enter as an offset, so that with few examples little changes and with none nothing.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize
from scipy.special import expit, logit

from nlp.themes.features import ThemeFeatures
from nlp.themes.theme_model import FLOOR

ENOUGH_SEGMENTS = 20  # decided segments, and
ENOUGH_EXAMPLES = 3  # of the theme, below which it keeps the unsupervised judgement
LOOSENESS = 10.0  # variance of the prior on each weight
QUESTION_WEIGHT = 0.5


@dataclass(frozen=True)
class Learned:
    """`probability` (segments, themes); `taught` (themes,): whether a theme had examples enough to be corrected."""

    probability: np.ndarray
    taught: np.ndarray


def learn_themes(features: ThemeFeatures, unsupervised: np.ndarray, share: np.ndarray, decided: np.ndarray) -> Learned:
    """Correct `unsupervised` (segments, themes) by what people decided.

    `share` (segments, themes) is the share of deciders that gave the theme, read where `decided` (same shape) is true.
    """
    odds = logit(np.clip(unsupervised, FLOOR, 1 - FLOOR))
    examples = (decided & (share >= 0.5)).sum(axis=0)
    taught = (decided.sum(axis=0) >= ENOUGH_SEGMENTS) & (examples >= ENOUGH_EXAMPLES)
    if not taught.any():
        return Learned(np.clip(expit(odds), FLOOR, 1 - FLOOR), taught)
    corrected = odds.copy()
    vectors, words = learning_features(features)
    for theme in np.flatnonzero(taught):
        rows = np.flatnonzero(decided[:, theme])
        fitted = _fit(vectors[rows], words[rows], share[rows, theme], odds[rows, theme])
        corrected[:, theme] += vectors @ fitted[0] + words @ fitted[1] + fitted[2]
    return Learned(np.clip(expit(corrected), FLOOR, 1 - FLOOR), taught)


def cross_learn(
    features: ThemeFeatures, unsupervised: np.ndarray, share: np.ndarray, decided: np.ndarray, folds: int | None = None
) -> np.ndarray:
    """(segments, themes): as learn_themes, but no transcript is judged by what was learned from itself.

    The transcripts with decisions, in the order of their ids, are dealt in turn to `folds` parts (None: one a part);
    each part is judged by what the others teach. Transcripts without decisions are judged by what all teach.
    """
    transcript = features.segments["transcript"].to_numpy(dtype=object)
    coded = sorted(set(transcript[decided.any(axis=1)]))
    result = learn_themes(features, unsupervised, share, decided).probability
    for part in range(min(folds or len(coded), len(coded))):
        held_out = np.isin(transcript, coded[part :: folds or len(coded)])
        learned = learn_themes(features, unsupervised, share, decided & ~held_out[:, None])
        result[held_out] = learned.probability[held_out]
    return result


def learning_features(features: ThemeFeatures) -> tuple[np.ndarray, sparse.csr_matrix]:
    """Vectors of segment and question side by side (segments, 2 d); unit rows of weighted lemmas (segments, words)."""
    vectors = np.hstack([features.embeddings, QUESTION_WEIGHT * features.questions.whole()]).astype(np.float64)
    present = features.words.present
    rarity = np.log((present.shape[0] + 1) / (features.words.frequency + 1))
    weighted = present @ sparse.diags(rarity)
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return vectors, sparse.csr_matrix(sparse.diags(1 / np.maximum(length, 1e-9)) @ weighted)


def _fit(
    vectors: np.ndarray, words: sparse.csr_matrix, labels: np.ndarray, offset: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    width = vectors.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = vectors @ weights[:width] + words @ weights[width:-1] + weights[-1] + offset
        error = expit(odds) - labels
        value = (np.logaddexp(0, odds) - labels * odds).sum()
        value += ((weights[:-1] ** 2).sum() / LOOSENESS + weights[-1] ** 2) / 2
        slope = np.concatenate([vectors.T @ error, words.T @ error, [error.sum()]])
        slope[:-1] += weights[:-1] / LOOSENESS
        slope[-1] += weights[-1]
        return value, slope

    weights_found = minimize(loss, np.zeros(width + words.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return weights_found[:width], weights_found[width:-1], float(weights_found[-1])
