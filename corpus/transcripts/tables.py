"""Tables with a column for the speaker and one for what is said. Works on cells, whatever format they come from."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.roles import role_of_label
from corpus.transcripts.clocks import milliseconds
from corpus.transcripts.text import TextWriter

_SPEAKER = frozenset(str.split("parlante parlanti speaker chi voce nome name interlocutore turno"))
_TEXT = frozenset(str.split("testo text trascrizione transcript parlato contenuto content enunciato battuta"))
_TIME = frozenset(str.split("tempo time timestamp inizio start ora minuto minutaggio begin"))
_CLOCK = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:\s*[-–].*)?[\])]?")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a table says; the speaker of what nobody says, such as a heading across the table, is ""."""

    speaker: str
    text: str
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class _Columns:
    speaker: int
    text: int
    time: int | None
    headed: bool


def write_rows(rows: Sequence[Row], writer: TextWriter) -> None:
    """What the rows of a table of speech say; what nobody says becomes a note."""
    for row in rows:
        if row.speaker:
            writer.add_spoken(row.speaker, row.text, row.start_ms)
        else:
            writer.notes.append(" ".join(row.text.split()))


def read_table(cells: Sequence[Sequence[str | None]]) -> list[Row] | None:
    """Rows of a table of speech, None when it is some other table. A cell that the one at its left covers is None.

    The header names the columns; without one the text is the column with most words and the speaker the first other
    column whose short entries come back or name a role. A row without speaker goes on with the one before it.
    What a cell across both columns holds is said by nobody, unless it opens with the label of one of the speakers.
    """
    rows = [[cell and cell.strip() for cell in row] for row in cells if any(cell and cell.strip() for cell in row)]
    whole = [[cell or "" for cell in row] for row in rows if None not in row]
    width = min((len(row) for row in whole), default=0)
    columns = _find_columns(whole, width) if width > 1 else None
    if columns is None:
        return None
    if columns.headed:
        rows = [row for row in rows if row != whole[0]]
    speakers = {_name(row[columns.speaker]).casefold() for row in whole if row[columns.text]} - {""}
    between = range(min(columns.speaker, columns.text) + 1, max(columns.speaker, columns.text) + 1)
    spoken: list[Row] = []
    speaking = ""
    for row in rows:
        if all(row[column] is None for column in between):
            spoken.append(_across(_shown(row, columns.text), speakers))
            continue
        name, text = _name(_shown(row, columns.speaker)), _shown(row, columns.text)
        if text:
            speaking = name or speaking
            start_ms = milliseconds(_shown(row, columns.time)) if columns.time is not None else None
            spoken.append(Row(speaking, text, start_ms))
        elif name and name.casefold() not in speakers:  # a heading in the first column
            spoken.append(Row("", name, None))
    words = Counter[bool]()
    for line in spoken:
        words[bool(line.speaker)] += len(line.text.split())
    return spoken if words[True] > words[False] else None


def _find_columns(rows: Sequence[Sequence[str]], width: int) -> _Columns | None:
    header = [cell.casefold().strip(" :*") for cell in rows[0]]
    text = _named(header, _TEXT, width)
    speaker = _named(header, _SPEAKER, width)
    if text is not None and speaker is not None:
        return _Columns(speaker, text, _named(header, _TIME, width), headed=True)
    columns = [[row[column] for row in rows] for column in range(width)]
    text = max(range(width), key=lambda column: sum(len(cell.split()) for cell in columns[column]))
    time = next((column for column in range(width) if column != text and _are_times(columns[column])), None)
    speaker = next(
        (column for column in range(width) if column not in (text, time) and _are_speakers(columns[column])), None
    )
    return _Columns(speaker, text, time, headed=False) if speaker is not None else None


def _shown(row: Sequence[str | None], column: int) -> str:
    """What stands in a column: its own cell, or the one at its left that covers it."""
    return next((cell for cell in reversed(row[: column + 1]) if cell is not None), "")


def _across(text: str, speakers: set[str]) -> Row:
    """A cell across the table: a heading, or what somebody says where it opens with the label of a speaker."""
    label, colon, words = text.partition(":")
    speaks = colon and _name(label).casefold() in speakers
    return Row(_name(label), words.strip(), None) if speaks else Row("", text, None)


def _name(cell: str) -> str:
    return " ".join(cell.split()).strip(" :*.")


def _named(header: Sequence[str], names: frozenset[str], width: int) -> int | None:
    return next((column for column in range(width) if header[column] in names), None)


def _are_times(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(_CLOCK.fullmatch(cell) is not None for cell in filled) >= 0.8 * len(filled)


def _are_speakers(cells: Sequence[str]) -> bool:
    filled = [cell.casefold() for cell in cells if cell]
    if not filled or any(len(cell) > 40 for cell in filled):
        return False
    counts = Counter(filled)
    known = sum(count for cell, count in counts.items() if count > 1 or role_of_label(cell))
    return known >= 0.5 * len(filled)
