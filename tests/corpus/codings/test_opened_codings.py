"""Every file of people's codings is found, opened once however many read it, and named when it cannot be."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from corpus.codings import opened_codings
from corpus.codings.opened_codings import OpenedCodings, find_codings, open_codings
from corpus.pseudonyms.masking import mask_study
from corpus.study import read_study
from tests.acceptance.small_studies import SAID, SmallStudy
from tests.corpus.refi import made
from tests.reading_room import ReadingRoom


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with a file of every kind, and some that are none."""
    folder = SmallStudy(codings="one coder").write(tmp_path / "studio")
    ReadingRoom(folder).decide("read", "Anna", "P1", SAID[1])
    codings = folder / "codings"
    made.write(codings / "progetto.qdpx", made.project("NVivo", made.code(1, "Personale"), made.source(2, "P1")), {})
    for name in ("uno.xlsx", "due.XLSX", "~$uno.xlsx"):
        openpyxl.Workbook().save(codings / name)
    (codings / "appunti.txt").write_text("note", "utf-8")
    (codings / "tre.ods").write_bytes(b"")
    return folder


def test_all_that_is_read_is_found_and_nothing_else(folder):
    assert [path.relative_to(folder).as_posix() for path in find_codings(folder)] == [
        "codings.csv",
        *("codings/due.XLSX", "codings/progetto.qdpx", "codings/uno.xlsx"),
        "codings/journal/anna.jsonl",
    ]


def test_a_study_and_its_copy_without_names_open_each_file_once(folder, monkeypatch):
    opened: Counter[str] = Counter()

    def counting(reader):
        def read(first, *others):
            file = others[0]
            opened[file] += 1
            return reader(first, *others)

        return read

    for name in ("read_sheet", "read_all_sheets", "read_project"):
        monkeypatch.setattr(opened_codings, name, counting(getattr(opened_codings, name)))
    mask_study(read_study(folder), lambda text: ())
    assert opened == Counter(["codings.csv", "codings/due.XLSX", "codings/progetto.qdpx", "codings/uno.xlsx"])


def test_what_cannot_be_opened_is_named_and_the_rest_is_there(folder):
    (folder / "codings" / "progetto.qdpx").write_bytes(b"PK")
    (folder / "codings" / "uno.xlsx").write_bytes(b"PK")
    opened = open_codings(folder)
    assert [workbook.file for workbook in opened.workbooks] == ["codings/due.XLSX"]
    assert opened.projects == () and len(opened.decisions) == 1 and opened.table is not None
    told = {problem.file for problem in opened.problems}
    assert told == {f"codings/{name}" for name in ("progetto.qdpx", "uno.xlsx", "tre.ods")}
    assert set(opened.problems) <= set(read_study(folder).problems)


def test_a_study_without_codings_has_nothing_to_open(tmp_path):
    assert open_codings(SmallStudy().write(tmp_path / "studio")) == OpenedCodings()
