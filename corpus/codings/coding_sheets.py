"""Worksheets of `trama suggest` that people filled in, read back as human codings. Never guesses what a cell means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER, CodingReader, coding_files
from corpus.codings.coding_sheet_layout import CODER, CODES, COLUMNS, MARK
from corpus.codings.quotations import Wording, nearest
from corpus.codings.settled_codings import settle_rows
from corpus.errors import Problem, StudyError, problem, study_error, told_of
from corpus.files.spreadsheets import read_all_sheets
from corpus.records import Theme
from corpus.tables.sheets import read_input
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_NAMES

_OTHERS = {".ods", ".csv", ".tsv", ".xls", ".xlsm", ".numbers"}  # in which a sheet may have been saved by mistake


@dataclass
class _Reader(CodingReader):
    """One worksheet being read; `headings` are what a person sees above each column."""

    headings: dict[str, str] = field(default_factory=dict)


def find_coding_sheets(folder: Path) -> list[Path]:
    """The workbooks in the study's `codings/`, by name."""
    return coding_files(folder, (".xlsx",))


def read_coding_sheets(
    folder: Path, texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of all worksheets in `codings/`, each passage `alone`, and what is wrong.

    `texts` are the transcripts by id. A row counts when somebody chose a code in it, or "no theme",
    which gives a coding with theme ""; rows left blank say nothing. A passage that has moved in its transcript is found
    by its words; one that is there no longer is reported and left out. A workbook that cannot be read is a Problem.
    """
    rows: list[tuple[object, ...]] = []
    problems: list[Problem] = []
    names = ThemeNames(themes)
    for path in find_coding_sheets(folder):
        reader = _Reader(f"{FOLDER}/{path.name}", texts, names)
        try:
            with told_of(reader.file):
                rows += _read(folder, reader)
        except StudyError as error:
            reader.problems += error.problems
        problems += reader.problems
    for path in coding_files(folder, _OTHERS):
        it, en = "non è un .xlsx: non è letto; salvalo come .xlsx", "not an .xlsx: it is not read; save it as .xlsx"
        problems.append(problem(it, en, f"{FOLDER}/{path.name}"))
    codings, disagreements = settle_rows(rows, FOLDER)
    return codings, (*problems, *disagreements)


def _read(folder: Path, reader: _Reader) -> list[tuple[object, ...]]:
    cells = read_all_sheets(read_input(folder, reader.file), reader.file)
    sheet, lines = next(((name, lines) for name, lines in cells.items() if _head(lines) is not None), ("", []))
    head = _head(lines)
    if head is None:
        raise study_error(
            "non è un foglio di `trama suggest`, o le colonne nascoste sono state tolte: nulla è stato letto",
            "not a worksheet of `trama suggest`, or its hidden columns were removed: nothing was read",
            file=reader.file,
        )
    reader.file = f"{reader.file} ({sheet})"
    place = {key: number for number, key in enumerate(lines[head]) if key}
    titles = lines[head + 1] if head + 1 < len(lines) else []
    reader.headings = {key: "".join(titles[number : number + 1]) for key, number in place.items()}
    coder = _coder(lines[:head])
    rows: list[tuple[object, ...]] = []
    filled = 0
    for number, line in enumerate(lines[head + 2 :], start=head + 3):
        row = {key: line[column] if column < len(line) else "" for key, column in place.items()}
        given = list(_given(reader, number, row))
        if not given:
            continue
        filled += 1
        passage = _passage(reader, number, row)
        if passage is not None:
            transcript, start, end = passage
            quote = reader.texts[transcript].source[start:end]
            rows += [(transcript, start, end, quote, theme, stance, coder, True) for theme, stance in given]
    if filled and not coder:
        coder = Path(reader.file.split(" (")[0]).stem
        it = f"manca il nome di chi ha codificato (cella in alto): vale il nome del file, `{coder}`"
        en = f"the coder's name (cell at the top) is missing: the file's name counts, `{coder}`"
        reader.note(it, en, 1, warning=True)
        rows = [(*row[:6], coder, row[7]) for row in rows]
    return rows


def _head(lines: Sequence[Sequence[str]]) -> int | None:
    """The hidden line with the names of the columns; the visible headings follow it."""
    wanted = set(COLUMNS)
    return next(
        (number for number, line in enumerate(lines[:20]) if [*line[:1]] == [MARK] and wanted <= set(line)), None
    )


def _coder(lines: Sequence[Sequence[str]]) -> str:
    for line in lines:
        for place, cell in enumerate(line[:-1]):
            if fold(cell.rstrip(":")) in {fold(text) for text in CODER}:
                return next((name for name in line[place + 1 :] if name), "")
    return ""


def _given(reader: _Reader, number: int, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The codes of one row, each with its stance; "" alone for `no theme`."""
    chosen: dict[str, str] = {}
    for place in range(1, CODES + 1):
        text = row[f"code_{place}"]
        stance_cell = row[f"stance_{place}"]
        column = reader.headings[f"code_{place}"]
        stance_column = reader.headings[f"stance_{place}"]
        if not text:
            if stance_cell:
                it = f"c'è la posizione `{stance_cell}` ma manca il codice: non è letta"
                en = f"there is the stance `{stance_cell}` but no code: it is not read"
                reader.note(it, en, number, column, warning=True)
            continue
        code = reader.themes.find(text)
        if code is None:
            hint = suggestion(text, reader.themes.known())
            it = f"`{text}` non è un tema del libro dei codici: non è letto; scegli dall'elenco{hint.it}"
            en = f"`{text}` is no theme of the codebook: it is not read; choose from the list{hint.en}"
            reader.note(it, en, number, column)
            continue
        stance = reader.stance(stance_cell, number, stance_column)
        if stance and chosen.get(code, stance) not in ("", stance):
            first, second = STANCE_NAMES[chosen[code]], STANCE_NAMES[stance]
            it = f"`{text}` è scelto due volte, con `{first.it}` e `{second.it}`: vale `{first.it}`"
            en = f"`{text}` is chosen twice, with `{first.en}` and `{second.en}`: `{first.en}` counts"
            reader.note(it, en, number, stance_column, warning=True)
        chosen[code] = chosen.get(code) or stance
    if "" in chosen and len(chosen) > 1:
        it, en = "«nessun tema» insieme a un tema: vale il tema", "“no theme” together with a theme: the theme counts"
        reader.note(it, en, number, warning=True)
        del chosen[""]
    yield from chosen.items()


def _passage(reader: _Reader, number: int, row: Mapping[str, str]) -> tuple[str, int, int] | None:
    transcript = transcript_called(row["transcript"], reader.texts)
    if transcript is None:
        it = f"la trascrizione `{row['transcript']}` non c'è più: riga lasciata fuori"
        en = f"the transcript `{row['transcript']}` is there no longer: row left out"
        reader.note(it, en, number)
        return None
    wording = reader.texts[transcript]
    text = row["source"]
    start = _position(row["start"])
    end = _position(row["end"])
    if text and wording.source[start:end].split() == text.split():
        return transcript, start, end
    places = wording.find(text)
    if not places:
        it = f"il segmento in `{row['transcript']}` è cambiato dopo la scrittura del foglio: riga lasciata fuori"
        en = f"the segment in `{row['transcript']}` changed after the sheet was written: row left out"
        reader.note(it, en, number)
        return None
    it = f"il segmento si è spostato in `{row['transcript']}`: ritrovato dalle sue parole"
    en = f"the segment has moved in `{row['transcript']}`: found by its words"
    reader.note(it, en, number, warning=True)
    return transcript, *nearest(places, start)


def _position(cell: str) -> int:
    """A position as a spreadsheet program leaves it."""
    number = cell.removesuffix(".0")
    return int(number) if number.isdecimal() else 0
