"""The sheet of a workbook that leads from each number to what is behind it. Room outputs; counts nothing."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.words.language import Bilingual, Language
from outputs.words.render import RenderedTable
from outputs.workbook.trail_sheet import TrailSheet

SHEET = Bilingual("Dai numeri alle citazioni", "Trail")
LONGEST = 32_000  # Excel cuts a cell at 32,767 characters
MOST_LINKS = 65_000  # Excel keeps 65,530 links on a sheet
MOST_ROWS = 1_048_000  # a sheet holds 1,048,576 rows
_COLUMNS = ["table", "row", "column", "segment", "coding", "respondent"]
_HEADS = Bilingual(
    "Tabella;Riga;Colonna;Segmento;Codifica;Rispondente;Citazione",
    "Table;Row;Column;Segment;Coding;Respondent;Quotation",
)
Lines = dict[str, dict[tuple[str, str], int]]  # table -> row key, column key -> row of the sheet


def trail_rows(tables: Sequence[RenderedTable]) -> pd.DataFrame:
    """Columns of _COLUMNS: all trails of the tables, the rows of one number in a row, as many as a sheet holds.

    The columns are categorical: hundreds of thousands of rows are made of few different texts.
    """
    parts = [(table.key, part) for table in tables for part in (table.cells, table.people) if len(part)]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS, dtype="category")
    rows = pd.DataFrame({name: _column(parts, name) for name in _COLUMNS})  # one as texts at a time
    number = rows.groupby(["table", "row", "column"], sort=False).ngroup()
    return rows.iloc[number.argsort(kind="stable")].head(MOST_ROWS).reset_index(drop=True)


def _column(parts: Sequence[tuple[str, pd.DataFrame]], name: str) -> pd.Series:
    """One column of the rows of all parts; a column that a part has not is empty there."""
    texts = [part.get(name, pd.Series("", index=part.index, dtype="str")) for _, part in parts]
    if name == "table":
        texts = [pd.Series(key, index=part.index, dtype="str") for key, part in parts]
    return pd.concat(texts, ignore_index=True).astype("category")


def first_lines(rows: pd.DataFrame) -> Lines:
    """The row of the sheet, as Excel numbers it, where the trail of each number begins."""
    first = rows[["table", "row", "column"]].drop_duplicates()
    lines: Lines = {}
    for place, table, row, column in zip(first.index.tolist(), *(first[name].tolist() for name in first), strict=True):
        lines.setdefault(table, {})[row, column] = place + 2
    return lines


def write_trail(
    sheet: TrailSheet, rows: pd.DataFrame, codings: RenderedTable | None, language: Language, back: str
) -> None:
    """The rows as a native table, beside each coding its quotation; `back` names the sheet of contents."""
    said = {} if codings is None else codings.frame["quotation"].str.slice(0, LONGEST).to_dict()
    heads = _HEADS.say(language).split(";")
    coded = rows["coding"].cat
    numbers, quotations = pd.factorize(
        np.array([said.get(name, "") for name in coded.categories.tolist()], dtype=object)
    )
    shown = rows.assign(quotation=pd.Series(quotations, dtype="category").take(numbers[coded.codes]).array)
    sheet.fill(shown.set_axis(heads, axis=1), "Trail")
    sheet.write_url(0, len(heads) + 1, f"internal:'{back}'!A1", None, f"← {back}")
    sheet.freeze_panes(1, 0)
    for place, width in enumerate((22, 26, 22, 16, 26, 14, 110)):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
