"""How often the tests reject and the intervals hold when the truth is known, on simulated data alone; fixed seeds.

`make simulate` writes its tables into docs/statistics.md, `make simulate SECTION=corrected` (or tests) one of its two
sections. Nothing of it comes from a study.
"""

import math
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nlp.measures import association
from tests.simulations import corrected, draws
from tests.simulations.draws import Sample

SIZES = (12, 25, 100)
RUNS = 1000
FEWER = 400
PLAIN = (
    "Fisher",
    "Kendall",
    "McNemar",
    "Wilson",
    "Median",
    "Share",
    "Agreement",
)  # draw nothing, so that RUNS are cheap
RESAMPLES = 399  # of the study's 4999: the same law, a tenth of the time
DOCS = Path(__file__).parents[2] / "docs" / "statistics.md"
BEGIN = "<!-- make simulate: begin -->"
END = "<!-- make simulate: end -->"

ALIKE = np.outer([0.6, 0.4], [0.4, 0.3, 0.3])
APART = np.array([[0.32, 0.16, 0.08], [0.08, 0.14, 0.22]])
SPLIT = np.array([[0.38, 0.19, 0.02], [0.02, 0.11, 0.28]])
ALIKE_LARGE = np.outer([0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.3])
APART_LARGE = np.array([[0.27, 0.08, 0.05], [0.08, 0.14, 0.08], [0.03, 0.06, 0.11], [0.02, 0.02, 0.06]])


class Case(NamedTuple):
    """A method and the truth under which it is tried; `draw` makes a sample of n."""

    method: str
    truth: str
    draw: Callable[[np.random.Generator, int], Sample]

    @property
    def runs(self) -> int:
        """How many samples a cell."""
        return RUNS if self.method.startswith(PLAIN) else FEWER


class Shares(NamedTuple):
    """Share of p < .05, of intervals that hold the truth (NaN: the method has none), of samples that gave a result."""

    rejected: float
    covered: float
    computed: float


def _text(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".")


CASES: tuple[Case, ...] = (
    Case("Fisher exact; exact odds ratio", "none", partial(draws.fisher, ratio=1.0)),
    Case("Fisher exact; exact odds ratio", "odds ratio 4", partial(draws.fisher, ratio=4.0)),
    Case("Freeman-Halton; Cramér's V (2 x 3)", "none", partial(draws.freeman_halton, cells=ALIKE)),
    *(
        Case(f"Freeman-Halton; Cramér's V ({size})", f"V = {_text(draws.cramer(cells))}",
             partial(draws.freeman_halton, cells=cells))
        for size, cells in (("2 x 3", APART), ("2 x 3", SPLIT), ("4 x 3", APART_LARGE))
    ),
    Case("Freeman-Halton; Cramér's V (4 x 3)", "none", partial(draws.freeman_halton, cells=ALIKE_LARGE)),
    Case("Mann-Whitney; Cliff's delta (scale)", "none", partial(draws.mann_whitney, shift=0.0)),
    Case("Mann-Whitney; Cliff's delta (scale)", f"delta = {_text(draws.scale_delta(0.8))}",
         partial(draws.mann_whitney, shift=0.8)),
    Case("Mann-Whitney; Cliff's delta (share of words)", "none", partial(draws.shares_by_tick, silent=0.0)),
    Case("Mann-Whitney; Cliff's delta (share of words)", f"delta = {_text(draws.silent_delta(0.2))}",
         partial(draws.shares_by_tick, silent=0.2)),
    Case("Kruskal-Wallis; epsilon squared (scale)", "none", partial(draws.kruskal_wallis, shift=0.0)),
    *(
        Case("Kruskal-Wallis; epsilon squared (scale)", f"epsilon squared = {_text(draws.scale_epsilon(shift))}",
             partial(draws.kruskal_wallis, shift=shift))
        for shift in (0.6, 1.5)
    ),
    Case("Kruskal-Wallis; epsilon squared (share of words)", "none", draws.kruskal_shares),
    *(
        Case("Spearman (no ties)", f"rho = {_text(6 / math.pi * math.asin(rho / 2))}" if rho else "none",
             partial(draws.spearman, rho=rho))
        for rho in (0.0, 0.6)
    ),
    *(
        Case("Spearman (scale and share of words)", f"rho = {_text(draws.tied_rho(rho))}" if rho else "none",
             partial(draws.spearman_ties, rho=rho))
        for rho in (0.0, 0.6)
    ),
    *(
        Case(f"Kendall's tau-b ({what})", f"tau-b = {_text(truth)}" if truth else "none", partial(draw, rho=rho))
        for what, draw, rho, truth in (
            ("no ties", draws.kendall, 0.0, 0.0),
            ("no ties", draws.kendall, 0.6, 2 / math.pi * math.asin(0.6)),
            ("scale and share of words", draws.kendall_ties, 0.0, 0.0),
            ("scale and share of words", draws.kendall_ties, 0.6, draws.tied_tau(0.6)),
        )
    ),
    Case("McNemar exact; Newcombe's paired difference", "none", partial(draws.paired, cells=(0.3, 0.2, 0.2, 0.3))),
    Case("McNemar exact; Newcombe's paired difference", "difference .3",
         partial(draws.paired, cells=(0.3, 0.4, 0.1, 0.2))),
    *(Case("Wilson", f"share {_text(share)}", partial(draws.score, share=share)) for share in (0.1, 0.5)),
    *(
        Case("Median share of words", f"median {draws.silent_median(silent):.3f}".replace("0.", "."),
             partial(draws.median_share, silent=silent))
        for silent in (0.0, 0.3)
    ),
    *(
        Case("Share of all segments", f"share {_text(share)}", partial(draws.pooled_share, share=share))
        for share in (0.2, 0.03)
    ),
    *(
        Case(f"Agreement over n interviews: {name}", f"{_text(draws.agreement_truth(measure, often))}",
             partial(draws.agreement, measure=measure, prevalence=often))
        for measure, name in (("alpha", "Krippendorff's alpha"), ("ac1", "AC1"), ("f1", "F1"))
        for often in (0.2, 0.05)
    ),
    *(
        Case("Benjamini-Hochberg, 8 themes by class", f"none; {classes} classes, themes {how}",
             partial(draws.theme_family, classes=classes, alike=alike))
        for classes, how, alike in ((2, "independent", 0.0), (3, "independent", 0.0), (3, "correlated .5", 0.5))
    ),
    Case("Benjamini-Hochberg, a theme's 6 links", "none; items correlated .5",
         partial(draws.link_family, links=(0.5,) * 6)),
)  # fmt: skip


