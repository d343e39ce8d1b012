"""What a person writes on links is obeyed, and what cannot be read is said."""

import pytest

from corpus.codings.link_decisions import apply_decisions, read_link_decisions
from corpus.records import Theme

THEMES = (Theme("personale", "Personale", questionnaire_items=("Q1",)), Theme("rifiuti", "Rifiuti"))


def _read(tmp_path, text):
    (tmp_path / "collegamenti.csv").write_text(text, encoding="utf-8")
    return read_link_decisions(tmp_path, THEMES, {"Q1": "Serve?", "Q2": "Quanto costa?"})


def test_accepted_links_hold_and_rejected_ones_do_not(tmp_path):
    decisions, problems = _read(tmp_path, "tema;domanda;decisione\nrifiuti;Q2;Accetta\npersonale;Q1;rifiuta\n")
    assert not problems
    assert [theme.questionnaire_items for theme in apply_decisions(THEMES, decisions)] == [(), ("Q2",)]


def test_a_reading_needs_a_reason(tmp_path):
    text = "theme;item;reading;reason;author;date\npersonale;Q1;Complementarita;spiegano altro;Anna;3/5/2026\n"
    decisions, problems = _read(tmp_path, text)
    assert not problems
    assert decisions.iloc[0][["reading", "reason", "author"]].tolist() == ["complementarity", "spiegano altro", "Anna"]
    decisions, problems = _read(tmp_path, "theme;item;reading\npersonale;Q1;divergenza\n")
    assert decisions["reading"].tolist() == [""] and "motivo" in problems[0].message.it


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("rifiutti;Q2;accetta", "theme", "rifiuti"),
        ("rifiuti;Q7;accetta", "item", "non è nel questionario"),
        ("rifiuti;Q2;forse", "decision", "accetta"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_row(tmp_path, row, column, said):
    decisions, problems = _read(tmp_path, f"theme;item;decision\n{row}\n")
    assert (problems[0].row, problems[0].column) == (2, column)
    assert said in problems[0].message.it
    assert apply_decisions(THEMES, decisions) == THEMES


def test_codes_and_labels_are_found_however_they_are_written(tmp_path):
    decisions, problems = _read(tmp_path, "theme;item;decision\nRIFIUTI ;q2;sì\nPersonale;Q2;accetta\n")
    assert not problems and decisions["theme"].tolist() == ["rifiuti", "personale"]


@pytest.mark.parametrize("row", ["rifiuti;Q2;;divergenza;perché sì", "personale;Q1;rifiuta;divergenza;perché sì"])
def test_a_reading_of_a_link_that_is_not_there_is_reported(tmp_path, row):
    _, problems = _read(tmp_path, f"theme;item;decision;reading;reason\n{row}\n")
    assert [(problem.row, problem.severity) for problem in problems] == [(2, "warning")]
    assert "legame che non c'è" in problems[0].message.it


def test_a_proposal_left_blank_decides_nothing(tmp_path):
    decisions, problems = _read(tmp_path, "theme;item;decision;reading\nrifiuti;Q2;;\n")
    assert decisions.empty and not problems


def test_a_row_that_cannot_be_read_does_not_stand_in_the_way_of_a_later_one(tmp_path):
    decisions, problems = _read(tmp_path, "theme;item;decision\nrifiuti;Q2;forse\nrifiuti;quanto costa;accetta\n")
    assert [fault.row for fault in problems] == [2]
    assert [theme.questionnaire_items for theme in apply_decisions(THEMES, decisions)] == [("Q1",), ("Q2",)]
