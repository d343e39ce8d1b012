"""Small files of every format, broken at random: each is read, or refused with a reason, and never falls over."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.codebook.theme_codebook import read_codebook
from corpus.errors import StudyError
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.questionnaire_draft import draft_codebook
from corpus.respondents.respondents_list import read_respondents
from tests.corpus.files.test_spreadsheets import CELLS, ods
from tests.corpus.questionnaire.test_limesurvey import structure

CSV = b'respondent;Q1;Q2[a];Q2[b]\nS01;"1,5";x;\nS02;=1+1;;n.d.\n'
YAML = b"- code: a\n  label: A\n  definition: x\n  children:\n  - {code: b, label: B, definition: y}\n"
QDC = b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="A"><Code guid="2" name="B"/></Code></Codes></CodeBook>'  # fmt: skip  # noqa: E501


def xlsx_bytes(folder: Path) -> bytes:
    book = openpyxl.Workbook()
    for row in (["respondent", "Q1"], ["S01", 1.5], ["S02", "=1+1"]):
        book.active.append(row)
    book.save(folder / "x.xlsx")
    return (folder / "x.xlsx").read_bytes()


def ods_bytes(folder: Path) -> bytes:
    ods(folder / "x.ods", f"<table:table-row>{CELLS.format('respondent')}{CELLS.format('Q1')}</table:table-row>")
    return (folder / "x.ods").read_bytes()


def sav_bytes(folder: Path) -> bytes:
    pyreadstat.write_sav(pd.DataFrame({"respondent": ["S01"], "Q1": [1.0]}), folder / "x.sav")
    return (folder / "x.sav").read_bytes()


def read_table(folder: Path) -> None:
    items, _ = read_questionnaire_codebook(folder)
    read_answers(folder, items, ["S01", "S02"])
    read_respondents(folder)


SEEDS: dict[str, tuple[Callable[[Path], bytes], Callable[[Path], object]]] = {
    "questionnaire.csv": (lambda _: CSV, read_table),
    "questionnaire.xlsx": (xlsx_bytes, read_table),
    "questionnaire.ods": (ods_bytes, read_table),
    "questionnaire.sav": (sav_bytes, read_questionnaire_codebook),
    "questionnaire_codebook.lss": (lambda _: structure(modern=True), read_questionnaire_codebook),
    "codebook.yaml": (lambda _: YAML, read_codebook),
    "codebook.qdc": (lambda _: QDC, read_codebook),
}
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["cut", "set", "put"]), st.binary(max_size=4)), max_size=4
)


@pytest.mark.parametrize("file", list(SEEDS))
def test_a_broken_file_is_read_or_refused(file: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    make, read = SEEDS[file]
    whole = make(tmp_path_factory.mktemp("seed"))

    @settings(max_examples=25, deadline=None)
    @given(CHANGES)
    def read_broken(changes: list[tuple[float, str, bytes]]) -> None:
        data = whole
        for where, how, new in changes:
            at = int(where * len(data))
            data = data[:at] if how == "cut" else data[:at] + new + data[at + (len(new) if how == "set" else 0) :]
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / file).write_bytes(data)
            if read is read_table:
                (Path(folder) / "questionnaire_codebook.csv").write_text("item;text;type\nQ1;Quanti?;number\n")
            for attempt in (read, *([draft_codebook] if file.startswith("questionnaire.") else [])):
                try:
                    attempt(Path(folder))
                except StudyError as error:
                    assert error.say("it")

    read_broken()


def test_a_variable_whose_name_was_damaged_is_refused(tmp_path: Path) -> None:
    damaged = sav_bytes(tmp_path).replace(b"RESPONDE\x02", b"\0ESPONDE\x02")
    (tmp_path / "questionnaire.sav").write_bytes(damaged)
    with pytest.raises(StudyError, match="SPSS"):
        read_questionnaire_codebook(tmp_path)
