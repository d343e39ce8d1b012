"""Silver trees: the teacher labels sentences of KIND, ParlaTO and ParlaBO, for the student to learn from.

Only plain text is read of them; no gold entity, no held-out treebank sentence. It never trains the student.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc

from nlp.laboratory.pipeline import corpora, speech
from nlp.laboratory.pipeline.docs import rebuild
from nlp.laboratory.pipeline.kind_entities import read_kind
from nlp.laboratory.pipeline.spoken_sentences import read_units, transcripts, utterances
from nlp.laboratory.pipeline.teacher import Labels, Teacher, batches, train_teacher
from nlp.laboratory.pipeline.treebanks import ISDT, KIPARLA, PARTS, PUD, SOURCES, Treebank, read_treebank
from nlp.laboratory.pipeline.word_pieces import read_encoder

EPOCHS = 4
STYLES = {"plain": 0.68, "speech": 0.32}
SPOKEN_COPIES = 3
# words
LONGEST = 60
SHORTEST = 2
NEWS = "kind_wikinews_train.tsv"
# What is labelled: all news, one stretch of books in so many, one stretch of conversations in so many.
STRETCH = 20  # sentences
BOOKS = 6
CONVERSATIONS = 3


def write_silver(data: Path, work: Path, nlp: Language, seed: int) -> None:
    """Write books.spacy (KIND), conversations.spacy (ParlaTO, ParlaBO) and, with tags and features, PUD's sentences.

    One sentence a Doc; `nlp` has the word vectors.
    """
    bank = read_treebank(data / "ud-italian", nlp.vocab)
    teacher = read_teacher(bank, data, work, nlp, seed)
    for part in PARTS:
        corpora.write(completed(bank.parts[part][PUD], teacher), work / f"pud-{part}.spacy")
    corpora.write(labelled(news_and_books(data, nlp), teacher, ISDT), work / "books.spacy")
    corpora.write(labelled(conversations(data, nlp), teacher, KIPARLA), work / "conversations.spacy")


def read_teacher(bank: Treebank, data: Path, work: Path, nlp: Language, seed: int) -> Teacher:
    """The teacher of the training parts, trained unless its weights are in `work`."""
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    pieces, encoder = read_encoder(map(" ".join, corpora.plain_sentences(data, nlp)), work)
    sentences = {}
    for source in SOURCES:
        read = [marked(doc, source.file) for doc in bank.parts["train"][source.file]]
        sentences[source] = [doc for doc in read if pieces.fits(doc)]
    labels = Labels.of([doc for read in sentences.values() for doc in read])
    teacher = Teacher(labels, nlp.vocab.vectors_length, pieces, encoder)
    weights = work / "teacher.npz"
    if weights.exists():
        kept = np.load(weights)
        teacher.load_state_dict({name: torch.from_numpy(kept[name]) for name in kept.files})
        return teacher.eval()

    def copies(rng: random.Random) -> list[Doc]:
        docs: list[Doc] = []
        for source, read in sentences.items():
            if source.kind == "spoken":
                docs += read * SPOKEN_COPIES
            else:
                drawn = rng.choices(list(STYLES), weights=list(STYLES.values()), k=len(read))
                styled = (speech.styled(doc, style) for doc, style in zip(read, drawn, strict=True))
                docs += [marked(doc, source.file) for doc in styled if len(doc)]
        return docs

    train_teacher(teacher, copies, EPOCHS, random.Random(seed))
    np.savez(weights, **{name: values.numpy() for name, values in teacher.state_dict().items()})
    return teacher


def marked(doc: Doc, file: str) -> Doc:
    """The Doc, which now says whose conventions it has or wants."""
    doc.user_data["source"] = file
    return doc


def news_and_books(data: Path, nlp: Language) -> list[Doc]:
    """KIND's news and some stretches of its books, as spaCy's tokenizer cuts them, in order."""
    kind = read_kind(data / "kind-ner", nlp.vocab)
    stretches = []
    for part in kind.values():
        for file, docs in part.items():
            chosen = [doc for i, doc in enumerate(docs) if file == NEWS or i // STRETCH % BOOKS == 0]
            stretches += [nlp.make_doc(doc.text) for doc in chosen]
    return [doc for doc in stretches if SHORTEST <= len(doc) <= LONGEST and not _holds_blank(doc)]


def _holds_blank(doc: Doc) -> bool:
    return any(token.is_space for token in doc)


def conversations(data: Path, nlp: Language) -> list[Doc]:
    """Some stretches of utterances of ParlaTO and ParlaBO, in order, in the words of the tokenizer."""
    docs = []
    for path in transcripts(data):
        spoken = utterances(read_units(path))
        chosen = [words for i, words in enumerate(spoken) if i // STRETCH % CONVERSATIONS == 0]
        docs += [nlp.make_doc(" ".join(words).replace("' ", "'")) for words in chosen]
    return [doc for doc in docs if 0 < len(doc) <= LONGEST]


def completed(docs: Sequence[Doc], teacher: Teacher) -> list[Doc]:
    """Gold sentences without tags and features, with the teacher's in ISDT's conventions; their trees as they are."""
    return [
        rebuild(doc, doc.vocab, tags=values["tag"], morphs=values["morph"])
        for doc, _, values in _read(docs, teacher, ISDT)
    ]


def labelled(docs: Sequence[Doc], teacher: Teacher, like: str) -> list[Doc]:
    """The sentences whose most probable heads make a tree; with that tree and all tags, as the file `like` has them."""
    return [with_tree(doc, heads, values) for doc, heads, values in _read(docs, teacher, like) if is_tree(heads)]


def with_tree(doc: Doc, heads: Sequence[int], values: dict[str, list[str]]) -> Doc:
    """The sentence with heads, counted from 1 (0 is the root), relations, tags and features."""
    return rebuild(
        doc,
        doc.vocab,
        heads=[place if head == 0 else head - 1 for place, head in enumerate(heads)],
        deps=values["dep"],
        pos=values["pos"],
        tags=values["tag"],
        morphs=values["morph"],
        sent_starts=[place == 0 for place in range(len(doc))],
    )


def _read(docs: Sequence[Doc], teacher: Teacher, like: str) -> list[tuple[Doc, list[int], dict[str, list[str]]]]:
    """What the teacher makes of each sentence, in order; of those that are too long for it nothing."""
    readable = [marked(doc, like) for doc in docs if teacher.pieces.fits(doc)]
    position = {id(doc): number for number, doc in enumerate(readable)}
    found = {}
    for batch in batches(readable):
        heads, values = _values(batch, teacher)
        start = 0
        for doc in batch:
            span = slice(start, start + len(doc))
            start = span.stop
            found[position[id(doc)]] = (doc, heads[span], {name: column[span] for name, column in values.items()})
    return [found[number] for number in sorted(found)]


@torch.no_grad()
def _values(batch: Sequence[Doc], teacher: Teacher) -> tuple[list[int], dict[str, list[str]]]:
    """Heads, counted from 1 (0 is the root), and the most probable value of each column, of all words of the batch."""
    states = teacher.encode(batch)
    heads = teacher.head_scores(states, batch).argmax(1)
    values = {}
    for name, index in teacher.labels.columns.items():
        known = list(index)
        best = teacher.value_scores(name, states, batch, heads).argmax(1)
        values[name] = [known[number] for number in best.tolist()]
    return heads.tolist(), values


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
