import numpy as np
import pandas as pd

from nlp.embeddings import share_texts
from nlp.spoken_text import put_in_order
from tests.nlp.test_theme_coding import Letters

TALK = [
    ("A", 0, "Come va la mensa?", "Bene, la cucina è nostra."),
    ("A", 60, "Come va la mensa?", "Cuociono lì e si sente il profumo."),
    ("A", 120, "E lo scuolabus?", "Passa alle otto."),
    ("B", 0, "", "Posso cominciare?"),
]


def _before(rows):
    segments = pd.DataFrame(rows, columns=["transcript", "start", "question", "text"])
    segments["segment"] = [f"{transcript}:{start}" for transcript, start, *_ in rows]
    tokens = pd.DataFrame({"segment": [], "token": []})
    vectors = np.ones((len(rows), 2), dtype=np.float32)
    text = put_in_order(segments, tokens, vectors, share_texts(segments["question"], Letters()))
    return dict(zip(text.segments["segment"], text.before, strict=True))


def test_before_a_segment_stand_the_one_before_it_and_what_was_asked_since():
    assert _before(TALK) == {
        "A:0": "Come va la mensa?",
        "A:60": "Bene, la cucina è nostra.",
        "A:120": "Cuociono lì e si sente il profumo. E lo scuolabus?",
        "B:0": "",
    }


def test_the_order_in_which_segments_come_does_not_matter():
    assert _before(TALK[::-1]) == _before(TALK)
