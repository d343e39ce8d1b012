"""A study opened from its folder for reading, and how its files stand: what tells that they changed. Serves nothing."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from corpus.codings.every_coding import codings_by_kind
from corpus.codings.journal import JOURNAL
from corpus.codings.quotations import Wording
from corpus.codings.sample_sheets import read_sample_sheets
from corpus.errors import StudyError
from corpus.input_files import input_files
from corpus.new_study.example import folder_read
from corpus.schemas import Segments, empty
from corpus.store import Store
from corpus.study import Study, read_study, wordings
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
    texts = wordings(study.transcripts)
    sheets, _ = read_sample_sheets(study.opened.workbooks, texts, study.themes)
    segments = _segments(study, store)
    return OpenedStudy(study, segments, _latest_run(folder), _coded_files(study, texts), sheets, version)


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


def _coded_files(study: Study, texts: Mapping[str, Wording]) -> dict[str, pd.DataFrame]:
    """What people coded in files, by the kind of file; what is wrong with these `trama check` tells."""
    coded, _ = codings_by_kind(study.opened, texts, study.themes, study.settings.study.title)
    del coded[JOURNAL]  # which the room follows line by line
    return coded
