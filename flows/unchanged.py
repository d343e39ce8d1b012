"""Whether a run would give what the latest one gave: the same study, the same Trama, the same models."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import corpus
import flows
import nlp
import outputs
from corpus.language import Language
from corpus.store import code_fingerprint, content_key
from outputs.manifest import readable_manifest, versions
from outputs.run_folder import latest_run


def run_identity(hashes: Mapping[str, str], models: Mapping[str, Any], language: Language) -> str:
    """A hash of everything that decides what a run writes: input files (path -> SHA-256), models, code, language."""
    code = code_fingerprint(*(Path(room.__path__[0]) for room in (corpus, nlp, outputs, flows)))
    return content_key("run", dict(hashes), dict(models), code, versions(), language)


def unchanged_run(study: Path, identity: str) -> Path | None:
    """The latest run of the study in folder `study` if it is whole and has this identity, else None."""
    run = latest_run(study)
    return run if run is not None and readable_manifest(run).get("identity") == identity else None
