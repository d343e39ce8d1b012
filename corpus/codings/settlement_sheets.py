"""Worksheets of `trama settle`: what they are made of, and how the decisions on disagreements are read back.

Writes none, and changes nobody's codings: a decision is kept beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER
from corpus.codings.quotations import Wording
from corpus.codings.worksheets import PASSAGE, SETTLING, SheetReader, Workbook, find_sheet
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.records import Theme
from corpus.schemas import Settlements, empty
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion

COLUMNS = (*PASSAGE, "theme", "given", "stance", "reason")
SETTLER = Bilingual("Chi decide", "Who decides")
DATE = Bilingual("Data", "Date")
GIVEN_NAMES: Mapping[bool, Bilingual] = {True: Bilingual("sì", "yes"), False: Bilingual("no", "no")}
_GIVEN = {fold(word): given for given, words in GIVEN_NAMES.items() for word in words}
_CELLS = ["transcript", "start", "end", "quote", "theme", "given", "stance", "reason", "settler", "date"]
_KEY = slice(0, 3)  # of the cells: the passage
_AGAIN = Bilingual("`trama settle` lo ripropone com'è ora", "`trama settle` asks about it again as it is now")


def read_settlements(
    workbooks: Sequence[Workbook], texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The Settlements frame of all worksheets of `trama settle` among the workbooks, and what is wrong.

    `texts` are the transcripts by id. A row counts when somebody wrote yes or no in it. Of two decisions on one passage
    and theme the first read counts. Passages are found as in corpus.codings.coding_sheets.
    """
    notebook = Notebook(FOLDER)
    names = ThemeNames(themes)
    settled: dict[tuple[object, ...], tuple[object, ...]] = {}
    for workbook in workbooks:
        reader = SheetReader(notebook.of(workbook.file), texts, names, _AGAIN)
        with left_out_if_unreadable(workbook.file, notebook):
            for number, cells in _read(workbook, reader):
                first = settled.setdefault((*cells[_KEY], cells[4]), cells)
                if first is not cells:
                    reader.notebook.warning(
                        "su questo segmento e tema c'è già una decisione: vale quella letta per prima",
                        "this segment and theme have been decided on already: the decision read first counts",
                        row=number,
                    )
    if not settled:
        return empty(Settlements), notebook.problems
    frame = pd.DataFrame(list(settled.values()), columns=_CELLS)
    ordered = frame.sort_values(["transcript", "start", "end", "theme"], kind="stable", ignore_index=True)
    return Settlements.validate(ordered), notebook.problems


def _read(workbook: Workbook, reader: SheetReader) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The decisions of one workbook, none where it is of another kind, each with its row."""
    found = find_sheet(workbook.cells, SETTLING, COLUMNS)
    if found is None:
        return
    sheet = reader.open(found)
    settler = sheet.written(SETTLER)
    date = sheet.written(DATE)
    decided = 0
    name = Path(workbook.file).stem
    for number, row in sheet.rows():
        given = _given(reader, number, row)
        passage = None if given is None else reader.passage(number, row)
        theme = None if passage is None else _theme(reader, number, row)
        if given is None or passage is None or theme is None:
            continue
        decided += 1
        transcript, start, end = passage
        quote = reader.texts[transcript].source[start:end]
        stance = reader.stance(row["stance"], number, reader.headings["stance"]) if given else ""
        who = (settler or name, date)
        yield number, (transcript, start, end, quote, theme, given, stance, row["reason"], *who)
    if decided and not settler:
        reader.notebook.warning(
            f"manca il nome di chi decide (cella in alto): vale il nome del file, `{name}`",
            f"who decides (cell at the top) is missing: the file's name counts, `{name}`",
        )
    if decided and not date:
        reader.notebook.warning(
            "manca la data (cella in alto): le decisioni valgono, ma non si saprà quando sono state prese",
            "the date (cell at the top) is missing: the decisions count, but nobody will know when they were taken",
        )


def _given(reader: SheetReader, number: int, row: Mapping[str, str]) -> bool | None:
    """Whether the theme is there as somebody decided, None where nobody did; what goes without a decision is told."""
    page = reader.notebook.at(number)
    column = reader.headings["given"]
    word = row["given"]
    if not word:
        if row["stance"] or row["reason"]:
            page.warning(
                "c'è una posizione o un motivo ma manca la decisione (sì o no): la riga non è letta",
                "there is a stance or a reason but no decision (yes or no): the row is not read",
                column=column,
            )
        return None
    given = _GIVEN.get(fold(word))
    if given is None:
        page.error(
            f"`{word}` non è una decisione: scrivi `sì` o `no`; la riga non è letta",
            f"`{word}` is no decision: write `yes` or `no`; the row is not read",
            column=column,
        )
    elif not row["reason"]:
        page.warning(
            "manca il motivo: la decisione vale, ma non si saprà perché",
            "the reason is missing: the decision counts, but nobody will know why",
            column=reader.headings["reason"],
        )
    if given is False and row["stance"]:
        page.warning(
            "la decisione è `no`: la posizione non è letta",
            "the decision is `no`: the stance is not read",
            column=reader.headings["stance"],
        )
    return given


def _theme(reader: SheetReader, number: int, row: Mapping[str, str]) -> str | None:
    theme = reader.themes.find(row["theme"])
    if not theme:
        hint = suggestion(row["theme"], reader.themes.known())
        reader.notebook.at(number).error(
            f"il tema `{row['theme']}` non è nel libro dei codici: la decisione è lasciata fuori{hint.it}",
            f"the theme `{row['theme']}` is not in the codebook: the decision is left out{hint.en}",
        )
    return theme or None
