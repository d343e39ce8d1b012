"""Runs of format 1, which kept some codes as Italian words, are read with the codes of today."""

import json
from pathlib import Path

import pandas as pd
import pytest

from nlp.measures.agreement import PEOPLE
from outputs.run.old_codes import frames_in_codes, table_in_codes
from outputs.run.record import keep_run, read_run
from outputs.tables.table import Column, Table

WORDS = {"advantage": "vantaggio", "problem": "criticità", "proposal": "proposta", "neutral": "neutro"}


def test_people_together_are_called_as_today():
    decisions = pd.DataFrame({"coder": ["persone", "anna", "Trama"]})
    codings = pd.DataFrame({"stance": ["criticità"], "explanation": ["codificato da anna"]})
    frames = {"codings": codings, "decisions": decisions}
    frames["topics"] = pd.DataFrame({"topic": [0, -1], "label": ["scuola", "Fuori da ogni argomento"]})
    read = frames_in_codes(frames)
    assert read["codings"]["stance"].tolist() == ["problem"]
    assert read["decisions"]["coder"].tolist() == [PEOPLE, "anna", "Trama"]
    assert read["topics"]["label"].tolist() == ["scuola", ""]


@pytest.mark.parametrize(
    ("said", "terms", "near_words", "nearest_text"),
    [
        ("termini: geometra; uffici", "geometra; uffici", "", ""),
        ("parole vicine al tema: orto, siepe; frase del codebook più vicina: «Il verde; i viali»",
         "", "orto, siepe", "Il verde; i viali"),
        ("imparato dalle codifiche umane; frase del codebook più vicina: «Il verde»", "", "", "Il verde"),
        ("codificato da anna", "", "", ""),
    ],
)  # fmt: skip
def test_what_an_old_explanation_said_are_facts_again(said, terms, near_words, nearest_text):
    codings = pd.DataFrame({"stance": ["problem"], "explanation": [said]})
    topics = pd.DataFrame({"topic": [0], "label": ["scuola"]})
    read = frames_in_codes({"codings": codings, "topics": topics})["codings"].iloc[0]
    assert (read["terms"], read["near_words"], read["nearest_text"]) == (terms, near_words, nearest_text)


def _table(key: str, row: str, column: str) -> Table:
    frame = pd.DataFrame({column: [1]}, index=pd.Index([row], name="row", dtype="str"), dtype=object)
    cells = pd.DataFrame([(row, column, "R01:0001", "")], columns=["row", "column", "segment", "coding"], dtype="str")
    return Table(key, "Titolo", "", (Column(column, heading="Colonna"),), frame, cells)


@pytest.mark.parametrize(
    ("key", "row", "column", "expected"),
    [
        ("posizioni", "personale", "criticità/respondents", ("personale", "problem/respondents")),
        ("temi_domande", "personale|Q1||menzione", "n", ("personale|Q1||mention", "n")),
        ("accordo", "persone|Trama|personale", "f1", ("people|Trama|personale", "f1")),
        ("tipi", "dichiarato|1", "n", ("declared|1", "n")),
        ("posizioni", "proposta", "theme", ("proposta", "theme")),  # a theme of that code stays what it is
    ],
)
def test_keys_of_tables_and_their_trails_are_those_of_today(key, row, column, expected):
    read = table_in_codes(_table(key, row, column))
    assert (read.frame.index[0], read.frame.columns[0]) == expected
    assert read.columns[0].key == expected[1]
    assert tuple(read.cells.iloc[0][["row", "column"]]) == expected


def test_an_old_run_is_read_like_a_new_one(run, results, tmp_path: Path):
    keep_run(tmp_path, run.data, results)
    codings = tmp_path / "dati" / "codings.parquet"
    kept = pd.read_parquet(codings)
    kept.assign(stance=kept["stance"].map(WORDS)).to_parquet(codings, index=False)
    (tmp_path / "manifest.json").write_text(json.dumps({"language": "it"}), encoding="utf-8")
    read = read_run(tmp_path)
    assert read.results.codings["stance"].tolist() == results.codings["stance"].tolist()


@pytest.mark.parametrize("words", [("contraddice", "una regola"), ("contradicts", "una regola")])
def test_words_of_a_vocabulary_are_codes_again(words):
    frame = pd.DataFrame([words], columns=["verdict", "why"], index=pd.Index(["a"], name="row"), dtype=object)
    table = table_in_codes(Table("posizioni_risposte", "", "", (Column("verdict"), Column("why")), frame))
    assert table.frame.loc["a"].tolist() == ["contradicts", "una regola"]
    assert [column.vocabulary for column in table.columns] == ["verdict", ""]
