"""All of ParlaTO, 31 real interviews, from the ELAN files to tables against the participants' metadata."""

import csv
import json

import pytest

from tests.acceptance.parlato import ABSENT, DATA, ITEMS, write_study
from tests.acceptance.trama_command import trama


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    if not (DATA / "eaf").is_dir():
        pytest.skip(ABSENT)
    scratch = tmp_path_factory.mktemp("parlato")
    study = scratch / "studio"
    write_study(DATA, study)
    finished = trama("run", study, scratch=scratch)
    assert finished.returncode == 0, finished.stderr
    return study / "runs" / "latest"


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_all_interviews_are_segmented_coded_and_modelled(run):
    counts = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert counts["transcripts"] == 31
    assert counts["segments"] > 20_000
    assert counts["codings"] > 1_000
    assert counts["topics"] > 5


def test_themes_of_city_life_stand_against_what_is_known_of_the_participants(run):
    linked = _rows(run / "tabelle" / "temi_domande.csv")
    assert {row["row"].split("|")[1] for row in linked} == {item for item, *_ in ITEMS}
    prevalence = _rows(run / "tabelle" / "temi.csv")
    assert len(prevalence) == 15
    assert all(0 <= int(row["Ne parlano"]) <= 38 for row in prevalence)


def test_every_cell_of_the_theme_table_has_its_quotations(run):
    codings = {row["row"] for row in _rows(run / "tabelle" / "codifiche.csv")}
    trail = [row for row in _rows(run / "tabelle" / "temi.citazioni.csv") if row["coding"]]
    assert trail
    assert {row["coding"] for row in trail} <= codings
