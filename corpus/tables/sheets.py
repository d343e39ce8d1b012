"""A table of the study folder as named columns and numbered rows. Checks its form, never what the cells mean."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from corpus.errors import Notebook, Problem, StudyError, listed, study_error
from corpus.files.delimited import read_delimited
from corpus.files.markup import plain_text
from corpus.files.spreadsheets import MAX_COLUMNS, read_ods, read_xlsx
from corpus.tables.column_names import name_columns, other_names, title_key
from corpus.transcripts.mending import mend_words
from corpus.words.spelling import clean_cell, fold, suggestion

MAX_BYTES = 100_000_000
FORMATS = (".csv", ".tsv", ".xlsx", ".ods")
_NOT_READ = frozenset(str.split(".xls .xlsm .xlsb .numbers .dta .por .rds .rda .rdata .sas7bdat .sav .zsav"))

Reader = Callable[[bytes, str], list[list[str]]]
"""Makes rows, the header first, of the bytes of a file that is no table by itself (a REFI-QDA codebook, say)."""

_NO_READERS: Mapping[str, Reader] = MappingProxyType({})
_FORMULA_ERRORS = frozenset(
    str.split("#N/A #N/D #DIV/0! #REF! #RIF! #VALUE! #VALORE! #NAME? #NOME? #NUM! #NULL! #NULLO! #SPILL!")
)

Numbered = list[tuple[int, list[str]]]
"""Rows with the number by which a person knows them."""


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
    `titles`: what the file itself calls each column.
    `made`: the rows were made from a file without rows, so that nobody can look them up by number.
    `sha256`: the hash of the file's bytes.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    sha256: str
    made: bool = False
    above: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def notebook(self) -> Notebook:
        """What is wrong with the table so far, for whoever reads its cells."""
        return Notebook(self.file, self.problems, has_rows=not self.made, titles=self.titles)


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
    tables = [file] if Path(file).suffix.lower() in also else _tables_called(folder, file, also)
    file = tables[0]
    wanted = (*required, *optional)
    data = read_input(folder, file)
    rows, problems = _read_rows(data, file, {fold(name) for name in (*wanted, *other_names(wanted))}, also)
    notebook = Notebook(file, problems)
    if tables[1:]:
        notebook.warning(
            f"c'è anche {', '.join(tables[1:])}: è letto solo {file}; togli quello che non serve",
            f"{', '.join(tables[1:])} is there too: only {file} is read; remove the one not needed",
        )
    rows = _mended(rows, notebook)
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    if not filled:
        raise study_error("il file è vuoto", "the file is empty", file=file)
    top = filled[0][1]
    header_index = header_at([cells for _, cells in filled[:2]])
    header_row, cells = filled[header_index]
    header = [plain_text(cell) for cell in cells]
    body = filled[header_index + 1 :]
    if len(header) > MAX_COLUMNS:
        raise study_error(
            f"la tabella ha più di {MAX_COLUMNS} colonne: tieni solo quelle che servono",
            f"the table has more than {MAX_COLUMNS} columns: keep those needed alone",
            file=file,
            row=header_row,
        )
    page = notebook.at(header_row)
    columns = _columns(header, wanted, others, page)
    _tell_nameless_columns(header, body, page)
    missing = [name for name in required if name not in columns.values()]
    for name in missing:
        _tell_missing_column(name, header, page)
    if missing:
        raise StudyError(notebook.problems)
    titles = {name: header[index] for index, name in columns.items()}
    notebook = Notebook(file, notebook.problems, titles=titles)
    above = {name: plain_text(top[index]) for index, name in columns.items() if index < len(top)}
    return Sheet(
        file,
        tuple(columns.values()),
        tuple(_rows_by_column(body, len(header), columns, notebook)),
        notebook.problems,
        hashlib.sha256(data).hexdigest(),
        made=Path(file).suffix.lower() in also,
        above=above if header_index else {},
        titles=titles,
    )


def find_table(folder: Path, file: str, also: Iterable[str] = ()) -> str:
    """The name under which the table `file` (a .csv) is in the folder, in any case: as it is, or as one of `FORMATS` or
    `also`; when it is not there, `file` itself.

    When it is there in several formats the first counts, but a CSV of a header alone, as `trama init` writes it, gives
    way to any other.
    """
    return _tables_called(folder, file, also)[0]


def _tables_called(folder: Path, file: str, also: Iterable[str]) -> list[str]:
    """The names of the files that may be the table `file`, the one that is read first; `file` where there is none."""
    names = (file_name(folder, Path(file).stem + ending) for ending in (*FORMATS, *also))
    tables = [name for name in names if (folder / name).is_file()]
    return [name for name in tables if holds_rows(folder / name)] or tables[:1] or [file]


def unread_tables(folder: Path, tables: Mapping[str, Collection[str]]) -> tuple[Problem, ...]:
    """Files that are called like a table but are of a format that nothing reads, an old `.xls` say.

    `tables` are the names (`codebook.csv`) and, of each, the endings that are read besides FORMATS. A file is an error
    where the table is not there otherwise.
    """
    notebook = Notebook()
    for file, also in tables.items():
        stem = Path(file).stem
        read = {*FORMATS, *also}
        has_table = (folder / find_table(folder, file, also)).is_file()
        for path in sorted(folder.iterdir()):
            ending = path.suffix.lower()
            if clean_cell(path.stem).casefold() == stem and ending in _NOT_READ and ending not in read:
                page = notebook.of(path.name)
                tell = page.warning if has_table else page.error
                tell(
                    f"il formato {ending} non si legge: apri il file e salvalo come {stem}.xlsx o {stem}.csv",
                    f"the format {ending} is not read: open the file and save it as {stem}.xlsx or {stem}.csv",
                )
    return notebook.problems


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
    data: bytes, file: str, known: Collection[str], also: Mapping[str, Reader]
) -> tuple[list[list[str]], tuple[Problem, ...]]:
    ending = Path(file).suffix.lower()
    if ending == ".xlsx":
        return read_xlsx(data, file)
    if ending == ".ods":
        return read_ods(data, file)
    if ending in also:
        return also[ending](data, file), ()
    return read_delimited(data, file, known)


def _mended(rows: Sequence[list[str]], notebook: Notebook) -> list[list[str]]:
    """The rows with `perchÃ©` as `perché`, which an editor took for another encoding; one warning says where."""
    mended = [list(map(mend_words, row)) for row in rows]
    changed = [number for number, (row, before) in enumerate(zip(mended, rows, strict=True), start=1) if row != before]
    if changed:
        notebook.warning(
            f"lettere accentate scritte male (`Ã¨` per `è`, per una codifica sbagliata) e corrette, righe "
            f"{listed(changed)}: controlla, o salva di nuovo il file come CSV UTF-8",
            f"accented letters written wrongly (`Ã¨` for `è`, read in the wrong encoding) and mended, rows "
            f"{listed(changed)}: check them, or save the file again as CSV UTF-8",
            row=changed[0],
        )
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


def _columns(header: Sequence[str], wanted: Sequence[str], others: bool, page: Notebook) -> dict[int, str]:
    """The index of each column that is read and its name; what is left of the header is told, or kept as `others`."""
    columns = name_columns(header, wanted)
    titles = [header[index] for index in columns]
    seen = {fold(name) for name in (*columns.values(), *titles)}
    synonyms = other_names(tuple(columns.values()))
    for index, title in enumerate(header):
        if not title or index in columns:
            continue
        if fold(title) in seen or (title_key(title) in synonyms and not others):
            page.error(
                "colonna ripetuta: è letta solo la prima; rinomina o togli le altre",
                "column repeated: only the first is read; rename or remove the others",
                column=title,
            )
        elif others:
            seen.add(fold(title))
            columns[index] = title
        else:
            hint = suggestion(title, wanted)
            page.warning(
                f"colonna sconosciuta, non è letta{hint.it}", f"unknown column, it is not read{hint.en}", column=title
            )
    return dict(sorted(columns.items()))


def _tell_nameless_columns(header: Sequence[str], body: Numbered, page: Notebook) -> None:
    for index, title in enumerate(header):
        if not title and any(cells[index : index + 1] not in ([], [""]) for _, cells in body):
            page.warning(
                "la colonna ha celle piene ma non ha nome: non è letta",
                "the column has filled cells but no name: it is not read",
                column=f"n. {index + 1}",
            )


def _tell_missing_column(name: str, header: Sequence[str], page: Notebook) -> None:
    titles = ", ".join(title for title in header if title)
    page.error(
        f"manca la colonna `{name}`; le colonne trovate sono: {titles}",
        f"the column `{name}` is missing; the columns found are: {titles}",
        column=name,
    )


def _rows_by_column(body: Numbered, width: int, columns: Mapping[int, str], notebook: Notebook) -> list[Row]:
    """The rows under the header that are not blank, by column; an error of a formula is blank and told."""
    rows: list[Row] = []
    broken: dict[str, list[int]] = {}
    for number, cells in body:
        if len(cells) != width and not _fits(cells, width, notebook.at(number)):
            continue
        row = {name: cells[index] if index < len(cells) else "" for index, name in columns.items()}
        for name, cell in row.items():
            if cell in _FORMULA_ERRORS:
                broken.setdefault(name, []).append(number)
                row[name] = ""
        if any(row.values()):
            rows.append(Row(number, row))
    for name, numbers in broken.items():
        notebook.warning(
            f"celle con un errore di formula (#N/D, #RIF! ...), lette come vuote: righe {listed(numbers)}",
            f"cells with a formula error (#N/A, #REF! ...), read as blank: rows {listed(numbers)}",
            row=numbers[0],
            column=name,
        )
    return rows


def _fits(cells: Sequence[str], width: int, page: Notebook) -> bool:
    """Whether a row is read: one wider than the header is left out, a narrower one is read with blanks."""
    if any(cells[width:]):
        page.error(
            f"la riga ha {len(cells)} celle e l'intestazione {width}: la riga è lasciata fuori; "
            "metti tra virgolette le celle che contengono il separatore",
            f"the row has {len(cells)} cells and the header {width}: the row is left out; "
            "put cells that hold the separator between quotes",
        )
        return False
    if len(cells) < width:
        page.warning(
            f"la riga ha {len(cells)} celle e l'intestazione {width}: le celle che mancano sono lette come vuote",
            f"the row has {len(cells)} cells and the header {width}: the missing cells are read as blank",
        )
    return True
