"""How far a passage speaks of each code of a codebook and which stance it takes, read by a small neural network.

A multilingual sentence encoder trained further on passages of Italian interviews (nlp/laboratory/network): passage and
codes go through the same encoder, then each code looks at the passage's words and at the other codes of its codebook.
It knows no study and decides nothing: nlp.themes.theme_model does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd

from corpus.records import Theme
from corpus.store import folder_hash
from corpus.words.stances import STANCES
from nlp.embeddings import DEFAULT, Encoder, embed_texts
from nlp.spoken_text import SpokenText

WEIGHTS = Path(str(files("nlp") / "data" / "network"))
BEGIN = 2  # pieces
END = 3
LONGEST = 120  # pieces of a passage that are read at once; of a longer one each part is read, and the best counts
LONGEST_CODE = 64
BEFORE = 30  # pieces of what was said before a passage that it is read after, at most as many as it has itself
# What a piece is, for the network.
PASSAGE = 0
CODE = 1
TALK = 2  # what was said before the passage
KINDS = 3
SENTENCE = 512  # numbers of a vector of the encoder that it was trained with


class Pieces(NamedTuple):
    """The pieces of a text by number, and what each is: PASSAGE, CODE or TALK."""

    ids: list[int]
    kinds: list[int]


@dataclass(frozen=True)
class PassageReading:
    """What the network says of passages, arrays over passages and codes.

    relevance: (n, codes) log odds that the passage speaks of the code, float32, in steps of 1/100
    stance: (n, codes, len(STANCES)) log odds of each stance if it does, in the order of STANCES, in steps of 1/100
    vectors: (n, d) unit rows
    """

    relevance: np.ndarray
    stance: np.ndarray
    vectors: np.ndarray

    def as_numbers(self) -> np.ndarray:
        """All side by side, float32 (n, codes * (1 + stances) + d), for who keeps it."""
        rows = len(self.relevance)
        parts = (self.relevance, self.stance.reshape(rows, -1), self.vectors)
        return np.concatenate(parts, axis=1, dtype=np.float32)

    @classmethod
    def from_numbers(cls, numbers: np.ndarray, codes: int) -> "PassageReading":
        """What `as_numbers` gave, of a codebook of so many codes."""
        ends = np.cumsum([codes, codes * len(STANCES)])
        relevance, stance, vectors = np.split(numbers, ends, axis=1)
        return cls(relevance, stance.reshape(len(numbers), codes, -1), vectors)


@dataclass(frozen=True)
class Passages:
    """What is read: texts, what was said before each ("" for nothing), and the texts' vectors, (n, d)."""

    texts: Sequence[str]
    before: Sequence[str]
    vectors: np.ndarray


class PassageReader(Protocol):
    """What coders know of the network: who keeps its readings stands in its place."""

    fingerprint: str

    def read(self, passages: Passages, themes: Sequence[Theme], encoder: Encoder) -> PassageReading:
        """Read each passage, whose vectors are by `encoder`, against all `themes` together."""
        ...


def code_text(theme: Theme, parent: str = "") -> str:
    """What the network reads of a theme; `parent` is the label of the theme above it."""
    label = f"{parent}, {theme.label}" if parent else theme.label
    parts = (f"{label}.", theme.definition, theme.use_when, ", ".join(theme.include_terms))
    return " ".join(part for part in parts if part)


def alone(pieces: Sequence[int], kind: int) -> Pieces:
    """The pieces of a text as the encoder takes them."""
    return Pieces([BEGIN, *pieces, END], [kind] * (len(pieces) + 2))


def in_context(pieces: Sequence[int], before: Sequence[int], most: int = BEFORE) -> Pieces:
    """The pieces of a passage as the encoder takes them: after the last of what was said before it.

    A short passage is read after few: else it would be coded by what was said before.
    """
    last = before[max(0, len(before) - min(most, len(pieces))) :]
    if not last:
        return alone(pieces, PASSAGE)
    talk = [BEGIN, *last, END]
    return Pieces([*talk, *pieces, END], [TALK] * len(talk) + [PASSAGE] * (len(pieces) + 1))


def read_passages(
    text: SpokenText, themes: Sequence[Theme], network: PassageReader, encoder: Encoder
) -> PassageReading:
    """All segments of `text` after the talk before them: "we made it at home" is about what was said a breath ago.

    Transcript by transcript, so that who keeps readings reads only what changed.
    """
    readings = []
    for rows in text.segments.groupby("transcript", sort=False).indices.values():
        readings.append((rows, network.read(_passages(text, np.asarray(rows)), themes, encoder)))
    order = np.argsort(np.concatenate([rows for rows, _ in readings]), kind="stable")

    def joined(name: str) -> np.ndarray:
        return np.concatenate([getattr(reading, name) for _, reading in readings])[order]

    return PassageReading(joined("relevance"), joined("stance"), joined("vectors"))


def read_stances(
    pairs: pd.DataFrame, text: SpokenText, themes: Sequence[Theme], network: PassageReader, encoder: Encoder
) -> np.ndarray:
    """(pairs, len(STANCES)): log odds of the stances of `pairs` (row, theme); no other segment is read."""
    rows, place = np.unique(pairs["row"].to_numpy(), return_inverse=True)
    return network.read(_passages(text, rows), themes, encoder).stance[place, pairs["theme"].to_numpy()]


