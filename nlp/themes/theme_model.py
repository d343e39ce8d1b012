"""How likely a theme is in a segment when nobody has coded: one small logistic model with weights for any codebook.

It weighs what the network reads and kinds of evidence, never words or themes (nlp/data/theme_weights.json, made by
nlp.laboratory.network).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

from nlp.themes.features import FEATURES, ThemeFeatures
from nlp.themes.planes import Planes, product, whole

FLOOR = 1e-4
LOWEST_CUT = 0.2
LEAST = 0.05  # themes that a segment speaks of at least, so that the logarithm of their sum ends somewhere
WEIGHED = (*FEATURES, "read", "behind", "rest", "written", "written_term", "written_read")
_STOPS = r"[.?!…]"  # of which there are none where speech is written down for its sound


@dataclass(frozen=True)
class Logistic:
    """A logistic model over named features: `weights` in the order of `names`, in units of the features."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float

    def probability(self, features: Planes) -> np.ndarray:
        """For the features `names`: probabilities (segments, themes)."""
        probability = np.empty(features.shape)
        for rows, block in features.blocks():
            probability[rows] = np.clip(expit(block @ self.weights + self.intercept), FLOOR, 1 - FLOOR)
        return probability


def theme_cut(probability: np.ndarray) -> float:
    """The probability from which on a theme is given: the cut that promises the highest F1 over these probabilities.

    If the probabilities are right, giving the k likeliest has the F1 of 2 (sum of the k) / (k + sum of all) in
    expectation (Lewis 1995); it lies below one half. Kept within LOWEST_CUT and 0.5, so that a study in which nothing
    is likely is not coded all over.
    """
    likeliest = np.sort(probability, axis=None)[::-1]
    if not len(likeliest):
        return 0.5
    hits = np.cumsum(likeliest)
    best = likeliest[(2 * hits / (np.arange(1, len(hits) + 1) + hits[-1])).argmax()]
    return float(np.clip(best, LOWEST_CUT, 0.5))


def score(probability: np.ndarray) -> np.ndarray:
    """Probabilities moved so that the cut for them stands at 0.5."""
    return expit(logit(probability) - logit(theme_cut(probability)))


def theme_probabilities(features: ThemeFeatures, relevance: np.ndarray) -> np.ndarray:
    """(segments, themes): the probability of each theme in each segment without any human coding.

    `relevance` (segments, themes) are the network's log odds.
    """
    return load_model().probability(weighed_features(features, relevance))


def weighed_features(features: ThemeFeatures, relevance: np.ndarray) -> Planes:
    """The features of WEIGHED.

    What the network reads counts for the theme, beside the segment's likeliest, and by how much the segment holds.
    Written language (with stops) is weighed apart: there terms say more than in raw speech.
    """
    odds = relevance.astype(np.float64)
    likely = expit(odds)
    written = whole(features.segments["text"].str.contains(_STOPS).to_numpy(dtype=float)[:, None])
    parts = {
        **features.planes.parts,
        "read": whole(odds),
        "behind": lambda rows: odds[rows] - odds[rows].max(axis=1, keepdims=True),
        "rest": lambda rows: np.log(likely[rows].sum(axis=1, keepdims=True) + LEAST),
        "written": written,
        "written_term": product(written, features.planes.parts["term"]),
        "written_read": product(written, whole(odds)),
    }
    return Planes(odds.shape, {name: parts[name] for name in WEIGHED})


def fit_logistic(
    features: np.ndarray, labels: np.ndarray, weight: np.ndarray, names: tuple[str, ...], penalty: float
) -> Logistic:
    """Maximum likelihood with an L2 penalty on the standardised weights.

    features (rows, len(names)), labels and row weights (rows,). Convex, so it depends on no seed.
    """
    spread = features.std(axis=0)
    scaled = features / np.where(spread > 1e-6, spread, np.inf)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ parameters[:-1] + parameters[-1]
        error = weight * (expit(odds) - labels)
        value = (weight * (np.logaddexp(0, odds) - labels * odds)).sum() + penalty / 2 * (parameters[:-1] ** 2).sum()
        return value, np.append(scaled.T @ error + penalty * parameters[:-1], error.sum())

    fitted = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    weights = fitted.x[:-1] / np.where(spread > 1e-6, spread, np.inf)
    return Logistic(names, weights, float(fitted.x[-1]))


@cache
def load_model() -> Logistic:
    """The bundled weights."""
    values = json.loads((files("nlp") / "data" / "theme_weights.json").read_text(encoding="utf-8"))
    return Logistic(WEIGHED, np.array([values["weights"][name] for name in WEIGHED]), values["intercept"])


def logistic_values(logistic: Logistic) -> dict:
    """What the weights file holds of a model."""
    pairs = zip(logistic.names, logistic.weights, strict=True)
    weights = {name: round(float(weight), 4) for name, weight in pairs}
    return {"weights": weights, "intercept": round(logistic.intercept, 4)}
