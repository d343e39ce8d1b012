"""F1 and accuracy of scores against codings, for whoever trains and whoever tests. Knows no network."""

import numpy as np


def f1(given: np.ndarray, has: np.ndarray) -> float:
    """Micro-F1 of what is given against what is there, boolean arrays of one shape; 0 where nothing is."""
    return float(2 * (given & has).sum() / max(given.sum() + has.sum(), 1))


def best_f1(scores: np.ndarray, has: np.ndarray) -> float:
    """The highest micro-F1 that one cut of the scores reaches."""
    order = np.argsort(-scores, axis=None, kind="stable")
    hits = np.cumsum(has.ravel()[order])
    return float((2 * hits / (np.arange(1, len(order) + 1) + hits[-1])).max())


def stance_accuracy(scores: np.ndarray, stances: np.ndarray) -> float:
    """Share of right stances, scores (..., stances), among those that have one (numbers, -1 for none)."""
    told = stances >= 0
    return float((scores[told].argmax(axis=1) == stances[told]).mean())


def stance_macro_f1(scores: np.ndarray, stances: np.ndarray) -> float:
    """Mean F1 of the stances that occur."""
    told = stances >= 0
    judged = scores[told].argmax(axis=1)
    right = stances[told]
    return float(np.mean([f1(judged == stance, right == stance) for stance in np.unique(right)]))
