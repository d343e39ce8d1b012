"""Memos written in the reading room, as memos of the study. Opens no journal."""

from collections.abc import Iterator, Sequence

from corpus.codings.journal import Decision
from corpus.errors import Notebook
from corpus.memos.memo_header import HeadLine
from corpus.memos.memo_subjects import SubjectFinder
from corpus.records import Memo

_DAY = 10  # signs of a moment as ISO 8601 writes it


def memos_of_journal(decisions: Sequence[Decision], finder: SubjectFinder, notebook: Notebook) -> list[Memo]:
    """A memo for each that somebody wrote and did not take back; what it is about is looked for as in `memo/`."""
    memos = []
    for decision in decisions:
        if decision.do == "memo":
            subjects = finder.find(list(_head(decision)), notebook.of(decision.file))
            date = decision.at[:_DAY]
            memo = Memo(decision.id, decision.file, decision.text, author=decision.coder, date=date, subjects=subjects)
            memos.append(memo)
    return memos


def _head(decision: Decision) -> Iterator[HeadLine]:
    """What a file of `memo/` on the same would have above its text."""
    passage = decision.passage
    if decision.on != "passage" or passage is None:
        yield HeadLine(decision.on, decision.ref, decision.line)
        return
    yield HeadLine("transcript", decision.transcript, decision.line)
    yield HeadLine("quote", passage.text, decision.line)
    yield HeadLine("position", f"{passage.start}-{passage.end}", decision.line)
