"""The columns of the tables by their keys in the glossary (columns.csv): how they are counted. Knows no language."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import cast

from corpus.words.phrase import Phrase
from outputs.numbers import Kind
from outputs.tables.table import Column, Counts


def column(word: str, *, label: Phrase | str = "", name: str = "") -> Column:
    """The column `word` of the glossary; `label` and `name` replace its heading and its key (one column a group)."""
    entry = glossary()[word]
    return Column(
        key=name or word,
        kind=cast(Kind, entry["kind"]),
        counts=cast(Counts, entry["counts"]),
        detail=entry["detail"] == "yes",
        word=word,
        heading=label,
        vocabulary=entry["vocabulary"],
    )


def columns(keys: str) -> tuple[Column, ...]:
    """Several columns from their keys separated by blanks."""
    return tuple(column(key) for key in keys.split())


@cache
def glossary() -> Mapping[str, Mapping[str, str]]:
    """The rows of columns.csv by key: kind, counts, detail, vocabulary, and heading and meaning in each language."""
    text = files("outputs.tables").joinpath("columns.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines(), delimiter=";")}
