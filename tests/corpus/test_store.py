"""Derived frames come back as they went in, and a damaged file is made anew."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import Store, content_key, frame_hash


def test_a_kept_frame_comes_back_as_it_was(tmp_path):
    frame = pd.DataFrame({"segment": ["S01:0001", "S01:0002"], "score": [0.5, 1.0]})
    store = Store(tmp_path)
    store.write("ab12", frame)
    pd.testing.assert_frame_equal(store.read("ab12"), frame)


def test_a_kept_array_comes_back_bit_for_bit(tmp_path):
    array = np.random.default_rng(1).normal(size=(7, 4)).astype(np.float32)
    store = Store(tmp_path)
    store.write_array("ab12", array)
    assert np.array_equal(store.read_array("ab12"), array)


def test_an_empty_array_keeps_its_width(tmp_path):
    store = Store(tmp_path)
    store.write_array("ab12", np.empty((0, 4), dtype=np.float32))
    assert store.read_array("ab12").shape == (0, 4)


def test_what_was_never_made_is_none(tmp_path):
    assert Store(tmp_path).read("ab12") is None


def test_a_damaged_file_is_dropped_and_reported(tmp_path, caplog):
    store = Store(tmp_path)
    store.write("ab12", pd.DataFrame({"text": ["testo lungo " * 50] * 50}))
    path = store.path("ab12")
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF
    path.write_bytes(content)
    assert store.read("ab12") is None
    assert "damaged" in caplog.text
    assert store.damaged == ["ab12"]
    assert not path.exists()


def test_writing_leaves_no_partial_file_behind(tmp_path):
    store = Store(tmp_path)
    store.write("ab12", pd.DataFrame({"a": [1]}))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ab12.parquet"]


def test_only_what_is_kept_stays(tmp_path):
    written = Store(tmp_path)
    for key in ("ab12", "ab34", "cd56"):
        written.write(key, pd.DataFrame({"a": [1]}))
    (tmp_path / "ab" / "x.partial").write_bytes(b"half")
    store = Store(tmp_path)
    store.read("ab34")
    assert store.used == {"ab34"}
    freed = store.keep_only(store.used)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ab34.parquet"]
    assert freed > 4
    assert written.used == {"ab12", "ab34", "cd56"}


def test_a_key_depends_on_every_part():
    keys = {content_key("annotate", "model 1", "x"), content_key("annotate", "model 2", "x"), content_key("embed", "x")}
    assert len(keys) == 3


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_frames_with_other_values_have_other_hashes(left, right):
    same = frame_hash(pd.DataFrame({"a": left})) == frame_hash(pd.DataFrame({"a": right}))
    assert same == (left == right)
