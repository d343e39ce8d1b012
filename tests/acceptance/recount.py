"""An independent recount of a run's tables from the truth of a counted study: pandas, scipy, brute force, no Trama.

Each function gives the numbers that one table must show: (row, column) -> number, or a pair (number, tolerance) where
the run draws at random. `NOT_RECOUNTED` names the columns that are left to unit tests, with the reason.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pandas as pd
from scipy import optimize, stats
from scipy.stats import contingency

from tests.acceptance.counted_studies import (
    BLANK,
    DONT_KNOW,
    NOT_SHOWN,
    REJECTED,
    STANCES,
    WRITTEN_WORDS,
    CountedStudy,
    Item,
    Option,
)

Expected = dict[tuple[str, str], float | tuple[float, float] | None]
KINDS = (DONT_KNOW, BLANK, NOT_SHOWN, REJECTED)
FEWEST = 10  # respondents for a percentage
LISTED = 50_000
_DRAWN = 0.03  # three standard errors of a p from 4,999 draws against one of ours

NOT_RECOUNTED = {
    "segment_low": "ratio interval: tests/nlp/test_published_examples.py",
    "segment_high": "ratio interval",
    "tau_low": "jackknife: tests/nlp/test_association.py",
    "tau_high": "jackknife",
    "curve": "drawn orders: tests/nlp/test_saturation.py",
    "curve_low": "drawn orders",
    "curve_high": "drawn orders",
}


class Recount:
    """The truth of a study as plain frames: who was read, what each coded answer holds, what was answered."""

    def __init__(self, study: CountedStudy):
        self.study = study
        self.themes = list(study.themes)
        self.labels = {person.name: person.label for person in study.people}
        self.classes = sorted({label for label in self.labels.values() if label})
        rows = []
        for person in study.people:
            for transcript, read, answers in person.talks:
                for number, (sentence, codes) in enumerate(answers):
                    words = len(sentence.rstrip(".").split())
                    rows.append((person.name, transcript, f"{transcript}/{number}", words, codes, read))
        names = ["person", "transcript", "segment", "words", "codes", "read"]
        self.spoken = pd.DataFrame(rows, columns=names)
        self.interviewed = sorted(self.spoken["person"].unique())
        self.people = sorted(self.spoken.loc[self.spoken["read"], "person"].unique())
        # What interviewed people also wrote is theirs; who only wrote is in no table of themes.
        written = [
            (person.name, "", f"written/{person.name}", WRITTEN_WORDS, {}, True)
            for person in study.people
            if person.wrote and person.name in self.people
        ]
        self.interviews = self.spoken[self.spoken["read"]]
        self.read = pd.concat([self.interviews, pd.DataFrame(written, columns=names)], ignore_index=True)
        coded = [
            (row.person, row.transcript, row.segment, row.words, theme, stance)
            for row in self.read.itertuples()
            for theme, stance in row.codes.items()
        ]
        names = ["person", "transcript", "segment", "words", "theme", "stance"]
        self.coded = pd.DataFrame(coded, columns=names)

    def says(self, theme: str) -> set[str]:
        """Who says the theme."""
        return set(self.coded.loc[self.coded["theme"] == theme, "person"])

    def share(self, theme: str) -> dict[str, float]:
        """The share of each person's words that is coded so."""
        every = self.read.groupby("person")["words"].sum()
        own = self.coded[self.coded["theme"] == theme].groupby("person")["words"].sum()
        return {person: float(own.get(person, 0) / every[person]) for person in self.people}

    def given(self, item: Item, option: str = "") -> dict[str, Any]:
        """Person -> their valid answer: a number, a rank, a value, or whether the option is ticked."""
        found = {}
        for person in self.study.people:
            answer = person.answers.get(item.code)
            if answer is None or answer in KINDS:
                continue
            if isinstance(answer, Option):
                found[person.name] = answer.value if item.type == "single" else answer.rank
            else:
                found[person.name] = (option in answer) if isinstance(answer, frozenset) else answer
        return found

    def missing(self, item: Item, people: Iterable[str]) -> dict[str, int]:
        """How many of these people gave each kind of no answer."""
        answers = {person.name: person.answers.get(item.code) for person in self.study.people}
        counts = {kind: sum(answers[name] == kind for name in people) for kind in KINDS}
        return {**counts, "no_questionnaire": sum(answers[name] is None for name in people)}


