"""Tables with a column for the speaker and one for what is said. Works on cells, whatever format they come from."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.roles import role_of_label
from corpus.transcripts.labels import milliseconds

_SPEAKER = frozenset(str.split("parlante parlanti speaker chi voce nome name interlocutore turno"))
_TEXT = frozenset(str.split("testo text trascrizione transcript parlato contenuto content enunciato battuta"))
_TIME = frozenset(str.split("tempo time timestamp inizio start ora minuto minutaggio begin"))
_CLOCK = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:\s*[-–].*)?[\])]?")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of a table says."""

    speaker: str
    text: str
    start_ms: int | None


def read_table(cells: Sequence[Sequence[str]]) -> list[Row] | None:
    """Rows of a table of speech, None when it is some other table.

    The header names the columns; without one the text is the column with most words and the speaker the first other
    column whose short entries come back or name a role. A row without speaker goes on with the one before it.
    """
    rows = [[cell.strip() for cell in row] for row in cells if any(cell.strip() for cell in row)]
    width = min((len(row) for row in rows), default=0)
    if width < 2:
        return None
    header = [cell.casefold().strip(" :*") for cell in rows[0]]
    text = _named(header, _TEXT, width)
    speaker = _named(header, _SPEAKER, width)
    if text is not None and speaker is not None:
        time = _named(header, _TIME, width)
        rows = rows[1:]
    else:
        columns = [[row[column] for row in rows] for column in range(width)]
        text = max(range(width), key=lambda column: sum(len(cell.split()) for cell in columns[column]))
        time = next((column for column in range(width) if column != text and _are_times(columns[column])), None)
        speaker = next(
            (column for column in range(width) if column not in (text, time) and _are_speakers(columns[column])), None
        )
        if speaker is None:
            return None
    spoken: list[Row] = []
    for row in rows:
        name = " ".join(row[speaker].split()).strip(" :*.") or (spoken[-1].speaker if spoken else "")
        if name and row[text]:
            spoken.append(Row(name, row[text], milliseconds(row[time]) if time is not None else None))
    return spoken


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
