import openpyxl

from outputs.workbook import write_workbook
from tests.outputs.built import built


def _sheet(path, title):
    book = openpyxl.load_workbook(path)
    return next(sheet for sheet in book.worksheets if sheet["A1"].value == title)


def test_the_workbook_reopens_with_a_sheet_a_table(tmp_path):
    tables = built()
    book = openpyxl.load_workbook(write_workbook(tables, tmp_path / "t.xlsx"))
    assert len(book.sheetnames) == len(tables) + 2
    assert [book["Indice"].cell(4 + n, 2).value for n in range(len(tables))] == [table.title for table in tables]


def test_numbers_are_numbers_in_native_tables_with_filters(tmp_path):
    sheet = _sheet(write_workbook(built(), tmp_path / "t.xlsx"), "Temi per rispondente")
    (table,) = sheet.tables.values()
    assert table.autoFilter is not None and table.ref == "A4:Q7"
    heads = [cell.value for cell in sheet[4]]
    row = dict(zip(heads, sheet[5], strict=True))
    assert row["Ne parlano"].value == 10 and row["%"].value == 10 / 12 and row["%"].number_format == "0.0%"
    assert sheet.freeze_panes == "C5"
    assert "Wilson" in sheet["A2"].value


def test_the_trail_sheet_leads_from_cell_to_codings(tmp_path):
    book = openpyxl.load_workbook(write_workbook(built(), tmp_path / "t.xlsx"))
    rows = list(book["Dai numeri alle citazioni"].iter_rows(min_row=2, values_only=True))
    behind = [row for row in rows if row[:3] == ("temi", "personale", "mentioned")]
    assert len(behind) == 12 and ("temi", "personale", "mentioned", "R01:0002", "R01:0002/personale", None) in behind


def test_text_is_never_a_formula(tmp_path):
    sheet = _sheet(write_workbook(built(first="=1+1 qui"), tmp_path / "t.xlsx"), "Codifiche e citazioni")
    heads = [cell.value for cell in sheet[4]]
    cell = sheet.cell(5, heads.index("Citazione") + 1)
    assert (cell.value, cell.data_type) == ("=1+1 qui", "s")


def test_the_same_tables_give_the_same_bytes(tmp_path):
    tables = built()
    first, second = (write_workbook(tables, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
