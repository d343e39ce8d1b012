"""Trains the network on the pools of coded passages. Seeded; prints how it does on passages that it never sees."""

import csv
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from sentencepiece import SentencePieceProcessor
from torch import Tensor

from nlp.laboratory.network.measures import best_f1, stance_accuracy
from nlp.laboratory.network.model import FROZEN, SENTENCE, Network, additive, mean_vectors
from nlp.laboratory.network.passages import STANCES, Code, Passage, Pool, known, truths
from nlp.themes.network import CODE, LONGEST, LONGEST_CODE, PASSAGE, Pieces, alone, code_text, in_context

EPOCHS = 8.0
BATCH = 32
SAME_LENGTH = 6  # batches whose passages are sorted by length together
CODES = 13  # of a codebook in one step
RATES = {"encoder": 1.2e-4, "decoder": 3e-4, "scalars": 4e-3}
LAYER_DECAY = 0.92
WARM_UP = 0.08
TOKEN_DROP = 0.04
CONTEXTS = (0.6, 0.2, 0.2)  # shares of passages that are read after the talk before, after the question, and alone
TALK_PIECES = (15, 60)  # of the talk before, drawn each time
GISTS = 0.06  # share of passages whose gist is read in their place
AS_SPEECH = 0.4  # share of written passages without capitals and stops
WEIGHTS = {"relevance": 5.0, "cosine alone": 0.2, "stance": 0.5, "gist": 0.3, "tweets": 0.4}
STANCE_WEIGHTS = torch.tensor([1.0, 1.0, 2.5, 0.8])  # proposals are few
GIST_SCALE = 20
TWEETS = 16
_SCALARS = ("scale", "shift", "base", "bases", "use_scale", "use_shift")
_STOPS = re.compile(r"[.,;:!?«»\"“”…()–—]")
GENERAL = Code("", "", "Giudizio su ciò di cui si parla", "Che cosa pensa chi parla, bene o male, di qualunque cosa")
# Codebooks whose codes are never trained on, to see what becomes of new ones (passages of theirs are, under others).
NEW_CODEBOOKS = frozenset(
    {"lifecb03", "lifecb08", "lifecb17", "lifecb21", "municipalmb03", "municipalmb06", "reader6A", "writer2A"}
)

SentenceVectors = Callable[[str], np.ndarray]


@dataclass(frozen=True)
class Tools:
    """What every step needs: the pieces of a text, the sentence vector of a text, and the only source of chance."""

    pieces: SentencePieceProcessor
    sentence: SentenceVectors
    rng: random.Random


@dataclass(frozen=True)
class Batch:
    """Passages of one pool to be read together."""

    pool: Pool
    passages: list[Passage]


def train(
    network: Network, pools: Sequence[Pool], tweets: Sequence[tuple[str, int]], tools: Tools, epochs: float
) -> None:
    """Train `network` in place; tweets are texts with the number of their stance."""
    freeze(network)
    optimiser = torch.optim.AdamW(_groups(network), weight_decay=0.02, betas=(0.9, 0.999), fused=True)
    steps = int(sum(1 for _ in _batches(pools, tools.rng)) * epochs)
    rates = [group["lr"] for group in optimiser.param_groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rates, total_steps=steps + 1, pct_start=WARM_UP, anneal_strategy="linear"
    )
    began = time.monotonic()
    losses: list[float] = []
    network.train()
    for step, batch in enumerate(_endless(pools, tools.rng)):
        if step == steps:
            break
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = _loss(network, batch, tweets, tools, step)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 99:
            mean = np.mean(losses[-100:])
            print(f"step {step + 1} of {steps}, {time.monotonic() - began:.0f} s, loss {mean:.3f}", flush=True)


def freeze(network: Network) -> None:
    """Leave embeddings and the lowest layers as they are."""
    encoder = network.encoder
    for part in (encoder.word, encoder.norm, *encoder.layers[:FROZEN]):
        part.requires_grad_(False)
    encoder.place.requires_grad_(False)
    encoder.first.requires_grad_(False)


def report(network: Network, pools: Sequence[Pool], tools: Tools) -> Iterator[str]:
    """A line a codebook that was never trained on: best micro-F1 and accuracy of stance on passages of the part dev."""
    for pool in pools:
        for codebook in pool.codebooks:
            if codebook[0].book in NEW_CODEBOOKS:
                passages = [passage for passage in pool.passages if passage.part == "dev"]
                relevance, stance = predict(network, passages, codebook, tools)
                has, stances = truths(passages, codebook)
                yield (
                    f"{codebook[0].book}: F1 {best_f1(relevance, has):.3f}, "
                    f"stance {stance_accuracy(stance, stances):.3f}, {int(has.sum())} codings"
                )


