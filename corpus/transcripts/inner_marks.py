"""Marks inside what somebody says: another's words (`//S01: Davvero?//`, `(I: mhm)`) and times. Opens no turns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.transcripts.clocks import TIME_OPENING, TIME_WITHIN, milliseconds
from corpus.transcripts.utterances import Utterance

_NAME = r"[^\W_][^:/()\[\]{}<>\n]{0,39}?"
_SLASHES = "//"  # not those of an address, `https://`
_OPENS = r"(?:[(\[{/]|<{1,2})"
_WORDS = r"[^()\[\]{}<>/\n]+"
_CLOSES = r"(?:[)\]}/]|>{1,2})"
_MARK = re.compile(
    rf"(?<![:/]){_SLASHES}[ \t]*(?P<opens>{_NAME})[ \t]*:(?!/)"
    rf"|(?P<slashes>(?<![:/]){_SLASHES}(?!/))"
    rf"|(?<![(\[{{<\w/]){_OPENS}(?P<name>{_NAME})[ \t]*:[ \t]*(?P<words>{_WORDS}){_CLOSES}"
)
_REST_OF_SENTENCE = re.compile(r"\s*[.,;:?!…]+(?=\s|$)")
_DASH = re.compile(r"\s*[-–—]\s+")


def part_overlaps(source: str, utterances: Sequence[Utterance]) -> list[Utterance]:
    """The utterances, those parted in which another is marked to speak; what follows the mark's end goes on as before.

    Between slashes any name is a speaker, and slashes that a program left open end with the next ones, wherever they
    are; in brackets only a speaker who has turns of their own. Without a mark the utterances come back as they are.
    """
    speakers = {_plain(utterance.speaker).casefold() for utterance in utterances}
    slashes = any(
        mark["opens"] for utterance in utterances for mark in _MARK.finditer(source, utterance.start, utterance.end)
    ) or any(utterance.speaker.startswith(_SLASHES) for utterance in utterances)
    parted: list[Utterance] = []
    holder = ""
    for utterance in utterances:
        # noScribe gives an overlap the name `//S01`; what follows its end is again of who spoke before.
        if not utterance.speaker.startswith(_SLASHES) or not holder:
            holder = _plain(utterance.speaker)
        parted += _part_at_marks(
            source, replace(utterance, speaker=_plain(utterance.speaker)), holder, speakers, slashes
        )
    return parted


def _part_at_marks(
    source: str, utterance: Utterance, holder: str, speakers: set[str], slashes: bool
) -> Iterator[Utterance]:
    speaker = utterance.speaker
    start = utterance.start
    for mark in _MARK.finditer(source, utterance.start, utterance.end):
        if mark["name"] is not None:
            if mark["name"].casefold() not in speakers:
                continue
            yield from _stretch(source, utterance, speaker, start, mark.start())
            yield from _stretch(source, utterance, mark["name"], *mark.span("words"))
        elif slashes:
            yield from _stretch(source, utterance, speaker, start, mark.start())
            speaker = mark["opens"] or holder
        else:
            continue
        start = mark.end()
    if start == utterance.start:
        yield utterance
    else:
        yield from _stretch(source, utterance, speaker, start, utterance.end)


def _stretch(source: str, utterance: Utterance, speaker: str, start: int, end: int) -> Iterator[Utterance]:
    words = source[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    if start < end:
        yield replace(utterance, speaker=speaker, start=start, end=end)


def _plain(speaker: str) -> str:
    return speaker.lstrip("/ ") or speaker


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
