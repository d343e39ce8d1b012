"""A table cut down to what paper needs: no column of one reason over and over, nothing said twice. Room outputs."""

from dataclasses import replace

import pandas as pd

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.shown import paired_columns
from outputs.tables.families import family_of
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.words.sentences import say


def shorten(table: RenderedTable, language: Language) -> RenderedTable:
    """The table without blank columns and those in which no number can be had for one reason, which the note tells.

    What neighbouring rows share (`said_once` of families.csv) stands in the first of them.
    """
    reasons = {column.key: reason for column in table.columns if (reason := _only_reason(table, column))}
    blank = [column.key for column in table.columns if table.frame[column.key].isin(["", None]).all()]
    shown = tuple(column for column in table.columns if column.key not in {*reasons, *blank})
    notes = [table.note]
    for reason in dict.fromkeys(reasons.values()):
        heads = [low.label for low, _ in paired_columns(table) if not low.detail and reasons.get(low.key) == reason]
        if heads:
            notes.append(say(Phrase("document.no_numbers", {"columns": tuple(heads), "reason": reason}), language))
    return replace(table, columns=shown, frame=_said_once(table), note=" ".join(notes))


def _only_reason(table: RenderedTable, column: RenderedColumn) -> str:
    """The reason why a column holds no number in any row, "" where it holds one or the reasons differ."""
    coded = table.data.frame[column.key].tolist()
    reasons = set(table.frame[column.key].tolist())
    lacking = column.kind != "text" and bool(coded) and all(isinstance(value, Phrase) for value in coded)
    return str(reasons.pop()) if lacking and len(reasons) == 1 else ""


def _said_once(table: RenderedTable) -> pd.DataFrame:
    if any(str(key).endswith("quotations") for key in table.frame):
        return table.frame  # its rows are named again above their quotations
    once = [key for key in family_of(table).said_once if key in table.frame]
    frame = table.frame.copy()
    same = pd.Series(True, index=frame.index)
    for key in once:  # the first of them parts the rows: an equal text below another one is said again
        same &= table.frame[key].eq(table.frame[key].shift())
        frame.loc[same, key] = ""
    return frame
