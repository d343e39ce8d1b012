"""Turns into segments, the unit that is coded, and places in a segment back to the source. Runs no language model."""

import re
from collections.abc import Sequence

import pandas as pd

from corpus.records import Transcript, Turn
from corpus.schemas import Segments, empty
from corpus.settings import SegmentsSection
from corpus.transcripts.sentence_borders import is_punctuated, pack, sentences

# What a listener says to show that they listen: such a turn is no question.
_BACKCHANNELS = frozenset(
    str.split(
        "mh mhmh mhm hm hmm uhm ehm eh ah oh ok okay "
        "sì si no certo esatto ecco bene va vabbè cioè perfetto capito ho chiaro "
        "già allora beh ma dai grazie infatti giusto d'accordo"
    )
)
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def split_segments(turns: pd.DataFrame, transcripts: Sequence[Transcript], options: SegmentsSection) -> pd.DataFrame:
    """The Segments frame of a Turns frame: one or a few adjacent sentences of one turn each.

    Every character of a turn's clean text that is no space is in exactly one segment; a turn without words has none.
    Sentences end at their punctuation, and in unpunctuated speech at the transcriber's units too; no segment is longer
    than `options.max_words`. Times are those of the units that a segment touches, else of its turn. `question` is the
    interviewer's last turn before the segment that is more than a sign of listening.
    """
    records = {transcript.id: transcript for transcript in transcripts}
    rows: list[tuple[object, ...]] = []
    columns = ["transcript", "turn", "speaker", "role", "respondent"]
    for id, of_transcript in turns.groupby("transcript", sort=True):
        transcript = records[str(id)]
        by_number = {turn.number: turn for turn in transcript.turns}
        punctuated = is_punctuated([turn.text for turn in transcript.turns])
        question = ""
        number = 0
        for values in of_transcript[columns].itertuples(index=False, name=None):
            turn = by_number[values[1]]
            role = values[3]
            for start, end, words in _cut(turn, punctuated, options):
                number += 1
                source_start, source_end = turn.alignment.to_source(start, end)
                times = _times(turn, start, end)
                row = (f"{id}:{number:04d}", *values, source_start, source_end, start, *times)
                rows.append((*row, turn.text[start:end], words, question))
            if role == "interviewer" and not _is_backchannel(turn.text):
                question = turn.text
    if not rows:
        return empty(Segments)
    frame = pd.DataFrame(rows, columns=list(Segments.to_schema().columns))
    return Segments.validate(frame.astype({"start_ms": "Int64", "end_ms": "Int64"}))


def to_source(places: pd.DataFrame, segments: pd.DataFrame, transcripts: Sequence[Transcript]) -> pd.DataFrame:
    """`places` with two columns more, `source_start` and `source_end`: where in the transcript's source they stand.

    `places` has the columns segment, start and end, which count in the segment's text. The range holds all the source
    between the first and the last character, signs and labels included. Raises KeyError for an unknown segment.
    """
    alignments = {
        (transcript.id, turn.number): turn.alignment for transcript in transcripts for turn in transcript.turns
    }
    known = zip(*(segments[name].tolist() for name in ("segment", "transcript", "turn", "turn_start")), strict=True)
    origin = {segment: (alignments[transcript, turn], turn_start) for segment, transcript, turn, turn_start in known}
    ranges: list[tuple[int, int]] = []
    for segment, start, end in zip(*(places[name].tolist() for name in ("segment", "start", "end")), strict=True):
        alignment, turn_start = origin[segment]
        ranges.append(alignment.to_source(turn_start + start, turn_start + end))
    return places.assign(
        source_start=pd.Series([start for start, _ in ranges], index=places.index, dtype="int64"),
        source_end=pd.Series([end for _, end in ranges], index=places.index, dtype="int64"),
    )


def _cut(turn: Turn, punctuated: bool, options: SegmentsSection) -> list[tuple[int, int, int]]:
    ends = [unit.end for unit in turn.units]
    parts = sentences(turn.text, ends, punctuated=punctuated)
    return pack(turn.text, parts, ends, target_words=options.target_words, max_words=options.max_words)


def _times(turn: Turn, start: int, end: int) -> tuple[int | None, int | None]:
    touched = [unit for unit in turn.units if unit.start < end and unit.end > start]
    begins = [unit.start_ms for unit in touched if unit.start_ms is not None]
    ends = [unit.end_ms for unit in touched if unit.end_ms is not None]
    return min(begins, default=turn.start_ms), max(ends, default=turn.end_ms)


def _is_backchannel(text: str) -> bool:
    return "?" not in text and all(word in _BACKCHANNELS for word in _WORDS.findall(text.casefold()))
