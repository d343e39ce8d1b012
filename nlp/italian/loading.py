"""Loads the spaCy pipeline that a study names and says exactly which one it is.

It never downloads, and never takes another pipeline than the one that was asked for.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

import nlp.italian.lemmatizer  # noqa: F401  registers the component that the bundled model names
from corpus.errors import StudyError, study_error
from nlp.italian.product import multiply_with_numpy
from nlp.model_files import BUNDLED, MODEL

_PUBLISHED = ("it_core_news_sm", "it_core_news_md", "it_core_news_lg")


@cache
def load_pipeline(name: str = BUNDLED) -> Language:
    """The spaCy pipeline called `name`, opened once: "trama" is the bundled one, any other an installed spaCy package.

    Raises StudyError when it is not installed, cannot be opened by this spaCy, or is not for Italian.
    """
    if name == BUNDLED:
        if not (MODEL / "meta.json").is_file():
            raise _missing_bundled()
        return _open(MODEL, name)
    if not spacy.util.is_package(name):
        raise _not_installed(name)
    return _open(name, name)


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
        nlp = spacy.load(target)
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise study_error(
            f"il modello `{name}` è installato ma non si apre con spaCy {spacy.__version__}: reinstallalo ({error})",
            f"the model `{name}` is installed but does not open with spaCy {spacy.__version__}: reinstall it ({error})",
        ) from error
    if nlp.lang != "it":
        raise study_error(
            f"il modello `{name}` non è per l'italiano (lingua `{nlp.lang}`): cambia [analysis] model in study.toml",
            f"the model `{name}` is not for Italian (language `{nlp.lang}`): change [analysis] model in study.toml",
        )
    return multiply_with_numpy(nlp)


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


def _missing_bundled() -> StudyError:
    return study_error(
        "manca il modello italiano incluso in Trama (cartella nlp/italian/model): installa di nuovo Trama",
        "the Italian model bundled with Trama is missing (folder nlp/italian/model): install Trama again",
    )


def _not_installed(name: str) -> StudyError:
    command = f"python -m spacy download {name}" if name in _PUBLISHED else f"python -m pip install {name}"
    return study_error(
        f'il modello `{name}` non è installato. Installalo con: {command} (oppure in study.toml: model = "{BUNDLED}")',
        f'the model `{name}` is not installed. Install it with: {command} (or in study.toml: model = "{BUNDLED}")',
    )
