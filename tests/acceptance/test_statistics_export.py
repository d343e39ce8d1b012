"""What leaves for statistics programs is read back as it was, and makes every number of the theme tables anew."""

import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from corpus.study import read_study
from outputs.export import export_study
from outputs.run.record import read_run
from outputs.statistics import write_statistics
from tests.acceptance.odd_study import LONG, MUCH, write_odd_study
from tests.acceptance.whole_studies import count_in_process
from tests.outputs.statistics.redone import differences, numbers

LEVELS = ("rispondenti", "codifiche", "segmenti")


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """The tables of the odd study, and the folder of its files."""
    home = write_odd_study(tmp_path_factory.mktemp("strano") / "studio")
    study = read_study(home)
    run = count_in_process(home)
    write_statistics(study, run.results, home / "statistica", "it")
    return run, home / "statistica"


def redo(folder: Path, command: list[str]) -> None:
    shutil.rmtree(folder / "rifatte", ignore_errors=True)
    subprocess.run(command, check=True, capture_output=True, cwd="/")


def test_python_makes_every_number_of_the_theme_tables_anew(odd):
    run, folder = odd
    redo(folder, [sys.executable, "-I", str(folder / "rifai_tabelle.py")])
    assert list(differences(run.data, folder)) == []
    assert numbers(run.data) > 400


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_r_makes_every_number_of_the_theme_tables_anew(odd):
    run, folder = odd
    redo(folder, ["Rscript", "--vanilla", str(folder / "rifai_tabelle.R")])
    assert list(differences(run.data, folder, by_r=True)) == []


def test_a_whole_run_is_made_anew_from_its_export(bundled_run, tmp_path):
    run = bundled_run("sample")
    export_study(run, ["statistics"], output=tmp_path)
    folder = tmp_path / "statistica"
    redo(folder, [sys.executable, "-I", str(folder / "rifai_tabelle.py")])
    tables = read_run(run).data
    assert list(differences(tables, folder)) == []
    assert numbers(tables) > 1000


@pytest.mark.parametrize("level", LEVELS)
def test_spss_and_stata_hold_what_the_csv_holds(odd, level):
    _, folder = odd
    plain = pd.read_csv(folder / f"{level}.csv", dtype=str, keep_default_na=False)
    labels = pd.read_csv(folder / "dizionario.csv", dtype=str, keep_default_na=False)
    values = pd.read_csv(folder / "etichette.csv", dtype=str, keep_default_na=False)
    labels, values = (frame[frame["file"] == level] for frame in (labels, values))
    spss, in_spss = pyreadstat.read_sav(folder / f"{level}.sav", user_missing=True)
    stata, in_stata = pyreadstat.read_dta(folder / f"{level}.dta", user_missing=True)
    assert list(plain) == list(spss) == list(stata) == labels["variable"].tolist()
    assert len(plain) == len(spss) == len(stata)
    letters = dict(zip(("dont_know", "no_answer", "not_shown", "rejected", "no_questionnaire"), "abcde", strict=True))
    for variable, label, kind in labels[["variable", "label", "kind"]].itertuples(index=False):
        own = values[values["variable"] == variable]
        missing = dict(zip(own["value"], own["missing"], strict=True))
        for cell, one, other in zip(plain[variable], spss[variable], stata[variable], strict=True):
            if missing.get(cell):
                assert float(cell) == one or kind == "date"
                assert other == letters[missing[cell]]
            else:
                assert as_written(one, kind) == as_written(other, kind) == cell.removeprefix("'") or cell == ""
        assert in_spss.column_names_to_labels[variable][:50].rstrip() == beginning(label)
        assert in_stata.column_names_to_labels[variable][:50].rstrip() == beginning(label)
        told = {float(value): text for value, text in zip(own["value"], own["label"], strict=True)}
        held = in_spss.variable_value_labels.get(variable, {})
        assert {value: beginning(text) for value, text in held.items()} == {
            value: beginning(text.removeprefix("'")) for value, text in told.items()
        }


def beginning(text):
    """What no program cuts of a label."""
    return " ".join(text.split())[:50].rstrip()


def as_written(cell, kind):
    """A cell of SPSS or Stata as the CSV has it."""
    if cell is None or cell != cell:
        return ""
    if kind == "date":
        return cell.isoformat()
    return cell if isinstance(cell, str) else repr(float(cell)).removesuffix(".0")


