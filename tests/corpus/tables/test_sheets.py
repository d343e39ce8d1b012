import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import StudyError
from corpus.files.delimited import read_delimited
from corpus.tables.sheets import read_sheet
from corpus.words.spelling import clean_cell


def write(folder: Path, data: str | bytes, file: str = "t.csv") -> Path:
    (folder / file).write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def cells(folder: Path, data: str | bytes) -> list[tuple[int, dict[str, str]]]:
    sheet = read_sheet(write(folder, data), "t.csv", ["id"], ["nota"])
    return [(row.number, dict(row.cells)) for row in sheet.rows]


TEXT = "id;nota\nS01;perché sì\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        ("sep=;\r\n" + TEXT).encode("cp1252"),
        "ID ; Nota\n S01 ;\u00a0perche\u0301 si\u0300 \n".encode(),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "crlf", "cr", "comma", "tab", "sep=", "spaces and decomposed accents"],
)
def test_a_table_reads_the_same_whatever_program_saved_it(tmp_path: Path, data: bytes) -> None:
    assert cells(tmp_path, data) == [(2, {"id": "S01", "nota": "perché sì"})]


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    data = 'id;nota\nS01;"due\nrighe"\n\n;;\nS02;dopo una riga vuota\n'
    assert cells(tmp_path, data) == [
        (2, {"id": "S01", "nota": "due\nrighe"}),
        (5, {"id": "S02", "nota": "dopo una riga vuota"}),
    ]


def test_a_decimal_comma_does_not_make_the_comma_the_separator(tmp_path: Path) -> None:
    assert cells(tmp_path, "id;nota\na;1,5\nb;2,5\n")[0] == (2, {"id": "a", "nota": "1,5"})


@pytest.mark.parametrize(
    ("data", "it", "en"),
    [
        ("id;nota\nS01;a;b\n", "t.csv, riga 2: la riga ha 3 celle", "t.csv, row 2: the row has 3 cells"),
        ("id;nota\nS01\n", "t.csv, riga 2: la riga ha 1 celle", "t.csv, row 2: the row has 1 cells"),
        (
            "id;nota;NOTA\n",
            "t.csv, riga 1, colonna NOTA: colonna ripetuta",
            "t.csv, row 1, column NOTA: column repeated",
        ),
        (
            "id;notta\n",
            "riga 1, colonna notta: colonna sconosciuta, non è letta (intendevi `nota`?)",
            "(did you mean `nota`?)",
        ),
        ("id;\nS01;x\n", "colonna n. 2: la colonna ha celle piene ma non ha nome", "has filled cells but no name"),
        (
            'id;nota\nS01;x\nS02;"aperta\nS03;y\n',
            "t.csv, riga 3: virgolette non chiuse",
            "t.csv, row 3: a quote that is not closed",
        ),
    ],
)
def test_a_fault_is_told_and_the_rest_is_read(tmp_path: Path, data: str, it: str, en: str) -> None:
    sheet = read_sheet(write(tmp_path, data), "t.csv", ["id"], ["nota"])
    assert len(sheet.problems) == 1
    assert it in sheet.problems[0].say("it")
    assert en in sheet.problems[0].say("en")


@pytest.mark.parametrize(
    ("data", "it", "en"),
    [
        (b"", "t.csv: il file è vuoto", "t.csv: the file is empty"),
        (b"PK\x03\x04\0\0\0", "t.csv: il file non contiene testo", "t.csv: the file holds no readable text"),
        (
            b"nome;nota\nx;y\n",
            "riga 1, colonna id: manca la colonna `id`; le colonne trovate sono: nome, nota",
            "row 1, column id",
        ),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, data: bytes, it: str, en: str) -> None:
    with pytest.raises(StudyError) as caught:
        read_sheet(write(tmp_path, data), "t.csv", ["id"], others=True)
    assert it in caught.value.say("it")
    assert en in caught.value.say("en")


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"t\.csv: il file non c'è"):
        read_sheet(tmp_path, "t.csv", ["id"])


def test_a_link_out_of_the_study_is_refused(tmp_path: Path) -> None:
    study = tmp_path / "studio"
    study.mkdir()
    write(tmp_path, TEXT)
    (study / "t.csv").symlink_to(tmp_path / "t.csv")
    with pytest.raises(StudyError, match="fuori dalla cartella dello studio"):
        read_sheet(study, "t.csv", ["id"])


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\x0b"), max_size=12
)
TABLES = st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=6))


@given(
    TABLES, st.sampled_from(";,\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"])
)
@example([["a;b", 'detto "così"'], ["1,5", "riga\nnuova"]], ",", "utf-8", "\n")
def test_whatever_is_written_is_read_back(rows: list[list[str]], separator: str, encoding: str, line_end: str) -> None:
    width = len(rows[0]) if rows else 2
    header = [f"colonna{place}" for place in range(width)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    read, problems = read_delimited(out.getvalue().encode(encoding), "t.csv", set(header))
    assert problems == ()
    assert read == [header, *([clean_cell(cell) for cell in row] for row in rows)]


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise_than_by_a_study_error(data: bytes) -> None:
    try:
        rows, _ = read_delimited(data, "t.csv")
    except StudyError:
        return
    assert all(cell == clean_cell(cell) for row in rows for cell in row)


@pytest.mark.parametrize("wrong", ["cp1252", "mac_roman"])
def test_letters_read_in_a_wrong_encoding_are_mended_and_told(tmp_path: Path, wrong: str) -> None:
    text = "id;perché\nS01;però, così è\nS02;niente\n".encode().decode(wrong)
    sheet = read_sheet(write(tmp_path, text), "t.csv", ["id"], others=True)
    assert [dict(row.cells) for row in sheet.rows] == [
        {"id": "S01", "perché": "però, così è"}, {"id": "S02", "perché": "niente"},
    ]  # fmt: skip
    assert [fault.say("it").split(":")[0] for fault in sheet.problems] == ["t.csv, riga 1"]
    assert "corrette, righe 1, 2" in sheet.problems[0].say("it")


@pytest.mark.parametrize("sign", ["\x07", "\0", "\x13", "\x7f"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_control_character_in_a_cell_is_dropped_and_told(tmp_path: Path, sign: str, separator: str) -> None:
    table = f"id;nota\nS01;be{sign}ne\nS02;riga\x0bnuova\n".replace(";", separator)
    sheet = read_sheet(write(tmp_path, table), "t.csv", ["id"], ["nota"])
    assert [row["nota"] for row in sheet.rows] == ["bene", "riga\nnuova"]
    (problem,) = sheet.problems
    assert problem.severity == "warning" and problem.row == 2
    assert "righe 2:" in problem.say("it") and "rows 2:" in problem.say("en")
