"""The network in torch: encoder of passages and codes, and the decoder in which codes look at a passage.

The decoder is a transformer's, its queries the codes of one codebook (as in ML-Decoder, Ridnik et al. 2023, with
queries made from the codes' own texts): each code looks at the passage's words, then at what the other codes saw.
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from nlp.laboratory.network.e5 import WeightFile
from nlp.themes.network import KINDS, TALK

WIDTH = 384
HEADS = 12
PLACES = 200  # pieces that a text may have
LAYERS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 11)  # of the twelve of multilingual-e5-small; two are left out for speed
FROZEN = 4  # lowest layers, which training leaves as they are
DECODER_INNER = 768
DROPOUT = 0.05
SENTENCE = 512  # width of Google's Universal Sentence Encoder, which Trama runs anyway
STANCES = 4


class SharedDropout(nn.Module):
    """Dropout with one mask a text, shared by its pieces: single numbers drawn cost a sixth of a step on a CPU."""

    def forward(self, states: Tensor) -> Tensor:
        """States (texts, pieces, width)."""
        if not self.training:
            return states
        kept = torch.rand(states.shape[0], 1, states.shape[2]) > DROPOUT
        return states * kept.to(states.dtype) / (1 - DROPOUT)


class Layer(nn.Module):
    """A transformer layer, normed after each step, as BERT's. It looks at itself, or at `memory` if that is given."""

    def __init__(self, inner: int = 1536, eps: float = 1e-12):
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm_attention = nn.LayerNorm(WIDTH, eps)
        self.norm_out = nn.LayerNorm(WIDTH, eps)
        self.drop = SharedDropout()

    def forward(self, states: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """States (texts, pieces, width)."""
        memory = states if memory is None else memory
        scores = self._heads(self.query(states)) @ self._heads(self.key(memory)).transpose(-1, -2)
        attention = (scores / math.sqrt(WIDTH // HEADS) + mask).softmax(-1)
        looked = attention.to(states.dtype) @ self._heads(self.value(memory)).to(states.dtype)
        states = self.norm_attention(states + self.drop(self.out(looked.transpose(1, 2).reshape(states.shape))))
        return self.norm_out(states + self.drop(self.down(F.gelu(self.up(states)))))

    @staticmethod
    def _heads(states: Tensor) -> Tensor:
        return states.view(states.shape[0], states.shape[1], HEADS, -1).transpose(1, 2)


class Encoder(nn.Module):
    """Pieces (texts, pieces), 0 where there is none, to states (texts, pieces, WIDTH)."""

    def __init__(self, pieces: int):
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.place = nn.Parameter(torch.zeros(PLACES, WIDTH))
        self.first = nn.Parameter(torch.zeros(WIDTH))
        self.kind = nn.Parameter(torch.zeros(KINDS, WIDTH))  # added above the frozen layers
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in LAYERS)

    def forward(self, pieces: Tensor, kinds: Tensor) -> Tensor:
        """`kinds` (texts, pieces) says what each piece is: PASSAGE, CODE or TALK of nlp.themes.network."""
        return self.above(self.below(pieces), pieces, kinds)

    @torch.no_grad()
    def below(self, pieces: Tensor) -> Tensor:
        """The states of the frozen layers, which are the same every time."""
        mask = additive(pieces)
        states = self.norm(self.word(pieces) + self.place[: pieces.shape[1]] + self.first)
        for layer in self.layers[:FROZEN]:
            states = layer.eval()(states, mask)
        return states

    def above(self, states: Tensor, pieces: Tensor, kinds: Tensor) -> Tensor:
        """The states of the other layers, from those below."""
        mask = additive(pieces)
        states = states + self.kind[kinds]
        for layer in self.layers[FROZEN:]:
            states = layer(states, mask)
        return states


class Decoder(nn.Module):
    """How far each passage speaks of each code of one codebook, and which stance it takes."""

    def __init__(self, depth: int = 2):
        super().__init__()
        self.lift = nn.Linear(WIDTH, WIDTH)
        self.among = nn.ModuleList([Layer(DECODER_INNER)])
        self.cross = nn.ModuleList(Layer(DECODER_INNER) for _ in range(depth))
        self.own = nn.ModuleList(Layer(DECODER_INNER) for _ in range(depth))
        self.relevance = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
        self.stance = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, STANCES))
        self.use = nn.Linear(SENTENCE, WIDTH, bias=False)
        self.scale = nn.Parameter(torch.tensor(30.0))
        self.shift = nn.Parameter(torch.tensor(0.82))
        self.base = nn.Parameter(torch.tensor(-2.0))
        self.bases = nn.Parameter(torch.tensor([-2.0, -2.0]))  # of the two cosines when each is asked alone
        self.use_scale = nn.Parameter(torch.tensor(8.0))
        self.use_shift = nn.Parameter(torch.tensor(0.2))
        nn.init.orthogonal_(self.use.weight)
        nn.init.zeros_(self.relevance[2].weight)  # so that it begins with what the cosines say
        nn.init.zeros_(self.relevance[2].bias)

    def queries(self, vectors: Tensor) -> Tensor:
        """Code vectors (codes, WIDTH) -> codes that know each other."""
        states = self.lift(vectors)[None]
        for layer in self.among:
            states = layer(states, torch.zeros(1, 1, 1, 1))
        return states[0]

    def look(self, states: Tensor, mask: Tensor, queries: Tensor) -> Tensor:
        """What each code saw, (passages, codes, WIDTH)."""
        seen = queries[None].expand(len(states), -1, -1)
        for own, cross in zip(self.own, self.cross, strict=True):
            seen = own(cross(seen, mask, states), torch.zeros(1, 1, 1, 1))
        return seen

    def cosines(
        self, vectors: Tensor, code_vectors: Tensor, sentences: Tensor, code_sentences: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Of own vectors and of mapped sentence vectors, each (passages, codes).

        Never in bfloat16: cosines lie so close together that it would round their differences away.
        """
        with torch.autocast("cpu", enabled=False):
            mapped = F.normalize(self.use(sentences.float()), dim=-1)
            codes_mapped = F.normalize(self.use(code_sentences.float()), dim=-1)
            return vectors.float() @ code_vectors.float().T, mapped @ codes_mapped.T

    def combined(self, seen: Tensor, cosine: Tensor, sentence_cosine: Tensor) -> Tensor:
        """Relevance as log odds, (passages, codes)."""
        by_cosine = self.scale * (cosine - self.shift) + self.use_scale * (sentence_cosine - self.use_shift)
        return self.base + by_cosine + self.relevance(seen).float()[..., 0]

    def alone(self, cosine: Tensor, sentence_cosine: Tensor) -> tuple[Tensor, Tensor]:
        """The log odds that each cosine gives by itself, for training."""
        own = self.bases[0] + self.scale * (cosine - self.shift)
        return own, self.bases[1] + 2 * self.use_scale * (sentence_cosine - self.use_shift)


class Network(nn.Module):
    """Encoder and decoder."""

    def __init__(self, pieces: int):
        super().__init__()
        self.encoder = Encoder(pieces)
        self.decoder = Decoder()


def from_e5(file: WeightFile, rows: np.ndarray) -> Network:
    """A network with the encoder of the weight file, `rows` of its embeddings and a new decoder."""
    network = Network(len(rows))
    encoder = network.encoder
    encoder.word.weight.data = torch.from_numpy(file.matrix("emb.word", file.words, WIDTH)[rows])
    encoder.place.data = torch.from_numpy(file.vector("emb.pos", file.positions * WIDTH).reshape(-1, WIDTH)[:PLACES])
    encoder.first.data = torch.from_numpy(file.vector("emb.type", 2 * WIDTH)[:WIDTH])
    _load_norm(encoder.norm, file, "emb.ln")
    for layer, number in zip(encoder.layers, LAYERS, strict=True):
        _load_layer(layer, file, number)
    return network


def additive(pieces: Tensor) -> Tensor:
    """What is added to attention scores, (texts, 1, 1, pieces): nothing, or so little that padding is not looked at."""
    kind = torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32
    return torch.where(pieces > 0, 0.0, -1e4).to(kind)[:, None, None, :]


def mean_vectors(states: Tensor, pieces: Tensor, kinds: Tensor) -> Tensor:
    """Unit rows (texts, WIDTH) from states (texts, pieces, WIDTH): of the text itself, not of the talk before it."""
    weights = ((pieces > 0) & (kinds != TALK))[..., None].float()
    return F.normalize((states.float() * weights).sum(1) / weights.sum(1), dim=-1)


def _load_layer(layer: Layer, file: WeightFile, number: int) -> None:
    inner = file.inner
    linears: Sequence[tuple[str, nn.Linear, int, int]] = (
        ("q", layer.query, WIDTH, WIDTH), ("k", layer.key, WIDTH, WIDTH), ("v", layer.value, WIDTH, WIDTH),
        ("ao", layer.out, WIDTH, WIDTH), ("fi", layer.up, inner, WIDTH), ("fo", layer.down, WIDTH, inner),
    )  # fmt: skip
    for name, linear, rows, columns in linears:
        linear.weight.data = torch.from_numpy(file.matrix(f"l{number}.{name}.w", rows, columns))
        linear.bias.data = torch.from_numpy(file.vector(f"l{number}.{name}.b", rows))
    _load_norm(layer.norm_attention, file, f"l{number}.aln")
    _load_norm(layer.norm_out, file, f"l{number}.oln")


def _load_norm(norm: nn.LayerNorm, file: WeightFile, name: str) -> None:
    norm.weight.data = torch.from_numpy(file.vector(f"{name}.w", WIDTH))
    norm.bias.data = torch.from_numpy(file.vector(f"{name}.b", WIDTH))
