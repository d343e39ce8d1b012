from pathlib import Path

import pytest

from corpus.errors import StudyError
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.limesurvey import read_lss
from corpus.records import Condition


def rows(name: str, *fields: dict[str, object]) -> str:
    inner = "".join(
        "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in each.items()) + "</row>"
        for each in fields
    )
    return f"<{name}><rows>{inner}</rows></{name}>"


QUESTIONS = [  # qid, type, code, text, other, relevance
    (1, "Y", "Q1", "<p>Ha&nbsp;un <strong>si</strong>to?</p><script>var a;</script>", "N", "1"),
    (2, "M", "Q2", "Quali servizi?", "Y", '((Q1.NAOK == "Y"))'),
    (3, "F", "Q3", "Quanto conta?", "N", '((1X7X2SQ001.NAOK == "Y") or (Q2_SQ002.NAOK == "Y")) and Q1.NAOK != "N"'),
    (4, "L", "Q4", "Forma", "Y", "Q9.NAOK > 5"),
    (5, "N", "Q5", "Quanti?", "N", "1"),
    (6, "T", "Q6", "Altro da dire?", "N", "1"),
    (7, "X", "nota", "Grazie", "N", "1"),
    (8, "D", "Q8", "Quando?", "N", "1"),
    (9, "K", "Q9", "Ore", "N", "1"),
    (10, "R", "Q10", "In ordine", "N", "1"),
    (11, ";", "Q11", "Tabella", "N", "1"),
    (12, "1", "Q12", "Doppia", "N", "1"),
    (13, "A", "Q13", "Da uno a cinque", "N", "1"),
    (14, "P", "Q14", "Con commento", "Y", "1"),
]
PARTS = {  # qid: code, text, scale
    2: [("SQ001", "Mense", 0), ("SQ002", "Rifiuti", 0)],
    3: [("SQ001", "Il personale", 0)],
    9: [("SQ001", "Sportello", 0)],
    11: [("SQ001", "riga", 0), ("SQ002", "colonna", 1)],
    12: [("SQ001", "riga", 0)],
    13: [("SQ001", "riga", 0)],
    14: [("SQ001", "Mense", 0)],
}
ANSWERS = {
    3: [("A1", "Poco", 0), ("A2", "Molto", 0), ("A9", "Non so", 0)],
    4: [("A1", "Unione", 0), ("A2", "Convenzione", 0)],
    10: [("A1", "Primo", 0), ("A2", "Secondo", 0)],
    12: [("A1", "Poco", 0), ("A2", "Molto", 0), ("B1", "Mai", 1)],
}


def structure(modern: bool) -> bytes:
    """The same questionnaire as LimeSurvey 6 (`modern`) and LimeSurvey 3 write it, in Italian and English."""
    questions = []
    parts = []
    answers = []
    texts = []
    labels = []
    for order, (qid, kind, code, text, other, relevance) in enumerate(QUESTIONS):
        row = {"qid": qid, "parent_qid": 0, "gid": 7, "type": kind, "title": code, "other": other}
        row |= {"question_order": order, "scale_id": 0, "relevance": relevance}
        for language, said in (("en", "In English"), ("it", text)):
            texts.append({"id": len(texts), "qid": qid, "question": said, "language": language})
            questions.append(row if modern else row | {"question": said, "language": language})
        for place, (part, said, scale) in enumerate(PARTS.get(qid, ())):
            sub = {"qid": qid * 100 + place, "parent_qid": qid, "title": part, "question_order": place}
            sub |= {"scale_id": scale}
            texts.append({"id": len(texts), "qid": qid * 100 + place, "question": said, "language": "it"})
            parts.append(sub if modern else sub | {"question": said, "language": "it"})
        for place, (answer, said, scale) in enumerate(ANSWERS.get(qid, ())):
            own = {"qid": qid, "code": answer, "sortorder": place, "scale_id": scale}
            labels.append({"id": len(labels), "aid": f"{qid}{answer}", "answer": said, "language": "it"})
            answers.append(own | ({"aid": f"{qid}{answer}"} if modern else {"answer": said, "language": "it"}))
    tables = [rows("groups", {"gid": 7, "group_order": 0, "grelevance": "1"})]
    distinct = [row for place, row in enumerate(questions) if row not in questions[:place]]
    tables += [rows("questions", *distinct), rows("subquestions", *parts), rows("answers", *answers)]
    tables += [rows("question_l10ns", *texts), rows("answer_l10ns", *labels)] if modern else []
    tables += [rows("surveys", {"sid": 1, "language": "en"})]
    languages = "<languages><language>en</language><language>it</language></languages>"
    return f"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>{languages}{''.join(tables)}</document>".encode()


