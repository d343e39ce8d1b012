"""The workbook's sheet of trails, whose hundreds of thousands of short cells are written at once. Room outputs.

xlsxwriter takes a dozen microseconds a cell, which was a tenth of a whole run; this sheet has the same bytes.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from outputs.workbook.table_sheet import TableSheet, column_letters

_CHUNK = 10_000
_SPAN_ROWS = 16  # of so many rows Excel's files tell the columns in use


class TrailSheet(TableSheet):
    """A sheet with a native table of plain texts: `fill` instead of a call a cell."""

    _cells = np.empty((0, 0), dtype=np.int32)

    def fill(self, frame: pd.DataFrame, name: str) -> None:
        """Headings and rows of `frame` (categorical) from A1; "" is an empty cell, but not in the first column."""
        self.lay_table(0, len(frame), [{"header": head} for head in frame.columns], name)
        if not len(frame):
            return
        codes, texts = _numbered(frame)
        places = np.full(len(texts), -1, dtype=np.int32)
        for number in _as_they_come(codes, len(texts)):  # so shared strings are numbered, row by row
            if texts[number]:
                places[number] = self.str_table._get_shared_string_index(texts[number])
        self._cells = places[codes]
        self.str_table.count += int((self._cells >= 0).sum()) - int((places >= 0).sum())

    def _write_rows(self) -> None:
        cells = self._cells
        if not len(cells):
            super()._write_rows()
            return
        spans = _spans(cells)
        self._write_row(0, f"1:{spans[0]}")
        for place, cell in self.table[0].items():
            self._write_cell(0, place, cell)
        self._xml_end_tag("row")
        for first, last in pairwise(_alike(cells >= 0)):
            self.fh.write(_rows(cells[first:last], first + 2, spans[first + 1 : last + 1]))


def _numbered(frame: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Every cell as the number of its text, and the texts: a Python object for each cell would fill the memory."""
    number: dict[str, int] = {}
    cells = np.empty(frame.shape, dtype=np.int32)
    for place, name in enumerate(frame.columns):
        column = frame[name].cat
        texts = [number.setdefault(str(text), len(number)) for text in column.categories.tolist()]
        cells[:, place] = np.array(texts, dtype=np.int32)[column.codes]
    return cells, list(number)


def _as_they_come(codes: np.ndarray, texts: int) -> Iterator[int]:
    """The numbers in `codes`, each once, row by row."""
    seen = np.zeros(texts, dtype=bool)
    for first in range(0, len(codes), _CHUNK):
        numbers, places = np.unique(codes[first : first + _CHUNK], return_index=True)
        new = numbers[np.argsort(places)]
        yield from new[~seen[new]].tolist()
        seen[new] = True


def _spans(cells: np.ndarray) -> np.ndarray:
    """For the row of headings and each row of `cells` the last column in use in its block of sixteen."""
    last = cells.shape[1] - np.argmax(cells[:, ::-1] >= 0, axis=1)
    last = np.concatenate([[cells.shape[1]], last])
    blocks = np.maximum.reduceat(last, np.arange(0, len(last), _SPAN_ROWS))
    return np.repeat(blocks, _SPAN_ROWS)[: len(last)]


def _alike(used: np.ndarray) -> list[int]:
    """Where rows begin that have other cells in use than the row before, or are a chunk further on; and the end."""
    other = np.flatnonzero((used[1:] != used[:-1]).any(axis=1)) + 1
    return sorted({*other.tolist(), *range(0, len(used), _CHUNK), len(used)})


def _rows(cells: np.ndarray, first: int, spans: np.ndarray) -> str:
    """Rows that have the same cells in use, the first of them number `first`, put into words at once."""
    used = np.flatnonzero(cells[0] >= 0)
    number = np.arange(first, first + len(cells))
    places = [part for place in used for part in (number, cells[:, place])]
    row = "".join(f'<c r="{column_letters(place)}%d" t="s"><v>%d</v></c>' for place in used.tolist())
    row = f'<row r="%d" spans="1:%d">{row}</row>'
    return row * len(cells) % tuple(np.stack([number, spans, *places], axis=1).ravel().tolist())
