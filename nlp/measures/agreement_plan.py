"""Agreement as a plan: what more reading would show, where a machine only guesses, which themes clash. Reads no file.

Decisions are those of nlp.measures.agreement. Nothing is drawn: every p is exact.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import special, stats

from nlp.measures.agreement import ALIKE, ALWAYS_SAME, EXACT, FEW_INTERVIEWS, MACHINE, NO_SEGMENTS, PEOPLE
from nlp.measures.agreement_measures import group_measures, group_sums
from nlp.measures.association import adjust
from nlp.measures.intervals import jackknife

WANTED = 0.80  # Krippendorff's alpha from which on a theme is reliable (nlp.measures.trust)
POWER = 0.80
LEVEL = 0.05
FEWEST_CLASHES = 2
_MOST = 2000  # interviews: a plan that wants more is none
_ALIKE = 1e-12
CHANCE_COLUMNS = ["theme", "decisions", "both", "expected", "p"]
CLASH_COLUMNS = ["theme", "other", "clashes", "expected", "differing", "other_differing", "p"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a theme's agreement stands, and what reading on would show of it.

    `verdict`: "shown"; "read" (`more` segments); "too many" (`more` than are left, None for more than anybody
    reads); "below" (alpha itself is not above WANTED: more of the same shows nothing); "give up" (the whole interval
    lies below WANTED); "" where `reason`, a key of the words `not_calculable`, says why there is no plan.
    """

    verdict: str = ""
    more: int | None = None
    chance: float = math.nan
    alpha: float = math.nan
    low: float = math.nan
    high: float = math.nan
    segments: int = 0
    interviews: int = 0
    reason: str = EXACT


def plan_agreement(decisions: pd.DataFrame, people: Sequence[str], unread: int) -> pd.DataFrame:
    """How many more segments `people` must read in pairs until a theme's alpha is shown to be WANTED: a row a theme.

    Shown is an alpha whose 95 % interval (jackknife over interviews) begins at WANTED or above. Assumed is that what is
    read next is like what was read: the same alpha, the same spread between interviews, as many segments of each.
    `more` are the segments after which the interval begins there with a probability of POWER if alpha is what it is
    estimated to be; `chance` is that probability (after all that are left, where `more` are too many) when alpha may be
    anything that what was read allows: normal on the scale of the interval, flat before. `unread` are the segments that
    are left. Columns: theme and the fields of Plan.
    """
    chosen = decisions[decisions["coder"].isin(people)].drop_duplicates(["segment", "theme", "coder"])
    units = chosen.groupby(["theme", "transcript", "segment"])["value"].agg(["sum", "size"]).reset_index()
    units = units[units["size"] >= 2]
    rows = []
    for theme in sorted(set(chosen["theme"])):
        of_theme = units[units["theme"] == theme].sort_values(["transcript", "segment"])
        sums = group_sums(of_theme["sum"].to_numpy(float), of_theme["size"].to_numpy(float))
        interview, names = pd.factorize(of_theme["transcript"])
        by_interview = np.zeros((len(names), sums.shape[1]))
        np.add.at(by_interview, interview, sums)
        rows.append({"theme": theme, **asdict(plan_of_sums(by_interview, unread))})
    return pd.DataFrame(rows, columns=["theme", *(field.name for field in fields(Plan))])


def plan_of_sums(sums: np.ndarray, unread: int) -> Plan:
    """One theme's plan from what `group_sums` (nlp.measures.agreement_measures) adds up to: (interviews, 6)."""
    interviews = len(sums)
    total = sums.sum(axis=0)
    plan = Plan(segments=int(total[0]), interviews=interviews, alpha=float(group_measures(total)["alpha"]))
    if math.isnan(plan.alpha):
        return replace(plan, reason=ALWAYS_SAME if plan.segments else NO_SEGMENTS)
    if interviews < 3:
        return replace(plan, reason=FEW_INTERVIEWS)
    left = group_measures(total - sums)["alpha"]
    if np.isnan(left).any() or np.ptp(left) < _ALIKE:
        return replace(plan, reason=ALIKE)
    low, high = jackknife(plan.alpha, left, lowest=-1.0)
    plan = replace(plan, low=low, high=high)
    if low >= WANTED:
        return replace(plan, verdict="shown", more=0, chance=1.0)
    if high < WANTED:
        return replace(plan, verdict="give up", chance=0.0)
    return replace(plan, verdict="below") if plan.alpha <= WANTED else _reading_on(plan, left, unread)


