"""A table as data: what it holds, how each column is counted, and the trail behind its numbers. Knows no language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from corpus.words.phrase import Phrase
from outputs.numbers import Kind

Counts = Literal["", "respondents", "segments", "codings", "themes"]

_BETWEEN = "|"  # the codes of which a row's key is made
_NEARLY_NOTHING = 1e-12  # what floating point leaves of 0
CELL_COLUMNS = ["row", "column", "segment", "coding"]
PEOPLE_COLUMNS = ["row", "column", "respondent"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `word` is its key in the glossary (columns.csv; default: `key`), which gives heading and meaning.

    `heading` and `meaning` replace those of the glossary, for columns that the study names (a class, a theme, an
    item). `counts` says what a number of this column counts, so that it can be checked against its trail. A
    `vocabulary` says that texts are codes of outputs.words, such as `stance`. `detail` columns are in the files and on
    the page only when asked for.
    """

    key: str
    kind: Kind = "text"
    counts: Counts = ""
    detail: bool = False
    word: str = ""
    heading: Phrase | str = ""
    meaning: Phrase | str = ""
    vocabulary: str = ""


@dataclass(frozen=True)
class Table:
    """One table of the report as data, in no language: outputs.words.render puts it into words.

    `frame` is indexed by row key (str, unique), has one column for each Column and holds numbers, codes of the
    column's vocabulary, texts that are data (labels, names, quotations), Phrases and None (nothing to say); where a
    number could not be computed stands the reason, a Phrase. `cells` leads from a counted cell to what is behind it:
    row, column, segment, coding ("" where a segment itself is counted). `people` leads from a cell of the
    questionnaire to who answered so: row, column, respondent. `lead` says what the table shows, or why it has no rows.
    `warning` says what has to be known before it is believed (outputs.tables.leading).
    `family` is the key that tables of one kind share, such as those of the themes by a variable (default: `key`).
    """

    key: str
    title: Phrase | str
    note: Phrase | str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=CELL_COLUMNS, dtype="str"))
    people: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PEOPLE_COLUMNS, dtype="str"))
    lead: Phrase | str = ""
    family: str = ""
    warning: Phrase | str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "family", self.family or self.key)


Value = str | int | float | Phrase | None
Trail = list[tuple[str, ...]]  # rows of CELL_COLUMNS or PEOPLE_COLUMNS; frames of a few rows each cost seconds


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a short frame, to be put into words one by one."""
    columns = [frame[name].tolist() for name in frame.columns]  # itertuples takes each text out of Arrow by itself
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def make_frame(columns: Iterable[Column], rows: dict[str, dict[str, Value]]) -> pd.DataFrame:
    """Rows by key as a frame of the columns, in that order; a key that a row lacks is None.

    What is left of a difference of equal numbers is 0; p values alone may be as small as they like.
    """
    kinds = {column.key: column.kind for column in columns}
    values = [_cells(row, kinds) for row in rows.values()]
    index = pd.Index(list(rows), name="row", dtype="str")
    return pd.DataFrame(values, index=index, columns=list(kinds), dtype=object)


def _cells(row: dict[str, Value], kinds: dict[str, Kind]) -> list[Value]:
    return [_shown(row.get(key), kind) for key, kind in kinds.items()]


def _shown(value: Value, kind: Kind) -> Value:
    return 0.0 if isinstance(value, float) and kind != "p" and abs(value) < _NEARLY_NOTHING else value


def row_key(*codes: str) -> str:
    """The key of a row about several things, such as a theme and an item."""
    return _BETWEEN.join(codes)


def row_parts(key: object) -> list[str]:
    """The codes that `row_key` joined."""
    return str(key).split(_BETWEEN)


def take_columns(table: Table, frame: pd.DataFrame, keys: Sequence[str]) -> Table:
    """Some columns of a table, without its trails; `frame` holds its rows in the order wanted."""
    columns = {column.key: column for column in table.columns}
    return Table(table.key, table.title, table.note, tuple(columns[key] for key in keys), frame[list(keys)])


def trail(row: str, column: str, coded: pd.DataFrame) -> Trail:
    """The cells of one number that counts the codings of the frame `coded`."""
    passages = zip(coded["segment"].tolist(), coded["coding"].tolist(), strict=True)
    return [(row, column, segment, coding) for segment, coding in passages]


def segment_trail(row: str, column: str, segments: Iterable[str]) -> Trail:
    """The cells of one number that counts segments, not codings; in the order given."""
    return [(row, column, segment, "") for segment in segments]


def answer_trail(row: str, column: str, respondents: Iterable[str]) -> Trail:
    """The people behind one number of the questionnaire, sorted."""
    return [(row, column, respondent) for respondent in sorted(respondents)]


def frame_trail(cells: pd.DataFrame) -> Trail:
    """A part of another trail as a trail."""
    return list(zip(*(cells[name].tolist() for name in cells.columns), strict=True))


def join_trails(trails: Iterable[Trail], columns: list[str]) -> pd.DataFrame:
    """Trails of many cells as one frame, in the order given."""
    return pd.DataFrame([cell for part in trails for cell in part], columns=columns, dtype="str")
