"""Sentences in the pieces that multilingual-e5-small reads, and which piece belongs to which word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import torch
from sentencepiece import SentencePieceProcessor
from spacy.tokens import Doc
from torch import Tensor

from nlp.laboratory.network.e5 import WeightFile, weights_path
from nlp.laboratory.network.model import PLACES, Encoder, from_e5
from nlp.laboratory.network.pieces import SPACE, choose_pieces, count_words, embedding_rows, write_pieces
from nlp.themes.network import BEGIN, END


class WordPieces:
    """Cuts words into pieces; a word that follows another without a blank does not begin with one."""

    def __init__(self, path: Path) -> None:
        self._cutter = SentencePieceProcessor(model_file=str(path))
        self._cut = cache(self._cut_word)

    def of(self, docs: Sequence[Doc]) -> tuple[Tensor, Tensor]:
        """Pieces (docs, longest), 0 where there is none, and the word of each, counted through all docs, or -1."""
        rows = []
        words = []
        first = 0
        for doc in docs:
            ids = [BEGIN]
            row = [-1]
            for token in doc:
                cut = self._cut(token.text, token.i == 0 or bool(doc[token.i - 1].whitespace_))
                ids += cut
                row += [first + token.i] * len(cut)
            rows.append([*ids, END])
            words.append([*row, -1])
            first += len(doc)
        longest = max(map(len, rows))
        padded = [row + [0] * (longest - len(row)) for row in rows]
        return torch.tensor(padded), torch.tensor([row + [-1] * (longest - len(row)) for row in words])

    def fits(self, doc: Doc) -> bool:
        """False when the sentence has more pieces than the encoder has places."""
        return self.of([doc])[0].shape[1] <= PLACES

    def _cut_word(self, word: str, after_blank: bool) -> list[int]:
        pieces = self._cutter.encode(word, out_type=str) or [SPACE]
        ids = [self._cutter.piece_to_id(piece) for piece in pieces]
        if after_blank:
            return ids
        if pieces[0] == SPACE and len(ids) > 1:
            return ids[1:]
        bare = self._cutter.piece_to_id(pieces[0].removeprefix(SPACE))
        return ids if bare == self._cutter.unk_id() else [bare, *ids[1:]]


def read_encoder(texts: Iterable[str], folder: Path) -> tuple[WordPieces, Encoder]:
    """The encoder with the pieces that the texts need; `folder` is for their model."""
    file = WeightFile(weights_path())
    kept = choose_pieces(count_words(texts, file), file, folder)
    path = folder / "pieces.model"
    write_pieces(file, kept, path)
    return WordPieces(path), from_e5(file, embedding_rows(file, kept)).encoder
