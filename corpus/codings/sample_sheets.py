"""Worksheets that carry a random draw: what is drawn, and which of its rows somebody filled in. Judges nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER
from corpus.codings.coding_sheets import CODER, CODES, COLUMNS
from corpus.codings.journal_codings import RoomReading
from corpus.codings.quotations import Wording
from corpus.codings.sample_design import SHEET, Design, read_design
from corpus.codings.worksheets import CODING, FilledSheet, SheetReader, Workbook, find_sheet
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.records import Theme
from corpus.words.language import Bilingual
from corpus.words.spelling import fold

HIDDEN = ("draw", "unit", "stratum", "probability")  # the hidden columns in which each row says how it was drawn
LISTS = "liste"  # the sheet that lists the themes to choose from
Passage = tuple[str, int, int]  # transcript, start, end


@dataclass
class SampleSheet:
    """One workbook that carries a draw, or what is left of one, as it was read.

    `file` names it and its sheet, `draw` is what its rows call the draw, `design` None where the seal is broken.
    `themes` are the codes that it offers. `passages` has every row of the draw, by its number: where it stands now,
    None where its words are gone; `lines` the row that a person sees, `filled` the numbers of those filled in.
    `altered` and `added` are rows whose hidden cells are not as drawn, or that were not drawn.
    """

    file: str
    coder: str
    draw: str
    design: Design | None
    themes: frozenset[str]
    passages: dict[int, Passage | None] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    filled: set[int] = field(default_factory=set)
    altered: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


def read_sample_sheets(
    workbooks: Sequence[Workbook], texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[list[SampleSheet], tuple[Problem, ...]]:
    """The worksheets that carry a draw, in the order of the workbooks, and which of them could not be read.

    `texts` are the transcripts by id. What else is there is passed over.
    """
    sheets: list[SampleSheet] = []
    notebook = Notebook()
    names = ThemeNames(themes)
    for workbook in workbooks:
        sheet = find_sheet(workbook.cells, CODING, COLUMNS)
        if sheet is None or not (SHEET in workbook.cells or set(HIDDEN) & set(sheet.columns)):
            continue
        with left_out_if_unreadable(workbook.file, notebook):
            sheets.append(_read(workbook, sheet, texts, names))
    return sheets, notebook.problems


def filled_in_room(
    sheets: Sequence[SampleSheet], readings: Sequence[RoomReading], notebook: Notebook
) -> list[SampleSheet]:
    """A copy of its sheet for each draw and person who read of it in the reading room, filled in as far as they did.

    A passage of the draw was read when a segment that was read for it has all of it. Readings for a draw whose sheet is
    gone are told; they count as codings alone.
    """
    by_draw = {sheet.draw: sheet for sheet in reversed(sheets)}
    of_copies: dict[tuple[str, str], list[RoomReading]] = {}
    for reading in readings:
        of_copies.setdefault((reading.draw, fold(reading.coder)), []).append(reading)
    copies: list[SampleSheet] = []
    for (draw, _), read in of_copies.items():
        if draw not in by_draw:
            notebook.of(read[0].file).warning(
                f"letture del campione `{draw}`, il cui foglio non è in {FOLDER}/: contano come codifiche e non come "
                f"campione ({len(read)}); rimetti il foglio",
                f"readings of the sample `{draw}`, whose sheet is not in {FOLDER}/: they count as codings and not as "
                f"sample ({len(read)}); put the sheet back",
                row=read[0].line,
            )
            continue
        sheet = by_draw[draw]
        filled = {number for number, passage in sheet.passages.items() if _is_covered(passage, read)}
        copies.append(replace(sheet, file=read[0].file, coder=read[0].coder, filled=filled, altered=[], added=[]))
    return copies


def _is_covered(passage: Passage | None, readings: Sequence[RoomReading]) -> bool:
    if passage is None:
        return False
    transcript, start, end = passage
    places = (each.place for each in readings if each.transcript == transcript)
    return any(first <= start and end <= last for first, last in places)


def _read(workbook: Workbook, sheet: FilledSheet, texts: Mapping[str, Wording], names: ThemeNames) -> SampleSheet:
    coder = sheet.written(CODER) or Path(workbook.file).stem
    design = read_design(workbook.cells.get(SHEET, ()))
    offered = (names.find(line[0]) for line in workbook.cells.get(LISTS, ()) if line and line[0])
    rows = [(line, row) for line, row in sheet.rows() if row["transcript"]]
    draw = design.draw if design is not None else next((row["draw"] for _, row in rows if row.get("draw")), "")
    sample = SampleSheet(f"{workbook.file} ({sheet.name})", coder, draw, design, frozenset(filter(None, offered)))
    reader = SheetReader(Notebook(), texts, names, Bilingual("", ""))  # what it tells was told with the codings
    drawn = _rows_drawn(design, rows)
    for line, row in rows:
        number = drawn.pop((row["transcript"], row["start"], row["end"]), 0)
        if not number:
            sample.added.append(line)
            continue
        sample.lines[number] = line
        sample.passages[number] = reader.passage(line, row)
        if any(names.find(row[f"code_{place}"]) is not None for place in range(1, CODES + 1) if row[f"code_{place}"]):
            sample.filled.add(number)
        if design is not None and not _as_drawn(design, number, row):
            sample.altered.append(line)
    return sample


def _rows_drawn(design: Design | None, rows: Sequence[tuple[int, Mapping[str, str]]]) -> dict[tuple[str, ...], int]:
    """Transcript, start and end of each row of the draw -> its number; without a design as they come."""
    if design is None:
        return {(row["transcript"], row["start"], row["end"]): place for place, (_, row) in enumerate(rows, start=1)}
    places = design.drawn[["transcript", "start", "end"]].astype("str").itertuples(index=False, name=None)
    return dict(zip(places, design.drawn["number"].tolist(), strict=True))


def _as_drawn(design: Design, number: int, row: Mapping[str, str]) -> bool:
    drawn = design.drawn.iloc[number - 1]
    cells = (design.draw, design.unit, drawn["stratum"], repr(float(drawn["probability"])))
    return cells == tuple(row.get(name, "") for name in HIDDEN)
