"""Worksheets of `trama suggest`: what they are made of, and how they are read back as human codings. Writes none.

Never guesses what a cell means.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER
from corpus.codings.quotations import Wording
from corpus.codings.settled_codings import settle_rows
from corpus.codings.worksheets import CODING, PASSAGE, SETTLING, SheetReader, Workbook, find_sheet
from corpus.errors import Notebook, Problem, left_out_if_unreadable, study_error
from corpus.records import Theme
from corpus.words.language import Bilingual
from corpus.words.spelling import suggestion
from corpus.words.stances import STANCE_NAMES

CODES = 4  # codes that a person can give one segment
COLUMNS: tuple[str, ...] = (
    *PASSAGE,
    *(f"{kind}_{number}" for number in range(1, CODES + 1) for kind in ("code", "stance")),
)
CODER = Bilingual("Chi codifica", "Coder")
CODE_HEAD = Bilingual("Codice", "Code")
STANCE_HEAD = Bilingual("Posizione", "Stance")
_AGAIN = Bilingual(
    "se vale ancora, codificalo di nuovo in codings.csv o in un altro foglio",
    "if it still holds, code it again in codings.csv or in another sheet",
)


def read_coding_sheets(
    workbooks: Sequence[Workbook], texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of all worksheets among the workbooks, each passage `alone`, and what is wrong.

    `texts` are the transcripts by id. A row counts when somebody chose a code in it, or "no theme",
    which gives a coding with theme ""; rows left blank say nothing. A passage that has moved in its transcript is found
    by its words; one that is there no longer is reported and left out. A workbook that is no worksheet is a Problem.
    """
    rows: list[tuple[object, ...]] = []
    notebook = Notebook(FOLDER)
    names = ThemeNames(themes)
    for workbook in workbooks:
        with left_out_if_unreadable(workbook.file, notebook):
            rows += _read(workbook, SheetReader(notebook.of(workbook.file), texts, names, _AGAIN))
    codings, disagreements = settle_rows(rows, FOLDER)
    notebook.add(disagreements)
    return codings, notebook.problems


def _read(workbook: Workbook, reader: SheetReader) -> list[tuple[object, ...]]:
    file = workbook.file
    if find_sheet(workbook.cells, SETTLING) is not None:
        return []  # decisions on disagreements, which corpus.codings.settlement_sheets reads
    found = find_sheet(workbook.cells, CODING, COLUMNS)
    if found is None:
        raise study_error(
            "non è un foglio di `trama suggest`, o le colonne nascoste sono state tolte: nulla è stato letto",
            "not a worksheet of `trama suggest`, or its hidden columns were removed: nothing was read",
            file=file,
        )
    sheet = reader.open(found)
    coder = sheet.written(CODER)
    name = coder or Path(file).stem
    rows: list[tuple[object, ...]] = []
    filled = 0
    for number, row in sheet.rows():
        given = list(_given(reader, number, row))
        if not given:
            continue
        filled += 1
        passage = reader.passage(number, row)
        if passage is not None:
            transcript, start, end = passage
            quote = reader.texts[transcript].source[start:end]
            rows += [(transcript, start, end, quote, theme, stance, name, True, True) for theme, stance in given]
    if filled and not coder:
        reader.notebook.warning(
            f"manca il nome di chi ha codificato (cella in alto): vale il nome del file, `{name}`",
            f"the coder's name (cell at the top) is missing: the file's name counts, `{name}`",
            row=1,
        )
    return rows


def _given(reader: SheetReader, number: int, row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
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
