"""The tables of the bundled studies as CSV files, whole or as the golden files keep them, and where two differ."""

import hashlib
import shutil
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from typing import get_args

from corpus.study import read_study
from corpus.words.language import Language
from outputs.csv_tables import write_csv
from outputs.run.record import read_run
from outputs.tables.all_tables import build_tables
from outputs.words.render import render_all

GOLDEN = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = get_args(Language)
TRAILS = "trails.txt"
_TRAIL_ENDINGS = (".citazioni.csv", ".rispondenti.csv")


def write_whole_tables(run: Path, folder: Path) -> None:
    """Write all CSV files of a finished run's results into `folder/<language>`, from tables built anew."""
    results = read_run(run).results
    loaded = read_study(run.resolve().parents[1])
    tables = build_tables(loaded, results)
    for language in LANGUAGES:
        write_csv(render_all(tables, language), folder / language, language)


def as_golden(whole: Path) -> dict[str, bytes]:
    """Name -> bytes of the golden files of one study, from the folder that `write_whole_tables` filled.

    Raises ValueError when a trail is not the same in every language: it holds keys alone.
    """
    files = {}
    trails = {}
    for path in sorted(whole.rglob("*.csv")):
        content = path.read_bytes()
        if not path.name.endswith(_TRAIL_ENDINGS):
            files[path.relative_to(whole).as_posix()] = content
        elif trails.setdefault(path.name, content) != content:
            raise ValueError(f"the trail {path.name} depends on the language")
    files[TRAILS] = "".join(_trail_line(name, trails[name]) for name in sorted(trails)).encode()
    return files


def read_golden(study: str) -> dict[str, bytes]:
    """Name -> bytes of the golden files of one study, as the repository has them."""
    folder = GOLDEN / study
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def renew_golden(study: str, whole: Path) -> None:
    """Put the golden files of one study in the place of those that the repository has."""
    folder = GOLDEN / study
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in as_golden(whole).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def describe_differences(golden: dict[str, bytes], built: dict[str, bytes], lines: int = 12) -> str:
    """What differs, a file after the other, with the first lines that do; empty when nothing does."""
    told = []
    for name in sorted(golden.keys() | built.keys()):
        if name not in built:
            told.append(f"{name}: no such table any more")
        elif name not in golden:
            told.append(f"{name}: a new table")
        elif golden[name] != built[name]:
            told.append(f"{name}:\n{_first_differences(golden[name], built[name], lines)}")
    return "\n".join(told)


def _first_differences(before: bytes, after: bytes, lines: int) -> str:
    changed = [line for line in unified_diff(_lines(before), _lines(after), n=0, lineterm="") if line[:2] != "@@"][2:]
    shown = changed[:lines]
    if len(changed) > lines:
        shown.append(f"... and {len(changed) - lines} more lines")
    return "\n".join(shown) or "  (line ends or marks alone differ)"


def _lines(content: bytes) -> Sequence[str]:
    return content.decode("utf-8-sig").split("\r\n")


def _trail_line(name: str, content: bytes) -> str:
    rows = content.count(b"\r\n") - 1
    return f"{hashlib.sha256(content).hexdigest()} {rows:6} {name}\n"
