"""Which models a study would use, told by their files, so that nothing need be loaded to know that none changed.

Opens no model and imports none: that takes seconds.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from corpus.settings import AnalysisSection
from corpus.store import folder_hash
from nlp.embeddings import DEFAULT, DISTRIBUTION, PACKAGE

BUNDLED = "trama"  # the pipeline that comes with Trama
MODEL = Path(__file__).parent / "italian" / "model"


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
    except PackageNotFoundError:
        return ""
