"""A random draw read in the reading room is worth what it is when somebody fills its sheet in."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.codings.journal import JOURNAL
from corpus.codings.sample_design import Design, mark_of
from corpus.study import read_study
from nlp.random_sample import draw_segments
from outputs.worksheets.coding_rows import coding_rows
from outputs.worksheets.coding_sheet import write_coding_sheet
from tests.acceptance.small_studies import SmallStudy
from tests.acceptance.whole_studies import count_in_process
from tests.filled_sheet import answer, rows_of_sheet
from tests.reading_room import ReadingRoom

CODED = "lavoro"  # who reads gives the theme where this stands
DRAWN = 12
PLACE = ["transcript", "start", "end"]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Path:
    """Six people, of whose answers twelve were drawn at random, and nobody read any."""
    folder = SmallStudy(interviews=6, turns=8).write(tmp_path_factory.mktemp("estratto") / "studio")
    room = ReadingRoom(folder)
    said = room.segments[room.segments["role"] == "respondent"].reset_index(drop=True)
    drawn = draw_segments(said["respondent"].to_numpy(object), DRAWN, seed=4)
    source = {transcript.id: transcript.source for transcript in room.study.transcripts}
    places = zip(*(said[key] for key in PLACE), strict=True)
    frame = said[[*PLACE, "respondent"]].assign(
        number=drawn.number,
        words=[mark_of(source[name][start:end]) for name, start, end in places],
        stratum=drawn.stratum,
        probability=drawn.probability,
    )
    design = Design("campione-01", drawn.unit, frame, tuple(sorted(source)))
    rows = coding_rows(design.drawn[PLACE].merge(said, on=PLACE), room.segments, room.study.transcripts).assign(
        draw=design.draw,
        unit=design.unit,
        stratum=design.drawn["stratum"],
        probability=design.drawn["probability"].map(repr),
        known=False,
    )
    (folder / "codings").mkdir()
    write_coding_sheet(rows, room.study.themes, sheet_of(folder), "it", "", design)
    return folder


@pytest.fixture
def folder(drawn, tmp_path) -> Path:
    return shutil.copytree(drawn, tmp_path / "studio")


def sheet_of(folder: Path) -> Path:
    return folder / "codings" / "campione-01.xlsx"


def fill_sheet(folder: Path, numbers: Iterable[int], coder: str = "Anna", copy: str = "") -> None:
    rows = rows_of_sheet(sheet_of(folder))
    codes = {number: "Personale" if CODED in rows[number - 1]["source"] else "— nessun tema —" for number in numbers}
    answer(sheet_of(folder), codes, coder, copy)


def read_in_room(folder: Path, numbers: Iterable[int], coder: str = "Anna") -> None:
    """The words alone are coded, not the whole segment: what a person marks in a room."""
    room = ReadingRoom(folder)
    rows = rows_of_sheet(sheet_of(folder))
    draw = room.study.sample["draw"].iloc[0]
    for number in numbers:
        row = rows[number - 1]
        if CODED in row["source"]:
            room.decide("code", coder, row["transcript"], CODED, theme="personale")
        room.decide("read", coder, row["transcript"], row["source"], draw=draw)


def tables_of(folder: Path) -> dict[str, list]:
    """All but those that show which words were marked: in a sheet it is the whole segment."""
    tables = (table for table in count_in_process(folder).tables if table.key not in ("codifiche", "accordo_passi"))
    return {table.key: table.frame.astype(str).to_numpy().tolist() for table in tables}


@pytest.mark.parametrize(
    ("numbers", "flaw"),
    [(range(1, 13), ""), (range(1, 8), ""), ((1, 2, 4), "sample with gaps"), ((), "sample unread")],
    ids=["whole", "the first rows", "a row skipped", "nothing"],
)
def test_who_reads_in_the_room_equals_who_fills_the_sheet_in(folder, tmp_path, numbers, flaw):
    shutil.copytree(folder, tmp_path / "foglio")
    fill_sheet(tmp_path / "foglio", numbers)
    read_in_room(folder, numbers)
    by_sheet = read_study(tmp_path / "foglio")
    in_room = read_study(folder)
    assert set(in_room.sample["flaw"]) == {flaw}
    assert in_room.sample.equals(by_sheet.sample)
    assert len(in_room.problems) == len(by_sheet.problems)
    assert tables_of(folder) == tables_of(tmp_path / "foglio")


def test_half_in_the_sheet_and_half_in_the_room_is_one_reading(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "foglio")
    fill_sheet(tmp_path / "foglio", range(1, 13))
    fill_sheet(folder, range(1, 6))
    read_in_room(folder, range(6, 13))
    study = read_study(folder)
    assert study.sample.equals(read_study(tmp_path / "foglio").sample)
    assert "count as one reading" in study.problems[0].say("en")


def test_two_people_in_the_room_are_two_readings_of_one_draw(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "fogli")
    for coder in ("Anna", "Bruno"):
        fill_sheet(tmp_path / "fogli", range(1, 13), coder, copy=f"copia di {coder}")
        read_in_room(folder, range(1, 13), coder)
    sample = read_study(folder).sample
    assert set(sample["coder"]) == {"Anna, Bruno"} and sample.equals(read_study(tmp_path / "fogli").sample)


def test_a_reading_that_was_undone_is_a_row_skipped(folder):
    read_in_room(folder, range(1, 13))
    room = ReadingRoom(folder)
    third = [each for each in room.study.opened.decisions if each.do == "read"][2]
    room.decide("undo", "Anna", ref=third.id)
    assert set(read_study(folder).sample["flaw"]) == {"sample with gaps"}


def test_a_segment_read_for_another_reason_is_no_row_of_the_draw(folder):
    room = ReadingRoom(folder)
    for row in rows_of_sheet(sheet_of(folder)):
        room.decide("read", "Anna", row["transcript"], row["source"])
    assert set(read_study(folder).sample["flaw"]) == {"sample unread"}


def test_a_draw_whose_sheet_is_gone_is_told_and_its_readings_are_codings(folder):
    read_in_room(folder, range(1, 13))
    sheet_of(folder).unlink()
    study = read_study(folder)
    assert study.sample.empty and len(study.human_codings) == DRAWN
    (problem,) = study.problems
    assert (problem.file, problem.severity) == (f"{JOURNAL}/anna.jsonl", "warning")
    assert "put the sheet back" in problem.say("en")


def test_a_theme_that_came_later_is_not_said_to_be_absent(folder):
    """The draw asked for the themes that there were then, also of who reads it later in the room."""
    with (folder / "codebook.csv").open("a", encoding="utf-8") as codebook:
        codebook.write("strade;Strade;Buche e asfalto;;\n")
    read_in_room(folder, range(1, 13))
    assert set(read_study(folder).sample["themes"]) == {"formazione|personale|vicini"}
