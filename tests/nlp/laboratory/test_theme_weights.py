import json

import numpy as np
import pytest

from corpus.records import Theme
from nlp.laboratory.evaluation import best_cut
from nlp.laboratory.theme_weights import thinned, write_weights
from nlp.themes.features import FIRST
from nlp.themes.feedback import SECOND
from nlp.themes.theme_model import (
    BLEND,
    Logistic,
    ThemeModel,
    expected_cut,
    fit_logistic,
    load_blend,
    load_model,
    model_from,
    score,
)


def test_the_cut_is_the_score_of_the_best_f1():
    values = np.array([0.9, 0.8, 0.4, 0.3, 0.2])
    truth = np.array([True, False, True, True, False])
    cut = best_cut(values, truth)
    assert cut == 0.3
    assert all(_f1(values >= cut, truth) >= _f1(values >= other, truth) for other in values)


def _f1(guess, truth):
    return 2 * (guess & truth).sum() / (guess.sum() + truth.sum())


def test_the_cut_promises_the_best_f1_and_leaves_the_unlikely_alone():
    assert expected_cut(np.array([[0.9, 0.02], [0.4, 0.01]])) == 0.4
    assert expected_cut(np.array([[0.9, 0.9, 0.9, 0.21, 0.05]])) == 0.5  # one at .21 would cost more than it promises
    assert expected_cut(np.full((50, 3), 0.01)) == 0.2
    assert expected_cut(np.empty((0, 3))) == 0.5
    probability = np.array([[0.7, 0.3, 0.1]])
    cut = expected_cut(probability)
    assert (
        [row >= 0.5 for row in score(probability)[0]] == [row >= cut for row in probability[0]] == [True, False, False]
    )


def test_a_logistic_model_finds_what_made_the_labels():
    draw = np.random.default_rng(3)
    features = draw.normal(size=(4000, 2)) * [1.0, 10.0]
    odds = 1.5 * features[:, 0] - 0.1 * features[:, 1] - 0.5
    labels = (draw.random(4000) < 1 / (1 + np.exp(-odds))).astype(float)
    fitted = fit_logistic(features, labels, np.zeros(4000), np.ones(4000), ("a", "b"), penalty=1.0)
    assert fitted.weights == pytest.approx([1.5, -0.1], rel=0.1)
    assert fitted.intercept == pytest.approx(-0.5, abs=0.1)


def test_a_feature_that_never_varies_gets_no_weight():
    features = np.column_stack([np.ones(50), np.arange(50) % 2])
    fitted = fit_logistic(features, features[:, 1], np.zeros(50), np.ones(50), ("same", "tells"), penalty=1.0)
    assert fitted.weights[0] == 0 < fitted.weights[1]


def test_a_codebook_is_thinned_whole_first():
    theme = Theme("t", "T", include_terms=("uno", "due", "tre"), examples=("Ecco.",))
    terms = [(each.include_terms, each.examples) for (each,) in thinned([theme])]
    assert terms == [
        (("uno", "due", "tre"), ("Ecco.",)),
        (("uno", "due", "tre"), ()),
        (("uno", "tre"), ()),
        (("due",), ("Ecco.",)),
    ]


def test_written_weights_are_read_back(tmp_path):
    model = ThemeModel(
        Logistic(FIRST, np.linspace(-1, 1, len(FIRST)).round(4), -3.25),
        Logistic(SECOND, np.linspace(0, 2, len(SECOND)).round(4), -4.5),
    )
    write_weights(model, tmp_path)
    again = model_from(json.loads((tmp_path / "theme_weights.json").read_text(encoding="utf-8")))
    assert np.array_equal(again.first.weights, model.first.weights)
    assert np.array_equal(again.second.weights, model.second.weights)
    assert (again.first.intercept, again.second.intercept) == (-3.25, -4.5)


def test_the_bundled_weights_fit_the_features():
    model = load_model()
    assert model.first.weights[FIRST.index("term")] > 1  # a term speaks for its theme
    assert model.second.weights[SECOND.index("centre")] > 0
    blend = dict(zip(BLEND, load_blend().weights, strict=True))
    assert blend["evidence"] > 0 and blend["read"] > 0
