"""Whether plans of agreement hold, and which test tells a guessing machine, on simulated data alone; fixed seeds.

`python -m tests.simulations.plans` prints the two tables of docs/statistics.md. Nothing of it comes from a study.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from nlp.measures.agreement_measures import group_sums, pair_measures
from nlp.measures.agreement_plan import plan_of_sums, shift_test

RUNS = 200
SEGMENTS = 25  # of an interview
FALSE = 0.02  # a coder gives the theme in two of a hundred segments where it is not
PLENTY = 1_000_000
CAN_READ = 100_000


class Population(NamedTuple):
    """Two coders who see the theme, which is in `prevalence` of the segments, with probability Beta(`seen`, `missed`),
    the same for both in an interview."""

    prevalence: float
    seen: float
    missed: float

    def draw(self, rng: np.random.Generator, interviews: int) -> np.ndarray:
        """The sums of nlp.measures.agreement_measures.GROUP a unit, added up by interview: (interviews, 6)."""
        often = rng.beta(8 * self.prevalence, 8 * (1 - self.prevalence), interviews)
        present = rng.random((interviews, SEGMENTS)) < often[:, None]
        sensitivity = rng.beta(self.seen, self.missed, interviews)[:, None]
        given = np.where(present, sensitivity, FALSE)
        ones = sum((rng.random(present.shape) < given).astype(float) for _ in range(2))
        return group_sums(ones.ravel(), np.full(ones.size, 2.0)).reshape(interviews, SEGMENTS, -1).sum(axis=1)

    @property
    def alpha(self) -> float:
        """Krippendorff's alpha of the population, from its four cells."""
        total = self.seen + self.missed
        mean = self.seen / total
        square = mean * (self.seen + 1) / (total + 1)
        present = np.array([square, mean - square, mean - square, 1 - 2 * mean + square])
        absent = np.array([FALSE**2, FALSE * (1 - FALSE), FALSE * (1 - FALSE), (1 - FALSE) ** 2])
        return float(pair_measures((self.prevalence * present + (1 - self.prevalence) * absent) * 1e9)["alpha"])


POPULATIONS = (
    Population(0.2, 60, 1),
    Population(0.2, 16, 1),
    Population(0.2, 9.5, 1),
    Population(0.2, 8, 2),
)
PILOTS = (6, 12, 25)


def follow_plan(rng: np.random.Generator, population: Population, pilot: int) -> tuple[str, float, float, bool]:
    """Verdict of a pilot of so many interviews, segments more, chance, and whether alpha is shown after these."""
    read = population.draw(rng, pilot)
    plan = plan_of_sums(read, CAN_READ)
    if plan.verdict != "read" or plan.more is None:
        return plan.verdict or "none", np.nan, np.nan, plan.verdict == "shown"
    more = population.draw(rng, round(plan.more / SEGMENTS))
    after = plan_of_sums(np.concatenate([read, more]), CAN_READ)
    return plan.verdict, plan.more, plan.chance, after.verdict == "shown"


def plan_lines(runs: int = RUNS) -> Iterator[str]:
    """The rows of the table of plans."""
    for population in POPULATIONS:
        for pilot in PILOTS:
            rng = np.random.default_rng([pilot, round(1e4 * population.alpha)])
            drawn = pd.DataFrame(
                [follow_plan(rng, population, pilot) for _ in range(runs)],
                columns=["verdict", "more", "chance", "shown"],
            )
            planned = drawn[drawn["verdict"] == "read"]
            shares = [(drawn["verdict"] == name).mean() for name in ("shown", "read", "below", "give up")]
            cells = [f"{share:.2f}" for share in shares]
            figures = (planned["more"].median(), planned["chance"].mean(), planned["shown"].mean())
            formats = (".0f", ".2f", ".2f")
            cells += [format(figure, how) if len(planned) else "" for figure, how in zip(figures, formats, strict=True)]
            yield f"| {population.alpha:.2f}, theme in {population.prevalence:.0%} | {pilot} | {' | '.join(cells)} |"


def runs_of(rng: np.random.Generator, length: int, share: float, stays: float) -> np.ndarray:
    """A theme (length, 1) that comes in runs: it goes on with probability `stays`."""
    begins = share * (1 - stays) / (1 - share)
    talk = np.zeros((length, 1), dtype=int)
    talk[0] = rng.random() < share
    for place in range(1, length):
        talk[place] = rng.random() < (stays if talk[place - 1] else begins)
    return talk


def guess(rng: np.random.Generator, interviews: int, stays: float, hit: float) -> tuple[float, float]:
    """p of the shifts, and of shuffling segments, for a machine that guesses and sees the theme in `hit` of it."""
    people = [runs_of(rng, SEGMENTS, 0.15, stays) for _ in range(interviews)]
    machine = [runs_of(rng, SEGMENTS, 0.15, stays) for _ in range(interviews)]
    machine = [np.where(rng.random(one.shape) < hit, other, one) for one, other in zip(machine, people, strict=True)]
    owner = np.repeat(np.arange(interviews), SEGMENTS)
    shifted = shift_test(np.concatenate(people), np.concatenate(machine), owner)[2]
    return shifted, _shuffle_p(people, machine)


def _shuffle_p(people: list[np.ndarray], machine: list[np.ndarray]) -> float:
    """The exact p when segments of an interview are exchanged freely: hypergeometric laws, convolved."""
    law = np.ones(1)
    both = 0
    for one, other in zip(people, machine, strict=True):
        law = np.convolve(law, stats.hypergeom(len(one), one.sum(), other.sum()).pmf(np.arange(one.sum() + 1)))
        both += int((one * other).sum())
    return float(law[both:].sum())


def guess_lines(runs: int = RUNS) -> Iterator[str]:
    """The rows of the table of tests against chance."""
    for stays, hit in ((0.15, 0.0), (0.5, 0.0), (0.7, 0.0), (0.5, 0.2), (0.5, 0.5)):
        cells = []
        for interviews in (5, 12, 25):
            rng = np.random.default_rng([interviews, round(100 * stays), round(100 * hit)])
            found = np.array([guess(rng, interviews, stays, hit) for _ in range(runs)])
            cells += [f"{share:.3f}" for share in (found < 0.05).mean(axis=0)]
        yield f"| {stays} | {hit} | {' | '.join(cells)} |"


def main() -> None:
    """Print both tables."""
    tables: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("| alpha | interviews read | shown | read on | below | give up | more segments (median) | chance told "
         "| came true |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", plan_lines),
        ("| runs | seen | n = 5, shifts | shuffles | n = 12, shifts | shuffles | n = 25, shifts | shuffles |"
         "\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", guess_lines),
    )  # fmt: skip
    for heading, lines in tables:
        print(heading, flush=True)
        for line in lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()
