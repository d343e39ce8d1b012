"""The words of a transcript line by line, as they are kept after cleaning. Judges none of them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from corpus.records import Transcript, Turn

Kind = Literal["label", "time", "page", "program", "repetition", "line", "shape"]


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """What is kept of one line of the source: `text` as cleaned, `written` as it stands there, stress marks too.

    `number` counts the source's lines from 1. `opens_turn` and `opens_unit` say whether a turn, or a paragraph or cue
    of it, begins here; `start_ms` is None where the file has no times.
    """

    number: int
    text: str
    written: str
    turn: int
    speaker: str
    opens_turn: bool
    opens_unit: bool
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is no speech in a line: its kind, and the piece of the line that looks so."""

    kind: Kind
    line: SpokenLine
    text: str


def spoken_lines(transcript: Transcript) -> list[SpokenLine]:
    """The lines of every turn in order; lines of which cleaning left nothing are not among them."""
    ends = [match.start() for match in re.finditer("\n", transcript.source)]
    return [line for turn in transcript.turns for line in _lines_of(turn, transcript.source, ends)]


def _lines_of(turn: Turn, source: str, ends: list[int]) -> Iterator[SpokenLine]:
    units = {unit.start: unit for unit in reversed(turn.units)}
    time = turn.start_ms
    opens_turn = True
    for number, copied in groupby(turn.alignment.pieces, key=lambda piece: bisect_left(ends, piece[1])):
        pieces = list(copied)
        start, begins, _ = pieces[0]
        last, ends_with, length = pieces[-1]
        if start == last + length:
            continue
        unit = units.get(start)
        time = unit.start_ms if unit is not None and unit.start_ms is not None else time
        yield SpokenLine(
            number=number + 1,
            text=turn.text[start : last + length],
            written=source[_with_stress(source, begins) : ends_with + length],
            turn=turn.number,
            speaker=turn.speaker,
            opens_turn=opens_turn,
            opens_unit=unit is not None,
            start_ms=time,
        )
        opens_turn = False


def _with_stress(source: str, start: int) -> int:
    """Where the stress marks begin that stand before `start`."""
    while start and source[start - 1] in "*_":
        start -= 1
    return start
