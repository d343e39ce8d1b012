"""Fields of meaning: which everyday words speak of one matter, and which matters a theme is about. Judges no segment.

The thesaurus (nlp/data/fields_it.txt) knows no codebook; a theme lays claim to a field by the words its own texts share
with it and by the likeness of their meaning, so that "bocce" speaks for "tempo libero" without being a term of it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import scipy.sparse as sparse

from corpus.records import Theme
from nlp.embeddings import Encoder, embed_texts
from nlp.themes.term_patterns import dictionary_lemma, is_empty, words_of
from nlp.themes.theme_profiles import ThemeProfile

SHARES = {"terms": 1.0, "pieces": 0.5, "examples": 0.3}  # what a word of each kind of text counts for
NAMING = 12  # words of a field that stand for its meaning
EASE = 1.5  # shared words at which a theme holds half of a field


@cache
def load_fields() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Name and words of each field, in the order of the file."""
    text = (files("nlp") / "data" / "fields_it.txt").read_text(encoding="utf-8")
    lines = (line.partition(":") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((name, tuple(dict.fromkeys(words.split()))) for name, _, words in lines)


def membership(words: Sequence[str]) -> sparse.csr_matrix:
    """(words, fields): how much a word belongs to each field, less so the more fields it stands in."""
    places = _places()
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    for row, word in enumerate(words):
        fields = places.get(word) or places.get(dictionary_lemma(word)) or ()
        rows += [row] * len(fields)
        columns += fields
        shares += [len(fields) ** -0.5 for _ in fields]
    return sparse.csr_matrix((shares, (rows, columns)), shape=(len(words), len(load_fields())))


def theme_fields(themes: Sequence[Theme], profiles: Sequence[ThemeProfile], encoder: Encoder) -> np.ndarray:
    """(fields, themes), 0 to 1: how much of each field speaks for each theme rather than for the others."""
    shared = np.stack([_shared(theme, profile) for theme, profile in zip(themes, profiles, strict=True)], axis=1)
    by_words = shared / (shared + EASE)
    names = [f"{name}: {', '.join(words[:NAMING])}" for name, words in load_fields()]
    vectors = embed_texts(names, encoder)
    by_name = vectors @ np.concatenate([profile.vectors["whole"] for profile in profiles]).T
    by_name = by_name - by_name.mean(axis=0) - by_name.mean(axis=1, keepdims=True) + by_name.mean()
    claim = by_words + 2.0 * np.maximum(by_name, 0) * (shared > 0)
    rivals = np.sort(claim, axis=1)[:, -2:].sum(axis=1, keepdims=True) if len(themes) > 1 else claim
    return np.minimum(claim, 1) * np.divide(claim, rivals, out=np.zeros_like(claim), where=rivals > 0)


@cache
def _places() -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for number, (_, words) in enumerate(load_fields()):
        for key in {key for word in words for key in (word, dictionary_lemma(word))}:
            places.setdefault(key, []).append(number)
    return places


def _shared(theme: Theme, profile: ThemeProfile) -> np.ndarray:
    """(fields,): the words of the theme's texts that stand in each field, each word once, by its best kind of text."""
    worth: dict[str, float] = {}
    for kind, share in SHARES.items():
        texts: Iterable[str] = (theme.label, *profile.texts[kind]) if kind == "terms" else profile.texts[kind]
        for word in (word.lower() for text in texts for word in words_of(text) if not is_empty(word)):
            worth[word] = max(share, worth.get(word, 0.0))
    return np.asarray(membership(tuple(worth)).T @ np.array(list(worth.values()))).ravel()
