"""Worksheets that carry a random draw: what is drawn, and which of its rows somebody filled in. Judges nothing."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import FOLDER
from corpus.codings.coding_sheets import CODER, CODES, COLUMNS, find_coding_sheets
from corpus.codings.quotations import Wording
from corpus.codings.sample_design import SHEET, Design, read_design
from corpus.codings.worksheets import CODING, FilledSheet, SheetReader, find_sheet
from corpus.errors import Notebook, Problem, StudyError, as_study_error
from corpus.files.spreadsheets import read_all_sheets
from corpus.records import Theme
from corpus.tables.sheets import read_input
from corpus.words.language import Bilingual

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
    folder: Path, texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[list[SampleSheet], tuple[Problem, ...]]:
    """The worksheets in `codings/` that carry a draw, by the files' names, and which of them could not be read.

    `texts` are the transcripts by id. What else is there is passed over.
    """
    sheets: list[SampleSheet] = []
    notebook = Notebook()
    names = ThemeNames(themes)
    for path in find_coding_sheets(folder):
        file = f"{FOLDER}/{path.name}"
        with suppress(StudyError), as_study_error(file):  # corpus.codings.coding_sheets tells what is no workbook
            cells = read_all_sheets(read_input(folder, file), file)
            sheet = find_sheet(cells, CODING, COLUMNS)
            if sheet is None or not (SHEET in cells or set(HIDDEN) & set(sheet.columns)):
                continue
            try:
                with as_study_error(file):
                    sheets.append(_read(file, cells, sheet, texts, names))
            except StudyError as error:
                notebook.add(error.problems)
    return sheets, notebook.problems


def _read(
    file: str,
    cells: Mapping[str, Sequence[Sequence[str]]],
    sheet: FilledSheet,
    texts: Mapping[str, Wording],
    names: ThemeNames,
) -> SampleSheet:
    coder = sheet.written(CODER) or Path(file).stem
    design = read_design(cells.get(SHEET, ()))
    offered = (names.find(line[0]) for line in cells.get(LISTS, ()) if line and line[0])
    rows = [(line, row) for line, row in sheet.rows() if row["transcript"]]
    draw = design.draw if design is not None else next((row["draw"] for _, row in rows if row.get("draw")), "")
    sample = SampleSheet(f"{file} ({sheet.name})", coder, draw, design, frozenset(filter(None, offered)))
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
