"""What another speaker says inside a turn, marked there with a label: `//S01: Davvero?//`, `(I: mhm)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.transcripts.reading import Utterance

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
        parted += _parts(source, replace(utterance, speaker=_plain(utterance.speaker)), holder, speakers, slashes)
    return parted


def _parts(source: str, utterance: Utterance, holder: str, speakers: set[str], slashes: bool) -> Iterator[Utterance]:
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
