"""How much more two people must read, where a machine only guesses, which definitions clash."""

import itertools

import numpy as np
import pandas as pd
import pytest

from nlp.measures.agreement import ALIKE, FEW_INTERVIEWS, MACHINE, PEOPLE
from nlp.measures.agreement_plan import (
    clashing_themes,
    machine_against_chance,
    plan_agreement,
    plan_of_sums,
    shift_test,
)
from tests.simulations.plans import Population, follow_plan, guess


def decided(values: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Decisions out of (coder, theme) -> what the coder says of the segments of each interview, `1100 0101`."""
    rows = []
    for (coder, theme), said in values.items():
        for interview, digits in enumerate(said.split()):
            for place, digit in enumerate(digits):
                rows.append((f"I{interview}:{place:04d}", f"I{interview}", theme, coder, int(digit)))
    return pd.DataFrame(rows, columns=["segment", "transcript", "theme", "coder", "value"])


def plan(first: str, second: str, unread: int = 10_000):
    return plan_agreement(decided({("A", "t"): first, ("B", "t"): second}), ["A", "B"], unread).iloc[0]


NEARLY = ("1100110011 1010101010 1111100000 1100110010", "1100110011 1010101110 1111100000 1100110000")


def test_a_theme_nearly_always_agreed_on_says_how_many_segments_more_are_needed():
    found = plan(*NEARLY)
    assert found["verdict"] == "read"
    assert 0 < found["more"] < 400
    assert found["low"] < 0.8 < found["alpha"]
    assert 0.5 < found["chance"] < 1


def test_once_the_segments_are_read_the_plan_is_fulfilled():
    found = plan(*NEARLY)
    times = 1 + -(-int(found["more"]) // 40)
    assert plan(*(" ".join([said] * times) for said in NEARLY))["verdict"] == "shown"


def test_more_than_are_left_is_to_be_given_up_with_the_chance_that_is_left():
    found = plan(*NEARLY, unread=10)
    assert (found["verdict"], found["more"]) == ("too many", plan(*NEARLY)["more"])
    assert found["chance"] < plan(*NEARLY)["chance"]
    assert plan(*NEARLY, unread=0)["chance"] == 0


def test_a_theme_that_people_see_otherwise_is_no_matter_of_reading_more():
    apart = plan("1100110011 1010101010 1111100000 1100110010", "0110011001 0101010101 0001111100 1001100110")
    assert apart["verdict"] == "give up"
    assert pd.isna(apart["more"])
    halfway = plan("1100110011 1010101010 1111100000 1100110010", "1100110000 1010101010 0011111000 1100110010")
    assert halfway["verdict"] == "below"


def test_where_nothing_can_be_planned_the_reason_is_told():
    assert plan("1100 1010", "1100 1011")["reason"] == FEW_INTERVIEWS
    assert plan("1100 1010 0011", "1100 1010 0011")["reason"] == ALIKE
    assert plan("0000 0000 0000", "0000 0000 0000")["reason"] == "always same"


def test_without_two_people_on_a_segment_there_is_nothing_to_plan():
    assert plan_of_sums(np.zeros((0, 6)), 100).reason == "no segments"


def matches_by_shift(one, other) -> list[int]:
    return [int((one * np.roll(other, by, axis=0)).sum()) for by in range(len(one))]


def brute_force(first, second, owner) -> float:
    """The p of shift_test by laying every combination of shifts out."""
    groups = sorted(set(owner))
    parts = [(first[owner == each], second[owner == each]) for each in groups]
    counts = [matches_by_shift(*part) for part in parts]
    sums = [sum(combination) for combination in itertools.product(*counts)]
    return float(np.mean(np.array(sums) >= sum(each[0] for each in counts)))


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_p_is_that_of_all_arrangements(seed):
    rng = np.random.default_rng(seed)
    owner = np.repeat(["a", "b", "c"], [7, 1, 5])
    first = (rng.random((13, 2)) < 0.4).astype(int)
    second = (rng.random((13, 2)) < 0.4).astype(int)
    assert shift_test(first, second, owner)[2] == pytest.approx(brute_force(first, second, owner))


def test_a_machine_that_sees_the_theme_is_told_from_one_that_guesses():
    said = "110000000011 001110000000 000000111000 000110000000"
    guessed = "000011000000 000000000111 110000000000 000000011000"
    values = {(PEOPLE, "seen"): said, (MACHINE, "seen"): said, (PEOPLE, "guessed"): said, (MACHINE, "guessed"): guessed}
    values |= {(PEOPLE, "never"): said, (MACHINE, "never"): said.replace("1", "0")}
    found = machine_against_chance(decided(values)).set_index("theme")
    assert found.loc["seen", "q"] < 0.01
    assert found.loc["guessed", "q"] > 0.5
    assert np.isnan(found.loc["never", "p"])
    assert set(found["family"]) == {2}


def test_two_themes_clash_where_one_person_gives_the_one_and_another_the_other():
    swapped = {
        ("A", "x"): "1110000000 0001100000 0000001110", ("B", "x"): "0000000000 0000000000 0000000000",
        ("A", "y"): "0000000000 0000000000 0000000000", ("B", "y"): "1110000000 0001100000 0000001110",
    }  # fmt: skip
    pairs, passages = clashing_themes(decided(swapped), ["A", "B"])
    row = pairs.iloc[0]
    assert (row["theme"], row["other"], row["clashes"], row["differing"]) == ("x", "y", 8, 8)
    assert row["q"] < 0.01
    assert passages.iloc[0].tolist() == ["x", "y", "I0:0000", "A", "B"]


def test_one_person_who_gives_more_of_both_is_no_clash():
    generous = {
        ("A", "x"): "1110000000 0001100000", ("B", "x"): "0000000000 0000000000",
        ("A", "y"): "1110000000 0001100000", ("B", "y"): "0000000000 0000000000",
    }  # fmt: skip
    assert clashing_themes(decided(generous), ["A", "B"])[0].empty


def test_the_simulation_of_docs_statistics_runs():
    rng = np.random.default_rng(3)
    population = Population(0.2, 60, 1)
    assert follow_plan(rng, population, 12)[0] in ("shown", "read", "below")
    drawn = population.draw(rng, 4000).sum(axis=0)
    assert plan_of_sums(np.stack([drawn, drawn, drawn * 2]), 0).alpha == pytest.approx(population.alpha, abs=0.01)
    assert all(0 < p <= 1 for p in guess(rng, 3, 0.5, 0.5))
