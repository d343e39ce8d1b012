"""Sheets for several coders: blind unless proposals are asked for, and a second reader gets what a first has read."""

import openpyxl
import pytest

from corpus.errors import StudyError
from flows.host import PlainHost
from flows.sheet_wish import SheetWish
from flows.suggestion import suggest_segments
from tests.acceptance.small_studies import SmallStudy


@pytest.fixture
def study(tmp_path):
    """Two interviews; Anna has read both and given `personale` to every answer."""
    return SmallStudy(codings="all segments").write(tmp_path / "studio")


def cells(path) -> list[str]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value) for row in page.iter_rows(min_row=6) for cell in row if cell.value is not None]


def headings(path) -> list[str]:
    return [str(cell.value) for cell in openpyxl.load_workbook(path).worksheets[0][5]]


def test_a_second_reader_gets_what_the_first_has_read_and_sees_none_of_the_codes(study):
    sheet = suggest_segments(study, PlainHost(), SheetWish(number=3, after="ANNA", coder="Bruno"))
    assert sheet.name == "seconda-lettura-01.xlsx"
    written = cells(sheet)
    assert sum(cell.startswith("P") and len(cell) == 2 for cell in written) == 9  # shown, respondent and hidden id
    assert not any("anna" in cell.lower() or "personale [" in cell.lower() or cell == "Personale" for cell in written)


def test_whom_to_read_after_must_have_read_something(study):
    with pytest.raises(StudyError, match=r"`Carla` non ha codificato nessun segmento.*`anna`"):
        suggest_segments(study, PlainHost(), SheetWish(after="Carla"))
    with pytest.raises(StudyError, match="non c'è più nessun segmento"):
        suggest_segments(study, PlainHost(), SheetWish(after="anna", coder="Anna"))


def test_the_machine_is_shown_only_where_it_is_asked_for(tmp_path):
    study = SmallStudy(codings="none").write(tmp_path / "studio")
    blind = suggest_segments(study, PlainHost(), SheetWish(number=2))
    asked = suggest_segments(study, PlainHost(), SheetWish(number=2, proposals=True))
    assert "Proposte della macchina" not in headings(blind)
    assert "Proposte della macchina" in headings(asked)
