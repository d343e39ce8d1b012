"""Which chapter a table belongs to, which opens it, and what a study cannot say."""

from dataclasses import replace

import pandas as pd
import pytest

from corpus.words.phrase import phrase
from outputs.chapters import CHAPTERS, chapters, says_something, unsaid
from outputs.tables.families import families
from outputs.tables.table import Column, Table
from outputs.words.render import render
from outputs.words.sentences import word

_FEW = phrase("not_computable", reason=phrase("reason.few", least=10))
_COLUMNS = (Column("theme"), Column("n", "count"), Column("share", "percent"))


def made(*rows, key="temi", **parts):
    frame = pd.DataFrame(rows, columns=["theme", "n", "share"], dtype=object)
    return Table(key, phrase("temi.title"), "", _COLUMNS, frame.set_index(frame.index.astype("str")), **parts)


def test_every_table_that_says_something_is_in_one_chapter_and_the_summary_in_none(tables):
    told = [table.key for chapter in chapters(tables.values()) for table in chapter.tables]
    speaking = [table.key for table in tables.values() if says_something(table.data)]
    assert sorted(told) == sorted(key for key in speaking if key != "risultati")


def test_chapters_come_in_their_order_and_open_with_the_main_table(tables):
    found = {chapter.key: chapter for chapter in chapters(tables.values())}
    assert list(found) == [key for key in CHAPTERS if key in found]
    assert found["material"].main.key == "campione" and found["themes"].main.key == "temi"
    assert found["links"].main.key == "joint_display" and found["questionnaire"].main.key == "domande_frequenze"
    assert found["methods"].main.key == "saturazione_interviste"  # nobody coded by hand: no figure of trust


def test_corrected_figures_lead_the_themes_where_they_are_known(tables):
    corrected = render(made(("Personale", 12, 0.5), key="cifre_corrette"), "it")
    themes = next(chapter for chapter in chapters([*tables.values(), corrected]) if chapter.key == "themes")
    assert themes.main is corrected


def test_a_chapter_without_its_main_table_opens_with_the_next():
    silences = render(made(("Personale", 12, 0.5), key="silenzi"), "it")
    assert [(chapter.key, chapter.main) for chapter in chapters([silences])] == [("links", silences)]


def test_an_unknown_table_is_printed_among_the_methods():
    assert [chapter.key for chapter in chapters([render(made(("a", 1, 0.5), key="nuova"), "it")])] == ["methods"]


@pytest.mark.parametrize(
    ("rows", "speaks"),
    [
        ([], False),
        ([("Personale", 6, _FEW), ("Rifiuti", 6, None)], False),
        ([("Personale", 6, _FEW), ("Rifiuti", 6, 0)], True),
        ([("Personale", 6, 0.5)], True),
        ([("Un avviso", None, None)], True),
    ],
)
def test_a_table_speaks_by_a_number_that_could_be_had(rows, speaks):
    assert says_something(made(*rows)) is speaks


def test_a_table_of_words_speaks_by_its_rows():
    assert says_something(replace(made(("Personale", None, None)), columns=_COLUMNS[:1]))


def test_what_cannot_be_said_is_told_once_a_reason():
    lead = phrase("fiducia.nothing_measured")
    tables = [
        made(key="fiducia", lead=lead),
        made(("Personale", 6, 0.5)),
        made(("Personale", 6, _FEW), key="domande_classe"),
        made(key="accordo", lead=lead),
        made(key="tipi"),
        made(key="senza_frase"),
        made(key="memo"),
    ]
    told = unsaid([replace(render(table, "it"), title=table.key) for table in tables], "it")
    assert [entry.titles for entry in told] == [
        ("fiducia", "accordo"),
        ("domande_classe",),
        ("tipi",),
        ("senza_frase",),
    ]
    assert told[1].reason == "non calcolabile: meno di 10 rispondenti"
    assert told[2].reason.startswith("Nessun tipo") and told[3].reason == "Nessuna riga."


def test_an_empty_study_has_no_chapters_and_nothing_unsaid():
    assert chapters([]) == [] and unsaid([], "en") == []


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_chapter_has_its_words(language):
    keys = {*CHAPTERS, *(family.chapter for family in families().values() if family.chapter)}
    assert [key for key in keys if word("chapter", key, language) == key] == []