@cache
def load_network() -> "ThemeNetwork":
    """The bundled network."""
    return ThemeNetwork()


class ThemeNetwork:
    """The bundled network: int8 weights, run by ONNX Runtime one passage at a time on one thread.

    In a batch the numbers of a passage would depend on its company, because the scale of int8 is the batch's.
    """

    def __init__(self, folder: Path = WEIGHTS):
        self._folder = folder
        self.fingerprint = folder_hash(folder)[:16]
        self._last_codes: tuple[list[str], str, dict[str, np.ndarray]] | None = None

    def read(self, passages: Passages, themes: Sequence[Theme], encoder: Encoder) -> PassageReading:
        """As PassageReader.read; a passage's numbers depend on it, on the talk before and on the codebook alone."""
        codes = self._codes(themes, encoder)
        shape = (len(passages.texts), len(themes))
        relevance = np.empty(shape, dtype=np.float32)
        stance = np.empty((*shape, len(STANCES)), dtype=np.float32)
        vectors = np.empty((len(passages.texts), codes["code_vectors"].shape[1]), dtype=np.float32)
        every = np.arange(len(themes))
        sentences = _sentences(passages.vectors, encoder)
        for row, (text, before) in enumerate(zip(passages.texts, passages.before, strict=True)):
            read = [self._read(part, sentences[row], codes) for part in self._parts(text, before)]
            odds, stances, part_vectors = (np.stack(values) for values in zip(*read, strict=True))
            best = odds.argmax(axis=0)
            relevance[row] = odds[best, every]
            stance[row] = stances[best, every]
            vectors[row] = part_vectors.mean(axis=0)
        return PassageReading(relevance.round(2), stance.round(2), vectors)

    def _read(self, part: Pieces, sentence: np.ndarray, codes: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
        """Relevance, stance and vector of one part."""
        states, vector = self._encode(part)
        given = {"states": states, "vector": vector, "sentence": sentence, **codes}
        relevance, stance = self._session("decoder").run(["relevance", "stance"], given)
        return relevance, stance, vector

    def _codes(self, themes: Sequence[Theme], encoder: Encoder) -> dict[str, np.ndarray]:
        """The themes as the decoder takes them; the last are kept, as every transcript asks for the same."""
        labels = {theme.code: theme.label for theme in themes}
        texts = [code_text(theme, labels.get(theme.parent, "")) for theme in themes]
        if self._last_codes is None or self._last_codes[:2] != (texts, encoder.fingerprint):
            self._last_codes = (texts, encoder.fingerprint, self._encode_codes(texts, encoder))
        return self._last_codes[2]

    def _encode_codes(self, texts: Sequence[str], encoder: Encoder) -> dict[str, np.ndarray]:
        pieces = [alone(self._pieces.encode(text)[:LONGEST_CODE], CODE) for text in texts]
        vectors = np.stack([self._encode(of_code)[1] for of_code in pieces])
        (queries,) = self._session("codes").run(None, {"vectors": vectors})
        sentences = _sentences(embed_texts(texts, encoder), encoder)
        return {"queries": queries, "code_vectors": vectors, "code_sentences": sentences}

    def _parts(self, passage: str, before: str) -> Iterator[Pieces]:
        """The pieces of a passage that are read at once, each part after what was said before it."""
        pieces = self._pieces.encode(passage)
        talk = [*self._pieces.encode(before), *pieces]
        number = max(1, -(-len(pieces) // LONGEST))
        for part in range(number):
            begin = part * len(pieces) // number
            end = (part + 1) * len(pieces) // number
            yield in_context(pieces[begin:end], talk[: len(talk) - len(pieces) + begin])

    def _encode(self, pieces: Pieces) -> tuple[np.ndarray, np.ndarray]:
        """States of the pieces and the vector of the text, the talk before it apart."""
        given = {"ids": np.array([pieces.ids], dtype=np.int64), "kinds": np.array([pieces.kinds], dtype=np.int64)}
        states, vector = self._session("encoder").run(None, given)
        return states, vector

    # Opened when the first text comes: a run whose readings are all kept needs the fingerprint alone.
    @cached_property
    def _pieces(self) -> Any:
        from sentencepiece import SentencePieceProcessor

        return SentencePieceProcessor(model_file=str(self._folder / "pieces.model"))

    @cached_property
    def _sessions(self) -> dict[str, Any]:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return {
            name: onnxruntime.InferenceSession(
                self._folder / f"{name}.onnx", options, providers=["CPUExecutionProvider"]
            )
            for name in ("encoder", "codes", "decoder")
        }

    def _session(self, name: str) -> Any:
        return self._sessions[name]


def _passages(text: SpokenText, rows: np.ndarray) -> Passages:
    """The segments at these rows."""
    return Passages(text.segments["text"].iloc[rows].tolist(), [text.before[row] for row in rows], text.vectors[rows])


def _sentences(vectors: np.ndarray, encoder: Encoder) -> np.ndarray:
    """The vectors of the encoder that the network knows; of another it learns nothing, and gets zeros."""
    if encoder.name.startswith(DEFAULT):
        return vectors.astype(np.float32)
    return np.zeros((len(vectors), SENTENCE), dtype=np.float32)
