"""What would be replaced in a study, for the terminal of the person who may see it. Writes nothing."""

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from corpus.pseudonyms.masking import mask_study
from corpus.study import Study
from nlp.privacy.study_masker import masker_of


class Replacement(NamedTuple):
    """An original as it is written in the interviews, its pseudonym, how often and where, and the words around once."""

    pseudonym: str
    original: str
    times: int
    transcripts: tuple[str, ...]
    context: str


def preview(study: Study, pipeline: Any, folder: Path) -> list[Replacement]:
    """Every original of the sources with its pseudonym, sorted by kind and number, then by spelling."""
    masked = mask_study(study, masker_of(study, pipeline, folder).find)
    originals = {transcript.id: transcript.source for transcript in study.transcripts}
    ids = dict(zip((t.file for t in study.transcripts), originals, strict=True))
    by_masked = {masked.file(file): original for file, original in ids.items()}
    times: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], list[str]] = {}
    around: dict[tuple[str, str], str] = {}
    for transcript in masked.study.transcripts:
        original = by_masked[transcript.file]
        source = originals[original]
        for edit in masked.sources[transcript.id].edits:
            key = (edit.pseudonym, " ".join(source[edit.start : edit.end].split()))
            times[key] += 1
            where.setdefault(key, []).append(original)
            around.setdefault(key, " ".join(source[max(0, edit.start - 30) : edit.end + 30].split()))
    rows = (Replacement(*key, times[key], tuple(dict.fromkeys(where[key])), around[key]) for key in times)
    return sorted(rows, key=lambda row: (row.pseudonym.rpartition("_")[0], _number(row.pseudonym), row.original))


def _number(pseudonym: str) -> int:
    return int(pseudonym.rpartition("_")[2].rstrip("]"))
