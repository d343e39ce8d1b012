from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codings.every_coding import read_codings
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording, find_typed
from corpus.errors import Problem
from corpus.records import Theme

SOURCE = "SINDACA: In comune siamo in tre.\nE l'anno dopo   siamo in due. Siamo in due, sì.\n"
THEMES = (Theme("personale", "Il personale"), Theme("risorse", "Le risorse"))
HEADER = "transcript;start;end;quote;code;stance;coder\n"


def read(folder: Path, rows: str) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    (folder / "codings.csv").write_text(HEADER + rows, encoding="utf-8")
    themes = (Theme("personale", "Il personale"), Theme("risorse", "Le risorse"))
    return read_codings(open_codings(folder), {"S01": Wording(SOURCE)}, themes, "")


@pytest.mark.parametrize("row", ["S01;9;32;In comune siamo in tre.", "S01;;;In comune siamo in tre.", "S01;9;32;"])
def test_a_passage_is_known_by_its_positions_or_by_its_words(tmp_path: Path, row: str) -> None:
    frame, problems = read(tmp_path, f"{row};personale;criticita;anna\n")
    assert problems == ()
    expected = ["S01", 9, 32, "In comune siamo in tre.", "personale", "problem", "anna", False, True]
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
            "riga 2, colonna transcript: la trascrizione `S09` non c'è o non si è potuta leggere: se il file ha un "
            "altro nome scrivi qui quello, senza estensione; righe lasciate fuori: 2",
            "the transcript `S09` does",
        ),
        (
            "S01;9;32;;personal;;a",
            "riga 2, colonna code: il tema `personal` non è nel libro",
            "did you mean `personale`?",
        ),
        (";9;32;;personale;;a", "riga 2, colonna transcript: cella vuota", "row 2, column transcript: blank cell"),
        (
            "S01;9;32;;;;a",
            "colonna code: cella vuota: scrivi il tema, o `nessun tema`",
            "write the theme, or `no theme`",
        ),
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
        "codings.csv, row 2, column transcript: the transcript `S09` does not exist or could not be read: "
        "if the file has another name write that one here, without its ending; rows left out: 2, 4"
    ]


@given(st.data())
def test_any_stretch_of_words_is_found_where_it_stands(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.text("abcè'’.(*", min_size=1, max_size=4), min_size=1, max_size=12))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    source = "  ".join(words)
    quote = " ".join(words[first : last + 1])
    start = len("  ".join(words[:first])) + (2 if first else 0)
    assert (start, start + len("  ".join(words[first : last + 1]))) in _overlapping(quote, source)


def _overlapping(quote: str, source: str) -> set[tuple[int, int]]:
    """Places of the quote looked for from every position, since a search steps over places that overlap."""
    return {(place[0] + at, place[1] + at) for at in range(len(source)) for place in find_typed(quote, source[at:])[:1]}


@pytest.mark.parametrize(
    ("rows", "stances", "said"),
    [
        (
            ("", "problem"),
            ["problem"],
            "colonna stance: la stessa codifica è già alla riga 2, senza posizione",
        ),
        (("problem", ""), ["problem"], "riga 3: la stessa codifica è già alla riga 2: vale quella"),
        (("Criticita'", "advantage"), ["problem"], "vale `criticità`, non `vantaggio`"),
        (("PROPOSTA", "proposal"), ["proposal"], "riga 3: la stessa codifica è già alla riga 2: vale quella"),
    ],
)
def test_a_second_row_adds_its_stance_or_is_told_to_differ(tmp_path, rows, stances, said):
    frame, problems = read(tmp_path, "".join(f"S01;9;32;;personale;{stance};anna\n" for stance in rows))
    assert frame["stance"].tolist() == stances
    assert [said in fault.say("it") and fault.severity == "warning" for fault in problems] == [True]


@pytest.mark.parametrize(
    "names",
    [
        ("S01", "Il personale"),
        ("s01.docx", "PERSONALE"),
        ("S01.MP3", "IL PERSONALE [personale]"),
        ("S01 ", "il  personale"),
    ],
)
def test_transcript_and_theme_are_known_by_any_of_their_names(tmp_path, names):
    frame, problems = read(tmp_path, f"{names[0]};9;32;;{names[1]};;anna\n")
    assert problems == () and frame[["transcript", "theme"]].to_numpy().tolist() == [["S01", "personale"]]


def test_a_label_of_two_themes_is_asked_back(tmp_path):
    (tmp_path / "codings.csv").write_text(HEADER + "S01;9;32;;Costi;;a\n", encoding="utf-8")
    themes = (Theme("a1", "Costi", "a"), Theme("b1", "costi", "b"))
    frame, problems = read_codings(open_codings(tmp_path), {"S01": Wording(SOURCE)}, themes, "")
    assert len(frame) == 0 and "più temi si chiamano `Costi`: scrivi il codice (`a1`, `b1`)" in problems[0].say("it")


def test_no_theme_is_read_and_yields_to_a_theme(tmp_path):
    frame, problems = read(
        tmp_path, "S01;9;32;;nessun tema;;anna\nS01;40;50;;no theme;;anna\nS01;9;32;;risorse;;Anna\n"
    )
    assert frame[["start", "theme"]].to_numpy().tolist() == [[9, "risorse"], [40, ""]]
    told = [fault.say("it") for fault in problems]
    assert "letto come una persona sola" in told[0] and "vale il tema (`S01` 9-32)" in told[1]


@pytest.mark.parametrize("names", [("Anna", "anna"), ("Anna  Bo", "anna bo"), ("Nicolò", "NICOLO\u0300")])
def test_one_person_spelled_in_two_ways_is_one_and_told(tmp_path, names):
    frame, problems = read(tmp_path, f"S01;9;32;;personale;;{names[0]}\nS01;9;32;;risorse;;{names[1]}\n")
    assert len(set(frame["coder"])) == 1
    assert [fault.severity for fault in problems] == ["warning"] and "persona sola" in problems[0].say("it")


def test_what_is_found_in_several_places_says_which_and_how_to_say_another(tmp_path):
    _, problems = read(tmp_path, "S01;;;SIAMO IN DUE;personale;;a\n")
    first = SOURCE.index("siamo in due")
    second = SOURCE.index("Siamo in due")
    assert f"vale la prima, {first}-{first + 12} (riga 2 del testo)" in problems[0].say("it")
    assert f"scrivi start ed end: {second}-{second + 12}" in problems[0].say("it")


def test_a_near_miss_is_offered_with_its_place_and_left_out(tmp_path):
    frame, problems = read(tmp_path, "S01;;;in comune eravamo in tre;personale;;a\n")
    assert len(frame) == 0
    assert "intendevi `In comune siamo in tre` (riga 1 del testo)?" in problems[0].say("it")
    assert "start 9 and end 31" in problems[0].say("en") and problems[0].severity == "error"
    frame, _ = read(tmp_path, "S01;9;31;;personale;;a\n")
    assert frame["quote"].tolist() == ["In comune siamo in tre"]


def test_a_quote_of_another_transcript_says_of_which(tmp_path):
    (tmp_path / "codings.csv").write_text(HEADER + "S02;;;in comune siamo in tre;personale;;a\n", encoding="utf-8")
    texts = {"S01": Wording(SOURCE), "S02": Wording("SINDACO: Qui si sta bene.\n")}
    frame, problems = read_codings(open_codings(tmp_path), texts, THEMES, "")
    assert len(frame) == 0 and problems[0].say("it").endswith("riga lasciata fuori; è invece in `S01`")
