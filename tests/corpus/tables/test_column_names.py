"""The same column names in every table, Italian and English."""

from pathlib import Path

import pytest

from corpus.codebook.theme_codebook import read_codebook
from corpus.codings.link_decisions import read_link_decisions
from corpus.questionnaire.item_codebook import read_questionnaire_codebook
from corpus.respondents.respondents_list import read_respondents
from corpus.tables.column_names import name_columns
from corpus.tables.sheets import read_sheet

TABLES = {
    "respondents": ("respondent", "transcript", "speaker"),
    "codebook": ("code", "label", "parent", "definition", "include_terms", "questionnaire_items", "examples"),
    "codings": ("transcript", "code", "start", "end", "quote", "stance", "coder"),
    "links": ("theme", "item", "decision", "reading", "reason", "author", "date"),
    "items": ("item", "type", "text", "value", "label", "order", "missing", "stance", "filter"),
}
NAMED = [
    ("respondents", "Rispondente;Trascrizione;Parlante", "respondent;transcript;speaker"),
    ("respondents", "codice;nome file", "respondent;transcript"),
    ("respondents", "ID;Intervista", "respondent;transcript"),
    ("respondents", "Participant ID;interview", "respondent;transcript"),
    ("codebook", "tema;etichetta;definizione;termini", "code;label;definition;include_terms"),
    (
        "codebook",
        "codice;tema;descrizione;parole chiave;domande",
        "code;label;definition;include_terms;questionnaire_items",
    ),
    ("codebook", "Codice tema:;Nome;Tema superiore", "code;label;parent"),
    ("codebook", "theme;name;keywords;questions", "code;label;include_terms;questionnaire_items"),
    ("codings", "trascrizione;tema;citazione;posizione;codificatore", "transcript;code;quote;stance;coder"),
    ("codings", "file;codice;testo;inizio;fine;chi codifica", "transcript;code;quote;start;end;coder"),
    ("codings", "interview;category;coded_text;coded by", "transcript;code;quote;coder"),
    ("links", "tema;domanda;decisione;lettura;motivo;autore;data", "theme;item;decision;reading;reason;author;date"),
    ("links", "codice tema;codice domanda", "theme;item"),
    ("items", "domanda;testo;tipo;valore;etichetta", "item;text;type;value;label"),
    ("items", "codice;domanda;tipo;opzione;risposta", "item;text;type;value;label"),
    ("items", "variable;question;type;option;label;relevance", "item;text;type;value;label;filter"),
]


@pytest.mark.parametrize(("table", "header", "columns"), NAMED)
def test_columns_are_known_by_any_name(table: str, header: str, columns: str) -> None:
    named = name_columns(header.split(";"), TABLES[table])
    assert [named.get(place) for place in range(len(header.split(";")))] == columns.split(";")


def test_a_column_of_its_own_name_comes_before_another_that_may_mean_it(tmp_path: Path) -> None:
    (tmp_path / "respondents.csv").write_text("respondent;codice;intervista;transcript\nR1;x;sì;T1\n", encoding="utf-8")
    frame, problems = read_respondents(tmp_path)
    assert problems == ()
    assert frame.to_dict("records") == [
        {"respondent": "R1", "transcript": "T1", "speaker": "", "codice": "x", "intervista": "sì"}
    ]


def test_every_table_is_read_by_italian_names(tmp_path: Path) -> None:
    tables = {
        "respondents": "rispondente;trascrizione\nR1;T1\n",
        "questionnaire_codebook": "domanda;testo;tipo\nQ1;Quanti?;numero\n",
        "codebook": "tema;etichetta;definizione\np;Personale;Chi lavora\n",
        "codings": "trascrizione;tema;citazione\nT1;p;siamo pochi\n",
        "collegamenti": "tema;domanda;decisione\np;Q1;accetta\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    respondents, told = read_respondents(tmp_path)
    items, told_items = read_questionnaire_codebook(tmp_path)
    themes, told_themes = read_codebook(tmp_path, {item.code: item.text for item in items})
    decisions, told_links = read_link_decisions(tmp_path, themes, {item.code: item.text for item in items})
    assert [*told, *told_items, *told_themes, *told_links] == []
    assert (len(respondents), len(items), len(themes), len(decisions)) == (1, 1, 1, 1)
    sheet = read_sheet(tmp_path, "codings.csv", ("transcript", "code"), ("quote",))
    assert dict(sheet.rows[0].cells) == {"transcript": "T1", "code": "p", "quote": "siamo pochi"}


def test_two_columns_for_one_thing_are_told(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("transcript;code;coder;codificatore\nT1;p;a;b\n", encoding="utf-8")
    sheet = read_sheet(tmp_path, "codings.csv", ("transcript", "code"), ("coder",))
    assert [fault.say("it") for fault in sheet.problems] == [
        "codings.csv, riga 1, colonna codificatore: colonna ripetuta: è letta solo la prima; rinomina o togli le altre"
    ]