def recount_all(study: CountedStudy) -> dict[str, Expected]:
    """Table -> what its cells must hold."""
    truth = Recount(study)
    return {
        "campione": sample(truth),
        "temi": prevalence(truth),
        "posizioni": stances(truth),
        "temi_classe": themes_by_class(truth),
        "domande_frequenze": frequencies(truth),
        "domande_numeri": numbers(truth),
        "domande_classe": answers_by_class(truth),
        "temi_domande": links(truth),
        "joint_display": joint(truth, links(truth)),
        "detto_scelto": said_and_ticked(truth),
        "temi_insieme": together(truth),
        "saturazione_interviste": new_themes(truth),
        "casi": cases(truth),
    }


def sample(truth: Recount) -> Expected:
    """Who is listed, interviewed, read, has answered."""
    study, spoken = truth.study, truth.spoken
    answering = {
        person.name
        for person in study.people
        if person.wrote or any(answer not in KINDS for answer in person.answers.values())
    }
    wrote = {person.name for person in study.people if person.wrote}
    counts = {
        "respondents": len(study.people),
        "transcripts": spoken["transcript"].nunique(),
        "interviewed": len(truth.interviewed),
        "questionnaires": len(answering),
        "both": len(answering & set(truth.interviewed)),
        "themes": len(truth.themes),
        "codings": len(truth.coded),
        "human": len(truth.coded),
        "items": len(study.items),
    }
    if unread := set(truth.interviewed) - set(truth.people):
        counts["unread"] = len(unread)
    if only := wrote - set(truth.interviewed):
        counts["only_wrote"] = len(only)
    for label in truth.classes:
        members = [person for person in truth.people if truth.labels[person] == label]
        if members:
            counts[f"class={label}"] = len(members)
    return {(key, "value"): value for key, value in counts.items()}


def prevalence(truth: Recount) -> Expected:
    """Who says each theme, in how many answers, with how many of their words."""
    cells: Expected = {}
    n = len(truth.people)
    for theme in truth.themes:
        shares = np.array(list(truth.share(theme).values()))
        count, segments = len(truth.says(theme)), int((truth.coded["theme"] == theme).sum())
        low, high = order_interval(shares)
        row = {
            "n": n,
            "mentioned": count,
            **percentage(count, n),
            "segments": segments,
            "segment_share": segments / len(truth.read) if len(truth.read) else None,
            **dict(zip(("words", "words_q1", "words_q3"), quartiles(shares), strict=True)),
            "words_low": low,
            "words_high": high,
        }
        cells |= {(theme, column): value for column, value in row.items()}
    return cells


def stances(truth: Recount) -> Expected:
    """Who says each theme in which stance, in how many answers."""
    cells: Expected = {}
    for theme in truth.themes:
        for stance in STANCES:
            own = truth.coded[(truth.coded["theme"] == theme) & (truth.coded["stance"] == stance)]
            cells[theme, f"{stance}/respondents"] = own["person"].nunique()
            cells[theme, f"{stance}/segments"] = own["segment"].nunique()
    return cells


def themes_by_class(truth: Recount) -> Expected:
    """Each theme in each class, with the test."""
    cells: Expected = {}
    classes = sorted({truth.labels[person] for person in truth.people} - {""})
    tests: dict[str, dict[str, Any]] = {}
    for theme in truth.themes:
        says = truth.says(theme)
        groups = {label: [person for person in truth.people if truth.labels[person] == label] for label in classes}
        counts = {label: sum(person in says for person in members) for label, members in groups.items()}
        known = sum(len(members) for members in groups.values())
        cells |= {(theme, label): count for label, count in counts.items()}
        for label, members in groups.items():
            if len(members) >= FEWEST:
                cells[theme, f"{label}/share"] = counts[label] / len(members)
        cells[theme, "n"], cells[theme, "unknown"] = known, len(truth.people) - known
        table = [[counts[label] for label in classes], [len(groups[label]) - counts[label] for label in classes]]
        tests[theme] = two_columns(np.array(table).reshape(2, len(classes)))
    return cells | in_family(tests)


