"""What people's codings lie in: the one place that knows every kind of file, and opens each once. Reads no coding."""

from dataclasses import dataclass
from pathlib import Path

from corpus.codings.coding_reader import FOLDER, coding_files
from corpus.codings.human_codings import FILE, OPTIONAL, REQUIRED
from corpus.codings.journal import ENDING, JOURNAL, Decision, read_journal, standing
from corpus.codings.worksheets import Workbook
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.files.spreadsheets import read_all_sheets
from corpus.refi.project import Project, read_project
from corpus.tables.sheets import Sheet, find_table, read_input, read_sheet

_WORKBOOKS = (".xlsx",)
_PROJECTS = (".qdpx",)
_SAVED_BY_MISTAKE = (".ods", ".csv", ".tsv", ".xls", ".xlsm", ".numbers")  # worksheets, in a format that none is in


@dataclass(frozen=True)
class OpenedCodings:
    """The files of people's codings as they were opened.

    `table` is codings.csv, None without one; `decisions` are those of the journal that hold. `problems` say what could
    not be opened.
    """

    table: Sheet | None = None
    workbooks: tuple[Workbook, ...] = ()
    projects: tuple[Project, ...] = ()
    decisions: tuple[Decision, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_codings(folder: Path) -> list[Path]:
    """Every file of people's codings that is read in the study `folder`: codings.csv, and those in `codings/`."""
    table = folder / find_table(folder, FILE)
    tables = [table] if table.is_file() else []
    in_folder = coding_files(folder, (*_WORKBOOKS, *_PROJECTS))
    return [*tables, *in_folder, *coding_files(folder, (ENDING,), JOURNAL)]


def open_codings(folder: Path) -> OpenedCodings:
    """Every file of people's codings in the study `folder`, opened; one that cannot be is a Problem and left out."""
    notebook = Notebook()
    table = None
    if (folder / (file := find_table(folder, FILE))).is_file():
        with left_out_if_unreadable(file, notebook):
            table = read_sheet(folder, FILE, REQUIRED, OPTIONAL)
    workbooks = []
    for file in _in_folder(folder, _WORKBOOKS):
        with left_out_if_unreadable(file, notebook):
            workbooks.append(Workbook(file, read_all_sheets(read_input(folder, file), file)))
    for file in _in_folder(folder, _SAVED_BY_MISTAKE):
        notebook.of(file).error(
            "non è un .xlsx: non è letto; salvalo come .xlsx", "not an .xlsx: it is not read; save it as .xlsx"
        )
    projects = []
    for file in _in_folder(folder, _PROJECTS):
        with left_out_if_unreadable(file, notebook):
            projects.append(read_project(folder, file))
    decisions, problems = read_journal(folder)
    notebook.add(problems)
    return OpenedCodings(table, tuple(workbooks), tuple(projects), standing(decisions), notebook.problems)


def _in_folder(folder: Path, endings: tuple[str, ...]) -> list[str]:
    return [f"{FOLDER}/{path.name}" for path in coding_files(folder, endings)]
