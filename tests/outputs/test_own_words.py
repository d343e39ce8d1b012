"""Tables are in no language until they are read: what they hold is the study's, what they say is in one language."""

import pytest

from corpus.words.phrase import Phrase
from tests.outputs.own_words import (
    ITALIAN,
    data_texts,
    english_words,
    material_of,
    sentences_within,
    texts_of_nobody,
)


def test_titles_notes_and_leads_are_phrases(run):
    for table in run.data:
        assert isinstance(table.title, Phrase) and isinstance(table.note, Phrase), table.key
        assert isinstance(table.lead, Phrase) or table.lead == "", table.key


def test_no_table_holds_a_sentence_of_ours(run):
    for table in run.data:
        assert not [text for text in data_texts(table) if sentences_within(text)], table.key


def test_a_text_that_a_table_holds_is_the_study_s(run, study, results):
    material = material_of(study, results, run.data)
    held = {table.key: texts_of_nobody(table, material) for table in run.data}
    assert not {key: texts for key, texts in held.items() if texts}


def test_no_italian_word_of_ours_stands_in_an_english_table(run):
    for table in run.data:
        assert not [text for text in english_words(table) if ITALIAN.search(text)], table.key


@pytest.mark.parametrize("text", ["non so", "non risponde", "Fuori da ogni argomento", "non calcolabile: nessuno"])
def test_what_once_stood_in_english_tables_would_be_seen(text):
    assert ITALIAN.search(text)
