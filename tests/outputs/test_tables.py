import re
from dataclasses import replace

import pandas as pd
import pytest

from corpus.schemas import OUTLIERS
from corpus.words.language import Language
from nlp.results import UNCODED_COLUMNS
from outputs.tables.glossary import columns
from outputs.tables.table import make_frame
from outputs.words.render import RenderedTable
from tests.golden.tables import GOLDEN
from tests.tiny_study import rendered_tables

KEYS = sorted({path.stem for path in (GOLDEN / "sample" / "it").glob("*.csv")} - {"dizionario"})
STANCES_IN_ITALIAN = re.compile(r"\b(vantaggio|criticità|proposta|neutro)\b", re.IGNORECASE)


def _counted(speakers: pd.Series, table: RenderedTable, row: str, column: str, counts: str) -> int:
    behind = table.cells[(table.cells["row"] == row) & (table.cells["column"] == column)]
    if counts == "respondents":
        return behind["segment"].map(speakers).nunique()
    if counts == "themes":
        return behind["coding"].str.split("/").str[-1].nunique()
    return behind["segment" if counts == "segments" else "coding"].nunique()


@pytest.mark.parametrize("key", KEYS)
def test_every_counted_number_has_as_much_behind_it(results, tables, key):
    table = tables[key]
    speakers = results.segments.set_index("segment")["respondent"]
    for column in table.columns:
        if column.counts:
            for row, shown in table.frame[column.key].items():
                if shown is not None:
                    assert shown == _counted(speakers, table, str(row), column.key, column.counts), (row, column.key)


@pytest.mark.parametrize("key", ["domande_frequenze", "domande_numeri", "campione"])
def test_every_number_of_the_questionnaire_has_its_respondents(tables, key):
    table = tables[key]
    column = {"domande_frequenze": "count", "domande_numeri": "n", "campione": "value"}[key]
    behind = table.people.groupby(["row", "column"])["respondent"].nunique()
    assert column in behind.index.get_level_values("column")
    for (row, counted), people in behind.items():
        assert table.frame.loc[row, counted] == people


def test_the_golden_files_are_of_the_same_tables(tables):
    assert sorted(tables) == KEYS


def test_trails_lead_to_codings_and_segments_that_exist(tables, results):
    for table in tables.values():
        assert set(table.cells["segment"]) <= set(results.segments["segment"])
        assert set(table.cells["coding"]) - {""} <= set(tables["codifiche"].frame.index)
        assert set(table.cells["row"]) <= set(table.frame.index)


def test_frames_hold_what_a_table_may_hold(tables):
    for table in tables.values():
        assert table.frame.index.is_unique
        assert list(table.frame.columns) == [column.key for column in table.columns]
        assert table.title and table.note
        for value in table.frame.to_numpy().ravel():
            assert value is None or isinstance(value, str | int | float)
            assert not (isinstance(value, float) and pd.isna(value))


def test_what_cannot_be_computed_says_why(study, tables, results):
    assert tables["temi"].frame.loc["silenzio", "words_low"] == "non calcolabile: nessuno ne parla"
    assert tables["temi_classe"].frame.loc["silenzio", "effect"] == "non calcolabile: nessuno ne parla"
    few = replace(study, answers=study.answers[study.answers["respondent"] < "R06"])
    shares = {table.key: table for table in rendered_tables(few, results)}["domande_frequenze"].frame["share"]
    assert set(shares) == {"non calcolabile: meno di 10 rispondenti"}


def test_answers_are_counted_by_class(tables):
    row = tables["domande_frequenze"].frame.loc["Q3|rifiuti"]
    assert (row["count"], row["n"], row["fino a 3.000"], row["fino a 3.000/n"], row["oltre 8.000"]) == (6, 12, 6, 7, 0)


def test_the_link_of_a_reversed_item_says_which_way_it_counts(results, tables, study):
    turned = tuple(replace(item, reverse=True, direction="") if item.code == "Q1" else item for item in study.items)
    reversed_tables = {table.key: table for table in rendered_tables(replace(study, items=turned), results)}
    before, after = (each["joint_display"].frame.loc["personale|Q1"] for each in (tables, reversed_tables))
    assert "domanda rovesciata: chi ne parla dovrebbe rispondere più in basso o no" in after["link"]
    assert "rovesciata" not in before["link"]


def test_the_joint_display_reads_each_link(tables):
    frame = tables["joint_display"].frame
    assert frame.loc["rifiuti|Q3", "reading"] == "inconclusivo"  # four of four tick it, but the interval reaches 1
    assert frame.loc["rifiuti|Q3", "link"].startswith("odds ratio condizionale ∞")
    assert frame.loc["silenzio|Q9", "reading"] == "silenzio"
    assert frame.loc["personale|Q1", "reading"] == "evidenza insufficiente"
    assert "«Qui siamo in tre e non basta mai.» (R" in frame.loc["personale|Q1", "quotations"]


