from pathlib import Path

import pandas as pd
import pytest

from corpus.errors import Problem
from corpus.questionnaire.answers import read_answers
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.records import Item, Option

HEADER = "item;text;type;value;label;order;reverse;missing;separator;unit;asked;direction;notes\n"
ITEMS = """Q1;Quanti dipendenti?;number;;;;no;;;dipendenti;si;+;Nota
Q1;Quanti dipendenti?;number;NS;Non so;;no;non so;;dipendenti;si;+;
Q2;Manca personale;likert;1;Poco;1;sì;;;;no;-;
Q2;Manca personale;likert;2;Molto;2;sì;;;;no;-;
Q2;Manca personale;likert;9;Non so;;sì;non so;;;no;-;
Q3;Quali servizi?;multi;rifiuti;Raccolta, smaltimento;1;;;;;;;
Q3;Quali servizi?;multi;mense;Mense;2;;;;;;;
Q3;Quali servizi?;multi;9;Non so;;;non so;;;;;
Q4;Avete un sito?;yesno;;;;;;;;;;
Q5;Quando?;date;;;;;;;;;;
Q6;Altro;text;;;;;;;;;;
"""


def items(folder: Path, rows: str) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    (folder / "questionnaire_codebook.csv").write_text(HEADER + rows, encoding="utf-8")
    return read_questionnaire_codebook(folder)


def answers(folder: Path, text: str, rows: str = ITEMS) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    (folder / "questionnaire.csv").write_text(text, encoding="utf-8")
    questionnaires, problems = read_answers(folder, items(folder, rows)[0], ["S01", "S02"])
    return questionnaires.frame(), problems


def test_items_carry_their_options_and_what_is_said_of_them(tmp_path: Path) -> None:
    read, problems = items(tmp_path, ITEMS)
    assert problems == ()
    assert [item.code for item in read] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]
    missing = Option("NS", "Non so", None, "dont_know")
    assert read[0] == Item(
        "Q1", "Quanti dipendenti?", "number", (missing,), False, "|", "dipendenti", True, "+", "Nota"
    )
    assert read[1].reverse
    assert read[1].direction == "-"
    assert [option.order for option in read[1].options] == [1, 2, None]


@pytest.mark.parametrize(
    ("rows", "it", "en"),
    [
        (
            "Q;t;numerico;;;;;;;;;;\n",
            "riga 2, colonna type: il tipo `numerico` della domanda `Q` non esiste",
            "row 2, column type: the type `numerico`",
        ),
        (
            ";t;number;;;;;;;;;;\nQ;t;number;;;;;;;;;;\n",
            "riga 2, colonna item: manca il codice",
            "row 2, column item: the item has no code",
        ),
        (
            "Q;;number;;;;;;;;;;\n",
            "riga 2, colonna text: manca il testo",
            "row 2, column text: the item `Q` has no text",
        ),
        (
            "Q;t;single;1;A;1;;;;;;;\nQ;t;single;1;B;2;;;;;;;\n",
            "riga 3, colonna value: il codice `1` della domanda `Q` è già alla riga 2",
            "row 3, column value: the value `1`",
        ),
        (
            "Q;t;single;;;;;;;;;;\n",
            "riga 2, colonna value: la domanda chiusa `Q` non ha opzioni",
            "the closed item `Q` has no options",
        ),
        (
            "Q;t;single;1;A;primo;;;;;;;\n",
            "riga 2, colonna order: `primo` non è un numero",
            "row 2, column order: `primo` is not a number",
        ),
        (
            "Q;t;likert;1;Poco;;;;;;;;\nQ;t;likert;2;Molto;;;;;;;;\n",
            "riga 2, colonna order: la scala `Q` non ha l'ordine",
            "the scale `Q` does not order every option",
        ),
        (
            "Q;t;likert;1;Poco;1;;;;;;;\nQ;t;likert;2;Abbastanza;2;;;;;;;\nQ;t;likert;3;Molto;2;;;;;;;\n",
            "riga 2, colonna order: opzioni della scala `Q` allo stesso posto, `Abbastanza` = `Molto`",
            "options of the scale `Q` at one place, `Abbastanza` = `Molto`",
        ),
        (
            "Q;t;single;1;A;1;forse;;;;;;\n",
            "riga 2, colonna reverse: `forse` non è né sì né no",
            "`forse` is neither yes nor no",
        ),
        ("Q;t;single;1;A;1;;;;;boh;;\n", "riga 2, colonna asked: `boh` non è né sì né no", "row 2, column asked"),
        (
            "Q;t;single;1;A;1;;;;;;su;\n",
            "riga 2, colonna direction: `su` non è una direzione",
            "row 2, column direction",
        ),
        (
            "Q;t;single;1;A;1;;;;;;;\nQ;t;single;2;B;;;rifiuto;;;;;\n",
            "riga 3, colonna missing: `rifiuto` non è una mancata risposta",
            "row 3, column missing",
        ),
        (
            "Q;t;single;1;A;1;;;;;;;\nQ;altro;single;2;B;2;;;;;;;\n",
            "riga 3, colonna text: la domanda `Q` dice altro alla riga 2",
            "row 3, column text",
        ),
    ],
)
def test_a_fault_in_the_items_is_told_once(tmp_path: Path, rows: str, it: str, en: str) -> None:
    _, problems = items(tmp_path, rows)
    assert len(problems) == 1
    assert it in problems[0].say("it")
    assert en in problems[0].say("en")


