"""Simulated interviews that a simulated machine codes and of which people read some: the truth is known. Nothing else.

Room tests: calls the corrected figures of nlp, counts nothing; tests.simulations.corrected repeats and counts.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from scipy import special, stats

from nlp.measures.corrected import (
    Estimate,
    compare_shares,
    corrected_mean,
    corrected_respondents,
    corrected_share,
    corrected_slope,
)

PREVALENCE = 0.2  # of segments, Beta over respondents with an intraclass correlation of .1
RARE = 0.03  # of the theme whose respondents are counted: of the other nearly everybody speaks
CRITICAL = 0.6  # of the segments with the theme
RIGHT_STANCE = 0.85  # of those that the machine gives a stance
SENSITIVITY_LEFT = 0.6  # of the machine's, for the group that it understands less
ALONE = "share of segments, the read part alone"
_SPREAD = 9.0  # a + b of the Beta
_FEWEST = 10  # segments of a respondent
_MORE = (2, 2 / 22)  # a negative binomial of mean 20
_CUTS = (-1.0, -0.3, 0.3, 1.0)


class Machine(NamedTuple):
    """A coder: how much of the theme it finds, how much of the rest it leaves alone, whether it fails one group."""

    sensitivity: float
    specificity: float
    worse: bool


@dataclass(frozen=True)
class Interviews:
    """Segments (n,) of respondents in two groups; arrays of 0 and 1 but for `person`, `words` and `answer` (1 to 5).

    critical counts where the theme is there. The answer goes with the group and not with the theme.
    """

    person: np.ndarray
    group: np.ndarray
    answer: np.ndarray
    words: np.ndarray
    theme: np.ndarray
    critical: np.ndarray


class Trial(NamedTuple):
    """One figure of one sample, and what it should be; NaN where nothing is estimated but p."""

    figure: str
    estimate: Estimate
    truth: float


def draw_interviews(
    rng: np.random.Generator, respondents: int, prevalence: float = PREVALENCE, difference: float = 0.0
) -> Interviews:
    """Respondents of 10 segments and more (30 on average), half in each group, whose shares lie `difference` apart."""
    segments = _FEWEST + rng.negative_binomial(*_MORE, respondents)
    person = np.repeat(np.arange(respondents), segments)
    second = rng.permutation(respondents) < respondents // 2
    expected = prevalence + difference * (second - 0.5)
    share = rng.beta(_SPREAD * expected, _SPREAD * (1 - expected))
    critical = rng.beta(_SPREAD * CRITICAL, _SPREAD * (1 - CRITICAL), respondents)
    answer = 1.0 + np.digitize(rng.normal(size=respondents) + second, _CUTS)
    many = len(person)
    return Interviews(
        person,
        second[person].astype(int),
        answer[person],
        np.ceil(rng.lognormal(3.5, 0.7, many)),
        (rng.random(many) < share[person]).astype(float),
        (rng.random(many) < critical[person]).astype(float),
    )


def code_by_machine(
    rng: np.random.Generator, interviews: Interviews, machine: Machine
) -> tuple[np.ndarray, np.ndarray]:
    """Whether the machine gives the theme (n,), and whether it takes the segment for critical (n,)."""
    fails = machine.worse & (interviews.group == 1)
    sensitivity = np.where(fails, machine.sensitivity * SENSITIVITY_LEFT, machine.sensitivity)
    chance = np.where(interviews.theme == 1, sensitivity, 1 - machine.specificity)
    right = rng.random(len(fails)) < RIGHT_STANCE
    return (rng.random(len(fails)) < chance).astype(float), np.where(
        right, interviews.critical, 1 - interviews.critical
    )


def draw_segments(rng: np.random.Generator, interviews: Interviews, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Which segments people read (n,), drawn at random over all interviews, and with what probability (n,)."""
    many = len(interviews.person)
    read = max(1, round(share * many))
    return rng.permutation(many) < read, np.full(many, read / many)


