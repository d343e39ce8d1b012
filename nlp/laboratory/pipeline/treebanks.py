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

from nlp.laboratory.pipeline.conventions import from_pud, harmonised, usual_features, with_features
from nlp.laboratory.pipeline.docs import rebuild

PARTS = ("train", "dev", "test")
ISDT = "it_isdt-ud-dev.conllu"
KIPARLA = "kiparla-BOA3017.conllu"
PUD = "it_pud-ud-test.conllu"  # the only one with other tags and features


@dataclass(frozen=True)
class Source:
    """One treebank file and the shares of it, in file order, held out for choosing (dev) and for reporting (test).

    gaps: words here and there lack the features that they have in the other treebanks
    """

    file: str
    kind: str  # "written" or "spoken"
    dev: float = 0.0
    test: float = 0.0
    gaps: bool = False
    copies: int = 1  # how often a round of training sees it


SOURCES = (
    Source("it_partut-ud-train.conllu", "written"),
    Source("it_partut-ud-dev.conllu", "written", dev=1.0),
    Source("it_partut-ud-test.conllu", "written", test=1.0),
    Source("it_vit-ud-dev.conllu", "written"),
    Source("it_vit-ud-test.conllu", "written", dev=0.08, test=0.16),
    Source(ISDT, "written", dev=0.16, test=0.34, copies=2),
    Source(PUD, "written", test=0.1),
    Source("it_markit-ud-train.conllu", "written", gaps=True),
    Source("it_markit-ud-dev.conllu", "written", test=0.3, gaps=True),
    Source("it_twittiro-ud-train.conllu", "written", gaps=True),
    Source("it_twittiro-ud-dev.conllu", "written", test=1.0, gaps=True),
    Source(KIPARLA, "spoken", dev=0.15, test=0.25, copies=4),
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
    """Read one CoNLL-U file into one-sentence Docs with fused forms merged, in ISDT's conventions.

    Tags are left unset where the treebank has none (KIParla): spaCy then learns nothing from them. There, too,
    `doc.user_data["speaker"]` says who speaks.
    """
    text = path.read_text(encoding="utf8")
    speakers = re.findall(r"^# speaker_id = (.+)$", text, flags=re.MULTILINE)
    tagged = re.search(r"^\d+\t[^\t]+\t[^\t]+\t[^\t]+\t[^_\t]", text, flags=re.MULTILINE) is not None
    docs = []
    for doc in conllu_to_docs(text, n_sents=1, merge_subtokens=True, no_print=True):
        tags = [token.tag_ for token in doc] if tagged else [""] * len(doc)
        sentence = rebuild(doc, vocab, tags=tags)
        docs.append(harmonised(from_pud(sentence) if path.name == PUD else sentence))
    for doc, speaker in zip(docs, speakers, strict=False):
        doc.user_data["speaker"] = speaker
    return docs


def read_treebank(folder: Path, vocab: Vocab) -> Treebank:
    """Read every source in `folder` and deal its sentences into train, dev and test.

    Sentences of train whose text also stands in dev or test are dropped from train.
    """
    bank = Treebank()
    for source in SOURCES:
        for part, docs in deal(read_sentences(folder / source.file, vocab), source).items():
            bank.parts[part][source.file] = docs
    fill_gaps(bank)
    held_out = {doc.text.strip() for part in ("dev", "test") for doc in bank.sentences(part) if len(doc) > 3}
    for file, docs in bank.parts["train"].items():
        bank.parts["train"][file] = [doc for doc in docs if doc.text.strip() not in held_out]
    return bank


def fill_gaps(bank: Treebank) -> None:
    """Give words without features those that they nearly always have in training parts of treebanks without gaps."""
    whole = [source.file for source in SOURCES if source.kind == "written" and not source.gaps and source.file != PUD]
    usual = usual_features(doc for file in whole for doc in bank.parts["train"][file])
    for part in PARTS:
        for source in SOURCES:
            if source.gaps:
                bank.parts[part][source.file] = [with_features(doc, usual) for doc in bank.parts[part][source.file]]


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
