"""A run is kept in no language: it is read, exported and compared in either, also beside runs of an older Trama."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from corpus.errors import StudyError
from corpus.words.phrase import Phrase
from outputs.export import export_study
from outputs.parquet_tables import write_parquet
from outputs.run.diff import compare_runs
from outputs.run.folder import DATA, TABLES, latest_run
from outputs.run.manifest import problems_of, write_manifest
from outputs.run.record import RunRecord, keep_run, read_run
from outputs.run.why import tell, what_is_behind
from tests.tiny_study import write_run


@pytest.fixture
def kept(run: RunRecord, tmp_path):
    """The folder of a study of which nothing is left but its run, in Italian."""
    write_run(tmp_path, run)
    return tmp_path


@pytest.fixture
def old_run(run: RunRecord, tmp_path):
    """The folder of the same run as format 1 kept it: finished words, problems in one line of Italian."""
    folder = tmp_path / "vecchia"
    keep_run(folder, run.data, run.results)
    for path in (folder / DATA / TABLES).iterdir():
        path.unlink()
    write_parquet(run.tables, folder / DATA / TABLES)
    manifest = {name: value for name, value in run.manifest.items() if name != "format"}
    write_manifest(folder, {**manifest, "problems": ["warning: respondents.csv, riga 3: manca il nome"], "notes": []})
    return folder


def test_a_run_is_exported_in_the_other_language_without_its_study(kept):
    written = export_study(kept, ["csv", "xlsx", "docx", "pptx"], language="en")
    themes = next(path for path in written if path.name == "temi.csv")
    assert themes.read_text("utf-8-sig").startswith("row;Theme;")
    assert "Temi per rispondente" not in next(path for path in written if path.name == "dizionario.csv").read_text(
        "utf-8"
    )


def test_runs_made_in_two_languages_are_the_same_run(run, english_run):
    for language in ("it", "en"):
        lines = compare_runs(run, english_run, language)
        told = [line for line in lines if line.startswith("- ")]
        assert len(told) == 2, told  # the language, as a cause, and that nothing else differs


def test_a_run_of_format_1_still_answers(run, old_run):
    read = read_run(old_run)
    assert read.worded == "it" and [table.key for table in read.tables] == [table.key for table in run.tables]
    pd.testing.assert_frame_equal(read.table("temi").frame, run.table("temi").frame)
    assert tell(what_is_behind(read, ["temi", "personale", "mentioned"]), read) == tell(
        what_is_behind(run, ["temi", "personale", "mentioned"]), run
    )
    assert [(severity, text.it) for severity, text in problems_of(read.manifest)] == [
        ("warning", "respondents.csv, riga 3: manca il nome")
    ]


def test_a_run_of_format_1_is_compared_with_a_new_one(run, old_run):
    assert not [line for line in compare_runs(read_run(old_run), run, "it") if "(temi)" in line]


def test_a_run_of_format_1_says_that_it_knows_one_language(old_run):
    with pytest.raises(StudyError) as raised:
        read_run(old_run).in_language("en")
    assert "più vecchio" in raised.value.say("it") and "older" in raised.value.say("en")


def test_a_run_with_words_that_are_no_more_says_that_it_has_to_be_made_again(run, kept):
    table = replace(run.data[0], title=Phrase("finding.of_another_trama"))
    keep_run(latest_run(kept), [table, *run.data[1:]], run.results)
    with pytest.raises(StudyError) as raised:
        export_study(kept, ["csv"], language="it")
    assert "finding.of_another_trama" in raised.value.say("it") and "trama run" in raised.value.say("it")


def test_the_manifest_says_what_is_kept(kept):
    manifest = json.loads((latest_run(kept) / "manifest.json").read_text("utf-8"))
    assert manifest["format"] == 2
