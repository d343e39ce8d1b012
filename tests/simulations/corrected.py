"""How often corrected figures hold although a simulated machine coded, and how often the machine's own do.

Room tests. Every cell is a row of corrected.tsv; docs/statistics.md has what the six machines have in common.
"""

import csv
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.simulations.coded_interviews import ALONE, Machine, Trial, try_difference, try_figures, try_respondents

RESPONDENTS = (12, 25, 100)
READ = (0.05, 0.1, 0.2, 0.4)
MACHINES = tuple(
    Machine(sensitivity, specificity, worse)
    for worse, specificity, sensitivity in product((False, True), (0.9, 0.97), (0.5, 0.7, 0.9))
)
RUNS = 200
RESAMPLES = 199
MOST_LISTED = 1000
CELLS = Path(__file__).with_name("corrected.tsv")
BEGIN = "<!-- make simulate, corrected figures: begin -->"
END = "<!-- make simulate, corrected figures: end -->"
NOTHING_TO_FIND = ("difference of two groups", "three groups", "slope on the ranks of an answer")
APART = "difference of two groups, .2 apart"


class Cell(NamedTuple):
    """What happened in RUNS samples; read is the share read, 0 where the machine's figure was taken for the truth.

    computed: share of samples that gave a figure; covered: of these, whose interval held the truth; rejected: p < .05;
    width: of the intervals, on average
    """

    figure: str
    sensitivity: float
    specificity: float
    worse: bool
    respondents: int
    read: float
    computed: float
    covered: float
    rejected: float
    width: float


def simulate_cells(runs: int = RUNS) -> Iterator[Cell]:
    """Every machine with every number of respondents and share read; the figures of each."""
    for machine, respondents, read in product(MACHINES, RESPONDENTS, (None, *READ)):
        yield from simulate_cell(machine, respondents, read, runs)


def simulate_cell(machine: Machine, respondents: int, read: float | None, runs: int) -> list[Cell]:
    """The cells of one machine; the seed is their own, so that what ran before changes nothing."""
    rng = np.random.default_rng(zlib.crc32(f"{machine}|{respondents}|{read}".encode()))
    trials: dict[str, list[Trial]] = {}
    for _ in range(runs):
        for study in (try_figures, try_respondents, try_difference):
            for trial in study(rng, respondents, machine, read):
                trials.setdefault(trial.figure, []).append(trial)
    return [Cell(figure, *machine, respondents, read or 0.0, *_outcome(tried)) for figure, tried in trials.items()]


def _outcome(trials: list[Trial]) -> tuple[float, float, float, float]:
    given = [trial for trial in trials if not trial.estimate.reason]
    held = [trial.estimate.low <= trial.truth <= trial.estimate.high for trial in given if not math.isnan(trial.truth)]
    tested = [trial.estimate.p < 0.05 for trial in given if not math.isnan(trial.estimate.p)]
    wide = [trial.estimate.high - trial.estimate.low for trial in given if not math.isnan(trial.truth)]
    return len(given) / len(trials), _mean(held), _mean(tested), _mean(wide)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


def write_cells(cells: Iterable[Cell], path: Path = CELLS) -> None:
    """The cells as a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(Cell._fields)
        for cell in cells:
            writer.writerow([*cell[:6], *map("{:.4f}".format, cell[6:])])


def read_cells(path: Path = CELLS) -> list[Cell]:
    """The cells that were written."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [_cell_of(row) for row in rows]


def _cell_of(row: dict[str, str]) -> Cell:
    figure, sensitivity, specificity, worse, respondents, *shares = row.values()
    return Cell(figure, float(sensitivity), float(specificity), worse == "True", int(respondents), *map(float, shares))


def summary(cells: list[Cell]) -> list[str]:
    """The tables of docs/statistics.md: six machines put together, the mean with the lowest and highest of them."""
    figures = tuple(dict.fromkeys(cell.figure for cell in cells))
    estimated = tuple(figure for figure in figures if figure != "three groups")
    return [
        f"{RUNS} simulated samples a cell. Six machines a row (sensitivity .5, .7, .9; specificity .90, .97): their "
        f"mean, in brackets the lowest and highest. Monte Carlo error of one machine {_error(RUNS)}, of the mean "
        f"{_error(6 * RUNS)}. Tests of {RESAMPLES} draws. -: no figure in nine of ten samples or more.",
        *("", "### Intervals: share that holds the truth", "", *_table(cells, "covered", estimated)),
        *("", "### Tests: p < .05 where there is nothing to find", "", *_table(cells, "rejected", NOTHING_TO_FIND)),
        *("", "### Tests: p < .05 where shares are .1 and .3", "", *_table(cells, "rejected", (APART,))),
        *("", "### Width of the interval of the share of segments", ""),
        *_table(cells, "width", ("share of segments", ALONE)),
        *("", "### Share of samples that give a figure, where some do not", "", *_table(cells, "computed", figures)),
    ]


def _error(runs: int) -> str:
    return f"{math.sqrt(0.05 * 0.95 / runs):.3f}"[1:]


def _table(cells: list[Cell], what: str, figures: Sequence[str]) -> list[str]:
    heads = [f"{read:.0%} read" for read in READ]
    lines = [f"| figure | machine | n | {' | '.join(heads)} | machine alone |", "| --- | --- | ---: |" + " ---: |" * 5]
    for figure, worse, respondents in product(figures, (False, True), RESPONDENTS):
        row = [cell for cell in cells if (cell.figure, cell.worse, cell.respondents) == (figure, worse, respondents)]
        if what == "computed" and min(cell.computed for cell in row) > 0.995:
            continue
        by_read = {read: [] for read in (*READ, 0.0)}
        for cell in row:
            by_read[cell.read].append(cell)
        texts = [_text(machines, what) for machines in by_read.values()]
        errs = "worse for one group" if worse else "alike for all"
        lines.append(f"| {figure} | {errs} | {respondents} | {' | '.join(texts)} |")
    return lines


def _text(cells: list[Cell], what: str) -> str:
    known = [float(getattr(cell, what)) for cell in cells if what == "computed" or cell.computed > 0.1]
    if not known:
        return "-"
    middle, lowest, highest = (f"{value:.3f}".replace("0.", ".") for value in (_mean(known), min(known), max(known)))
    return middle if lowest == highest else f"{middle} ({lowest} to {highest})"