def draw_by_code(rng: np.random.Generator, coded: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Which segments people read where half of them are drawn from what the machine codes, half from the rest."""
    drawn = np.zeros(len(coded), dtype=bool)
    probability = np.ones(len(coded))
    for code in (0, 1):
        rows = rng.permutation(np.nonzero(coded == code)[0])
        read = min(len(rows), max(1, round(share * len(coded) / 2)))
        drawn[rows[:read]] = True
        probability[rows] = read / max(len(rows), 1)
    return drawn, probability


def draw_respondents(rng: np.random.Generator, interviews: Interviews, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Which segments people read where whole respondents are drawn."""
    respondents = int(interviews.person.max()) + 1
    read = max(1, round(share * respondents))
    chosen = rng.permutation(respondents) < read
    return chosen[interviews.person], np.full(len(interviews.person), read / respondents)


def try_figures(rng: np.random.Generator, respondents: int, machine: Machine, share: float | None) -> list[Trial]:
    """Every figure of one study whose theme has nothing to do with group and answer, a `share` of it read.

    None: nothing is read, and the machine's codings stand for the people's as if all had been: the plain figures.
    """
    interviews = draw_interviews(rng, respondents)
    coded, critical = code_by_machine(rng, interviews, machine)
    person = interviews.person
    seed = int(rng.integers(2**31))
    read, probability = _everything(person) if share is None else draw_segments(rng, interviews, share)
    theme = np.where(read, coded if share is None else interviews.theme, np.nan)
    judged_by_machine = np.where(coded == 1, critical, np.nan)
    judged = judged_by_machine if share is None else np.where(read & (theme == 1), interviews.critical, np.nan)
    arrays = (coded, theme, probability, person)
    by_code, chances = (read, probability) if share is None else draw_by_code(rng, coded, share)
    more = np.where(by_code, coded if share is None else interviews.theme, np.nan)
    return [
        Trial("share of segments", corrected_share(*arrays), PREVALENCE),
        Trial(ALONE, corrected_share(np.zeros(len(coded)), *arrays[1:]), PREVALENCE),
        Trial("share of segments, half of those read coded", corrected_share(coded, more, chances, person), PREVALENCE),
        Trial("share of words", corrected_share(*arrays, interviews.words), PREVALENCE),
        Trial(
            "share of criticisms among the theme's",
            corrected_mean(judged_by_machine, judged, read, probability, person),
            CRITICAL,
        ),
        Trial("difference of two groups", _two(arrays, interviews.group, seed), 0.0),
        Trial("three groups", compare_shares(*arrays, _thirds(interviews), (0, 1, 2), seed).difference, math.nan),
        Trial("slope on the ranks of an answer", corrected_slope(*arrays, interviews.answer, seed, ranks=True), 0.0),
    ]


def try_respondents(rng: np.random.Generator, respondents: int, machine: Machine, share: float | None) -> list[Trial]:
    """How many respondents speak of a rare theme, whole respondents being read."""
    interviews = draw_interviews(rng, respondents, RARE)
    coded, _ = code_by_machine(rng, interviews, machine)
    read, probability = _everything(coded) if share is None else draw_respondents(rng, interviews, share)
    people = np.where(read, coded if share is None else interviews.theme, np.nan)
    found = corrected_respondents(coded, people, probability, interviews.person)
    return [Trial("share of respondents, read whole", found, speaking())]


def try_difference(rng: np.random.Generator, respondents: int, machine: Machine, share: float | None) -> list[Trial]:
    """The difference of two groups whose shares are .2 apart, .1 and .3."""
    interviews = draw_interviews(rng, respondents, difference=0.2)
    coded, _ = code_by_machine(rng, interviews, machine)
    read, probability = _everything(coded) if share is None else draw_segments(rng, interviews, share)
    people = np.where(read, coded if share is None else interviews.theme, np.nan)
    arrays = (coded, people, probability, interviews.person)
    return [Trial("difference of two groups, .2 apart", _two(arrays, interviews.group, int(rng.integers(2**31))), 0.2)]


@cache
def speaking() -> float:
    """The share of respondents who speak of the rare theme at least once: 1 less the Beta-binomial's chance of none."""
    segments = np.arange(_FEWEST, 1000)
    often = stats.nbinom.pmf(segments - _FEWEST, *_MORE)
    of_theme = _SPREAD * RARE
    none = special.beta(of_theme, _SPREAD - of_theme + segments) / special.beta(of_theme, _SPREAD - of_theme)
    return 1 - float(often @ none)


def _thirds(interviews: Interviews) -> np.ndarray:
    """Three groups of equal size: of the first group, of both, of the second."""
    of_person = interviews.group[np.unique(interviews.person, return_index=True)[1]]
    places = np.empty(len(of_person), dtype=int)
    places[np.argsort(of_person, kind="stable")] = np.arange(len(of_person))
    return (places * 3 // len(of_person))[interviews.person]


def _everything(like: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.ones(len(like), dtype=bool), np.ones(len(like))


def _two(arrays: tuple[np.ndarray, ...], group: np.ndarray, seed: int) -> Estimate:
    machine, people, probability, person = arrays
    return compare_shares(machine, people, probability, person, group, (0, 1), seed).difference
