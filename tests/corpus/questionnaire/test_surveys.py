import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from corpus.errors import Problem
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.questionnaire.surveys import read_survey

PEOPLE = ["S01", "S02", "S03"]
ITEMS = """item;text;type;value;label;order;missing;filter
Q1;Ha un sito?;yesno;Y;Sì;;;
Q1;;;N;No;;;
Q2;Quali servizi online?;multi;SQ001;Certificati, estratti;;;Q1 = Y
Q2;;;SQ002;Pagamenti;;;
Q2;;;other;Altro;;;
Q3;Quanti dipendenti?;number;-1;Non so;;non so;
Q4;Quanto è d'accordo?;likert;A1;Poco;1;;
Q4;;;A2;Molto;2;;
"""


def answers(folder: Path, table: list[list[str]], items: str = ITEMS) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    (folder / "questionnaire_codebook.csv").write_text(items, encoding="utf-8")
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    (folder / "questionnaire.csv").write_text(out.getvalue(), encoding="utf-8-sig")
    questionnaires, problems = read_answers(folder, read_questionnaire_codebook(folder)[0], PEOPLE)
    return questionnaires.frame(), problems


def said(frame: pd.DataFrame, respondent: str) -> list[tuple[str, str, str]]:
    mine = frame[frame["respondent"] == respondent]
    return [(row.item + (f"[{row.option}]" if row.option else ""), row.value, row.status) for row in mine.itertuples()]


LIME = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token"]
FIRST = [("Q1", "Y", "answered"), ("Q2[SQ001]", "1", "answered"), ("Q2[SQ002]", "0", "answered")]
FIRST += [("Q2[other]", "1", "answered"), ("Q3", "-1", "dont_know"), ("Q4", "A2", "answered")]
HIDDEN = [("Q1", "N", "answered"), ("Q2[SQ001]", "", "not_shown"), ("Q2[SQ002]", "", "not_shown")]
HIDDEN += [("Q2[other]", "", "not_shown"), ("Q3", "12", "answered"), ("Q4", "A1", "answered")]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (
            [*LIME, "Q1", "Q2[SQ001]", "Q2[SQ002]", "Q2[other]", "Q3", "Q4"],
            [["Y", "Y", "", "Mappe", "-1", "A2"], ["N", "", "", "", "12", "A1"]],
        ),
        (
            [
                *("id. ID risposta", "submitdate. Data di invio", "lastpage. Ultima pagina"),
                *("startlanguage. Lingua iniziale", "seed. Seme", "token. Codice di accesso", "Q1. Ha un sito?"),
                "Q2[SQ001]. Quali servizi online? [Certificati, estratti]",
                *("Q2[SQ002]. Quali servizi online? [Pagamenti]", "Q2[other]. Quali servizi online? [Altro]"),
                *("Q3. Quanti dipendenti?", "Q4. Quanto è d'accordo?"),
            ],
            [["Sì", "Sì", "No", "Mappe", "-1", "Molto"], ["No", "N/A", "N/A", "N/A", "12.0", "Poco"]],
        ),
        (
            [
                *("ID risposta", "Data di invio", "Ultima pagina", "Lingua iniziale", "Seme", "Codice rispondente"),
                *("Ha un sito?", "Quali servizi online? [Certificati, estratti]"),
                *("Quali servizi online? [Pagamenti]", "Quali servizi online? [Altro]"),
                *("quanti  DIPENDENTI", "Quanto e' d'accordo?".replace("e'", "è")),
            ],
            [["Sì", "Sì", "No", "Mappe", "Non so", "Molto"], ["No", "N/A", "N/A", "N/A", "12", "Poco"]],
        ),
    ],
    ids=["codes", "codes and texts", "texts"],
)
def test_limesurvey_reads_alike_whatever_the_headings(
    tmp_path: Path, header: list[str], cells: list[list[str]]
) -> None:
    meta = [["1", "2025-04-03 10:00:00", "4", "it", "12", "S01"], ["2", "", "2", "it", "13", "s02"]]
    rows = [[*own, *answered] for own, answered in zip(meta, cells, strict=True)]
    frame, problems = answers(tmp_path, [header, *rows])
    first = [(item, "", status) if status == "dont_know" else (item, value, status) for item, value, status in FIRST]
    assert said(frame, "S01") in (FIRST, first)
    assert said(frame, "S02") == HIDDEN
    told = [fault.say("it") for fault in problems]
    assert len(told) == 2
    assert "questionari non finiti: 1 su 2, tenuti: righe 3" in told[0]
    assert "`S03` non ha un questionario" in told[1]


