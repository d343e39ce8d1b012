"""Plain text and Markdown: labels in running text, or `speaker<TAB>text` lines. The source is the file itself."""

import re

from corpus.transcripts.decoding import decode
from corpus.transcripts.labels import Line, milliseconds, read_labels
from corpus.transcripts.reading import Reading, Utterance

_LINE = re.compile(r"[^\n]+")
_LINEAR = re.compile(
    r"(?:\[?(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\]?\t)?(?P<speaker>[^\s\t][^\t\n]{0,39})\t(?P<text>[^\n]*)"
)
_HEADER = frozenset({"speaker", "parlante", "chi", "voce", "name", "nome"})


def read_plain(data: bytes, file: str) -> Reading:
    """Utterances of a text file. Raises StudyError when it is no text or names no speaker."""
    source = decode(data, file)
    lines = [match for match in _LINE.finditer(source) if match[0].strip()]
    linear = [_LINEAR.fullmatch(source, *line.span()) for line in lines]
    if lines and sum(match is not None for match in linear) >= 0.8 * len(lines):
        return _read_linear(source, lines, linear)
    # A line opens a paragraph when an empty line, or nothing, stands before it.
    ends = [0, *(line.end() for line in lines)]
    return read_labels(
        source,
        [
            Line(line.start(), line.end(), opens=number == 0 or source.count("\n", ends[number], line.start()) > 1)
            for number, line in enumerate(lines)
        ],
        file,
    )


def _read_linear(source: str, lines: list[re.Match[str]], linear: list[re.Match[str] | None]) -> Reading:
    utterances: list[Utterance] = []
    notes: list[str] = []
    for number, (line, match) in enumerate(zip(lines, linear, strict=True)):
        if match is not None and not (number == 0 and match["speaker"].strip().casefold() in _HEADER):
            speaker = " ".join(match["speaker"].split()).strip(" :*")
            utterances.append(
                Utterance(speaker, match.start("text"), match.end("text"), milliseconds(match["time"] or ""))
            )
        elif utterances:
            last = utterances[-1]
            utterances[-1] = Utterance(last.speaker, last.start, line.end())
        else:
            notes.append(line[0].strip())
    return Reading(source, utterances, tuple(notes))
