"""The words of the tables: what each column is called and means, in Italian and English (columns.csv). No numbers."""

import csv
from functools import cache
from importlib.resources import files
from typing import cast

from corpus.words.language import Language
from outputs.tables.table import Column, Counts, Kind


def column(key: str, language: Language, *, label: str = "", name: str = "") -> Column:
    """The column `key` in a language; `label` and `name` replace its heading and its key (one column a group)."""
    word = _words()[key]
    return Column(
        key=name or key,
        label=label or word[language],
        meaning=word[f"meaning_{language}"],
        kind=cast(Kind, word["kind"]),
        counts=cast(Counts, word["counts"]),
        detail=word["detail"] == "yes",
    )


def columns(keys: str, language: Language) -> tuple[Column, ...]:
    """Several columns from their keys separated by blanks."""
    return tuple(column(key, language) for key in keys.split())


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("outputs.tables").joinpath("columns.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