def test_labels_codes_and_missing_values_stand_in_the_files(odd):
    _, folder = odd
    _, spss = pyreadstat.read_sav(folder / "rispondenti.sav", user_missing=True)
    _, stata = pyreadstat.read_dta(folder / "rispondenti.dta", user_missing=True)
    assert spss.file_label == "Città, però: «è così»: rispondenti"
    assert spss.column_names_to_labels["t_Personale_2"].startswith(
        "Ne parla: Personale: la qualità è ciò che più manca"
    )
    assert spss.column_names_to_labels["Q3_a"].startswith("Rifiuti – Quanto è d'accordo")
    assert len(spss.column_names_to_labels["Q1_2"].encode()) <= 255 < len(LONG.encode())
    assert len(stata.column_names_to_labels["Q1_2"]) == 80
    assert spss.variable_value_labels["Q1_2"][99] == "Non saprei dire"
    assert len(spss.variable_value_labels["Q1_2"][2].encode()) <= 120 < len(MUCH.encode())
    assert stata.variable_value_labels["Q1_2"][2] == MUCH.strip()
    assert spss.missing_ranges["Q1_2"] == [{"lo": code, "hi": code} for code in (-98.0, -95.0, 99.0)]
    assert spss.missing_ranges["Q2"] == [{"lo": code, "hi": code} for code in (-998.0, -996.0, -995.0)]
    assert stata.missing_user_values["Q2"] == ["b", "d", "e"]
    assert (spss.variable_measure["Q1_2"], spss.variable_measure["Q7"]) == ("ordinal", "nominal")


def test_who_was_not_interviewed_or_not_asked_is_told_apart(odd):
    _, folder = odd
    people = pd.read_csv(folder / "rispondenti.csv", index_col="respondent")
    assert people.loc["S14", "interviewed"] == 0
    assert people.filter(regex="^[tnw]_").loc["S14"].isna().all()
    assert people.loc["S14", "Q7"] == 20
    assert people.loc["S04", ["Q1_2", "Q3_a", "Q4", "Q7", "Q6_r"]].tolist() == [-95] * 5
    assert people.loc["S04", "Q2"] == -995 and people.loc["S01", "Q2"] == -99  # which is an answer here


def test_codings_say_which_theme_where_by_whom(odd):
    run, folder = odd
    codings = pd.read_csv(folder / "codifiche.csv", index_col="coding")
    assert len(codings) == len(run.results.codings)
    coding = codings.loc["S02:0002/Personale"]
    assert (coding["theme"], coding["theme_code"], coding["coder"], coding["how"]) == (2, "Personale", "anna", 5)
    assert coding["eta"] == 31 and coding["file"] == "transcripts/S02.txt"
    source = (folder.parent / "transcripts" / "S02.txt").read_text(encoding="utf-8")
    assert source[coding["start"] : coding["end"]] == coding["evidence"]
    segments = pd.read_csv(folder / "segmenti.csv", index_col="segment")
    assert segments.loc["S02:0002", ["f_Personale_2", "h_Personale_2"]].tolist() == [1, 1]


def test_the_same_study_gives_the_same_bytes(odd, tmp_path):
    run, folder = odd
    write_statistics(read_study(folder.parent), run.results, tmp_path, "it")
    for file in sorted(tmp_path.iterdir()):
        assert file.read_bytes() == (folder / file.name).read_bytes(), file.name
    for level in LEVELS:
        for read, ending in ((pyreadstat.read_sav, "sav"), (pyreadstat.read_dta, "dta")):
            _, meta = read(folder / f"{level}.{ending}", metadataonly=True)
            assert meta.creation_time == datetime(2000, 1, 1)


def test_an_english_report_has_english_labels(odd, tmp_path):
    run, folder = odd
    write_statistics(read_study(folder.parent), run.results, tmp_path, "en")
    _, spss = pyreadstat.read_sav(tmp_path / "rispondenti.sav")
    assert spss.column_names_to_labels["t_con"] == "Mentions: Con"
    assert spss.variable_value_labels["Q4"] == {
        1: "Sì",
        2: "No",
        -99: "don't know",
        -98: "no answer",
        -95: "no questionnaire",
    }
