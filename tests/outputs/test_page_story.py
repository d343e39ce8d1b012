"""What the page opens with and what its chapters show at once: figures, trust, bars, voices."""

from dataclasses import replace

import pandas as pd
import pytest

from outputs.chapters import chapters
from outputs.findings import ToldFinding
from outputs.page.bars import class_bars, finding_bars, item_bars, name_bars
from outputs.page.cells import without_empty
from outputs.page.sections import lay_out
from outputs.page.story import _glance, tell_story
from outputs.tables.table import Column, Table
from outputs.words.render import render

LONG = "Qui siamo in tre e non basta mai. " * 12


def finding(table, rows, columns):
    return ToldFinding("001", "themes", "", "", "", 1, table, rows, columns, ())


def made(key, columns, rows):
    frame = pd.DataFrame(
        rows.values(), index=pd.Index(list(rows), name="row", dtype="str"), columns=[one.key for one in columns]
    )
    return render(Table(key, key, "", tuple(columns), frame.astype(object)), "it")


@pytest.fixture(scope="module")
def story(tables, results):
    return tell_story(list(tables.values()), {"temi"}, results, "it")


def test_the_opening_says_what_was_studied(story):
    assert [(fact.value, fact.what) for fact in story.facts] == [
        ("12", "interviste"),
        ("156", "parole di chi risponde"),
        ("12", "questionari di 5 domande"),
        ("3", "temi cercati"),
    ]
    assert story.people == 12 and [fact.opens for fact in story.facts] == [True, False, True, False]


def test_the_opening_says_that_the_machine_coded_and_nobody_checked(story):
    assert story.trusted == "unchecked" and "non ancora controllate" in story.trust[0]
    assert not [one for one in story.trust if "sotto le 10" in one]  # twelve were interviewed


def test_few_people_are_said_to_be_few_in_english_too(tables, results, english_run):
    sample = next(table for table in english_run.tables if table.key == "campione")
    few = replace(sample, frame=sample.frame.assign(value=1))
    told = tell_story([few], set(), results, "en")
    assert told.facts[1].what == "interview" or told.facts[0].what == "interview"
    assert told.trust == ("These are 1 people: below 10 no percentages are given, and words weigh more than counts.",)


def test_a_study_without_tables_has_an_empty_opening(results):
    told = tell_story([], set(), results, "it")
    assert (told.facts, told.trust, told.findings, told.others) == ((), (), (), {})


def test_the_first_finding_has_bars_and_voices_of_two_people(story):
    first = story.findings[0]
    assert next((bar.label, bar.value, bar.percent) for bar in first.bars) == ("Personale", "10 su 12", "83.3")
    assert first.bars[0].cell == ("temi", "personale", "mentioned")
    assert len({voice.respondent for voice in first.voices}) == 2
    assert all(voice.before + voice.evidence + voice.after for voice in first.voices)


def test_bars_of_classes_are_parts_of_the_class_and_open_only_what_is_there(tables):
    option = next(row for row in tables["domande_frequenze"].frame.index if row.startswith("Q3|rifiuti"))
    bars = finding_bars(finding("x", (option,), ("oltre 8.000", "fino a 3.000")), tables["domande_frequenze"], 12, "it")
    assert [(bar.about, bar.value, bar.cell is None) for bar in bars] == [
        ("fino a 3.000", "6 su 7", False),
        ("oltre 8.000", "0 su 5", True),
    ]


@pytest.mark.parametrize("columns", [("n",), ("share",), ("theme",)])
def test_what_is_no_part_of_a_whole_has_no_bar(tables, columns):
    assert finding_bars(finding("temi", ("personale",), columns), tables["temi"], 12, "it") == ()
    assert finding_bars(finding("temi", ("gone",), ("mentioned",)), tables["temi"], 12, "it") == ()
    assert finding_bars(finding("", (), ()), None, 12, "it") == ()


