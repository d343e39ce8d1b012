"""Trama's theme tables anew, from the files beside this script: themes, themes by variable, themes by item.

Needs Python 3.11 with pandas and scipy, nothing of Trama. It prints the tables and leaves them in `rifatte/`, under the
keys of Trama's own tables and columns. A figure that Trama does not give (too few persons, nobody, everybody) is blank.
Where arrangements are too many to list, p values and the interval of Cramer's V are drawn, with the seed of the study.
"""

import math
import re
import sys
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, special, stats
from scipy.stats import contingency

SEED = 1  # of study.toml
HERE = Path(__file__).resolve().parent
FEWEST = 10  # respondents without whom there is no percentage and no test
FEWEST_IN_GROUP = 3  # of which a test needs two groups
DRAWS = 4_999
LISTED = 50_000  # arrangements of persons that are all looked at
TABLES = 5_000  # tables of the same margins that are all looked at
Row = dict[str, Any]
NO_TEST: Row = {"effect_name": "", "effect": math.nan, "low": math.nan, "high": math.nan, "p": math.nan}
COUNTED = {"measure", "n", "ticked", "mentioned", "both", "typical_mentioned", "typical_others"}  # tested or not
NO_SHARE: Row = dict.fromkeys(("corrected", "corrected_low", "corrected_high", "read_alone"), math.nan)
UNANSWERED = {  # kind of non-answer -> column
    "dont_know": "dont_know",
    "no_answer": "no_reply",
    "not_shown": "not_shown",
    "rejected": "rejected",
    "no_questionnaire": "no_questionnaire",
}
Array = np.ndarray


def main() -> None:
    """Make, print and write the tables."""
    study = Study(HERE)
    tables = {"temi": prevalence(study), "temi_domande": themes_by_item(study)}
    if study.sampled:
        tables["cifre_corrette"] = corrected_figures(study)
    for variable, name in study.groups():
        tables["temi_" + re.sub(r"\W+", "_", name)] = themes_by_group(study, variable)
    (HERE / "rifatte").mkdir(exist_ok=True)
    for key, rows in tables.items():
        table = pd.DataFrame(rows)
        table.to_csv(HERE / "rifatte" / f"{key}.csv", index=False)
        sys.stdout.write(f"\n{key}\n{table.to_string(index=False, na_rep='', float_format='%.4g'.__mod__)}\n")


class Study:
    """The exported files: who was interviewed, what variables there are, what their codes mean."""

    def __init__(self, folder: Path) -> None:
        def read(name: str, **types: Any) -> pd.DataFrame:
            return pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""], **types)

        variables = read("dizionario", dtype=str).fillna("")
        self.variables = variables[variables["file"] == "rispondenti"]
        of_segments = variables[variables["file"] == "segmenti"]
        of_segments = of_segments.drop_duplicates(["theme", "role"]).set_index(["theme", "role"])
        self.columns = of_segments["variable"].to_dict()
        self.segments = read("segmenti", dtype={"respondent": str})
        self.sampled = ("", "draw") in self.columns  # people read a known sample
        texts = self.variables.loc[self.variables["kind"] == "text", "variable"]
        everybody = read("rispondenti", dtype=dict.fromkeys(texts, str))
        self.people = everybody[everybody["interviewed"] == 1]
        values = read("etichette", dtype={"variable": str, "label": str, "missing": str})
        self.values = values[values["file"] == "rispondenti"]
        self.links = read("legami", dtype=str)
        self.themes = self.variables.loc[self.variables["role"] == "mention", "theme"].tolist()

    def groups(self) -> list[tuple[str, str]]:
        """The variables that tables are broken down by: name here, name in respondents.csv."""
        grouping = self.variables[self.variables["role"] == "group"]
        return list(zip(grouping["variable"], grouping["label"], strict=True))

    def of_theme(self, theme: str, role: str) -> Array:
        """What is known of a theme, one value a person interviewed."""
        chosen = self.variables[(self.variables["theme"] == theme) & (self.variables["role"] == role)]
        return self.people[chosen["variable"].iloc[0]].to_numpy(dtype=float)

    def of_segments(self, theme: str, role: str) -> Array:
        """What is known of a theme, one value a segment that could be drawn: what the machine reads of what counts."""
        drawable = (self.segments["counted"] == 1) & self.segments[self.columns[self.themes[0], "machine"]].notna()
        return self.segments[self.columns[theme, role]][drawable].to_numpy()

    def labels(self, variable: str) -> dict[int, str]:
        """Code -> label, in the order of the codes, without those of non-answers."""
        own = self.values[(self.values["variable"] == variable) & self.values["missing"].isna()]
        return dict(zip(own["value"].astype(int), own["label"].fillna(""), strict=True))

    def missing(self, variable: str) -> dict[int, str]:
        """Code -> kind of the non-answers."""
        own = self.values[(self.values["variable"] == variable) & self.values["missing"].notna()]
        return dict(zip(own["value"].astype(int), own["missing"], strict=True))

    def numbers(self, variable: str) -> dict[int, float]:
        """Code -> the number that tests take for it: the order of a scale, 1 for yes."""
        own = self.values[self.values["variable"] == variable]
        return dict(zip(own["value"].astype(int), own["number"].astype(float), strict=True))


