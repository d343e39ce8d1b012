"""Work on whole transcripts gives the same wherever and beside whatever it is done, and other models are refused."""

import pickle

import numpy as np
import pandas as pd
import pytest

from corpus.errors import StudyError
from nlp.apart import annotate_apart, annotator, embed_apart, embedder

TEXTS = {
    "S01": ["Nel mio comune siamo in due a lavorare.", "Sì.", "Il bando scade a marzo e nessuno lo ha letto ancora."],
    "S02": ["Sì.", "LA STRADA PER IL PASSO DELLA CISA È CHIUSA DA UN ANNO.", "Servono più insegnanti nella scuola."],
    "S03": ["Non lo so.", "Il sindaco Mario Rossi ha chiesto aiuto alla Regione."],
}


@pytest.fixture(scope="module")
def segments():
    rows = [
        (name, f"{name}:{number:04d}", text) for name, texts in TEXTS.items() for number, text in enumerate(texts, 1)
    ]
    return pd.DataFrame(rows, columns=["transcript", "segment", "text"]).astype("str")


def test_an_interview_is_annotated_the_same_alone_and_among_others(segments):
    meant = annotator("trama")
    together = annotate_apart(segments, "trama", meant)
    assert list(together) == list(TEXTS)
    alone = annotate_apart(segments[segments["transcript"] == "S02"], "trama", meant)["S02"]
    for frame, other in zip(alone, together["S02"], strict=True):
        pd.testing.assert_frame_equal(frame, other, check_exact=True)
    assert set(alone[0]["segment"]) == {"S02:0001", "S02:0002", "S02:0003"}


def test_an_interviews_vectors_are_the_same_to_the_last_bit_alone_and_among_others(segments):
    meant = embedder("use-multilingual")
    together = embed_apart(segments, "use-multilingual", meant)
    for name in TEXTS:
        alone = embed_apart(segments[segments["transcript"] == name], "use-multilingual", meant)[name]
        assert alone.tobytes() == together[name].tobytes()
        assert np.allclose(np.linalg.norm(alone, axis=1), 1)


def test_a_worker_with_other_models_refuses_and_says_why(segments):
    for work, model in ((annotate_apart, "trama"), (embed_apart, "use-multilingual")):
        with pytest.raises(StudyError) as refused:
            work(segments, model, "trama-0.0.0-0123456789abcdef")
        travelled = pickle.loads(pickle.dumps(refused.value))
        assert "trama-0.0.0-0123456789abcdef" in travelled.say("it")
