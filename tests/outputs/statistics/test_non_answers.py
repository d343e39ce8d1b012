import pytest

from corpus.records import Item, Option
from outputs.statistics.non_answers import code_non_answers
from outputs.statistics.variables import declared_missing

SCALE = (Option("1", "Poco", 1), Option("2", "Molto", 2))
BLANK = ("no_answer", "")
NOBODY = ("no_questionnaire", "")


def codes(item, given, valid=(1, 2)):
    made = code_non_answers(item, given, set(valid), "it")
    return {given_: made.code(*given_) for given_ in given}, dict(made.labels)


def test_codes_of_the_codebook_are_kept_with_their_labels():
    item = Item("Q1", "?", "likert", (*SCALE, Option("99", "Non saprei dire", missing="dont_know")))
    given, labels = codes(item, [("dont_know", "99"), BLANK, NOBODY])
    assert given == {("dont_know", "99"): 99, BLANK: -98, NOBODY: -95}
    assert labels == {99: "Non saprei dire", -98: "non risponde", -95: "senza questionario"}


def test_codes_that_spss_cannot_declare_beside_the_others_give_way():
    options = (Option("8", "Non so", missing="dont_know"), Option("9", "Rifiuta", missing="no_answer"))
    given, _ = codes(Item("Q1", "?", "likert", (*SCALE, *options)), [("dont_know", "8"), BLANK, NOBODY])
    assert given == {("dont_know", "8"): -99, BLANK: -98, NOBODY: -95}


def test_a_code_of_the_codebook_keeps_its_meaning():
    item = Item("Q1", "?", "likert", (*SCALE, Option("-99", "Rifiuta", missing="no_answer")))
    given, labels = codes(item, [("no_answer", "-99"), ("dont_know", "")])
    assert given == {("no_answer", "-99"): -99, ("dont_know", ""): -999}
    assert labels == {-99: "Rifiuta", -999: "non so"}


def test_a_code_is_never_an_answer():
    item = Item("Q1", "?", "number")
    assert codes(item, [BLANK, NOBODY], valid=(-97, 3)) == (
        {BLANK: -998, NOBODY: -995}, {-998: "non risponde", -995: "senza questionario"},
    )  # fmt: skip


@pytest.mark.parametrize(("missing", "valid", "declared"), [
    ([9, -99], [1], [-99, 9]),
    ([-99, -98, -97, -95], [1, 2], [{"lo": -99, "hi": -95}]),
    ([-99, -98, -97, 9], [1, 2], [{"lo": -99, "hi": -97}, 9]),
    ([-99, 7, 8, 9], [1, 2], [{"lo": 7, "hi": 9}, -99]),
    ([-99, -98, 8, 9], [1, 2], None),
])  # fmt: skip
def test_what_spss_declares_is_three_codes_or_a_range_and_one(missing, valid, declared):
    assert declared_missing(missing, valid) == declared
