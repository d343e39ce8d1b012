"""Worksheets of `trama suggest`: what they are made of, and how they are read back as human codings. Writes none.

Never guesses what a cell means.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER, CodingReader, coding_files
from corpus.codings.quotations import Wording, nearest
from corpus.codings.settled_codings import settle_rows
from corpus.errors import Notebook, Problem, StudyError, as_study_error, study_error
from corpus.files.spreadsheets import read_all_sheets
from corpus.records import Theme
from corpus.tables.sheets import read_input
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_NAMES

CODES = 4  # codes that a person can give one segment
MARK = "trama"  # in the first cell of the hidden line that names the columns
CODER = Bilingual("Chi codifica", "Coder")
COLUMNS: tuple[str, ...] = (
    *("transcript", "start", "end", "source"),
    *(f"{kind}_{number}" for number in range(1, CODES + 1) for kind in ("code", "stance")),
)
CODE_HEAD = Bilingual("Codice", "Code")
STANCE_HEAD = Bilingual("Posizione", "Stance")
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
    notebook = Notebook(FOLDER)
    names = ThemeNames(themes)
    for path in find_coding_sheets(folder):
        reader = _Reader(notebook.of(f"{FOLDER}/{path.name}"), texts, names)
        try:
            with as_study_error(reader.notebook.file):
                rows += _read(folder, reader)
        except StudyError as error:
            notebook.add(error.problems)
    for path in coding_files(folder, _OTHERS):
        notebook.of(f"{FOLDER}/{path.name}").error(
            "non è un .xlsx: non è letto; salvalo come .xlsx", "not an .xlsx: it is not read; save it as .xlsx"
        )
    codings, disagreements = settle_rows(rows, FOLDER)
    notebook.add(disagreements)
    return codings, notebook.problems


def _read(folder: Path, reader: _Reader) -> list[tuple[object, ...]]:
    file = reader.notebook.file
    cells = read_all_sheets(read_input(folder, file), file)
    sheet, lines = next(((name, lines) for name, lines in cells.items() if _head(lines) is not None), ("", []))
    head = _head(lines)
    if head is None:
        raise study_error(
            "non è un foglio di `trama suggest`, o le colonne nascoste sono state tolte: nulla è stato letto",
            "not a worksheet of `trama suggest`, or its hidden columns were removed: nothing was read",
            file=file,
        )
    reader.notebook = reader.notebook.of(f"{file} ({sheet})")
    columns = {key: number for number, key in enumerate(lines[head]) if key}
    titles = lines[head + 1] if head + 1 < len(lines) else []
    reader.headings = {key: "".join(titles[number : number + 1]) for key, number in columns.items()}
    coder = _coder(lines[:head])
    name = coder or Path(file.split(" (")[0]).stem
    rows: list[tuple[object, ...]] = []
    filled = 0
    for number, line in enumerate(lines[head + 2 :], start=head + 3):
        row = {key: line[column] if column < len(line) else "" for key, column in columns.items()}
        given = list(_given(reader, number, row))
        if not given:
            continue
        filled += 1
        passage = _passage(reader, number, row)
        if passage is not None:
            transcript, start, end = passage
            quote = reader.texts[transcript].source[start:end]
            rows += [(transcript, start, end, quote, theme, stance, name, True) for theme, stance in given]
    if filled and not coder:
        reader.notebook.warning(
            f"manca il nome di chi ha codificato (cella in alto): vale il nome del file, `{name}`",
            f"the coder's name (cell at the top) is missing: the file's name counts, `{name}`",
            row=1,
        )
    return rows


def _head(lines: Sequence[Sequence[str]]) -> int | None:
    """The hidden line with the names of the columns; the visible headings follow it."""
    wanted = set(COLUMNS)
    return next(
        (number for number, line in enumerate(lines[:20]) if [*line[:1]] == [MARK] and wanted <= set(line)), None
    )


def _coder(lines: Sequence[Sequence[str]]) -> str:
    labels = {fold(text) for text in CODER}
    for line in lines:
        for number, cell in enumerate(line[:-1]):
            if fold(cell.rstrip(":")) in labels:
                return next((name for name in line[number + 1 :] if name), "")
    return ""


def _given(reader: _Reader, number: int, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The codes of one row, each with its stance; "" alone for `no theme`."""
    page = reader.notebook.at(number)
    chosen: dict[str, str] = {}
    for choice in range(1, CODES + 1):
        text = row[f"code_{choice}"]
        stance_cell = row[f"stance_{choice}"]
        column = reader.headings[f"code_{choice}"]
        stance_column = reader.headings[f"stance_{choice}"]
        if not text:
            if stance_cell:
                page.warning(
                    f"c'è la posizione `{stance_cell}` ma manca il codice: non è letta",
                    f"there is the stance `{stance_cell}` but no code: it is not read",
                    column=column,
                )
            continue
        code = reader.themes.find(text)
        if code is None:
            hint = suggestion(text, reader.themes.known())
            page.error(
                f"`{text}` non è un tema del libro dei codici: non è letto; scegli dall'elenco{hint.it}",
                f"`{text}` is no theme of the codebook: it is not read; choose from the list{hint.en}",
                column=column,
            )
            continue
        stance = reader.stance(stance_cell, number, stance_column)
        if stance and chosen.get(code, stance) not in ("", stance):
            first = STANCE_NAMES[chosen[code]]
            second = STANCE_NAMES[stance]
            page.warning(
                f"`{text}` è scelto due volte, con `{first.it}` e `{second.it}`: vale `{first.it}`",
                f"`{text}` is chosen twice, with `{first.en}` and `{second.en}`: `{first.en}` counts",
                column=stance_column,
            )
        chosen[code] = chosen.get(code) or stance
    if "" in chosen and len(chosen) > 1:
        page.warning(
            "«nessun tema» insieme a un tema: vale il tema", "“no theme” together with a theme: the theme counts"
        )
        del chosen[""]
    yield from chosen.items()


def _passage(reader: _Reader, number: int, row: Mapping[str, str]) -> tuple[str, int, int] | None:
    page = reader.notebook.at(number)
    transcript = transcript_called(row["transcript"], reader.texts)
    if transcript is None:
        page.error(
            f"la trascrizione `{row['transcript']}` non c'è più: riga lasciata fuori",
            f"the transcript `{row['transcript']}` is there no longer: row left out",
        )
        return None
    wording = reader.texts[transcript]
    text = row["source"]
    start = _position(row["start"])
    end = _position(row["end"])
    if text and wording.source[start:end].split() == text.split():
        return transcript, start, end
    places = wording.find(text)
    if not places:
        page.error(
            f"il segmento in `{row['transcript']}` è cambiato dopo la scrittura del foglio: riga lasciata fuori",
            f"the segment in `{row['transcript']}` changed after the sheet was written: row left out",
        )
        return None
    page.warning(
        f"il segmento si è spostato in `{row['transcript']}`: ritrovato dalle sue parole",
        f"the segment has moved in `{row['transcript']}`: found by its words",
    )
    return transcript, *nearest(places, start)


def _position(cell: str) -> int:
    """A position as a spreadsheet program leaves it."""
    number = cell.removesuffix(".0")
    return int(number) if number.isdecimal() else 0
