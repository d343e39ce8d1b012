"""Which models a study would use, told by their files: that none changed, or that one is not there.

Opens no model and imports none: that takes seconds.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import StudyError, study_error
from corpus.settings import FILE, AnalysisSection
from corpus.store import folder_hash
from nlp.embeddings import DEFAULT, DISTRIBUTION, PACKAGE

BUNDLED = "trama"  # the pipeline that comes with Trama
MODEL = Path(__file__).parent / "italian" / "model"
_PUBLISHED = ("it_core_news_sm", "it_core_news_md", "it_core_news_lg")  # by spaCy, which has a command of its own


def model_files_hash(options: AnalysisSection) -> str:
    """A hash of the files of the spaCy pipeline and of the sentence encoder that `options` name, and their versions.

    What is not installed has the hash of no files; opening it is what reports it.
    """
    digest = hashlib.sha256()
    kind, _, folder = options.encoder.partition(":")
    pipeline = MODEL if options.model == BUNDLED else _package_folder(options.model)
    encoder = _package_folder(PACKAGE) if options.encoder == DEFAULT else Path(folder) if folder else None
    for model, by, where in (
        (options.model, "spacy", pipeline),
        (options.encoder, DISTRIBUTION if options.encoder == DEFAULT else kind, encoder),
    ):
        digest.update(f"{model}\n{installed_version(by)}\n{_folder_hash(where) if where else ''}\n".encode())
    return digest.hexdigest()


_folder_hash = cache(folder_hash)  # a model's files do not change while a process lives


def _package_folder(name: str) -> Path | None:
    spec = find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else None


def installed_version(distribution: str) -> str:
    """The version of an installed distribution, "" where it is not installed."""
    try:
        return version(distribution)
    except (PackageNotFoundError, ValueError):  # the second for no name at all
        return ""


def check_pipeline(name: str) -> None:
    """Raise StudyError, with the command that installs it, where the pipeline called `name` is not there."""
    if name == BUNDLED and not (MODEL / "meta.json").is_file():
        raise study_error(
            "manca il modello italiano incluso in Trama (cartella nlp/italian/model): installa di nuovo Trama",
            "the Italian model bundled with Trama is missing (folder nlp/italian/model): install Trama again",
        )
    if name != BUNDLED and not installed_version(name):
        raise _not_installed(name)


def install_command(name: str) -> str:
    """What a person types to have the pipeline called `name`, made for the spaCy that is there."""
    return f"python -m spacy download {name}" if name in _PUBLISHED else f"python -m pip install {name}"


def _not_installed(name: str) -> StudyError:
    command = install_command(name)
    return study_error(
        f'il modello `{name}` non è installato. Installalo con: {command} (oppure in study.toml: model = "{BUNDLED}")',
        f'the model `{name}` is not installed. Install it with: {command} (or in study.toml: model = "{BUNDLED}")',
        file=FILE,
    )
