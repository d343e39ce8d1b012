"""A random draw goes out as a sheet, is filled in by a hand, and comes back as what it is worth, whatever happened."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from corpus.codings.known_sample import GONE, read_sample
from corpus.codings.opened_codings import open_codings
from corpus.codings.quotations import Wording
from corpus.codings.sample_design import SHEET, Design, mark_of
from corpus.records import Theme
from nlp.random_sample import Drawn, draw_respondents, draw_segments
from outputs.worksheets.coding_sheet import write_coding_sheet
from tests.filled_sheet import fill, rows_of_sheet

THEMES = (Theme("personale", "Personale"), Theme("rifiuti", "Rifiuti"))
ORDINALS = ("prima", "seconda", "terza", "quarta")


def sentences_of(name: str) -> list[str]:
    return [f"Parola {place} detta da {name} adesso." for place in ORDINALS]


SENTENCES = {name: sentences_of(name) for name in ("S1", "S2", "S3")}
SOURCES = {name: "\n".join(sentences) + "\n" for name, sentences in SENTENCES.items()}


def segments() -> pd.DataFrame:
    rows = [(name, SOURCES[name].index(text), text) for name, sentences in SENTENCES.items() for text in sentences]
    frame = pd.DataFrame(rows, columns=["transcript", "start", "source"])
    return frame.assign(end=frame["start"] + frame["source"].str.len(), respondent=frame["transcript"])


def design_of(drawn: Drawn, name: str = "campione-01") -> Design:
    frame = segments().assign(
        number=drawn.number,
        words=segments()["source"].map(mark_of),
        stratum=drawn.stratum,
        probability=drawn.probability,
    )
    return Design(name, drawn.unit, frame.drop(columns="source"), tuple(SENTENCES))


def by_respondent(number: int, seed: int = 1) -> Drawn:
    return draw_segments(segments()["respondent"].to_numpy(object), number, seed)


def write(folder: Path, design: Design, known: Iterable[int] = (), themes: Sequence[Theme] = THEMES) -> Path:
    place = ["transcript", "start", "end"]
    rows = design.drawn.drop(columns="words").merge(segments()[[*place, "source"]], on=place, how="left")
    rows = rows.assign(text=rows["source"], question="", before="", after="", draw=design.draw, unit=design.unit)
    rows = rows.assign(probability=rows["probability"].map(repr), known=rows["number"].isin(list(known)))
    (folder / "codings").mkdir(exist_ok=True)
    path = folder / "codings" / f"{design.name}.xlsx"
    return write_coding_sheet(rows, themes, path, "it", "", design)


def edit(path: Path, sheet: str, cell: str, text: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = text
    book.save(path)


def read(folder: Path, sources: dict[str, str] = SOURCES, themes: Sequence[Theme] = THEMES):
    texts = {name: Wording(source) for name, source in sources.items()}
    sample, problems = read_sample(open_codings(folder), texts, themes, list(texts))
    return sample, [problem.say("it") for problem in problems], [problem.say("en") for problem in problems]


def test_a_sample_filled_in_whole_is_the_draw_as_it_was_made(tmp_path):
    design = design_of(by_respondent(6))
    fill(write(tmp_path, design), range(1, 7))
    sample, told, _ = read(tmp_path)
    assert not told
    assert set(sample["draw"]) == {design.draw} and design.draw.startswith("campione-01 ")
    assert sample["read"].all() and sample["drawn"].all() and set(sample["probability"]) == {0.5}
    assert set(sample["stratum"]) == {"S1", "S2", "S3"} and set(sample["coder"]) == {"Anna"}
    assert set(sample["themes"]) == {"personale|rifiuti"}


def test_the_same_draw_gives_the_same_bytes_and_shows_its_design_to_nobody(tmp_path):
    design = design_of(by_respondent(6))
    first = write(tmp_path, design)
    written = first.read_bytes()
    assert write(tmp_path, design).read_bytes() == written
    book = openpyxl.load_workbook(first)
    assert book[SHEET].sheet_state == "veryHidden" and book[SHEET].protection.sheet
    hidden = [cell for cell in book.worksheets[0][4] if cell.value == "probability"]
    assert book.worksheets[0].column_dimensions["Q"].hidden and hidden[0].protection.locked


def test_nobody_filled_it_in(tmp_path):
    write(tmp_path, design_of(by_respondent(6)))
    sample, told, english = read(tmp_path)
    assert set(sample["flaw"]) == {"sample unread"} and not sample["read"].any()
    assert len(told) == 1 and "nessuno ha ancora compilato" in told[0] and "nobody has filled in yet" in english[0]


def test_the_first_rows_are_a_smaller_sample(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), range(1, 5))
    sample, told, english = read(tmp_path)
    assert sample["drawn"].sum() == 4 and set(sample["flaw"]) == {""}
    np.testing.assert_allclose(sample["probability"], 0.5 * 4 / 6)
    assert "righe del campione compilate, dalla prima: 4 di 6" in told[0]
    assert "filled in, from the first: 4 of 6" in english[0]


def test_rows_skipped_in_between_make_it_no_sample(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), (1, 2, 5))
    sample, told, english = read(tmp_path)
    assert set(sample["flaw"]) == {"sample with gaps"} and sample["read"].sum() == 3
    assert "righe saltate nel campione: 8, 9" in told[0] and "skipped: 8, 9" in english[0]


def test_whole_respondents_count_as_far_as_they_were_finished(tmp_path):
    design = design_of(draw_respondents(segments()["respondent"].to_numpy(object), 2, 1))
    path = write(tmp_path, design)
    fill(path, (1, 2, 4, 5))  # the third row of the first respondent is left out
    assert set(read(tmp_path)[0]["flaw"]) == {"sample with gaps"}
    fill(path, (3,))
    sample, told, _ = read(tmp_path)
    assert set(sample["unit"]) == {"respondent"}
    assert set(sample.loc[sample["drawn"], "respondent"]) == {design.drawn["respondent"][0]}
    np.testing.assert_allclose(sample["probability"], 1 / 3)
    assert "rispondenti del campione letti per intero: 1 di 2" in told[0]
    fill(path, (6, 7, 8))
    np.testing.assert_allclose(read(tmp_path)[0]["probability"], 2 / 3)


def test_two_people_who_fill_in_copies_are_one_draw_and_one_person_twice_is_told(tmp_path):
    path = write(tmp_path, design_of(by_respondent(6)))
    fill(path, range(1, 7), coder="Bruno", copy="campione-01 Bruno")
    fill(path, range(1, 7), coder="Anna")
    sample, told, _ = read(tmp_path)
    assert len(sample) == 6 and set(sample["coder"]) == {"Anna, Bruno"} and not told
    fill(path, (), coder="anna", copy="copia")
    sample, told, _ = read(tmp_path)
    assert len(sample) == 6 and "la stessa persona ha compilato anche una copia (codings/copia.xlsx" in told[0]


def test_probabilities_edited_in_the_rows_are_told_and_those_of_the_draw_count(tmp_path):
    path = fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    page = openpyxl.load_workbook(path).worksheets[0]
    column = next(cell.column_letter for cell in page[4] if cell.value == "probability")
    edit(path, "Da codificare", f"{column}7", "0.9")
    sample, told, english = read(tmp_path)
    assert set(sample["probability"]) == {0.5}
    assert "cambiati a mano nelle colonne nascoste, righe 7" in told[0] and "by hand" in english[0]


@pytest.mark.parametrize("cell", ["H3", "A5", "C1", "B4", "A15"])
def test_an_edited_design_is_no_sample(tmp_path, cell):
    path = fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    edit(path, SHEET, cell, "1")
    sample, told, english = read(tmp_path)
    assert set(sample["flaw"]) == {"sample edited"} and len(sample) == 6
    assert "modificato o tolto" in told[0] and "edited or removed" in english[0]


def test_hidden_columns_that_were_removed_are_told_and_the_draw_counts(tmp_path):
    path = fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.delete_cols(next(cell.column for cell in page[4] if cell.value == "draw"), 4)
    book.save(path)
    sample, told, _ = read(tmp_path)
    assert sample["drawn"].all() and set(sample["probability"]) == {0.5}
    assert "righe 6, 7, 8, 9, 10, 11" in told[0]


def test_a_design_that_was_removed_is_no_sample(tmp_path):
    path = fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    book = openpyxl.load_workbook(path)
    del book[SHEET]
    book.save(path)
    assert set(read(tmp_path)[0]["flaw"]) == {"sample edited"}


def test_rows_removed_and_added_are_told(tmp_path):
    path = fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page.delete_rows(8)
    for cell in page[6]:
        page.cell(12, cell.column).value = cell.value
    book.save(path)
    sample, told, english = read(tmp_path)
    assert set(sample["flaw"]) == {"sample edited"}
    assert "ripetute: 12" in told[0] and "sono state tolte righe del campione (1 di 6; N. 3)" in told[1]
    assert "removed from the sheet (1 of 6; No. 3)" in english[1]


def test_passages_are_found_again_after_a_correction_and_lost_ones_are_no_gap(tmp_path):
    design = design_of(by_respondent(12))
    fill(write(tmp_path, design), range(1, 13))
    corrected = {**SOURCES, "S1": "Una riga in più.\n" + SOURCES["S1"].replace("Parola seconda", "La seconda parola")}
    sample, told, _ = read(tmp_path, corrected)
    assert not told and set(sample["flaw"]) == {""}
    lost = sample[sample["start"] == GONE]
    assert len(lost) == 1 and not lost["read"].any()
    of_first = sample[(sample["transcript"] == "S1") & (sample["start"] != GONE)]
    words = [corrected["S1"][start:end] for start, end in zip(of_first["start"], of_first["end"], strict=True)]
    assert words == [text for text in SENTENCES["S1"] if "seconda" not in text]


def test_when_no_passage_is_there_any_more_the_sample_is_lost(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    sample, told, _ = read(tmp_path, dict.fromkeys(SOURCES, "Altro."))
    assert set(sample["flaw"]) == {"sample lost"} and "estrai un altro campione" in told[0]


def test_an_interview_that_came_later_makes_it_speak_of_nothing_until_another_draw_is_read(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    more = {**SOURCES, "S4": "Un'altra intervista."}
    sample, told, english = read(tmp_path, more)
    assert set(sample["flaw"]) == {"sample outdated"}
    assert "arrivate dopo l'estrazione (S4)" in told[0] and "came after the draw (S4)" in english[0]
    later = design_of(by_respondent(6, seed=2), "campione-02")
    later = Design(later.name, later.unit, later.frame, (*later.interviews, "S4"))
    fill(write(tmp_path, later), range(1, 7))
    sample, told, _ = read(tmp_path, more)
    assert set(sample["flaw"]) == {""} and not told


def test_of_two_draws_each_says_how_likely_the_other_ones_passages_were(tmp_path):
    first = design_of(by_respondent(6))
    second = design_of(draw_segments(np.full(12, "", dtype=object), 3, 5), "campione-02")
    fill(write(tmp_path, first), range(1, 7))
    fill(write(tmp_path, second), range(1, 4))
    sample, told, _ = read(tmp_path)
    assert not told
    passages = sample.drop_duplicates(["transcript", "start"])
    assert len(sample) == 2 * len(passages)  # each passage in each draw
    assert sample.groupby("draw")["probability"].unique().map(list).to_dict() == {
        first.draw: [0.5],
        second.draw: [0.25],
    }
    assert sample.groupby("draw")["drawn"].sum().to_dict() == {first.draw: 6, second.draw: 3}


def test_what_another_draw_read_is_not_asked_again(tmp_path):
    first = design_of(by_respondent(6))
    second = design_of(by_respondent(12, seed=3), "campione-02")
    fill(write(tmp_path, first), range(1, 7))
    place = ["transcript", "start", "end"]
    drawn = second.drawn.merge(first.drawn[place], on=place, how="left", indicator=True)
    known = drawn.loc[drawn["_merge"] == "both", "number"].tolist()
    path = write(tmp_path, second, known)
    assert [number for number, row in enumerate(rows_of_sheet(path), start=1) if row["hidden"]] == known
    fill(path, set(range(1, 13)) - set(known), coder="Bruno")
    sample, told, _ = read(tmp_path)
    of_second = sample[sample["draw"] == second.draw]
    assert not told and of_second["drawn"].all() and of_second["read"].all()
    assert set(of_second["coder"]) == {"Anna", "Bruno"}


def test_a_blank_second_draw_is_as_if_it_had_not_been_made(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    write(tmp_path, design_of(by_respondent(9, seed=2), "campione-02"))
    sample, told, _ = read(tmp_path)
    usable = sample[sample["flaw"] == ""]
    assert len(usable) == 6 and usable["drawn"].all() and len(told) == 1


def test_a_theme_added_later_is_not_among_those_that_were_offered(tmp_path):
    fill(write(tmp_path, design_of(by_respondent(6))), range(1, 7))
    sample, _, _ = read(tmp_path, themes=(*THEMES, Theme("mense", "Mense")))
    assert set(sample["themes"]) == {"personale|rifiuti"}


def test_a_sheet_of_suggestions_is_no_sample(tmp_path):
    design = design_of(by_respondent(6))
    rows = design.drawn.drop(columns=["words", "probability", "stratum"])
    rows = rows.merge(segments()[["transcript", "start", "source"]], on=["transcript", "start"])
    rows = rows.assign(text=rows["source"], question="", before="", after="")
    (tmp_path / "codings").mkdir()
    fill(write_coding_sheet(rows, THEMES, tmp_path / "codings" / "suggeriti-01.xlsx", "it", ""), range(1, 7))
    sample, told, _ = read(tmp_path)
    assert sample.empty and not told
