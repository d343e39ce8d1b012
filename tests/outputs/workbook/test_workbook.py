from dataclasses import replace

import openpyxl

from outputs.chapters import says_something
from outputs.tables.families import families
from outputs.words.sentences import sentences
from outputs.workbook.workbook import write_workbook
from tests.tiny_study import make_run


def _sheet(path, title):
    book = openpyxl.load_workbook(path)
    return next(sheet for sheet in book.worksheets if sheet["B1"].value == title)


def _contents(book, name="Indice"):
    """The rows of the contents, as texts and numbers, and the places that their first cells lead to."""
    lines = list(book[name].iter_rows(min_row=4, max_col=3))
    return list(map(_values, lines)), [line[0].hyperlink for line in lines]


def _values(line):
    return tuple(cell.value for cell in line)


def test_the_contents_say_what_each_sheet_shows_and_lead_there(run, tmp_path):
    book = openpyxl.load_workbook(write_workbook(run.tables, tmp_path / "t.xlsx"))
    rows, links = _contents(book)
    speaking = [table for table in run.tables if says_something(table.data)]
    assert book.sheetnames[0] == "Indice" and [row[0] for row in rows[: len(speaking) + 1]] == book.sheetnames[1:]
    assert [row[2] for row in rows[: len(speaking)]] == [len(table.frame) for table in speaking]
    assert ("Temi per rispondente", "Quanti parlano di ogni tema, e quanto.", 3) in rows
    for name, link in zip(book.sheetnames[1:], links, strict=False):
        assert link.location == f"'{name}'!A1"


def test_a_table_that_says_nothing_has_no_sheet_and_the_contents_say_why(run, tmp_path):
    book = openpyxl.load_workbook(write_workbook(run.tables, tmp_path / "t.xlsx"))
    rows, _ = _contents(book)
    silent = [table for table in run.tables if not says_something(table.data)]
    after = [row[0] for row in rows].index("Fogli che non ci sono, e perché") + 1
    told = dict(row[:2] for row in rows[after:])
    assert silent and list(told) == [table.title for table in silent] and all(told.values())
    assert told["Memo"].startswith("Nessun memo") and "Memo" not in book.sheetnames


def test_a_workbook_of_nothing_but_silent_tables_has_contents(run, tmp_path):
    silent = [table for table in run.tables if not says_something(table.data)]
    book = openpyxl.load_workbook(write_workbook(silent, tmp_path / "t.xlsx", "en"))
    assert book.sheetnames == ["Contents", "Trail"]
    rows, _ = _contents(book, "Contents")
    assert len(rows) == len(silent) + 3


def test_every_kind_of_table_has_a_sentence_for_the_contents():
    assert {f"workbook.shows.{family}" for family in families()} <= set(sentences())


def test_numbers_are_numbers_in_native_tables_with_filters(run, tmp_path):
    sheet = _sheet(write_workbook(run.tables, tmp_path / "t.xlsx"), "Temi per rispondente")
    (table,) = sheet.tables.values()
    assert table.autoFilter is not None and table.ref == "A4:Q7"
    heads = [cell.value for cell in sheet[4]]
    row = dict(zip(heads, sheet[5], strict=True))
    assert row["Ne parlano"].value == 10 and row["%"].value == 10 / 12 and row["%"].number_format == "0.0%"
    assert sheet.freeze_panes == "C5"
    assert "Wilson" in sheet["A2"].value


def test_the_trail_sheet_leads_from_cell_to_codings(run, tmp_path):
    book = openpyxl.load_workbook(write_workbook(run.tables, tmp_path / "t.xlsx"))
    rows = list(book["Dai numeri alle citazioni"].iter_rows(min_row=2, values_only=True))
    behind = [row for row in rows if row[:3] == ("temi", "personale", "mentioned")]
    first = ("temi", "personale", "mentioned", "R01:0002", "R01:0002/personale", None, "I sacchi passano il lunedì.")
    assert len(behind) == 12 and first in [row[:7] for row in behind]


def _led(trail):
    return trail[["row", "column"]].itertuples(index=False)


def test_a_number_leads_to_the_first_of_its_rows_and_stays_a_number(run, tmp_path):
    book = openpyxl.load_workbook(write_workbook(run.tables, tmp_path / "t.xlsx"))
    trail = book["Dai numeri alle citazioni"]
    followed = 0
    for name in book.sheetnames[1:-1]:
        sheet = book[name]
        table = next(table for table in run.tables if table.title == sheet["B1"].value)
        assert sheet.cell(1, max(len(table.columns), 4) + 1).hyperlink.location == "'Indice'!A1"
        for cell in (cell for row in sheet.iter_rows(min_row=5, min_col=2) for cell in row if cell.hyperlink):
            line = int(cell.hyperlink.location.removeprefix("'Dai numeri alle citazioni'!A"))
            row = sheet.cell(cell.row, 1).value
            column = trail.cell(line, 3).value
            before = tuple(trail.cell(line - 1, n).value for n in (1, 2, 3))
            assert tuple(trail.cell(line, n).value for n in (1, 2)) == (table.key, str(row))
            assert before != (table.key, str(row), column)
            value = table.frame.loc[row, column]
            if isinstance(value, str):  # a text is led to from the name of its row
                assert cell.column == 2
            else:
                assert table.columns[cell.column - 2].key == column and cell.value == value
            followed += 1
    # A row whose texts lead to several places leads from its name to the first of them.
    counted = set()
    for table in filter(lambda table: says_something(table.data), run.tables):
        for row, column in [*_led(table.cells), *_led(table.people)]:
            value = table.frame.loc[row, column]
            if value is not None:
                counted.add((table.key, row, "" if isinstance(value, str) else column))
    assert followed == len(counted)


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(run, tmp_path):
    table = run.tables[1]
    frame = table.frame.astype(object)
    frame.iloc[0, 0] = "parola " * 6000
    book = openpyxl.load_workbook(write_workbook([replace(table, frame=frame)], tmp_path / "t.xlsx"))
    cell = book.worksheets[1]["B5"].value
    assert len(cell) <= 32767 and cell.endswith("[testo tagliato: intero nei file CSV]")


def test_text_is_never_a_formula(tmp_path):
    sheet = _sheet(write_workbook(make_run(first="=1+1 qui").tables, tmp_path / "t.xlsx"), "Codifiche e citazioni")
    heads = [cell.value for cell in sheet[4]]
    cell = sheet.cell(5, heads.index("Citazione") + 1)
    assert (cell.value, cell.data_type) == ("=1+1 qui", "s")


def test_the_same_tables_give_the_same_bytes(run, tmp_path):
    first, second = (write_workbook(run.tables, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