def _reading_on(plan: Plan, left: np.ndarray, unread: int) -> Plan:
    """How far to read on a theme whose alpha is above WANTED while its interval is not."""
    read = plan.interviews
    inside = max(plan.alpha, float(left.max())) < 1 - _ALIKE  # else on the plain scale, as the interval is
    places = np.arctanh(left) if inside else left
    above = float(np.arctanh(plan.alpha) - np.arctanh(WANTED)) if inside else plan.alpha - WANTED
    spread = math.sqrt((read - 1) * math.fsum((places - places.mean()) ** 2))  # of one interview
    after = np.arange(read + 1, _MOST)
    margin = above - stats.t.ppf(0.975, after - 1) * spread / np.sqrt(after)  # of the expected lower limit
    enough = np.flatnonzero(margin >= stats.norm.ppf(POWER) * spread * np.sqrt(after - read) / after)
    each = plan.segments / read
    more = math.ceil((after[enough[0]] - read) * each) if len(enough) else None
    can_be_read = min(int(unread / each), len(after)) - 1
    place = min(int(enough[0]), can_be_read) if len(enough) else can_be_read
    chance = 0.0
    if place >= 0:
        # what the estimate after `after` interviews may still become, given that those read so far are part of it
        uncertain = spread * math.sqrt(1 / read - 1 / after[place])
        chance = float(special.ndtr(margin[place] / uncertain))
    affordable = more is not None and more <= unread
    return replace(plan, verdict="read" if affordable else "too many", more=more, chance=chance)


def machine_against_chance(decisions: pd.DataFrame) -> pd.DataFrame:
    """Whether the machine gives each theme where people do more often than one that only guesses: a row a theme.

    The machine's decisions on an interview are laid against people's in every circular shift; `p` is the share of
    arrangements with at least as many segments given by both (`shift_test`), `expected` their mean. Columns
    CHANCE_COLUMNS, `q` (Benjamini-Hochberg over the themes) and `family`; p is empty where one of the two never gives
    the theme.
    """
    cell = ["theme", "transcript", "segment"]
    compared = decisions[decisions["coder"].isin([PEOPLE, MACHINE])]
    wide = compared.pivot_table(index=cell, columns="coder", values="value", aggfunc="max")
    wide = wide.reindex(columns=[PEOPLE, MACHINE]).dropna().sort_index()
    rows = []
    for theme, of_theme in wide.groupby(level="theme", sort=True):
        people = of_theme[[PEOPLE]].to_numpy(dtype=int)
        machine = of_theme[[MACHINE]].to_numpy(dtype=int)
        both, expected, p = shift_test(people, machine, of_theme.index.get_level_values("transcript"))
        given = bool(people.any() and machine.any())
        rows.append((theme, len(of_theme), both, expected, p if given else math.nan))
    return adjust(pd.DataFrame(rows, columns=CHANCE_COLUMNS).astype({"p": float}))


