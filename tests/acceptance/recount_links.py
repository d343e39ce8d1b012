"""The joint display and the stances beside answers, counted again by what docs/joint-display.md says. No Trama."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.acceptance.counted_studies import BLANK, DONT_KNOW, NOT_SHOWN, REJECTED, Item, Option, Ticks
from tests.acceptance.recount import Expected, Recount, frequencies, named_option

# Thresholds as the docs give them.
MAX_MISSING = 0.5
MIN_INTERVIEWS = 2
MIN_INTERVIEW_SHARE = 0.05
MIN_PAIRS = 10
MIN_GROUP = 3
MIN_POSITIONS = 5
MIN_CASES = 3
MIN_REASONS = 3
MIN_DELTA = 0.28
MIN_ODDS_RATIO = 2.0
READINGS = {
    "silenzio": "silence",
    "evidenza insufficiente": "insufficient evidence",
    "divergenza": "divergence",
    "convergenza": "convergence",
    "complementarità": "complementarity",
    "inconclusivo": "inconclusive",
}
UNCHECKED = "da controllare"  # by the machine's stance alone
VERDICTS = {"concorda": "agrees", "contraddice": "contradicts", "misto": "mixed", UNCHECKED: "to be checked"}
Effect = tuple[str, float, float, float]  # of which test, its value, its interval


@dataclass(frozen=True)
class Case:
    """Somebody with a stance on a theme and an answer that amounts to one."""

    respondent: str
    segments: dict[str, int]  # stance -> segments
    by_people: int  # of them those that people coded
    verdict: str


def cases_of(truth: Recount, theme: str, item: Item) -> list[Case] | None:
    """Everybody of one link whose stance can be held against their answer; None where no stance is declared."""
    named = named_option(truth, theme, item)
    stances = {option.value: option.stance for option in item.options if not named or option.value == named}
    if not any(stances.values()):
        return None
    cases = []
    for person in truth.study.people:
        own = truth.coded[(truth.coded["person"] == person.name) & (truth.coded["theme"] == theme)]
        segments = {stance: own.loc[own["stance"] == stance, "segment"].nunique()
                    for stance in ("vantaggio", "criticità", "proposta")}  # fmt: skip
        given = person.answers.get(item.code)
        chosen = given.chosen if isinstance(given, Ticks) else {given.value} if isinstance(given, Option) else set()
        sides = {_side_of(stances[value], segments) for value in chosen if stances.get(value)} - {None}
        if sides:
            verdict = "concorda" if sides == {1} else "contraddice" if sides == {-1} else "misto"
            behind = {stance for value in chosen for stance in _behind(stances.get(value, ""), segments)}
            if not (own["human"] & own["stance"].isin(behind)).any():
                verdict = UNCHECKED
            by_people = own.loc[own["human"] & own["stance"].isin(list(segments)), "segment"].nunique()
            cases.append(Case(person.name, segments, by_people, verdict))
    return cases


def _behind(answer: str, segments: Mapping[str, int]) -> set[str]:
    """The stances on which it rests whether what is said agrees with an answer of this stance."""
    if "proposta" in answer:
        return {"proposta"}
    sides = {stance: segments[stance] for stance in ("vantaggio", "criticità")} if answer else {}
    return {stance for stance, count in sides.items() if count and count == max(sides.values())}


def _side_of(answer: str, segments: Mapping[str, int]) -> int | None:
    """1: what is said agrees with an answer of this stance, -1 contradicts it, 0 says both; None: takes no stance."""
    if "proposta" in answer:
        return None if not segments["proposta"] else 1 if answer == "proposta" else -1
    more = segments["vantaggio"] - segments["criticità"]
    if not segments["vantaggio"] and not segments["criticità"]:
        return None
    if more == 0:
        return 0
    return 1 if (more > 0) == (answer == "vantaggio") else -1


def stances_and_answers(truth: Recount) -> Expected:
    """Table `posizioni_risposte`."""
    cells: Expected = {}
    for theme, codes in truth.study.links.items():
        for code in codes:
            for case in cases_of(truth, theme, truth.by_code[code]) or ():
                row = f"{theme}|{code}|{case.respondent}"
                names = {"advantages": "vantaggio", "problems": "criticità", "proposals": "proposta"}
                cells |= {(row, column): case.segments[stance] for column, stance in names.items()}
                cells[row, "by_people"] = case.by_people
                verdict = case.verdict if truth.study.language == "it" else VERDICTS[case.verdict]
                cells[row, "verdict"] = verdict
    return cells


def joint(truth: Recount, linked: Expected, shown: Mapping[tuple[str, str], Any]) -> Expected:
    """Table `joint_display`: `linked` is the recount of `temi_domande`; of rank correlations, whose intervals are not
    recounted, they are as `shown` there.
    """
    cells: Expected = {}
    italian = truth.study.language == "it"
    for theme, codes in truth.study.links.items():
        for code in codes:
            row = f"{theme}|{code}"
            item = truth.by_code[code]
            cases = cases_of(truth, theme, item)
            place = _tested(truth, theme, item, linked)
            cells[row, "mentioned"] = len(truth.says(theme))
            cells |= {(row, column): linked.get((place, column)) for column in ("p", "q")}
            for column, verdict in (("agree", "concorda"), ("contradict", "contraddice")):
                known = cases is not None
                cells[row, column] = sum(case.verdict == verdict for case in cases or ()) if known else None
            of = "{} su {} rispondenti" if italian else "{} of {} respondents"
            cells[row, "interviews"] = of.format(len(truth.says(theme)), len(truth.people))
            if item.type in ("multi", "single", "yesno") and (told := _most_given(truth, theme, item)):
                cells[row, "questionnaire"] = told
            effect = _effect(place, item, linked, shown)
            reading, rule = _read(truth, theme, item, cases or [], place, linked, effect)
            word = reading if italian else READINGS[reading]
            cells[row, "reading"] = cells[row, "rules_reading"] = word
            cells[row, "why"] = f"{'regola' if italian else 'rule'} {rule}:"
    return cells


def _most_given(truth: Recount, theme: str, item: Item) -> str:
    """The three options most given by everybody listed, or the one that names the theme; "" where nobody answered."""
    named = named_option(truth, theme, item)
    cells = frequencies(truth, [item])
    options = [option for option in item.options if not named or option.value == named]
    counts = {option.label: int(cells[f"{item.code}|{option.value}", "count"]) for option in options}  # type: ignore[arg-type]
    n = max(int(cells[f"{item.code}|{option.value}", "n"]) for option in options)  # type: ignore[arg-type]
    given = [label for label, count in counts.items() if count or named]
    most = sorted(given, key=lambda label: -counts[label])[:3]
    return "; ".join(f"{label}: {counts[label]}" for label in most) + f" (n = {n})" if n else ""


def _tested(truth: Recount, theme: str, item: Item, linked: Expected) -> str:
    """The row of `temi_domande` that stands for the link: who mentions the theme, or the share of words where everybody
    or nobody does; "" where no option of a multiple response has the theme's name.
    """
    option = named_option(truth, theme, item)
    if item.type == "multi" and not option:
        return ""
    place = f"{theme}|{item.code}|{option}"
    mentioned = linked[f"{place}|mention", "mentioned"]
    n = linked[f"{place}|mention", "n"]
    return f"{place}|share" if n and mentioned in (0, n) else f"{place}|mention"


def _effect(place: str, item: Item, linked: Expected, shown: Mapping[tuple[str, str], Any]) -> Effect | None:
    """The effect with a side of the test at `place`, if it has one."""
    value = linked.get((place, "effect"))
    if not place or value is None or item.type == "single":
        return None
    share = place.endswith("|share")
    if share and item.type in ("likert", "number"):
        low = shown.get((place, "low"))
        high = shown.get((place, "high"))
        return None if low is None or high is None else ("rho", float(value), low, high)
    kind = "odds ratio" if not share and item.type in ("multi", "yesno") else "delta"
    return kind, float(value), float(linked[place, "low"]), float(linked[place, "high"])


def _read(
    truth: Recount, theme: str, item: Item, cases: list[Case], place: str, linked: Expected, effect: Effect | None
) -> tuple[str, str]:
    """The reading and the rule that gives it: the first that holds."""
    n = len(truth.people)
    mentioned = len(truth.says(theme))
    statuses = [_status(truth, name, item, named_option(truth, theme, item)) for name in truth.people]
    asked = [status for status in statuses if status not in (NOT_SHOWN, REJECTED, None)]
    silent = sum(status in (BLANK, DONT_KNOW) for status in asked)
    if (asked and silent / len(asked) >= MAX_MISSING) or mentioned < max(MIN_INTERVIEWS, MIN_INTERVIEW_SHARE * n):
        return "silenzio", "1"
    pairs = len(asked) - silent
    group = _smaller_group(place, linked)
    positions = sum(case.verdict != UNCHECKED for case in cases)
    grouped = group >= MIN_GROUP
    positioned = positions >= MIN_POSITIONS
    if pairs < MIN_PAIRS or not (grouped or positioned):
        return "evidenza insufficiente", "2"
    expected = "+" if named_option(truth, theme, item) else item.direction or ("-" if item.reverse else "")
    side = _side(effect, expected) if grouped else 0
    count = Counter(case.verdict for case in cases)
    if side < 0:
        return "divergenza", "3a"
    if positioned and count["contraddice"] >= MIN_CASES and 3 * count["contraddice"] >= positions:
        return "divergenza", "3b"
    agreed = positioned and count["concorda"] >= MIN_CASES and 3 * count["concorda"] >= 2 * positions
    if side > 0 and (agreed or not positioned):
        return "convergenza", "4a"
    if agreed:
        return "convergenza", "4b"
    subthemes = [code for code, parent in truth.study.parents.items() if parent == theme]
    reasons = {name for code in subthemes if not truth.study.links[code] for name in truth.says(code)}
    if len(reasons) >= MIN_REASONS:
        return "complementarità", "5"
    return "inconclusivo", "6"


def _status(truth: Recount, name: str, item: Item, option: str) -> str | None:
    """A kind of no answer, "" for an answer, None for no questionnaire."""
    given = next(person for person in truth.study.people if person.name == name).answers.get(item.code)
    if isinstance(given, Ticks):
        return REJECTED if option in given.unclear else ""
    return given if given is None or given in (BLANK, DONT_KNOW, NOT_SHOWN, REJECTED) else ""  # type: ignore[return-value]


def _smaller_group(place: str, linked: Expected) -> int:
    """Of who mentions the theme and who does not; for a share of words of who ticks and who does not, else all."""
    if not place:
        return 0
    n = int(linked[place, "n"] or 0)  # type: ignore[arg-type]
    inside = linked.get((place, "mentioned" if place.endswith("|mention") else "ticked"))
    return n if inside is None else min(int(inside), n - int(inside))  # type: ignore[arg-type]


def _side(effect: Effect | None, expected: str) -> int:
    """1: the interval lies wholly on the expected side and the effect is large enough, -1: on the other, 0: neither."""
    if effect is None or not expected:
        return 0
    kind, value, low, high = effect
    none = 1.0 if kind == "odds ratio" else 0.0
    large = not 1 / MIN_ODDS_RATIO < value < MIN_ODDS_RATIO if kind == "odds ratio" else abs(value) >= MIN_DELTA
    if not large or low <= none <= high:
        return 0
    return 1 if (low > none) == (expected == "+") else -1
