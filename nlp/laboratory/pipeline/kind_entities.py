"""The KIND corpus (PER, ORG, LOC) -> Docs with entities, dealt into training, development and test parts.

KIND marks tokens with a bare label, so a run of one label is one entity. It never trains anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from nlp.laboratory.pipeline.treebanks import PARTS


@dataclass(frozen=True)
class Chapter:
    """One KIND file; dev and test are shares of its blocks of neighbours."""

    file: str
    dev: float = 0.0
    test: float = 0.0
    copies: int = 1  # how often the second pass of training sees it


CHAPTERS = (
    Chapter("kind_wikinews_train.tsv", dev=0.07, test=0.13, copies=3),
    Chapter("kind_fiction_train.tsv", test=0.05),
    Chapter("kind_degasperi_train.tsv", test=0.05),
    Chapter("kind_moro_train.tsv"),  # silver: annotated by machine, so it is never a measure
)

# Article borders are not marked; long blocks keep nearly every article within one part.
BLOCK = 400
NO_SPACE_BEFORE = {",", ".", ";", ":", "!", "?", ")", "]", "»", "”", "%", "...", "…"}
NO_SPACE_AFTER = {"(", "[", "«", "“"}


def read_kind(folder: Path, vocab: Vocab) -> dict[str, dict[str, list[Doc]]]:
    """Read every chapter: part -> file -> one-sentence Docs with entities set."""
    parts: dict[str, dict[str, list[Doc]]] = {part: {} for part in PARTS}
    for chapter in CHAPTERS:
        docs = read_chapter(folder / chapter.file, vocab)
        for part in PARTS:
            parts[part][chapter.file] = []
        for start in range(0, len(docs), BLOCK):
            block = docs[start : start + BLOCK]
            dev = round(len(block) * chapter.dev)
            test = dev + round(len(block) * chapter.test)
            parts["dev"][chapter.file] += block[:dev]
            parts["test"][chapter.file] += block[dev:test]
            parts["train"][chapter.file] += block[test:]
    return parts


def read_chapter(path: Path, vocab: Vocab) -> list[Doc]:
    """Read one KIND file: a token and a label a line, sentences parted by an empty line."""
    docs = []
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
        if rows:
            words = [row[0] for row in rows]
            labels = [row[1].strip() for row in rows]
            docs.append(Doc(vocab, words=words, spaces=spaces_between(words), ents=bio(labels)))
    return docs


def bio(labels: list[str]) -> list[str]:
    """["O", "PER", "PER"] -> ["O", "B-PER", "I-PER"]."""
    tags = []
    for before, label in zip(["O", *labels], labels, strict=False):
        tags.append("O" if label == "O" else f"{'I' if before == label else 'B'}-{label}")
    return tags


def spaces_between(words: list[str]) -> list[bool]:
    """Guess whether a space follows each word: KIND does not say."""
    spaces = []
    for word, after in zip(words, [*words[1:], ""], strict=True):
        elided = len(word) > 1 and word[-1] in "'’" and after[:1].isalnum()
        spaces.append(not (elided or word in NO_SPACE_AFTER or after in NO_SPACE_BEFORE))
    return spaces