def frequencies(truth: Recount) -> Expected:
    """How many give each answer, everybody and each class."""
    cells: Expected = {}
    for item in truth.study.items:
        if item.type not in ("single", "yesno", "likert", "multi"):
            continue
        valid = {option.value: truth.given(item, option.value) for option in item.options}
        answered = set(valid[item.options[0].value])
        chosen = {option.value: _choosers(item, option, valid[option.value]) for option in item.options}
        ticks = sum(len(people) for people in chosen.values())
        for option in item.options:
            row, count = f"{item.code}|{option.value}", len(chosen[option.value])
            cells[row, "n"], cells[row, "count"] = len(answered), count
            cells |= {(row, column): value for column, value in percentage(count, len(answered)).items()}
            of_ticks = item.type == "multi" and ticks and len(answered) >= FEWEST
            cells[row, "answers_share"] = count / ticks if of_ticks else None
            for label in truth.classes:
                members = {name for name, own in truth.labels.items() if own == label}
                cells[row, label] = len(chosen[option.value] & members)
                cells[row, f"{label}/n"] = len(answered & members)
    return cells


def _choosers(item: Item, option: Option, valid: Mapping[str, Any]) -> set[str]:
    wanted = {"multi": True, "single": option.value}.get(item.type, option.rank)
    return {person for person, answer in valid.items() if answer == wanted}


def numbers(truth: Recount) -> Expected:
    """Mean, median and spread of numbers and scales."""
    cells: Expected = {}
    everybody = [person.name for person in truth.study.people]
    for item in truth.study.items:
        if item.type not in ("number", "likert"):
            continue
        given = truth.given(item)
        for label in ("", *truth.classes):
            people = [name for name in everybody if not label or truth.labels[name] == label]
            values = np.array([given[name] for name in people if name in given], dtype=float)
            row = f"{item.code}|{label}"
            cells |= {(row, kind): count for kind, count in truth.missing(item, people).items()}
            cells[row, "n"] = len(values)
            mean = item.type == "number" and len(values) > 0
            cells[row, "mean"] = float(values.mean()) if mean else None
            cells[row, "sd"] = float(values.std(ddof=1)) if mean and len(values) > 1 else None
            middle = quartiles(values) if len(values) else (None, None, None)
            cells |= {(row, name): value for name, value in zip(("median", "q1", "q3"), middle, strict=True)}
            cells[row, "min"] = float(values.min()) if len(values) else None
            cells[row, "max"] = float(values.max()) if len(values) else None
    return cells


def answers_by_class(truth: Recount) -> Expected:
    """Whether answers depend on the class, of everybody listed."""
    cells: Expected = {}
    tests: dict[str, dict[str, Any]] = {}
    everybody = [person.name for person in truth.study.people]
    for item in truth.study.items:
        for option in [option.value for option in item.options] if item.type == "multi" else [""]:
            if item.type == "text":
                continue
            given, row = truth.given(item, option), f"{item.code}|{option}"
            known = {name: answer for name, answer in given.items() if truth.labels[name]}
            cells[row, "n"], cells[row, "no_answer"] = len(known), len(everybody) - len(given)
            cells[row, "unknown"] = len(given) - len(known)
            groups = {label: [answer for name, answer in known.items() if truth.labels[name] == label]
                      for label in truth.classes}  # fmt: skip
            tests[row] = _compare_classes(item, [group for group in groups.values() if group])
    return cells | in_family(tests)


def _compare_classes(item: Item, groups: list[list[Any]]) -> dict[str, Any]:
    if not groups or len(groups) < 2 or (max(map(len, groups)) < 2 and item.type in ("single", "multi", "yesno")):
        return {}
    if item.type in ("number", "likert"):
        return mann_whitney(groups[0], groups[1])
    if item.type == "single":
        return categories(pd.crosstab(*_stacked(groups)).to_numpy())
    ticked = np.array([sum(map(bool, group)) for group in groups])
    return two_columns(np.array([ticked, np.array([len(group) for group in groups]) - ticked]))


