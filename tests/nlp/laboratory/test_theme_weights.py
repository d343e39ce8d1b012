import json

import numpy as np
import pytest

from nlp.laboratory.evaluation import best_cut
from nlp.laboratory.network.weights import write_weights
from nlp.themes.theme_model import WEIGHED, Logistic, fit_logistic, load_model, score, theme_cut


def test_the_cut_is_the_score_of_the_best_f1():
    values = np.array([0.9, 0.8, 0.4, 0.3, 0.2])
    truth = np.array([True, False, True, True, False])
    cut = best_cut(values, truth)
    assert cut == 0.3
    assert all(_f1(values >= cut, truth) >= _f1(values >= other, truth) for other in values)


def _f1(guess, truth):
    return 2 * (guess & truth).sum() / (guess.sum() + truth.sum())


def test_the_cut_promises_the_best_f1_and_leaves_the_unlikely_alone():
    assert theme_cut(np.array([[0.9, 0.02], [0.4, 0.01]])) == 0.4
    assert theme_cut(np.array([[0.9, 0.9, 0.9, 0.21, 0.05]])) == 0.5  # one at .21 would cost more than it promises
    assert theme_cut(np.full((50, 3), 0.01)) == 0.2
    assert theme_cut(np.empty((0, 3))) == 0.5
    probability = np.array([[0.7, 0.3, 0.1]])
    cut = theme_cut(probability)
    assert (
        [row >= 0.5 for row in score(probability)[0]] == [row >= cut for row in probability[0]] == [True, False, False]
    )


def test_a_logistic_model_finds_what_made_the_labels():
    draw = np.random.default_rng(3)
    features = draw.normal(size=(4000, 2)) * [1.0, 10.0]
    odds = 1.5 * features[:, 0] - 0.1 * features[:, 1] - 0.5
    labels = (draw.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    fitted = fit_logistic(features, labels, np.ones(4000), ("a", "b"), penalty=1.0)
    assert fitted.weights == pytest.approx([1.5, -0.1], rel=0.1)
    assert fitted.intercept == pytest.approx(-0.5, abs=0.1)


def test_a_feature_that_never_varies_gets_no_weight():
    features = np.column_stack([np.ones(50), np.arange(50) % 2])
    fitted = fit_logistic(features, features[:, 1], np.ones(50), ("same", "tells"), penalty=1.0)
    assert fitted.weights[0] == 0 < fitted.weights[1]


def test_written_weights_are_read_back(tmp_path):
    model = Logistic(WEIGHED, np.linspace(-1, 1, len(WEIGHED)).round(4), -3.25)
    write_weights(model, tmp_path / "theme_weights.json")
    values = json.loads((tmp_path / "theme_weights.json").read_text(encoding="utf-8"))
    assert [values["weights"][name] for name in WEIGHED] == model.weights.tolist()
    assert values["intercept"] == -3.25


def test_the_bundled_weights_fit_the_features():
    weights = dict(zip(WEIGHED, load_model().weights, strict=True))
    assert weights["term"] > 0 and weights["read"] > 0
    assert weights["barred"] < 0  # an exclusion term speaks against its theme
