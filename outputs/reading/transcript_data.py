"""One interview as the reading room shows it: turns, segments, what the machine proposes, what people decided."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from outputs.reading.opened import OpenedStudy
from outputs.tables.table import records


def turns_of(opened: OpenedStudy, transcript: str) -> list[dict[str, Any]]:
    """The turns with their segments; times in milliseconds from the recording's start, None where nobody noted them.

    `start:end` of a segment count in the transcript's source.
    """
    segments = opened.by_transcript[transcript]
    names = ("segment", "turn", "speaker", "role", "respondent", "start", "end", "start_ms", "text")
    columns = [segments[name].astype(object).where(segments[name].notna(), None).tolist() for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]
    return [_turn(list(of_turn)) for _, of_turn in groupby(rows, itemgetter("turn"))]


def proposals_of(opened: OpenedStudy, transcript: str) -> list[dict[str, Any]]:
    """What the machine proposes in the transcript."""
    proposals = opened.proposals
    here = proposals[proposals["segment"].isin(opened.by_transcript[transcript]["segment"])]
    return records(here)


def _turn(segments: list[dict[str, Any]]) -> dict[str, Any]:
    first = segments[0]
    return {
        "speaker": first["speaker"],
        "role": first["role"],
        "respondent": first["respondent"],
        "ms": first["start_ms"],
        "segments": [
            {"id": row["segment"], "text": row["text"], "ms": row["start_ms"], "start": row["start"], "end": row["end"]}
            for row in segments
        ],
    }