def test_qualtrics_has_three_header_rows(tmp_path: Path) -> None:
    header = ["StartDate", "EndDate", "Finished", "ResponseId", "Q0", "Q1", "Q2_1", "Q2_2", "Q2_7_TEXT", "Q3"]
    texts = ["Data inizio", "Data fine", "Finito", "ID", "Codice", "Ha un sito? - Selected Choice"]
    texts += ["Quali servizi online? - Certificati, estratti", "Quali servizi online? - Pagamenti", "Altro - Testo"]
    texts += ["Quanti dipendenti?"]
    ids = [f'{{"ImportId":"QID{place}"}}' for place in range(len(header))]
    rows = [["2025-04-03 10:00:00"] * 2 + ["1", "R_1", "S01", "Sì", "Certificati, estratti", "", "Mappe", "-99"]]
    rows += [["2025-04-03 10:00:00"] * 2 + ["0", "R_2", "S02", "No", "", "", "", "7"]]
    frame, problems = answers(tmp_path, [header, texts, ids, *rows])
    assert said(frame, "S01")[:3] == FIRST[:3]
    assert ("Q3", "", "no_answer") in said(frame, "S01")
    assert ("Q2[SQ001]", "", "not_shown") in said(frame, "S02")
    told = [fault.say("it") for fault in problems]
    assert any("colonna Q0: nessuna colonna `respondent`: chi ha risposto è preso da qui" in line for line in told)
    assert any("riga 5, colonna Finished: questionari non finiti: 1 su 2" in line for line in told)
    assert any("colonna Q2_7_TEXT: la domanda non è in questionnaire_codebook.csv" in line for line in told)
    assert not any("StartDate" in line for line in told)


@pytest.mark.parametrize(
    ("header", "ticked"),
    [
        (["Informazioni cronologiche", "Codice"], "Certificati, estratti, Pagamenti, Mappe in linea"),
        (["Timestamp", "Codice"], "Certificati, estratti;Mappe;Pagamenti"),
        (["ID", "Ora di inizio", "Ora di completamento", "Codice"], "Certificati, estratti;Pagamenti;Mappe;"),
    ],
    ids=["google", "google csv", "microsoft"],
)
def test_forms_join_the_ticks_in_one_cell(tmp_path: Path, header: list[str], ticked: str) -> None:
    own = ["4/25/2025 10.00.00"] * (len(header) - 1)
    table = [[*header, "Ha un sito?", "Quali servizi online?", "QUANTI DIPENDENTI? "], [*own, "S01", "Sì", ticked, "3"]]
    frame, problems = answers(tmp_path, table)
    assert said(frame, "S01")[:4] == [FIRST[0], FIRST[1], ("Q2[SQ002]", "1", "answered"), FIRST[3]]
    assert [fault.severity for fault in problems] == ["warning"] * 3  # Q4 has no column, two people no questionnaire


def test_a_grid_has_one_item_a_row(tmp_path: Path) -> None:
    items = "item;text;type;value;label;order\nQ5a;Quanto conta? [Il personale];likert;1;Poco;1\nQ5a;;;2;Molto;2\n"
    table = [["Timestamp", "Codice", "Quanto conta? [Il personale]", "Quanto conta? [Le risorse]"]]
    frame, problems = answers(tmp_path, [*table, ["", "S01", "Molto", "Poco"]], items)
    assert said(frame, "S01") == [("Q5a", "2", "answered")]
    assert "Quanto conta? [Le risorse]: la domanda non è in" in "\n".join(fault.say("it") for fault in problems)


def test_two_items_of_one_text_are_told_apart_by_code_only(tmp_path: Path) -> None:
    items = "item;text;type\nA;Perché?;text\nB;Perché?;text\n"
    frame, problems = answers(tmp_path, [["respondent", "Perché?", "B"], ["S01", "x", "y"]], items)
    assert said(frame, "S01") == [("B", "y", "answered")]
    assert "colonna Perché?: la domanda non è in" in "\n".join(fault.say("it") for fault in problems)


@pytest.mark.parametrize(
    ("cell", "status"),
    [("n.d.", "no_answer"), ("-", "no_answer"), ("", "no_answer"), ("Non saprei", "dont_know"), ("-1", "dont_know")],
)
def test_missing_is_not_non_so_in_a_number(tmp_path: Path, cell: str, status: str) -> None:
    frame, problems = answers(tmp_path, [["respondent", "Q3"], ["S01", cell]])
    assert said(frame, "S01")[0][2] == status
    assert not [fault for fault in problems if fault.severity == "error"]


def test_what_is_written_in_open_text_stays(tmp_path: Path) -> None:
    frame, _ = answers(
        tmp_path, [["respondent", "P"], ["S01", "Non saprei"], ["S02", "-"]], "item;text;type\nP;P;text\n"
    )
    assert frame[["value", "status"]].to_numpy().tolist() == [["Non saprei", "answered"], ["", "no_answer"]]


def test_a_filter_is_checked_and_answers_against_it_are_told(tmp_path: Path) -> None:
    frame, problems = answers(tmp_path, [["respondent", "Q1", "Q2"], ["S01", "No", "Pagamenti"], ["S02", "", ""]])
    assert said(frame, "S02")[1] == ("Q2[SQ001]", "", "not_shown")
    assert ("Q2[SQ002]", "1", "answered") in said(frame, "S01")
    assert "colonna Q2: risposte date anche se il filtro" in "\n".join(fault.say("it") for fault in problems)


