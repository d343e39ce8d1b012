"""How likely a theme is in a segment when nobody has coded: small logistic models with weights for any codebook.

Two weigh kinds of evidence, never words or themes (nlp/data/theme_weights.json); a third weighs their judgement with
what the network reads (nlp/data/blend_weights.json, made by nlp.laboratory.network).
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import expit, logit

from nlp.themes.features import FIRST, ThemeFeatures
from nlp.themes.feedback import SECOND, feedback_features
from nlp.themes.planes import Planes, product, whole

THEMES_PER_SEGMENT = 1.2  # what a coder gives a segment on average; divided by the number of themes it is the base rate
FLOOR = 1e-4
LOWEST_CUT = 0.2
LEAST = 0.05  # themes that a segment speaks of at least, so that the logarithm of their sum ends somewhere
BLEND = ("evidence", "read", "behind", "rest", "written", "written_evidence", "written_read")
# Of the best cut: under codebooks that cover most of what is said, passages that taught nothing were coded best so
# (F1 .599 for .585 in speech, .411 for .403 in writing).
CUT_SHARE = 0.8
_STOPS = r"[.?!…]"  # of which there are none where speech is written down for its sound


@dataclass(frozen=True)
class Logistic:
    """A logistic model over named features: `weights` in the order of `names`, in units of the features."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float

    def probability(self, features: Planes, base: float) -> np.ndarray:
        """For the features `names` and the log odds of the base rate: probabilities (segments, themes)."""
        probability = np.empty(features.shape)
        for rows, block in features.blocks():
            odds = block @ self.weights + self.intercept + base
            probability[rows] = np.clip(expit(odds), FLOOR, 1 - FLOOR)
        return probability


@dataclass(frozen=True)
class ThemeModel:
    """The two models."""

    first: Logistic
    second: Logistic


def expected_cut(probability: np.ndarray) -> float:
    """The cut that promises the highest F1 over these probabilities.

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


def theme_cut(probability: np.ndarray) -> float:
    """The probability from which on a theme is given: somewhat below the one that promises most."""
    return max(CUT_SHARE * expected_cut(probability), LOWEST_CUT)


def base_rate(themes: int) -> float:
    """Log odds of a theme in a segment when nothing else is known."""
    return float(logit(min(THEMES_PER_SEGMENT / max(themes, 1), 0.5)))


def first_probabilities(features: ThemeFeatures, model: ThemeModel) -> np.ndarray:
    """(segments, themes) from each segment and its question alone."""
    return model.first.probability(features.planes, base_rate(features.planes.shape[1]))


def theme_probabilities(features: ThemeFeatures, relevance: np.ndarray) -> np.ndarray:
    """(segments, themes): the probability of each theme in each segment without any human coding.

    `relevance` (segments, themes) are the network's log odds.
    """
    blend = blend_features(evidence_probabilities(features), relevance, features.segments["text"])
    return load_blend().probability(blend, 0.0)


def evidence_probabilities(features: ThemeFeatures, model: ThemeModel | None = None) -> np.ndarray:
    """(segments, themes): what the kinds of evidence promise, the network apart; by the bundled `model`."""
    model = model or load_model()
    first = first_probabilities(features, model)
    return model.second.probability(feedback_features(features, first), 0.0)


def blend_features(by_evidence: np.ndarray, relevance: np.ndarray, texts: pd.Series) -> Planes:
    """The features of BLEND, of arrays (segments, themes) and the segments' texts.

    What the network reads counts for the theme, beside the segment's likeliest, and by how much the segment holds.
    Written language (with stops) is weighed apart: there the kinds of evidence say more than in raw speech.
    """
    odds = relevance.astype(np.float64)
    written = whole(texts.str.contains(_STOPS).to_numpy(dtype=float)[:, None])
    evidence = whole(logit(by_evidence))
    likely = expit(odds)
    parts = {
        "evidence": evidence,
        "read": whole(odds),
        "written": written,
        "written_evidence": product(written, evidence),
        "written_read": product(written, whole(odds)),
        "behind": lambda rows: odds[rows] - odds[rows].max(axis=1, keepdims=True),
        "rest": lambda rows: np.log(likely[rows].sum(axis=1, keepdims=True) + LEAST),
    }
    return Planes(odds.shape, {name: parts[name] for name in BLEND})


def fit_logistic(
    features: np.ndarray,
    labels: np.ndarray,
    base: np.ndarray,
    weight: np.ndarray,
    names: tuple[str, ...],
    penalty: float,
) -> Logistic:
    """Maximum likelihood with an L2 penalty on the standardised weights.

    features (rows, len(names)), labels and `base` log odds and row weights (rows,). Convex, so it depends on no seed.
    """
    spread = features.std(axis=0)
    scaled = features / np.where(spread > 1e-6, spread, np.inf)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ parameters[:-1] + parameters[-1] + base
        error = weight * (expit(odds) - labels)
        value = (weight * (np.logaddexp(0, odds) - labels * odds)).sum() + penalty / 2 * (parameters[:-1] ** 2).sum()
        return value, np.append(scaled.T @ error + penalty * parameters[:-1], error.sum())

    fitted = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    weights = fitted.x[:-1] / np.where(spread > 1e-6, spread, np.inf)
    return Logistic(names, weights, float(fitted.x[-1]))


@cache
def load_model() -> ThemeModel:
    """The bundled weights."""
    values = json.loads((files("nlp") / "data" / "theme_weights.json").read_text(encoding="utf-8"))
    return model_from(values)


@cache
def load_blend() -> Logistic:
    """The bundled weights of the blend."""
    values = json.loads((files("nlp") / "data" / "blend_weights.json").read_text(encoding="utf-8"))
    return _logistic_from(values, BLEND)


def model_from(values: dict) -> ThemeModel:
    """A model from the parsed JSON of a weights file."""
    return ThemeModel(_logistic_from(values["first"], FIRST), _logistic_from(values["second"], SECOND))


def _logistic_from(values: dict, names: tuple[str, ...]) -> Logistic:
    weights = np.array([values["weights"].get(name, 0.0) for name in names])
    return Logistic(names, weights, values["intercept"])


def logistic_values(logistic: Logistic) -> dict:
    """What a weights file holds of a model."""
    pairs = zip(logistic.names, logistic.weights, strict=True)
    weights = {name: round(float(weight), 4) for name, weight in pairs}
    return {"weights": weights, "intercept": round(logistic.intercept, 4)}
