"""Times marked inside what somebody says. Splits utterances, opens no turns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from corpus.transcripts.clocks import TIME_OPENING, TIME_WITHIN, milliseconds
from corpus.transcripts.reading import Utterance

_REST_OF_SENTENCE = re.compile(r"\s*[.,;:?!…]+(?=\s|$)")
_DASH = re.compile(r"\s*[-–—]\s+")


def part_times(source: str, utterances: Iterable[Utterance], *, bare: bool = False) -> Iterator[Utterance]:
    """Utterances parted where a time is marked inside them: it is when what follows begins.

    A mark at the end of an utterance is when it ends, and when the next begins unless that has a time of its own. An
    utterance whose end the file tells apart from the text is left whole. Where times are `bare`, `0:03` at the
    beginning of a line is one too.
    """
    left: int | None = None
    for utterance in utterances:
        if utterance.end_ms is not None:
            left = None
            yield utterance
            continue
        if utterance.start_ms is None:
            utterance = replace(utterance, start_ms=left)
        pieces, left = _timed(source, utterance, TIME_OPENING if bare else TIME_WITHIN)
        yield from pieces


def _timed(source: str, utterance: Utterance, times: re.Pattern[str]) -> tuple[list[Utterance], int | None]:
    pieces: list[Utterance] = []
    start = utterance.start
    start_ms = utterance.start_ms
    for mark in times.finditer(source, utterance.start, utterance.end):
        time = milliseconds(mark[0])
        if time is None or (start_ms is not None and time < start_ms):
            continue  # no clock of this recording; cleaning takes it out of the words
        # The full stop after a mark belongs to the words before it.
        rest = _REST_OF_SENTENCE.match(source, mark.end(), utterance.end)
        if source[start : mark.start()].strip():
            end = rest.end() if rest else mark.start()
            pieces.append(replace(utterance, start=start, end=end, start_ms=start_ms))
        dash = _DASH.match(source, mark.end(), utterance.end) if not rest else None
        start = rest.end() if rest else dash.end() if dash else mark.end()
        start_ms = time
    if source[start : utterance.end].strip():
        pieces.append(replace(utterance, start=start, start_ms=start_ms))
        return pieces, None
    if start == utterance.start:
        return [utterance], None
    if pieces:
        pieces[-1] = replace(pieces[-1], end_ms=start_ms)
    return pieces, start_ms
