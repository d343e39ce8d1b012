"""Runs of format 1 kept some codes as Italian words: here they become the codes of today. Reads no file.

Whatever asks, compares or exports a finished run then knows one code for one thing, whenever the run was made.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from corpus.schemas import OUTLIERS
from corpus.stances import STANCE_NAMES
from outputs.tables.table import Table

_STANCES = {names.it: stance for stance, names in STANCE_NAMES.items()}
_CODERS = {"persone": "people"}  # nlp.agreement.PEOPLE, which takes seconds to open
# Table -> the parts of its keys, parted by `|` or `/`, that were words: of its rows and of its columns.
_PARTS: Mapping[str, Mapping[str, str]] = {
    "posizioni": _STANCES,
    "temi_domande": {"menzione": "mention", "quota": "share"},
    "accordo": _CODERS,
    "tipi": {"dichiarato": "declared", "trovato": "found"},
}


def frames_in_codes(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The frames of a run's Results, by name, with today's codes."""
    codings = frames["codings"]
    topics = frames["topics"]
    changed = {
        "codings": codings.assign(stance=codings["stance"].replace(_STANCES)),
        "topics": topics.assign(label=topics["label"].where(topics["topic"] != OUTLIERS, "")),
    }
    if "decisions" in frames:
        decisions = frames["decisions"]
        changed["decisions"] = decisions.assign(coder=decisions["coder"].replace(_CODERS))
    return frames | changed


def table_in_codes(table: Table) -> Table:
    """The table with today's codes in the keys of its rows and columns, and in its trails."""
    words = _PARTS.get(table.key)
    if words is None:
        return table

    def key_of(key: str) -> str:
        """A key in its parts; the last part of a row may be a person's name, so only whole parts are codes."""
        for sign in "|/":
            key = sign.join(words.get(part, part) for part in key.split(sign))
        return key

    frame = table.frame.rename(index=key_of, columns=key_of)
    columns = tuple(replace(column, key=key_of(column.key)) for column in table.columns)
    cells = table.cells.assign(row=table.cells["row"].map(key_of), column=table.cells["column"].map(key_of))
    people = table.people.assign(row=table.people["row"].map(key_of), column=table.people["column"].map(key_of))
    return replace(table, columns=columns, frame=frame, cells=cells, people=people)
