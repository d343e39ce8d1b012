"""Texts whose names and figures are marked by hand, and how much of them a masker finds."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.pseudonyms.key import Key
from corpus.pseudonyms.masking import Masked, mask_study
from corpus.study import read_study
from nlp.privacy import build_masker

MARK = re.compile(r"\[([^|\]]*)\|([A-Z_]+)\|([^\]]*)\]")


class Marked(NamedTuple):
    transcript: str
    start: int
    end: int
    kind: str
    who: str
    surface: str


def read_marked(path: Path) -> dict[str, tuple[str, list[Marked]]]:
    """Transcript -> its text without marks, and what is marked in it."""
    found: dict[str, tuple[str, list[Marked]]] = {}
    blocks = re.split(r"^# (H\d+).*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for name, block in zip(blocks[1::2], blocks[2::2], strict=True):
        text = ""
        marks = []
        done = 0
        for match in MARK.finditer(block):
            text += block[done : match.start()]
            marks.append(Marked(name, len(text), len(text) + len(match[1]), match[2], match[3], match[1]))
            text += match[1]
            done = match.end()
        found[name] = (text + block[done:], marks)
    return found


def write_study(folder: Path, texts: dict[str, str], settings: str = "") -> Path:
    (folder / "transcripts").mkdir(parents=True)
    (folder / "study.toml").write_text(f'[study]\ntitle = "Prova"\n[privacy]\npseudonyms = true\n{settings}', "utf-8")
    (folder / "codebook.csv").write_text("code;label;definition\nlavoro;Lavoro;Il lavoro in biblioteca\n", "utf-8")
    for name, text in texts.items():
        (folder / "transcripts" / f"{name}.txt").write_text(text, "utf-8")
    return folder


def masked(folder: Path, pipeline: object, key: Key | None = None) -> Masked:
    study = read_study(folder)
    return mask_study(study, build_masker(study, pipeline, key or Key()).find)


def missed_and_wrong(result: Masked, marks: list[Marked]) -> tuple[list[Marked], list[tuple[str, str]]]:
    """Marks with a character left readable, and what was replaced that touches no mark."""
    missed = []
    wrong = []
    for transcript in {mark.transcript for mark in marks}:
        edits = result.sources[transcript].edits
        here = [mark for mark in marks if mark.transcript == transcript]
        missed += [mark for mark in here if not any(e.start <= mark.start and mark.end <= e.end for e in edits)]
        for edit in edits:
            if not any(edit.start < mark.end and mark.start < edit.end for mark in here):
                wrong.append((transcript, edit.pseudonym))
    return sorted(missed), sorted(wrong)


def pseudonyms_of(result: Masked, marks: list[Marked]) -> Iterator[tuple[Marked, str]]:
    for mark in marks:
        for edit in result.sources[mark.transcript].edits:
            if edit.start <= mark.start and mark.end <= edit.end:
                yield mark, edit.pseudonym
