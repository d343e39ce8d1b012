"""Passages that people coded, `codings.csv`, each found in its transcript. Never takes other words for a quote."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import CodingReader
from corpus.codings.quotations import Place, Wording, find_typed, nearest
from corpus.codings.settled_codings import settle_rows
from corpus.errors import Problem, listed
from corpus.records import Theme
from corpus.tables.sheets import Row, read_sheet
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_NAMES

FILE = "codings.csv"
REQUIRED = ("transcript", "code")
OPTIONAL = ("start", "end", "quote", "stance", "coder")
_STANCE = 5  # its place among the cells
_OFFERED = 3  # places that a message names
_LONG = 20  # signs: a shorter quotation may stand anywhere
_EXCERPT = 8  # words of a passage that a message shows


@dataclass
class _Coded:
    """A coding that was read: the row it stands in and its cells, in the order of HumanCodings."""

    row: int
    cells: list[object]


@dataclass
class _Reader(CodingReader):
    """codings.csv being read; `moved` are the rows whose quote does not stand at their positions."""

    moved: list[int] = field(default_factory=list)


def read_human_codings(
    folder: Path, texts: Mapping[str, Wording], themes: Sequence[Theme], file: str = FILE
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame, sorted by transcript, position, theme and coder, and what is wrong.

    `texts` are the transcripts by id. A theme is named by its code or label, or is "no theme". `start` and `end` count
    the characters of the source from 0, end exclusive. Where they are blank or do not hold the quote, the quote is
    searched (corpus.codings.quotations) and the place nearest to `start` is taken. A row whose passage is not found is
    left out. Rows of one passage, theme and coder are one coding, whose stance is the first that is given. Raises
    StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, file, REQUIRED, OPTIONAL)
    reader = _Reader(sheet.file, texts, ThemeNames(themes), list(sheet.problems))
    coded: dict[tuple[object, ...], _Coded] = {}
    for row, transcript, theme in list(_known_rows(reader, sheet.rows)):
        passage = _passage(reader, row, texts[transcript], transcript)
        if passage is None:
            continue
        start, end = passage
        stance = reader.stance(row["stance"], row.number, "stance")
        cells = [transcript, start, end, texts[transcript].source[start:end], theme, stance]
        key = (transcript, start, end, theme, fold(row["coder"]))
        if key in coded:
            _join(reader, coded[key], row, stance)
        else:
            coded[key] = _Coded(row.number, [*cells, row["coder"], False])
    if reader.moved:
        rows = listed(reader.moved)
        number = len(reader.moved)
        it = f"{number} citazioni non erano alle posizioni indicate, ritrovate altrove: righe {rows}"
        en = f"{number} quotes did not stand at their positions and were found elsewhere: rows {rows}"
        reader.note(it, en, reader.moved[0], "start", warning=True)
    codings, disagreements = settle_rows([coding.cells for coding in coded.values()], reader.file)
    return codings, (*reader.problems, *disagreements)


def _join(reader: _Reader, first: _Coded, row: Row, stance: str) -> None:
    """A second row for one passage, theme and coder: it may add a stance, and never takes one back."""
    before = str(first.cells[_STANCE])
    if stance and not before:
        first.cells[_STANCE] = stance
        given = STANCE_NAMES[stance]
        it = (
            f"la stessa codifica è già alla riga {first.row}, senza posizione: vale la posizione `{given.it}` di questa"
        )
        en = (
            f"the same coding is already in row {first.row}, without stance: the stance `{given.en}` of this one counts"
        )
    elif stance and stance != before:
        counts = STANCE_NAMES[before]
        other = STANCE_NAMES[stance]
        it = f"la stessa codifica è alla riga {first.row} ma con un'altra posizione: vale `{counts.it}`, non "
        en = f"the same coding is already in row {first.row} but with another stance: `{counts.en}` counts, not "
        it, en = it + f"`{other.it}`", en + f"`{other.en}`"
    else:
        it = f"la stessa codifica è già alla riga {first.row}: vale quella"
        en = f"the same coding is already in row {first.row}: that one counts"
    reader.note(it, en, row.number, "stance" if stance not in ("", before) else "", warning=True)


def _known_rows(reader: _Reader, rows: Collection[Row]) -> Iterator[tuple[Row, str, str]]:
    """Rows with their transcript and theme, where both are known; each unknown name is reported once, with its rows."""
    unknown: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        transcript = transcript_called(row["transcript"], reader.texts)
        theme = reader.themes.find(row["code"]) if row["code"] else None
        if transcript is None:
            unknown.setdefault(("transcript", row["transcript"]), []).append(row.number)
        elif theme is None:
            unknown.setdefault(("code", row["code"]), []).append(row.number)
        else:
            yield row, transcript, theme
    for (column, name), numbers in unknown.items():
        alike = reader.themes.alike(name) if column == "code" else ()
        if not name:
            it, en = "cella vuota", "blank cell"
        elif column == "transcript":
            hint = suggestion(name, reader.texts)
            it = f"la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}"
            en = f"the transcript `{name}` does not exist or could not be read{hint.en}"
        elif len(alike) > 1:
            codes = ", ".join(f"`{code}`" for code in alike)
            it = f"più temi si chiamano `{name}`: scrivi il codice ({codes})"
            en = f"several themes are called `{name}`: write the code ({codes})"
        else:
            hint = suggestion(name, reader.themes.known())
            it = f"il tema `{name}` non è nel libro dei codici{hint.it}"
            en = f"the theme `{name}` is not in the codebook{hint.en}"
        it = f"{it}; righe lasciate fuori: {listed(numbers)}"
        en = f"{en}; rows left out: {listed(numbers)}"
        reader.note(it, en, numbers[0], column)


def _passage(reader: _Reader, row: Row, text: Wording, transcript: str) -> Place | None:
    given = _given(reader, row)
    quote = row["quote"]
    length = len(text.source)
    if given and 0 <= given[0] < given[1] <= length:
        if not quote or _holds(text.source[given[0] : given[1]], quote):
            return given
    elif given and not quote:
        it = f"le posizioni {given[0]}-{given[1]} non sono nella trascrizione ({length} caratteri): lasciata fuori"
        en = f"positions {given[0]}-{given[1]} are not in the transcript ({length} characters): left out"
        reader.note(it, en, row.number, "start")
        return None
    if not quote:
        it = "mancano sia la citazione sia le posizioni: riga lasciata fuori"
        en = "neither quote nor positions: row left out"
        reader.note(it, en, row.number, "quote")
        return None
    places = text.find(quote)
    if not places:
        _not_found(reader, row, text, transcript)
        return None
    if given:
        reader.moved.append(row.number)
    elif len(places) > 1:
        _several(reader, row, text, places)
    return nearest(places, given[0] if given else 0)


def _holds(passage: str, quote: str) -> bool:
    return quote in passage or bool(find_typed(quote, passage) or Wording(passage).find(quote))


def _several(reader: _Reader, row: Row, text: Wording, places: Sequence[Place]) -> None:
    first, *others = sorted(places)
    where = [f"{start}-{end}" for start, end in others[:_OFFERED]]
    more = " ..." if len(others) > _OFFERED else ""
    line = text.line(first[0])
    it = f"la citazione compare {len(places)} volte: vale la prima, {first[0]}-{first[1]} (riga {line} del testo)"
    en = f"the quote occurs {len(places)} times: the first counts, {first[0]}-{first[1]} (line {line} of the text)"
    it = f"{it}; per un'altra scrivi start ed end: {', '.join(where)}{more}"
    en = f"{en}; for another one give start and end: {', '.join(where)}{more}"
    reader.note(it, en, row.number, "quote", warning=True)


def _not_found(reader: _Reader, row: Row, text: Wording, transcript: str) -> None:
    """Say that the quote is not there, and where something like it is; nothing is taken in its place."""
    quote = row["quote"]
    it = f"la citazione non si trova nella trascrizione `{transcript}`: riga lasciata fuori"
    en = f"the quote is not found in the transcript `{transcript}`: row left out"
    near = text.near(quote)
    others = sorted(id for id in reader.texts if id != transcript and len(quote) >= _LONG)
    elsewhere = next((id for id in others if reader.texts[id].find(quote)), None)
    if elsewhere is not None:
        it, en = f"{it}; è invece in `{elsewhere}`", f"{en}; it is in `{elsewhere}` instead"
    elif near is not None:
        words = text.source[slice(*near)].split()
        shown = " ".join(words[:_EXCERPT]) + (" ..." if len(words) > _EXCERPT else "")
        start, end = near
        line = text.line(start)
        it = f"{it}; intendevi `{shown}` (riga {line} del testo)? Allora correggi la citazione, o scrivi al suo posto "
        en = f"{en}; did you mean `{shown}` (line {line} of the text)? Then mend the quote, or write in its place "
        it, en = f"{it}start {start} ed end {end}", f"{en}start {start} and end {end}"
    reader.note(it, en, row.number, "quote")


def _given(reader: _Reader, row: Row) -> Place | None:
    if not row["start"] and not row["end"]:
        return None
    if row["start"].isdecimal() and row["end"].isdecimal():
        return int(row["start"]), int(row["end"])
    column = "end" if row["start"].isdecimal() else "start"
    it = f"`{row[column]}` non è una posizione (un numero intero): la citazione è cercata nel testo"
    en = f"`{row[column]}` is no position (a whole number): the quote is searched in the text"
    reader.note(it, en, row.number, column, warning=True)
    return None
