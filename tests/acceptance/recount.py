"""An independent recount of a run's tables from the truth of a counted study: pandas, scipy, brute force, no Trama.

Each function gives the numbers that one table must show: (row, column) -> number, or a pair (number, tolerance) where
the run draws at random. `NOT_RECOUNTED` names the columns that are left to unit tests, with the reason.
"""

import math
import re
from collections import Counter
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
    ENGLISH,
    NOT_SHOWN,
    REJECTED,
    STANCES,
    CountedStudy,
    Item,
    Option,
    Said,
    Talk,
    Ticks,
)

# A number, a number with its tolerance, a text, or nothing; a column that is a text in the run is compared where it is
# expected.
Expected = dict[tuple[str, str], float | tuple[float, float] | str | None]
KINDS = (DONT_KNOW, BLANK, NOT_SHOWN, REJECTED)
FEWEST = 10  # respondents for a percentage and for a test
FEWEST_OF_A_CLASS = 3  # in two classes at least, to be compared
LISTED = 50_000
_DRAWN = 0.03  # three standard errors of a p from 4,999 draws against one of ours

# Table -> columns that are left to unit tests, with the reason.
_JACKKNIFE = "jackknife: tests/nlp/measures/test_agreement.py, tests/nlp/measures/test_association.py"
_MEASURES = ("f1", "kappa", "alpha", "ac1", "iou", "alpha_passages", "alpha_stance", "alpha_stance_order", "tau")
_ENDS = {f"{measure}_{end}": _JACKKNIFE for measure in _MEASURES for end in ("low", "high")}
_RATIO = "ratio interval: tests/nlp/measures/test_published_examples.py"
_DRAWN_ORDERS = "drawn orders: tests/nlp/measures/test_saturation.py"
NOT_RECOUNTED = {
    "*": _ENDS,
    "temi": {"segment_low": _RATIO, "segment_high": _RATIO},
    "saturazione_interviste": dict.fromkeys(("curve", "curve_low", "curve_high"), _DRAWN_ORDERS),
}


class Recount:
    """The truth of a study as plain frames: who was read, what each coded answer holds, what was answered.

    A person decided on an answer that they coded, and on all of a talk of which they coded a fifth. A theme is there
    when half of those who decided gave it, in the stance of the first of them by name. What no person decided on, the
    machine reads in Italian, and gives no theme (`min_score` is 1).
    """

    def __init__(self, study: CountedStudy, every: pd.DataFrame | None = None, coded: pd.DataFrame | None = None):
        """`every` and `coded` are what is said and how it is coded, where a run and not the study's truth says it."""
        self.study = study
        self.themes = list(study.themes)
        self.by_code = {item.code: item for item in study.items}
        self.labels = {name: {person.name: person.labels[name] for person in study.people} for name in study.variables}
        self.class_variable = next(iter(study.variables), "")
        self.every = _said(study) if every is None else every
        self.all_coded = _coded(self.every) if coded is None else coded
        self.spoken = self.every[~self.every["written"]]
        self.interviewed = sorted(self.spoken["person"].unique())
        self.interviews = self.spoken[self.spoken["read"]]
        self.people = sorted(self.interviews["person"].unique())
        # What interviewed people also wrote is theirs; who only wrote is in no table of themes.
        self.read = self.every[self.every["read"] & self.every["person"].isin(self.people)]
        self.coded = self.all_coded[self.all_coded["person"].isin(self.people)]

    def classes(self, variable: str, people: Iterable[str] = ()) -> list[str]:
        """The labels of a variable, of everybody or of these people: by the first number in them, then by name."""
        known = self.labels.get(variable, {})
        return sorted({known[name] for name in people or known} - {""}, key=_by_number) if known else []

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
            if isinstance(answer, Option):
                found[person.name] = answer.value if item.type == "single" else answer.rank
            elif isinstance(answer, Ticks):
                if option not in answer.unclear:
                    found[person.name] = option in answer.chosen
            elif answer is not None and answer not in KINDS:
                found[person.name] = answer
        return found

    def missing(self, item: Item, people: Iterable[str], option: str = "") -> dict[str, int]:
        """How many of these people gave each kind of no answer."""
        answers = {person.name: person.answers.get(item.code) for person in self.study.people}
        kinds = {
            name: REJECTED if isinstance(answer, Ticks) and option in answer.unclear else answer
            for name, answer in answers.items()
        }
        counts = {kind: sum(kinds[name] == kind for name in people) for kind in KINDS}
        return {**counts, "no_questionnaire": sum(answers[name] is None for name in people)}


