"""ParlaTO transcripts -> plain words for the vectors, and silver utterance borders for the sentence splitter.

ParlaTO has one transcription unit a line. Against KIParla's gold sentences, a change of speaker nearly always ends one,
while two units of one speaker are one sentence twice in three times; so those borders count only before a fresh start.
"""

from __future__ import annotations

import random
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

FRESH = "no sì eh ah mh mhmh okay ok allora quindi comunque vabbè boh beh ecco poi"
LONGEST = 16  # utterances a Doc

Utterance = list[str]


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


def silver_docs(folder: Path, vocab: Vocab, rng: random.Random, share: float) -> list[Doc]:
    """Docs of neighbouring utterances with sentence starts and no other annotation; a seeded share of all."""
    docs = []
    for path in sorted(folder.glob("*.txt")):
        spoken = utterances(read_units(path))
        start = 0
        while start < len(spoken):
            size = rng.randint(2, LONGEST)
            if rng.random() < share:
                docs.append(silver_doc(spoken[start : start + size], vocab))
            start += size
    return docs


def silver_doc(spoken: list[Utterance], vocab: Vocab) -> Doc:
    """One Doc from utterances; elided words keep no space before the next (l' altro -> l'altro)."""
    words = [word for utterance in spoken for word in utterance]
    starts: list[bool | int | None] = [position == 0 for utterance in spoken for position in range(len(utterance))]
    spaces = [not (word.endswith("'") and len(word) > 1) for word in words]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
