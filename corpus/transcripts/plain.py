"""Plain text and Markdown: labels in running text, or `speaker<TAB>text` lines. The source is the file itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.files.decoding import decode
from corpus.transcripts.clocks import milliseconds
from corpus.transcripts.tables import even_rows, read_captions, read_table, write_captions, write_rows
from corpus.transcripts.text import Line, Text, TextWriter

_LINE = re.compile(r"[^\n]+")
_LINEAR = re.compile(
    r"(?:\[?(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)\]?\t)?(?P<speaker>(?!\[?\d{1,2}:\d{2}(?::\d{2})?\]?\t)[^\s\t][^\t\n]{0,39})\t(?P<text>[^\n]*)"
)
_WHOLLY_STRESSED = re.compile(r"\s*(?P<mark>\*{1,3}|_{1,2})(?!\s)[^*_\n]+(?P=mark)\s*")
_HEADER = frozenset({"speaker", "parlante", "chi", "voce", "name", "nome"})


def read_plain(data: bytes, file: str) -> Text:
    """The lines of a text file; those of a table of speech say their speaker. Raises StudyError when it is no text."""
    source, encoding = decode(data, file)
    lines = [match for match in _LINE.finditer(source) if match[0].strip()]
    linear = [_LINEAR.fullmatch(source, *line.span()) for line in lines]
    timed = sum(match is not None and match["time"] is not None and match["text"].count("\t") == 0 for match in linear)
    tabbed = sum(line[0].count("\t") > 1 for line in lines)
    if lines and tabbed >= 0.8 * len(lines) > timed:
        table = _tabbed([line[0] for line in lines], encoding)
        if table is not None:
            return table
    if lines and sum(match is not None for match in linear) >= 0.8 * len(lines):
        return _linear(source, lines, linear, encoding)
    rows = [_piped_cells(line[0]) for line in lines if "|" in line[0]]
    if lines and len(rows) >= 0.8 * len(lines):
        spoken = read_table([row for row in rows if not _is_ruled(row)])
        if spoken:
            writer = TextWriter(encoding=encoding)
            write_rows(spoken, writer)
            return writer.text()
    # A line opens a paragraph when an empty line, or nothing, stands before it.
    ends = [0, *(line.end() for line in lines)]
    opens = (number == 0 or source.count("\n", ends[number], line.start()) > 1 for number, line in enumerate(lines))
    return Text(
        source,
        tuple(
            Line(*line.span(), opens=opening, stressed=_stressed(line))
            for line, opening in zip(lines, opens, strict=True)
        ),
        encoding=encoding,
    )


def _piped_cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _is_ruled(row: Sequence[str]) -> bool:
    """Whether a row is the line under a Markdown table's header, `---|:--`, or blank."""
    return not any(cell.strip(" -:") for cell in row)


def _tabbed(lines: Sequence[str], encoding: str) -> Text | None:
    """Three tabbed columns or more, as ELAN and Audacity export them; a line without tabs goes on with the last."""
    writer = TextWriter(encoding=encoding)
    rows: list[list[str]] = []
    for line in lines:
        cells = line.split("\t")
        if len(cells) > 2:
            rows.append(cells)
        elif rows:
            rows[-1][-1] += f" {line.strip()}"
        else:
            writer.notes.append(line.strip())
    rows = even_rows(rows)
    spoken = read_table(rows)
    captions = read_captions(rows) if not spoken else None
    write_rows(spoken or [], writer)
    write_captions(captions or [], writer)
    return writer.text() if spoken or captions else None


def _stressed(line: re.Match[str]) -> int:
    return len(line[0]) if _WHOLLY_STRESSED.fullmatch(line[0]) else 0


def _linear(source: str, lines: list[re.Match[str]], linear: list[re.Match[str] | None], encoding: str) -> Text:
    spoken: list[Line] = []
    notes: list[str] = []
    for number, (line, match) in enumerate(zip(lines, linear, strict=True)):
        if match is not None and not (number == 0 and match["speaker"].strip().casefold() in _HEADER):
            speaker = " ".join(match["speaker"].split()).strip(" :*")
            time = milliseconds(match["time"] or "")
            spoken.append(Line(match.start("text"), match.end("text"), speaker=speaker, start_ms=time))
        elif spoken:
            spoken[-1] = replace(spoken[-1], end=line.end())
        else:
            notes.append(line[0].strip())
    return Text(source, tuple(spoken), tuple(notes), encoding=encoding)