def simulate(case: Case, n: int, runs: int) -> Shares:
    """The shares of `runs` samples of n; the seed is the case's own, so that the order of cases changes nothing."""
    rng = np.random.default_rng([zlib.crc32(f"{case.method}|{case.truth}".encode()), n])
    found = np.array([case.draw(rng, n) for _ in range(runs)])
    tested = found[~np.isnan(found[:, 0]), 0]
    held = found[~np.isnan(found[:, 1])]
    inside = (held[:, 1] <= held[:, 3] + 1e-9) & (held[:, 3] <= held[:, 2] + 1e-9)
    return Shares(
        float((tested < 0.05).mean()) if len(tested) else math.nan,
        float(inside.mean()) if len(held) else math.nan,
        max(len(tested), len(held)) / runs,
    )


def line(case: Case, found: list[Shares]) -> str:
    """The row of a case: the three shares for each n."""
    cells = [
        "" if math.isnan(value) else f"{value:.3f}"
        for name in Shares._fields
        for value in (getattr(each, name) for each in found)
    ]
    return f"| {case.method} | {case.truth} | {' | '.join(cells)} |"


def heading() -> list[str]:
    """The lines above the rows: how many samples, their error, the columns."""
    errors = [math.sqrt(0.05 * 0.95 / runs) for runs in (RUNS, FEWER)]
    names = [f"{name}, n = {n}" for name in ("p < .05", "coverage", "computable") for n in SIZES]
    return [
        f"{RUNS} simulated samples a cell, {FEWER} for methods that resample and for families; Monte Carlo error of "
        f".05 and .95: {errors[0]:.3f} and {errors[1]:.3f}. Bootstraps and permutations of {RESAMPLES} draws.",
        "",
        f"| method | truth | {' | '.join(names)} |",
        "| --- | --- |" + " ---: |" * len(names),
    ]


def write(lines: list[str], path: Path = DOCS, begin: str = BEGIN, end: str = END) -> None:
    """Put the table between its two marks."""
    before, _, rest = path.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    path.write_text("\n".join([before + begin, *lines, end + after]), encoding="utf-8")


def simulate_tests() -> None:
    """Print each row as it is found, then write all of them."""
    association.RESAMPLES = RESAMPLES
    lines = heading()
    print("\n".join(lines), flush=True)
    for case in CASES:
        lines.append(line(case, [simulate(case, n, case.runs) for n in SIZES]))
        print(lines[-1], flush=True)
    write(lines)


def simulate_corrected() -> None:
    """The figures that are corrected for what a machine coded: every cell, and the tables of the docs."""
    association.RESAMPLES = corrected.RESAMPLES
    association.MOST_LISTED = corrected.MOST_LISTED
    cells = []
    for cell in corrected.simulate_cells():
        cells.append(cell)
        print(*cell, sep="\t", flush=True)
    corrected.write_cells(cells)
    write(corrected.summary(cells), DOCS, corrected.BEGIN, corrected.END)


SECTIONS = {"tests": simulate_tests, "corrected": simulate_corrected}


def main(names: Sequence[str]) -> None:
    """Simulate these sections, all without names."""
    for name in names or SECTIONS:
        start = time.monotonic()
        SECTIONS[name]()
        print(f"{name}: {(time.monotonic() - start) / 60:.0f} minutes")


if __name__ == "__main__":
    main(sys.argv[1:])
