"""A table of the study folder as named columns and numbered rows. Checks the header, never what the cells mean."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from corpus.errors import Problem, StudyError, listed, study_error
from corpus.files.delimited import read_delimited
from corpus.files.markup import plain_text
from corpus.files.spreadsheets import MAX_COLUMNS, read_ods, read_xlsx
from corpus.tables.column_names import name_columns, other_names, title_key
from corpus.tables.sheet_problems import FORMULA_ERRORS, error_cells, missing_column, nameless_columns, width_problem
from corpus.transcripts.mending import mend_words
from corpus.words.language import Bilingual
from corpus.words.spelling import clean_cell, fold, suggestion

MAX_BYTES = 100_000_000
FORMATS = (".csv", ".tsv", ".xlsx", ".ods")
_NOT_READ = frozenset(str.split(".xls .xlsm .xlsb .numbers .dta .por .rds .rda .rdata .sas7bdat .sav .zsav"))

Reader = Callable[[bytes, str], list[list[str]]]
"""Makes rows, the header first, of the bytes of a file that is no table by itself (a REFI-QDA codebook, say)."""

_NO_READERS: Mapping[str, Reader] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a person sees it in the spreadsheet (the header is row 1), and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read. Blank rows are not in `rows`; `columns` are the columns that the file has, in its order.

    `above`: what the row above the header says of each column, where there is one.
    `made`: the rows were made from a file without rows, so that nobody can look them up by number.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    made: bool = False
    above: Mapping[str, str] = field(default_factory=dict)

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems, without row numbers where the file has no rows that a person could count."""
        return tuple(replace(fault, row=None) if self.made else fault for fault in problems)


def read_sheet(
    folder: Path,
    file: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    others: bool = False,
    also: Mapping[str, Reader] = _NO_READERS,
    header_at: Callable[[Sequence[Sequence[str]]], int] = lambda rows: 0,
) -> Sheet:
    """The table `folder/file`: a .csv, or its twin in another of `FORMATS` (of a workbook one sheet) or of
    `also`, which gives more endings and their readers.

    Columns go by any of their names (corpus.tables.column_names), without regard to case or accents. The header is the
    first row that is not blank, or the one of the first two that `header_at` chooses; HTML in it is read as plain text.
    `others`: columns besides `required` and `optional` are kept under the name they have; otherwise each is a warning.
    Raises StudyError when the file is missing, empty, no text, outside the folder, or lacks a required column.
    """
    file, twins = (file, []) if Path(file).suffix.lower() in also else find_table(folder, file, also)
    wanted = (*required, *optional)
    rows, problems = _read_rows(folder, file, {fold(name) for name in (*wanted, *other_names(wanted))}, also)
    problems += twins
    rows = _mended(rows, file, problems)
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    first = filled[0][1] if filled else []
    if not filled:
        raise study_error("il file è vuoto", "the file is empty", file=file)
    place = header_at([cells for _, cells in filled[:2]])
    header_row, cells = filled[place]
    header = [plain_text(cell) for cell in cells]
    filled = filled[place:]
    if len(header) > MAX_COLUMNS:
        raise study_error(
            f"la tabella ha più di {MAX_COLUMNS} colonne: tieni solo quelle che servono",
            f"the table has more than {MAX_COLUMNS} columns: keep those needed alone",
            file=file,
            row=header_row,
        )
    columns, header_problems = _columns(header, wanted, others, file, header_row)
    problems += header_problems
    problems += nameless_columns(header, [cells for _, cells in filled[1:]], file, header_row)
    missing = [missing_column(name, header, file, header_row) for name in required if name not in columns.values()]
    if missing:
        raise StudyError([*problems, *missing])
    kept: list[Row] = []
    broken: dict[str, list[int]] = {}
    for number, cells in filled[1:]:
        uneven = width_problem(cells, len(header), file, number)
        if uneven:
            problems.append(uneven)
            if uneven.severity == "error":
                continue
        row = {name: cells[place] if place < len(cells) else "" for place, name in columns.items()}
        for name in [name for name, cell in row.items() if cell.startswith("#") and cell in FORMULA_ERRORS]:
            broken.setdefault(name, []).append(number)
            row[name] = ""
        if any(row.values()):
            kept.append(Row(number, row))
    problems += error_cells(broken, file)
    above = {name: plain_text(first[at]) for at, name in columns.items() if at < len(first)} if place else {}
    return Sheet(file, tuple(columns.values()), tuple(kept), tuple(problems), Path(file).suffix.lower() in also, above)


def find_table(folder: Path, file: str, also: Iterable[str] = ()) -> tuple[str, list[Problem]]:
    """The name under which the table `file` (a .csv) is in the folder, in any case: as it is, or as one of `FORMATS` or
    `also`.

    When it is there in several formats the first counts and a warning says so, but a CSV of a header alone, as `trama
    init` writes it, gives way to any other; when it is not there, `file` itself.
    """
    names = (file_name(folder, Path(file).stem + ending) for ending in (*FORMATS, *also))
    found = [name for name in names if (folder / name).is_file()]
    if not found:
        return file, []
    found = [name for name in found if holds_rows(folder / name)] or found[:1]
    message = Bilingual(
        f"c'è anche {', '.join(found[1:])}: è letto solo {found[0]}; togli quello che non serve",
        f"{', '.join(found[1:])} is there too: only {found[0]} is read; remove the one not needed",
    )
    return found[0], [Problem(message, file=found[0], severity="warning")] if found[1:] else []


