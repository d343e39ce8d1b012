import importlib.util
import random

import numpy as np
import pandas as pd
import pytest

from corpus.errors import StudyError
from nlp.embeddings import BATCH, embed_texts, load_encoder, unit_rows

TEXTS = [
    "Mancano le persone.",
    "La strada è piena di buche.",
    "Sì.",
    "Abbiamo chiesto un fondo alla Regione.",
    "I rifiuti li raccoglie una società esterna, da anni, e funziona.",
]


class LetterCounts:
    """A hand-made encoder for tests: how often each letter stands in a text."""

    name = fingerprint = "letters"
    dimensions = 26

    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen += texts
        return unit_rows(
            np.array([[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], dtype=float)
        )


def test_each_distinct_text_is_encoded_once_and_lands_in_its_rows():
    encoder = LetterCounts()
    vectors = embed_texts(["casa", "strada", "casa", "Sì"], encoder)
    assert sorted(encoder.seen) == ["Sì", "casa", "strada"]
    assert vectors.dtype == np.float32
    assert (vectors[0] == vectors[2]).all()
    assert np.array_equal(vectors[[1]], LetterCounts().encode(["strada"]))


def test_many_texts_are_handed_over_in_batches_and_all_come_back():
    texts = [f"{chr(97 + number % 26)}{'b' * (number // 26)}" for number in range(BATCH + 50)]
    assert np.array_equal(embed_texts(texts, LetterCounts()), LetterCounts().encode(texts))


def test_nothing_gives_no_rows():
    assert embed_texts([], LetterCounts()).shape == (0, 26)
    assert embed_texts(pd.Series(dtype="str"), LetterCounts()).shape == (0, 26)


@pytest.fixture(scope="module")
def real():
    return load_encoder()


def test_the_order_of_texts_does_not_change_a_bit_of_a_vector(real):
    shuffled = TEXTS * 2
    random.Random(4).shuffle(shuffled)
    by_text = dict(zip(shuffled, embed_texts(shuffled, real), strict=True))
    assert embed_texts(TEXTS, real).tobytes() == np.stack([by_text[text] for text in TEXTS]).tobytes()


def test_the_default_encoder_gives_unit_rows_that_tell_meanings_apart(real):
    vectors = embed_texts(["Non c'è abbastanza personale.", "Mancano i dipendenti.", "Il fiume è in piena."], real)
    assert vectors.shape == (3, real.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert real.encode([]).shape == (0, real.dimensions)


@pytest.mark.parametrize(
    ("name", "package", "line"),
    [
        ("sentence-transformers:un-modello", "sentence_transformers", "pip install 'trama[transformers]'"),
        ("model2vec:un-modello", "model2vec", "pip install model2vec"),
    ],
)
def test_an_encoder_that_is_not_installed_says_how_to_install_it(name, package, line):
    if importlib.util.find_spec(package):
        pytest.skip(f"{package} is installed here")
    with pytest.raises(StudyError) as error:
        load_encoder(name)
    (problem,) = error.value.problems
    assert line in problem.message.it
    assert line in problem.message.en


@pytest.mark.parametrize("name", ["bert", "model2vec:", "altro:modello"])
def test_an_unknown_encoder_is_named(name):
    with pytest.raises(StudyError) as error:
        load_encoder(name)
    assert name in str(error.value)