def test_what_is_not_italian_is_listed_with_its_segments(results, study):
    spoken = results.languages.assign(language=["en", *results.languages["language"][1:]])
    table = {table.key: table for table in rendered_tables(study, replace(results, languages=spoken))}["lasciati_fuori"]
    assert table.frame.loc["R01|en", "message"] == "segmenti non in italiano (en): non codificati"
    assert table.cells["segment"].tolist() == ["R01:0001"] and table.frame.loc["R01|en", "segments"] == 1


def test_codings_know_their_place_in_the_source(tables, study):
    frame = tables["codifiche"].frame
    row = frame.loc["R01:0002/rifiuti"]
    source = next(transcript.source for transcript in study.transcripts if transcript.id == "R01")
    assert source[row["source_start"] : row["source_end"]] == row["evidence"] == "I"
    assert row["file"] == "transcripts/R01.txt"


@pytest.mark.parametrize("language", ["it", "en"])
def test_tables_speak_one_language(study, results, language: Language):
    tables = {table.key: table for table in rendered_tables(study, results, language)}
    said = {"it": ("Temi per rispondente", "Ne parlano"), "en": ("Themes by respondent", "Mention it")}[language]
    assert tables["temi"].title == said[0]
    assert said[1] in [column.label for column in tables["temi"].columns]
    assert tables["lasciati_fuori"].frame["message"].tolist() == [{"it": "manca", "en": "missing"}[language]]


def test_where_nobody_coded_the_report_says_that_nothing_was_measured_and_how_to(tables):
    assert tables["accordo_passi"].lead.startswith("Non calcolabile: servono due persone")
    for key in ("fiducia", "accordo"):
        assert not len(tables[key].frame)
        assert (
            tables[key].lead.startswith("Non calcolabile: nessuno ha codificato")
            and "trama suggest" in tables[key].lead
        )


def test_a_study_without_anything_still_has_its_tables(results, tables, study):
    frames = ("segments", "entities", "codings", "topics", "topic_members", "languages")
    silent = replace(results, **{name: getattr(results, name).iloc[:0] for name in frames})
    assert [table.key for table in rendered_tables(study, silent)] == list(tables)


def test_english_tables_say_the_stances_in_english_and_rows_and_columns_keep_their_keys(tables, english_run):
    english = {table.key: table for table in english_run.tables}
    for table in english.values():
        shown = [
            *(column.label + column.meaning for column in table.columns),
            *table.frame.to_numpy().ravel(),
            table.lead,
        ]
        assert not [text for text in shown if isinstance(text, str) and STANCES_IN_ITALIAN.search(text)], table.key
    labels = [column.label for column in english["posizioni"].columns]
    assert "problem: respondents" in labels and "neutral: segments" in labels
    assert [table.frame.columns.tolist() for table in english.values()] == [
        table.frame.columns.tolist() for table in tables.values()
    ]
    assert set(english["codifiche"].frame["stance"]) == {"problem", "proposal", "neutral"}
    assert set(tables["codifiche"].frame["stance"]) == {"criticità", "proposta", "neutro"}


def test_terms_that_gave_no_coding_are_counted_with_their_reason_and_told(study, results):
    said = [
        ("R01:0001", "rifiuti", "raccolta", "score"),
        ("R01:0002", "rifiuti", "discarica", "score"),
        ("R02:0001", "rifiuti", "raccolta", "short"),
        ("R02:0002", "personale", "geometra", "speaker"),
    ]
    terms = pd.DataFrame(said, columns=UNCODED_COLUMNS)
    tables = {table.key: table for table in rendered_tables(study, replace(results, uncoded_terms=terms))}
    table = tables["termini_non_codificati"]
    assert table.frame["segments"].to_dict() == {"personale|speaker": 1, "rifiuti|score": 2, "rifiuti|short": 1}
    assert table.frame.loc["rifiuti|score", "uncoded_terms"] == "raccolta; discarica"
    told = " ".join(tables["risultati"].frame["finding"])
    assert "Segmenti di rispondenti con un termine di un tema che non è stato dato: 3" in told


def test_what_floating_point_leaves_of_nothing_is_nothing():
    heads = columns("f1 p")
    frame = make_frame(heads, {"a": {"f1": 6.85e-17, "p": 1e-30}, "b": {"f1": -1e-16, "p": None}})
    assert frame["f1"].tolist() == [0.0, 0.0] and frame["p"].tolist() == [1e-30, None]
    assert not str(frame.loc["b", "f1"]).startswith("-")


@pytest.mark.parametrize(("language", "outside"), [("it", "Fuori da ogni argomento"), ("en", "Outside any topic")])
def test_what_is_in_no_topic_is_called_so_in_every_table_of_topics(study, results, language, outside):
    unassigned = results.topics.assign(topic=OUTLIERS, label="", words="", name="")
    members = results.topic_members.assign(topic=OUTLIERS)
    changed = replace(results, topics=unassigned, topic_members=members)
    tables = {table.key: table for table in rendered_tables(study, changed, language)}
    for key in ("argomenti", "argomenti_classe"):
        assert tables[key].frame["topic"].to_dict() == {str(OUTLIERS): outside}
