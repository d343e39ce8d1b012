"""A sheet with a native table is the one that xlsxwriter would have written call by call, to the byte."""

from datetime import datetime

import pytest
import xlsxwriter

from outputs.workbook.table_sheet import STYLE, TableSheet

HEADS = ["Tema", "Rispondenti", "Quota"]
ROWS = [("Trasporti & <bus>", 12, 0.125), ("", -3, 1e-9), ("😀" * 16_500, 2**53, 1 / 3), ("Trasporti & <bus>", 0, 2.0)]


def _written(path, rows, by_call):
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    text, number, head = (book.add_format(style) for style in ({"text_wrap": True}, {"num_format": "0.0%"}, {}))
    columns = [{"header": name, "header_format": head} for name in HEADS]
    sheet = book.add_worksheet("Temi", TableSheet)
    sheet.write_string(0, 1, "Una nota", head)
    if by_call:
        options = {"name": "Tabella_01", "columns": columns, "style": STYLE}
        sheet.add_table(2, 0, 2 + max(len(rows), 1), len(HEADS) - 1, options)
    else:
        sheet.lay_table(2, len(rows), columns, "Tabella_01")
    for line, (theme, count, share) in enumerate(rows, start=3):
        if by_call:
            sheet.write_string(line, 0, theme, text)
            sheet.write_number(line, 1, count, number)
            sheet.write_number(line, 2, share, number)
        else:
            for place, value in enumerate((theme, count, share)):
                sheet.put(line, place, value, number if place else text)
    sheet.write_string(0, 5, "senza formato")
    if by_call:
        sheet._write_cell = lambda *cell: super(TableSheet, sheet)._write_cell(*cell)
    book.close()
    return path.read_bytes()


@pytest.mark.parametrize("rows", [[], ROWS[:1], ROWS, ROWS * 5])
def test_it_has_the_bytes_that_xlsxwriter_would_write(tmp_path, rows):
    assert _written(tmp_path / "a.xlsx", rows, False) == _written(tmp_path / "b.xlsx", rows, True)
