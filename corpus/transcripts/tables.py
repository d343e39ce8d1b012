"""Tables with a column for the speaker and one for what is said. Works on cells, whatever format they come from."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from corpus.transcripts.clocks import milliseconds
from corpus.transcripts.program_labels import labels_of_programs
from corpus.transcripts.text import TextWriter
from corpus.words.roles import role_of_label

# What heads the columns, by its whole title or its first word; the first that is there counts.
_SPEAKER = str.split("participant partecipante parlante parlanti speaker chi voce nome name interlocutore turno tier")
_TEXT = str.split(
    "testo text trascrizione transcript parlato contenuto content enunciato battuta annotation annotazione utterance "
    "sentence frase value"
)
_BEGIN = str.split("tempo time timestamp inizio start ora minuto minutaggio begin tmin onset timecode")
_END = str.split("fine end stop tmax offset")
_OTHER = str.split("durata duration dur n num id nr numero number index riga row")
_CLOCK = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:\s*[-–].*)?[\])]?")
_SECONDS = re.compile(r"\d+(?:[.,]\d+)?")
# Nobody says a word in fifty seconds: times were counted in milliseconds.
_SLOWEST = 0.02
_RISING = 0.7
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SpeechRow:
    """What one row of a table says; the speaker of what nobody says, such as a heading across the table, is "".

    It is not `named` where its cell of the speaker is empty and it goes on with the row before.
    """

    speaker: str
    text: str
    start_ms: int | None
    end_ms: int | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class _Columns:
    speaker: int
    text: int
    begin: int | None
    end: int | None
    headed: bool


def write_rows(rows: Sequence[SpeechRow], writer: TextWriter) -> None:
    """What the rows of a table of speech say; what nobody says becomes a note."""
    for row in rows:
        if row.speaker:
            writer.add_spoken(row.speaker, row.text, row.start_ms, row.end_ms)
        else:
            writer.notes.append(" ".join(row.text.split()))


def even_rows(cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows in as many columns as most have: what a shorter one lacks is empty, more of a longer one is text."""
    lengths = Counter(len(row) for row in cells)
    width = max(lengths, key=lambda length: (lengths[length], length), default=0)
    return [
        [*row[: width - 1], " ".join(row[width - 1 :])] if len(row) >= width else [*row, *[""] * (width - len(row))]
        for row in cells
    ]


def write_captions(rows: Sequence[SpeechRow], writer: TextWriter) -> None:
    """What rows of times and text say, each a paragraph in which labels are to be found."""
    writer.speakers = labels_of_programs([row.text for row in rows])
    for row in rows:
        writer.add_paragraph(row.text, 0, row.start_ms, row.end_ms)


def read_table(cells: Sequence[Sequence[str | None]]) -> list[SpeechRow] | None:
    """Rows of a table of speech, None when it is some other table. A cell that the one at its left covers is None.

    The header names the columns; without one the text is the column with most words and the speaker the first other
    column whose short entries come back or name a role, unless each speaker has a column, headed by the name. A row
    without speaker goes on with the one before it. Times are clocks, seconds or milliseconds.
    What a cell across both columns holds is said by nobody, unless it opens with the label of one of the speakers; nor
    are remarks in other columns, of two words or more.
    """
    stripped = [_stripped(row) for row in cells]
    rows = [row for row in stripped if any(row)]
    unmerged = [_filled(row) for row in rows if None not in row]
    width = min((len(row) for row in unmerged), default=0)
    columns = _find_columns(unmerged, width) if width > 1 else None
    if columns is None:
        return _read_by_heading(rows) if width > 1 else None
    if columns.headed:
        rows = [row for row in rows if row != unmerged[0]]
    speakers = {_name(row[columns.speaker]).casefold() for row in unmerged if row[columns.text]} - {""}
    between = range(min(columns.speaker, columns.text) + 1, max(columns.speaker, columns.text) + 1)
    unit = _unit(rows, [columns.text], columns.begin)
    spoken: list[SpeechRow] = []
    speaking = ""
    for row in rows:
        if all(row[column] is None for column in between):
            spoken.append(_across(_shown(row, columns.text), speakers))
            continue
        name = _name(_shown(row, columns.speaker))
        text = _shown(row, columns.text)
        if text:
            speaking = name or speaking
            times = _time(row, columns.begin, unit), _time(row, columns.end, unit)
            spoken.append(SpeechRow(speaking, text, *times, named=bool(name)))
        elif name and name.casefold() not in speakers:  # a heading in the first column
            spoken.append(SpeechRow("", name, None))
    words = Counter[bool]()
    for line in spoken:
        words[bool(line.speaker)] += len(line.text.split())
    return [*_in_order(spoken), *_remarks(rows, columns)] if words[True] > words[False] else None


def _stripped(row: Sequence[str | None]) -> list[str | None]:
    return [cell and cell.strip() for cell in row]