@torch.no_grad()
def predict(
    network: Network, passages: Sequence[Passage], codes: Sequence[Code], tools: Tools
) -> tuple[np.ndarray, np.ndarray]:
    """Relevance (passages, codes) and stance (passages, codes, 4) as log odds."""
    network.eval()
    relevance = np.zeros((len(passages), len(codes)), dtype=np.float32)
    stance = np.zeros((*relevance.shape, len(STANCES)), dtype=np.float32)
    order = sorted(range(len(passages)), key=lambda row: len(passages[row].text))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors, sentences = _encode_codes(network, codes, tools, vary=False)
        queries = network.decoder.queries(vectors)
        for first in range(0, len(order), 2 * BATCH):
            rows = order[first : first + 2 * BATCH]
            part = [passages[row] for row in rows]
            pieces = _padded([passage_pieces(passage.text, passage.before, tools) for passage in part])
            given = torch.from_numpy(np.stack([tools.sentence(passage.text) for passage in part])).float()
            odds, stances = _judge(network, pieces, given, (vectors, sentences, queries))
            relevance[rows] = odds.numpy()
            stance[rows] = stances.numpy()
    network.train()
    return relevance, stance


def read_tweets(path: Path) -> list[tuple[str, int]]:
    """SENTIPOLC's texts, without addresses and signs, with the number of their stance; those of both kinds left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[2].isdigit()]
    return [
        (re.sub(r"http\S+|[@#]", "", text), STANCES.index("v" if good == "1" else "c" if bad == "1" else "n"))
        for _, _, good, bad, _, _, _, _, text in rows
        if (good, bad) != ("1", "1")
    ]


def passage_pieces(text: str, before: str, tools: Tools, *, vary: bool = False) -> Pieces:
    """The pieces of a passage as nlp.themes.network reads them; with `vary` some left out, and more or less talk."""
    pieces = tools.pieces.encode(text)[:LONGEST]
    talk = tools.pieces.encode(before)
    if not vary:
        return in_context(pieces, talk)
    pieces = [piece for piece in pieces if tools.rng.random() > TOKEN_DROP] or pieces
    return in_context(pieces, talk, tools.rng.randint(*TALK_PIECES))


def part_of_code(code: Code, rng: random.Random) -> Code:
    """The code with not always all that is written of it, so that poor codebooks are read too."""
    terms = list(code.terms)
    rng.shuffle(terms)
    some = tuple(terms[: rng.randint(1, len(terms))]) if terms else ()
    chance = rng.random() if code.definition else rng.choice([0.0, 0.6])
    if chance < 0.12:
        return replace(code, definition="", terms=())
    if chance < 0.45:
        return replace(code, terms=())
    if chance < 0.60:
        return replace(code, definition="", terms=some)
    return replace(code, terms=some)


def as_speech(text: str) -> str:
    """Without capitals and stops."""
    return " ".join(_STOPS.sub(" ", text).lower().split())


def _loss(network: Network, batch: Batch, tweets: Sequence[tuple[str, int]], tools: Tools, step: int) -> Tensor:
    pieces, kinds, sentences = _read_passages(batch, tools)
    states = network.encoder(pieces, kinds)
    vectors = mean_vectors(states, pieces, kinds)
    loss = torch.zeros(())
    for codes in _two_codebooks(batch, tools.rng):
        loss = loss + _codebook_loss(network, batch.passages, codes, (states, pieces, vectors, sentences), tools)
    if step % 3 == 0 and all(passage.gist for passage in batch.passages):
        loss = loss + WEIGHTS["gist"] * _gist_loss(network, vectors, batch.passages, tools)
    if step % 3 == 1:
        loss = loss + WEIGHTS["tweets"] * _tweet_loss(network, tools.rng.sample(list(tweets), TWEETS), tools)
    return loss


def _codebook_loss(
    network: Network, passages: Sequence[Passage], codes: Sequence[Code], read: tuple[Tensor, ...], tools: Tools
) -> Tensor:
    """Of both questions about every pair: is it there, and with which stance."""
    states, pieces, vectors, sentences = read
    given, given_stances = truths(passages, codes)
    has = torch.from_numpy(given.astype(np.float32))
    stances = torch.from_numpy(given_stances)
    weights = torch.where(has > 0, 1.0, torch.from_numpy(known(passages, codes).astype(np.float32)))
    decoder = network.decoder
    code_vectors, code_sentences = _encode_codes(network, codes, tools, vary=True)
    seen = decoder.look(states, additive(pieces), decoder.queries(code_vectors))
    cosines = decoder.cosines(vectors, code_vectors, sentences, code_sentences)
    odds = decoder.combined(seen, *cosines)
    relevance = _cross_entropy(odds, has, weights)
    for by_itself in decoder.alone(*cosines):
        relevance = relevance + WEIGHTS["cosine alone"] * _cross_entropy(by_itself, has, weights)
    told = (has > 0) & (stances >= 0)
    stance = torch.zeros(())
    if told.any():
        stance = F.cross_entropy(decoder.stance(seen).float()[told], stances[told], weight=STANCE_WEIGHTS)
    return WEIGHTS["relevance"] * relevance + WEIGHTS["stance"] * stance


def _gist_loss(network: Network, vectors: Tensor, passages: Sequence[Passage], tools: Tools) -> Tensor:
    """A passage's gist should be the nearest of all gists, and the other way round."""
    pieces, kinds = _padded([alone(tools.pieces.encode(passage.gist)[:40], PASSAGE) for passage in passages])
    gists = mean_vectors(network.encoder(pieces, kinds), pieces, kinds)
    with torch.autocast("cpu", enabled=False):
        similarity = GIST_SCALE * vectors.float() @ gists.float().T
    own = torch.arange(len(passages))
    return (F.cross_entropy(similarity, own) + F.cross_entropy(similarity.T, own)) / 2