def test_a_tick_that_nobody_can_read_passes_no_filter(tmp_path: Path) -> None:
    items = "item;text;type;value;filter\nM;M;multi;mense;\nM;M;multi;strade;\nN;N;number;;M != mense\n"
    table = [["respondent", "M[mense]", "M[strade]", "N"], ["S01", "boh", "1", ""], ["S02", "0", "1", ""]]
    frame, _ = answers(tmp_path, table, items)
    statuses = frame[frame["item"] == "N"].set_index("respondent")["status"]
    assert statuses.to_dict() == {"S01": "not_shown", "S02": "no_answer"}


@pytest.mark.parametrize(
    ("cell", "it"), [("Q1", "`Q1` non è un filtro"), ("Q9 = 1", "`Q9`, che non c'è"), ("=", "`=` non è un filtro")]
)
def test_a_filter_that_cannot_hold_is_told(tmp_path: Path, cell: str, it: str) -> None:
    (tmp_path / "questionnaire_codebook.csv").write_text(f"domanda;testo;tipo;filtro\nQ1;Si?;si/no;{cell}\n")
    _, problems = read_questionnaire_codebook(tmp_path)
    assert [it in fault.say("it") for fault in problems] == [True]


def test_american_dates_are_read_and_told(tmp_path: Path) -> None:
    table = [["respondent", "D"], ["S01", "4/25/2025 2:05:00 PM"], ["S02", "4/3/2025"]]
    frame, problems = answers(tmp_path, table, "item;text;type\nD;D;date\n")
    assert frame["value"].tolist() == ["2025-04-25", "2025-04-03"]
    assert "mese/giorno/anno" in problems[0].say("it") + problems[1].say("it")


def test_a_table_that_does_not_say_who_answered_is_refused(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.csv").write_text("Timestamp,Quanti?\n1,2\n")
    with pytest.raises(Exception, match="manca la colonna `respondent`"):
        read_survey(tmp_path, "questionnaire.csv", PEOPLE)


VV_TEXTS = ["ID risposta", "Data di invio", "Ultima pagina", "Lingua", "Seme", "Codice", "Ha un sito?"]
VV_TEXTS += ["Quali servizi (online)? (Certificati, estratti)", "Quali servizi (online)? (Pagamenti)"]
VV_TEXTS += ["Quali servizi (online)? (Altro)", "Quanti?", "Quanto?"]
VV_CODES = [*LIME, "Q1", "Q2_SQ001", "Q2_SQ002", "Q2_other", "Q3", "Q4"]
HIDDEN_CELL = "{question_not_shown}"


@pytest.mark.parametrize("sign", ["\t", ";"])
def test_a_vv_file_of_limesurvey_has_its_codes_in_the_second_row(tmp_path: Path, sign: str) -> None:
    first = ["1", "2025-04-03 10:00:00", "4", "it", "12", "S01", "Y", "Y", "", "Mappe{newline}{lbrace}x}", "-1", "A2"]
    second = ["2", HIDDEN_CELL, "2", "it", "13", "S02", "N", *[HIDDEN_CELL] * 3, "12", "A1"]
    (tmp_path / "questionnaire_codebook.csv").write_text(ITEMS, encoding="utf-8")
    rows = [VV_TEXTS, VV_CODES, first, second]
    (tmp_path / "questionnaire.csv").write_text("\n".join(sign.join(row) for row in rows), encoding="utf-8")
    questionnaires, problems = read_answers(tmp_path, read_questionnaire_codebook(tmp_path)[0], PEOPLE)
    frame = questionnaires.frame()
    assert said(frame, "S01") == [*FIRST[:4], ("Q3", "-1", "dont_know"), ("Q4", "A2", "answered")]
    assert said(frame, "S02") == HIDDEN
    told = [fault.say("it") for fault in problems]
    assert any("questionari non finiti: 1 su 2, tenuti: righe 4" in line for line in told)
    assert read_survey(tmp_path, "questionnaire.csv")[0].rows[0]["Q2_other"] == "Mappe\n{x}"


def test_answers_and_labels_are_compared_without_markup(tmp_path: Path) -> None:
    items = 'item;text;type;value;label;order\nQ5;"<b>Quanto</b>&nbsp;conta?";likert;A1;<i>Poco</i>;1\n'
    items += 'Q5;;;A2;"Molto &amp; bene";2\n'
    table = [["respondent", "<p>Quanto conta?</p>"], ["S01", "Molto & bene"], ["S02", "<span>Poco</span>"]]
    frame, _ = answers(tmp_path, table, items)
    assert [(row.value, row.label) for row in frame.itertuples()] == [("A2", "Molto & bene"), ("A1", "Poco")]
    assert read_questionnaire_codebook(tmp_path)[0][0].text == "Quanto conta?"
