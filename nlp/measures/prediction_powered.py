"""What a machine coded everywhere, put right by what people read of a known sample: sums, means, slopes, tests.

Room nlp; arrays in, arrays out. Every estimate is made of seven sums a respondent (`moments`), so that leaving a
respondent out is one subtraction. nlp.measures.corrected is who calls it, and says what it is good for.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nlp.measures.association import permutation_p

_ALIKE = 1e-12
_HALF = 0.5


class Sample(NamedTuple):
    """Segments as numbers (n,)."""

    machine: NDArray
    people: NDArray  # 0 where not read
    person: NDArray  # from 0 on
    weight: NDArray
    expanded: NDArray  # the weight over the probability, 0 where not read

    @property
    def is_read(self) -> NDArray:
        """Which segments people read (n,)."""
        return self.expanded > 0

    @property
    def read(self) -> int:
        """How many segments people read."""
        return int(self.is_read.sum())

    @property
    def readers(self) -> int:
        """Of how many respondents something was read."""
        return int(np.count_nonzero(np.bincount(self.person, self.is_read)))

    @property
    def of_people(self) -> float:
        """The mean of what people read, without the machine; NaN where they read nothing."""
        total = self.expanded.sum()
        return float(self.expanded @ self.people / total) if total else float("nan")

    def of_persons(self, chosen: NDArray) -> "Sample":
        """The segments of some respondents, `chosen` (respondents,) of bool."""
        rows = chosen[self.person]
        person = np.unique(self.person[rows], return_inverse=True)[1]
        return Sample(self.machine[rows], self.people[rows], person, self.weight[rows], self.expanded[rows])

    def once_each(self, values: NDArray) -> NDArray:
        """What is the same in all segments of a respondent (n,), once a respondent."""
        once = np.empty(self.person.max(initial=-1) + 1, dtype=values.dtype)
        once[self.person] = values
        return once


def sample_of(
    machine: ArrayLike,
    people: ArrayLike,
    probability: ArrayLike,
    person: ArrayLike,
    weight: ArrayLike | None = None,
    kept: NDArray | None = None,
) -> Sample:
    """Arrays (n,) as a Sample, of the segments `kept`; `people` is NaN where not read.

    ValueError when a segment that was read has no probability above 0.
    """
    by_machine = np.asarray(machine, dtype=float)
    by_people = np.asarray(people, dtype=float)
    weights = np.ones(len(by_machine)) if weight is None else np.asarray(weight, dtype=float)
    chosen = np.ones(len(by_machine), dtype=bool) if kept is None else kept
    read = ~np.isnan(by_people) & (weights > 0)
    chances = np.asarray(probability, dtype=float)
    if not np.all(chances[read] > 0):
        raise ValueError("a segment that people read has no probability above 0")
    expanded = np.divide(weights, chances, out=np.zeros(len(weights)), where=read)
    codes = np.unique(np.asarray(person)[chosen], return_inverse=True)[1]
    return Sample(by_machine[chosen], np.nan_to_num(by_people[chosen]), codes, weights[chosen], expanded[chosen])


def moments(sample: Sample) -> NDArray:
    """Sums over each respondent's segments, (respondents, 7).

    Of the weight w and of w f everywhere, f being what the machine says; of v, v y, v f, v f f, v y f in the sample, v
    being the weight over the probability and y what people say.
    """
    f = sample.machine
    y = sample.people
    v = sample.expanded
    columns = (sample.weight, sample.weight * f, v, v * y, v * f, v * f * f, v * y * f)
    return np.stack([np.bincount(sample.person, column) for column in columns], axis=1)


def without_machine(sums: NDArray) -> NDArray:
    """The same sums as if the machine had coded nothing: estimates are then of the people alone."""
    return sums * np.array([1, 0, 1, 1, 0, 0, 0])


def power(totals: NDArray) -> NDArray:
    """How much of the machine is taken for each row of totals (..., 7): 0 to 1.

    What makes the mean most precise: the slope of people on machine in the sample, cut at 0 and 1 (PPI++, section 6).
    """
    v, y, f, ff, yf = np.moveaxis(totals[..., 2:], -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = ff / v - (f / v) ** 2
        slope = (yf / v - y * f / v**2) / variance
    return np.where(variance > _ALIKE, slope.clip(0, 1), 0.0)


def mean(totals: NDArray, taken: NDArray | None = None) -> NDArray:
    """The corrected mean of each row of totals (..., 7), NaN where nothing was read.

    taken: how much of the machine for each row, its power when not told
    """
    much = power(totals) if taken is None else taken
    w, wf, v, y, f = np.moveaxis(totals[..., :5], -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(much * wf / w + (y - much * f) / v)


def unseen_variance(sample: Sample) -> float:
    """What the variance of a share lacks because errors that are rare have not been seen in the sample.

    Where little was read of what the machine left alone, no miss among it may have come up, and each would have weighed
    much. As if half a segment more with the theme and half a one without had been read on each side of the machine
    (Jeffreys 1946), beyond what was. 0 where no respondent's segments had unlike probabilities: there the jackknife
    holds without.
    """
    read = sample.is_read
    person = sample.person[read]
    stands_for = sample.expanded[read] / sample.weight[read]
    of_person = np.bincount(person, stands_for) / np.maximum(np.bincount(person), 1)
    if np.allclose(stands_for, of_person[person]):
        return 0.0
    lacking = 0.0
    for coded in (sample.machine < 0.5, sample.machine >= 0.5):
        part = float(sample.weight[coded].sum() / sample.weight.sum())
        v = sample.expanded[coded & read]
        if len(v):
            n = float(v.sum() ** 2 / (v @ v))
            seen = float(v @ sample.people[coded & read] / v.sum())
            likely = (seen * n + _HALF) / (n + 1)
            lacking += part**2 * max(likely * (1 - likely) - seen * (1 - seen), 0.0) / n
        else:
            lacking += part**2 / 12  # anything from 0 to 1
    return lacking


def contributions(sums: NDArray, totals: NDArray) -> NDArray:
    """How much more than all do each respondent has, as far as is known: (rows of totals, respondents).

    They add up to 0 over the respondents of the totals, and are 0 on average for who is like all, whatever the machine
    makes of that respondent.
    """
    much = power(totals)[:, None]
    w, wf, v, y, f = sums.T[:5]
    all_w, all_wf, all_v, all_y, all_f = (totals[:, column, None] for column in range(5))
    error = (all_y - much * all_f) / all_v
    return np.asarray(much * (wf - all_wf / all_w * w) + all_w / all_v * (y - much * f - error * v))


def slope(sums: NDArray, x: NDArray, totals: NDArray, kept: NDArray) -> NDArray:
    """The slope on x (respondents,) for each row of totals, over the respondents `kept` (rows, respondents; 0 or 1)."""
    weight = kept * sums[:, 0]
    off = x - (weight @ x / weight.sum(axis=1))[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (kept * off * contributions(sums, totals)).sum(axis=1)
        return np.asarray(above / (weight * off**2).sum(axis=1))


def groups_p(sums: NDArray, group: NDArray, seed: int) -> float:
    """p that groups (respondents,) do not differ: respondents change places, Welch's statistic is compared.

    Studentised, so that it holds though the machine errs more, or more was read, in one group (Janssen 1997; Chung &
    Romano 2013); the variances are those under no difference.
    """
    more = contributions(sums, sums.sum(axis=0)[None])[0]
    weight = sums[:, 0]
    sizes = {int(number): int((group == number).sum()) for number in np.unique(group)}
    order = sorted(sizes, key=lambda number: (sizes[number], float(more[group == number].sum())))
    laid = np.concatenate([_in_order(more, weight, group == number) for number in order])
    starts = np.cumsum([0, *(sizes[number] for number in order[:-1])])

    def apart(drawn: NDArray) -> NDArray:
        above = np.add.reduceat(more[drawn], starts, axis=1)
        weights = np.add.reduceat(weight[drawn], starts, axis=1)
        spread = np.maximum(np.add.reduceat(more[drawn] ** 2, starts, axis=1), _ALIKE)
        precision = weights**2 / spread
        centre = (precision * above / weights).sum(axis=1) / precision.sum(axis=1)
        return np.asarray((precision * (above / weights - centre[:, None]) ** 2).sum(axis=1))

    return _compare(laid, more, weight, apart, tuple(sizes[number] for number in order), seed)


def slope_p(sums: NDArray, x: NDArray, seed: int) -> float:
    """p that nothing changes with x (respondents,): a studentised permutation test (DiCiccio & Romano 2017)."""
    more = contributions(sums, sums.sum(axis=0)[None])[0]
    weight = sums[:, 0]
    numbers, counts = np.unique(x, return_counts=True)
    laid = np.concatenate([_in_order(more, weight, x == number) for number in numbers])
    places = np.repeat(numbers, counts)

    def steep(drawn: NDArray) -> NDArray:
        weights = weight[drawn]
        off = places - (weights @ places / weights.sum(axis=1))[:, None]
        above = (off * more[drawn]).sum(axis=1)
        fitted = (above / (weights * off**2).sum(axis=1))[:, None] * off * weights
        spread = ((off * (more[drawn] - fitted)) ** 2).sum(axis=1)
        return np.asarray(np.abs(above) / np.sqrt(np.maximum(spread, _ALIKE)))

    return _compare(laid, more, weight, steep, tuple(counts.tolist()), seed)


def _in_order(more: NDArray, weight: NDArray, chosen: NDArray) -> NDArray:
    """The chosen respondents by what they contribute, so that their names do not move a drawn p."""
    persons = np.nonzero(chosen)[0]
    return persons[np.lexsort((weight[persons], more[persons]))]


def _compare(
    laid: NDArray,
    more: NDArray,
    weight: NDArray,
    statistic: Callable[[NDArray], NDArray],
    sizes: tuple[int, ...],
    seed: int,
) -> float:
    """p of the respondents as `laid` against others; equal respondents may change places without a difference."""
    everybody = _in_order(more, weight, np.ones(len(more), dtype=bool))
    return permutation_p(everybody, float(statistic(laid[None])[0]), statistic, sizes, seed)