def prevalence(study: Study) -> list[Row]:
    """Who mentions each theme (Wilson's interval), how many segments, which share of their words."""
    spoken = study.people["spoken"].to_numpy(dtype=float)
    n = len(spoken)
    rows: list[Row] = []
    for theme in study.themes:
        mentioned = int(study.of_theme(theme, "mention").sum())
        segments = study.of_theme(theme, "segments")
        words = study.of_theme(theme, "words")
        low, high = wilson(mentioned, n) if n >= FEWEST else (math.nan, math.nan)
        segment_low, segment_high = ratio_interval(segments, spoken)
        words_low, words_high = median_interval(words)
        leading: Row = {}
        if study.sampled:
            figure = corrected_figure(study, theme, "respondents" if drawn_whole(study) else "segments")
            leading = {name: figure[name] for name in ("corrected", "corrected_low", "corrected_high")}
        rows.append(
            {
                "theme_code": theme,
                **leading,
                "n": n,
                "mentioned": mentioned,
                "share": mentioned / n if n >= FEWEST else math.nan,
                "share_low": low,
                "share_high": high,
                "segments": int(segments.sum()),
                "segment_share": segments.sum() / spoken.sum() if spoken.sum() else math.nan,
                "segment_low": segment_low,
                "segment_high": segment_high,
                "words": float(np.quantile(words, 0.5)) if n else math.nan,
                "words_q1": float(np.quantile(words, 0.25)) if n else math.nan,
                "words_q3": float(np.quantile(words, 0.75)) if n else math.nan,
                "words_low": words_low,
                "words_high": words_high,
            }
        )
    return rows


def corrected_figures(study: Study) -> list[Row]:
    """The share of segments, words and respondents with each theme, corrected by what people read at random."""
    figures = ("segments", "words", "respondents")
    return [corrected_figure(study, theme, figure) for theme in study.themes for figure in figures]


def drawn_whole(study: Study) -> bool:
    """Whether respondents were drawn with all that they say, and not segments."""
    return bool((study.of_segments("", "draw") == 2).any())


def corrected_figure(study: Study, theme: str, figure: str) -> Row:
    """One corrected share, beside that of all codings (`plain`) and that of what people read alone."""
    person = study.of_segments("", "place")
    machine, coded, probability = (
        study.of_segments(theme, role).astype(float) for role in ("machine", "coded", "probability")
    )
    people = np.where(np.isnan(probability), np.nan, study.of_segments(theme, "human").astype(float))
    read = int((~np.isnan(people)).sum())
    words = study.of_segments("", "spoken").astype(float)
    weight = words if figure == "words" else np.ones(len(words))
    plain = float(coded @ weight / weight.sum())
    found = NO_SHARE
    if figure == "respondents":
        plain = float(pd.Series(coded).groupby(person).max().mean())
        if drawn_whole(study):
            found = corrected_share(*by_respondent(machine, people, probability, person))
    else:
        found = corrected_share(machine, people, probability, person, weight)
    counts = {"plain": plain, "read": read, "segments": int(coded.sum())}
    return {"theme_code": theme, "figure": figure, **found, **counts}


