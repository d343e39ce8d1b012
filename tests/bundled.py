"""Where the studies lie that come with the repository: the sample for users, two to measure the coding of themes on."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
BUNDLED = {
    "sample": _ROOT / "corpus" / "sample",
    "quartiere": _ROOT / "tests" / "acceptance" / "quartiere",
    "giovani": _ROOT / "tests" / "acceptance" / "giovani",
}
