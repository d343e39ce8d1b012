import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import StudyError
from corpus.respondents.respondents_list import read_respondents
from corpus.tables.sheets import read_sheet

CELLS = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def xlsx(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("altro").append(["non letto"])
    book.save(path)


def ods(path: Path, rows: str) -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="uno">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)


def rows_of(folder: Path) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells.values())) for row in read_sheet(folder, "t.csv", ["id"], others=True).rows]


def test_a_workbook_reads_like_a_csv(tmp_path: Path) -> None:
    day = date(2025, 4, 3)
    moment = datetime(2025, 4, 3, 14, 5)
    table: list[list[object]] = [
        ["id", "n", "x", "sì?", "giorno", "ora"],
        ["S01", 3, 1240.5, True, day, moment],
        [],
        ["S02"],
    ]
    xlsx(tmp_path / "t.xlsx", table)
    assert rows_of(tmp_path) == [
        (2, ["S01", "3", "1240,5", "1", "2025-04-03", "2025-04-03 14:05:00"]),
        (4, ["S02", "", "", "", "", ""]),
    ]


def test_an_opendocument_sheet_reads_like_a_csv(tmp_path: Path) -> None:
    header = f"<table:table-row>{CELLS.format('id')}{CELLS.format('n')}</table:table-row>"
    number = (
        '<table:table-cell office:value-type="float" office:value="1240.5"><text:p>1.240,50</text:p></table:table-cell>'
    )
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    twice = f'<table:table-row table:number-rows-repeated="2">{CELLS.format("S01")}{number}</table:table-row>'
    wide = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = f'<table:table-row table:number-rows-repeated="1048570">{wide}</table:table-row>'
    ods(tmp_path / "t.ods", header + blank + twice + end)
    assert rows_of(tmp_path) == [(4, ["S01", "1240,5"]), (5, ["S01", "1240,5"])]


def test_a_sheet_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    row = f'<table:table-row table:number-rows-repeated="999999999">{CELLS.format("x")}</table:table-row>'
    ods(tmp_path / "t.ods", row)
    with pytest.raises(StudyError, match="più di 200000 righe"):
        rows_of(tmp_path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
@pytest.mark.parametrize("data", [b"nulla", b"PK\x03\x04", b""])
def test_a_damaged_workbook_says_so(tmp_path: Path, ending: str, data: bytes) -> None:
    (tmp_path / f"t.{ending}").write_bytes(data)
    with pytest.raises(StudyError, match=f"t.{ending}: "):
        rows_of(tmp_path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_an_archive_that_is_no_workbook_says_so(tmp_path: Path, ending: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    (tmp_path / f"t.{ending}").write_bytes(out.getvalue())
    with pytest.raises(StudyError, match="rovinato"):
        rows_of(tmp_path)


def test_faults_name_the_file_that_was_read(tmp_path: Path) -> None:
    xlsx(tmp_path / "respondents.xlsx", [["respondent"], ["S01"], ["S01"]])
    _, problems = read_respondents(tmp_path)
    assert problems[-1].say("en").startswith("respondents.xlsx, row 3, column respondent: ")


def test_two_formats_of_one_table_are_told_and_the_csv_counts(tmp_path: Path) -> None:
    xlsx(tmp_path / "respondents.xlsx", [["respondent"], ["X"]])
    (tmp_path / "respondents.csv").write_text("respondent\nS01\n")
    frame, problems = read_respondents(tmp_path)
    assert frame["respondent"].tolist() == ["S01"]
    assert [fault.say("it") for fault in problems] == [
        "respondents.csv: c'è anche respondents.xlsx: è letto solo respondents.csv; togli quello che non serve"
    ]


def told(folder: Path, file: str = "t.csv") -> str:
    return "\n".join(fault.say("it") for fault in read_sheet(folder, file, ["id"], others=True).problems)


def test_the_sheet_that_is_read_is_told_and_a_hidden_one_is_not_first(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "appunti"
    book.active.sheet_state = "hidden"
    book.active.append(["nulla"])
    book.create_sheet("dati").append(["id"])
    book["dati"].append(["S01"])
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path) == [(2, ["S01"])]
    assert "t.xlsx: dei fogli è letto solo `dati`; non sono letti: `appunti` (nascosto)" in told(tmp_path)
    book.create_sheet("t").append(["id"])
    book["t"].append(["S02"])
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path) == [(2, ["S02"])]


def test_cells_that_are_not_what_they_seem_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "quota", "errore", "somma", "ora"], ["S01", 0.125, "#N/D", "=1+1", time(9, 30)], ["S02"]):
        book.active.append(row)
    book.active["B2"].number_format = "0.0%"
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path)[0] == (2, ["S01", "12,5%", "", "", "09:30:00"])
    assert "celle unite (A2:A3)" in told(tmp_path)
    assert "riga 2, colonna errore: celle con un errore di formula" in told(tmp_path)
    assert "1 celle hanno una formula senza risultato" in told(tmp_path)


