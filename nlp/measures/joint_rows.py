"""The rows of the joint display: for each declared link the effect that stands for it and its reading. Room nlp."""

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from corpus.records import Item, Theme
from corpus.settings import ReadingSection
from corpus.words.phrase import Phrase, phrase
from nlp.measures.frames import LinkReadings
from nlp.measures.joint_rules import Reasoned, Strands, read_row
from nlp.measures.linking import same_option
from nlp.measures.stance_agreement import AGREES, CONTRADICTS, MIXED, is_declared

READING_COLUMNS = list(LinkReadings.to_schema().columns)
_EFFECT = ("effect_name", "effect", "low", "high", "p", "q")
_NO_EFFECT = ("", math.nan, math.nan, math.nan, math.nan, math.nan)
Test = dict[Any, Any]  # a row of nlp.measures.linking.link_themes


def read_links(
    linked: pd.DataFrame,
    mentions: pd.DataFrame,
    themes: tuple[Theme, ...],
    items: tuple[Item, ...],
    rules: ReadingSection,
    decisions: pd.DataFrame,
    agreement: pd.DataFrame,
    estimates: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a declared link: which test stands for it and how the rules read it.

    `linked` is from nlp.measures.linking.link_themes. A multiple response is read on the option that asks about the
    theme (`same_option`). Who mentions the theme is compared first; where everybody or nobody does, the share of words
    is. The expected direction is the item's (Item.expected), and "+" for such an option, which who mentions the theme
    should tick more.
    `estimates` is from nlp.measures.corrected_themes.link_estimates where people read a known sample: a corrected
    figure that has a side stands before the effect of the codings as they are counted, which is kept as `plain_effect`
    and so on. `agreement` is from nlp.measures.stance_agreement: whose stance agrees with, or contradicts, their own
    answer.
    A reading in `decisions` (a LinkDecisions frame) stands before that of the rules, which is kept beside it.
    Columns: READING_COLUMNS; `rules_reading` is the rules' own; `why`, a Phrase, says which rule gave it or, where a
    person read the row, that person's reason; `by` is "" for the rules, else who and when; `outdated`: the rules read
    the row otherwise when the person did; low and high are the effect's interval.
    """
    by_code = {item.code: item for item in items}
    by_theme = {theme.code: theme for theme in themes}
    interviews = mentions["respondent"].nunique()
    mentioning = mentions.groupby("theme")["mentioned"].sum()
    tests_of: dict[tuple[str, str], list[Test]] = {}
    for test in linked.to_dict("records"):
        tests_of.setdefault((test["theme"], test["item"]), []).append(test)
    read_by_people = _human_readings(decisions)
    corrected = _usable(estimates)
    rows = []
    for (theme, code), tests in tests_of.items():
        item = by_code.get(code)
        option = same_option(by_theme[theme], item) if item and item.type == "multi" else ""
        best = _representative([test for test in tests if test["option"] == option])
        mentioned = int(mentioning.get(theme, 0))
        direction = "+" if option else item.expected if item else ""
        estimate = corrected.get((theme, code, option)) if best else None
        strands = replace(
            _strands(best, tests, item, direction, interviews, mentioned, _uncovered(theme, themes, mentions)),
            **_verdicts(agreement, by_theme[theme], item),
            **_corrected_strand(estimate),
        )
        by_rules = read_row(strands, rules)
        human = read_by_people.get((theme, code))
        plain = dict(zip(_EFFECT, _NO_EFFECT, strict=True)) if best is None else {name: best[name] for name in _EFFECT}
        effect = plain if estimate is None else {name: estimate[name] for name in _EFFECT}
        rows.append(
            {
                "theme": theme,
                "item": code,
                "option": option,
                "measure": "" if best is None else best["measure"],
                "rules_reading": by_rules.reading,
                **(_by_person(by_rules, human) if human else _by_rules(by_rules)),
                **effect,
                **{f"plain_{name}": plain[name] for name in _EFFECT},
                "read": 0 if estimate is None else estimate["read"],
                "n": strands.pairs,
                "smaller_group": strands.smaller_group,
                **{name: getattr(strands, name) for name in ("agree", "contradict", "mixed")},
                "reason": "" if best is None or estimate else best["reason"],
            }
        )
    return LinkReadings.validate(pd.DataFrame(rows, columns=READING_COLUMNS))


def _usable(estimates: pd.DataFrame | None) -> dict[tuple[str, str, str], Test]:
    """Theme, item and option -> a corrected figure with a value and a side; elsewhere that of the codings stands."""
    if estimates is None:
        return {}
    usable = estimates[(estimates["reason"] == "") & (estimates["effect_name"] != "") & estimates["value"].notna()]
    rows = usable.rename(columns={"value": "effect"}).to_dict("records")
    return {(row["theme"], row["item"], row["option"]): row for row in rows}


def _corrected_strand(estimate: Test | None) -> dict[str, Any]:
    if estimate is None:
        return {}
    return {name: estimate[name] for name in ("effect_name", "effect", "low", "high", "odds", "smaller_group")} | {
        "reason": ""
    }


def _human_readings(decisions: pd.DataFrame) -> dict[tuple[str, str], dict[str, str]]:
    """Theme and item -> the first row of `decisions` in which a person read the link."""
    readings: dict[tuple[str, str], dict[str, str]] = {}
    for row in decisions[decisions["reading"] != ""].to_dict("records"):
        readings.setdefault((row["theme"], row["item"]), {str(name): str(value) for name, value in row.items()})
    return readings


def _by_rules(by_rules: Reasoned) -> dict[str, Any]:
    return {"reading": by_rules.reading, "why": by_rules.why, "by": "", "outdated": False}


def _by_person(by_rules: Reasoned, human: dict[str, str]) -> dict[str, Any]:
    """The reading of a person, why, who read it, and whether the rules have come to read it otherwise since."""
    by = ", ".join(filter(None, (human["author"], human["date"]))) or "?"
    rules_then = human["rules_reading"]
    outdated = rules_then not in ("", by_rules.reading)
    why = phrase(
        "rule.read_by_person",
        by=by,
        reason=human["reason"],
        reading=Phrase(f"reading.{by_rules.reading}"),
        why=by_rules.why,
    )
    if outdated:
        why = phrase("rule.outdated", why=why, then=Phrase(f"reading.{rules_then}"))
    return {"reading": human["reading"], "why": why, "by": by, "outdated": outdated}


def _representative(tests: list[Test]) -> Test | None:
    if not tests:
        return None
    mention = next(test for test in tests if test["measure"] == "mention")
    share = next((test for test in tests if test["measure"] == "share"), None)
    return share if mention["reason"] in ("everybody", "nobody") and share else mention


def _strands(
    best: Test | None,
    tests: list[Test],
    item: Item | None,
    direction: str,
    interviews: int,
    mentioned: int,
    reasons: int,
) -> Strands:
    """What the rules look at; without `best` (no option asks about the theme) the answers count and no effect does."""
    if item is None:
        return Strands(interviews, mentioned, False, interviews, interviews, 0, 0, reasons=reasons)
    counted = tests[0] if best is None else best
    # Only who was asked and could answer can be silent: neither the filtered out, nor who sent no questionnaire, nor
    # whose answer nobody can read.
    beyond = sum(int(counted[kind]) for kind in ("not_shown", "rejected", "no_questionnaire"))
    missing = sum(int(counted[kind]) for kind in ("dont_know", "no_reply"))
    asked = interviews - beyond
    pairs = int(counted["n"])
    found = Strands(
        interviews,
        mentioned,
        True,
        asked,
        asked - missing,
        pairs,
        0,
        direction=direction,
        compared=False,
        reasons=reasons,
        asked_in_interview=item.asked_in_interview,
    )
    if best is None:
        return found
    effect = {name: best[name] for name in ("effect_name", "effect", "low", "high")}
    return replace(found, smaller_group=_smaller_group(best, pairs), compared=True, reason=best["reason"], **effect)


def _smaller_group(best: Test, pairs: int) -> int:
    """Of those who mention the theme and the others; for a share of words, of those who tick and the others."""
    sides = best["mentioned"] if best["measure"] == "mention" else best["ticked"]
    if pd.isna(sides):  # a share of words against a scale has no groups: all the pairs count
        return pairs
    return min(int(sides), pairs - int(sides))


def _verdicts(agreement: pd.DataFrame, theme: Theme, item: Item | None) -> dict[str, Any]:
    """How many respondents of a link agree, contradict (and who), do neither; nothing where no stance is declared."""
    if item is None or not is_declared(theme, item):
        return {}
    mine = agreement[(agreement["theme"] == theme.code) & (agreement["item"] == item.code)]
    names = {"agree": AGREES, "contradict": CONTRADICTS, "mixed": MIXED}
    cases = tuple(mine.loc[mine["verdict"] == CONTRADICTS, "respondent"])
    return {"cases": cases} | {name: int((mine["verdict"] == verdict).sum()) for name, verdict in names.items()}


def _uncovered(theme: str, themes: tuple[Theme, ...], mentions: pd.DataFrame) -> int:
    """Respondents who mention a subtheme of `theme` that no item covers."""
    children = [child.code for child in themes if child.parent == theme and not child.questionnaire_items]
    if not children:
        return 0
    inside = mentions[mentions["theme"].isin(children) & mentions["mentioned"]]
    return int(inside["respondent"].nunique())