def _stacked(groups: list[list[Any]]) -> tuple[list[Any], list[int]]:
    answers = [answer for group in groups for answer in group]
    return answers, [number for number, group in enumerate(groups) for _ in group]


def links(truth: Recount) -> Expected:
    """Each theme against each item it is linked to."""
    cells: Expected = {}
    tests: dict[str, dict[str, Any]] = {}
    by_code = {item.code: item for item in truth.study.items}
    for theme, codes in truth.study.links.items():
        for item in [by_code[code] for code in codes]:
            for option in [option.value for option in item.options] if item.type == "multi" else [""]:
                for row, own, test in _one_link(truth, theme, item, option):
                    cells |= {(row, column): value for column, value in own.items()}
                    tests[row] = test
    families: dict[str, dict[str, dict[str, Any]]] = {}
    for row, test in tests.items():
        families.setdefault(row.split("|")[0], {})[row] = test
    for family in families.values():
        cells |= in_family(family)
    return cells


def _one_link(
    truth: Recount, theme: str, item: Item, option: str
) -> Iterable[tuple[str, dict[str, float | None], dict[str, Any]]]:
    given = {name: answer for name, answer in truth.given(item, option).items() if name in truth.people}
    people, says, share = sorted(given), truth.says(theme), truth.share(theme)
    place = f"{theme}|{item.code}|{option}"
    common: dict[str, float | None] = {"n": len(people), **truth.missing(item, truth.people)}
    mentioned = sum(person in says for person in people)
    inside = [given[person] for person in people if person in says]
    outside = [given[person] for person in people if person not in says]
    if item.type in ("multi", "yesno"):
        yes = {person for person in people if given[person]}
        table = np.array([[sum(map(bool, side)), sum(not answer for answer in side)] for side in (inside, outside)])
        counts = {"mentioned": mentioned, "ticked": len(yes), "both": int(table[0][0])}
        whole = table.sum(axis=0).all() and table.sum(axis=1).all()
        yield f"{place}|menzione", common | counts, fisher(table) if whole else {}
        ticking = [share[person] for person in people if person in yes]
        others = [share[person] for person in people if person not in yes]
        yield f"{place}|quota", common | {"ticked": len(yes)}, mann_whitney(ticking, others)
        return
    if item.type == "single":
        sided = mentioned not in (0, len(people)) and len(set(given.values())) > 1
        answered = [given[person] for person in people]
        table = pd.crosstab([person in says for person in people], answered).to_numpy() if sided else np.zeros((0, 0))
        yield f"{place}|menzione", common | {"mentioned": mentioned}, categories(table) if sided else {}
        values = sorted({given[person] for person in people})
        groups = [[share[person] for person in people if given[person] == value] for value in values]
        yield f"{place}|quota", common, kruskal(groups)
        return
    typical = {
        "mentioned": mentioned,
        "typical_mentioned": float(np.median(inside)) if inside else None,
        "typical_others": float(np.median(outside)) if outside else None,
    }
    yield f"{place}|menzione", common | typical, mann_whitney(inside, outside)
    shares, answers = [share[person] for person in people], [float(given[person]) for person in people]
    yield f"{place}|quota", common | {"mentioned": mentioned}, spearman(shares, answers)


def joint(truth: Recount, linked: Expected) -> Expected:
    """Who mentions the theme of each link, and the p of the test that stands for it.

    Of a multiple response it is that of the option with the theme's name; who mentions it is compared, and the share of
    words where everybody or nobody does.
    """
    cells: Expected = {}
    types = {item.code: item.type for item in truth.study.items}
    for theme, codes in truth.study.links.items():
        for code in codes:
            row, option = f"{theme}|{code}", theme if types[code] == "multi" and theme == "beta" else ""
            cells[row, "mentioned"] = len(truth.says(theme))
            place = f"{theme}|{code}|{option}|menzione"
            if linked.get((place, "mentioned")) in (0, linked.get((place, "n"))):
                place = f"{theme}|{code}|{option}|quota"
            cells |= {(row, column): linked.get((place, column)) for column in ("p", "q")}
    return cells


