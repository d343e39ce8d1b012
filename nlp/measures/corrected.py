"""Figures that hold although a machine coded: its codings everywhere, corrected by what people read of a known sample.

Room nlp; arrays in, one record out, never a frame. Everywhere `machine` (n,) is what the machine says of each segment,
`people` (n,) what people say of those of the sample that they read, NaN elsewhere, `probability` (n,) the chance with
which a segment came into the sample (looked at where it was read), `person` (n,) whose segment it is. Every segment
must have had a chance.

The estimate is the mean of the machine everywhere plus the mean error of the machine in the sample, each segment
weighed by one over its probability (Horvitz & Thompson 1952, over the sum of the weights: Hájek 1971), and of the
machine as much is taken, none to all, as makes it most precise: prediction-powered inference with power tuning (PPI++:
Angelopoulos, Duchi & Zrnic 2023), in its design-based form also known from Egami, Hinck, Stewart & Wei 2023. It is
right on average whatever the machine does and for whomever it errs; where all was read it is the figure of the people.

Respondents are the units that were drawn: variances leave one of them out at a time, tuning anew each time (jackknife:
Tukey 1958), t has one degree of freedom less than respondents of whom something was read, shares the logit scale.
`make simulate` shows how often they hold (docs/statistics.md).
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from nlp.measures.intervals import share_interval
from nlp.measures.prediction_powered import (
    Sample,
    groups_p,
    mean,
    moments,
    power,
    sample_of,
    slope,
    slope_p,
    unseen_variance,
    without_machine,
)

NAN = float("nan")
FEWEST_READERS = 3  # respondents of whom something was read
_ALIKE = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A corrected figure with its 95 % interval; NaN, and `reason` a key of nlp.measures.reasons, when there is none.

    p: of no association, where one is tested; read: how many segments (or respondents) people read in the sample;
    people: the same figure from what they read alone, without the machine.
    """

    value: float = NAN
    low: float = NAN
    high: float = NAN
    p: float = NAN
    reason: str = ""
    read: int = 0
    people: float = NAN


@dataclass(frozen=True, slots=True)
class Comparison:
    """The corrected share of each group of respondents, in the order asked for.

    difference: of two, the last share less the first, with its p; of more p alone.
    """

    shares: tuple[Estimate, ...]
    difference: Estimate


class Respondents(NamedTuple):
    """One row a respondent: whether the machine and people find the theme in anything that was said."""

    machine: NDArray
    people: NDArray  # NaN for who was not read
    probability: NDArray
    person: NDArray


def corrected_share(
    machine: ArrayLike, people: ArrayLike, probability: ArrayLike, person: ArrayLike, weight: ArrayLike | None = None
) -> Estimate:
    """The share of segments with a theme; with their words as `weight` (n,) the share of words."""
    sample = sample_of(machine, people, probability, person, weight)
    return _share(sample, _unusable(sample))


def corrected_respondents(machine: ArrayLike, people: ArrayLike, probability: ArrayLike, person: ArrayLike) -> Estimate:
    """The share of respondents who speak of a theme at all; "segments only" unless whole ones were drawn and read."""
    persons = by_respondent(machine, people, probability, person)
    if np.isnan(persons.people).all() and not np.isnan(np.asarray(people, dtype=float)).all():
        return Estimate(reason="segments only")
    return corrected_share(*persons)


def by_respondent(machine: ArrayLike, people: ArrayLike, probability: ArrayLike, person: ArrayLike) -> Respondents:
    """Segments put together by respondent: who speaks of the theme at all.

    That nobody found the theme in some of a respondent's segments does not tell that it is in none of the others, and
    who was read whole by chance, segments being drawn, had little to say: when anybody was read in part, nobody counts
    as read.
    """
    persons, codes = np.unique(np.asarray(person), return_inverse=True)
    size = len(persons)
    by_people = np.asarray(people, dtype=float)
    read = np.bincount(codes, ~np.isnan(by_people), size)
    whole = read == np.bincount(codes, minlength=size)
    known = whole & bool((whole | (read == 0)).all())
    said = np.bincount(codes, np.nan_to_num(by_people), size) > 0
    coded = np.bincount(codes, np.asarray(machine, dtype=float), size) > 0
    chances = np.full(size, NAN)
    np.fmin.at(chances, codes, np.asarray(probability, dtype=float))
    return Respondents(coded.astype(float), np.where(known, said.astype(float), NAN), chances, persons)


