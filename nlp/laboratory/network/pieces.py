"""The vocabulary of 250,000 pieces of words cut down to those that Italian needs, as a SentencePiece model.

A piece stays when words of the corpora are cut into it twice or more; every letter stays, so that no word is unknown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from wordfreq import top_n_list

from nlp.laboratory.network.e5 import WeightFile

COMMON_WORDS = 40_000
LETTERS = set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàèéìíòóùúâêîôûäëïöüçñÀÈÉÌÒÙ0123456789"
    ".,;:!?'\"()-–—«»“”’…/%€&@#*+=<>[]{}_~°\u2581"
)
MODEL_PROTO = getattr(sentencepiece_model_pb2, "ModelProto")  # noqa: B009 - made while running, unknown to type checkers
CONTROL = ("<pad>", "<unk>", "<s>", "</s>")  # numbers 0 to 3
SPACE = "\u2581"


def count_words(texts: Iterable[str], file: WeightFile) -> Counter[str]:
    """How often each word, parted by blanks, stands in the texts; common Italian words count once more."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_normalised(text, file).split(" "))
    for word in top_n_list("it", COMMON_WORDS):
        counted.update((word, word.capitalize()))
    del counted[""]
    return counted


def choose_pieces(words: Counter[str], file: WeightFile, folder: Path) -> np.ndarray:
    """The numbers of the pieces that stay, in their order; `folder` is for a file on the way."""
    cutter = sentencepiece.SentencePieceProcessor()
    cutter.LoadFromSerializedProto(_model(file, range(len(file.pieces)), folder))
    kept = _kept_before(file, range(len(file.pieces)))
    used: Counter[int] = Counter()
    for word, number in words.items():
        for piece in cutter.encode(word):
            used[piece] += number
    often = {kept[piece - len(CONTROL)] for piece, number in used.items() if number >= 2 and piece >= len(CONTROL)}
    single = {
        number for number, piece in enumerate(file.pieces) if len(piece) == 1 and (piece in LETTERS or number in often)
    }
    return np.array(sorted(often | single))


def write_pieces(file: WeightFile, kept: np.ndarray, path: Path) -> None:
    """Write the SentencePiece model of the pieces `kept`."""
    path.write_bytes(_model(file, kept, path.parent))


def embedding_rows(file: WeightFile, kept: np.ndarray) -> np.ndarray:
    """The row of the weight file's embeddings for each piece of the model, the control pieces first."""
    return np.array([file.padding, file.unknown, file.begin, file.end, *kept])


def _kept_before(file: WeightFile, numbers: Iterable[int]) -> list[int]:
    """The pieces that a model may hold: no empty ones, none twice, no control pieces."""
    return list(_distinct(file, numbers))


def _distinct(file: WeightFile, numbers: Iterable[int]) -> Iterator[int]:
    seen = set(CONTROL)
    for number in numbers:
        piece = file.pieces[number]
        if piece and piece not in seen and number != file.unknown:
            seen.add(piece)
            yield int(number)


def _model(file: WeightFile, numbers: Iterable[int], folder: Path) -> bytes:
    """A serialised unigram model with the usual normalisation of SentencePiece (nmt_nfkc)."""
    kinds = MODEL_PROTO.SentencePiece
    model = MODEL_PROTO()
    model.ParseFromString(_any_model(file, folder))  # whose normaliser's rules are wanted, and nothing else
    del model.pieces[:]
    for name in CONTROL:
        model.pieces.add(piece=name, score=0.0, type=kinds.UNKNOWN if name == "<unk>" else kinds.CONTROL)
    for number in _distinct(file, numbers):
        model.pieces.add(piece=file.pieces[number], score=float(file.scores[number]), type=kinds.NORMAL)
    model.trainer_spec.vocab_size = len(model.pieces)
    for place, name in enumerate(("pad", "unk", "bos", "eos")):
        setattr(model.trainer_spec, f"{name}_id", place)
        setattr(model.trainer_spec, f"{name}_piece", CONTROL[place])
    return model.SerializeToString()


def _any_model(file: WeightFile, folder: Path) -> bytes:
    latin = [piece.replace(SPACE, "") for piece in file.pieces if set(piece) <= LETTERS]
    texts = (" ".join(latin[first : first + 20]) for first in range(0, 20_000, 20))
    prefix = folder / "normaliser"
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=texts, model_prefix=str(prefix), vocab_size=800, hard_vocab_limit=False,
        model_type="unigram", normalization_rule_name="nmt_nfkc", character_coverage=1.0, minloglevel=2,
    )  # fmt: skip
    return prefix.with_suffix(".model").read_bytes()


def _normalised(text: str, file: WeightFile) -> str:
    return "".join(file.characters.get(ord(letter), letter) for letter in text)
