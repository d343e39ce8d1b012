import pandas as pd
import pytest

from corpus.errors import Notebook
from corpus.questionnaire.variables import tell_weights, tidy_variable


def tidied(*cells):
    notebook = Notebook("respondents.csv")
    column = pd.Series(list(cells), index=range(2, 2 + len(cells)), name="classe", dtype="str")
    return tidy_variable(column, notebook).tolist(), [fault.say("it") for fault in notebook.problems]


def test_words_for_no_value_are_blank_and_told():
    assert tidied("Nord", "n.d.", "-", "NA", "Sud", "") == (
        ["Nord", "", "", "", "Sud", ""],
        ["respondents.csv, riga 3, colonna classe: `-`, `NA`, `n.d.` è letto come valore mancante, righe 3, 4, 5"],
    )


def test_one_word_has_one_spelling_the_commonest():
    cells, problems = tidied("nord", "Nord", "NORD", "Nord", "Sud", "Forlì", "Forli")
    assert cells == ["Nord", "Nord", "Nord", "Nord", "Sud", "Forli", "Forli"]
    assert problems == [
        "respondents.csv, colonna classe: `NORD`, `Nord`, `nord` sono letti come uno solo, `Nord`",
        "respondents.csv, colonna classe: `Forli`, `Forlì` sono letti come uno solo, `Forli`",
    ]


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (("34", "51", "999"), True),
        (("2", "3", "99", "4"), True),
        (("1", "-9", "3"), True),
        (("34", "51", "99"), False),
        (("alto", "99", "basso"), False),
        (("7", "8", "9"), False),
    ],
)
def test_a_number_that_looks_like_a_code_is_asked_about_and_kept(cells, asked):
    kept, problems = tidied(*cells)
    assert kept == list(cells)
    assert any("sembra un codice" in line for line in problems) == asked


@pytest.mark.parametrize("name", ["peso", "Peso_finale", "weight", "PESI", "wgt2", "coefficiente di riporto"])
def test_weights_are_said_not_to_be_used(name):
    notebook = Notebook("respondents.csv")
    assert tell_weights(name, notebook)
    assert "non sono usati" in notebook.problems[0].say("it")


@pytest.mark.parametrize("name", ["classe", "pesoso", "spese", "età"])
def test_other_columns_are_no_weights(name):
    notebook = Notebook("respondents.csv")
    assert not tell_weights(name, notebook)
    assert not notebook.problems