def corrected_mean(
    machine: ArrayLike, people: ArrayLike, read: ArrayLike, probability: ArrayLike, person: ArrayLike
) -> Estimate:
    """The mean of what only some segments have: the share of criticisms (1, else 0) among a theme's judged passages.

    `machine` and `people` (n,) are 0 to 1, NaN where they find nothing to judge; `read` (n,) tells what people read.
    The total of the values and the number of segments that have one are corrected each.
    """
    read_by_people = np.asarray(read, dtype=bool)
    values = np.asarray(machine, dtype=float)
    given = np.asarray(people, dtype=float)
    there = np.where(read_by_people, (~np.isnan(given)).astype(float), NAN)
    whole = sample_of((~np.isnan(values)).astype(float), there, probability, person)
    part = sample_of(np.nan_to_num(values), np.where(read_by_people, np.nan_to_num(given), NAN), probability, person)
    among_read = part.of_people / whole.of_people if whole.read and whole.of_people else NAN
    if reason := _too_few(whole) or ("absent from sample" if math.isnan(among_read) else ""):
        return Estimate(reason=reason, read=whole.read)
    above = moments(part)
    below = moments(whole)
    segments = mean(np.vstack([below.sum(axis=0), below.sum(axis=0) - below]))
    if np.any(segments < _ALIKE):
        return Estimate(reason="undefined", read=part.read, people=among_read)
    ratios = mean(np.vstack([above.sum(axis=0), above.sum(axis=0) - above])) / segments
    return _estimate(part, float(ratios[0]), _variance(ratios[1:]), among_read)


def compare_shares(
    machine: ArrayLike,
    people: ArrayLike,
    probability: ArrayLike,
    person: ArrayLike,
    group: ArrayLike,
    order: tuple[Hashable, ...],
    seed: int,
    weight: ArrayLike | None = None,
) -> Comparison:
    """Shares of two or more groups of respondents, their difference, and the test that there is none.

    `group` (n,) has the group of each segment's respondent, `order` the groups; the segments of others count for
    nothing. Each group is corrected by what was read in it, so that a machine that errs more there makes no difference.
    The difference has Welch's interval, the test is nlp.measures.prediction_powered.groups_p.
    """
    labels = np.asarray(group)
    numbers = np.full(len(labels), -1)
    for number, label in enumerate(order):
        numbers[labels == label] = number
    sample = sample_of(machine, people, probability, person, weight, kept=numbers >= 0)
    of_person = sample.once_each(numbers[numbers >= 0])
    parts = [sample.of_persons(of_person == number) for number in range(len(order))]
    reasons = [_unusable(part) for part in parts]
    missing = "one group" if len(order) < 2 else next(filter(None, reasons), "")
    if missing:
        shares = tuple(_share(part, reason) for part, reason in zip(parts, reasons, strict=True))
        return Comparison(shares, Estimate(reason=missing, read=sample.read))
    sums = moments(sample)
    every = sums.sum(axis=0)
    totals = np.stack([sums[of_person == number].sum(axis=0) for number in range(len(order))])
    values = mean(totals, power(every))
    left_out = mean(totals[of_person] - sums, power(every - sums))  # a respondent's own group, without that respondent
    variances = [_share_variance(part, left_out[of_person == number]) for number, part in enumerate(parts)]
    shares = tuple(map(_estimate, parts, values.tolist(), variances))
    p = groups_p(sums, of_person, seed)
    if len(order) > 2:
        return Comparison(shares, Estimate(p=p, read=sample.read))
    return Comparison(shares, _difference(parts, values, np.array(variances), p))


