"""Universal Dependencies files -> one gold spaCy Doc a sentence, sorted into training, development and test parts.

Fused forms (della, parlarmi) stay one token, as in `spacy convert --merge-subtokens` and in it_core_news_sm:
lemmas are joined by a space ("di il"), tags by an underscore ("E_RD"). It never trains anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc
from spacy.training.converters import conllu_to_docs
from spacy.vocab import Vocab

PARTS = ("train", "dev", "test")


@dataclass(frozen=True)
class Source:
    """One treebank file and the shares of it, in file order, held out for choosing (dev) and for reporting (test)."""

    file: str
    kind: str  # "written" or "spoken"
    dev: float = 0.0
    test: float = 0.0


SOURCES = (
    Source("it_partut-ud-train.conllu", "written"),
    Source("it_partut-ud-dev.conllu", "written", dev=1.0),
    Source("it_partut-ud-test.conllu", "written", test=1.0),
    Source("it_vit-ud-dev.conllu", "written"),
    Source("it_vit-ud-test.conllu", "written", dev=0.08, test=0.16),
    Source("it_isdt-ud-dev.conllu", "written", dev=0.16, test=0.34),
    Source("kiparla-BOA3017.conllu", "spoken", dev=0.15, test=0.25),
)

# Several sources are sorted by genre, so the held-out shares are dealt in blocks: every block of 50 neighbouring
# sentences gives its first sentences to dev, the next to test. Neighbours stay together, genres are all represented.
BLOCK = 50


@dataclass
class Treebank:
    """Sentences of every source by part; `parts[part][file]` is a list of one-sentence Docs."""

    parts: dict[str, dict[str, list[Doc]]] = field(default_factory=lambda: {part: {} for part in PARTS})

    def sentences(self, part: str, kind: str | None = None) -> list[Doc]:
        """All sentences of a part, optionally of one kind ("written", "spoken")."""
        files = [source.file for source in SOURCES if kind in (None, source.kind)]
        return [doc for file in files for doc in self.parts[part].get(file, [])]


def read_sentences(path: Path, vocab: Vocab) -> list[Doc]:
    """Read one CoNLL-U file into one-sentence Docs with fused forms merged.

    Tags are left unset where the treebank has none (KIParla): spaCy then learns nothing from them. There, too,
    `doc.user_data["speaker"]` says who speaks.
    """
    text = path.read_text(encoding="utf8")
    speakers = re.findall(r"^# speaker_id = (.+)$", text, flags=re.MULTILINE)
    tagged = re.search(r"^\d+\t[^\t]+\t[^\t]+\t[^\t]+\t[^_\t]", text, flags=re.MULTILINE) is not None
    docs = []
    for doc in conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True):
        tags = [token.tag_ for token in doc] if tagged else [""] * len(doc)
        docs.append(rebuild(doc, vocab, tags=tags))
    for doc, speaker in zip(docs, speakers, strict=False):
        doc.user_data["speaker"] = speaker
    return docs


def rebuild(doc: Doc, vocab: Vocab, **changes: list) -> Doc:
    """Copy a one-sentence or longer gold Doc onto `vocab`, with some of its token columns replaced."""
    columns: dict[str, list] = {
        "words": [token.text for token in doc],
        "spaces": [bool(token.whitespace_) for token in doc],
        "tags": [token.tag_ for token in doc],
        "pos": [token.pos_ for token in doc],
        "morphs": [str(token.morph) for token in doc],
        "lemmas": [token.lemma_ for token in doc],
        "heads": [token.head.i for token in doc],
        "deps": [token.dep_ for token in doc],
        "sent_starts": [token.is_sent_start for token in doc],
    }
    return Doc(vocab, **{**columns, **changes})  # type: ignore[arg-type]


def read_treebank(folder: Path, vocab: Vocab) -> Treebank:
    """Read every source in `folder` and deal its sentences into train, dev and test.

    Sentences of train whose text also stands in dev or test are dropped from train.
    """
    bank = Treebank()
    for source in SOURCES:
        for part, docs in deal(read_sentences(folder / source.file, vocab), source).items():
            bank.parts[part][source.file] = docs
    held_out = {doc.text.strip() for part in ("dev", "test") for doc in bank.sentences(part) if len(doc) > 3}
    for file, docs in bank.parts["train"].items():
        bank.parts["train"][file] = [doc for doc in docs if doc.text.strip() not in held_out]
    return bank


def deal(docs: list[Doc], source: Source) -> dict[str, list[Doc]]:
    """Split one file's sentences into parts, block by block."""
    parts: dict[str, list[Doc]] = {part: [] for part in PARTS}
    for start in range(0, len(docs), BLOCK):
        block = docs[start : start + BLOCK]
        dev = round(len(block) * source.dev)
        test = round(len(block) * source.test)
        parts["dev"] += block[:dev]
        parts["test"] += block[dev : dev + test]
        parts["train"] += block[dev + test :]
    return parts
