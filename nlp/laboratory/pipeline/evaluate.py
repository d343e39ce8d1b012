"""Scores a pipeline with spaCy's Scorer on held-out files, and measures its speed. It never trains anything."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

MEASURES = {
    "token_acc": "tokens",
    "pos_acc": "POS",
    "morph_acc": "morph",
    "tag_acc": "tag",
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "lemma_acc": "lemma",
    "sents_f": "sentences F",
    "ents_p": "entities P",
    "ents_r": "entities R",
    "ents_f": "entities F",
}


def read_docs(path: Path, nlp: Language) -> list[Doc]:
    """The gold Docs of one .spacy file."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def scores(nlp: Language, docs: Iterable[Doc]) -> dict[str, float]:
    """Scores in percent, one decimal, from the raw text."""
    docs = list(docs)
    result = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs])
    if not any(str(token.morph) for doc in docs for token in doc):
        del result["morph_acc"]  # PUD's features are left out, which is not to say that its words have none
    return {name: round(100 * result[key], 1) for key, name in MEASURES.items() if isinstance(result.get(key), float)}


def score_folder(nlp: Language, folder: Path) -> dict[str, dict[str, float]]:
    """Scores of every .spacy file in a folder, by file name; of KIND's only those of entities."""
    result = {}
    for path in sorted(folder.glob("*.spacy")):
        scored = scores(nlp, read_docs(path, nlp))
        entities = path.stem.startswith("kind")
        result[path.stem] = {name: value for name, value in scored.items() if name.startswith("entities") == entities}
    return result