def corrected_slope(
    machine: ArrayLike,
    people: ArrayLike,
    probability: ArrayLike,
    person: ArrayLike,
    answer: ArrayLike,
    seed: int,
    *,
    ranks: bool,
    weight: ArrayLike | None = None,
) -> Estimate:
    """By how much the share of segments with a theme changes with an answer, and the test that it does not.

    `answer` (n,) is the number that a segment's respondent answered, NaN where there is none. By one unit of it or,
    with `ranks`, from its lowest to its highest rank. Not a rank correlation of shares: where little was read they are
    noisy, which draws a correlation to 0 and leaves a slope where it is. Jackknife over respondents, t with two degrees
    of freedom less than respondents read; the test is nlp.measures.prediction_powered.slope_p.
    """
    answers = np.asarray(answer, dtype=float)
    known = ~np.isnan(answers)
    sample = sample_of(machine, people, probability, person, weight, kept=known)
    x = sample.once_each(answers[known])
    if reason := _unusable(sample) or ("constant" if np.ptp(x) < _ALIKE else ""):
        return Estimate(reason=reason, read=sample.read)
    if ranks:
        x = stats.rankdata(x)
        x = (x - x.min()) / np.ptp(x)
    sums = moments(sample)
    every = sums.sum(axis=0)
    everybody = np.ones((1, len(x)))
    alone = float(slope(without_machine(sums), x, without_machine(every)[None], everybody)[0])
    left = slope(sums, x, every - sums, everybody - np.eye(len(x)))
    if not np.isfinite(left).all():
        return Estimate(reason="one person", read=sample.read, people=alone)
    value = float(slope(sums, x, every[None], everybody)[0])
    half = float(special.stdtrit(sample.readers - 2, 0.975)) * math.sqrt(_variance(left))
    return Estimate(value, value - half, value + half, slope_p(sums, x, seed), "", sample.read, alone)


def _too_few(sample: Sample) -> str:
    if not sample.read:
        return "sample unread"
    return "few read" if sample.readers < FEWEST_READERS else ""


def _unusable(sample: Sample) -> str:
    """Why nothing can be said from a sample, a key of nlp.measures.reasons; "" where something can."""
    found = sample.people[sample.is_read]
    if reason := _too_few(sample):
        return reason
    if sample.is_read.all() or found.min() < found.max():
        return ""
    return "everywhere in sample" if found.any() else "absent from sample"


def _share(sample: Sample, reason: str) -> Estimate:
    if reason:
        return Estimate(reason=reason, read=sample.read, people=sample.of_people)
    sums = moments(sample)
    totals = sums.sum(axis=0)
    return _estimate(sample, float(mean(totals)), _share_variance(sample, mean(totals - sums)))


def _estimate(sample: Sample, value: float, variance: float, people: float = NAN) -> Estimate:
    """A share with its variance; `people`: the same from what they read, the share of the sample when not told."""
    alone = sample.of_people if math.isnan(people) else people
    error = math.sqrt(variance)
    if error < _ALIKE:  # nothing varies: known where all was read, else not to be believed
        shown = value if sample.is_read.all() else NAN
        return Estimate(shown, reason="constant", read=sample.read, people=alone)
    low, high = share_interval(value, error, sample.readers - 1)
    return Estimate(min(max(value, 0.0), 1.0), low, high, NAN, "", sample.read, alone)


def _difference(parts: list[Sample], values: NDArray, variances: NDArray, p: float) -> Estimate:
    """The second group less the first, with Welch's interval."""
    read = sum(part.read for part in parts)
    alone = parts[1].of_people - parts[0].of_people
    if variances.sum() < _ALIKE**2:
        return Estimate(reason="constant", read=read, people=alone)
    less = np.array([part.readers - 1 for part in parts])
    freedom = variances.sum() ** 2 / (variances**2 / less).sum()
    half = float(special.stdtrit(freedom, 0.975)) * math.sqrt(variances.sum())
    value = float(values[1] - values[0])
    return Estimate(value, max(value - half, -1.0), min(value + half, 1.0), p, "", read, alone)


def _share_variance(sample: Sample, left: NDArray) -> float:
    return _variance(left) + unseen_variance(sample)


def _variance(left: NDArray) -> float:
    n = len(left)
    return (n - 1) / n * math.fsum((left - left.mean()) ** 2)
