"""WebVTT and SubRip subtitles: cues in the order of time, voices as speakers. Keeps no position, colour or font."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import study_error
from corpus.files.decoding import decode, tidy
from corpus.transcripts.labels import find_label, milliseconds
from corpus.transcripts.text import Line, Text, TextWriter

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"^[ \t]*(?P<start>{_CLOCK})[ \t]*-->[ \t]*(?P<end>{_CLOCK})[^\n]*$", re.MULTILINE)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]*|\d[\d:.,]*)>|\{\\[^}\n]*\}")
# What stands at a cue's end and belongs to the next one: its number or name, after the empty line.
_NEXT_NAME = re.compile(r"\n[ \t]*\n[^\n]*\n?\s*$")
_COMMENT = re.compile(r"^(?:NOTE|STYLE|REGION)\b[^\n]*(?:\n[^\n]+)*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    text: str


def read_subtitles(data: bytes, file: str) -> Text:
    """Cues as utterances with their times; a cue without voice or label goes on with the speaker before it.

    Raises StudyError when there is no cue, or none names its speaker.
    """
    source, encoding = decode(data, file)
    cues = sorted(_cues(_COMMENT.sub("", source)), key=lambda cue: (cue.start_ms, cue.end_ms))
    if not cues:
        raise study_error(
            "nessun sottotitolo trovato: esporta di nuovo il file come .vtt o .srt",
            "no cue found: export the file again as .vtt or .srt",
            file=file,
        )
    text = TextWriter(encoding=encoding)
    for cue in cues:
        before, *voices = _VOICE.split(cue.text)
        if _plain(before):
            for part in _by_label(_plain(before)):
                text.add_paragraph(part, 0, cue.start_ms, cue.end_ms)
        for name, said in zip(voices[::2], voices[1::2], strict=True):
            text.add_spoken(" ".join(html.unescape(name).split()), _plain(said), cue.start_ms, cue.end_ms)
    return text.text()


def _by_label(said: str) -> list[str]:
    """The lines of a cue, those put together that go on with a line before them: two people may share a cue."""
    parts: list[str] = []
    for line in said.split("\n"):
        label = find_label(line, Line(0, len(line)))
        if parts and (label is None or label.sign != "colon"):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return parts


def _cues(source: str) -> Iterator[_Cue]:
    timings = list(_TIMING.finditer(source))
    for number, timing in enumerate(timings):
        if number + 1 < len(timings):
            body = _NEXT_NAME.sub("", source[timing.end() : timings[number + 1].start()] + "\n")
        else:
            body = source[timing.end() :]
        yield _Cue(_time(timing["start"]), _time(timing["end"]), body.strip())


def _time(clock: str) -> int:
    return milliseconds(clock) or 0


def _plain(text: str) -> str:
    return tidy(html.unescape(_TAG.sub("", text))).strip()
