"""A package laid out as spaCy's it_core_news_sm 3.8, made of the bundled model: theirs is not to be had offline.

Name, version, order and names of components and the names' labels are those of the published package; its weights and
its lemmas are not.
"""

from pathlib import Path

import spacy
from spacy.cli.package import package
from spacy.language import Language
from spacy.lookups import Lookups

from nlp.italian.lemmatizer import LexiconLemmatizer
from nlp.model_files import MODEL

NAME = "it_core_news_sm"
VERSION = "3.8.0"
COMPONENTS = ("tok2vec", "morphologizer", "tagger", "parser", "lemmatizer", "attribute_ruler", "ner")
_LOOKUPS = ("num", "det", "adp", "adj", "noun", "pron", "verb", "aux", "adv")


def write_package(folder: Path) -> Path:
    """Write the package into `folder`, as pip lays it out in a folder on Python's path, and return `folder`."""
    bundled = spacy.load(MODEL)
    nlp = spacy.blank("it", vocab=bundled.vocab)
    for name in COMPONENTS:
        if name == "lemmatizer":
            _add_lemmatizer(nlp, bundled.get_pipe("lemmatizer"))
        elif name == "attribute_ruler":
            nlp.add_pipe(name).add([[{"ORTH": " "}]], {"POS": "SPACE"})
        else:
            nlp.add_pipe(name, source=bundled)
    nlp.get_pipe("ner").add_label("MISC")  # which theirs has, and ours has not
    nlp.meta.update(name=NAME.removeprefix("it_"), version=VERSION, author="Explosion", license="CC BY-NC-SA 3.0")
    nlp.to_disk(folder / "model")
    (folder / "made").mkdir()
    package(folder / "model", folder / "made", create_sdist=False)
    made = folder / "made" / f"{NAME}-{VERSION}"
    (made / NAME).rename(folder / NAME)
    (made / "meta.json").rename(folder / NAME / "meta.json")  # as its setup.py does
    record = folder / f"{NAME}-{VERSION}.dist-info"
    record.mkdir()
    (record / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n", encoding="utf-8")
    return folder


def _add_lemmatizer(nlp: Language, bundled: LexiconLemmatizer) -> None:
    """spaCy's own lemmatizer, which looks forms up by part of speech, with the bundled one's exceptions."""
    lookups = Lookups()
    for pos in _LOOKUPS:
        lookups.add_table(f"lemma_lookup_{pos}", bundled.exceptions.get(pos.upper(), {}))
    for table in ("lemma_lookup_other", "lemma_lookup"):
        lookups.add_table(table, {})
    nlp.add_pipe("lemmatizer", config={"mode": "pos_lookup"}).initialize(lookups=lookups)
