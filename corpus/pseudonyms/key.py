"""The key: which original stands behind which pseudonym. Kept in a folder of its own, never in a run or the store."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import study_error

FILE = "pseudonyms.json"
POSITIONS = "positions.csv"
_COLUMNS = ("file", "start", "end", "pseudonym", "pseudonym_start", "pseudonym_end")
_TAKEN = {"runs", ".trama", "transcripts"}

Form = tuple[str, ...]
"""A person by the small-letter words of the name, sorted: ("maria", "rossi"). Other kinds: one normalised string."""


@dataclass
class Key:
    """Kind -> number -> the forms that it stands for. Numbers are never given twice."""

    entries: dict[str, dict[int, set[Form]]] = field(default_factory=dict)

    def number(self, kind: str, form: Form) -> int:
        """The number of a form, the next free one of its kind when it has none yet."""
        numbers = self.entries.setdefault(kind, {})
        for number, forms in numbers.items():
            if form in forms:
                return number
        return self.add(kind, form)

    def add(self, kind: str, form: Form) -> int:
        """A new number for a form."""
        numbers = self.entries.setdefault(kind, {})
        number = max(numbers, default=0) + 1
        numbers[number] = {form}
        return number


def pseudonym(kind: str, number: int) -> str:
    """`[PERSONA_3]`."""
    return f"[{kind}_{number}]"


def key_folder(study: Path, folder: str) -> Path:
    """The folder of the key, in the study or anywhere else. Raises StudyError for a place that leaves the house."""
    path = (study / folder).resolve()
    inside = path.relative_to(study.resolve()).parts if path.is_relative_to(study.resolve()) else (folder,)
    if not inside or inside[0] in _TAKEN:
        raise study_error(
            f"`privacy.key_folder`: la chiave non può stare in `{folder}`: scegli una cartella a parte",
            f"`privacy.key_folder`: the key cannot stand in `{folder}`: choose a folder apart",
            file="study.toml",
        )
    return path


def read_key(folder: Path) -> Key:
    """The key in `folder`, empty when there is none yet. Raises StudyError when the file is damaged."""
    path = folder / FILE
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return Key({str(kind): _forms_by_number(numbers) for kind, numbers in written.items()})
    except FileNotFoundError:
        return Key()
    except (OSError, ValueError, AttributeError, TypeError):
        raise study_error(
            "la chiave degli pseudonimi non si può leggere: rimetti una copia buona, o spostala altrove per"
            " ricominciare la numerazione",
            "the key of the pseudonyms cannot be read: put back a good copy, or move it away to number anew",
            file=f"{folder.name}/{FILE}",
        ) from None


def _forms_by_number(written: Mapping[str, Iterable[Iterable[str]]]) -> dict[int, set[Form]]:
    return {int(number): set(map(tuple, forms)) for number, forms in written.items()}


def write_key(folder: Path, key: Key, positions: Mapping[str, Iterable[tuple[int, int, str, int, int]]]) -> None:
    """Key and positions into `folder`, readable by their owner alone (0700, files 0600).

    `positions`: file of the transcript -> start, end in its original source, pseudonym, start, end in the pseudonymised
    one. Each file appears whole or not at all. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ordered: dict[str, dict[str, list[list[str]]]] = {}
    for kind, numbers in sorted(key.entries.items()):
        ordered[kind] = {str(number): sorted(map(list, forms)) for number, forms in sorted(numbers.items())}
    _write(folder / FILE, json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")
    with tempfile.SpooledTemporaryFile(mode="w+", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter=";", lineterminator="\n")
        writer.writerow(_COLUMNS)
        for file, passages in sorted(positions.items()):
            writer.writerows([file, *passage] for passage in passages)
        lines.seek(0)
        _write(folder / POSITIONS, lines.read())


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".partial")  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