def test_each_type_of_answer_is_read(tmp_path: Path) -> None:
    frame, problems = answers(
        tmp_path, "respondent;Q1;Q2;Q3;Q4;Q5;Q6\nS01;3,5;Molto;mense;Si;03/01/1970;Boh\nS02;NS;9;;;;\n"
    )
    assert problems == ()
    rows = frame[["respondent", "item", "option", "value", "label", "number", "status"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        ["S01", "Q1", "", "3.5", "3,5", 3.5, "answered"],
        ["S01", "Q2", "", "2", "Molto", 2.0, "answered"],
        ["S01", "Q3", "rifiuti", "0", "Raccolta, smaltimento", 0.0, "answered"],
        ["S01", "Q3", "mense", "1", "Mense", 1.0, "answered"],
        ["S01", "Q4", "", "si", "Sì", 1.0, "answered"],
        ["S01", "Q5", "", "1970-01-03", "03/01/1970", 2.0, "answered"],
        ["S01", "Q6", "", "Boh", "Boh", None, "answered"],
        ["S02", "Q1", "", "NS", "Non so", None, "dont_know"],
        ["S02", "Q2", "", "9", "Non so", None, "dont_know"],
        ["S02", "Q3", "rifiuti", "", "Raccolta, smaltimento", None, "no_answer"],
        ["S02", "Q3", "mense", "", "Mense", None, "no_answer"],
        ["S02", "Q4", "", "", "", None, "no_answer"],
        ["S02", "Q5", "", "", "", None, "no_answer"],
        ["S02", "Q6", "", "", "", None, "no_answer"],
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Q3", "rifiuti|mense"),
        ("Q3", "mense | Raccolta, Smaltimento"),
        ("Q3[rifiuti];Q3[mense]", "1;X"),
        ("Q3_rifiuti;Q3_mense", "Sì;mense"),
        ("Q3[Mense];Q3[Raccolta, smaltimento]", "true;Raccolta, smaltimento"),
    ],
)
def test_a_multiple_response_reads_alike_in_every_layout(tmp_path: Path, header: str, cells: str) -> None:
    frame, problems = answers(tmp_path, f"respondent;{header}\nS01;{cells}\n")
    ticked = frame[(frame["item"] == "Q3") & (frame["number"] == 1)]
    assert ticked["option"].tolist() == ["rifiuti", "mense"]
    assert not [fault for fault in problems if fault.severity == "error"]