def by_respondent(machine: Array, people: Array, probability: Array, person: Array) -> tuple[Array, ...]:
    """Segments put together by respondent; when anybody was read in part, nobody counts as read."""
    together = pd.DataFrame({"machine": machine, "people": people, "probability": probability}).groupby(person)
    read = together["people"].count()
    whole = read == together.size()
    known = whole & bool((whole | (read == 0)).all())
    said = together["people"].max().where(known)
    return (
        together["machine"].max().to_numpy(),
        said.to_numpy(),
        together["probability"].min().to_numpy(),
        read.index.to_numpy(),
    )


def corrected_share(
    machine: Array, people: Array, probability: Array, person: Array, weight: Array | None = None
) -> Row:
    """The mean of the machine everywhere and its mean error in the sample, as much of the machine as is most precise.

    Prediction-powered inference with power tuning (Angelopoulos, Duchi & Zrnic 2023), weights over the probabilities,
    variance by leaving out one respondent at a time.
    """
    w = np.ones(len(machine)) if weight is None else weight
    read = ~np.isnan(people) & (w > 0)
    v = np.divide(w, probability, out=np.zeros(len(w)), where=read)
    f = machine
    y = np.nan_to_num(people)
    alone = float(v @ y / v.sum()) if read.any() else math.nan
    codes = np.unique(person, return_inverse=True)[1]
    readers = len(np.unique(codes[read]))
    if readers < 3 or (not read.all() and np.ptp(y[read]) == 0):
        return NO_SHARE | {"read_alone": alone}
    sums = np.stack(
        [np.bincount(codes, column) for column in (w, w * f, v, v * y, v * f, v * f * f, v * y * f)], axis=1
    )
    value = float(powered_mean(sums.sum(axis=0)))
    left = powered_mean(sums.sum(axis=0) - sums)
    n = len(left)
    variance = (n - 1) / n * math.fsum((left - left.mean()) ** 2)
    error = math.sqrt(variance + unseen_variance(machine, y, w, v, codes))
    if error < 1e-12:
        return NO_SHARE | {"corrected": value if read.all() else math.nan, "read_alone": alone}
    half = stats.t.ppf(0.975, readers - 1) * error
    if 0 < value < 1:
        low, high = special.expit(special.logit(value) + np.array([-half, half]) / (value * (1 - value)))
    else:
        low, high = np.clip([value - half, value + half], 0, 1)
    ends = {"corrected": min(max(value, 0.0), 1.0), "corrected_low": float(low), "corrected_high": float(high)}
    return ends | {"read_alone": alone}


def unseen_variance(machine: Array, people: Array, weight: Array, expanded: Array, person: Array) -> float:
    """What the variance lacks because rare errors were not met in the sample.

    As if half a segment more with the theme and half a one without had been read on each side of the machine; 0 where
    the probabilities of each respondent's segments are alike.
    """
    read = expanded > 0
    stands_for = expanded[read] / weight[read]
    of_person = np.bincount(person[read], stands_for) / np.maximum(np.bincount(person[read]), 1)
    if np.allclose(stands_for, of_person[person[read]]):
        return 0.0
    lacking = 0.0
    for coded in (machine < 0.5, machine >= 0.5):
        part = weight[coded].sum() / weight.sum()
        v = expanded[coded & read]
        if not len(v):
            lacking += part**2 / 12  # anything from 0 to 1
            continue
        n = v.sum() ** 2 / (v @ v)
        seen = v @ people[coded & read] / v.sum()
        likely = (seen * n + 0.5) / (n + 1)
        lacking += part**2 * max(likely * (1 - likely) - seen * (1 - seen), 0.0) / n
    return float(lacking)


