import csv
import io
from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.questionnaire_draft import draft_codebook, write_draft

SAMPLE = Path(__file__).resolve().parents[3] / "corpus" / "sample"


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
        (["03700", "20121", "00185", "37100"], "number"),
        (["mense|rifiuti", "rifiuti", "mense|rifiuti", "mense"], "multi"),
        (["Non ci sono soldi, e si vede", "Va bene così"], "text"),
        ([""], "text"),
    ],
)
def test_the_type_of_an_item_is_guessed_from_its_answers(tmp_path: Path, cells: list[str], kind: str) -> None:
    assert {row["type"] for row in draft(tmp_path, cells)} == {kind}


def test_the_draft_says_how_an_open_question_is_analysed(tmp_path: Path) -> None:
    (row,) = draft(tmp_path, ["Non ci sono soldi, e si vede", "Va bene così"])
    assert "`si` in `analyse` la analizza come le interviste" in row["notes"]
    (blank,) = draft(tmp_path, [""])
    assert blank["notes"] == ""


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
    questionnaires, problems = read_answers(tmp_path, items, respondents)
    frame = questionnaires.frame()
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
        *(("D03_1", "likert", value, count, "") for value, count in zip(SCALE, "1012", strict=True)),
        *(("D03_2", "likert", value, count, "") for value, count in zip(SCALE, "1201", strict=True)),
        ("Dipendenti", "number", "", "2", ""),
        ("Dipendenti", "number", "n.d.", "1", "non risponde"),
        ("Dipendenti", "number", "99", "1", "non risponde"),
    ]
    items, problems = read_questionnaire_codebook(tmp_path)
    questionnaires, found = read_answers(tmp_path, items, NAMES)
    frame = questionnaires.frame()
    assert [fault.say() for fault in [*problems, *found] if fault.severity == "error"] == []
    assert frame.loc[frame["item"] == "Dipendenti", "status"].tolist() == ["answered", "no_answer"] * 2


SCALE = ("Per niente", "Poco", "Abbastanza", "Molto")


def test_the_draft_of_limesurvey_tells_ticks_from_grids(tmp_path: Path) -> None:
    text = "id;submitdate;lastpage;token;Q2[SQ001];Q2[SQ002];Q3[SQ001];Q3[SQ002]\n"
    text += "1;x;1;S01;Y;;A1;A2\n2;x;1;S02;;Y;A2;A2\n"
    (tmp_path / "questionnaire.csv").write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path, respondents=NAMES)), delimiter=";"))
    assert [(row["item"], row["value"]) for row in rows if row["type"] == "multi"] == [("Q2", "SQ001"), ("Q2", "SQ002")]
    grid = [(row["item"], row["value"], row["count"]) for row in rows if row["type"] == "single"]
    assert grid == [
        ("Q3[SQ001]", "A1", "1"),
        ("Q3[SQ001]", "A2", "1"),
        ("Q3[SQ002]", "A1", "0"),
        ("Q3[SQ002]", "A2", "2"),
    ]


def test_the_rows_of_a_grid_are_typed_alike_in_a_small_survey(tmp_path: Path) -> None:
    text = "respondent;Soddisfatta? [Mense];Soddisfatta? [Nidi]\nS01;Poco;Non lo uso\nS02;Non lo uso;Molto\n"
    (tmp_path / "questionnaire.csv").write_text(text + "S03;Molto;Non lo uso\n", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path, respondents=NAMES)), delimiter=";"))
    assert [(row["item"], row["type"], row["value"]) for row in rows] == [
        (item, "single", value) for item in ("D01_1", "D01_2") for value in ("Molto", "Non lo uso", "Poco")
    ]


def test_numbers_in_neighbouring_columns_stay_numbers(tmp_path: Path) -> None:
    text = "respondent;figli_1;figli_2\nS01;12;31\nS02;17;22\nS03;20;29\n"
    (tmp_path / "questionnaire.csv").write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path, respondents=NAMES)), delimiter=";"))
    assert [(row["item"], row["type"]) for row in rows] == [("figli_1", "number"), ("figli_2", "number")]


def test_a_comma_after_yes_or_no_parts_no_answers(tmp_path: Path) -> None:
    given = ("Sì", '"No, ero in pensione"', "Sì", '"Sì, ho lasciato il lavoro"', "No", "No", "Sì")
    lines = "".join(f"S0{number},{answer}\n" for number, answer in enumerate(given, start=1))
    (tmp_path / "questionnaire.csv").write_text(f"respondent,Ha dovuto ridurre?\n{lines}", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(draft_codebook(tmp_path)), delimiter=";"))
    assert [(row["type"], row["value"], row["count"]) for row in rows] == [
        ("single", "No", "2"),
        ("single", "No, ero in pensione", "1"),
        ("single", "Sì", "3"),
        ("single", "Sì, ho lasciato il lavoro", "1"),
    ]


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


