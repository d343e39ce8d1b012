"""Who was not asked, or whose answer nobody can read, is not silent: a link is read as without them."""

import pandas as pd
import pytest

from corpus.questionnaire.filters import is_asked, parse_filter
from corpus.records import Item, Option, Theme
from corpus.schemas import LinkDecisions, empty
from corpus.settings import ReadingSection
from nlp.measures.frames import StanceAgreement
from nlp.measures.items import MISSING, item_frequencies, item_summaries
from nlp.measures.joint_rows import read_links
from nlp.measures.linking import CountsDiffer, check_counts, declared_links, link_themes, pair_answers
from outputs.words.sentences import say
from tests.tiny_study import answers

ITEMS = (
    Item("Q1", "Quanto?", "likert", tuple(Option(str(n), f"v{n}", n) for n in range(1, 6)), direction="+"),
    Item("Q2", "Sì?", "yesno", (Option("a", "Sì, certo", 1), Option("b", "No", 2)), direction="+", yes=("a",)),
)
THEMES = (Theme("T", "Tema", questionnaire_items=("Q1", "Q2")),)
TEN = [f"P{number:02d}" for number in range(10)]
OTHERS = [f"X{number:02d}" for number in range(10)]


def mentions(people):
    """The first five of the ten mention the theme, and every other one of the rest."""
    said = [person in TEN[:5] or person in OTHERS[::2] for person in people]
    frame = pd.DataFrame({"theme": "T", "respondent": people, "mentioned": said})
    return frame.assign(segments=frame["mentioned"].astype(int), words=10, share=frame["mentioned"] * 0.5, spoken=2)


def given(extra=()):
    rows = []
    for person in TEN:
        high = person in TEN[:5]
        rows.append((person, "Q1", "", "5" if high else "1", 5.0 if high else 1.0, "answered"))
        rows.append((person, "Q2", "", "a" if high else "b", float(high), "answered"))
    return answers([*rows, *extra])


def readings(people, said):
    linked = link_themes(mentions(people), said, ITEMS, declared_links(THEMES, ITEMS), 1)
    decisions = empty(LinkDecisions)
    stances = empty(StanceAgreement)
    read = read_links(linked, mentions(people), THEMES, ITEMS, ReadingSection(), decisions, stances)
    return linked, dict(zip(read["item"], read["reading"], strict=True))


def unanswered(status):
    return [(person, item, "", "", None, status) for person in OTHERS for item in ("Q1", "Q2")]


EXPECTED = {"Q1": "convergence", "Q2": "convergence"}


def test_ten_people_alone():
    assert readings(TEN, given())[1] == EXPECTED


@pytest.mark.parametrize(
    ("extra", "column"),
    [
        ([], "no_questionnaire"),
        (unanswered("rejected"), "rejected"),
        (unanswered("not_shown"), "not_shown"),
    ],
)
def test_who_was_not_asked_or_cannot_be_read_is_not_silent(extra, column):
    linked, read = readings([*TEN, *OTHERS], given(extra))
    assert read == EXPECTED
    assert linked[column].eq(10).all()
    assert linked[[name for name in MISSING if name != column]].eq(0).all(axis=None)


@pytest.mark.parametrize(("status", "column"), [("no_answer", "no_reply"), ("dont_know", "dont_know")])
def test_who_was_asked_and_says_nothing_is_silent(status, column):
    linked, read = readings([*TEN, *OTHERS], given(unanswered(status)))
    assert set(read.values()) == {"silence"}
    assert linked[column].eq(10).all()


def test_answers_of_others_are_no_silence_beside_a_link():
    linked, _ = readings(OTHERS, given())
    assert set(linked["reason"]) == {"no pairs"}
    assert set(readings(OTHERS, given()[:0])[0]["reason"]) == {"no answers"}