def test_a_label_may_hold_the_separator(tmp_path: Path) -> None:
    rows = 'Q3;Quali?;multi;a;Raccolta, smaltimento;;;;",";;;;\nQ3;Quali?;multi;b;Mense;;;;;;;;\n'
    frame, _ = answers(tmp_path, "respondent;Q3\nS01;Raccolta, smaltimento, Mense\nS02;Mense\n", rows)
    assert frame["number"].tolist() == [1, 1, 0, 1]


def test_an_option_column_left_blank_is_unticked_only_if_another_is_ticked(tmp_path: Path) -> None:
    frame, _ = answers(tmp_path, "respondent;Q3[rifiuti];Q3[mense]\nS01;1;\nS02;;\n")
    assert frame["status"].tolist() == ["answered", "answered", "no_answer", "no_answer"]
    assert frame["number"].tolist()[:2] == [1, 0]


QUIET = """Q1;Quanti?;number;;;;;;;;;;
Q2;Manca;likert;1;Poco;1;;;;;;;
Q3;Quali?;multi;rifiuti;Rifiuti;1;;;;;;;
Q5;Quando?;date;;;;;;;;;;
"""


@pytest.mark.parametrize(
    ("rows", "it", "en"),
    [
        (
            "S01;tanti;1;;\nS02;;;;\n",
            "riga 2, colonna Q1: `tanti` non è un numero",
            "row 2, column Q1: `tanti` is not a number",
        ),
        (
            "S01;;;;\nS02;;7;;\n",
            "riga 3, colonna Q2: `7` non è tra i codici della domanda (1)",
            "`7` is not among the values",
        ),
        (
            "S01;;;;\nS02;;;rifiuto;\n",
            "`rifiuto` non è tra le opzioni della domanda (separatore `|`): la risposta è lasciata fuori (intendevi",
            "row 3, column Q3",
        ),
        (
            "S01;;;;30/02/2025\nS02;;;;\n",
            "riga 2, colonna Q5: `30/02/2025` non è una data",
            "row 2, column Q5: `30/02/2025` is not a date",
        ),
        (
            "S01;1.240;;;\nS02;;;;\n",
            "riga 2, colonna Q1: il punto è letto come separatore delle migliaia",
            "the point is read as grouping thousands",
        ),
        (
            "S01;;;;\nS02;;;;\nS01;4;;;\n",
            "riga 4, colonna respondent: il rispondente `S01` ha già risposto alla riga 2",
            "has already answered in row 2",
        ),
        (
            "S01;;;;\nS02;;;;\nS03;;;;\n",
            "riga 4, colonna respondent: il rispondente `S03` non è nell'elenco",
            "row 4, column respondent",
        ),
        ("S01;;;;\nS02;;;;\n;4;;;\n", "riga 4, colonna respondent: manca il codice", "row 4, column respondent"),
        (
            "S01;;;;\n",
            "questionnaire.csv, colonna respondent: il rispondente `S02` non ha un questionario",
            "has no questionnaire",
        ),
    ],
)
def test_a_fault_in_the_answers_is_told_once_and_the_rest_is_read(tmp_path: Path, rows: str, it: str, en: str) -> None:
    frame, problems = answers(tmp_path, "respondent;Q1;Q2;Q3;Q5\n" + rows, QUIET)
    assert len(problems) == 1
    assert it in problems[0].say("it")
    assert en in problems[0].say("en")
    assert len(frame) >= 4


def test_columns_and_items_that_do_not_meet_are_told(tmp_path: Path) -> None:
    _, problems = answers(tmp_path, "respondent;Q1;Q22;Q3;Q5\nS01;;;;\nS02;;;;\n", QUIET)
    assert [fault.say("it") for fault in problems] == [
        "questionnaire.csv, riga 1, colonna Q2: nessuna colonna per la domanda `Q2` di questionnaire_codebook.csv",
        "questionnaire.csv, riga 1, colonna Q22: la domanda non è in questionnaire_codebook.csv: "
        "la colonna è lasciata fuori (intendevi `Q2`?)",
    ]