def said_and_ticked(truth: Recount) -> Expected:
    """The theme `beta` and the option of its name."""
    cells: Expected = {}
    item = next((item for item in truth.study.items if item.type == "multi"), None)
    if item is None:
        return cells
    given = {name: tick for name, tick in truth.given(item, "beta").items() if name in truth.people}
    says = truth.says("beta") & set(given)
    ticks = {name for name, tick in given.items() if tick}
    only_said, only_ticked, n = len(says - ticks), len(ticks - says), len(given)
    row = f"beta|{item.code}"
    counts = {
        "n": n, "no_answer": len(truth.people) - n, "said": len(says), "ticked": len(ticks), "both": len(says & ticks),
        "only_said": only_said, "only_ticked": only_ticked,
    }  # fmt: skip
    cells |= {(row, column): value for column, value in counts.items()}
    if n:
        apart = only_said + only_ticked
        p = stats.binomtest(only_said, apart).pvalue if apart else 1.0
        cells |= {(row, "difference"): (only_said - only_ticked) / n, (row, "p"): p, (row, "q"): p, (row, "family"): 1}
        low, high = newcombe_paired(len(says & ticks), only_said, only_ticked, n)
        cells |= {(row, "low"): low, (row, "high"): high}
    return cells


def together(truth: Recount) -> Expected:
    """Themes in the same answer and in the same person."""
    cells: Expected = {}
    units = {
        unit: {theme: set(truth.coded.loc[truth.coded["theme"] == theme, unit]) for theme in truth.themes}
        for unit in ("segment", "person")
    }
    totals = {"segment": len(truth.read), "person": len(truth.people)}
    for one, other in combinations(truth.themes, 2):
        if not units["person"][one] & units["person"][other]:
            continue
        row = f"{one}|{other}"
        for unit, ending in (("segment", ""), ("person", "_respondents")):
            first, second, n = units[unit][one], units[unit][other], totals[unit]
            both = len(first & second)
            cells[row, "both_segments" if unit == "segment" else "both_respondents"] = both
            cells[row, f"jaccard{ending}"] = both / len(first | second)
            cells[row, f"lift{ending}"] = both * n / (len(first) * len(second))
            if unit == "segment":
                held = np.array([[segment in side for segment in truth.read["segment"]] for side in (first, second)])
                varies = all(0 < side.sum() < n for side in held)
                cells[row, "phi"] = float(np.corrcoef(held.astype(float))[0, 1]) if varies else None
    return cells


def new_themes(truth: Recount) -> Expected:
    """Themes that each interview brings for the first time."""
    cells: Expected = {}
    seen: set[str] = set()
    for order, transcript in enumerate(sorted(truth.interviews["transcript"].unique()), start=1):
        own = set(truth.coded.loc[truth.coded["transcript"] == transcript, "theme"])
        cells[transcript, "order"], cells[transcript, "new_themes"] = order, len(own - seen)
        seen |= own
        cells[transcript, "cumulative"] = len(seen)
    return cells


def cases(truth: Recount) -> Expected:
    """In how many answers each person says each theme."""
    counts = truth.coded.groupby(["person", "theme"])["segment"].nunique()
    pairs = [(person, theme) for person in truth.people for theme in truth.themes]
    return {(person, f"tema:{theme}"): int(counts.get((person, theme), 0)) for person, theme in pairs}


def percentage(count: int, n: int) -> dict[str, float | None]:
    """Share and Wilson's interval, none under ten."""
    if n < FEWEST:
        return {"share": None, "share_low": None, "share_high": None}
    z, p = stats.norm.ppf(0.975), count / n
    centre, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = ((centre + side * half) / (1 + z**2 / n) for side in (-1, 1))
    return {"share": p, "share_low": max(low, 0.0), "share_high": min(high, 1.0)}


