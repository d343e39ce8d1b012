"""Praat TextGrid, long and short form: tiers as speakers, labelled intervals and points in the order of time."""

import re
from collections.abc import Iterator

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.layers import Tier, layers_of, speaker_of_tier, tell_layers
from corpus.transcripts.praat_letters import spell_out
from corpus.transcripts.text import NOBODY, Text, TextWriter

# Praat itself reads the long form as the short one: all but free-standing texts, numbers and flags is decoration.
_TOKEN = re.compile(r'"(?P<text>(?:[^"]|"")*)"|(?<![\w\[.-])(?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w\]])')


def read_praat(data: bytes, file: str) -> Text:
    """Every interval or point that has a label, by start, end and tier, but those of sounds or of words said twice.

    Raises StudyError when the file is damaged.
    """
    source, encoding = decode(data, file)
    try:
        tiers = list(_tiers(iter(_tokens(source))))
    except (StopIteration, RuntimeError, ValueError, OverflowError):
        raise study_error(
            "non è un TextGrid leggibile: salvalo di nuovo con Praat come testo",
            "not a readable TextGrid: save it again with Praat as text",
            file=file,
        ) from None
    layers = layers_of(tiers)
    text = TextWriter(encoding=encoding)
    text.warnings += tell_layers(layers, tiers)
    spoken = [
        (start, end, number, words)
        for number, tier in enumerate(tiers)
        for start, end, words in tier.labels
        if number not in layers
    ]
    for start_ms, end_ms, number, words in sorted(spoken):
        text.add_spoken(speaker_of_tier(tiers[number].name) or NOBODY, words, start_ms, end_ms)
    return text.text()


def _tokens(text: str) -> Iterator[str | float]:
    for match in _TOKEN.finditer(text):
        if match["number"] is None:
            yield spell_out(match["text"].replace('""', '"'))
        else:
            yield float(match["number"])


def _tiers(tokens: Iterator[str | float]) -> Iterator[Tier]:
    if [next(tokens), next(tokens)] != ["ooTextFile", "TextGrid"]:
        raise ValueError("no TextGrid")
    next(tokens), next(tokens)
    for _ in range(_count(tokens)):
        kind = str(next(tokens))
        name = " ".join(str(next(tokens)).split())
        labels: list[tuple[int, int, str]] = []
        next(tokens), next(tokens)
        for _ in range(_count(tokens)):
            start = _milliseconds(tokens)
            end = _milliseconds(tokens) if kind == "IntervalTier" else start
            text = next(tokens)
            if not isinstance(text, str):
                raise ValueError("a label was expected")
            if text.strip():
                labels.append((start, end, text))
        yield Tier(name, labels)


def _count(tokens: Iterator[str | float]) -> int:
    return int(next(tokens))


def _milliseconds(tokens: Iterator[str | float]) -> int:
    return round(float(next(tokens)) * 1000)