def _filled(row: Sequence[str | None]) -> list[str]:
    return [cell or "" for cell in row]


def _in_order(rows: Sequence[SpeechRow]) -> list[SpeechRow]:
    """The rows by their beginnings where a program wrote one speaker after the other, as ELAN exports its tiers."""
    blocks = [speaker for speaker, _ in groupby(rows, key=lambda row: row.speaker)]
    one_by_one = len(set(blocks)) == len(blocks) and all(row.start_ms is not None for row in rows)
    return sorted(rows, key=lambda row: row.start_ms or 0) if one_by_one else list(rows)


def _remarks(rows: Sequence[Sequence[str | None]], columns: _Columns) -> list[SpeechRow]:
    """What stands once in the columns that nobody speaks in; what comes back there is a name or a mark."""
    read = (columns.speaker, columns.text, columns.begin, columns.end)
    cells = [cell for row in rows for column, cell in enumerate(row) if cell and column not in read]
    times = Counter(cells)
    return [SpeechRow("", cell, None) for cell in cells if times[cell] == 1 and len(_WORD.findall(cell)) > 1]


def read_captions(cells: Sequence[Sequence[str]]) -> list[SpeechRow] | None:
    """Rows of a table (of rows of one length) of times and text without a speaker, None when it is another one.

    It is headed so, as Whisper writes it, or has two columns of times before the text, as Audacity's labels have.
    """
    if not cells:
        return None
    text, begin, end = (_named(_header(cells[0]), names) for names in (_TEXT, _BEGIN, _END))
    rows = cells[1:]
    if text is None or begin is None:
        begin = 0
        end = 1
        text = 2
        rows = cells
        if len(cells[0]) != 3 or not (_are_times(_column(rows, begin)) and _are_times(_column(rows, end))):
            return None
    unit = _unit(rows, [text], begin)
    return [SpeechRow("", row[text].strip(), _time(row, begin, unit), _time(row, end, unit)) for row in rows]


def is_headed(header: Sequence[str]) -> bool:
    """Whether a table's first row names a column of text, and one of speakers or of times."""
    titles = _header(header)
    return _named(titles, _TEXT) is not None and any(_named(titles, names) is not None for names in (_SPEAKER, _BEGIN))


def _find_columns(rows: Sequence[Sequence[str]], width: int) -> _Columns | None:
    header = _header(rows[0])[:width]
    text = _named(header, _TEXT)
    speaker = _named(header, _SPEAKER)
    if text is not None and speaker is not None and text != speaker:
        return _Columns(speaker, text, _named(header, _BEGIN), _named(header, _END), headed=True)
    columns = [_column(rows, column) for column in range(width)]
    text = max(range(width), key=lambda column: len(" ".join(columns[column]).split()))
    times = [column for column in range(width) if column != text and _are_times(columns[column])]
    if not times:  # bare whole numbers are times where one column holds the ends to another's begins
        counted = [column for column in range(width) if column != text and _are_numbers(columns[column])]
        spans = any(_is_later(columns[first], columns[second]) for first, second in combinations(counted, 2))
        times = counted if spans else []
    speaker = next(
        (column for column in range(width) if column not in (text, *times) and _are_speakers(columns[column])), None
    )
    begin = times[0] if times else None
    end = next((column for column in times[1:] if _is_later(columns[begin or 0], columns[column])), None)
    if speaker is None:
        return None
    # A title for the speakers tells the header also where nobody knows the title of the text: `Chi`, `Che cosa dice`.
    names = [_name(row[speaker]).casefold() for row in rows]
    headed = _is_titled(header[speaker], _SPEAKER) and names.count(names[0]) == 1
    return _Columns(speaker, text, begin, end, headed=headed)


