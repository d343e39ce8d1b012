"""Loads the spaCy pipeline that a study names and says exactly which one it is.

It never downloads, and never takes another pipeline than the one that was asked for.
"""

import hashlib
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.util import is_compatible_version

import nlp.italian.lemmatizer  # noqa: F401  registers the component that the bundled model names
from corpus.errors import study_error
from corpus.settings import FILE
from corpus.words.language import Bilingual
from nlp.italian.product import multiply_with_numpy
from nlp.model_files import BUNDLED, MODEL, check_pipeline, install_command

# What the stages after it read of a pipeline's work, as spaCy calls it, and what people call it.
_READ_LATER = {
    "POS": Bilingual("le parti del discorso (morphologizer)", "parts of speech (morphologizer)"),
    "LEMMA": Bilingual("i lemmi (lemmatizer)", "lemmas (lemmatizer)"),
    "SENT_START": Bilingual("le frasi (parser o senter)", "sentences (parser or senter)"),
    "ENT_IOB": Bilingual("i nomi (ner)", "names (ner)"),
}
_PROBE = "Il sindaco di Torino ha riaperto la scuola. Oggi piove."


@cache
def load_pipeline(name: str = BUNDLED) -> Language:
    """The spaCy pipeline called `name`, opened once: "trama" is the bundled one, any other an installed spaCy package.

    Raises StudyError when it is not installed, was made for another spaCy, cannot be opened, is not for Italian, or
    does not give all that is read of it.
    """
    check_pipeline(name)
    return _open(MODEL if name == BUNDLED else name, name)


def pipeline_fingerprint(nlp: Language) -> str:
    """`name-version-<16 hex digits>`: the digits hash spaCy's version and the model's files.

    Of a pipeline made in memory they hash its weights. The same files give the same fingerprint on every machine.
    """
    digest = hashlib.sha256(spacy.__version__.encode())
    for label, content in _contents(nlp):
        digest.update(f"\n{label} {len(content)}\n".encode())
        digest.update(content)
    return f"{nlp.meta['name']}-{nlp.meta['version']}-{digest.hexdigest()[:16]}"


def describe_pipeline(nlp: Language) -> dict[str, object]:
    """What the manifest records: name, version, licence, components, sources and scores as in the model's meta.json."""
    meta = nlp.meta
    return {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta["version"],
        "spacy": spacy.__version__,
        "fingerprint": pipeline_fingerprint(nlp),
        "license": meta.get("license", ""),
        "components": list(nlp.pipe_names),
        "sources": meta.get("sources") or [],
        "scores": {
            name: value for name, value in sorted(meta.get("performance", {}).items()) if isinstance(value, int | float)
        },
    }


def _open(target: str | Path, name: str) -> Language:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what spaCy would print of another version is refused below, in words
            nlp = spacy.load(target)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise study_error(
            f"il modello `{name}` è installato ma non si apre con spaCy {spacy.__version__}: reinstallalo ({error})",
            f"the model `{name}` is installed but does not open with spaCy {spacy.__version__}: reinstall it ({error})",
            file=FILE,
        ) from error
    if nlp.lang != "it":
        raise study_error(
            f"il modello `{name}` non è per l'italiano (lingua `{nlp.lang}`): cambia [analysis] model in study.toml",
            f"the model `{name}` is not for Italian (language `{nlp.lang}`): change [analysis] model in study.toml",
            file=FILE,
        )
    _check_version(nlp, name)
    _check_whole(nlp, name)
    return multiply_with_numpy(nlp)


def _check_version(nlp: Language, name: str) -> None:
    """Another spaCy than the one a model was trained with may open it and see other words in the same text."""
    version = nlp.meta["version"]
    wanted = nlp.meta.get("spacy_version", "")
    if wanted and not is_compatible_version(spacy.__version__, wanted):
        raise study_error(
            f"il modello `{name}` {version} è fatto per spaCy {wanted}, e qui c'è spaCy {spacy.__version__}. "
            f"Installa quello giusto con: {install_command(name)}",
            f"the model `{name}` {version} is made for spaCy {wanted}, and this is spaCy {spacy.__version__}. "
            f"Install the right one with: {install_command(name)}",
            file=FILE,
        )


def _check_whole(nlp: Language, name: str) -> None:
    """Without tags, lemmas, sentences or names every later stage would go on, and find little."""
    doc = nlp(_PROBE)
    lacking = [words for attribute, words in _READ_LATER.items() if not doc.has_annotation(attribute)]
    if lacking:
        it = ", ".join(words.it for words in lacking)
        en = ", ".join(words.en for words in lacking)
        raise study_error(
            f"il modello `{name}` {nlp.meta['version']} non dà {it}: usane uno completo, per esempio "
            f'it_core_news_sm, o quello incluso (in study.toml: model = "{BUNDLED}")',
            f"the model `{name}` {nlp.meta['version']} does not give {en}: use a whole one, such as it_core_news_sm, "
            f'or the bundled one (in study.toml: model = "{BUNDLED}")',
            file=FILE,
        )


def _contents(nlp: Language) -> Iterator[tuple[str, bytes]]:
    folder = nlp.path
    if folder is not None and Path(folder).is_dir():
        files = (path for path in Path(folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
            yield path.relative_to(folder).as_posix(), path.read_bytes()
        return
    yield "config", nlp.config.to_str().encode()
    for label, component in nlp.pipeline:
        if hasattr(component, "to_bytes"):
            yield label, component.to_bytes(exclude=["vocab"])
