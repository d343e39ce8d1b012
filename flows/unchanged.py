"""Whether a run would give what the latest one gave: the same study, the same Trama, the same models.

Answers from hashes alone, loads no model and starts no server: a night in which nothing changed costs seconds. A
server of language models, where a study wants one and it is there, is asked which model it holds.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import StudyError
from corpus.fingerprint import code_of_rooms
from corpus.input_files import input_hashes
from corpus.new_study.example import folder_read
from corpus.settings import LLM, AnalysisSection, Settings, read_settings
from corpus.store import content_key
from corpus.words.language import Language
from nlp.model_files import model_files_hash
from outputs.run.folder import latest_run
from outputs.run.manifest import problems_of, readable_manifest, versions


def run_identity(hashes: Mapping[str, str], options: AnalysisSection, language: Language) -> str:
    """A hash of everything that decides what a run writes: input files (path -> SHA-256), models, code, language."""
    code = code_of_rooms("corpus", "nlp", "outputs", "flows")
    return content_key("run", dict(hashes), model_files_hash(options), code, versions(), language)


def unchanged_run(study: Path, language: Language | None, strict: bool = False) -> Path | None:
    """The latest run of the study in folder `study` if a run now would give the same, else None.

    With `strict`, None too where that run had to leave something out: the run to come has to stop for it.
    """
    latest = latest_run(study)
    manifest = readable_manifest(latest) if latest else {}
    if "identity" not in manifest or (strict and any(severity == "error" for severity, _ in problems_of(manifest))):
        return None
    try:
        settings = read_settings(folder_read(study))
    except StudyError:  # the run itself reports it
        return None
    identity = run_identity(input_hashes(study), settings.analysis, language or settings.study.language)
    return latest if identity == manifest["identity"] and _same_reader(settings, manifest) else None


def _same_reader(settings: Settings, manifest: Mapping[str, Any]) -> bool:
    """Whether the language model that the study asks is the one of the run; it is where nobody can tell.

    A model that was pulled anew keeps its name. A server that is not there makes no run: the latest one stays.
    """
    if not settings.asks_llm:
        return True
    from nlp.llm.server import find_model  # with what speaks to servers

    try:
        return find_model(settings.llm).about() == manifest.get("models", {}).get(LLM)
    except StudyError:
        return True
