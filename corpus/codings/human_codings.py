"""Passages that people coded, `codings.csv`, each found in its transcript. Never takes other words for a quote."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import CodingReader
from corpus.codings.quotations import Place, Wording, find_typed, nearest
from corpus.codings.settled_codings import settle_rows
from corpus.errors import Notebook, Problem, listed
from corpus.records import Theme
from corpus.tables.sheets import Row, Sheet
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_NAMES

FILE = "codings.csv"
REQUIRED = ("transcript", "code")
OPTIONAL = ("start", "end", "quote", "stance", "coder")
_STANCE = 5  # its place among the cells
_OFFERED = 3  # places that a message names
_LONG = 20  # signs: a shorter quotation may stand anywhere


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
    sheet: Sheet, texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of codings.csv, sorted by transcript, position, theme and coder, and what is wrong.

    `texts` are the transcripts by id. A theme is named by its code or label, or is "no theme". `start` and `end` count
    the characters of the source from 0, end exclusive. Where they are blank or do not hold the quote, the quote is
    searched (corpus.codings.quotations) and the place nearest to `start` is taken. A row whose passage is not found is
    left out. Rows of one passage, theme and coder are one coding, whose stance is the first that is given.
    """
    reader = _Reader(sheet.notebook(), texts, ThemeNames(themes))
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
            coded[key] = _Coded(row.number, [*cells, row["coder"], False, True])
    if reader.moved:
        rows = listed(reader.moved)
        number = len(reader.moved)
        reader.notebook.warning(
            f"{number} citazioni non erano alle posizioni indicate, ritrovate altrove: righe {rows}",
            f"{number} quotes did not stand at their positions and were found elsewhere: rows {rows}",
            row=reader.moved[0],
            column="start",
        )
    codings, disagreements = settle_rows([coding.cells for coding in coded.values()], sheet.file)
    reader.notebook.add(disagreements)
    return codings, reader.notebook.problems


def _join(reader: _Reader, first: _Coded, row: Row, stance: str) -> None:
    """A second row for one passage, theme and coder: it may add a stance, and never takes one back."""
    page = reader.notebook.at(row.number)
    before = str(first.cells[_STANCE])
    if stance and not before:
        first.cells[_STANCE] = stance
        added = STANCE_NAMES[stance]
        page.warning(
            f"la stessa codifica è già alla riga {first.row}, senza posizione: vale la posizione `{added.it}` di "
            "questa",
            f"the same coding is already in row {first.row}, without stance: the stance `{added.en}` of this one "
            "counts",
            column="stance",
        )
    elif stance and stance != before:
        counts = STANCE_NAMES[before]
        other = STANCE_NAMES[stance]
        page.warning(
            f"la stessa codifica è alla riga {first.row} ma con un'altra posizione: vale `{counts.it}`, non "
            f"`{other.it}`",
            f"the same coding is already in row {first.row} but with another stance: `{counts.en}` counts, not "
            f"`{other.en}`",
            column="stance",
        )
    else:
        page.warning(
            f"la stessa codifica è già alla riga {first.row}: vale quella",
            f"the same coding is already in row {first.row}: that one counts",
        )


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
        why = _why_unknown(reader, column, name)
        reader.notebook.error(
            f"{why.it}; righe lasciate fuori: {listed(numbers)}",
            f"{why.en}; rows left out: {listed(numbers)}",
            row=numbers[0],
            column=column,
        )


def _why_unknown(reader: _Reader, column: str, name: str) -> Bilingual:
    alike = reader.themes.alike(name) if column == "code" else ()
    if not name and column == "code":
        return Bilingual(
            "cella vuota: scrivi il tema, o `nessun tema` per un passo letto in cui non ce n'è",
            "blank cell: write the theme, or `no theme` for a passage that was read and has none",
        )
    if not name:
        return Bilingual(
            "cella vuota: scrivi il nome del file, senza estensione",
            "blank cell: write the name of the file, without its ending",
        )
    if column == "transcript":
        hint = suggestion(name, reader.texts)
        return Bilingual(
            f"la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}: se il file ha un altro nome "
            "scrivi qui quello, senza estensione",
            f"the transcript `{name}` does not exist or could not be read{hint.en}: if the file has another name write "
            "that one here, without its ending",
        )
    if len(alike) > 1:
        codes = ", ".join(f"`{code}`" for code in alike)
        return Bilingual(
            f"più temi si chiamano `{name}`: scrivi il codice ({codes})",
            f"several themes are called `{name}`: write the code ({codes})",
        )
    hint = suggestion(name, reader.themes.known())
    return Bilingual(
        f"il tema `{name}` non è nel libro dei codici{hint.it}: correggi la cella, o aggiungilo lì",
        f"the theme `{name}` is not in the codebook{hint.en}: mend the cell, or add the theme there",
    )


