"""People's codings carried over to sources without originals. Reads no file."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import find_codings
from corpus.codings.quotations import Wording
from corpus.codings.settled_codings import in_canonical_order
from corpus.codings.settlement_sheets import read_settlements
from corpus.pseudonyms.edits import Edited
from corpus.study import Study

_PSEUDONYM = re.compile(r"\[[A-ZÀ-Ý_]+_\d+\]")


def moved_codings(codings: pd.DataFrame, ids: Mapping[str, str], sources: Mapping[str, Edited]) -> pd.DataFrame:
    """The HumanCodings frame at its places in the masked sources; `ids`: transcript -> its masked id."""
    return in_canonical_order(moved_passages(codings, ids, sources))


def moved_passages(passages: pd.DataFrame, ids: Mapping[str, str], sources: Mapping[str, Edited]) -> pd.DataFrame:
    """A frame of passages (transcript, start, end, quote) at their places in the masked sources."""
    frame = passages.copy()
    frame["transcript"] = frame["transcript"].map(ids).astype("str")
    places = [
        sources[name].moved(start, end)
        for name, start, end in zip(frame["transcript"], frame["start"], frame["end"], strict=True)
    ]
    frame["start"] = [start for start, _ in places]
    frame["end"] = [end for _, end in places]
    frame["quote"] = [
        sources[name].text[start:end] for name, (start, end) in zip(frame["transcript"], places, strict=True)
    ]
    return frame


def codings_on_masked(study: Study, texts: Mapping[str, Wording]) -> Study:
    """With the codings, and decisions on them, whose quotations hold pseudonyms; `texts` are the masked transcripts.

    A problem is one only where both texts have it, and is told as the masked texts have it: a message may show the
    words of a passage.
    """
    codings, coding_problems = read_codings(study.opened, texts, study.themes, study.settings.study.title)
    settlements, settlement_problems = read_settlements(study.opened.workbooks, texts, study.themes)
    masked_problems = (*coding_problems, *settlement_problems)
    masked = {
        (problem.file, problem.row, problem.column): problem
        for problem in masked_problems
        if problem.severity == "error"
    }
    files = {path.relative_to(study.folder).as_posix() for path in find_codings(study.folder)}
    memos = {(decision.file, decision.line) for decision in study.opened.decisions if decision.do == "memo"}
    problems = tuple(
        masked.get((problem.file, problem.row, problem.column), problem)
        for problem in study.problems
        if problem.file.split(" (")[0] not in files  # of a workbook the sheet follows in brackets
        or problem.severity == "warning"
        or (problem.file, problem.row) in memos
        or (problem.file, problem.row, problem.column) in masked
    )
    return replace(
        study,
        human_codings=in_canonical_order(_with_masked(study.human_codings, codings)),
        settlements=_with_masked(study.settlements, settlements),
        problems=problems,
    )


def _with_masked(passages: pd.DataFrame, on_masked: pd.DataFrame) -> pd.DataFrame:
    """The passages, and those found on the masked texts whose quotations hold pseudonyms."""
    also = on_masked[on_masked["quote"].str.contains(_PSEUDONYM)]
    return pd.concat([passages, also], ignore_index=True) if len(also) else passages
