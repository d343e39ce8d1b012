import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Item, Theme
from outputs.statistics.names import FIXED, name_study, name_variables


@given(st.lists(st.text(max_size=50)))
def test_every_program_takes_the_names(texts):
    names = name_variables(texts, FIXED)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,27}", name) and not name.endswith("_") for name in names)
    assert len({name.casefold() for name in [*names, *FIXED]}) == len(texts) + len(FIXED)
    assert not {"with", "by", "str5", "if", "_all"} & {name.casefold() for name in names}


def test_names_stay_what_people_called_things():
    assert name_variables(["Q1", "q1", "età", "con", "with", "3a", "str5", "%"], ()) == [
        "Q1", "q1_2", "eta", "con", "with_2", "v3a", "str5_2", "v",
    ]  # fmt: skip


def test_a_theme_a_variable_and_an_item_of_one_name_are_three(study):
    study = replace(
        study,
        themes=(Theme("aria", "Aria"), Theme("Aria", "Un'altra aria")),
        items=(Item("t_aria", "Aria?", "number"), Item("classe", "Classe?", "text")),
    )
    names = name_study(study)
    assert names.themes == {"aria": "aria", "Aria": "Aria_2"}
    assert names.variables == {"classe": "classe"}
    assert names.items == {("t_aria", ""): "t_aria_3", ("classe", ""): "classe_2"}
    assert names.answered == {"classe": "classe_r"}
