"""The memos of a study: those of `memo/`, and those of the projects in `codings/` that no file of `memo/` is."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from corpus.codings.coding_reader import FOLDER as CODINGS
from corpus.codings.quotations import Wording
from corpus.codings.refi_codings import find_projects
from corpus.errors import Notebook, Problem, StudyError, as_study_error
from corpus.memos.memo_files import read_memo_files
from corpus.memos.memo_subjects import SubjectFinder
from corpus.memos.project_memos import memos_of_project, tell_lost
from corpus.records import Memo, Theme
from corpus.refi.names import guid
from corpus.refi.project import read_project


def memo_guid(title: str, memo: Memo) -> str:
    """The GUID of a memo: that of the project it came from, so that it merges there, else one of our own."""
    return memo.guid or guid(title, "memo", memo.id)


def read_memos(
    folder: Path,
    texts: Mapping[str, Wording],
    themes: Sequence[Theme],
    respondents: Collection[str],
    title: str,
) -> tuple[tuple[Memo, ...], tuple[Problem, ...]]:
    """Every memo, files before projects, and what is wrong.

    `texts` are the transcripts by id, `title` is the study's. A memo of a project that a file has, by its GUID, is the
    file's: also when somebody changed the file, or left no text in it.
    """
    memos, problems = read_memo_files(folder, SubjectFinder(texts, themes, respondents))
    notebook = Notebook(problems=problems)
    known = {memo_guid(title, memo) for memo in memos}
    of_projects: list[Memo] = []
    for path in find_projects(folder):
        file = f"{CODINGS}/{path.name}"
        try:
            with as_study_error(file):
                taken = memos_of_project(read_project(folder, file), texts, themes, respondents, title)
        except StudyError:
            continue  # corpus.codings.refi_codings has told it
        tell_lost(taken.lost, notebook.of(file))
        of_projects += [memo for memo in taken.memos if memo.guid not in known]
        known |= {memo.guid for memo in taken.memos}
    kept = (memo for memo in (*memos, *of_projects) if memo.text or memo.kind != "memo")
    return tuple(kept), notebook.problems