def powered_mean(totals: Array) -> Array:
    """The corrected mean of each row of sums (..., 7)."""
    w, wf, v, y, f, ff, yf = np.moveaxis(totals, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = ff / v - (f / v) ** 2
        taken = np.where(variance > 1e-12, ((yf / v - y * f / v**2) / variance).clip(0, 1), 0.0)
        return np.asarray(taken * wf / w + (y - taken * f) / v)


def themes_by_group(study: Study, variable: str) -> list[Row]:
    """Who of each group mentions each theme; Fisher's exact test of two groups, Freeman-Halton of more."""
    group = study.people[variable].to_numpy(dtype=float)
    labels = {code: label for code, label in study.labels(variable).items() if (group == code).any()}
    rows: list[Row] = []
    for theme in study.themes:
        mentioned = study.of_theme(theme, "mention") == 1
        counts = [[int((mentioned & (group == code)).sum()) for code in labels]]
        sizes = [int((group == code).sum()) for code in labels]
        counts.append([size - count for size, count in zip(sizes, counts[0], strict=True)])
        row: Row = {"theme_code": theme}
        for label, size, count in zip(labels.values(), sizes, counts[0], strict=True):
            row[label] = count
            if size >= FEWEST:
                row[f"{label}/share"] = count / size
        row |= {"n": sum(sizes), "unknown": len(group) - sum(sizes)}
        rows.append(row | compare_groups(np.array(counts)))
    return adjusted(rows)


def compare_groups(counts: Array) -> Row:
    """The test of a table 2 x k, one column a group."""
    sizes = sorted(counts.sum(axis=0))
    if len(sizes) < 2 or sum(sizes) < FEWEST or sizes[-2] < FEWEST_IN_GROUP:
        return NO_TEST
    return fisher(counts) if counts.shape[1] == 2 else freeman_halton(counts)


def themes_by_item(study: Study) -> list[Row]:
    """Each theme against each item, or option of it, that the codebook links it to."""
    rows: list[Row] = []
    for theme, item in study.links.itertuples(index=False):
        asked = study.variables[(study.variables["item"] == item) & study.variables["role"].isin(["item", "answered"])]
        asked = asked[asked["kind"] != "text"]  # beside an open text stands who answered
        for variable, option, kind in asked[["variable", "option", "type"]].itertuples(index=False):
            about = {"theme_code": theme, "item": item, "option": option}
            unanswered = count_unanswered(study, variable)
            rows.extend(about | if_enough(row) | unanswered for row in item_tests(study, theme, variable, kind))
    return [row for theme in dict.fromkeys(study.links["theme"]) for row in adjusted(of_theme(rows, theme))]


def if_enough(row: Row) -> Row:
    """The row without its test where too few answered."""
    if row["n"] >= FEWEST:
        return row
    return {name: value for name, value in row.items() if name in COUNTED} | NO_TEST


def count_unanswered(study: Study, variable: str) -> Row:
    """How many persons gave no answer, by kind."""
    code = pd.to_numeric(study.people[variable], errors="coerce")  # a day is no code
    kinds = code.map(study.missing(variable))
    return {column: int((kinds == kind).sum()) for kind, column in UNANSWERED.items()}


def of_theme(rows: list[Row], theme: str) -> list[Row]:
    """The rows of one theme, a family of tests."""
    return [row for row in rows if row["theme_code"] == theme]


def item_tests(study: Study, theme: str, variable: str, kind: str) -> list[Row]:
    """The two tests of a theme and an item: who mentions it, and the share of words about it."""
    cells = study.people[variable]
    code = pd.to_numeric(cells, errors="coerce")  # a day is no code
    answered = (cells.notna() & ~code.isin(study.missing(variable))).to_numpy()
    if kind in ("text", "date"):
        return [{"measure": "mention", "n": int(answered.sum()), **NO_TEST}]
    answer = cells.to_numpy(dtype=float)[answered]
    mentioned = study.of_theme(theme, "mention")[answered] == 1
    share = study.of_theme(theme, "words")[answered]
    if kind == "single":
        return category_tests(answer, mentioned, share)
    if kind != "number":
        numbers = study.numbers(variable)
        answer = np.array([numbers[code] for code in answer.astype(int)], dtype=float)
    known = ~np.isnan(answer)
    if len(answer) and not known.any():  # nobody knows which answer is yes, or in which order they stand
        return [{"measure": "mention", "n": len(answer), **NO_TEST}]
    if kind in ("multi", "yesno"):
        return yes_no_tests(answer == 1, mentioned, share)
    return number_tests(answer[known], mentioned[known], share[known])


def yes_no_tests(yes: Array, mentioned: Array, share: Array) -> list[Row]:
    """Fisher's exact test, and Mann-Whitney of the shares of who says yes and who does not."""
    table = [[(mentioned & yes).sum(), (mentioned & ~yes).sum()], [(~mentioned & yes).sum(), (~mentioned & ~yes).sum()]]
    counts = {"n": len(yes), "ticked": int(yes.sum())}
    both = {"mentioned": int(mentioned.sum()), "both": int((mentioned & yes).sum())}
    return [
        {"measure": "mention", **counts, **both, **fisher(np.array(table))},
        {"measure": "share", **counts, **mann_whitney(share[yes], share[~yes])},
    ]


def category_tests(answer: Array, mentioned: Array, share: Array) -> list[Row]:
    """Freeman-Halton, and Kruskal-Wallis of the shares of who answers what."""
    answers, place = np.unique(answer, return_inverse=True)
    table = np.array([np.bincount(place[side], minlength=len(answers)) for side in (~mentioned, mentioned)])
    one_side = not 0 < mentioned.sum() < len(mentioned)
    test = NO_TEST if one_side or len(answers) < 2 else freeman_halton(table)
    return [
        {"measure": "mention", "n": len(answer), "mentioned": int(mentioned.sum()), **test},
        {"measure": "share", "n": len(answer), **kruskal_wallis([share[answer == each] for each in answers])},
    ]


def number_tests(number: Array, mentioned: Array, share: Array) -> list[Row]:
    """Mann-Whitney of who mentions it and who does not, and Spearman's rho of share and number with Kendall's tau-b."""
    inside = number[mentioned]
    outside = number[~mentioned]
    medians = {
        "typical_mentioned": float(np.median(inside)) if len(inside) else math.nan,
        "typical_others": float(np.median(outside)) if len(outside) else math.nan,
    }
    counts = {"n": len(number), "mentioned": int(mentioned.sum())}
    return [
        {"measure": "mention", **counts, **medians, **mann_whitney(inside, outside)},
        {"measure": "share", **counts, **spearman(share, number)},
    ]


def adjusted(family: list[Row]) -> list[Row]:
    """A family of tests with q (Benjamini & Hochberg 1995)."""
    p = np.array([row["p"] for row in family], dtype=float)
    known = ~np.isnan(p)
    q = np.full(len(p), np.nan)
    if known.any():
        q[known] = stats.false_discovery_control(p[known])
    return [row | {"q": float(value), "family": int(known.sum())} for row, value in zip(family, q, strict=True)]


def fisher(table: Array) -> Row:
    """Fisher's exact test with the conditional odds ratio and its exact interval."""
    if 0 in table.sum(axis=0) or 0 in table.sum(axis=1):
        return NO_TEST
    ratio = contingency.odds_ratio(table)
    interval = ratio.confidence_interval()
    p = stats.fisher_exact(table).pvalue
    more = table + 0.5  # with an empty cell the ratio of Haldane and Anscombe stands beside it
    haldane = more[0, 0] * more[1, 1] / (more[0, 1] * more[1, 0]) if 0 in table else math.nan
    return found("odds ratio", ratio.statistic, (interval.low, interval.high), p) | {"haldane": float(haldane)}


def freeman_halton(table: Array) -> Row:
    """Fisher-Freeman-Halton test of 2 x k with Cramer's V without its bias (Bergsma 2013), bootstrap interval."""
    table = table[:, table.sum(axis=0) > 0]
    if min(table.shape) < 2 or 0 in table.sum(axis=1) or table.sum() < 3:
        return NO_TEST
    table = canonical(table)
    weights = table_weights(table)
    if weights is None:
        p = stats.fisher_exact(table, method=stats.MonteCarloMethod(DRAWS, rng=np.random.default_rng(SEED))).pvalue
    else:
        observed = math.exp(-math.fsum(math.lgamma(cell + 1) for cell in table.ravel()))
        p = min(1.0, math.fsum(weights[weights <= observed * (1 + 1e-7)]) / math.fsum(weights))
    n = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n**2
    cells = (table + 2 * expected) / (n + 2)  # two persons' worth of no association
    draws = np.random.default_rng(SEED).multinomial(n, cells.ravel(), size=DRAWS)
    low, high = np.quantile([cramers_v(draw.reshape(table.shape)) for draw in draws], [0.025, 0.975])
    return found("cramer v", cramers_v(table), (low, high), float(np.squeeze(p)))


def table_weights(table: Array) -> Array | None:
    """1 / (product of the cells' factorials) of every table 2 x k with these margins; None where they are too many."""
    first, *_ = table.sum(axis=1)
    sizes = table.sum(axis=0)
    uppers: list[list[int]] = [[]]
    for place, size in enumerate(sizes):
        rest = sizes[place + 1 :].sum()
        longer = ([*cells, cell] for cells in uppers for cell in range(size + 1))
        uppers = [cells for cells in longer if first - rest <= sum(cells) <= first]
        if len(uppers) > TABLES:
            return None
    upper = np.array(uppers)
    return np.exp(-(special.gammaln(upper + 1) + special.gammaln(sizes - upper + 1)).sum(axis=1))


def canonical(table: Array) -> Array:
    """The table as Trama lays it before drawing, whatever the order of its classes: larger totals and counts first."""
    table = table if table.shape[0] <= table.shape[1] else table.T
    rows = sorted(table.tolist(), key=lambda row: (-sum(row), sorted(row, reverse=True)))
    orders = permutations(rows) if len({sum(row) for row in rows}) == 1 else [rows]
    columns = [sorted(zip(*order, strict=True), key=lambda column: (sum(column), column)) for order in orders]
    return np.array(max(columns)[::-1]).T


def cramers_v(table: Array) -> float:
    """Cramer's V without its bias."""
    n = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / n
    there = expected > 0
    phi2 = ((table - expected)[there] ** 2 / expected[there]).sum() / n
    r = (table.sum(axis=1) > 0).sum()
    c = (table.sum(axis=0) > 0).sum()
    size = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    return float(np.clip(math.sqrt(max(phi2 - (r - 1) * (c - 1) / (n - 1), 0) / size), 0, 1)) if size > 0 else 0.0


def mann_whitney(first: Array, second: Array) -> Row:
    """Permutation Mann-Whitney test with Cliff's delta, positive when `first` holds the larger values."""
    x = np.sort(first)
    y = np.sort(second)
    if min(len(x), len(y)) < 2 or np.ptp(np.concatenate([x, y])) == 0:
        return NO_TEST
    delta = float(np.sign(x[:, None] - y[None, :]).mean())
    one, other = sorted((x, y), key=lambda sample: (len(sample), tuple(sample)))
    ranks = stats.rankdata(np.concatenate([one, other]))
    m = len(one)

    def apart(arranged: Array) -> Array:
        return np.abs(arranged[:, :m].mean(axis=1) - ranks.mean())

    low, high = superiority((delta + 1) / 2, len(x), len(y))
    return found("cliff delta", delta, (2 * low - 1, 2 * high - 1), permutation_p(ranks, (m, len(other)), apart))


def kruskal_wallis(groups: list[Array]) -> Row:
    """Kruskal-Wallis test by permutation with epsilon squared; its interval takes H for a noncentral chi-square."""
    samples = sorted((np.sort(group) for group in groups), key=lambda sample: (len(sample), tuple(sample)))
    if len(samples) < 2 or len(samples[0]) < 2 or np.ptp(np.concatenate(samples)) == 0:
        return NO_TEST
    sizes = tuple(len(sample) for sample in samples)
    ranks = stats.rankdata(np.concatenate(samples))
    n = len(ranks)
    ties = 1 - (
        np.unique(ranks, return_counts=True)[1].astype(float) ** 3 - np.unique(ranks, return_counts=True)[1]
    ).sum() / (n**3 - n)

    def statistic(arranged: Array) -> Array:
        sums = np.add.reduceat(arranged, np.cumsum((0, *sizes[:-1])), axis=1)
        return (12 / (n * (n + 1)) * (sums**2 / np.array(sizes)).sum(axis=1) - 3 * (n + 1)) / ties

    h = float(statistic(ranks[None, :])[0])
    low, high = (min(noncentral(h, len(sizes) - 1, level) / (n - 1), 1.0) for level in (0.975, 0.025))
    return found("epsilon squared", h / (n - 1), (low, high), permutation_p(ranks, sizes, statistic))


def spearman(x: Array, y: Array) -> Row:
    """Spearman's rho and Kendall's tau-b with jackknife intervals over persons; the p value of rho by permutation."""
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return NO_TEST
    order = np.lexsort((y, x))
    a = stats.rankdata(x[order])
    b = stats.rankdata(y[order])
    n = len(a)
    rho = float(pearson(a, b))
    if math.factorial(n) <= LISTED:
        every = b[np.array(list(permutations(range(n))))]
        p = float((np.abs(pearson(a, every)) >= abs(rho) - 1e-12).mean())
    else:
        drawn = np.random.default_rng(SEED).permuted(np.tile(b, (DRAWS, 1)), axis=1)
        p = float(((np.abs(pearson(a, drawn)) >= abs(rho) - 1e-12).sum() + 1) / (DRAWS + 1))
    without = [np.delete(np.arange(n), person) for person in range(n)]
    if abs(rho) > 1 - 1e-12:
        nearest = nearly_perfect(n)
        interval = (nearest, 1.0) if rho > 0 else (-1.0, -nearest)
    else:
        left = [pearson(stats.rankdata(x[order][rest]), stats.rankdata(y[order][rest])) for rest in without]
        interval = over_persons(rho, np.array(left)) if n >= 5 else (math.nan, math.nan)
        interval = (-1.0, 1.0) if math.isnan(interval[0]) else interval
    tau = stats.kendalltau(x, y).statistic
    tau_low, tau_high = over_persons(tau, np.array([stats.kendalltau(a[rest], b[rest]).statistic for rest in without]))
    return found("spearman rho", rho, interval, p) | {"tau": float(tau), "tau_low": tau_low, "tau_high": tau_high}


def pearson(a: Array, b: Array) -> Array:
    """Correlation of the rows of `a` and `b`; NaN where one is constant."""
    a = a - a.mean(axis=-1, keepdims=True)
    b = b - b.mean(axis=-1, keepdims=True)
    scale = np.sqrt((a**2).sum(axis=-1) * (b**2).sum(axis=-1))
    product_ = np.asarray((a * b).sum(axis=-1))
    return np.divide(product_, scale, out=np.full_like(product_, np.nan), where=scale > 0)


def nearly_perfect(n: int) -> float:
    """Lower limit (Bonett & Wright 2000) of the rho of n persons of whom two neighbours changed places."""
    if n <= 3:
        return -1.0
    rho = 1 - 12 / (n * (n**2 - 1))
    return math.tanh(math.atanh(rho) - stats.norm.ppf(0.975) * math.sqrt((1 + rho**2 / 2) / (n - 3)))


def over_persons(value: float, without: Array) -> tuple[float, float]:
    """Jackknife interval of a correlation, on Fisher's z unless one person alone makes the difference."""
    n = len(without)
    if np.isnan(without).any() or np.ptp(without) < 1e-12:
        return math.nan, math.nan
    apart = (without - without.mean()) ** 2
    inside = apart.max() <= 0.5 * apart.sum() and max(abs(value), np.abs(without).max()) < 1 - 1e-12
    places = np.arctanh(without) if inside else without
    centre = math.atanh(value) if inside else value
    half = stats.t.ppf(0.975, n - 1) * math.sqrt((n - 1) / n * math.fsum((places - places.mean()) ** 2))
    ends = np.array([centre - half, centre + half])
    low, high = np.tanh(ends) if inside else ends.clip(-1, 1)
    return float(low), float(high)


def permutation_p(ranks: Array, sizes: tuple[int, ...], statistic: Any) -> float:
    """The share of arrangements of persons in groups of these sizes whose statistic is at least that observed."""
    observed = statistic(ranks[None, :])[0] - 1e-9
    if math.factorial(sum(sizes)) // math.prod(map(math.factorial, sizes)) <= LISTED:
        return float((statistic(ranks[arrangements(tuple(range(len(ranks))), sizes)]) >= observed).mean())
    drawn = np.random.default_rng(SEED).permuted(np.tile(ranks, (DRAWS, 1)), axis=1)
    return float(((statistic(drawn) >= observed).sum() + 1) / (DRAWS + 1))


def arrangements(persons: tuple[int, ...], sizes: tuple[int, ...]) -> Array:
    """Every way to lay persons into groups of these sizes, one a row."""
    if len(sizes) == 1:
        return np.array([persons])
    laid: list[list[int]] = []
    for first in combinations(persons, sizes[0]):
        rest = tuple(person for person in persons if person not in first)
        laid.extend([*first, *others] for others in arrangements(rest, sizes[1:]))
    return np.array(laid)


def wilson(count: int, n: int) -> tuple[float, float]:
    """95 % score interval of a proportion (Wilson 1927)."""
    low, high = stats.binomtest(count, n).proportion_ci(method="wilson")
    return float(low) if count else 0.0, float(high) if count < n else 1.0


def median_interval(values: Array) -> tuple[float, float]:
    """Exact 95 % interval of a median from order statistics (Thompson 1936)."""
    sample = np.sort(values)
    n = len(sample)
    if n < 6 or sample[0] == sample[-1]:
        return math.nan, math.nan
    rank = int(stats.binom.ppf(0.025, n, 0.5))
    rank -= stats.binom.cdf(rank, n, 0.5) > 0.025
    return float(sample[rank]), float(sample[n - 1 - rank])


def ratio_interval(parts: Array, wholes: Array) -> tuple[float, float]:
    """95 % interval of sum(parts) / sum(wholes), persons being the units, on the logit scale (Korn & Graubard 1998)."""
    n = len(parts)
    total = wholes.sum()
    if n < 3 or not 0 < parts.sum() < total:
        return math.nan, math.nan
    ratio = parts.sum() / total
    spread = math.fsum((parts - ratio * wholes) ** 2)
    if spread <= 1e-18 * total**2:
        return math.nan, math.nan
    error = math.sqrt(n / (n - 1) * spread) / total
    half = stats.t.ppf(0.975, n - 1) * error / (ratio * (1 - ratio))
    centre = special.logit(ratio)
    return float(special.expit(centre - half)), float(special.expit(centre + half))


def superiority(theta: float, m: int, n: int) -> tuple[float, float]:
    """95 % interval of P(X > Y) + P(X = Y)/2 in groups of m and n (Newcombe 2006, method 5)."""
    z2 = stats.norm.ppf(0.975) ** 2
    star = (m + n) / 2 - 1

    def excess(value: float) -> float:
        spread = 1 + star * (1 - value) / (2 - value) + star * value / (1 + value)
        return float((theta - value) ** 2 - z2 * value * (1 - value) * spread / (m * n))

    low = 0.0 if theta <= 0 else optimize.brentq(excess, 0, min(theta, 1 - 1e-9))
    high = 1.0 if theta >= 1 else optimize.brentq(excess, max(theta, 1e-9), 1)
    return float(low), float(high)


def noncentral(statistic: float, df: int, level: float) -> float:
    """The noncentrality of which a chi-square statistic is the quantile of this level."""

    def excess(noncentrality: float) -> float:
        law = stats.ncx2(df, noncentrality) if noncentrality else stats.chi2(df)
        return float(law.cdf(statistic)) - level

    return 0.0 if excess(0) <= 0 else float(optimize.brentq(excess, 0, 4 * statistic + 40))


def found(name: str, effect: float, interval: tuple[float, float], p: float) -> Row:
    """An effect with its test."""
    return {
        "effect_name": name,
        "effect": float(effect),
        "low": float(interval[0]),
        "high": float(interval[1]),
        "p": float(p),
    }


if __name__ == "__main__":
    main()
