"""Features put together block by block are those of all rows at once; packed tokens say what the tokens said."""

import numpy as np
import pandas as pd

from nlp.themes import planes
from nlp.themes.planes import Planes, after, before, product, whole
from nlp.token_frames import join_tokens, pack_tokens


def test_neighbours_in_the_answer_are_found_across_blocks(monkeypatch):
    monkeypatch.setattr(planes, "_ROWS", 2)
    values = np.arange(1.0, 11.0).reshape(5, 2)
    joined = np.array([True, True, False, True, False])
    features = Planes((5, 2), {"before": before(values, joined), "after": after(values, joined)})
    expected = np.zeros((5, 2, 2))
    expected[[1, 2, 4], :, 0] = values[[0, 1, 3]]
    expected[[0, 1, 3], :, 1] = values[[1, 2, 4]]
    np.testing.assert_array_equal(features.array(), expected)
    np.testing.assert_array_equal(np.concatenate([block for _, block in features.blocks()]), expected)


def test_a_product_is_there_where_both_are():
    found = np.array([[True, False], [True, True]])
    near = np.array([[0.5, 0.7], [0.0, -1.0]])
    features = Planes((2, 2), {"both": product(whole(found), whole(near))})
    np.testing.assert_array_equal(features.array()[:, :, 0], [[0.5, 0.0], [0.0, -1.0]])


def test_packed_tokens_say_the_same_and_group_as_texts_do():
    parts = [
        pd.DataFrame({"segment": ["S2:1", "S2:1"], "token": [0, 1], "text": ["zitto", "è"]}),
        pd.DataFrame({"segment": ["S1:1", "S1:2"], "token": [0, 0], "text": ["è", "andato"]}),
    ]
    plain = pd.concat(parts, ignore_index=True)
    packed = join_tokens([pack_tokens(part) for part in parts])
    assert all(packed[name].tolist() == plain[name].tolist() for name in plain)
    assert packed.groupby("text").size().to_dict() == plain.groupby("text").size().to_dict()
    assert packed.groupby("text").size().index.tolist() == plain.groupby("text").size().index.tolist()