def test_a_corrected_share_is_drawn_with_its_interval_in_words():
    columns = [Column("theme"), *(Column(key, "percent") for key in ("corrected", "corrected_low", "corrected_high"))]
    table = made("cifre_corrette", [*columns, Column("read", "count")], {"a": ["Personale", 0.25, 0.1, 0.4, 30]})
    (bar,) = finding_bars(finding("cifre_corrette", ("a",), ("read",)), table, 12, "it")
    assert (bar.label, bar.value, bar.percent, bar.cell) == ("Personale", "25,0% [10,0%; 40,0%]", "25.0", None)


def test_the_questionnaire_is_told_item_by_item_with_what_nobody_chose(tables):
    items = item_bars(["Q1", "Q2", "Q3", "Q4", "Q5"], tables["domande_frequenze"], tables["domande_numeri"], "it")
    assert [item.code for item in items] == ["Q1", "Q2", "Q3", "Q4"]
    by_code = {item.code: item for item in items}
    assert by_code["Q4"].unchosen == 1 and [bar.value for bar in by_code["Q4"].bars] == ["12 su 12"]
    assert by_code["Q2"].summary == "mediana 6, da 1 a 11 accordi (n = 11)" and not by_code["Q2"].bars
    assert by_code["Q1"].bars and not by_code["Q1"].summary  # a scale shows its grades
    assert item_bars(["Q1"], None, None, "it") == []


def test_only_places_and_bodies_are_named_at_once(tables):
    columns = [Column("entity"), Column("label", vocabulary="entity"), Column("respondents", "count")]
    rows = {"1": ["Foggia", "COMUNE", 3], "2": ["Mario Rossi", "PER", 2], "3": ["1957", "DATA", 1]}
    assert [(bar.label, bar.value) for bar in name_bars(made("entita", columns, rows), 5, "it")] == [
        ("Foggia", "3 su 5")
    ]


def test_nobody_interviewed_has_no_classes(tables):
    assert class_bars(tables["campione"], 0, "it") == ()
    assert [bar.value for bar in class_bars(tables["campione"], 12, "en")] == ["7 of 12", "5 of 12"]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 4), (200, 204), (len(LONG) - 4, len(LONG)), (0, len(LONG))])
def test_a_voice_is_cut_around_its_evidence(start, end):
    before, evidence, after = _glance(LONG, start, end)
    assert len(before + evidence + after) <= 196
    assert (evidence.removesuffix(" …") and LONG[start:end].startswith(evidence.removesuffix(" …"))) or start == end
    assert before.removeprefix("… ") in LONG and after.removesuffix(" …") in LONG


def test_a_short_passage_is_a_voice_as_it_is():
    assert _glance("Qui siamo in tre.", 4, 9) == ("Qui ", "siamo", " in tre.")


def test_each_chapter_shows_its_picture_or_main_table_and_folds_the_rest(tables, story):
    laid = {one.key: one for one in lay_out(chapters(tables.values()), story.others, {"temi"}, ["Q1", "Q2"], 12, "it")}
    assert laid["themes"].chart == "temi" and not laid["themes"].open_tables
    assert laid["material"].bars and len(laid["material"].cards) == 12
    assert laid["material"].cards[0].themes[0] == ("Personale", 2)
    assert [table.key for table in laid["links"].open_tables] == ["joint_display"]
    assert laid["questionnaire"].items and not laid["questionnaire"].told  # the bars say it
    for one in laid.values():
        assert not {table.key for table in one.open_tables} & {table.key for table in one.folded}


def test_columns_in_which_nothing_stands_are_shown_when_asked_for():
    table = made("prova", [Column("theme"), Column("agree", "count"), Column("why")], {"a": ["Personale", None, ""]})
    assert [column.detail for column in without_empty(table).columns] == [False, True, True]
    empty = made("prova", [Column("theme")], {})
    assert without_empty(empty) is empty
