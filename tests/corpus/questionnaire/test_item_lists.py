"""Options and filters of the questionnaire codebook that stand as lists in a cell."""

from pathlib import Path

import pytest

from corpus.errors import Problem
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.records import Item

HEADER = "item\ttext\ttype\tvalue\tlabel\torder\tfilter\n"


def read(folder: Path, rows: str) -> tuple[dict[str, Item], list[Problem]]:
    (folder / "questionnaire_codebook.csv").write_text(HEADER + rows, encoding="utf-8")
    items, problems = read_questionnaire_codebook(folder)
    return {item.code: item for item in items}, list(problems)


@pytest.mark.parametrize(
    ("kind", "value", "label", "options"),
    [
        ("likert", "1=Poco|2=Molto", "", [("1", "Poco"), ("2", "Molto")]),
        ("likert", "", "1 = Poco; 2 = Molto", [("1", "Poco"), ("2", "Molto")]),
        ("likert", "1|2", "Poco|Molto", [("1", "Poco"), ("2", "Molto")]),
        ("likert", "1, 2", "Poco, Molto", [("1", "Poco"), ("2", "Molto")]),
        ("single", "Unione|Convenzione", "", [("Unione", "Unione"), ("Convenzione", "Convenzione")]),
        ("multi", "", "Mense, Rifiuti", [("Mense", "Mense"), ("Rifiuti", "Rifiuti")]),
        ("yesno", "Sì/No", "", [("Sì", "Sì"), ("No", "No")]),
        ("multi", "mense", "Mense, refezione", [("mense", "Mense, refezione")]),
        ("single", "a|b", "Uno, due", [("a|b", "Uno, due")]),
    ],
)
def test_options_in_one_cell(tmp_path: Path, kind: str, value: str, label: str, options: list[tuple[str, str]]) -> None:
    items, problems = read(tmp_path, f"Q\tt\t{kind}\t{value}\t{label}\t\t\n")
    assert [(option.value, option.label) for option in items["Q"].options] == options
    told = [fault for fault in problems if "stanno in una cella" in fault.say("it")]
    assert len(told) == (len(options) > 1)


def test_orders_go_with_the_options(tmp_path: Path) -> None:
    items, _ = read(tmp_path, "Q\tt\tlikert\ta|b|c\tUno|Due|Tre\t3|2|1\t\n")
    assert [option.order for option in items["Q"].options] == [3, 2, 1]


SCALE = "Q1\tt\tsingle\ta\tUnione\t\t\nQ1\t\t\tb\tConvenzione\t\t\nQ2\tt\ttext\t\t\t\t"


@pytest.mark.parametrize(
    ("cell", "conditions"),
    [
        ("Q1 = a|b", [("Q1", ("a", "b"), True)]),
        ("Q1 = a, b", [("Q1", ("a", "b"), True)]),
        ("q1 != Unione; convenzione", [("Q1", ("Unione", "convenzione"), False)]),
        ("Q1 = a/b", [("Q1", ("a", "b"), True)]),
    ],
)
def test_answers_of_a_filter_may_be_parted_otherwise(
    tmp_path: Path, cell: str, conditions: list[tuple[str, tuple[str, ...], bool]]
) -> None:
    items, problems = read(tmp_path, f"{SCALE}{cell}\n")
    assert [(each.item, each.values, each.equal) for each in items["Q2"].filter] == conditions
    assert problems == []


def test_an_answer_that_the_item_has_not_is_told_and_filters_nobody(tmp_path: Path) -> None:
    items, problems = read(tmp_path, f"{SCALE}Q1 = c\n")
    assert items["Q2"].filter == ()
    assert "il filtro nomina `c`, che non è tra le opzioni di `Q1` (a, b): non vale" in problems[0].say("it")