def _said(study: CountedStudy) -> pd.DataFrame:
    """One row an answer of an interview or a written one."""
    rows = []
    for person in study.people:
        for talk in (*person.talks, person.text):
            for number, said in enumerate(talk.answers if talk else ()):
                decided = _decided(talk, said)
                words = len(said.sentence.rstrip(".").split())
                row = (person.name, talk.transcript, f"{talk.transcript}/{number}", words, said, decided)
                rows.append((*row, bool(decided) or not talk.german, talk is person.text))
    names = ["person", "transcript", "segment", "words", "said", "decided", "read", "written"]
    return pd.DataFrame(rows, columns=names).astype({"read": bool, "written": bool})


def _decided(talk: Talk, said: Said) -> dict[str, dict[str, str]]:
    """Coder -> theme -> stance, of who decided on this answer."""
    coders = {coder for each in talk.answers for coder in each.coded}
    read = {coder for coder in coders if sum(coder in each.coded for each in talk.answers) >= 0.2 * len(talk.answers)}
    return {coder: said.coded.get(coder, {}) for coder in sorted(coders) if coder in said.coded or coder in read}


def _coded(every: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in every.itertuples():
        given = Counter(theme for codes in row.decided.values() for theme in codes)
        for theme, count in given.items():
            if count >= len(row.decided) / 2:
                stance = next(codes[theme] for codes in row.decided.values() if theme in codes)
                place = (row.person, row.transcript, row.segment, row.words, row.written)
                rows.append((*place, theme, stance, row.said.sentence, True))
    names = ["person", "transcript", "segment", "words", "written", "theme", "stance", "sentence", "human"]
    return pd.DataFrame(rows, columns=names).astype({"written": bool, "human": bool})


def _by_number(label: str) -> tuple[float, str]:
    number = re.search(r"\d+(\.\d{3})*", label)
    return (float(number.group().replace(".", "")) if number else -1.0, label)


def recount_all(truth: Recount) -> dict[str, Expected]:
    """Table -> what its cells must hold."""
    by_variable = {
        f"{table}_{variable}": count(truth, variable)
        for variable in truth.study.variables
        for table, count in (("temi", themes_by_class), ("domande", answers_by_class))
    }
    return by_variable | {
        "campione": sample(truth),
        "temi": prevalence(truth),
        "posizioni": stances(truth),
        "domande_frequenze": frequencies(truth),
        "domande_numeri": numbers(truth),
        "temi_domande": links(truth),
        "detto_scelto": said_and_ticked(truth),
        "temi_insieme": together(truth),
        "saturazione": saturation(truth),
        "saturazione_interviste": new_themes(truth),
        "casi": cases(truth),
        "silenzi": silences(truth),
    }


def sample(truth: Recount) -> Expected:
    """Who is listed, interviewed, read, has answered."""
    study = truth.study
    spoken = truth.spoken
    wrote = {person.name for person in study.people if person.text}
    answered = {name for item in study.items if item.type != "text" for option in _options(item)
                for name in truth.given(item, option)}  # fmt: skip
    # Who says "non so", or writes what is no answer, has filled in a questionnaire, too.
    unclear = {person.name for person in study.people if {DONT_KNOW, REJECTED} & set(_plain_answers(person.answers))}
    answering = answered | wrote | unclear
    counts = {
        "respondents": len(study.people),
        "transcripts": spoken["transcript"].nunique(),
        "interviewed": len(truth.interviewed),
        "questionnaires": len(answering),
        "both": len(answering & set(truth.interviewed)),
        "themes": len(truth.themes),
        "segments": len(truth.every),
        "words": int(truth.every["words"].sum()),
        "codings": len(truth.all_coded),
        "human": int(truth.all_coded["human"].sum()),
        "items": len(study.items),
    }
    if wrote:
        counts["written"] = len(wrote)
    if unread := set(truth.interviewed) - set(truth.people):
        counts["unread"] = len(unread)
    if only := wrote - set(truth.interviewed):
        counts["only_wrote"] = len(only)
    of_class = truth.labels.get(truth.class_variable, {})
    for label in truth.classes(truth.class_variable, truth.people) if truth.people else ():
        counts[f"class={label}"] = sum(of_class[person] == label for person in truth.people)
    return {(key, "value"): value for key, value in counts.items()}


def _plain_answers(answers: Mapping[str, Any]) -> list[Any]:
    return [answer for answer in answers.values() if isinstance(answer, str)]


def _options(item: Item) -> list[str]:
    return [option.value for option in item.options] if item.type == "multi" else [""]


def prevalence(truth: Recount) -> Expected:
    """Who says each theme, in how many answers, with how many of their words."""
    cells: Expected = {}
    n = len(truth.people)
    for theme in truth.themes:
        shares = np.array(list(truth.share(theme).values()))
        count = len(truth.says(theme))
        segments = int((truth.coded["theme"] == theme).sum())
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
            cells[theme, f"{ENGLISH[stance]}/respondents"] = own["person"].nunique()
            cells[theme, f"{ENGLISH[stance]}/segments"] = own["segment"].nunique()
            cells[theme, f"{ENGLISH[stance]}/told"] = own.loc[own["human"], "person"].nunique()
    return cells


def themes_by_class(truth: Recount, variable: str) -> Expected:
    """Each theme in each class, with the test."""
    cells: Expected = {}
    known = truth.labels[variable]
    classes = truth.classes(variable, truth.people) if truth.people else []
    tests: dict[str, dict[str, Any]] = {}
    for theme in truth.themes:
        says = truth.says(theme)
        groups = {label: [person for person in truth.people if known[person] == label] for label in classes}
        counts = {label: sum(person in says for person in members) for label, members in groups.items()}
        n = sum(len(members) for members in groups.values())
        cells |= {(theme, label): count for label, count in counts.items()}
        for label, members in groups.items():
            if len(members) >= FEWEST:
                cells[theme, f"{label}/share"] = counts[label] / len(members)
        cells[theme, "n"] = n
        cells[theme, "unknown"] = len(truth.people) - n
        table = [[counts[label] for label in classes], [len(groups[label]) - counts[label] for label in classes]]
        compared = _compared([len(members) for members in groups.values()])
        tests[theme] = two_rows(np.array(table).reshape(2, len(classes))) if compared else {}
        cells[theme, "larger"] = _larger(tests[theme], classes)
    return cells | in_family(tests)


def _compared(sizes: list[int]) -> bool:
    """Whether groups of these sizes are large enough for a test."""
    return sum(sizes) >= FEWEST and (len(sizes) < 2 or sorted(sizes)[-2] >= FEWEST_OF_A_CLASS)


def _larger(test: Mapping[str, Any], classes: list[str]) -> str:
    """Of two classes the one that does more: an odds ratio above 1, a delta above 0."""
    if len(classes) != 2 or "low" not in test:
        return ""
    none = 0.0 if "delta" in test else 1.0
    return "" if test["effect"] == none else classes[0] if test["effect"] > none else classes[1]


def frequencies(truth: Recount, items: Iterable[Item] = ()) -> Expected:
    """How many give each answer, everybody and each class; who cannot be read on an option is not asked about it."""
    cells: Expected = {}
    labels = truth.labels.get(truth.class_variable, {})
    for item in items or truth.study.items:
        if item.type not in ("single", "yesno", "likert", "multi"):
            continue
        valid = {option.value: truth.given(item, option.value) for option in item.options}
        chosen = {option.value: _choosers(item, option, valid[option.value]) for option in item.options}
        ticks = sum(len(people) for people in chosen.values())
        for option in item.options:
            answered = set(valid[option.value])
            row = f"{item.code}|{option.value}"
            count = len(chosen[option.value])
            cells[row, "n"] = len(answered)
            cells[row, "count"] = count
            cells |= {(row, column): value for column, value in percentage(count, len(answered)).items()}
            of_ticks = item.type == "multi" and ticks and len(answered) >= FEWEST
            cells[row, "answers_share"] = count / ticks if of_ticks else None
            for label in truth.classes(truth.class_variable):
                members = {name for name, own in labels.items() if own == label}
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
        for label in ("", *truth.classes(truth.class_variable)):
            people = [name for name in everybody if not label or truth.labels[truth.class_variable][name] == label]
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


def answers_by_class(truth: Recount, variable: str) -> Expected:
    """Whether answers depend on the class, of everybody listed."""
    cells: Expected = {}
    tests: dict[str, dict[str, Any]] = {}
    labels = truth.labels[variable]
    for item in truth.study.items:
        for option in _options(item) if item.type not in ("text", "date") else ():
            given = truth.given(item, option)
            row = f"{item.code}|{option}"
            known = {name: answer for name, answer in given.items() if labels[name]}
            cells[row, "n"] = len(known)
            cells[row, "no_answer"] = len(labels) - len(given)
            cells[row, "unknown"] = len(given) - len(known)
            classes = truth.classes(variable, known) if known else []
            groups = [[answer for name, answer in known.items() if labels[name] == label] for label in classes]
            tests[row] = _compare_classes(item, groups)
            cells[row, "larger"] = _larger(tests[row], classes)
    return cells | in_family(tests)


def _compare_classes(item: Item, groups: list[list[Any]]) -> dict[str, Any]:
    if len(groups) < 2 or not _compared([len(group) for group in groups]):
        return {}
    if item.type in ("number", "likert"):
        return mann_whitney(*groups) if len(groups) == 2 else kruskal(groups)
    if item.type == "single":
        return categories(pd.crosstab(*_stacked(groups)).to_numpy()) if max(map(len, groups)) > 1 else {}
    ticked = np.array([sum(map(bool, group)) for group in groups])
    return two_rows(np.array([ticked, np.array([len(group) for group in groups]) - ticked]))


def _stacked(groups: list[list[Any]]) -> tuple[list[Any], list[int]]:
    answers = [answer for group in groups for answer in group]
    return answers, [number for number, group in enumerate(groups) for _ in group]


def links(truth: Recount) -> Expected:
    """Each theme against each item it is linked to."""
    cells: Expected = {}
    tests: dict[str, dict[str, Any]] = {}
    for theme, codes in truth.study.links.items():
        for item in [truth.by_code[code] for code in codes]:
            for option in _options(item):
                for row, own, test in _one_link(truth, theme, item, option):
                    cells |= {(row, column): value for column, value in own.items()}
                    tests[row] = test if (own["n"] or 0) >= FEWEST else {}
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
    people = sorted(given)
    says = truth.says(theme)
    share = truth.share(theme)
    place = f"{theme}|{item.code}|{option}"
    common: dict[str, float | None] = {"n": len(people), **truth.missing(item, truth.people, option)}
    mentioned = sum(person in says for person in people)
    inside = [given[person] for person in people if person in says]
    outside = [given[person] for person in people if person not in says]
    if item.type in ("multi", "yesno"):
        yes = {person for person in people if given[person]}
        table = np.array([[sum(map(bool, side)), sum(not answer for answer in side)] for side in (inside, outside)])
        counts = {"mentioned": mentioned, "ticked": len(yes), "both": int(table[0][0])}
        whole = table.sum(axis=0).all() and table.sum(axis=1).all()
        yield f"{place}|mention", common | counts, fisher(table) if whole else {}
        ticking = [share[person] for person in people if person in yes]
        others = [share[person] for person in people if person not in yes]
        yield f"{place}|share", common | {"ticked": len(yes)}, mann_whitney(ticking, others)
        return
    if item.type == "single":
        sided = mentioned not in (0, len(people)) and len(set(given.values())) > 1
        answered = [given[person] for person in people]
        table = pd.crosstab([person in says for person in people], answered).to_numpy() if sided else np.zeros((0, 0))
        yield f"{place}|mention", common | {"mentioned": mentioned}, categories(table) if sided else {}
        values = sorted({given[person] for person in people})
        groups = [[share[person] for person in people if given[person] == value] for value in values]
        yield f"{place}|share", common, kruskal(groups)
        return
    typical = {
        "mentioned": mentioned,
        "typical_mentioned": float(np.median(inside)) if inside else None,
        "typical_others": float(np.median(outside)) if outside else None,
    }
    yield f"{place}|mention", common | typical, mann_whitney(inside, outside)
    shares = [share[person] for person in people]
    answers = [float(given[person]) for person in people]
    yield f"{place}|share", common | {"mentioned": mentioned}, spearman(shares, answers)


def named_option(truth: Recount, theme: str, item: Item) -> str:
    """The option of a multiple response that has the theme's code or its label."""
    names = {theme.casefold(), truth.study.themes[theme].casefold()}
    options = item.options if item.type == "multi" else ()
    return next((each.value for each in options if {each.value.casefold(), each.label.casefold()} & names), "")


def said_and_ticked(truth: Recount) -> Expected:
    """Each theme and the option of its name."""
    tests: dict[str, dict[str, Any]] = {}
    for theme, codes in truth.study.links.items():
        for item in [truth.by_code[code] for code in codes]:
            if option := named_option(truth, theme, item):
                tests[f"{theme}|{item.code}"] = _one_said_and_ticked(truth, theme, item, option)
    cells = in_family(tests)
    return {place: value for place, value in cells.items() if place[1] != "effect"}


def _one_said_and_ticked(truth: Recount, theme: str, item: Item, option: str) -> dict[str, Any]:
    given = {name: tick for name, tick in truth.given(item, option).items() if name in truth.people}
    says = truth.says(theme) & set(given)
    ticks = {name for name, tick in given.items() if tick}
    only_said = len(says - ticks)
    only_ticked = len(ticks - says)
    n = len(given)
    counts: dict[str, Any] = {
        "n": n, "no_answer": len(truth.people) - n, "said": len(says), "ticked": len(ticks), "both": len(says & ticks),
        "only_said": only_said, "only_ticked": only_ticked,
    }  # fmt: skip
    if n >= FEWEST:
        apart = only_said + only_ticked
        counts |= {"difference": (only_said - only_ticked) / n}
        counts["p"] = stats.binomtest(only_said, apart).pvalue if apart else 1.0
        counts["low"], counts["high"] = newcombe_paired(len(says & ticks), only_said, only_ticked, n)
    return counts


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
            first = units[unit][one]
            second = units[unit][other]
            n = totals[unit]
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
        cells[transcript, "order"] = order
        cells[transcript, "new_themes"] = len(own - seen)
        seen |= own
        cells[transcript, "cumulative"] = len(seen)
    return cells


def saturation(truth: Recount) -> Expected:
    """Base and run length (Guest, Namey and Chen 2020), interviews in the order of their names."""
    cells: Expected = {}
    new = [count for (_, column), count in new_themes(truth).items() if column == "new_themes"]
    for base in (4, 5, 6):
        for run in (2, 3):
            for threshold in (0.05, 0):
                row = f"{base}|{run}|{threshold:g}"
                if base + run > len(new):
                    continue
                measure = sum(new[:base])
                cells[row, "base"] = base
                cells[row, "run"] = run
                cells[row, "threshold"] = threshold
                cells[row, "themes_in_base"] = measure
                runs = [(start, sum(new[start : start + run])) for start in range(base, len(new) - run + 1)]
                quiet = [start for start, fresh in runs if measure and fresh <= threshold * measure]
                if quiet:
                    cells[row, "reached"] = f"{quiet[0]}+{run}"
                last = dict(runs).get(quiet[0]) if quiet else runs[-1][1] if runs else None
                cells[row, "new_share"] = last / measure if measure and last is not None else None
    return cells


def silences(truth: Recount) -> Expected:
    """Themes that no item asks about and who says them; items that no theme speaks of and who answers them."""
    cells: Expected = {}
    asked = {code for codes in truth.study.links.values() for code in codes}
    for theme, codes in truth.study.links.items():
        if truth.study.items and not codes:  # without a questionnaire nothing is silent
            cells[f"theme|{theme}", "mentioned"] = len(truth.says(theme))
    for item in truth.study.items:
        if item.code not in asked and item.type != "date":
            wrote = {person.name for person in truth.study.people if person.text}
            given = set().union(*(truth.given(item, option) for option in _options(item)))
            cells[f"item|{item.code}", "answered"] = len(wrote if item.type == "text" else given)
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
    z = stats.norm.ppf(0.975)
    p = count / n
    centre = p + z**2 / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
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
        cells |= {(row, column): value for column, value in test.items() if column != "delta"}
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


def two_rows(table: np.ndarray) -> dict[str, Any]:
    """Those who do above those who do not, one column a class."""
    if table.shape[1] < 2 or table.sum(axis=0).max() < 2 or not table.sum(axis=1).all() or not table.sum(axis=0).all():
        return {}
    return fisher(table) if table.shape[1] == 2 else categories(table)


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
    m = len(first)
    n = len(ranks)
    apart = abs(ranks[:m].mean() - ranks.mean())
    if math.comb(n, m) <= LISTED:
        every = np.array(list(combinations(range(n), m)))
        p: float | tuple[float, float] = float((abs(ranks[every].mean(axis=1) - ranks.mean()) >= apart - 1e-9).mean())
    else:
        drawn = np.random.default_rng(3).permuted(np.tile(ranks, (20_000, 1)), axis=1)[:, :m]
        p = (float((abs(drawn.mean(axis=1) - ranks.mean()) >= apart - 1e-9).mean()), _DRAWN)
    return {"effect": delta, "low": 2 * low - 1, "high": 2 * high - 1, "p": p, "delta": True}


def newcombe_delta(theta: float, m: int, n: int) -> tuple[float, float]:
    """Newcombe (2006), method 5, solved on a fine grid of the two sides."""
    z2 = stats.norm.ppf(0.975) ** 2
    star = (m + n) / 2 - 1

    def excess(value: float) -> float:
        spread = value * (1 - value) / (m * n) * (1 + star * ((1 - value) / (2 - value) + value / (1 + value)))
        return (theta - value) ** 2 - z2 * spread

    low = 0.0 if theta == 0 else optimize.brentq(excess, 1e-12, theta - 1e-9)
    high = 1.0 if theta == 1 else optimize.brentq(excess, theta + 1e-9, 1 - 1e-12)
    return float(low), float(high)


def newcombe_paired(both: int, only_first: int, only_second: int, n: int) -> tuple[float, float]:
    """Newcombe (1998), method 10 for paired proportions."""
    first = both + only_first
    second = both + only_second
    neither = n - both - only_first - only_second
    z = stats.norm.ppf(0.975)

    def wilson(count: int) -> tuple[float, float]:
        p = count / n
        half = z * math.sqrt(z**2 + 4 * n * p * (1 - p))
        return (2 * n * p + z**2 - half) / (2 * (n + z**2)), (2 * n * p + z**2 + half) / (2 * (n + z**2))

    l1, u1 = wilson(first)
    l2, u2 = wilson(second)
    p1 = first / n
    p2 = second / n
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
    rho = stats.spearmanr(x, y).statistic
    tau = stats.kendalltau(x, y).statistic
    first, second = (stats.rankdata(side) - (len(x) + 1) / 2 for side in (x, y))
    own = abs(first @ second)
    if math.factorial(len(x)) <= LISTED:
        every = np.array(list(permutations(second)))
        p: float | tuple[float, float] = float((abs(every @ first) >= own - 1e-9).mean())
    else:
        drawn = np.random.default_rng(11).permuted(np.tile(second, (20_000, 1)), axis=1)
        p = (float((abs(drawn @ first) >= own - 1e-9).mean()), _DRAWN)
    return {"effect": float(rho), "tau": float(tau), "p": p}