@pytest.mark.parametrize("modern", [True, False], ids=["l10ns", "old"])
def test_a_structure_is_a_codebook(tmp_path: Path, modern: bool) -> None:
    (tmp_path / "questionnaire.lss").write_bytes(structure(modern))
    items, problems = read_questionnaire_codebook(tmp_path)
    assert [fault.say() for fault in problems] == []
    assert [(item.code, item.type) for item in items] == [
        *(("Q1", "yesno"), ("Q2", "multi"), ("Q2[other]", "text"), ("Q3[SQ001]", "likert"), ("Q4", "single")),
        *(("Q4[other]", "text"), ("Q5", "number"), ("Q6", "text"), ("Q8", "date"), ("Q9[SQ001]", "number")),
        *(("Q10[1]", "single"), ("Q10[2]", "single"), ("Q11[SQ001_SQ002]", "text"), ("Q12[SQ001][1]", "likert")),
        *(("Q12[SQ001][2]", "likert"), ("Q13[SQ001]", "likert"), ("Q14", "multi"), ("Q14[SQ001comment]", "text")),
        *(("Q14[othercomment]", "text"), ("Q14[other]", "text")),
    ]
    by_code = {item.code: item for item in items}
    assert by_code["Q1"].text == "Ha un sito?"
    assert by_code["Q3[SQ001]"].text == "Quanto conta? [Il personale]"
    assert [option.missing for option in by_code["Q3[SQ001]"].options] == ["", "", "dont_know"]
    assert [option.value for option in by_code["Q4"].options] == ["A1", "A2", "-oth-"]
    assert by_code["Q2"].filter == (Condition("Q1", ("Y",)),)
    assert by_code["Q3[SQ001]"].filter == (Condition("Q2", ("SQ001", "SQ002")), Condition("Q1", ("N",), False))
    assert by_code["Q4"].filter == ()
    assert by_code["Q4"].notes == "Condizione di LimeSurvey da scrivere in filter: Q9.NAOK > 5"


def test_its_answers_are_read_by_it(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.lss").write_bytes(structure(modern=True))
    header = "id;submitdate;lastpage;token;Q1;Q2[SQ001];Q2[SQ002];Q2[other];Q3[SQ001];Q4;Q4[other];Q5;Q6;Q8"
    (tmp_path / "questionnaire.csv").write_text(
        f"{header}\n1;2025-04-03 10:00:00;3;S01;Y;Y;;;A2;-oth-;Consorzio;12.00000;'=1+1;2025-04-03 00:00:00\n"
        "2;2025-04-03 10:00:00;3;S02;N;;;;;A1;;;;\n",
        encoding="utf-8-sig",
    )
    items, _ = read_questionnaire_codebook(tmp_path)
    questionnaires, problems = read_answers(tmp_path, items, ["S01", "S02"])
    frame = questionnaires.frame()
    assert [fault.say() for fault in problems if fault.severity == "error"] == []
    said = {(row.respondent, row.item, row.option): (row.value, row.status) for row in frame.itertuples()}
    assert said["S01", "Q2", "SQ001"] == ("1", "answered")
    assert said["S02", "Q2[other]", ""] == ("", "not_shown")
    assert said["S02", "Q2", "SQ001"] == said["S02", "Q3[SQ001]", ""] == ("", "not_shown")
    assert said["S01", "Q3[SQ001]", ""] == ("A2", "answered")
    assert said["S01", "Q4", ""] == ("-oth-", "answered")
    assert said["S01", "Q4[other]", ""] == ("Consorzio", "answered")
    assert said["S01", "Q5", ""] == ("12", "answered")
    assert said["S01", "Q8", ""] == ("2025-04-03", "answered")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<document/>",
        b"<document><questions><rows><row/></rows></questions>",
        b'<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>',
    ],
)
def test_what_is_no_structure_is_refused(data: bytes) -> None:
    with pytest.raises(StudyError, match=r"q\.lss"):
        read_lss(data, "q.lss")