def _passage(reader: _Reader, row: Row, text: Wording, transcript: str) -> Place | None:
    given = _given(reader, row)
    quote = row["quote"]
    length = len(text.source)
    page = reader.notebook.at(row.number)
    if given and 0 <= given[0] < given[1] <= length:
        if not quote or _holds(text.source[given[0] : given[1]], quote):
            return given
    elif given and not quote:
        page.error(
            f"le posizioni {given[0]}-{given[1]} non sono nella trascrizione ({length} caratteri): lasciata fuori",
            f"positions {given[0]}-{given[1]} are not in the transcript ({length} characters): left out",
            column="start",
        )
        return None
    if not quote:
        page.error(
            "mancano sia la citazione sia le posizioni: riga lasciata fuori",
            "neither quote nor positions: row left out",
            column="quote",
        )
        return None
    places = text.find(quote)
    if not places:
        _tell_not_found(reader, row, text, transcript)
        return None
    if given:
        reader.moved.append(row.number)
    elif len(places) > 1:
        _tell_several(text, places, page)
    return nearest(places, given[0] if given else 0)


def _holds(passage: str, quote: str) -> bool:
    return quote in passage or bool(find_typed(quote, passage) or Wording(passage).find(quote))


def _tell_several(text: Wording, places: Sequence[Place], page: Notebook) -> None:
    (start, end), *others = sorted(places)
    some = ", ".join(f"{start}-{end}" for start, end in others[:_OFFERED]) + (" ..." if others[_OFFERED:] else "")
    line = text.line(start)
    page.warning(
        f"la citazione compare {len(places)} volte: vale la prima, {start}-{end} (riga {line} del testo); "
        f"per un'altra scrivi start ed end: {some}",
        f"the quote occurs {len(places)} times: the first counts, {start}-{end} (line {line} of the text); "
        f"for another one give start and end: {some}",
        column="quote",
    )


def _tell_not_found(reader: _Reader, row: Row, text: Wording, transcript: str) -> None:
    """Say that the quote is not there, and where something like it is; nothing is taken in its place."""
    quote = row["quote"]
    hint = Bilingual("", "")
    likest = text.likest(quote)
    others = sorted(id for id in reader.texts if id != transcript and len(quote) >= _LONG)
    elsewhere = next((id for id in others if reader.texts[id].find(quote)), None)
    if elsewhere is not None:
        hint = Bilingual(f"; è invece in `{elsewhere}`", f"; it is in `{elsewhere}` instead")
    elif likest is not None:
        start, end = likest
        shown = text.excerpt(likest)
        line = text.line(start)
        hint = Bilingual(
            f"; intendevi `{shown}` (riga {line} del testo)? Allora correggi la citazione, o scrivi al suo posto "
            f"start {start} ed end {end}",
            f"; did you mean `{shown}` (line {line} of the text)? Then mend the quote, or write in its place "
            f"start {start} and end {end}",
        )
    reader.notebook.error(
        f"la citazione non si trova nella trascrizione `{transcript}`: riga lasciata fuori{hint.it}",
        f"the quote is not found in the transcript `{transcript}`: row left out{hint.en}",
        row=row.number,
        column="quote",
    )


def _given(reader: _Reader, row: Row) -> Place | None:
    if not row["start"] and not row["end"]:
        return None
    if row["start"].isdecimal() and row["end"].isdecimal():
        return int(row["start"]), int(row["end"])
    column = "end" if row["start"].isdecimal() else "start"
    reader.notebook.warning(
        f"`{row[column]}` non è una posizione (un numero intero): la citazione è cercata nel testo",
        f"`{row[column]}` is no position (a whole number): the quote is searched in the text",
        row=row.number,
        column=column,
    )
    return None
