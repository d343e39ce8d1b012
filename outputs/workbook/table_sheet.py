"""A sheet of the workbook that holds one native table of many cells. Room outputs; knows nothing of what they mean.

xlsxwriter takes dozens of microseconds a cell and a note of each cell of a table; this sheet has the same bytes.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet

STYLE = "Table Style Light 1"
_SURELY_FITS = 16_000  # signs; a cell holds 32,767, of which some count twice


class TableSheet(Worksheet):
    """A sheet with one native table: `lay_table`, then `put` in the place of write_string and write_number."""

    def lay_table(self, top: int, rows: int, columns: Sequence[dict[str, Any]], name: str) -> None:
        """The table `name` from column A on: headings in row `top` (from zero), and `rows` rows to be filled.

        `columns` as in xlsxwriter's add_table.
        """
        self.add_table(top, 0, top + 1, len(columns) - 1, {"name": name, "columns": columns, "style": STYLE})
        # As long as this only now: xlsxwriter keeps every cell of the range, lest a second table lie over it.
        whole = xl_range(top, 0, top + max(rows, 1), len(columns) - 1)
        self._check_dimensions(top + rows, len(columns) - 1)
        self.tables[-1] |= {"range": whole, "a_range": whole, "autofilter": whole}

    def put(self, row: int, column: int, value: str | float, style: Any) -> None:
        """A text or number in a cell of the table; rows and columns from zero."""
        if not isinstance(value, str):
            self._write_number(row, column, value, style)
        elif len(value) > _SURELY_FITS:
            self._write_string(row, column, value, style)
        else:
            self.table[row][column] = CellStringTuple(self.str_table._get_shared_string_index(value), style)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.format is None or not isinstance(cell, CellStringTuple | CellNumberTuple):
            super()._write_cell(row, col, cell)
            return
        place = f'<c r="{column_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if isinstance(cell, CellStringTuple):
            self.fh.write(f'{place} t="s"><v>{cell.string}</v></c>')
        else:
            self.fh.write(f"{place}><v>{cell.number:.16G}</v></c>")


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from zero (A = 0)."""
    return str(xl_col_to_name(column))
