"""The simulator itself, with few samples, so that it cannot rot: every case runs, and its truths are the truth."""

import math
from functools import partial

import numpy as np
import pytest
from scipy import stats

from nlp.measures import association
from tests.simulations import corrected, draws
from tests.simulations.coded_interviews import Machine, draw_interviews, speaking
from tests.simulations.simulate import BEGIN, CASES, DOCS, END, SIZES, Case, line, simulate, write

BIG = 200_000


@pytest.fixture(autouse=True)
def _few_resamples(monkeypatch):
    monkeypatch.setattr(association, "RESAMPLES", 39)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.method}, {case.truth}")
def test_every_case_gives_shares(case):
    found = simulate(case, 12, 4)
    assert 0 < found.computed <= 1
    assert not (math.isnan(found.rejected) and math.isnan(found.covered))
    for share in found:
        assert math.isnan(share) or 0 <= share <= 1


def test_a_case_gives_the_same_shares_whatever_ran_before():
    first = simulate(CASES[0], 12, 10)
    simulate(CASES[3], 12, 2)
    assert simulate(CASES[0], 12, 10) == first


def test_a_wrong_test_and_a_wrong_interval_are_caught():
    # Samples that always reject and never hold the truth: the shares must say so.
    wrong = Case("wrong", "none", lambda rng, n: draws.Sample(0.01, 1.0, 2.0, 0.0))
    assert simulate(wrong, 12, 5) == (1.0, 0.0, 1.0)
    assert line(wrong, [simulate(wrong, 12, 5)]) == "| wrong | none | 1.000 | 0.000 | 1.000 |"


def test_the_table_is_written_between_its_marks(tmp_path):
    page = tmp_path / "statistics.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(["one", "two"], page)
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\none\ntwo\n{END}\nafter\n"


def test_the_truths_are_those_of_a_very_large_sample():
    rng = np.random.default_rng(1)
    pair = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], BIG)
    shares = np.maximum(pair[:, 1], stats.norm.ppf(0.4))
    assert draws.tied_rho(0.6) == pytest.approx(stats.spearmanr(shares, draws.scale_of(pair[:, 0])).statistic, abs=0.01)
    tau = stats.kendalltau(shares, draws.scale_of(pair[:, 0])).statistic
    assert draws.tied_tau(0.6) == pytest.approx(tau, abs=0.01)
    groups = rng.integers(0, 3, BIG)
    scale = draws.scale_of(rng.normal(size=BIG) + 0.6 * groups)
    h = stats.kruskal(*(scale[groups == group] for group in range(3))).statistic
    assert draws.scale_epsilon(0.6) == pytest.approx(h / (BIG - 1), abs=0.01)
    high = draws.scale_of(rng.normal(size=BIG) + 0.8)
    low = draws.scale_of(rng.normal(size=BIG))
    assert draws.scale_delta(0.8) == pytest.approx(np.sign(high - low).mean(), abs=0.01)
    silent = (rng.random(BIG) >= 0.3) * rng.gamma(2, 0.05, BIG)
    assert draws.silent_median(0.3) == pytest.approx(np.median(silent), abs=0.001)
    for prevalence in (0.2, 0.05):
        sample = partial(draws.agreement, rng, 3000, "alpha", prevalence)()
        assert (
            sample.low < sample.truth + 0.02 and sample.high > sample.truth - 0.02 and sample.high - sample.low < 0.05
        )


def test_the_docs_hold_a_row_for_every_case():
    table = DOCS.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    rows = [tuple(cell.strip() for cell in row.split("|")[1:3]) for row in table.splitlines() if row.startswith("| ")]
    assert rows[2:] == [(case.method, case.truth) for case in CASES]


@pytest.mark.parametrize("case", [case for case in CASES if case.method == "Wilson"], ids=lambda case: case.truth)
def test_the_docs_hold_what_the_script_prints(case):
    # The cheapest cases in full: whoever changes a method or a seed must run `make simulate` again.
    assert line(case, [simulate(case, n, case.runs) for n in SIZES]) in DOCS.read_text(encoding="utf-8")


def test_a_cell_of_corrected_figures_is_the_same_whatever_ran_before():
    machine = Machine(0.7, 0.97, True)
    first = corrected.simulate_cell(machine, 12, 0.2, 3)
    corrected.simulate_cell(machine, 25, 0.1, 1)
    assert str(corrected.simulate_cell(machine, 12, 0.2, 3)) == str(first)
    assert len({cell.figure for cell in first}) == len(first) and all(0 <= cell.computed <= 1 for cell in first)


def test_the_machine_alone_is_far_off_where_it_finds_half_of_the_theme():
    cells = corrected.simulate_cell(Machine(0.5, 0.97, False), 100, None, 5)
    assert {cell.figure: cell.covered for cell in cells}["share of segments"] == 0


def test_the_share_of_respondents_who_speak_is_that_of_a_very_large_sample():
    interviews = draw_interviews(np.random.default_rng(1), 20_000, prevalence=0.03)
    speak = np.bincount(interviews.person, interviews.theme) > 0
    assert speak.mean() == pytest.approx(speaking(), abs=0.01)


def test_the_docs_hold_what_the_cells_say():
    cells = corrected.read_cells()
    assert len(cells) == 12 * 3 * 5 * len({cell.figure for cell in cells})
    assert "\n".join(corrected.summary(cells)) in DOCS.read_text(encoding="utf-8")
