"""ParlaTO's and ParlaBO's transcripts -> plain words for the vectors, and utterances for the teacher.

They have one transcription unit a line. Against KIParla's gold sentences, a change of speaker nearly always ends one,
while two units of one speaker are one sentence twice in three times; so those borders count only before a fresh start.
"""

from __future__ import annotations

from pathlib import Path

FRESH = "no sì eh ah mh mhmh okay ok allora quindi comunque vabbè boh beh ecco poi"

Utterance = list[str]


def transcripts(data: Path) -> list[Path]:
    """Every file of ParlaTO, then of ParlaBO."""
    return [path for corpus in ("parlato", "parlabo") for path in sorted((data / corpus / "txt").glob("*.txt"))]


def read_lines(path: Path) -> list[tuple[str, str]]:
    """(speaker, text) of every transcription unit of one file."""
    lines = (line.partition("\t") for line in path.read_text(encoding="utf8").splitlines())
    return [(speaker, text) for speaker, tab, text in lines if tab]


def read_units(path: Path) -> list[tuple[str, list[str]]]:
    """(speaker, words) of every transcription unit that has words; l'altro is two words."""
    units = ((speaker, text.replace("'", "' ").split()) for speaker, text in read_lines(path))
    return [(speaker, words) for speaker, words in units if words]


def utterances(units: list[tuple[str, list[str]]]) -> list[Utterance]:
    """Join the units of one speaker, unless the next one starts afresh."""
    result: list[Utterance] = []
    before = None
    for speaker, words in units:
        if speaker == before and words[0] not in FRESH.split():
            result[-1] = result[-1] + words
        else:
            result.append(words)
        before = speaker
    return result
