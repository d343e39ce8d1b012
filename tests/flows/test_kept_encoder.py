"""What is kept of a study's words and vectors serves the next run, and only where nothing it depends on changed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.store import Store
from flows import analysis
from flows.analysis import KeptEncoder
from nlp.embeddings import WORD_GROUPS, embed_words

WORDS = [f"{start}{end}" for start in ("bosc", "mar", "pont", "tren", "scuol", "piazz") for end in ("o", "a", "i", "e")]


class CompanyEncoder:
    """A stand-in whose vectors depend, as a real one's last digits do, on the texts that are encoded together."""

    name = "in-compagnia"
    fingerprint = "in-compagnia-1"
    dimensions = 3

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return np.array([[len(text), len(texts), sum(map(len, texts))] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def maker(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The fingerprint of encoder and code, which a test may change."""
    says = {"maker": "one"}
    monkeypatch.setattr(analysis, "embedder", lambda name: says["maker"])
    monkeypatch.setattr(analysis, "code_of", lambda *_makers: says["maker"])
    return says


def words_with_store(words: list[str], store: Store) -> tuple[np.ndarray, list[str]]:
    encoder = CompanyEncoder()
    return embed_words(words, KeptEncoder(encoder, store)), encoder.encoded


def test_the_second_run_encodes_nothing_and_gets_the_same(tmp_path: Path) -> None:
    first, made = words_with_store(WORDS, Store(tmp_path))
    again, made_again = words_with_store(WORDS[::-1], Store(tmp_path))
    assert sorted(made) == sorted(WORDS) and made_again == []
    np.testing.assert_array_equal(again[::-1], first)


def test_changed_words_change_their_groups_only_and_give_what_a_new_study_gives(tmp_path: Path) -> None:
    words_with_store(WORDS, Store(tmp_path))
    changed = [*WORDS[1:], "nuvola"]
    again, made = words_with_store(changed, Store(tmp_path))
    assert "nuvola" in made and len(made) < len(WORDS) / 2
    np.testing.assert_array_equal(again, embed_words(changed, CompanyEncoder()))
    assert WORD_GROUPS > 1


def test_another_model_or_another_trama_uses_nothing_of_it(tmp_path: Path, maker: dict[str, str]) -> None:
    words_with_store(WORDS, Store(tmp_path))
    maker["maker"] = "two"
    assert len(words_with_store(WORDS, Store(tmp_path))[1]) == len(WORDS)