def unread_tables(folder: Path, tables: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Files that are called like a table but are of a format that nothing reads, an old `.xls` say.

    `tables` are the names (`codebook.csv`) and, of each, the endings that are read besides FORMATS. A file is an error
    where the table is not there otherwise.
    """
    for file, also in tables.items():
        stem = Path(file).stem
        read = {*FORMATS, *also}
        there = (folder / find_table(folder, file, also)[0]).is_file()
        for path in sorted(folder.iterdir()):
            ending = path.suffix.lower()
            if clean_cell(path.stem).casefold() == stem and ending in _NOT_READ and ending not in read:
                it = f"il formato {ending} non si legge: apri il file e salvalo come {stem}.xlsx o {stem}.csv"
                en = f"the format {ending} is not read: open the file and save it as {stem}.xlsx or {stem}.csv"
                yield Problem(Bilingual(it, en), file=path.name, severity="warning" if there else "error")


def holds_rows(table: Path) -> bool:
    """Whether a file may hold more than the header of a table; only of a CSV can that be told."""
    return table.suffix != ".csv" or len(table.read_bytes().strip().splitlines()) > 1


def file_name(folder: Path, file: str) -> str:
    """The name of `file` as the folder has it: as given, else the one that differs by case or composition alone."""
    if (folder / file).is_file():
        return file
    holder = (folder / file).parent
    wanted = clean_cell(Path(file).name).casefold()
    inside = sorted(path.name for path in holder.iterdir()) if holder.is_dir() else []
    alike = next((name for name in inside if clean_cell(name).casefold() == wanted), None)
    return file if alike is None else str(Path(file).with_name(alike))


def _read_rows(
    folder: Path, file: str, known: Collection[str], also: Mapping[str, Reader]
) -> tuple[list[list[str]], list[Problem]]:
    data = read_input(folder, file)
    ending = Path(file).suffix.lower()
    if ending == ".xlsx":
        return read_xlsx(data, file)
    if ending == ".ods":
        return read_ods(data, file)
    if ending in also:
        return also[ending](data, file), []
    return read_delimited(data, file, known)


def _mended(rows: Sequence[list[str]], file: str, problems: list[Problem]) -> list[list[str]]:
    """The rows with `perchÃ©` as `perché`, which an editor took for another encoding; one warning says where."""
    mended = [list(map(mend_words, row)) for row in rows]
    changed = [number for number, (row, before) in enumerate(zip(mended, rows, strict=True), start=1) if row != before]
    if changed:
        message = Bilingual(
            f"lettere accentate scritte male (`Ã¨` per `è`, per una codifica sbagliata) e corrette, righe "
            f"{listed(changed)}: controlla, o salva di nuovo il file come CSV UTF-8",
            f"accented letters written wrongly (`Ã¨` for `è`, read in the wrong encoding) and mended, rows "
            f"{listed(changed)}: check them, or save the file again as CSV UTF-8",
        )
        problems.append(Problem(message, file=file, row=changed[0], severity="warning"))
    return mended


def read_input(folder: Path, file: str) -> bytes:
    """The bytes of `folder/file`. Raises StudyError when missing, unreadable, too large or outside the folder."""
    path = input_path(folder, file)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise study_error(
                f"il file supera {MAX_BYTES // 1_000_000} MB",
                f"the file is over {MAX_BYTES // 1_000_000} MB",
                file=file,
            )
        return path.read_bytes()
    except OSError as error:
        raise study_error(
            f"il file non si può leggere ({error.strerror})", f"the file cannot be read ({error.strerror})", file=file
        ) from None


def input_path(folder: Path, file: str) -> Path:
    """The path of `folder/file`. Raises StudyError when there is no such file, or it leads outside the folder."""
    path = folder / file_name(folder, file)
    if not path.is_file():
        raise study_error("il file non c'è", "the file is missing", file=file)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise study_error(
            "è un collegamento a un file fuori dalla cartella dello studio: copia il file nella cartella",
            "it is a link to a file outside the study folder: copy the file into the folder",
            file=file,
        )
    return path


def _columns(
    header: Sequence[str], wanted: Sequence[str], others: bool, file: str, row: int
) -> tuple[dict[int, str], list[Problem]]:
    """The place of each column that is read and its name; what is left of the header is told, or kept as `others`."""
    columns = name_columns(header, wanted)
    problems: list[Problem] = []
    titles = [header[place] for place in columns]
    seen = {fold(name) for name in (*columns.values(), *titles)}
    synonyms = other_names(tuple(columns.values()))
    for place, title in enumerate(header):
        if not title or place in columns:
            continue
        if fold(title) in seen or (title_key(title) in synonyms and not others):
            message = Bilingual(
                "colonna ripetuta: è letta solo la prima; rinomina o togli le altre",
                "column repeated: only the first is read; rename or remove the others",
            )
            problems.append(Problem(message, file=file, row=row, column=title))
        elif others:
            seen.add(fold(title))
            columns[place] = title
        else:
            hint = suggestion(title, wanted)
            message = Bilingual(
                f"colonna sconosciuta, non è letta{hint.it}", f"unknown column, it is not read{hint.en}"
            )
            problems.append(Problem(message, file=file, row=row, column=title, severity="warning"))
    return dict(sorted(columns.items())), problems
