"""The tables that a run keeps of each bundled study hold the study's own texts, and say no Italian word in English."""

import pytest

from corpus.study import read_study
from outputs.run.record import read_run
from tests.bundled import BUNDLED
from tests.outputs.own_words import ITALIAN, english_words, material_of, texts_of_nobody


@pytest.mark.parametrize("study", BUNDLED)
def test_what_tables_hold_is_the_study_s_and_what_they_say_is_english(study, bundled_run):
    run = bundled_run(study)
    record = read_run(run)
    material = material_of(read_study(run.resolve().parents[1]), record.results, record.data)
    for table in record.data:
        assert not texts_of_nobody(table, material), table.key
        assert not [text for text in english_words(table) if ITALIAN.search(text)], table.key
