"""What a model is asked about a segment, and what of its answer is believed."""

import json

import pytest

from corpus.records import Theme
from nlp.llm.prompt import Passage, Reading, believe, question_about
from tests.model_server import codings

THEMES = (
    Theme("personale", "Personale", definition="Chi lavora nel comune", include_terms=("geometra", "ufficio")),
    Theme("soldi", "Soldi", parent="risorse", do_not_use_when="I soldi {di} casa", examples=("Non c'è un euro",)),
)
TEXT = "In ufficio siamo in tre, e i soldi non bastano mai: siamo in tre."


def test_the_codebook_comes_before_the_question_and_the_segment():
    system, user = question_about(TEXT, "Quanti siete?", THEMES, seed=7)["messages"]
    assert (
        "[personale] Personale\nDefinizione: Chi lavora nel comune\nParole che lo segnalano: geometra; ufficio"
        in (system["content"])
    )
    assert (
        "[soldi] Soldi\nFa parte di: risorse\nQuando non si dà: I soldi {di} casa\nEsempi: Non c'è un euro"
        in (system["content"])
    )
    assert user["content"] == f"Domanda: Quanti siete?\n\nSegmento: {TEXT}"
    assert question_about(TEXT, "", THEMES, seed=7)["messages"][1]["content"] == f"Segmento: {TEXT}"


def test_nothing_is_left_to_chance_and_no_other_theme_can_be_given():
    question = question_about(TEXT, "", THEMES, seed=7)
    assert (question["temperature"], question["seed"]) == (0, 7)
    schema = question["response_format"]["json_schema"]["schema"]
    coding = schema["properties"]["codings"]["items"]["properties"]
    assert coding["theme"]["enum"] == ["personale", "soldi"]
    assert coding["stance"]["enum"] == ["advantage", "problem", "proposal", "neutral"]


def test_a_coding_counts_where_its_passage_stands():
    answer = codings(("personale", " siamo in tre ", "problem"), ("soldi", "i soldi non bastano mai", "neutral"))
    assert believe(answer, TEXT, THEMES) == Reading(
        (Passage("personale", "problem", 11, 23), Passage("soldi", "neutral", 27, 50)), dropped=0
    )


@pytest.mark.parametrize(
    "made_up",
    [
        ("personale", "siamo in quattro", "problem"),
        ("personale", "Siamo in tre", "problem"),  # another letter
        ("personale", "ffici", "problem"),  # no whole words
        ("personale", "", "problem"),
        ("personale", "  ", "problem"),
        ("Personale", "siamo in tre", "problem"),  # no code of the codebook
        ("personale", "siamo (in|tre", "problem"),
    ],
)
def test_what_is_made_up_is_dropped_and_counted(made_up):
    reading = believe(codings(made_up, ("soldi", "soldi", "neutral")), TEXT, THEMES)
    assert [passage.theme for passage in reading.passages] == ["soldi"] and reading.dropped == 1


def test_of_several_passages_of_a_theme_the_first_counts():
    reading = believe(codings(("soldi", "bastano", "problem"), ("soldi", "soldi", "neutral")), TEXT, THEMES)
    (passage,) = reading.passages
    assert (TEXT[passage.start : passage.end], passage.stance, reading.dropped) == ("bastano", "problem", 0)


def test_no_theme_is_an_answer():
    assert believe('{"codings": []}', TEXT, THEMES) == Reading((), 0)


@pytest.mark.parametrize(
    "answer",
    [
        "", "Non posso.", "[]", "{}", '{"codings": {}}', '{"codings": [', '{"codings": [{"theme": "soldi"}]}',
        codings(("soldi", "soldi", "arrabbiata")), json.dumps({"codings": [], "note": "ecco"}),
        '{"codings": [{"theme": "soldi", "passage": "\\ud800", "stance": "neutral"}]}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_not_the_json_asked_for_is_told(answer):
    with pytest.raises(ValueError):
        believe(answer, TEXT, THEMES)