LIME = ("id", "submitdate", "lastpage", "startlanguage", "token")
COMMENTED = {  # headings of one multiple response with comments and one list with a comment
    "codes": ("Q7[SQ001]", "Q7[SQ001comment]", "Q7[SQ002]", "Q7[other]", "Q7[othercomment]", "Q8", "Q8[comment]"),
    "expression codes": ("Q7_SQ001", "Q7_SQ001comment", "Q7_SQ002", "Q7_other", "Q7_othercomment", "Q8", "Q8_comment"),
    "texts": (
        *("Quali? [Mense]", "Quali? [Mense][Commento]", "Quali? [Rifiuti]", "Quali? [Altro]"),
        *("Quali? [Altro][Commento]", "Perché?", "Perché? [Commento]"),
    ),
}
TICKS = (
    ("Y", "buona", "", "", "", "A1", "sì"),
    ("", "", "Y", "teatro", "bello", "A2", ""),
    ("Y", "", "", "", "", "A1", "no"),
    ("", "", "", "", "", "A2", ""),
)


def drafted(folder: Path, rows: list[tuple[str, ...]], sign: str = ",") -> list[dict[str, str]]:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    (folder / "questionnaire.csv").write_text(out.getvalue(), encoding="utf-8")
    return list(csv.DictReader(io.StringIO(draft_codebook(folder)), delimiter=";"))


@pytest.mark.parametrize("headings", COMMENTED.values(), ids=COMMENTED)
def test_comments_of_limesurvey_are_text_items_and_the_options_one_item(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    answered = [(str(place), "2026-04-03 10:00:00", "4", "it", f"S0{place}", *row) for place, row in enumerate(TICKS)]
    rows = drafted(tmp_path, [(*LIME, *headings), *answered])
    options = [row["value"] for row in rows if row["type"] == "multi"]
    assert options in (["SQ001", "SQ002", "other"], ["Mense", "Rifiuti", "Altro"])
    assert [row["type"] for row in rows if row["type"] not in ("multi", "single")] == ["text"] * 3
    comments = [row for row in rows if row["type"] == "text"]
    assert [row["text"] for row in comments] == [headings[1], headings[4], headings[6]]
    assert [row["count"] for row in comments] == ["1", "1", "2"]


def test_an_option_called_comment_is_an_option(tmp_path: Path) -> None:
    rows = drafted(tmp_path, [(*LIME, "Q1[comment]", "Q1[like]"), ("1", "x", "4", "it", "S01", "Y", "Y")])
    assert [(row["type"], row["value"]) for row in rows] == [("multi", "comment"), ("multi", "like")]


MARKED = [
    ("<p><strong>Ha</strong>&nbsp;un sito?</p>\n", "Ha un sito?"),
    ('<div class="q">Ha un<br />sito?</div><script>let a = "<b>";</script>', "Ha un sito?"),
    ("Ha un s<b>ito</b>?&#8203; <!-- nota -->", "Ha un sito?"),
    ("Qual &amp;egrave; l&#39;et&agrave;, se &lt; 18?", "Qual è l'età, se < 18?"),
    ("Spesa < 3.000 & R&D <boh>?", "Spesa < 3.000 & R&D <boh>?"),
]


@pytest.mark.parametrize(("heading", "text"), MARKED)
@pytest.mark.parametrize("program", ["LimeSurvey", "Google", "Qualtrics", "VV"])
def test_texts_have_no_markup(tmp_path: Path, program: str, heading: str, text: str) -> None:
    cell = "<b>Molto</b> d&rsquo;accordo"
    blank = "Poco"
    answers = [("S01", cell), ("S02", blank), ("S03", cell), ("S04", blank)]
    if program == "LimeSurvey":
        table = [(*LIME, heading), *(("1", "x", "4", "it", who, said) for who, said in answers)]
    elif program == "Google":
        table = [("Timestamp", "Codice", heading), *(("x", who, said) for who, said in answers)]
    elif program == "Qualtrics":
        ids = tuple(f'{{"ImportId":"QID{place}"}}' for place in range(3))
        table = [("ResponseId", "RecordedDate", "Q1"), ("Risposta", "Data", heading), ids]
        table += [(who, "x", said) for who, said in answers]
    else:
        table = [("Id", "Data", "Pagina", "Lingua", "Codice", heading), (*LIME, "Q1")]
        table += [("1", "x", "4", "it", who, said) for who, said in answers]
    rows = drafted(tmp_path, table, "\t" if program == "VV" else ",")
    assert {row["text"] for row in rows} == {text}
    assert [row["value"] for row in rows] == ["Poco", "Molto d’accordo"]
