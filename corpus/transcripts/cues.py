"""The cues of WebVTT, SubRip and SubViewer files: when, who if the file says it, and what. Believes no label."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.transcripts.clocks import milliseconds

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
# Word processors make one sign of `-->`; SubViewer (.sbv) has a comma between two times to the millisecond.
_TIMING = re.compile(
    rf"^[ \t]*(?:(?P<start>{_CLOCK})[ \t]*(?:--?>|[–—]>|→)[ \t]*(?P<end>{_CLOCK})(?:[ \t][^\n]*)?"
    r"|(?P<from>\d{1,2}:\d{2}:\d{2}\.\d{3}),(?P<to>\d{1,2}:\d{2}:\d{2}\.\d{3})[ \t]*)$",
    re.MULTILINE,
)
# In WebVTT alone, and only after an empty line: `NOTE spese` may be somebody's words.
_COMMENT = re.compile(r"(?<=\n\n)(?:NOTE|STYLE|REGION)(?=[ \t\n]|\Z)[^\n]*(?:\n(?![^\n]*-->)[^\n]+)*")
# What stands before a cue's times is its name or number, after an empty line.
_NAME = re.compile(r"(?:\A|\n[ \t]*\n)(?P<name>[^\n]*\S[^\n]*)\n\Z")
_NUMBER = re.compile(r"\n[ \t]*(?P<number>\d{1,6})[ \t]*\n\Z")
# Webex writes the speaker there: `1 "Anna Bianchi" (123456)`.
_NAMED = re.compile(r"\d+[ \t]+\"(?P<speaker>[^\"]+)\"(?:[ \t]+\(\d*\))?")

VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>]+)>")
_BREAK = re.compile(r"<br\s*/?>|\\N", re.IGNORECASE)
_TAG = re.compile(r"</?(?!v[ .\t])(?:[a-zA-Z][^<>\n]*|\d[\d:.,]*)>|\{\\[^}\n]*\}")
_HIGHLIGHT = re.compile(r"<(?:u|b|i|c|font)\b[^<>\n]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from one time to another: `text` has its voices (`<v Anna>`) and escapes left, no other mark.

    `speaker` is named beside the text ("" where not), `highlight` counts the words before the first one set off by a
    mark (None without such a mark), as subtitles do that follow the voice word by word.
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""
    highlight: int | None = None


def find_cues(source: str) -> list[Cue]:
    """The cues of `source` in the order of time."""
    if source.startswith("WEBVTT"):
        source = _COMMENT.sub("", source)
    return sorted(_cues(source), key=lambda cue: (cue.start_ms, cue.end_ms))


def _cues(source: str) -> Iterator[Cue]:
    timings = list(_TIMING.finditer(source))
    _, name = _name_before(source, 0, timings[0].start(), 1) if timings else (0, "")
    for number, timing in enumerate(timings, 1):
        speaker = _NAMED.fullmatch(name)
        end = len(source)
        name = ""
        if number < len(timings):
            end, name = _name_before(source, timing.end(), timings[number].start(), number + 1)
        marked = _BREAK.sub("\n", source[timing.end() : end]).strip()
        highlight = _HIGHLIGHT.search(marked)
        yield Cue(
            milliseconds(timing["start"] or timing["from"]) or 0,
            milliseconds(timing["end"] or timing["to"]) or 0,
            _TAG.sub("", marked).strip(),
            " ".join(html.unescape(speaker["speaker"]).split()) if speaker else "",
            len(_TAG.sub("", marked[: highlight.start()]).split()) if highlight else None,
        )


def _name_before(source: str, start: int, end: int, number: int) -> tuple[int, str]:
    """Where the text before a cue's times ends, and the cue's name; a number may stand there without an empty line."""
    between = source[start:end]
    match = _NAME.search(between)
    if match is not None:
        return start + match.start(), match["name"].strip()
    match = _NUMBER.search(between)
    if match is not None and int(match["number"]) == number:
        return start + match.start(), match["number"]
    return end, ""
