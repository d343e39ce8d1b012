from datetime import date
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from corpus.errors import StudyError
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.spss import read_sav

NAN = float("nan")
PEOPLE = ["S01", "S02", "S03", "S04"]
DATA = {
    "codice": PEOPLE,
    "v1": [3.0, 99.0, NAN, 12.5],
    "v2": [1.0, 4.0, 8.0, 9.0],
    "v3": [1.0, 2.0, 1.0, NAN],
    "v4_1": [1.0, 0.0, NAN, 1.0],
    "v4_2": [0.0, 0.0, NAN, 1.0],
    "v5": [0.0, 10.0, 5.0, 7.0],
    "quando": [date(2025, 4, 3), None, date(1970, 1, 2), None],
    "altro": ["Più personale", "", "=1+1", ""],
}
LABELS = {
    **{"v1": "Quanti dipendenti?", "v2": "Manca personale", "v3": "Forma", "v5": "Fiducia da 0 a 10"},
    **{"v4_1": "Quali servizi? - Mense", "v4_2": "Quali servizi? - Raccolta, rifiuti", "altro": "Altro da dire?"},
}
VALUES = {
    "v1": {99: "Non sa, non ricorda"},
    "v2": {1: "Per niente", 2: "Poco", 3: "Né poco né molto", 4: "Molto", 8: "Non so", 9: "Domanda non posta"},
    "v3": {1: "Unione", 2: "Convenzione"},
    "v4_1": {0: "No", 1: "Sì"},
    "v4_2": {0: "No", 1: "Sì"},
    "v5": {0: "Nessuna", 10: "Piena"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pyreadstat.write_sav(
        pd.DataFrame(DATA),
        tmp_path / "questionnaire.sav",
        column_labels=LABELS,
        variable_value_labels=VALUES,
        missing_ranges={"v1": [99], "v2": [{"lo": 8, "hi": 9}]},
    )
    return tmp_path


def test_an_spss_file_says_what_its_items_are(folder: Path) -> None:
    items, problems = read_questionnaire_codebook(folder)
    assert [fault.say() for fault in problems] == []
    assert [(item.code, item.type) for item in items] == [
        *(("codice", "text"), ("v1", "number"), ("v2", "likert"), ("v3", "single"), ("v4", "multi"), ("v5", "number")),
        *(("quando", "date"), ("altro", "text")),
    ]
    by_code = {item.code: item for item in items}
    assert by_code["v1"].text == "Quanti dipendenti?"
    assert [(option.value, option.missing) for option in by_code["v2"].options] == [
        *(("1", ""), ("2", ""), ("3", ""), ("4", ""), ("8", "dont_know"), ("9", "not_shown")),
    ]
    assert by_code["v4"].text == "Quali servizi?"
    assert [(option.value, option.label) for option in by_code["v4"].options] == [
        *(("1", "Mense"), ("2", "Raccolta, rifiuti")),
    ]
    assert "riconosciuta dai nomi" in by_code["v4"].notes
    assert by_code["v5"].notes == "Etichette: 0 = Nessuna; 10 = Piena"


def test_a_file_is_opened_once_for_its_codebook_and_its_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_sav.cache_clear()  # another test may have read the same bytes
    opened = []
    read = pyreadstat.read_sav
    monkeypatch.setattr(pyreadstat, "read_sav", lambda *given, **options: opened.append(1) or read(*given, **options))
    items, _ = read_questionnaire_codebook(folder)
    read_answers(folder, items, PEOPLE)
    assert len(opened) == 1


def test_its_answers_are_read_by_its_own_codebook(folder: Path) -> None:
    items, _ = read_questionnaire_codebook(folder)
    questionnaires, problems = read_answers(folder, items, PEOPLE)
    frame = questionnaires.frame()
    assert [fault.say() for fault in problems if fault.severity == "error"] == []
    said = {(row.respondent, row.item, row.option): (row.value, row.status) for row in frame.itertuples()}
    assert said["S01", "v1", ""] == ("3", "answered")
    assert said["S02", "v1", ""][1] == "dont_know"
    assert said["S03", "v1", ""] == ("", "no_answer")
    assert said["S04", "v1", ""] == ("12.5", "answered")
    assert said["S03", "v2", ""][1] == "dont_know"
    assert said["S04", "v2", ""][1] == "not_shown"
    assert said["S01", "v3", ""] == ("1", "answered")
    assert said["S02", "v4", "1"] == ("0", "answered")
    assert said["S03", "v4", "1"] == ("", "no_answer")
    assert said["S04", "v4", "2"] == ("1", "answered")
    assert said["S02", "v5", ""] == ("10", "answered")
    assert said["S01", "quando", ""] == ("2025-04-03", "answered")
    assert said["S03", "altro", ""] == ("=1+1", "answered")


def test_a_declared_missing_value_is_no_number_whatever_the_codebook(folder: Path) -> None:
    (folder / "questionnaire_codebook.csv").write_text("item;text;type\nv1;Quanti?;number\n", encoding="utf-8")
    items, _ = read_questionnaire_codebook(folder)
    questionnaires, _ = read_answers(folder, items, PEOPLE)
    frame = questionnaires.frame()
    assert frame["status"].tolist() == ["answered", "dont_know", "no_answer", "answered"]


def test_a_compressed_file_reads_alike(folder: Path) -> None:
    target = folder / "z.zsav"
    pyreadstat.write_sav(pd.DataFrame(DATA), target, compress=True)
    answers, codebook = read_sav(target.read_bytes(), "z.zsav")
    assert answers[1][:2] == ["S01", "3"]
    assert codebook[0][:3] == ["item", "text", "type"]


def test_questions_of_their_own_are_no_multiple_response(tmp_path: Path) -> None:
    frame = pd.DataFrame({"D_1": [1.0, 0.0], "D_2": [0.0, 1.0]})
    labels = {"D_1": "Ha uno sportello?", "D_2": "Usa la firma digitale?"}
    values = {"D_1": {0: "No", 1: "Sì"}, "D_2": {0: "No", 1: "Sì"}}
    pyreadstat.write_sav(frame, tmp_path / "q.sav", column_labels=labels, variable_value_labels=values)
    _, codebook = read_sav((tmp_path / "q.sav").read_bytes(), "q.sav")
    assert {(row[0], row[2]) for row in codebook[1:]} == {("D_1", "yesno"), ("D_2", "yesno")}


def test_what_is_no_spss_file_is_refused(folder: Path) -> None:
    whole = (folder / "questionnaire.sav").read_bytes()
    for data in (b"", b"x", whole[:200], whole[:700], whole[:-5] + bytes(200)):
        try:
            read_sav(data, "q.sav")
        except StudyError as error:
            assert "q.sav" in error.say("it")


SECONDS_TO_2025 = (date(2025, 4, 3) - date(1582, 10, 14)).days * 86_400
SHOWN = [  # how SPSS shows a number, the number, the cell, the type of the item
    ("TIME8", 37_800.0, "10:30:00", "text"),
    ("TIME11.2", 93_600.5, "26:00:00", "text"),
    ("DTIME17", 93_603.0, "26:00:03", "text"),
    ("TIME8", -1_800.0, "-00:30:00", "text"),
    ("DATE11", SECONDS_TO_2025, "2025-04-03", "date"),
    ("ADATE10", SECONDS_TO_2025, "2025-04-03", "date"),
    ("SDATE10", SECONDS_TO_2025, "2025-04-03", "date"),
    ("DATETIME20", SECONDS_TO_2025 + 3_600, "2025-04-03", "date"),
    ("MOYR8", SECONDS_TO_2025, "2025-04-03", "date"),
    ("WKDAY9", 2.0, "2", "single"),
    ("MONTH9", 4.0, "4", "single"),
    ("PCT8.2", 12.5, "12,5", "number"),
    ("E12.3", 1e15, "1e+15", "number"),
    ("F8.2", -0.0, "0", "number"),
]


@pytest.mark.parametrize(("shown", "value", "cell", "kind"), SHOWN)
def test_numbers_are_read_as_spss_shows_them(tmp_path: Path, shown: str, value: float, cell: str, kind: str) -> None:
    frame = pd.DataFrame({"respondent": PEOPLE, "v": [value, value, NAN, value]})
    pyreadstat.write_sav(frame, tmp_path / "questionnaire.sav", variable_format={"v": shown})
    answers, codebook = read_sav((tmp_path / "questionnaire.sav").read_bytes(), "q.sav")
    assert [row[1] for row in answers[1:]] == [cell, cell, "", cell]
    assert {row[2] for row in codebook if row[0] == "v"} == {kind}
    items, _ = read_questionnaire_codebook(tmp_path)
    questionnaires, problems = read_answers(tmp_path, items, PEOPLE)
    read = questionnaires.frame()
    assert [fault.say() for fault in problems] == []
    assert read[read["item"] == "v"]["status"].tolist() == ["answered", "answered", "no_answer", "answered"]


def test_days_of_the_week_have_their_names(tmp_path: Path) -> None:
    frame = pd.DataFrame({"respondent": ["S01", "S02"], "v": [1.0, 7.0]})
    pyreadstat.write_sav(frame, tmp_path / "questionnaire.sav", variable_format={"v": "WKDAY9"})
    questionnaires, _ = read_answers(tmp_path, read_questionnaire_codebook(tmp_path)[0], ["S01", "S02"])
    read = questionnaires.frame()
    assert read[read["item"] == "v"]["label"].tolist() == ["domenica", "sabato"]


@pytest.mark.parametrize("shown", ["TIME8", "DATE11", "DTIME17"])
def test_a_missing_value_of_a_time_or_a_day_is_no_answer(tmp_path: Path, shown: str) -> None:
    frame = pd.DataFrame({"respondent": ["S01", "S02"], "v": [SECONDS_TO_2025, 99.0]})
    file = tmp_path / "questionnaire.sav"
    labels = {"v": {99.0: "Non so"}}
    pyreadstat.write_sav(
        frame, file, variable_format={"v": shown}, missing_ranges={"v": [99.0]}, variable_value_labels=labels
    )
    answers, _ = read_sav(file.read_bytes(), "q.sav")
    assert answers[2][1] == "non so"