def test_a_link_that_cannot_be_computed_is_not_told_as_a_small_effect():
    unknown = (Item("Q2", "Chi?", "yesno", ITEMS[1].options, direction="+"),)
    themes = (Theme("T", "Tema", questionnaire_items=("Q2",)),)
    said = given().assign(number=None)
    linked = link_themes(mentions(TEN), said, unknown, declared_links(themes, unknown), 1)
    stances = empty(StanceAgreement)
    read = read_links(linked, mentions(TEN), themes, unknown, ReadingSection(), empty(LinkDecisions), stances)
    why = say(read["why"].iloc[0], "it")
    assert why == "regola 6: l'effetto non è calcolabile: non si sa quale risposta sia un sì"


def test_answers_on_a_scale_of_unknown_order_are_counted():
    scale = (Item("Q1", "Quanto?", "likert", (Option("a", "Blu"), Option("b", "Verde"))),)
    rows = [(person, "Q1", "", "ab"[number % 2], None, "answered") for number, person in enumerate(TEN)]
    row = item_summaries(answers(rows), scale, pd.Series("", index=[*TEN, *OTHERS])).iloc[0]
    assert row[["n", *MISSING, "reason"]].tolist() == [10, 0, 0, 0, 0, 10, "no order"]


def test_an_option_counts_those_who_can_be_read_on_it():
    item = Item("M", "Quali?", "multi", (Option("x", "X"), Option("y", "Y")))
    rows = [(person, "M", "x", "1", 1.0, "answered") for person in TEN]
    rows += [(person, "M", "y", "", None, "rejected") for person in TEN[:4]]
    rows += [(person, "M", "y", "1", 1.0, "answered") for person in TEN[4:]]
    counted = item_frequencies(answers(rows), (item,), pd.Series("", index=TEN))
    assert counted[["option", "n", "count"]].to_numpy().tolist() == [["x", 10, 10], ["y", 6, 6]]


def test_the_kinds_of_missing_and_the_answers_are_everybody_once():
    kinds = ["dont_know", "no_answer", "not_shown", "rejected"]
    rows = [(person, "Q1", "", "", None, kinds[number % 4]) for number, person in enumerate(OTHERS[:8])]
    people = pd.Series("", index=[*TEN, *OTHERS])
    row = item_summaries(given(rows), ITEMS[:1], people).iloc[0]
    assert row[["n", *MISSING]].tolist() == [10, 2, 2, 2, 2, 2]


def test_counts_that_differ_stop_the_table():
    own = given()
    own = own[own["item"] == "Q2"]
    paired = pair_answers(mentions(TEN), own, "T", ITEMS[1])
    check_counts(ITEMS[1], own, set(TEN), paired)
    with pytest.raises(CountsDiffer):
        check_counts(ITEMS[1], own, set(TEN), paired.assign(yes=~paired["yes"] | (paired.index == 0)))
    with pytest.raises(CountsDiffer):
        check_counts(ITEMS[1], own, set(TEN), paired.iloc[1:])


@pytest.mark.parametrize(
    ("said", "asked"),
    [({"Q1": {"si"}}, False), ({"Q1": {"no"}}, True), ({"Q1": set()}, True), ({}, False), ({"Q2": {"no"}}, False)],
)
def test_a_filter_without_a_valid_answer_is_not_passed(said, asked):
    conditions = parse_filter("Q1 != si")
    assert is_asked(Item("Q3", "Perché?", "text", filter=conditions), said) == asked


@pytest.mark.parametrize(
    ("cell", "asked"), [("Q1 != mense", False), ("Q1 = mense", False), ("Q1 != strade", True), ("Q1 = rifiuti", True)]
)
def test_an_option_whose_tick_nobody_can_read_passes_no_filter(cell: str, asked: bool) -> None:
    conditions = parse_filter(cell)
    assert conditions is not None
    item = Item("Q3", "Perché?", "text", filter=conditions)
    assert is_asked(item, {"Q1": {"rifiuti"}}, {"Q1": {"mense"}}) == asked
