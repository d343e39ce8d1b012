"""The memos of a study: those of `memo/`, of the projects in `codings/` that no file of `memo/` is, of the journal."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from corpus.codings.opened_codings import OpenedCodings
from corpus.codings.quotations import Wording
from corpus.errors import Notebook, Problem, left_out_if_unreadable
from corpus.memos.journal_memos import memos_of_journal
from corpus.memos.memo_files import read_memo_files
from corpus.memos.memo_subjects import SubjectFinder
from corpus.memos.project_memos import memos_of_project, tell_lost
from corpus.records import Memo, Theme
from corpus.refi.names import guid


def memo_guid(title: str, memo: Memo) -> str:
    """The GUID of a memo: that of the project it came from, so that it merges there, else one of our own."""
    return memo.guid or guid(title, "memo", memo.id)


def read_memos(
    folder: Path,
    opened: OpenedCodings,
    texts: Mapping[str, Wording],
    themes: Sequence[Theme],
    respondents: Collection[str],
    title: str,
) -> tuple[tuple[Memo, ...], tuple[Problem, ...]]:
    """Every memo, files before projects and these before the journal, and what is wrong.

    `opened` are the files of people's codings, `texts` the transcripts by id, `title` is the study's. A memo of a
    project that a file has, by its GUID, is the file's: also when somebody changed the file, or left no text in it.
    """
    finder = SubjectFinder(texts, themes, respondents)
    memos, problems = read_memo_files(folder, finder)
    notebook = Notebook(problems=problems)
    known = {memo_guid(title, memo) for memo in memos}
    of_projects: list[Memo] = []
    for project in opened.projects:
        with left_out_if_unreadable(project.file, notebook):
            taken = memos_of_project(project, texts, themes, respondents, title)
            tell_lost(taken.lost, notebook.of(project.file))
            of_projects += [memo for memo in taken.memos if memo.guid not in known]
            known |= {memo.guid for memo in taken.memos}
    of_journal = memos_of_journal(opened.decisions, finder, notebook)
    kept = (memo for memo in (*memos, *of_projects, *of_journal) if memo.text or memo.kind != "memo")
    return tuple(kept), notebook.problems