def _column(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    return [row[column] for row in rows]


def _is_later(begins: Sequence[str], ends: Sequence[str]) -> bool:
    """Whether one column of times holds the ends to the begins of another; else it says the same, or the lengths."""
    if _form(begins) != _form(ends):
        return False
    pairs = [
        (_cell_in_ms(begin, 1000.0) or 0, _cell_in_ms(end, 1000.0) or 0)
        for begin, end in zip(begins, ends, strict=True)
    ]
    return all(begin <= end for begin, end in pairs) and any(begin < end for begin, end in pairs)


def _form(times: Sequence[str]) -> str:
    """How a column writes times: `0:0:0.0`, `0.0` or `0`."""
    return re.sub(r"\d+", "0", next((time for time in times if time), ""))


def _read_by_heading(rows: Sequence[Sequence[str | None]]) -> list[SpeechRow] | None:
    """Rows of a table in which each speaker has a column, headed by the name, beside those of times.

    Without a column of times the headings must say who asks and who answers (`Domanda`, `Risposta`); what other columns
    hold there is said by nobody.
    """
    header = _header(_filled(rows[0]))
    begin = _named(header, _BEGIN)
    end = _named(header, _END)
    times = {
        column
        for column, title in enumerate(header)
        if column in (begin, end) or _is_titled(title, (*_OTHER, *_BEGIN, *_END))
    }
    speakers = {
        column: _name(rows[0][column] or "") for column, title in enumerate(header) if title and column not in times
    }
    if begin is None:
        return _questions_and_answers(rows, speakers)
    if len(speakers) < 2 or len(rows) < 2:
        return None
    unit = _unit(rows[1:], list(speakers), begin)
    spoken: list[SpeechRow] = []
    for row in rows[1:]:
        for column, name in speakers.items():
            text = row[column] if column < len(row) else None
            if text:
                spoken.append(SpeechRow(name, text, _time(row, begin, unit), _time(row, end, unit)))
    single = sum(len(_cells_with_words(row, speakers)) == 1 for row in rows[1:])
    return spoken if single >= 0.5 * (len(rows) - 1) else None


def _questions_and_answers(rows: Sequence[Sequence[str | None]], titles: Mapping[int, str]) -> list[SpeechRow] | None:
    """Rows of a table with a column for who asks and one for who answers; None where no headings say so."""
    roles = {column: role for column, title in titles.items() if (role := role_of_label(title)) is not None}
    if not {"interviewer", "respondent"} <= set(roles.values()) or len(rows) < 2:
        return None
    filled = ((column, row[column] or "") for row in rows[1:] for column in titles if column < len(row))
    return [SpeechRow(titles[column] if column in roles else "", text, None) for column, text in filled if text]


def _cells_with_words(row: Sequence[str | None], columns: Iterable[int]) -> list[str]:
    cells = [row[column] for column in columns if column < len(row)]
    return [cell for cell in cells if cell]


def _header(cells: Sequence[str]) -> list[str]:
    return [" ".join(re.sub(r"[_:*\-]+", " ", cell.casefold()).split()) for cell in cells]


def _unit(rows: Sequence[Sequence[str | None]], texts: Iterable[int], begin: int | None) -> float:
    """How many milliseconds a bare number in the column of times counts: as many as make it speech."""
    if begin is None:
        return 1000.0
    times = [float(cell.replace(",", ".")) for row in rows if _SECONDS.fullmatch(cell := _shown(row, begin))]
    words = sum(len(_shown(row, text).split()) for row in rows for text in texts)
    length = max(times, default=0) - min(times, default=0)
    return 1.0 if length > 0 and words / length < _SLOWEST else 1000.0


def _time(row: Sequence[str | None], column: int | None, unit: float) -> int | None:
    return _cell_in_ms(_shown(row, column), unit) if column is not None else None


def _cell_in_ms(cell: str, unit: float) -> int | None:
    return round(float(cell.replace(",", ".")) * unit) if _SECONDS.fullmatch(cell) else milliseconds(cell)


def _shown(row: Sequence[str | None], column: int) -> str:
    """What stands in a column: its own cell, or the one at its left that covers it."""
    return next((cell for cell in reversed(row[: column + 1]) if cell is not None), "")


def _across(text: str, speakers: set[str]) -> SpeechRow:
    """A cell across the table: a heading, or what somebody says where it opens with the label of a speaker."""
    label, colon, words = text.partition(":")
    speaks = colon and _name(label).casefold() in speakers
    return SpeechRow(_name(label), words.strip(), None) if speaks else SpeechRow("", text, None)


def _name(cell: str) -> str:
    return " ".join(cell.split()).strip(" :*.")


def _named(header: Sequence[str], names: Sequence[str]) -> int | None:
    """The first column that the first of `names` there is heads."""
    return next((column for name in names for column, title in enumerate(header) if _is_titled(title, (name,))), None)


def _is_titled(title: str, names: Sequence[str]) -> bool:
    return title in names or title.split(" ")[0] in names


def _are_times(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    clocks = sum(_CLOCK.fullmatch(cell) is not None for cell in filled)
    # Seconds with a fraction or milliseconds, which mostly rise, also where each tier has its own: no running number.
    bare = [cell for cell in filled if _SECONDS.fullmatch(cell) and (not cell.isdecimal() or len(cell) > 3)]
    counts = [float(cell.replace(",", ".")) for cell in bare]
    rising = sum(before < after for before, after in pairwise(counts)) >= _RISING * max(1, len(counts) - 1)
    return bool(filled) and (clocks >= 0.8 * len(filled) or (rising and len(counts) >= max(2, 0.8 * len(filled))))


def _are_numbers(cells: Sequence[str]) -> bool:
    return bool(cells) and all(_SECONDS.fullmatch(cell) for cell in cells)


def _are_speakers(cells: Sequence[str]) -> bool:
    filled = [cell.casefold() for cell in cells if cell]
    if not filled or any(len(cell) > 40 for cell in filled):
        return False
    counts = Counter(filled)
    known = sum(count for cell, count in counts.items() if count > 1 or role_of_label(cell))
    return known >= 0.5 * len(filled)
