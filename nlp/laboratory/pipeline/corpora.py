"""Treebanks and KIND -> the .spacy files that training and scoring read. Seeded; it never trains anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from nlp.laboratory.pipeline import speech
from nlp.laboratory.pipeline.kind_entities import CHAPTERS, Chapter, read_kind
from nlp.laboratory.pipeline.spoken_sentences import read_lines, transcripts
from nlp.laboratory.pipeline.treebanks import PARTS, PUD, SOURCES, Treebank, read_treebank

# Shares of the copies of written sentences that are made to look like something else, chosen on dev.
STYLES = {"plain": 0.62, "speech": 0.28, "lower": 0.05, "upper": 0.05}
ENTITY_STYLES = {"plain": 0.88, "lower": 0.08, "upper": 0.04}
ROUNDS = 3
COMPARED = (
    "it_partut-ud-dev.conllu",
    "it_partut-ud-test.conllu",
    "it_vit-ud-test.conllu",
    "it_isdt-ud-dev.conllu",
)
GROUP = 10  # sentences a Doc when scoring, as in `spacy convert -n 10`


def read(path: Path, vocab: Vocab) -> list[Doc]:
    """The Docs of one .spacy file."""
    return list(DocBin().from_disk(path).get_docs(vocab))


def write(docs: Iterable[Doc], path: Path) -> None:
    """Write Docs to one .spacy file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def write_held_out(data: Path, work: Path, vocab: Vocab) -> None:
    """Write syntax-dev and one file for each held-out part and kind of text."""
    bank = read_treebank(data / "ud-italian", vocab)
    for part in ("dev", "test"):
        for file, docs in bank.parts[part].items():
            if docs:
                write(groups_of(docs, GROUP), work / part / f"{file.removesuffix('.conllu')}.spacy")
        write(turns(bank.sentences(part, "spoken")), work / part / "kiparla-by-turn.spacy")
        # of three treebanks, as long as there have been figures
        written = [doc for file in COMPARED for doc in bank.parts[part][file]]
        stripped = [speech.as_speech(doc) for doc in written]
        write(groups_of(stripped, GROUP), work / part / "written-as-speech.spacy")
        write(groups_of([speech.upper_cased(doc) for doc in written], GROUP), work / part / "written-capitals.spacy")
    dev = groups_of(bank.sentences("dev", "written"), GROUP) + groups_of(bank.sentences("dev", "spoken"), GROUP) * 2
    write(dev, work / "syntax-dev.spacy")


def write_syntax(data: Path, work: Path, silver: Path, vocab: Vocab, seed: int, use_all: bool) -> None:
    """Write syntax-train: gold sentences in several rounds, and the silver trees once.

    use_all: also train on dev and test; only for the model that is shipped, never for one that is scored.
    """
    bank = read_treebank(data / "ud-italian", vocab)
    for part in PARTS:
        bank.parts[part][PUD] = read(silver / f"pud-{part}.spacy", vocab)
    rng = random.Random(seed)
    docs = training_docs(bank, PARTS if use_all else ("train",), rng)
    docs += styled_groups(read(silver / "books.spacy", vocab), rng, STYLES, longest=6)
    docs += styled_groups(read(silver / "conversations.spacy", vocab), rng, {"plain": 1.0}, longest=14)
    rng.shuffle(docs)
    write(docs, work / "syntax-train.spacy")


def plain_sentences(data: Path, nlp: Language) -> Iterator[list[str]]:
    """Words of every training sentence of treebanks, KIND, ParlaTO and ParlaBO, for the vectors and the pieces."""
    for doc in read_treebank(data / "ud-italian", nlp.vocab).sentences("train"):
        yield [token.text for token in doc]
    for docs in read_kind(data / "kind-ner", nlp.vocab)["train"].values():
        for doc in docs:
            yield [token.text for token in doc]
    for path in transcripts(data):
        for _, text in read_lines(path):
            yield [token.text for token in nlp.make_doc(text)]


def training_docs(bank: Treebank, parts: tuple[str, ...], rng: random.Random) -> list[Doc]:
    """Several rounds over the sentences, each time grouped and styled anew."""
    docs: list[Doc] = []
    for _ in range(ROUNDS):
        for source in SOURCES:
            sentences = [doc for part in parts for doc in bank.parts[part][source.file]]
            for _ in range(source.copies):
                if source.kind == "spoken":
                    docs += styled_groups(sentences, rng, {"plain": 1.0}, longest=14)
                else:
                    docs += styled_groups(sentences, rng, STYLES, longest=6)
    return docs


def styled_groups(docs: list[Doc], rng: random.Random, styles: dict[str, float], longest: int) -> list[Doc]:
    """Group neighbours, one to `longest` sentences a Doc, and give each group one style."""
    result = []
    for group in speech.grouped(docs, rng, 1, longest):
        style = rng.choices(list(styles), weights=list(styles.values()))[0]
        result.append(speech.joined([speech.styled(doc, style) for doc in group]))
    return result


def groups_of(docs: list[Doc], size: int) -> list[Doc]:
    """Neighbouring sentences, `size` to a Doc."""
    return [speech.joined(docs[start : start + size]) for start in range(0, len(docs), size)]


def turns(docs: list[Doc]) -> list[Doc]:
    """Neighbouring sentences of one speaker joined: a Doc a turn, as Trama itself gives text to the pipeline."""
    by_speaker = groupby(docs, key=lambda doc: doc.user_data["speaker"])
    return [speech.joined(list(group)) for _, group in by_speaker]


def write_entities(data: Path, work: Path, vocab: Vocab, seed: int, use_all: bool) -> None:
    """Write ner-train, ner-second (more news), ner-dev (news) and one file for each held-out part of a chapter."""
    kind = read_kind(data / "kind-ner", vocab)
    parts = PARTS if use_all else ("train",)
    chapters = {}
    for chapter in CHAPTERS:
        chapters[chapter] = [doc for part in parts for doc in kind[part][chapter.file]]
    write(entity_docs({chapter: (docs, 1) for chapter, docs in chapters.items()}, seed), work / "ner-train.spacy")
    weighted = {chapter: (docs, chapter.copies) for chapter, docs in chapters.items()}
    write(entity_docs(weighted, seed), work / "ner-second.spacy")
    for part in ("dev", "test"):
        for file, sentences in kind[part].items():
            if sentences:
                write(groups_of(sentences, GROUP), work / part / f"{file.removesuffix('.tsv')}.spacy")
    write(groups_of(kind["dev"]["kind_wikinews_train.tsv"], GROUP), work / "ner-dev.spacy")


def entity_docs(chapters: dict[Chapter, tuple[list[Doc], int]], seed: int) -> list[Doc]:
    """Sentences of each chapter, so many times over, grouped and styled anew each time, shuffled."""
    rng = random.Random(seed)
    docs: list[Doc] = []
    for sentences, copies in chapters.values():
        for _ in range(copies):
            for group in speech.grouped(sentences, rng, 1, 8):
                style = rng.choices(list(ENTITY_STYLES), weights=list(ENTITY_STYLES.values()))[0]
                docs.append(speech.joined([restyled(doc, style) for doc in group]))
    rng.shuffle(docs)
    return docs


def restyled(doc: Doc, style: str) -> Doc:
    """A KIND sentence in small letters or capitals."""
    changes: dict[str, Callable[[str], str]] = {"plain": str, "lower": str.lower, "upper": str.upper}
    change = changes[style]
    words = [change(token.text) for token in doc]
    ents = [token.ent_iob_ + (f"-{token.ent_type_}" if token.ent_type_ else "") for token in doc]
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc], ents=ents)
