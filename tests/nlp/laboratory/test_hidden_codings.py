"""Most of a study's codings hidden and found again: on a small invented study, with few tries."""

import numpy as np
import pytest

from nlp.laboratory.hidden_codings import ReadWhole, compare, hide_most


@pytest.fixture
def study():
    rng = np.random.default_rng(3)
    people = (rng.random((400, 3)) < [0.3, 0.1, 0.005]).astype(float)
    machine = np.where(rng.random((400, 3)) < 0.5, 0, people)  # it finds half
    return ReadWhole("invented", machine, people, np.arange(400) % 20)


def test_the_corrected_share_is_the_truth_on_average_and_the_machines_is_not(study):
    hidden = hide_most(study, 0.4, times=40).groupby("theme").mean()
    assert hidden.index.tolist() == [0, 1]  # the third is too rare to be tried
    assert hidden["value"].to_numpy() == pytest.approx(hidden["truth"].to_numpy(), abs=0.015)
    assert (hidden["machine"] < 0.7 * hidden["truth"]).all()


def test_all_read_is_the_truth_unless_respondents_are_drawn_anew(study):
    assert hide_most(study, 1.0, times=2)["value"].equals(hide_most(study, 1.0, times=2)["truth"])
    anew = hide_most(study, 1.0, times=20, anew=True)
    assert anew.loc[anew["theme"] == 0, "value"].nunique() > 10


def test_the_row_of_a_study_says_how_far_off_each_figure_is(study):
    row = compare(study, 0.4, times=20)
    assert row["respondents"] == 20 and row["themes"] == 2
    assert row["corrected off by"] < row["read part off by"] < row["machine off by"]
    assert row["holds"] > 0.85