def _tweet_loss(network: Network, tweets: Sequence[tuple[str, int]], tools: Tools) -> Tensor:
    texts = [as_speech(text) if tools.rng.random() < 0.5 else text for text, _ in tweets]
    pieces, kinds = _padded([passage_pieces(text, "", tools, vary=True) for text in texts])
    states = network.encoder(pieces, kinds)
    code_vectors, _ = _encode_codes(network, [GENERAL], tools, vary=False)
    seen = network.decoder.look(states, additive(pieces), network.decoder.queries(code_vectors))
    return F.cross_entropy(network.decoder.stance(seen).float()[:, 0], torch.tensor([stance for _, stance in tweets]))


def _judge(
    network: Network, padded: tuple[Tensor, Tensor], sentences: Tensor, codes: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    pieces, kinds = padded
    code_vectors, code_sentences, queries = codes
    states = network.encoder(pieces, kinds)
    seen = network.decoder.look(states, additive(pieces), queries)
    cosines = network.decoder.cosines(mean_vectors(states, pieces, kinds), code_vectors, sentences, code_sentences)
    return network.decoder.combined(seen, *cosines), network.decoder.stance(seen).float()


def _read_passages(batch: Batch, tools: Tools) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, their kinds and sentence vectors of the passages, changed a little each time they are read."""
    pieces: list[Pieces] = []
    sentences: list[np.ndarray] = []
    for passage in batch.passages:
        text = passage.text
        (before,) = tools.rng.choices((passage.before, passage.question, ""), CONTEXTS)
        sentence = tools.sentence(text)
        if passage.gist and tools.rng.random() < GISTS:
            text = passage.gist
            before = ""
            sentence = tools.sentence(text)
        elif not passage.spoken and tools.rng.random() < AS_SPEECH:
            text = as_speech(text)
            before = as_speech(before)
        pieces.append(passage_pieces(text, before, tools, vary=True))
        sentences.append(sentence)
    given = torch.from_numpy(np.stack(sentences)).float()
    # Studies may bring another sentence encoder, of which nothing is learned.
    return *_padded(pieces), given if tools.rng.random() > 0.05 else torch.zeros_like(given)


def _encode_codes(network: Network, codes: Sequence[Code], tools: Tools, *, vary: bool) -> tuple[Tensor, Tensor]:
    """Vectors (codes, WIDTH) of what is read of the codes, and the sentence vectors of their whole texts."""
    texts = [code_text((part_of_code(code, tools.rng) if vary else code).theme) for code in codes]
    pieces, kinds = _padded([alone(tools.pieces.encode(text)[:LONGEST_CODE], CODE) for text in texts])
    sentences = [np.zeros(SENTENCE) if code is GENERAL else tools.sentence(code_text(code.theme)) for code in codes]
    return mean_vectors(network.encoder(pieces, kinds), pieces, kinds), torch.from_numpy(np.stack(sentences)).float()


def _two_codebooks(batch: Batch, rng: random.Random) -> Iterator[list[Code]]:
    """Two codebooks, cut to some CODES codes, or the fine topics in the place of the second."""
    taught = [codebook for codebook in batch.pool.codebooks if codebook[0].book not in NEW_CODEBOOKS]
    first = rng.choice(taught)
    yield _some(first, batch.passages, rng)
    if batch.pool.topics and rng.random() < 0.55:
        yield _some_topics(batch, rng)
    else:
        yield _some(
            rng.choice([codebook for codebook in taught if codebook is not first] or taught), batch.passages, rng
        )


def _some(codebook: Sequence[Code], passages: Sequence[Passage], rng: random.Random) -> list[Code]:
    """At most CODES codes, those that are there rather than others; now and then fewer, as codebooks differ in size."""
    codes = list(codebook)
    rng.shuffle(codes)
    if len(codes) > CODES:
        has, _ = truths(passages, codes)
        there = dict(zip(codes, np.any(has, axis=0).tolist(), strict=True))
        codes = sorted(codes, key=lambda code: (not there[code]) * rng.random())[:CODES]
        rng.shuffle(codes)
    elif rng.random() < 0.25:
        codes = codes[: max(4, int(len(codes) * rng.uniform(0.4, 0.9)))]
    return codes


def _some_topics(batch: Batch, rng: random.Random) -> list[Code]:
    there = {topic for passage in batch.passages for topic in passage.topics or ()}
    present = [code for code in batch.pool.topics if code.code in there]
    absent = [code for code in batch.pool.topics if code.code not in there]
    rng.shuffle(present)
    codes = present[: CODES - 3] + rng.sample(absent, min(3, len(absent)))
    rng.shuffle(codes)
    return codes


def _batches(pools: Sequence[Pool], rng: random.Random) -> Iterator[Batch]:
    """Every training passage of every pool once, with others of its length."""
    batches: list[Batch] = []
    for pool in pools:
        passages = [passage for passage in pool.passages if passage.part == "train"]
        rng.shuffle(passages)
        for first in range(0, len(passages), BATCH * SAME_LENGTH):
            near = sorted(
                passages[first : first + BATCH * SAME_LENGTH], key=lambda passage: len(passage.text) + 40 * rng.random()
            )
            parts = (near[at : at + BATCH] for at in range(0, len(near), BATCH))
            batches += [Batch(pool, part) for part in parts if len(part) >= BATCH // 4]
    rng.shuffle(batches)
    yield from batches


def _endless(pools: Sequence[Pool], rng: random.Random) -> Iterator[Batch]:
    while True:
        yield from _batches(pools, rng)


def _groups(network: Network) -> list[dict]:
    """Parameters with their rates: lower layers learn less, the few scalars much more."""
    decoder = dict(network.decoder.named_parameters())
    scalars = [decoder[name] for name in _SCALARS]
    others = [parameter for name, parameter in decoder.items() if name not in _SCALARS]
    groups: list[dict] = [
        {"params": others, "lr": RATES["decoder"]},
        {"params": scalars, "lr": RATES["scalars"], "weight_decay": 0.0},
        {"params": [network.encoder.kind], "lr": RATES["encoder"]},
    ]
    free = network.encoder.layers[FROZEN:]
    for height, layer in enumerate(free):
        rate = RATES["encoder"] * LAYER_DECAY ** (len(free) - 1 - height)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    return groups


def _cross_entropy(odds: Tensor, has: Tensor, weights: Tensor) -> Tensor:
    return (F.binary_cross_entropy_with_logits(odds, has, reduction="none") * weights).mean()


def _padded(texts: Sequence[Pieces]) -> tuple[Tensor, Tensor]:
    """Pieces and kinds, each (texts, longest); 0 where a shorter text has none."""
    longest = max(len(text.ids) for text in texts)
    padded = [np.pad(np.array(text), ((0, 0), (0, longest - len(text.ids)))) for text in texts]
    pieces, kinds = torch.from_numpy(np.stack(padded, axis=1))
    return pieces, kinds
