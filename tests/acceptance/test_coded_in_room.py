"""A small study coded in the reading room gives the tables that the same codings give in codings.csv."""

import csv
from collections.abc import Iterator
from pathlib import Path

from corpus.codings.worksheets import SETTLING, find_sheet
from corpus.study import read_study
from flows.host import PlainHost
from flows.settling import settle_disagreements
from flows.unchanged import unchanged_run
from outputs.run.record import read_run
from tests.acceptance.small_studies import SAID, SmallStudy
from tests.acceptance.whole_studies import count_in_process, run_in_process
from tests.reading_room import ReadingRoom

STAFF = (SAID[0], "non basta", "personale", "problem")
NEIGHBOURS = (SAID[1], "una convenzione", "vicini", "advantage")
TRAINING = (SAID[2], "più formazione", "formazione", "proposal")
MONEY = (SAID[3], "ogni bando costa", "personale", "")
READ_WHOLE = ("P1", "P2")
OF_CODER = {"Anna": (STAFF, NEIGHBOURS, TRAINING), "Bruno": (STAFF, TRAINING, MONEY)}


def small_study(folder: Path) -> Path:
    """Three interviews, of which Anna and Bruno read two whole; of the third Anna codes one answer of eight."""
    return SmallStudy(interviews=3, turns=8, questionnaire="answers").write(folder)


def decisions(room: ReadingRoom) -> Iterator[tuple[str, str, str, str, str]]:
    """Coder, transcript, words, theme and stance; a whole answer without a theme was read, and none is there."""
    for coder, coded in OF_CODER.items():
        by_answer = {answer: marked for answer, *marked in coded}
        for transcript in READ_WHOLE:
            for answer in room.answers(transcript):
                yield coder, transcript, *by_answer.get(answer, (answer, "", ""))
    yield "Anna", "P3", *TRAINING[1:]


def code_in_room(folder: Path) -> None:
    room = ReadingRoom(folder)
    for coder, transcript, words, theme, stance in decisions(room):
        room.decide("code" if theme else "read", coder, transcript, words, theme=theme, stance=stance)


def code_in_table(folder: Path) -> None:
    rows = list(decisions(ReadingRoom(folder)))
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("coder", "transcript", "quote", "code", "stance"))
        table.writerows((*who, words, theme or "nessun tema", stance) for *who, words, theme, stance in rows)


def test_the_room_and_codings_csv_give_the_same_tables(tmp_path):
    in_room = small_study(tmp_path / "sala")
    in_table = small_study(tmp_path / "tabella")
    code_in_room(in_room)
    code_in_table(in_table)
    assert read_study(in_room).problems == read_study(in_table).problems
    by_room = {table.key: table.frame.astype(str).to_numpy().tolist() for table in count_in_process(in_room).tables}
    by_table = {table.key: table.frame.astype(str).to_numpy().tolist() for table in count_in_process(in_table).tables}
    assert len(by_room["codifiche"]) >= 6 and by_room["accordo"] and by_room["disaccordi"]
    assert by_room == by_table


def test_what_two_people_differ_on_in_the_room_is_asked_by_trama_settle(tmp_path):
    folder = small_study(tmp_path / "sala")
    code_in_room(folder)
    room = ReadingRoom(folder)
    room.decide("refuse", "Bruno", "P3", SAID[2], theme="formazione")
    settle_disagreements(folder, PlainHost())
    (workbook,) = read_study(folder).opened.workbooks
    sheet = find_sheet(workbook.cells, SETTLING)
    assert sheet is not None
    asked = {(row["transcript"], row["source"], row["theme"]) for _, row in sheet.rows()}
    assert ("P3", SAID[2], "formazione") in asked
    assert ("P1", SAID[1], "vicini") in asked and ("P1", SAID[0], "personale") not in asked


def test_the_next_run_does_not_give_what_was_refused_and_an_unchanged_one_is_not_made_again(tmp_path):
    folder = SmallStudy(turns=4).write(tmp_path / "sala")
    before = read_run(run_in_process(folder)).results.codings
    assert unchanged_run(folder, None) is not None
    first = before.iloc[0]
    text = before.merge(ReadingRoom(folder).segments, on="segment").iloc[0]
    ReadingRoom(folder).decide("refuse", "Anna", text["transcript"], text["text"], theme=first["theme"])
    assert unchanged_run(folder, None) is None
    after = read_run(run_in_process(folder)).results.codings
    assert set(before["coding"]) - set(after["coding"]) == {first["coding"]}
    assert set(after["coding"]) <= set(before["coding"]) and "human" not in set(after["how"])
    assert unchanged_run(folder, None) is not None
