"""The labels that teach and test theme coding: every code in its codebook, every stance one, nobody's text in them."""

import re

import numpy as np
import pytest

from nlp.laboratory.network.measures import best_f1, f1, stance_accuracy, stance_macro_f1
from nlp.laboratory.network.passages import (
    LABELS,
    STANCES,
    TEST_INTERVIEWS,
    Code,
    Passage,
    known,
    part_of,
    rows_of,
    stances_of,
    truth,
    truths,
)

READINGS = sorted((LABELS / "readings").glob("reader*[0-9].tsv"))
WRITERS = sorted((LABELS / "municipal").glob("writer?.tsv"))
CITIES = ("turin", "bologna")


def _codes(path):
    codes = {}
    for row in rows_of(path):
        codes.setdefault(row.get("codebook", ""), set()).add(row["code"])
    return codes


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_readings_know_their_codebooks_and_no_test_interview(path):
    codebooks = _codes(path.with_name(f"{path.stem}-codebooks.tsv"))
    rows = list(rows_of(path))
    assert len({row["id"] for row in rows}) == len(rows) == 400
    assert all(part_of(row["file"]) != "test" and int(row["first_line"]) <= int(row["last_line"]) for row in rows)
    for book, codes in codebooks.items():
        for row in rows:
            given = stances_of(row[book])
            assert set(given) <= codes and set(given.values()) <= set(STANCES)


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.stem)
def test_written_interviews_know_their_codebooks(path):
    codebooks = _codes(path.with_name(f"{path.stem}-codebooks.tsv"))
    rows = list(rows_of(path))
    assert len({row["id"] for row in rows}) == len(rows) > 200
    assert all(row["passage"] and row["id"].startswith(row["interview"]) for row in rows)
    assert {part_of(row["interview"]) for row in rows} == {"train", "dev"}
    for book, codes in codebooks.items():
        for row in rows:
            given = stances_of(row[book])
            assert set(given) <= codes and set(given.values()) <= set(STANCES)


@pytest.mark.parametrize("city", CITIES)
def test_the_benchmark_is_of_interviews_that_taught_nothing(city):
    rows = list(rows_of(LABELS / "benchmark" / f"{city}.tsv"))
    assert {row["file"] for row in rows} <= TEST_INTERVIEWS


@pytest.mark.parametrize("name", [*CITIES, "municipal"])
def test_the_benchmark_knows_its_codebook(name):
    (codes,) = _codes(LABELS / "benchmark" / f"{name}-codebook.tsv").values()
    rows = list(rows_of(LABELS / "benchmark" / f"{name}.tsv"))
    assert len({row["id"] for row in rows}) == len(rows) >= 200
    for row in rows:
        for reader in ("reader1", "reader2", "settled"):
            assert set(stances_of(row[reader])) <= codes


def test_labels_of_spoken_passages_hold_no_text():
    for path in [*READINGS, *(LABELS / "benchmark" / f"{city}.tsv" for city in CITIES)]:
        for row in rows_of(path):
            assert not any(re.search(r"\w+ \w+ \w+", cell) for cell in row.values())


def _passage(topics, later_topics=True):
    return Passage("S1", "life", "PTA001", "train", "", "", "ecco", topics=topics, later_topics=later_topics)


def test_a_code_is_there_with_the_stance_that_its_topics_share():
    code = Code("book", "lavoro", "Lavoro", topics=frozenset({"mestiere", "stipendio", "turismo"}))
    assert truth(_passage({"mestiere": "n", "stipendio": "c"}), code) == (True, "c")
    assert truth(_passage({"mestiere": "v", "stipendio": "c"}), code) == (True, "")
    assert truth(_passage({"musica": "v"}), code) == (False, "")
    has, stances = truths([_passage({"mestiere": "p"}), _passage({})], [code])
    assert has.tolist() == [[True], [False]] and stances.tolist() == [[2], [-1]]


def test_a_topic_that_readers_did_not_have_yet_is_not_known_to_be_absent():
    code = Code("book", "turismo", "Turismo", topics=frozenset({"turismo"}))
    assert known([_passage({}), _passage({}, later_topics=False)], [code]).tolist() == [[True], [False]]


def test_cells_of_codes_are_read():
    assert stances_of("a:v;b:n") == {"a": "v", "b": "n"}
    assert stances_of("-") == stances_of("") == {}


def test_measures():
    has = np.array([[True, False], [True, False]])
    scores = np.array([[0.9, 0.8], [0.7, 0.1]])
    assert f1(scores > 0.75, has) == 0.5
    assert best_f1(scores, has) == pytest.approx(0.8)
    odds = np.array([[1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 0, 1.0]])
    assert stance_accuracy(odds, np.array([0, 0, -1])) == 0.5
    assert stance_macro_f1(odds, np.array([0, 0, -1])) == pytest.approx(2 / 3)
