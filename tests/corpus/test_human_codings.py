from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import Problem
from corpus.human_codings import find_quote, read_human_codings

SOURCE = "SINDACA: In comune siamo in tre.\nE l'anno dopo   siamo in due. Siamo in due, sì.\n"
HEADER = "transcript;start;end;quote;code;stance;coder\n"


def read(folder: Path, rows: str) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    (folder / "codings.csv").write_text(HEADER + rows, encoding="utf-8")
    return read_human_codings(folder, {"S01": SOURCE}, {"personale", "risorse"})


@pytest.mark.parametrize("row", ["S01;9;32;In comune siamo in tre.", "S01;;;In comune siamo in tre.", "S01;9;32;"])
def test_a_passage_is_known_by_its_positions_or_by_its_words(tmp_path: Path, row: str) -> None:
    frame, problems = read(tmp_path, f"{row};personale;criticita;anna\n")
    assert problems == ()
    expected = ["S01", 9, 32, "In comune siamo in tre.", "personale", "criticità", "anna", False]
    assert frame.to_numpy().tolist() == [expected]


def test_a_quote_is_found_again_where_positions_slipped_and_the_source_words_are_kept(tmp_path: Path) -> None:
    frame, problems = read(tmp_path, "S01;30;52;l’anno dopo siamo in due;personale;;anna\n")
    assert frame["quote"].tolist() == ["l'anno dopo   siamo in due"]
    assert [fault.say("it") for fault in problems] == [
        "codings.csv, riga 2, colonna start: 1 citazioni non erano alle posizioni indicate, ritrovate altrove: righe 2"
    ]


@pytest.mark.parametrize(
    ("row", "it", "en"),
    [
        (
            "S09;0;5;x;personale;;a",
            "riga 2, colonna transcript: la trascrizione `S09` non c'è",
            "the transcript `S09` does",
        ),
        (
            "S01;9;32;;personal;;a",
            "riga 2, colonna code: il tema `personal` non è nel libro",
            "did you mean `personale`?",
        ),
        (";9;32;;personale;;a", "riga 2, colonna transcript: cella vuota", "row 2, column transcript: blank cell"),
        (
            "S01;;;siamo in mille;personale;;a",
            "riga 2, colonna quote: la citazione non si trova",
            "row 2, column quote",
        ),
        (
            "S01;9;999;;personale;;a",
            "riga 2, colonna start: le posizioni 9-999 non sono nella",
            "positions 9-999 are not",
        ),
        ("S01;;;;personale;;a", "riga 2, colonna quote: mancano sia la citazione", "neither quote nor positions"),
        ("S01;nove;32;siamo in tre;personale;;a", "colonna start: `nove` non è una posizione", "`nove` is no position"),
        (
            "S01;9;32;;personale;contro;a",
            "riga 2, colonna stance: `contro` non è una posizione",
            "`contro` is no stance",
        ),
        ("S01;;;iamo in due;personale;;a", "la citazione compare 2 volte: vale la prima", "the quote occurs 2 times"),
        (
            "S01;9;32;;personale;;a\nS01;9;32;;personale;;a",
            "riga 3: la stessa codifica è già alla riga 2",
            "row 3: the",
        ),
    ],
)
def test_a_fault_in_the_codings_is_told_once(tmp_path: Path, row: str, it: str, en: str) -> None:
    _, problems = read(tmp_path, row + "\n")
    assert len(problems) == 1
    assert it in problems[0].say("it")
    assert en in problems[0].say("en")


def test_an_unknown_transcript_is_told_once_with_all_its_rows(tmp_path: Path) -> None:
    frame, problems = read(tmp_path, "S09;;;a;personale;;x\nS01;9;32;;personale;;x\nS09;;;b;risorse;;x\n")
    assert len(frame) == 1
    assert [fault.say("en") for fault in problems] == [
        "codings.csv, row 2, column transcript: the transcript `S09` does not exist or could not be read; "
        "rows left out: 2, 4"
    ]


@given(st.data())
def test_any_stretch_of_words_is_found_where_it_stands(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("abcè'’.(*", min_size=1, max_size=4), min_size=1, max_size=12))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    source, quote = "  ".join(words), " ".join(words[first : last + 1])
    start = len("  ".join(words[:first])) + (2 if first else 0)
    assert (start, start + len("  ".join(words[first : last + 1]))) in _overlapping(quote, source)


def _overlapping(quote: str, source: str) -> set[tuple[int, int]]:
    """Places of the quote looked for from every position, since a search steps over places that overlap."""
    return {(place[0] + at, place[1] + at) for at in range(len(source)) for place in find_quote(quote, source[at:])[:1]}
