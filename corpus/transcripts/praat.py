"""Praat TextGrid, long and short form: tiers as speakers, labelled intervals and points in the order of time."""

import re
from collections.abc import Iterator

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.praat_letters import spell_out
from corpus.transcripts.text import Text, TextWriter

# Praat itself reads the long form as the short one: all but free-standing texts, numbers and flags is decoration.
_TOKEN = re.compile(r'"(?P<text>(?:[^"]|"")*)"|(?<![\w\[.-])(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w\]])')


def read_praat(data: bytes, file: str) -> Text:
    """Every interval or point that has a label, by start, end and tier. Raises StudyError when the file is damaged."""
    source, encoding = decode(data, file)
    tokens = iter(_tokens(source))
    try:
        spoken = sorted(_spoken(tokens), key=lambda found: found[:3])
    except (StopIteration, ValueError, OverflowError):
        raise study_error(
            "non è un TextGrid leggibile: salvalo di nuovo con Praat come testo",
            "not a readable TextGrid: save it again with Praat as text",
            file=file,
        ) from None
    text = TextWriter(encoding=encoding)
    for start_ms, end_ms, _, speaker, said in spoken:
        text.add_spoken(speaker, said, start_ms, end_ms)
    return text.text()


def _tokens(text: str) -> Iterator[str | float]:
    for match in _TOKEN.finditer(text):
        if match["number"] is None:
            yield spell_out(match["text"].replace('""', '"'))
        else:
            yield float(match["number"])


def _spoken(tokens: Iterator[str | float]) -> list[tuple[int, int, int, str, str]]:
    if [next(tokens), next(tokens)] != ["ooTextFile", "TextGrid"]:
        raise ValueError("no TextGrid")
    next(tokens), next(tokens)
    found: list[tuple[int, int, int, str, str]] = []
    for tier in range(_count(tokens)):
        kind, speaker = str(next(tokens)), " ".join(str(next(tokens)).split())
        next(tokens), next(tokens)
        for _ in range(_count(tokens)):
            start = _milliseconds(tokens)
            end = _milliseconds(tokens) if kind == "IntervalTier" else start
            text = next(tokens)
            if not isinstance(text, str):
                raise ValueError("a label was expected")
            if text.strip():
                found.append((start, end, tier, speaker, text))
    return found


def _count(tokens: Iterator[str | float]) -> int:
    return int(next(tokens))


def _milliseconds(tokens: Iterator[str | float]) -> int:
    return round(float(next(tokens)) * 1000)
