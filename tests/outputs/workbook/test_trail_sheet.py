"""The sheet of trails is the one that xlsxwriter would have written cell by cell, to the byte."""

from datetime import datetime

import pandas as pd
import pytest
import xlsxwriter

from outputs.workbook.trail_sheet import TrailSheet

COLUMNS = ["table", "row", "column", "segment", "coding", "respondent"]


def _frame(rows):
    """Trails as tables have them: the segment, the coding or the respondent is there, now and then with odd signs."""
    codings = [
        ("temi", f"t{n % 7}", "codifiche", f"S01:{n:04d}", f"S01:{n:04d}/a&b <{n % 3}>", "") for n in range(rows)
    ]
    people = [("temi", f"t{n % 7}", "rispondenti", "", "", f"Città {n % 5}") for n in range(rows // 2)]
    return pd.DataFrame([*people, *codings, *people], columns=COLUMNS, dtype="category")


def _written(path, frame, by_cell):
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2000, 1, 1)})
    book.add_worksheet("Prima").write_string(0, 0, "S01:0003")
    if by_cell:
        sheet = book.add_worksheet("Dai numeri alle citazioni")
        heads = [{"header": head} for head in COLUMNS]
        options = {"name": "Trail", "columns": heads, "style": "Table Style Light 1"}
        sheet.add_table(0, 0, max(len(frame), 1), len(COLUMNS) - 1, options)
        for line, values in enumerate(frame.itertuples(index=False, name=None), start=1):
            for place, value in enumerate(values):
                if value:
                    sheet.write_string(line, place, value)
    else:
        sheet = book.add_worksheet("Dai numeri alle citazioni", worksheet_class=TrailSheet)
        sheet.fill(frame, "Trail")
    sheet.freeze_panes(1, 0)
    book.add_worksheet("Dopo").write_string(0, 0, "un testo nuovo")
    book.close()
    return path.read_bytes()


@pytest.mark.parametrize("rows", [0, 1, 15, 16, 17, 40])
def test_it_has_the_bytes_that_xlsxwriter_would_write(tmp_path, rows):
    frame = _frame(rows)
    assert _written(tmp_path / "a.xlsx", frame, False) == _written(tmp_path / "b.xlsx", frame, True)