def quartiles(values: np.ndarray) -> tuple[float, float, float]:
    """Median and quartiles by linear interpolation."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))

    return at(0.5), at(0.25), at(0.75)


def order_interval(values: np.ndarray) -> tuple[float | None, float | None]:
    """Exact interval of the median: the narrowest pair of order statistics that covers 95 %."""
    ordered = sorted(values)
    n = len(ordered)
    if n < 6 or ordered[0] == ordered[-1]:
        return None, None
    covering = [k for k in range(1, n // 2 + 1) if 1 - 2 * stats.binom.cdf(k - 1, n, 0.5) >= 0.95]
    return float(ordered[max(covering) - 1]), float(ordered[n - max(covering)])


def in_family(tests: Mapping[str, Mapping[str, Any]]) -> Expected:
    """The cells of tests that are corrected together."""
    known = [row for row, test in tests.items() if "p" in test]
    adjusted = stats.false_discovery_control([_value(tests[row]["p"]) for row in known]) if known else []
    drawn = any(isinstance(tests[row]["p"], tuple) for row in known)
    q = dict(zip(known, adjusted, strict=True))
    cells: Expected = {}
    for row, test in tests.items():
        cells |= {(row, column): value for column, value in test.items()}
        cells[row, "family"] = len(known)
        cells[row, "q"] = None if row not in q else (float(q[row]), 3 * _DRAWN) if drawn else float(q[row])
        for column in ("effect", "p"):
            cells.setdefault((row, column), None)
    return cells


def _value(number: float | tuple[float, float]) -> float:
    return number[0] if isinstance(number, tuple) else number


def fisher(table: np.ndarray) -> dict[str, Any]:
    """Fisher's exact test with the conditional odds ratio."""
    ratio = contingency.odds_ratio(table)
    interval = ratio.confidence_interval(0.95)
    found = {"p": float(stats.fisher_exact(table).pvalue), "effect": float(ratio.statistic)}
    found |= {"low": float(interval.low), "high": float(interval.high)}
    if (table == 0).any():
        a, b, c, d = (table + 0.5).ravel()
        found["haldane"] = float(a * d / (b * c))
    return found


def two_columns(table: np.ndarray) -> dict[str, Any]:
    """Those who do above those who do not, one column a class (two at most here)."""
    if table.shape[1] < 2 or table.sum(axis=0).max() < 2 or not table.sum(axis=1).all() or not table.sum(axis=0).all():
        return {}
    return fisher(table)


def categories(table: np.ndarray) -> dict[str, Any]:
    """Freeman-Halton by listing every arrangement of the answers, or many draws; Bergsma's corrected V."""
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = int(table.sum())
    if min(table.shape) < 2 or n < 3:
        return {}
    chi2 = stats.chi2_contingency(table, correction=False).statistic
    rows, columns = table.shape
    phi2 = max(0.0, chi2 / n - (rows - 1) * (columns - 1) / (n - 1))
    sizes = [side - (side - 1) ** 2 / (n - 1) for side in table.shape]
    size = min(sizes) - 1
    effect = (min(1.0, math.sqrt(phi2 / size)) if size > 0 else 0.0, 1e-6)  # the root makes a last digit large
    if table.shape == (2, 2):
        return {"effect": effect, "p": float(stats.fisher_exact(table).pvalue)}
    method = stats.MonteCarloMethod(n_resamples=20_000, rng=np.random.default_rng(5))
    p = float(np.asarray(stats.fisher_exact(table, method=method).pvalue).item())
    return {"effect": effect, "p": (p, _DRAWN)}


def mann_whitney(first: list[float], second: list[float]) -> dict[str, Any]:
    """Cliff's delta pair by pair, Newcombe's interval, and p over all arrangements or many of them."""
    if min(len(first), len(second)) < 2 or len({*first, *second}) < 2:
        return {}
    pairs = [np.sign(x - y) for x in first for y in second]
    delta = float(np.mean(pairs))
    low, high = newcombe_delta((delta + 1) / 2, len(first), len(second))
    ranks = stats.rankdata([*first, *second])
    m, n = len(first), len(ranks)
    apart = abs(ranks[:m].mean() - ranks.mean())
    if math.comb(n, m) <= LISTED:
        every = np.array(list(combinations(range(n), m)))
        p: float | tuple[float, float] = float((abs(ranks[every].mean(axis=1) - ranks.mean()) >= apart - 1e-9).mean())
    else:
        drawn = np.random.default_rng(3).permuted(np.tile(ranks, (20_000, 1)), axis=1)[:, :m]
        p = (float((abs(drawn.mean(axis=1) - ranks.mean()) >= apart - 1e-9).mean()), _DRAWN)
    return {"effect": delta, "low": 2 * low - 1, "high": 2 * high - 1, "p": p}