def test_a_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "x"])
    book.active["A2"] = "S01"
    book.active["B1048576"] = "lontano"
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path) == [(2, ["S01", ""])]
    book.active["XFD1"] = "largo"
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(StudyError, match="più di 2000 colonne"):
        rows_of(tmp_path)


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id" + ";x" * 1_000_000 + "\n")
    with pytest.raises(StudyError, match="troppe colonne"):
        rows_of(tmp_path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    xlsx(tmp_path / "t.xlsx", [["id"], ["S01"]])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = bomb + members[sheet].replace(b"<sheetData>", b"<sheetData>&b;")
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(StudyError, match="rovinato"):
        rows_of(tmp_path)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def write_strings(path: Path, strings: list[str], *, inline: bool) -> None:
    """Two columns of texts, each an `is` or `si` element's content, kept in the cells or in a table apart."""
    book = openpyxl.Workbook()
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member).decode() for member in archive.namelist()}
    places = [f"{'AB'[number % 2]}{number // 2 + 1}" for number in range(len(strings))]
    if inline:
        cells = [f'<c r="{at}" t="inlineStr"><is>{text}</is></c>' for at, text in zip(places, strings, strict=True)]
    else:
        cells = [f'<c r="{at}" t="s"><v>{number}</v></c>' for number, at in enumerate(places)]
    rows = [f'<row r="{row + 1}">{"".join(cells[2 * row : 2 * row + 2])}</row>' for row in range(len(cells) // 2)]
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    items = "".join(f"<si>{text}</si>" for text in strings)
    table = f'<sst xmlns="{MAIN}">{items}</sst>'
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in (members | {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": table}).items():
            archive.writestr(member, content)


ESCAPED = [
    ("riga_x000D_\nuno", "riga\nuno"),
    ("riga_x000d__x000a_uno", "riga\nuno"),
    ("a_x0009_b", "a\tb"),
    ("una _x005F_x0041_ scritta", "una _x0041_ scritta"),
    ("riga_x005F_x000D_\nuno", "riga\nuno"),
    ("campanella_x0007_", "campanella"),
    ("_xD83D__xDE00_", "😀"),
    ("x000D senza trattini, area_x12_", "x000D senza trattini, area_x12_"),
]


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize(("written", "shown"), ESCAPED)
def test_signs_that_excel_escapes_are_read_as_it_shows_them(
    tmp_path: Path, written: str, shown: str, inline: bool
) -> None:
    texts = ["id", f"nota {written}", "S01", written]
    write_strings(tmp_path / "t.xlsx", [f"<t>{text}</t>" for text in texts], inline=inline)
    row = read_sheet(tmp_path, "t.csv", ["id"], others=True).rows[0]
    assert row.cells == {"id": "S01", f"nota {shown}": shown}


@pytest.mark.parametrize("inline", [False, True])
def test_rich_text_is_read_whole_and_its_pronunciation_left_out(tmp_path: Path, inline: bool) -> None:
    rich = "<r><t>pri</t></r><r><rPr><b/></rPr><t>ma</t></r><rPh sb='0' eb='1'><t>lettura</t></rPh>"
    strings = ["<t>id</t>", "<t>nota</t>", "<t>S01</t>", rich]
    write_strings(tmp_path / "t.xlsx", strings, inline=inline)
    assert rows_of(tmp_path) == [(2, ["S01", "prima"])]


def test_durations_are_hours_minutes_and_seconds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "durata"], ["S01", timedelta(hours=26, minutes=3)], ["S02", timedelta(seconds=90)]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path) == [(2, ["S01", "26:03:00"]), (3, ["S02", "00:01:30"])]


def test_blanks_and_line_ends_inside_an_opendocument_cell_are_kept(tmp_path: Path) -> None:
    words = "due<text:s text:c='2'/>spazi<text:line-break/>a <text:span>capo</text:span><text:tab/>tab"
    ruby = "<text:ruby><text:ruby-base>base</text:ruby-base><text:ruby-text>lettura</text:ruby-text></text:ruby>"
    row = "<table:table-row>{}{}</table:table-row>"
    body = row.format(CELLS.format("id"), CELLS.format("nota")) + row.format(
        CELLS.format("S01"), CELLS.format(words + ruby)
    )
    ods(tmp_path / "t.ods", body)
    assert rows_of(tmp_path) == [(2, ["S01", "due  spazi\na capo\ttabbase"])]


def test_codes_keep_the_zeros_that_the_sheet_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "cap"], [1, 3700], [22, 50123]):
        book.active.append(row)
    for place in ("A2", "A3"):
        book.active[place].number_format = "000"
    book.active["B2"].number_format = "00000"
    book.save(tmp_path / "t.xlsx")
    assert rows_of(tmp_path) == [(2, ["001", "03700"]), (3, ["022", "50123"])]


@pytest.mark.parametrize("file", ["t.csv", "t.tsv"])
def test_escapes_that_another_program_left_in_a_text_table_are_line_ends(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("id\tnota\nS01\tuna riga_x000D_due_x000a_tre\n")
    assert rows_of(tmp_path) == [(2, ["S01", "una riga\ndue\ntre"])]


def test_a_strict_workbook_reads_like_any_other(tmp_path: Path) -> None:
    xlsx(tmp_path / "t.xlsx", [["id", "n", "giorno"], ["S01", 1.5, date(2025, 4, 3)]])
    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    schemas = b"http://schemas.openxmlformats.org/"
    strict = b"http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        for name, content in members.items():
            for kind, year in ((b"spreadsheetml", b"main"), (b"officeDocument", b"relationships")):
                content = content.replace(schemas + kind + b"/2006/" + year, strict + kind + b"/" + year)
            archive.writestr(name, content)
    assert rows_of(tmp_path) == [(2, ["S01", "1,5", "2025-04-03"])]
