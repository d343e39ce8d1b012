"""What people call transcripts in their tables, and which one is meant. Guesses nothing."""

import re
from collections.abc import Collection

from corpus.words.spelling import called, clean_cell

_ENDING = re.compile(
    r"\.(txt|docx?|dotx|rtf|odt|pdf|md|html?|eaf|vtt|srt|sbv|json|tsv|textgrid|otr"
    r"|mp[34]|m4[av]|wav|ogg|wma|wmv|mov|avi|mkv)$",
    re.IGNORECASE,
)


def without_ending(name: str) -> str:
    """The name without the ending of a text's or a recording's file."""
    return _ENDING.sub("", clean_cell(name))


def transcript_called(name: str, ids: Collection[str]) -> str | None:
    """The transcript of that name, with or without ending, else by case or accents; None when none is, or two are."""
    tries = (called(each, ids) for each in dict.fromkeys((name, without_ending(name))) if each)
    return next((id for id in tries if id is not None), None)