def newcombe_delta(theta: float, m: int, n: int) -> tuple[float, float]:
    """Newcombe (2006), method 5, solved on a fine grid of the two sides."""
    z2, star = stats.norm.ppf(0.975) ** 2, (m + n) / 2 - 1

    def excess(value: float) -> float:
        spread = value * (1 - value) / (m * n) * (1 + star * ((1 - value) / (2 - value) + value / (1 + value)))
        return (theta - value) ** 2 - z2 * spread

    low = 0.0 if theta == 0 else optimize.brentq(excess, 1e-12, theta - 1e-9)
    high = 1.0 if theta == 1 else optimize.brentq(excess, theta + 1e-9, 1 - 1e-12)
    return float(low), float(high)


def newcombe_paired(both: int, only_first: int, only_second: int, n: int) -> tuple[float, float]:
    """Newcombe (1998), method 10 for paired proportions."""
    first, second, neither = both + only_first, both + only_second, n - both - only_first - only_second
    z = stats.norm.ppf(0.975)

    def wilson(count: int) -> tuple[float, float]:
        p = count / n
        half = z * math.sqrt(z**2 + 4 * n * p * (1 - p))
        return (2 * n * p + z**2 - half) / (2 * (n + z**2)), (2 * n * p + z**2 + half) / (2 * (n + z**2))

    (l1, u1), (l2, u2) = wilson(first), wilson(second)
    p1, p2 = first / n, second / n
    margins = first * (n - first) * second * (n - second)
    cross = both * neither - only_first * only_second
    numerator = max(cross - n / 2, 0) if cross > 0 else cross
    phi = numerator / math.sqrt(margins) if margins else 0.0
    below = (p1 - l1) ** 2 - 2 * phi * (p1 - l1) * (u2 - p2) + (u2 - p2) ** 2
    above = (u1 - p1) ** 2 - 2 * phi * (u1 - p1) * (p2 - l2) + (p2 - l2) ** 2
    return p1 - p2 - math.sqrt(max(below, 0)), p1 - p2 + math.sqrt(max(above, 0))


def kruskal(groups: list[list[float]]) -> dict[str, Any]:
    """Epsilon squared, with p over all ways to lay the values into the groups or many of them."""
    values = [value for group in groups for value in group]
    if len(groups) < 2 or len(set(values)) < 2 or min(map(len, groups)) < 2:
        return {}
    sizes = [len(group) for group in groups]
    statistic = stats.kruskal(*groups).statistic
    cuts = np.cumsum(sizes)[:-1]
    ranks = stats.rankdata(values)

    def spread(laid: np.ndarray) -> np.ndarray:
        """The part of H that changes with the arrangement."""
        return sum(part.sum(axis=1) ** 2 / part.shape[1] for part in np.split(laid, cuts, axis=1))

    drawn = np.random.default_rng(7).permuted(np.tile(ranks, (20_000, 1)), axis=1)
    p = float((spread(drawn) >= spread(ranks[None, :])[0] - 1e-9).mean())
    return {"effect": float(statistic / (len(values) - 1)), "p": (p, _DRAWN)}


def spearman(x: list[float], y: list[float]) -> dict[str, Any]:
    """Spearman's rho and Kendall's tau-b, with p over all orders or many of them."""
    if len(x) < 3 or len(set(x)) < 2 or len(set(y)) < 2:
        return {}
    rho, tau = stats.spearmanr(x, y).statistic, stats.kendalltau(x, y).statistic
    first, second = (stats.rankdata(side) - (len(x) + 1) / 2 for side in (x, y))
    own = abs(first @ second)
    if math.factorial(len(x)) <= LISTED:
        every = np.array(list(permutations(second)))
        p: float | tuple[float, float] = float((abs(every @ first) >= own - 1e-9).mean())
    else:
        drawn = np.random.default_rng(11).permuted(np.tile(second, (20_000, 1)), axis=1)
        p = (float((abs(drawn @ first) >= own - 1e-9).mean()), _DRAWN)
    return {"effect": float(rho), "tau": float(tau), "p": p}
