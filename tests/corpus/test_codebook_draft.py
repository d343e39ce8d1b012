import csv
import io
from pathlib import Path

import pytest

from corpus.answers import read_answers
from corpus.codebook_draft import draft_codebook, write_draft
from corpus.errors import StudyError
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


FORMS = """Informazioni cronologiche,Codice,Ha un sito?,Quali servizi online?,Quanto conta? [Il personale],Quanto conta? [Le risorse],Dipendenti
03/04/2025 10.00.00,S01,Sì,"Certificati, estratti;Pagamenti",Molto,Poco,3
03/04/2025 10.05.00,S02,No,Pagamenti,Per niente,Molto,99
03/04/2025 10.09.00,S03,Non so,"Pagamenti;Certificati, estratti",Abbastanza,Per niente,7
03/04/2025 10.11.00,S04,No,Pagamenti,Molto,Poco,n.d.
"""  # fmt: skip  # noqa: E501
NAMES = ["S01", "S02", "S03", "S04"]


def test_the_draft_of_a_google_form_reads_its_answers_at_once(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.csv").write_text(FORMS, encoding="utf-8")
    path = write_draft(tmp_path, respondents=NAMES)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert [(row["item"], row["type"], row["value"], row["count"], row["missing"]) for row in rows] == [
        ("D01", "yesno", "", "3", ""),
        ("D01", "yesno", "Non so", "1", "non so"),
        ("D02", "multi", "Certificati, estratti", "2", ""),
        ("D02", "multi", "Pagamenti", "4", ""),
        *(("D03_1", "likert", value, count, "") for value, count in zip(SCALE, "112", strict=True)),
        *(("D03_2", "likert", value, count, "") for value, count in zip(SHORT, "121", strict=True)),
        ("Dipendenti", "number", "", "2", ""),
        ("Dipendenti", "number", "n.d.", "1", "non risponde"),
        ("Dipendenti", "number", "99", "1", "non risponde"),
    ]
    items, problems = read_questionnaire_codebook(tmp_path)
    frame, found = read_answers(tmp_path, items, NAMES)
    assert [fault.say() for fault in [*problems, *found] if fault.severity == "error"] == []
    assert frame.loc[frame["item"] == "Dipendenti", "status"].tolist() == ["answered", "non risponde"] * 2


SCALE = ("Per niente", "Abbastanza", "Molto")
SHORT = ("Per niente", "Poco", "Molto")


def test_the_draft_of_limesurvey_tells_ticks_from_grids(tmp_path: Path) -> None:
    text = "id;submitdate;lastpage;token;Q2[SQ001];Q2[SQ002];Q3[SQ001];Q3[SQ002]\n"
    text += "1;x;1;S01;Y;;A1;A2\n2;x;1;S02;;Y;A2;A2\n"
    (tmp_path / "questionnaire.csv").write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path, respondents=NAMES)), delimiter=";"))
    assert [(row["item"], row["value"]) for row in rows if row["type"] == "multi"] == [("Q2", "SQ001"), ("Q2", "SQ002")]
    assert [row["item"] for row in rows if row["type"] != "multi"] == ["Q3[SQ001]", "Q3[SQ002]"]


def test_a_draft_never_writes_over_a_codebook(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.csv").write_text("respondent;Q\nS01;1\n", encoding="utf-8")
    (tmp_path / "questionnaire_codebook.xlsx").write_bytes(b"mio")
    with pytest.raises(StudyError, match=r"questionnaire_codebook\.xlsx` c'è già"):
        write_draft(tmp_path)
    other = write_draft(tmp_path, tmp_path / "bozza.csv")
    assert other.read_text(encoding="utf-8-sig").startswith("item;text;type;value")
    with pytest.raises(StudyError, match=r"bozza\.csv` c'è già"):
        write_draft(tmp_path, other)


def test_a_formula_in_an_answer_is_written_as_text(tmp_path: Path) -> None:
    cells = ['=HYPERLINK("x")', "-3", "=HYPERLINK('x')", "-3"] * 2
    lines = "".join(f'S{number};"{cell.replace(chr(34), chr(34) * 2)}"\n' for number, cell in enumerate(cells))
    (tmp_path / "questionnaire.csv").write_text(f"respondent;Q\n{lines}", encoding="utf-8")
    text = draft_codebook(tmp_path)
    assert '"\'=HYPERLINK(""x"")"' in text
    assert ";-3;" in text
    (tmp_path / "questionnaire_codebook.csv").write_text(text, encoding="utf-8")
    items, _ = read_questionnaire_codebook(tmp_path)
    assert '=HYPERLINK("x")' in [option.value for option in items[0].options]
