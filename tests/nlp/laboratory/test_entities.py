"""The measurement of entities counts what is right once, and keeps held-out passages apart by their id."""

import pytest

from nlp.laboratory.entities import LABELS, Read, entities_of, part_of, score, wrong
from nlp.laboratory.network.passages import Part, Passage, rows_of


def passage(name: str, part: Part = "train") -> Passage:
    return Passage(name, "municipal", "I1", part, "", "", "Il sindaco e il sindaco, a marzo.")


READ = [Read(passage("P1"), "municipal", "learn", (("sindaco", "RUOLO"), ("sindaco", "RUOLO"), ("marzo", "DATA")))]
FOUND = {"P1": [("sindaco", "RUOLO"), ("marzo", "DATA"), ("Il", "PER")]}


def test_what_is_said_twice_must_be_found_twice():
    rows = score(READ, FOUND).set_index("label")
    assert rows.loc["RUOLO", ["entities", "found", "right"]].to_list() == [2, 1, 1]
    assert rows.loc["PER", "precision"] == 0
    assert rows.loc["all", "f"] == pytest.approx(2 * 2 / 6)


def test_errors_are_listed_with_their_passages():
    listed = wrong(READ, FOUND)[["label", "error", "surface", "passages"]].to_numpy().tolist()
    assert listed == [["PER", "too much", "Il", "P1"], ["RUOLO", "missed", "sindaco", "P1"]]


def test_passages_kept_for_testing_are_held_out_and_a_quarter_of_the_others():
    assert part_of(passage("any", part="test")) == "held out"
    held_out = sum(part_of(passage(f"A{number:04d}")) == "held out" for number in range(400))
    assert 80 < held_out < 120


@pytest.mark.parametrize("reading", ["reader1", "reader2", "settled"])
def test_every_entity_that_was_read_stands_in_its_invented_passage(reading):
    rows = list(rows_of(LABELS / "municipal.tsv"))
    assert len(rows) == 150
    for row in rows:
        rest = row["text"]
        for surface, _ in entities_of(row[reading]):
            assert surface in rest, (row["id"], surface)
            rest = rest[rest.index(surface) + len(surface) :]


def test_no_entity_is_a_dash():
    assert entities_of("-") == entities_of("") == ()
    assert entities_of("a=b=LOC") == (("a=b", "LOC"),)
