"""A study with a known sample leaves with chances and corrected counts, and scripts correct it as the tables do."""

import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from outputs.statistics import write_statistics
from outputs.tables.all_tables import build_tables
from outputs.tables.view import make_view
from tests.outputs.statistics.redone import differences
from tests.outputs.statistics.sampled_study import make_sampled_study


@pytest.fixture(scope="module", params=["segment", "respondent"])
def sampled(request, tmp_path_factory):
    """Study, tables and folder of the files."""
    study, results = make_sampled_study(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    write_statistics(study, results, folder, "it")
    return make_view(study, results).sampled, build_tables(study, results), folder


def test_python_corrects_as_the_tables_do(sampled):
    _, tables, folder = sampled
    subprocess.run([sys.executable, "-I", str(folder / "rifai_tabelle.py")], check=True, capture_output=True)
    assert list(differences(tables, folder)) == []


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed here")
def test_r_corrects_as_the_tables_do(sampled):
    _, tables, folder = sampled
    subprocess.run(["Rscript", "--vanilla", str(folder / "rifai_tabelle.R")], check=True, capture_output=True)
    assert list(differences(tables, folder, by_r=True)) == []


def test_chances_and_corrected_counts_stand_in_the_files(sampled):
    known, _, folder = sampled
    segments = pd.read_csv(folder / "segmenti.csv")
    read = ~np.isnan(known.people[:, 0])
    assert segments["p_personale"].notna().tolist() == read.tolist()
    assert segments.loc[read, "p_personale"].isin([0.25, 0.5]).all()
    assert segments["m_personale"].tolist() == known.machine[:, 0].tolist()
    assert segments.loc[read, "h_personale"].tolist() == known.people[read, 0].tolist()
    people = pd.read_csv(folder / "rispondenti.csv")
    errors = (known.people[read, 0] - known.machine[read, 0]) / known.probability[read, 0]
    assert people["c_personale"].sum() == pytest.approx(known.machine[:, 0].sum() + errors.sum())
