"""A study opened from its folder for reading, and how its files stand: what tells that they changed. Serves nothing."""

import hashlib
from contextlib import suppress
from pathlib import Path

import pandas as pd

from corpus.codings.coding_sheets import read_coding_sheets
from corpus.codings.human_codings import FILE as CODINGS
from corpus.codings.human_codings import read_human_codings
from corpus.codings.journal import JOURNAL
from corpus.codings.refi_codings import read_projects
from corpus.codings.sample_sheets import read_sample_sheets
from corpus.errors import StudyError
from corpus.input_files import input_files
from corpus.new_study.example import folder_read
from corpus.schemas import Segments, empty
from corpus.store import Store
from corpus.study import Study, read_study, wordings
from corpus.tables.sheets import find_table
from corpus.transcripts.segments import split_segments
from flows.host import PlainHost
from flows.server.prefect_home import STATE
from flows.study_text import split_into_segments
from outputs.reading.opened import OpenedStudy
from outputs.run.folder import latest_run
from outputs.run.record import RunRecord, read_run


def version_of(folder: Path) -> str:
    """A short name of the state of the study's files and runs: which there are, when each was saved. Reads none.

    The journal is not among them: what is decided changes no text.
    """
    read = folder_read(folder)
    saved = []
    for file in (each for each in input_files(read) if not each.is_relative_to(read / JOURNAL)):
        try:
            stat = file.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        saved.append((file.relative_to(read).as_posix(), stat.st_mtime_ns, stat.st_size))
    return hashlib.sha256(repr((saved, latest_run(folder))).encode(errors="backslashreplace")).hexdigest()[:16]


def open_study(folder: Path) -> OpenedStudy:
    """The study in `folder`, in segments as the next run would cut them, with its latest run.

    Raises StudyError when there is nothing to read. A run that cannot be read is none.
    """
    version = version_of(folder)
    store = Store(folder / STATE / "store")
    study = read_study(folder, store)
    sheets, _ = read_sample_sheets(study.folder, wordings(study.transcripts), study.themes)
    segments = _segments(study, store)
    return OpenedStudy(study, segments, _latest_run(folder), _coded_files(study), sheets, version)


def _segments(study: Study, store: Store) -> pd.DataFrame:
    if study.turns.empty:
        return empty(Segments)
    if study.settings.privacy.pseudonyms:  # nothing with the names in it is kept
        return split_segments(study.turns, study.transcripts, study.settings.segments)
    return split_into_segments(study, store, PlainHost())


def _latest_run(folder: Path) -> RunRecord | None:
    latest = latest_run(folder)
    try:
        return read_run(latest) if latest else None
    except StudyError:
        return None


def _coded_files(study: Study) -> dict[str, pd.DataFrame]:
    """What people coded in files, by the kind of file; what is wrong with these `trama check` tells."""
    texts = wordings(study.transcripts)
    coded: dict[str, pd.DataFrame] = {}
    table = find_table(study.folder, CODINGS)
    if (study.folder / table).is_file():
        with suppress(StudyError):
            coded[table], _ = read_human_codings(study.folder, texts, study.themes)
    coded["codings/*.xlsx"], _ = read_coding_sheets(study.folder, texts, study.themes)
    coded["codings/*.qdpx"], _ = read_projects(study.folder, texts, study.themes, study.settings.study.title)
    return coded
