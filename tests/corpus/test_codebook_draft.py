import csv
import io
from pathlib import Path

import pytest

from corpus.answers import read_answers
from corpus.codebook_draft import draft_codebook
from corpus.questionnaire import read_questionnaire_codebook

SAMPLE = Path(__file__).resolve().parents[2] / "corpus" / "sample"


def draft(folder: Path, cells: list[str]) -> list[dict[str, str]]:
    text = "respondent;Q\n" + "".join(f'S{number};"{cell}"\n' for number, cell in enumerate(cells))
    (folder / "questionnaire.csv").write_text(text, encoding="utf-8")
    return list(csv.DictReader(io.StringIO(draft_codebook(folder)), delimiter=";"))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1,5", "20", "3"], "number"),
        (["12", "140", "12", "140", "NS"], "number"),
        (["1", "2", "1", "5", "2", "1"], "likert"),
        (["Molto d'accordo", "Poco d'accordo"] * 3, "likert"),
        (["Unione", "Convenzione"] * 3, "single"),
        (["Sì", "no", "No"], "yesno"),
        (["03/04/2025", "4/4/2025"], "date"),
        (["mense|rifiuti", "rifiuti", "mense|rifiuti", "mense"], "multi"),
        (["Non ci sono soldi, e si vede", "Va bene così"], "text"),
        ([""], "text"),
    ],
)
def test_the_type_of_an_item_is_guessed_from_its_answers(tmp_path: Path, cells: list[str], kind: str) -> None:
    assert {row["type"] for row in draft(tmp_path, cells)} == {kind}


def test_non_so_becomes_a_missing_code(tmp_path: Path) -> None:
    rows = draft(tmp_path, ["Unione", "Convenzione", "Unione", "Convenzione", "Non so"])
    assert [(row["value"], row["missing"]) for row in rows] == [
        ("Convenzione", ""),
        ("Unione", ""),
        ("Non so", "non so"),
    ]


def test_columns_of_one_multiple_response_are_one_item(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.csv").write_text("respondent;Q12[mense];Q12[rifiuti]\nS01;1;0\n", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path)), delimiter=";"))
    assert [(row["item"], row["type"], row["value"]) for row in rows] == [
        ("Q12", "multi", "mense"),
        ("Q12", "multi", "rifiuti"),
    ]


def test_the_draft_of_the_bundled_study_reads_its_own_answers(tmp_path: Path) -> None:
    answers = (SAMPLE / "questionnaire.csv").read_bytes()
    (tmp_path / "questionnaire.csv").write_bytes(answers)
    (tmp_path / "questionnaire_codebook.csv").write_text(draft_codebook(tmp_path), encoding="utf-8")
    items, problems = read_questionnaire_codebook(tmp_path)
    assert problems == ()
    respondents = [line.split(";")[0] for line in answers.decode().splitlines()[1:]]
    frame, problems = read_answers(tmp_path, items, respondents)
    assert [fault.say() for fault in problems] == []
    assert frame["item"].nunique() == len(items) == 15
    types = {item.code: item.type for item in items}
    assert {code: types[code] for code in ("data_compilazione", "Q01", "Q08", "Q11", "Q12", "Q13")} == {
        "data_compilazione": "date",
        "Q01": "number",
        "Q08": "number",
        "Q11": "multi",
        "Q12": "multi",
        "Q13": "multi",
    }
