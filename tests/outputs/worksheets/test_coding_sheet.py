"""A worksheet of segments is filled in as a person would, and read back as that person's codings."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.errors import Problem
from corpus.records import Theme
from outputs.worksheets.coding_sheet import write_coding_sheet

THEMES = (Theme("personale", "Il personale"), Theme("risorse", "Risorse", definition="=1+1 soldi"))
SOURCE = "I: E poi?\nS: Qui siamo in tre.\nS: =2+2 fa quattro.\nS: I soldi   non bastano.\n"
PASSAGES = ("Qui siamo in tre.", "=2+2 fa quattro.", "I soldi   non bastano.")


def rows() -> pd.DataFrame:
    made = []
    for passage in PASSAGES:
        start = SOURCE.index(passage)
        context = {"question": "E poi?", "before": "", "after": "", "respondent": "R1", "proposals": "Risorse 0,55"}
        place = {"transcript": "S01", "start": start, "end": start + len(passage), "source": passage}
        made.append({**place, "text": passage, **context})
    return pd.DataFrame(made)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "codings").mkdir()
    return write_coding_sheet(rows(), THEMES, tmp_path / "codings" / "foglio.xlsx", "it", "")


def fill(path: Path, cells: dict[tuple[int, str], str], coder: str = "Anna") -> None:
    """Cells by (number of the segment, heading)."""
    book = openpyxl.load_workbook(path)
    page = book["Da codificare"]
    page["D2"] = coder
    heads = {cell.value: cell.column for cell in page[5]}
    for (number, heading), text in cells.items():
        page.cell(5 + number, heads[heading]).value = text
    book.save(path)


def read(path: Path, source: str = SOURCE) -> tuple[list[tuple[object, ...]], tuple[Problem, ...]]:
    frame, problems = read_codings(open_codings(path.parents[1]), {"S01": Wording(source)}, THEMES, "")
    return list(frame[["quote", "theme", "stance", "coder", "alone"]].itertuples(index=False, name=None)), problems


def test_a_blank_sheet_says_nothing(sheet):
    assert read(sheet) == ([], ())


def test_codes_stances_and_no_theme_are_read_back_as_the_coder_chose_them(sheet):
    chosen = {(1, "Codice 1"): "Il personale [personale]", (1, "Posizione 1"): "criticità", (1, "Codice 2"): "risorse"}
    fill(sheet, chosen | {(2, "Codice 1"): "— nessun tema —"})
    codings, problems = read(sheet)
    assert problems == ()
    assert codings == [
        (PASSAGES[0], "personale", "problem", "Anna", True),
        (PASSAGES[0], "risorse", "", "Anna", True),
        (PASSAGES[1], "", "", "Anna", True),
    ]


def test_a_passage_that_moved_is_found_and_one_that_changed_is_left_out_and_reported(sheet):
    fill(sheet, {(1, "Codice 1"): "personale", (3, "Codice 1"): "risorse"})
    codings, problems = read(sheet, "I: Una riga in più.\n" + SOURCE.replace("in tre", "in quattro"))
    assert [coding[0] for coding in codings] == [PASSAGES[2]]
    said = [(problem.severity, problem.row, problem.file) for problem in problems]
    where = "codings/foglio.xlsx (Da codificare)"
    assert said == [("error", 6, where), ("warning", 8, where)]
    assert "è cambiato" in problems[0].message.it


def test_what_nobody_can_read_is_reported_with_sheet_row_and_column(sheet):
    fill(sheet, {(1, "Codice 1"): "personal", (2, "Codice 1"): "risorse", (2, "Posizione 1"): "boh"}, coder="")
    codings, problems = read(sheet)
    assert codings == [(PASSAGES[1], "risorse", "", "foglio", True)]  # without a name the file's name signs
    said = {(problem.row, problem.column) for problem in problems}
    assert said == {(1, ""), (6, "Codice 1"), (7, "Posizione 1")}
    assert any("intendevi `personale`" in problem.message.it for problem in problems)


def test_what_was_said_is_never_a_formula_and_lists_offer_the_codebook(sheet):
    page = openpyxl.load_workbook(sheet)["Da codificare"]
    text = page.cell(7, 6)
    assert (text.value, text.data_type) == ("=2+2 fa quattro.", "s")
    lists = openpyxl.load_workbook(sheet)["liste"]
    assert [lists.cell(line, 1).value for line in (1, 2, 3)] == [
        "— nessun tema —",
        "Il personale [personale]",
        "Risorse",
    ]
    choices = [(str(one.sqref), one.formula1) for one in page.data_validations.dataValidation]
    assert ("I6:I8", "liste!$A$1:$A$3") in choices and ("J6:J8", "liste!$B$1:$B$4") in choices
    assert page.protection.sheet and not page.cell(6, 9).protection.locked


def test_labels_cases_and_retyped_passages_are_known_and_what_disagrees_is_told(sheet, tmp_path):
    (sheet.parent / "altro.xlsx").write_bytes(sheet.read_bytes())
    twice = {(1, "Codice 2"): "RISORSE [risorse]", (1, "Posizione 2"): "proposal"}
    fill(sheet, {(1, "Codice 1"): "IL PERSONALE", (1, "Codice 3"): "risorse", (1, "Posizione 3"): "neutro"} | twice)
    fill(sheet.parent / "altro.xlsx", {(1, "Codice 1"): "nessun tema", (3, "Codice 1"): "Risorse"}, coder="anna ")
    source = SOURCE.replace("Qui siamo in tre.", "qui siamo “in tre”…").replace("I soldi", "‘i soldi’")
    codings, problems = read(sheet, source)
    assert codings == [
        ("qui siamo “in tre", "personale", "", "Anna", True),
        ("qui siamo “in tre", "risorse", "proposal", "Anna", True),
        ("i soldi’   non bastano.", "risorse", "", "Anna", True),
    ]
    told = " ".join(problem.message.it for problem in problems)
    assert all(words in told for words in ("scelto due volte", "una persona sola", "vale il tema"))


def test_another_workbook_and_a_damaged_one_are_named_and_lose_nothing(sheet, tmp_path):
    fill(sheet, {(1, "Codice 1"): "personale"})
    openpyxl.Workbook().save(tmp_path / "codings" / "altro.xlsx")
    (tmp_path / "codings" / "rotto.xlsx").write_bytes(b"PK broken")
    (tmp_path / "codings" / "zeta.ods").write_bytes(b"")
    codings, problems = read(sheet)
    assert len(codings) == 1
    files = sorted(problem.file for problem in problems)
    assert files == ["codings/altro.xlsx", "codings/rotto.xlsx", "codings/zeta.ods"]


def test_an_ending_counts_in_any_case(sheet):
    fill(sheet, {(1, "Codice 1"): "personale"})
    codings, problems = read(sheet.rename(sheet.with_suffix(".XLSX")))
    assert len(codings) == 1
    assert problems == ()


def test_the_same_rows_give_the_same_bytes(tmp_path):
    paths = [write_coding_sheet(rows(), THEMES, tmp_path / f"{name}.xlsx", "en", "Bo") for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
