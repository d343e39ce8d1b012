"""People's codings of all files as one: each coder under one name, each coding once. What disagrees is told."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.errors import Notebook, Problem
from corpus.schemas import HumanCodings, empty
from corpus.words.spelling import fold

_PASSAGE = ["transcript", "start", "end"]
_LISTED = 5  # passages that one message names


def in_canonical_order(codings: pd.DataFrame) -> pd.DataFrame:
    """A HumanCodings frame in canonical order, each coder's coding of a passage once, with a stance where one is given.

    Of several stances the first in the frame counts, and of a coding and a "no" the coding.
    """
    key = [*_PASSAGE, "theme", "coder"]
    by_weight = codings.assign(no=~codings["given"].astype(bool), bare=codings["stance"] == "")
    ordered = by_weight.sort_values([*key, "no", "bare"], kind="stable", ignore_index=True)
    ordered = ordered[list(codings.columns)]
    return HumanCodings.validate(ordered.drop_duplicates(key, ignore_index=True))


def settle_rows(rows: Sequence[Sequence[object]], file: str) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """As `settle_codings`, of the codings of one file as rows of cells, in the order of HumanCodings."""
    if not rows:
        return empty(HumanCodings), ()
    return settle_codings(pd.DataFrame(rows, columns=list(HumanCodings.to_schema().columns)), file)


def settle_codings(codings: pd.DataFrame, file: str = "") -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The codings in order, coders' names that differ by case, accents or blanks as one, and what was settled how.

    A theme at a passage wins over "no theme" of the same coder there, and a coding over the same coder's "no" to its
    theme in the words around; of several stances the first in the frame counts. `file` is what the problems name, ""
    where the codings are of several files.
    """
    if codings.empty:
        return in_canonical_order(codings), ()
    notebook = Notebook(file)
    codings = codings.assign(coder=_one_name_each(codings["coder"], notebook))
    key = [*_PASSAGE, "coder"]
    codings = codings[~_coded_after_all(codings, notebook)]
    coded = codings[(codings["theme"] != "") & codings["given"]].drop_duplicates(key)[key]
    also_coded = codings.merge(coded, on=key, how="left", indicator=True)["_merge"].eq("both").to_numpy()
    contradicted = also_coded & codings["theme"].eq("").to_numpy()
    if contradicted.any():
        where = _passages(codings[contradicted])
        notebook.warning(
            f"passaggi con un tema e anche con «nessun tema» della stessa persona: vale il tema ({where})",
            f"passages with a theme and also with “no theme” by the same person: the theme counts ({where})",
        )
    codings = codings[~contradicted]
    given = codings[codings["stance"] != ""]
    several = given.groupby([*key, "theme"], sort=True)["stance"].nunique()
    if (several > 1).any():
        where = _passages(several[several > 1].reset_index())
        notebook.warning(
            f"stessa persona, passaggio e tema ma posizioni diverse: vale la prima letta ({where})",
            f"one person, passage and theme but different stances: the first read counts ({where})",
        )
    return in_canonical_order(codings), notebook.problems


def _coded_after_all(codings: pd.DataFrame, notebook: Notebook) -> np.ndarray:
    """Whether each row is a "no" to a theme that the same coder gives to words in it; such are told."""
    numbered = codings.assign(place=range(len(codings)))
    refused = numbered[~numbered["given"].astype(bool)]
    pairs = refused.merge(
        numbered[numbered["given"].astype(bool)], on=["transcript", "theme", "coder"], suffixes=("", "_coded")
    )
    inside = (pairs["start"] <= pairs["start_coded"]) & (pairs["end"] >= pairs["end_coded"])
    contradicted = numbered["place"].isin(pairs.loc[inside, "place"]).to_numpy()
    if contradicted.any():
        where = _passages(codings[contradicted])
        notebook.warning(
            f"passaggi con un «no» a un tema che la stessa persona vi ha codificato: vale la codifica ({where}); se "
            "invece vale il «no», toglila dal suo file",
            f"passages with a “no” to a theme that the same person coded there: the coding counts ({where}); if the "
            "“no” holds, take the coding out of its file",
        )
    return contradicted


def unanalysed_codings(codings: pd.DataFrame, turns: pd.DataFrame) -> tuple[Problem, ...]:
    """One warning for the codings (a HumanCodings frame) that touch no word of a respondent in `turns` (Turns).

    What the interviewer says, or somebody who is no respondent, is in no table.
    """
    answers = turns.loc[turns["respondent"] != "", ["transcript", "start", "end"]]
    numbered = codings.assign(coding=range(len(codings)))
    pairs = numbered.merge(answers, on="transcript", suffixes=("", "_turn"))
    touching = pairs.loc[(pairs["start"] < pairs["end_turn"]) & (pairs["end"] > pairs["start_turn"]), "coding"]
    lost = numbered[~numbered["coding"].isin(touching) & (numbered["theme"] != "")]
    notebook = Notebook()
    if len(lost):
        where = _passages(lost)
        notebook.warning(
            "codifiche di parole che non sono di un rispondente (domande, parlanti senza rispondente, note), che non "
            f"contano: {len(lost)} ({where})",
            "codings of words that are no respondent's (questions, speakers without a respondent, notes), which do "
            f"not count: {len(lost)} ({where})",
        )
    return notebook.problems


def _one_name_each(coders: pd.Series, notebook: Notebook) -> pd.Series:
    """The names, those alike as the one most used."""
    times = coders.value_counts()
    spelled: dict[str, list[str]] = {}
    for name in sorted(times.index, key=lambda name: (-times[name], name)):
        spelled.setdefault(fold(name), []).append(name)
    for names in spelled.values():
        if len(names) > 1:
            shown = ", ".join(f"`{name}`" for name in names)
            notebook.warning(
                f"chi ha codificato è scritto in più modi ({shown}): letto come una persona sola, `{names[0]}`",
                f"a coder is spelled in several ways ({shown}): read as one person, `{names[0]}`",
            )
    return coders.map({name: names[0] for names in spelled.values() for name in names}).astype(coders.dtype)


def _passages(codings: pd.DataFrame) -> str:
    listed = codings[_PASSAGE].head(_LISTED).itertuples(index=False, name=None)
    names = ", ".join(f"`{transcript}` {start}-{end}" for transcript, start, end in listed)
    return names + (" ..." if len(codings) > _LISTED else "")
