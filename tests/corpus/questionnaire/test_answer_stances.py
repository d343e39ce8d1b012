"""What answers amount to as a stance, beside an option or said of a whole scale."""

import pytest

from corpus.questionnaire.item_codebook import read_questionnaire_codebook

HEADER = "item;text;type;value;label;order;missing;posizione\n"
SCALE = ("1;Per niente;1;", "2;Poco;2;", "3;Così così;3;", "4;Molto;4;", "9;Non so;;non so")


def _read(folder, rows):
    (folder / "questionnaire_codebook.csv").write_text(HEADER + rows, encoding="utf-8")
    items, problems = read_questionnaire_codebook(folder)
    return [option.stance for option in items[0].options], problems


def _scale(stances):
    return "".join(f"Q1;Va bene?;likert;{option};{stance}\n" for option, stance in zip(SCALE, stances, strict=True))


@pytest.mark.parametrize(
    ("rows", "stances"),
    [
        (_scale(["problem", "", "", "Favorevole", ""]), ["problem", "", "", "advantage", ""]),
        (_scale(["advantage"] * 5), ["problem", "problem", "advantage", "advantage", ""]),
        (
            "Q1;Va bene?;likert;;;;;proposta\n" + _scale([""] * 5),
            ["not_proposal", "not_proposal", "proposal", "proposal", ""],
        ),
        ("Q1;Va bene?;yesno;;;;;problem\n", ["advantage", "problem"]),
        ("Q1;Va bene?;yesno;2;No;2;;\nQ1;;yesno;1;Sì;1;;vantaggio\n", ["", "advantage"]),
        ("Q1;Che cosa?;multi;a;A;;;vantaggio\nQ1;;multi;b;B;;;\n", ["advantage", ""]),
        ("Q1;Che cosa?;single;a;A;;;neutro\nQ1;;single;b;B;;;\n", ["", ""]),
    ],
)
def test_an_answer_amounts_to_what_stands_beside_it(tmp_path, rows, stances):
    assert _read(tmp_path, rows) == (stances, ())


def test_the_middle_of_a_scale_takes_no_stance(tmp_path):
    rows = "".join(f"Q1;Va bene?;likert;{value};Grado {value};{value};;vantaggio\n" for value in range(1, 6))
    assert _read(tmp_path, rows)[0] == ["problem", "problem", "", "advantage", "advantage"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Q1;Va bene?;likert;1;Poco;1;;vantagio\nQ1;;likert;2;Molto;2;;\n", "intendevi `vantaggio`"),
        ("Q1;Quanti?;number;;;;;vantaggio\n", "accanto a un'opzione"),
        ("Q1;Che cosa?;multi;;;;;vantaggio\nQ1;;multi;a;A;;;\n", "accanto alle opzioni"),
    ],
)
def test_a_stance_that_cannot_be_read_is_said(tmp_path, rows, said):
    stances, problems = _read(tmp_path, rows)
    assert not any(stances)
    assert (problems[0].row, problems[0].column) == (2, "posizione")
    assert said in problems[0].message.it
