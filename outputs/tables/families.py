"""Where each table of the report goes: one row of families.csv a kind of table, for page, document and `trama diff`."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, Protocol, TypeVar, cast

RestsOn = Literal["", "codings", "corrected"]
Compared = Literal["cells", "rows", "summary", "codings", "never"]


@dataclass(frozen=True, slots=True)
class Family:
    """What writers do with tables of one kind.

    `chapter` of the document is a key of the vocabulary chapter, "" where the document prints the table otherwise.
    `on_page`: as a table, not by the script alone. `chosen_by` are columns whose values filter the rows, `said_once`
    columns that neighbouring rows share and that are said in the first. `compared` by `trama diff`: cell by cell; by
    rows, where these are numbered as they come; only counted, of a summary of other tables; coding by coding; or not at
    all, of what tells of earlier runs itself.
    `rests_on`: what is counted in it is codings; or led by corrected figures where there are any; "" for neither.
    """

    chapter: str
    on_page: bool
    chosen_by: tuple[str, ...]
    said_once: tuple[str, ...]
    compared: Compared
    rests_on: RestsOn


_UNKNOWN = Family("further", True, (), (), "cells", "")


class _OfFamily(Protocol):
    @property
    def family(self) -> str: ...


T = TypeVar("T", bound=_OfFamily)


def family_of(table: _OfFamily) -> Family:
    """Where a table goes; one that families.csv does not name is printed last and compared cell by cell."""
    return families().get(table.family, _UNKNOWN)


def in_chapter(tables: Iterable[T], chapter: str) -> list[T]:
    """The tables of a chapter in the order of families.csv; those of one family in the order given."""
    order = list(families())
    inside = [table for table in tables if family_of(table).chapter == chapter]
    return sorted(inside, key=lambda table: order.index(table.family) if table.family in order else len(order))


@cache
def families() -> Mapping[str, Family]:
    """The rows of families.csv by family."""
    text = files("outputs.tables").joinpath("families.csv").read_text(encoding="utf-8")
    return {row["family"]: _family(row) for row in csv.DictReader(text.splitlines(), delimiter=";")}


def _family(row: Mapping[str, str]) -> Family:
    chosen_by = tuple(row["chosen_by"].split())
    said_once = tuple(row["said_once"].split())
    compared = cast(Compared, row["compared"])
    return Family(
        row["chapter"], row["on_page"] == "yes", chosen_by, said_once, compared, cast(RestsOn, row["rests_on"])
    )
