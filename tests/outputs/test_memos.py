"""Memos in the report: the table with its trails, the document, the page."""

from dataclasses import replace

import pytest

from corpus.records import Memo, Subject
from outputs.document.memos import memos_on
from outputs.page.memos import memo_data
from outputs.run.record import RunRecord
from outputs.tables.all_tables import build_tables
from outputs.words.render import render_all
from tests.tiny_study import make_run, make_study

MEMOS = (
    Memo("a.md", "memo/a.md", "Primo.\n\nSecondo.", title="Sul tema", author="Ada", date="2026-03-02",
         subjects=(Subject("theme", "personale"), Subject("passage", "R01", 8, 14, "siamo "))),
    Memo("b.md", "memo/b.md", "Disponibile", author="Ugo", subjects=(Subject("respondent", "R02"),)),
    Memo("c.md", "memo/c.md", "Dello studio e di tante altre cose ancora"),
    Memo("d.md", "memo/d.md", "Perso", subjects=(Subject("theme", "boh", found=False),
                                                Subject("passage", "R01", quote="mai detto", found=False))),
)  # fmt: skip


@pytest.fixture(scope="module")
def noted() -> RunRecord:
    study, results = make_study()
    return replace(make_run(), data=tuple(build_tables(replace(study, memos=MEMOS), results)))


def test_one_row_a_subject_with_the_segments_behind_it(noted):
    table = noted.table("memo")
    columns = ["memo_title", "subject_kind", "subject", "segments", "author"]
    assert table.frame[columns].to_numpy().tolist() == [
        ["Sul tema", "tema", "Personale", 12, "Ada"],
        ["Sul tema", "passo", "R01", 1, "Ada"],
        ["Disponibile", "rispondente", "R02", 2, "Ugo"],
        ["Dello studio e di tante altre …", "studio", None, None, ""],
        ["Perso", "tema", "boh (non si trova)", None, ""],
        ["Perso", "passo", "R01 (non si trova)", None, ""],
    ]
    behind = table.cells[table.cells["row"] == "0001|2"]
    assert behind["segment"].tolist() == ["R01:0001"]


def test_memos_are_printed_where_they_belong(noted):
    on_themes = memos_on(noted, ("theme", "passage"))
    assert [(memo.title, memo.paragraphs) for memo in on_themes] == [
        ("Sul tema", ("Primo.", "Secondo.")), ("", ("Perso",)),
    ]  # fmt: skip
    assert on_themes[0].about == "tema Personale; passo R01 «siamo» · Ada, 2026-03-02"
    assert [memo.paragraphs for memo in memos_on(noted)] == [
        ("Disponibile",), ("Dello studio e di tante altre cose ancora",),
    ]  # fmt: skip
    assert [memo.about for memo in memos_on(noted, ("respondent",), "R02")] == ["rispondente R02 · Ugo"]
    assert memos_on(noted, ("respondent",), "R01") == []


def test_the_page_shows_them_beside_passages_and_people(noted):
    study, results = make_study()
    tables = render_all(build_tables(replace(study, memos=MEMOS), results), "it")
    data = memo_data(tables, {"R01:0001": 0, "R01:0002": 1})
    assert data["memos"][:2] == [["Primo.\n\nSecondo.", "Ada, 2026-03-02"], ["Disponibile", "Ugo"]]
    assert data["memos_on"] == {"s": {0: [0]}, "p": {"R02": [1]}}
