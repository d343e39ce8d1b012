"""People's codings carried over to sources without originals. Reads codings.csv once more, and no transcript."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from corpus.codings.coding_sheets import find_coding_sheets
from corpus.codings.human_codings import FILE as CODINGS
from corpus.codings.refi_codings import find_projects
from corpus.codings.settled_codings import in_canonical_order
from corpus.pseudonyms.edits import Edited
from corpus.study import Study, read_codings
from corpus.tables.sheets import find_table

_PSEUDONYM = re.compile(r"\[[A-ZÀ-Ý_]+_\d+\]")


def moved_codings(codings: pd.DataFrame, ids: Mapping[str, str], sources: Mapping[str, Edited]) -> pd.DataFrame:
    """The HumanCodings frame at its places in the masked sources; `ids`: transcript -> its masked id."""
    frame = codings.copy()
    frame["transcript"] = frame["transcript"].map(ids).astype("str")
    passages = [
        sources[name].moved(start, end)
        for name, start, end in zip(frame["transcript"], frame["start"], frame["end"], strict=True)
    ]
    frame["start"] = [start for start, _ in passages]
    frame["end"] = [end for _, end in passages]
    frame["quote"] = [
        sources[name].text[start:end] for name, (start, end) in zip(frame["transcript"], passages, strict=True)
    ]
    return in_canonical_order(frame)


def codings_on_masked(study: Study) -> Study:
    """With the codings whose quotations hold pseudonyms; a problem is one only where both texts have it.

    It is told as the masked texts have it: a message may show the words of a passage.
    """
    codings, masked_problems = read_codings(study.folder, study.transcripts, study.themes, study.settings.study.title)
    on_masked = codings[codings["quote"].str.contains(_PSEUDONYM)]
    masked = {
        (problem.file, problem.row, problem.column): problem
        for problem in masked_problems
        if problem.severity == "error"
    }
    files = {find_table(study.folder, CODINGS)}
    others = [*find_coding_sheets(study.folder), *find_projects(study.folder)]
    files |= {path.relative_to(study.folder).as_posix() for path in others}
    problems = tuple(
        masked.get((problem.file, problem.row, problem.column), problem)
        for problem in study.problems
        if problem.file.split(" (")[0] not in files  # of a workbook the sheet follows in brackets
        or problem.severity == "warning"
        or (problem.file, problem.row, problem.column) in masked
    )
    frame = pd.concat([study.human_codings, on_masked], ignore_index=True) if len(on_masked) else study.human_codings
    return replace(study, human_codings=in_canonical_order(frame), problems=problems)
