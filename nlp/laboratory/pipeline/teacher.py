"""The teacher: a graph-based tagger and parser in torch, larger than what can be shipped.

Multilingual-e5-small, fine-tuned, under a BiLSTM and biaffine heads (Dozat and Manning, Deep Biaffine Attention for
Neural Dependency Parsing, 2017). It knows which treebank a sentence is from, and so can be asked for the conventions of
one of them (Stymne et al., Parser Training with Heterogeneous Treebanks, 2018). Only training reads it, never a study.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from nlp.laboratory.network.model import FROZEN, WIDTH, Encoder
from nlp.laboratory.pipeline.treebanks import PUD, SOURCES
from nlp.laboratory.pipeline.word_pieces import WordPieces

COLUMNS: dict[str, Callable] = {
    "pos": lambda token: token.pos_,
    "tag": lambda token: token.tag_,
    "morph": lambda token: str(token.morph),
    "dep": lambda token: token.dep_,
}
FILES = [source.file for source in SOURCES]
WORD = 100
CHAR = 32
CHAR_FILTERS = 80
HIDDEN = 200
ARC = 256
REL = 64
LONGEST_WORD = 18
SOURCE = 16
BATCH_WORDS = 800
RATE = 0.002
ENCODER_RATE = 0.00015
LAYER_DECAY = 0.92
DEPTH = 8  # layers; the higher ones know of meaning more than of form
WORD_DROPOUT = 0.25
DROPOUT = 0.33


@dataclass(frozen=True)
class Labels:
    """What the teacher can read and say: index of words, characters and of the values of each column."""

    words: dict[str, int]
    chars: dict[str, int]
    columns: dict[str, dict[str, int]]

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> Labels:
        """From gold sentences: words in small letters that occur twice, all characters, all values."""
        seen: dict[str, int] = {}
        for doc in docs:
            for token in doc:
                seen[token.lower_] = seen.get(token.lower_, 0) + 1
        words = sorted(word for word, count in seen.items() if count > 1)
        chars = sorted({char for doc in docs for char in doc.text + doc.text.upper()})
        columns = {}
        for name, value in COLUMNS.items():
            values = {value(token) for doc in docs for token in doc}
            columns[name] = sorted(values - {""} if name == "tag" else values)
        return cls(_index(words, 1), _index(chars, 1), {name: _index(values, 0) for name, values in columns.items()})


def _index(values: Sequence[str], start: int) -> dict[str, int]:
    return {value: number for number, value in enumerate(values, start)}


class Teacher(nn.Module):
    """Sentences -> scores of heads, relations, parts of speech, tags and features.

    Docs say in `user_data["source"]` which file's conventions they are written in, or wanted in.
    """

    def __init__(self, labels: Labels, vectors: int, pieces: WordPieces, encoder: Encoder) -> None:
        super().__init__()
        self.labels = labels
        self.pieces = pieces
        self.pretrained = encoder
        self.pretrained.layers = encoder.layers[:DEPTH]
        self._frozen: dict[tuple[int, ...], Tensor] = {}
        self.pretrained.kind = nn.Parameter(torch.zeros(len(FILES), WIDTH))
        self.source = nn.Embedding(len(FILES), SOURCE)
        self.word = nn.Embedding(len(labels.words) + 1, WORD, padding_idx=0)
        self.char = nn.Embedding(len(labels.chars) + 1, CHAR, padding_idx=0)
        self.letters = nn.Conv1d(CHAR, CHAR_FILTERS, 3, padding=1)
        self.encoder = nn.LSTM(
            WORD + vectors + CHAR_FILTERS + 3 + WIDTH + SOURCE, HIDDEN, batch_first=True, bidirectional=True
        )
        width = 2 * HIDDEN + WIDTH
        self.tagger = nn.ModuleDict(
            {name: nn.Linear(width, len(labels.columns[name])) for name in ("pos", "tag", "morph")}
        )
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_head, self.arc_child = (_layer(width, ARC) for _ in range(2))
        self.rel_head, self.rel_child = (_layer(width, REL) for _ in range(2))
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(len(labels.columns["dep"]), REL + 1, REL + 1))
        self.drop = nn.Dropout(DROPOUT)

    def encode(self, docs: Sequence[Doc]) -> Tensor:
        """Contextual vectors, shape (sentences, longest, 2 * HIDDEN + WIDTH)."""
        lengths = [len(doc) for doc in docs]
        mask = _mask(lengths)
        sources = torch.tensor([FILES.index(doc.user_data["source"]) for doc in docs])
        read = self._read(docs, sources)
        by_word = self.source(sources[mask.nonzero()[:, 0]])
        inputs = torch.zeros(len(docs), max(lengths), self.encoder.input_size)
        inputs[mask] = self.drop(torch.cat([self._words([token for doc in docs for token in doc]), read, by_word], 1))
        packed = pack_padded_sequence(inputs, torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        states = torch.zeros(len(docs), max(lengths), 2 * HIDDEN + WIDTH)
        states[mask] = torch.cat([pad_packed_sequence(self.encoder(packed)[0], batch_first=True)[0][mask], read], 1)
        return self.drop(states)

    def _read(self, docs: Sequence[Doc], sources: Tensor) -> Tensor:
        """What the pretrained encoder makes of each word, the mean of its pieces: (words, WIDTH)."""
        ids, words = self.pieces.of(docs)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.pretrained.above(self._below(ids), ids, sources[:, None]).float()
        total = sum(len(doc) for doc in docs)
        there = words >= 0
        summed = torch.zeros(total, WIDTH).index_add(0, words[there], states[there])
        return summed / torch.bincount(words[there], minlength=total)[:, None]

    def _below(self, ids: Tensor) -> Tensor:
        """States of the frozen layers; while training they are kept, for they cost a third of a step."""
        if not self.training:
            return self.pretrained.below(ids)
        rows = [tuple(row[row > 0].tolist()) for row in ids]
        new = [place for place, row in enumerate(rows) if row not in self._frozen]
        if new:
            for place, states in zip(new, self.pretrained.below(ids[new]).bfloat16(), strict=True):
                self._frozen[rows[place]] = states[: len(rows[place])].clone()
        return pad_sequence([self._frozen[row] for row in rows], batch_first=True)

    def _words(self, tokens: Sequence) -> Tensor:
        words = torch.tensor([self.labels.words.get(token.lower_, 0) for token in tokens])
        if self.training:
            words = words * (torch.rand(len(words)) > WORD_DROPOUT)
        forms = sorted({token.text for token in tokens})
        row = {form: number for number, form in enumerate(forms)}
        spelled = torch.zeros(len(forms), LONGEST_WORD, dtype=torch.long)
        for number, form in enumerate(forms):
            # of a very long word its end is kept: it says more of grammar than the middle
            ids = [self.labels.chars.get(char, 0) for char in form]
            ids = ids if len(ids) <= LONGEST_WORD else ids[:6] + ids[6 - LONGEST_WORD :]
            spelled[number, : len(ids)] = torch.tensor(ids)
        letters = torch.relu(self.letters(self.char(spelled).transpose(1, 2))).amax(2)
        rows = torch.tensor([row[token.text] for token in tokens])
        vectors = torch.from_numpy(np.stack([token.vector for token in tokens]))
        shape = torch.tensor([[token.is_lower, token.is_title, token.is_upper] for token in tokens]).float()
        return torch.cat([self.word(words), vectors, letters[rows], shape], 1)

    def arcs(self, states: Tensor) -> Tensor:
        """Scores (sentences, children, heads); head 0 is the root."""
        heads = self.arc_head(self._with_root(states))
        children = self.arc_child(states)
        ones = torch.ones(*children.shape[:2], 1)
        return torch.cat([children, ones], 2) @ self.arc @ heads.transpose(1, 2)

    def relations(self, states: Tensor, sentence: Tensor, child: Tensor, head: Tensor) -> Tensor:
        """Scores (arcs, relations) of given arcs; heads count from 1, 0 is the root."""
        one = torch.ones(len(child), 1)
        heads = torch.cat([self.rel_head(self._with_root(states))[sentence, head], one], 1)
        children = torch.cat([self.rel_child(states)[sentence, child], one], 1)
        # (relations, arcs, width) * (arcs, width): the biaffine product of each pair only
        return ((children @ self.rel) * heads).sum(2).T

    def _with_root(self, states: Tensor) -> Tensor:
        return torch.cat([self.root.expand(len(states), 1, -1), states], 1)

    def loss(self, docs: Sequence[Doc]) -> Tensor:
        """Sum of the cross entropies of heads, relations and the three taggings, a word."""
        states = self.encode(docs)
        lengths = [len(doc) for doc in docs]
        mask = _mask(lengths)
        sentence, child = mask.nonzero(as_tuple=True)
        head = torch.tensor([0 if token.head == token else token.head.i + 1 for doc in docs for token in doc])
        total = functional.cross_entropy(_real_heads(self.arcs(states), lengths)[mask], head)
        total = total + functional.cross_entropy(self.relations(states, sentence, child, head), self._gold("dep", docs))
        for name, output in self.tagger.items():
            gold = self._gold(name, docs)
            if name == "morph":
                marked = [doc.user_data["source"] != PUD for doc in docs for _ in doc]
                gold = torch.where(torch.tensor(marked), gold, -1)
            if (gold >= 0).any():
                total = total + functional.cross_entropy(output(states[mask]), gold, ignore_index=-1)
        return total

    def head_scores(self, states: Tensor, docs: Sequence[Doc]) -> Tensor:
        """Log probabilities of heads, shape (words, longest + 1); 0 is the root."""
        lengths = [len(doc) for doc in docs]
        return functional.log_softmax(_real_heads(self.arcs(states), lengths)[_mask(lengths)], 1)

    def value_scores(self, name: str, states: Tensor, docs: Sequence[Doc], heads: Tensor) -> Tensor:
        """Log probabilities of the values of one column, shape (words, values); relations are those to `heads`."""
        mask = _mask([len(doc) for doc in docs])
        if name == "dep":
            sentence, child = mask.nonzero(as_tuple=True)
            return functional.log_softmax(self.relations(states, sentence, child, heads), 1)
        return functional.log_softmax(self.tagger[name](states[mask]), 1)

    def _gold(self, name: str, docs: Sequence[Doc]) -> Tensor:
        index = self.labels.columns[name]
        value = COLUMNS[name]
        return torch.tensor([index.get(value(token), -1) for doc in docs for token in doc])


def _layer(width: int, size: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, size), nn.LeakyReLU(0.1), nn.Dropout(DROPOUT))


def _mask(lengths: Sequence[int]) -> Tensor:
    return torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]


def _real_heads(scores: Tensor, lengths: Sequence[int]) -> Tensor:
    heads = torch.arange(scores.shape[2])[None, :] <= torch.tensor(lengths)[:, None]
    scores = scores.masked_fill(~heads[:, None, :], -1e9)
    size = scores.shape[1]
    itself = torch.zeros(size, size + 1, dtype=torch.bool)
    itself[torch.arange(size), torch.arange(size) + 1] = True
    return scores.masked_fill(itself, -1e9)


def batches(docs: Sequence[Doc], rng: random.Random | None = None) -> Iterator[list[Doc]]:
    """Sentences of like length, about BATCH_WORDS words together; in random order if a generator is given."""
    order = sorted(range(len(docs)), key=lambda i: (len(docs[i]) + (rng.random() * 4 if rng else 0), i))
    batched: list[list[Doc]] = []
    for i in order:
        if not batched or (len(batched[-1]) + 1) * len(docs[i]) > BATCH_WORDS:
            batched.append([])
        batched[-1].append(docs[i])
    if rng:
        rng.shuffle(batched)
    yield from batched


def train_teacher(
    teacher: Teacher, copies: Callable[[random.Random], list[Doc]], epochs: int, rng: random.Random
) -> Teacher:
    """Train for `epochs` over `copies(rng)`, drawn anew each time; the learning rates fall to nothing."""
    optimizer = torch.optim.AdamW(_groups(teacher), betas=(0.9, 0.95), weight_decay=0.0)
    rates = [group["lr"] for group in optimizer.param_groups]
    began = time.monotonic()
    for epoch in range(epochs):
        teacher.train()
        rounds = list(batches(copies(rng), rng))
        for number, batch in enumerate(rounds):
            done = (epoch + number / len(rounds)) / epochs
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, 12 * done + 0.02, 1.4 * (1 - done))
            loss = teacher.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimizer.step()
            if number % 50 == 0:
                words = sum(map(len, batch))
                print(
                    f"epoch {epoch + 1}, step {number} of {len(rounds)}, {time.monotonic() - began:.0f} s, "
                    f"{words} words, loss {loss.item():.3f}",
                    flush=True,
                )
    return teacher.eval()


def _groups(teacher: Teacher) -> list[dict]:
    """Parameters with their rates: the pretrained layers learn less, the lower the less."""
    free = teacher.pretrained.layers[FROZEN:]
    groups: list[dict] = []
    for height, layer in enumerate(free):
        rate = ENCODER_RATE * LAYER_DECAY ** (len(free) - 1 - height)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    pretrained = {id(parameter) for parameter in teacher.pretrained.parameters()}
    rest = [parameter for parameter in teacher.parameters() if id(parameter) not in pretrained]
    return [*groups, {"params": [*rest, teacher.pretrained.kind], "lr": RATE}]