def clashing_themes(decisions: pd.DataFrame, people: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs of themes of which one person gives the one and another the other, each without both: where they clash.

    Returns a row a pair that clashes in at least FEWEST_CLASHES segments (CLASH_COLUMNS, `q`, `family`), the surest
    first, and the segments: theme, other, segment, coder (who gives `theme`), other_coder. `differing` are the segments
    on which people differ on the theme. `p` is that of `shift_test`: as many where the differences on the one theme
    were laid anyhow against those on the other; Benjamini-Hochberg over all pairs that differ often enough. With more
    than two people each pair of them is compared, and a segment may clash in several.
    """
    blocks = list(_differences(decisions, people))
    themes = sorted({str(theme) for _, _, differences in blocks for theme in differences[0].columns})
    rows = []
    passages: list[tuple[str, str, str, str, str]] = []
    for theme, other in combinations(themes, 2):
        first, second, owners, clashing = _laid_together(blocks, theme, other)
        counts = (int(first.any(axis=1).sum()), int(second.any(axis=1).sum()))
        if min(counts) < FEWEST_CLASHES:
            continue
        clashes, expected, p = shift_test(first, second, owners)
        rows.append((theme, other, clashes, expected, *counts, p))
        passages += clashing
    tests = adjust(pd.DataFrame(rows, columns=CLASH_COLUMNS).astype({"p": float}))
    often = tests[tests["clashes"] >= FEWEST_CLASHES]
    ordered = often.sort_values(["q", "clashes"], ascending=[True, False], kind="stable", ignore_index=True)
    return ordered, pd.DataFrame(passages, columns=["theme", "other", "segment", "coder", "other_coder"])


def shift_test(first: np.ndarray, second: np.ndarray, owner: Sequence[str] | pd.Index) -> tuple[int, float, float]:
    """How often `first` and `second` (n, k; 0 or 1) are both 1, what is expected, and the one-sided exact p.

    Rows stand in the order of the talk, `owner` names their interviews. Within each interview `second` is shifted by
    every number of rows, the last coming first: what comes in runs stays in runs, and only where it stands is left to
    chance. All combinations of shifts of the interviews are counted, by convolution (a toroidal permutation test,
    Lotwick and Silverman 1982).
    """
    groups, names = pd.factorize(pd.Index(owner), sort=True)
    law = np.ones(1)
    matches = 0
    for group in range(len(names)):
        one = first[groups == group]
        other = second[groups == group]
        if not (one.any(axis=0) & other.any(axis=0)).any():
            continue
        counts = _matches_by_shift(one, other)
        law = np.convolve(law, np.bincount(counts) / len(one))
        matches += int(counts[0])
    p = min(1.0, math.fsum(law[matches:]))
    return matches, math.fsum(law * np.arange(len(law))), p


def _matches_by_shift(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How often both (n, k) are 1 for each number of rows by which `other` is shifted round, as one correlation."""
    spectrum = np.fft.rfft(one, axis=0) * np.conj(np.fft.rfft(other, axis=0))
    return np.rint(np.fft.irfft(spectrum.sum(axis=1), n=len(one))).astype(int)


_Block = tuple[str, str, tuple[pd.DataFrame, pd.DataFrame]]


def _differences(decisions: pd.DataFrame, people: Sequence[str]) -> Iterator[_Block]:
    """Each pair of people with what only the first and what only the second gives: segments by themes, 0 or 1."""
    cell = ["transcript", "segment"]
    wide = {
        coder: decisions[decisions["coder"] == coder].pivot_table(
            index=cell, columns="theme", values="value", aggfunc="max"
        )
        for coder in people
    }
    for one, other in combinations(people, 2):
        shared = wide[one].index.intersection(wide[other].index).sort_values()
        themes = wide[one].columns.intersection(wide[other].columns)
        if len(shared):
            yes = [wide[coder].loc[shared, themes].fillna(0).astype(int) for coder in (one, other)]
            yield one, other, ((yes[0] > yes[1]).astype(int), (yes[1] > yes[0]).astype(int))


def _laid_together(
    blocks: Sequence[_Block], theme: str, other: str
) -> tuple[np.ndarray, np.ndarray, list[str], list[tuple[str, str, str, str, str]]]:
    """Who alone gives `theme` (n, 2) and `other` (n, 2, the coders the other way round), in whose talk; the clashes."""
    firsts: list[np.ndarray] = [np.zeros((0, 2), dtype=int)]
    seconds: list[np.ndarray] = [np.zeros((0, 2), dtype=int)]
    owners: list[str] = []
    clashing: list[tuple[str, str, str, str, str]] = []
    for one, another, (only_one, only_another) in blocks:
        if theme not in only_one.columns or other not in only_one.columns:
            continue
        first = np.column_stack([only_one[theme], only_another[theme]])
        second = np.column_stack([only_another[other], only_one[other]])
        firsts.append(first)
        seconds.append(second)
        transcripts = only_one.index.get_level_values("transcript")
        owners += [f"{one}|{another}|{transcript}" for transcript in transcripts]
        segments = only_one.index.get_level_values("segment")
        for row, side in np.argwhere(first & second).tolist():
            coders = (one, another) if side == 0 else (another, one)
            clashing.append((theme, other, str(segments[row]), *coders))
    return np.concatenate(firsts), np.concatenate(seconds), owners, clashing