def test_a_tick_that_is_none_is_told_with_its_column(tmp_path: Path) -> None:
    _, problems = answers(tmp_path, "respondent;Q1;Q2;Q3[rifiuti];Q5\nS01;;;forse;\nS02;;;1;\n", QUIET)
    assert [fault.say("it") for fault in problems] == [
        "questionnaire.csv, riga 2, colonna Q3[rifiuti]: `forse` non dice se l'opzione è scelta (1 o 0, sì o no): "
        "la risposta è lasciata fuori"
    ]


def test_an_answer_outside_the_codes_is_neither_blank_nor_answered(tmp_path: Path) -> None:
    frame, _ = answers(tmp_path, "respondent;Q1;Q2;Q3;Q5\nS01;;7;;\nS02;;1;;\n", QUIET)
    status = frame[frame["item"] == "Q2"].set_index("respondent")["status"]
    assert status.to_dict() == {"S01": "rejected", "S02": "answered"}


def test_the_whole_text_of_an_item_names_its_column(tmp_path: Path) -> None:
    frame, _ = answers(tmp_path, "respondent;Quanti?;Q2;Q3;Q5\nS01;4;;;\nS02;;;;\n", QUIET)
    assert frame.loc[frame["item"] == "Q1", "number"].tolist()[0] == 4


def test_a_99_among_small_numbers_is_asked_about(tmp_path: Path) -> None:
    _, problems = answers(tmp_path, "respondent;Q1;Q2;Q3;Q5\nS01;3;;;\nS02;99;;;\n", QUIET)
    assert [fault.say("it") for fault in problems] == [
        "questionnaire.csv, riga 3, colonna Q1: 99 sembra un codice di mancata risposta (righe 3): è contato come "
        "numero; se non lo è aggiungi al codebook un'opzione con quel valore e `missing`"
    ]


def test_a_column_of_weights_is_said_not_to_be_used(tmp_path: Path) -> None:
    _, problems = answers(tmp_path, "respondent;Q1;Q2;Q3;Q5;peso\nS01;3;;;;1,2\nS02;2;;;;0,8\n", QUIET)
    assert [fault.say("it") for fault in problems] == [
        "questionnaire.csv, riga 1, colonna peso: se sono pesi di campionamento non sono usati: ogni rispondente conta "
        "per uno"
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Q;t;number;;;;si;;;;;+;\n", "`Q` è rovesciata ma `direction` è +: vale `direction`"),
        ("Q;t;text;;;;si;;;;;;\n", "`reverse` non vale per una domanda di tipo text"),
        ("Q;t;number;;;;si;;;;;-;\n", ""),
        ("Q;t;number;;;;si;;;;;;\n", ""),
    ],
)
def test_a_reversed_item_that_cannot_be_is_told(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "questionnaire_codebook.csv").write_text(HEADER + row, encoding="utf-8")
    items, problems = read_questionnaire_codebook(tmp_path)
    assert items[0].reverse
    told = [fault.say("it") for fault in problems if fault.column == "reverse"]
    assert [said in line for line in told] == ([True] if said else [])


def test_a_question_that_is_only_ticked_or_blank_is_asked_about(tmp_path: Path) -> None:
    rows = "Q1;Uno?;yesno;;;;;;;;;;\nQ2;Due?;yesno;;;;;;;;;;\nQ3;Tre?;yesno;;;;;;;;;;\n"
    text = "respondent;Q1;Q2;Q3\nA;x;sì;sì\nB;;no;n.d.\nC;;;n.d.\n"
    (tmp_path / "questionnaire.csv").write_text(text, encoding="utf-8")
    questionnaires, problems = read_answers(tmp_path, items(tmp_path, rows)[0], ["A", "B", "C"])
    read = questionnaires.frame()
    assert read.loc[read["item"] == "Q1", "status"].tolist() == ["answered", "no_answer", "no_answer"]
    assert [(fault.column, fault.row, fault.severity) for fault in problems] == [("Q1", 3, "warning")]
    assert "se vuota vuol dire no" in problems[0].message.it
