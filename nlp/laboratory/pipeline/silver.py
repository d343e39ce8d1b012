"""Silver trees: teachers label the sentences of KIND and the utterances of ParlaTO, for the student to learn from.

Only plain text is read of both; no gold entity, no held-out treebank sentence. It never trains the student.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from spacy.language import Language
from spacy.tokens import Doc

from nlp.laboratory.pipeline import corpora, speech
from nlp.laboratory.pipeline.kind_entities import read_kind
from nlp.laboratory.pipeline.spoken_sentences import read_units, utterances
from nlp.laboratory.pipeline.teacher import Labels, Teacher, batches, train_teacher
from nlp.laboratory.pipeline.treebanks import Treebank, read_treebank, rebuild

TEACHERS = 1  # two agree a little better and cost twice the time
EPOCHS = 14
SPOKEN_COPIES = 4
# words
LONGEST = 60
SHORTEST = 2
NEWS = "kind_wikinews_train.tsv"
STRETCH = 20  # sentences


def write_silver(data: Path, work: Path, nlp: Language, seed: int) -> None:
    """Write books.spacy (KIND) and conversations.spacy (ParlaTO), one sentence a Doc; `nlp` has the word vectors."""
    models = teachers(read_treebank(data / "ud-italian", nlp.vocab), nlp, corpora.STYLES, seed)
    corpora.write(labelled(news_and_books(data, nlp), models), work / "books.spacy")
    corpora.write(labelled(conversations(data, nlp), models), work / "conversations.spacy")


def teachers(bank: Treebank, nlp: Language, styles: dict[str, float], seed: int) -> list[Teacher]:
    """Differently seeded teachers, trained on the training part of the treebanks; `nlp` has the word vectors."""
    written = bank.sentences("train", "written")
    spoken = bank.sentences("train", "spoken")
    labels = Labels.of(written + spoken)

    def copies(rng: random.Random) -> list[Doc]:
        drawn = rng.choices(list(styles), weights=list(styles.values()), k=len(written))
        docs = [speech.styled(doc, style) for doc, style in zip(written, drawn, strict=True)]
        return [doc for doc in docs + spoken * SPOKEN_COPIES if len(doc)]

    return [
        train_teacher(copies, labels, nlp.vocab.vectors_length, EPOCHS, seed + number + 1) for number in range(TEACHERS)
    ]


def news_and_books(data: Path, nlp: Language) -> list[Doc]:
    """KIND's news and every third stretch of its books, as spaCy's tokenizer cuts them, in order."""
    kind = read_kind(data / "kind-ner", nlp.vocab)
    stretches = []
    for part in kind.values():
        for file, docs in part.items():
            chosen = [doc for i, doc in enumerate(docs) if file == NEWS or i // STRETCH % 3 == 0]
            stretches += [nlp.make_doc(doc.text) for doc in chosen]
    return [doc for doc in stretches if SHORTEST <= len(doc) <= LONGEST and not _holds_blank(doc)]


def _holds_blank(doc: Doc) -> bool:
    return any(token.is_space for token in doc)


def conversations(data: Path, nlp: Language) -> list[Doc]:
    """ParlaTO's utterances, in order, in the words of the tokenizer."""
    spoken = (
        utterance
        for path in sorted((data / "parlato" / "txt").glob("*.txt"))
        for utterance in utterances(read_units(path))
    )
    docs = [nlp.make_doc(" ".join(words).replace("' ", "'")) for words in spoken]
    return [doc for doc in docs if len(doc) <= LONGEST]


def labelled(docs: Sequence[Doc], models: Sequence[Teacher]) -> list[Doc]:
    """The sentences whose most probable heads, by the teachers' mean, make a tree; with that tree and all tags."""
    position = {id(doc): number for number, doc in enumerate(docs)}
    found = {}
    for batch in batches(docs):
        for doc, silver in zip(batch, _label(batch, models), strict=True):
            if silver is not None:
                found[position[id(doc)]] = silver
    return [found[number] for number in sorted(found)]


@torch.no_grad()
def _label(batch: Sequence[Doc], models: Sequence[Teacher]) -> Iterator[Doc | None]:
    states = [model.encode(batch) for model in models]
    heads = sum(model.head_scores(state, batch) for model, state in zip(models, states, strict=True)).argmax(1)
    values = {}
    for name, index in models[0].labels.columns.items():
        scores = sum(model.value_scores(name, state, batch, heads) for model, state in zip(models, states, strict=True))
        known = list(index)
        values[name] = [known[number] for number in scores.argmax(1).tolist()]
    start = 0
    flat = heads.tolist()
    for doc in batch:
        span = slice(start, start + len(doc))
        start = span.stop
        if not is_tree(flat[span]):
            yield None
            continue
        yield rebuild(
            doc,
            doc.vocab,
            heads=[place if head == 0 else head - 1 for place, head in enumerate(flat[span])],
            deps=values["dep"][span],
            pos=values["pos"][span],
            tags=values["tag"][span],
            morphs=values["morph"][span],
            sent_starts=[place == 0 for place in range(len(doc))],
        )


def is_tree(heads: Sequence[int]) -> bool:
    """True when exactly one word hangs from the root (0) and every word reaches it; heads count words from 1."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1
        if word:
            return False
    return True
