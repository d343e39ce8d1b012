"""Every text of a study, each with the way it is written. Changes none and looks for no name."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from corpus.pseudonyms.edits import Edit
from corpus.respondents.respondents_list import COLUMNS as IDENTITY
from corpus.study import Study
from corpus.words.spelling import fold

TABLES = ""
"""The transcript of what belongs to none: tables, codebooks, settings."""
Manner = Literal["speech", "label", "cell", "name", "code", "message"]
_NAME_COLUMN = re.compile(
    r"(?:nom[ei]|cognom[ei]|nominativ[oi]|name|surname|first ?name|last ?name|referente|intervistat[oa]|contatto"
    r"|rispondente|nome e cognome|cognome e nome|nome cognome|full ?name|alias|soprannome)"
)


class StudyText(NamedTuple):
    """A text of a study. `manner`: speech; a speaker's label; a cell; a cell of a column of names; an id or a file's
    name; a message or a term, where only names that the study is known to hold are looked for.
    """

    transcript: str
    value: str
    manner: Manner


Find = Callable[[StudyText], tuple[Edit, ...]]


def texts_of(study: Study) -> Iterator[StudyText]:
    """Every text of the study in canonical order, as `mask_study` will ask for it, messages left out."""
    for transcript in study.transcripts:
        yield StudyText(transcript.id, transcript.id, "code")
        for speaker in dict.fromkeys(turn.speaker for turn in transcript.turns):
            yield StudyText(transcript.id, speaker, "label")
        for turn in transcript.turns:
            yield StudyText(transcript.id, turn.text, "speech")
        for note in transcript.notes:
            yield StudyText(transcript.id, note, "cell")
    names = [name for name in study.respondents.columns if _is_name_column(name)]
    for row in study.respondents.to_dict("records"):
        if len(names) > 1:
            yield StudyText(TABLES, " ".join(str(row[name]) for name in names), "name")
        for name in study.respondents.columns:
            yield StudyText(TABLES, str(row[name]), manner_of(str(name)))
    open_items = {item.code for item in study.items if item.type == "text"}
    for answer in study.answers.loc[study.answers["item"].isin(open_items), "value"]:
        yield StudyText(TABLES, str(answer), "cell")
    for theme in study.themes:
        yield from (StudyText(TABLES, text, "cell") for text in (theme.definition, *theme.examples))
    for memo in study.memos:
        yield from (StudyText(TABLES, text, "cell") for text in (memo.id, memo.title, memo.text))


def _is_name_column(name: str) -> bool:
    return _NAME_COLUMN.fullmatch(fold(name).replace("_", " ")) is not None


def manner_of(column: str) -> Manner:
    """How the cells of a column of respondents.csv are written."""
    if column in IDENTITY:
        return "label" if column == "speaker" else "code"
    return "name" if _is_name_column(column) else "cell"
