"""The words of a transcript line by line, as they are kept after cleaning. Judges none of them."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby

from corpus.records import Transcript
from corpus.transcripts.leftovers.kinds import Kind


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """What is kept of one line of the source: `text` as cleaned, `written` as it stands there, stress marks too.

    `number` counts the source's lines from 1. `opens_turn` and `opens_unit` say whether a turn, or a paragraph or cue
    of it, begins here.
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
    source = transcript.source
    ends = [match.start() for match in re.finditer("\n", source)]
    lines: list[SpokenLine] = []
    for turn in transcript.turns:
        units = {unit.start: unit for unit in reversed(turn.units)}
        pieces = groupby(turn.alignment.pieces, key=lambda piece: bisect_left(ends, piece[1]))
        opens_turn = True
        time = turn.start_ms
        for number, copied in pieces:
            first, *others = copied
            last = others[-1] if others else first
            start, end = first[0], last[0] + last[2]
            unit = units.get(start)
            time = unit.start_ms if unit is not None and unit.start_ms is not None else time
            if start < end:
                written = source[_with_stress(source, first[1]) : last[1] + last[2]]
                opens_unit = unit is not None or opens_turn
                text = turn.text[start:end]
                lines.append(
                    SpokenLine(number + 1, text, written, turn.number, turn.speaker, opens_turn, opens_unit, time)
                )
                opens_turn = False
    return lines


def _with_stress(source: str, start: int) -> int:
    """Where the stress marks begin that stand before `start`."""
    while start and source[start - 1] in "*_":
        start -= 1
    return start
