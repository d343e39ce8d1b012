"""Results in brief: sentences of any study's own tables, with what is behind them, the same in document and table."""

import re
from typing import get_args

import pytest

from outputs.findings import leading, summary, told_findings
from outputs.numbers import in_words
from outputs.tables.finding import MOST_LEADING, Finding, Lead, ranks, top
from outputs.tables.item_findings import _apart
from tests.tiny_study import make_run


@pytest.fixture(scope="module")
def told(run):
    table = run.table("risultati")
    return table, list(table.frame["finding"])


def _one(sentences, *parts):
    return next(said for said in sentences if all(part in said for part in parts))


def test_numbers_scales_and_options_are_told_with_their_class(told):
    _, said = told
    assert "media 6, mediana 6, da 1 a 11 accordi (n = 11)" in _one(said, "«Quanti accordi?»")
    assert "«fino a 3.000» 3,5 (n = 6)" in _one(said, "«Quanti accordi?»")
    scale = _one(said, "«Manca personale?»")
    assert "mediana 2,5, da 1 a 5 (n = 12)" in scale and "Grado 1 (3), Grado 2 (3)" in scale
    assert "su 12: Rifiuti (6), Mense (6)" in _one(said, "«Che cosa affidate?»", "frequenti")
    assert "Rifiuti (6 su 7 contro 0 su 5)" in _one(said, "più in «fino a 3.000» che in «oltre 8.000»")


def test_themes_links_and_silences_are_told(told):
    _, said = told
    assert _one(said, "parlano più rispondenti, su 12: Personale (10, in 12 segmenti), Rifiuti (4, in 4 segmenti)")
    assert "nessun intervistato parla: Il non detto." in _one(said, "Temi del codebook")
    assert _one(said, "letti come silenzio: 2 su 5")


def test_every_sentence_that_counts_leads_to_passages_or_people(told):
    table, _ = told
    led = set(table.cells["row"]) | set(table.people["row"])
    counted = [key for key, row in table.frame.iterrows() if re.search(r"\(\d+\)|n = \d", row["finding"])]
    assert counted and set(counted) <= led


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_document_says_what_the_table_says(language):
    run = make_run(language)
    told = told_findings(run.table("risultati"))
    first = leading(told)
    rest = [one.with_caveat for one in told if one.rank is None]
    assert summary(run) == [one.with_caveat for one in first]
    assert rest and sorted(summary(run) + rest) == sorted(one.with_caveat for one in told)
    assert [one.rank for one in first] == list(range(1, len(first) + 1)) and len(first) <= MOST_LEADING


def test_the_most_useful_findings_lead_and_none_twice():
    kinds = ["", "convergence", "topics", *["divergence"] * 3, "silence", "apart", "apart", "most_said"]
    places = ranks([Finding("x", "y", lead=kind) for kind in kinds])
    assert places == [None, 7, 6, 2, 3, None, 5, 4, None, 1]
    assert ranks([]) == [] and ranks([Finding("x", "y")]) == [None]
    many = [Finding("x", "y", lead=kind) for kind in get_args(Lead) * 2]
    assert sorted(filter(None, ranks(many))) == list(range(1, MOST_LEADING + 1))


def test_a_finding_is_quoted_by_two_people_who_stand_behind_it(run):
    table = run.table("risultati")
    speakers = dict(zip(run.results.segments["segment"], run.results.segments["respondent"], strict=True))
    quoted = [one for one in told_findings(table) if one.quotations]
    assert quoted
    for one in quoted:
        behind = table.cells[(table.cells["row"] == one.row) & (table.cells["column"] == "quotations")]
        said_by = [said.facts["respondent"] for said in one.quotations]
        assert [speakers[segment] for segment in behind["segment"]] == said_by
        assert len(set(said_by)) == len(said_by) <= 2
        assert one.table in {known.key for known in run.tables} and one.rows and one.columns


def test_classes_are_told_apart_by_their_ends_or_where_they_differ_most():
    ranges = {"fino a 3.000": 0.1, "3.001-8.000": 0.9, "oltre 8.000": 0.7}
    assert list(_apart(ranges)) == [("oltre 8.000", "fino a 3.000")]
    assert list(_apart({"cucina": 0.9, "scuola": 0.2, "ufficio": 0.6})) == [("cucina", "scuola")]
    assert list(_apart({"cucina": 0.5, "scuola": 0.2})) == list(_apart({"cucina": 1.0})) == []


def test_numbers_in_words_and_ties():
    assert [in_words(number, "it") for number in (2.0, 5.4167, 1969.5, 1195.0)] == ["2", "5,42", "1.969,5", "1.195"]
    assert in_words(1969.5, "en") == "1,969.5"
    rows = [{"count": count} for count in (1, 3, 2, 2, 0)]
    assert [row["count"] for row in top(rows, "count", 2)] == [3, 2, 2]
    assert top([{"count": 0}], "count", 2) == []
    assert [row["count"] for row in top([{"count": 3}, *[{"count": 1}] * 4], "count", 2)] == [3]  # too many tie
