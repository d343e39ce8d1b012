"""People's codings of every kind of file: kind by kind, and as one frame. Opens no file."""

from collections.abc import Mapping, Sequence

import pandas as pd

from corpus.codings.coding_reader import FOLDER
from corpus.codings.coding_sheets import read_coding_sheets
from corpus.codings.human_codings import read_human_codings
from corpus.codings.journal import JOURNAL
from corpus.codings.journal_codings import read_journal_codings
from corpus.codings.opened_codings import OpenedCodings
from corpus.codings.quotations import Wording
from corpus.codings.refi_codings import read_projects
from corpus.codings.settled_codings import settle_codings
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.records import Theme


def codings_by_kind(
    opened: OpenedCodings, texts: Mapping[str, Wording], themes: Sequence[Theme], title: str
) -> tuple[dict[str, pd.DataFrame], tuple[Problem, ...]]:
    """The HumanCodings frame of each kind of file, by where it lies, and what is wrong with them.

    `texts` are the transcripts by id, `title` is the study's.
    """
    notebook = Notebook(problems=opened.problems)
    frames: dict[str, pd.DataFrame] = {}
    if opened.table is not None:
        with left_out_if_unreadable(opened.table.file, notebook):
            frames[opened.table.file], problems = read_human_codings(opened.table, texts, themes)
            notebook.add(problems)
    readings = {
        f"{FOLDER}/*.xlsx": read_coding_sheets(opened.workbooks, texts, themes),
        f"{FOLDER}/*.qdpx": read_projects(opened.projects, texts, themes, title),
        JOURNAL: read_journal_codings(opened.decisions, texts, themes),
    }
    for place, (frame, problems) in readings.items():
        frames[place] = frame
        notebook.add(problems)
    return frames, notebook.problems


def read_codings(
    opened: OpenedCodings, texts: Mapping[str, Wording], themes: Sequence[Theme], title: str
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of all that people coded, and what is wrong with it; arguments as `codings_by_kind`."""
    frames, problems = codings_by_kind(opened, texts, themes, title)
    codings, disagreements = settle_codings(pd.concat(frames.values(), ignore_index=True))
    return codings, (*problems, *disagreements)
