"""Whether a respondent's answer agrees with the stance that the same person takes in the interview. Room nlp."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from corpus.records import Item, Theme
from corpus.words.stances import AnswerStance
from nlp.measures.frames import StanceAgreement
from nlp.measures.linking import same_option

AGREES = "agrees"
CONTRADICTS = "contradicts"
MIXED = "mixed"
UNCHECKED = "unchecked"
_SAID = {"advantage": "advantages", "problem": "problems", "proposal": "proposals"}


def stance_agreement(
    coded: pd.DataFrame, answers: pd.DataFrame, themes: tuple[Theme, ...], items: tuple[Item, ...]
) -> pd.DataFrame:
    """One row a link and respondent with an answer of declared stance and a stance on the theme that it bears on.

    `coded` is from nlp.measures.theme_mentions.coded_segments, with `told` (bool): a person gave the stance. A
    respondent's stance is the one of more segments, advantage or problem; as many of both is "mixed", and so are
    answers that take both. An answer that is a proposal agrees with whoever makes a proposal; who makes none takes no
    stance on it. Of a multiple response the option that asks about the theme counts (`same_option`), else every option
    ticked. Columns: StanceAgreement; advantages, problems and proposals are segments, `by_people` those of them that
    people coded. Where people gave the stance of no segment on which a verdict rests, the machine's alone would give
    it: it is "unchecked".
    """
    by_code = {item.code: item for item in items}
    counts = _segments_by_stance(coded)
    parts = []
    for theme in themes:
        for code in dict.fromkeys(theme.questionnaire_items):
            item = by_code.get(code)
            if item is not None and is_declared(theme, item):
                parts.append(_one_link(counts[counts["theme"] == theme.code], answers, theme, item))
    columns = list(StanceAgreement.to_schema().columns)
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
    return StanceAgreement.validate(frame[columns])


def is_declared(theme: Theme, item: Item) -> bool:
    """Whether the codebook says of some answer to the link's item (or option) what stance it amounts to."""
    named = same_option(theme, item) if item.type == "multi" else ""
    return any(option.stance for option in item.options if not named or option.value == named)


def stances_behind(answer_stance: str, advantages: int, problems: int, proposals: int) -> tuple[str, ...]:
    """The stances, said of the theme, on which the verdict of one respondent rests; the answers may take several."""
    taken = set(answer_stance.split("|"))
    behind = []
    if taken & {"advantage", "problem"}:
        behind += ["advantage"] * (0 < advantages >= problems) + ["problem"] * (0 < problems >= advantages)
    if taken & {"proposal", "not_proposal"} and proposals:
        behind.append("proposal")
    return tuple(behind)


def _segments_by_stance(coded: pd.DataFrame) -> pd.DataFrame:
    """Theme, respondent, segments by stance, how many of them people coded, and `checked`, the stances people gave."""
    known = coded[(coded["respondent"] != "") & coded["stance"].isin(list(_SAID))]
    keys = ["theme", "respondent"]
    counts = known.pivot_table(values="segment", index=keys, columns="stance", aggfunc="nunique", fill_value=0)
    counts = counts.reindex(columns=list(_SAID), fill_value=0).rename(columns=_SAID).astype("int64")
    human = known[known["how"] == "human"]
    by_people = human.groupby(keys)["segment"].nunique().reindex(counts.index, fill_value=0)
    checked = known[known["told"]].groupby(keys)["stance"].agg(set).reindex(counts.index)
    return counts.assign(by_people=by_people, checked=checked).reset_index()


def _one_link(counts: pd.DataFrame, answers: pd.DataFrame, theme: Theme, item: Item) -> pd.DataFrame:
    taken = _answer_stances(answers, theme, item)
    paired = counts.merge(taken, on="respondent").sort_values("respondent", ignore_index=True)
    more = pd.Series(np.sign(paired["advantages"] - paired["problems"]), index=paired.index)
    balance = more.where(paired["advantages"] + paired["problems"] > 0)
    proposes = (paired["proposals"] > 0).astype(float).where(paired["proposals"] > 0)
    sides: dict[AnswerStance, pd.Series] = {
        "advantage": balance, "problem": -balance, "proposal": proposes, "not_proposal": -proposes,
    }  # fmt: skip
    answer_stances = paired["answer_stance"].str.split("|")
    # An answer may take several stances: where each is held, whether the person is on its side (1), against it (-1) or
    # neither (0). All on one side agrees, all against contradicts, anything else is mixed.
    of_stance = {}
    for name, side in sides.items():
        holds = answer_stances.map(lambda stances, name=name: name in stances)
        of_stance[name] = side.where(holds)
    spread = pd.DataFrame(of_stance, index=paired.index)
    low = spread.min(axis=1)
    high = spread.max(axis=1)
    verdict = np.select([low > 0, high < 0], [AGREES, CONTRADICTS], MIXED)
    compared = paired.assign(theme=theme.code, item=item.code, verdict=verdict)[low.notna()]
    return compared.assign(verdict=[_checked(case) for case in compared.to_dict("records")])


def _checked(case: dict[Hashable, Any]) -> str:
    """The verdict of a row of StanceAgreement, UNCHECKED where people coded nothing on which it rests."""
    behind = stances_behind(case["answer_stance"], case["advantages"], case["problems"], case["proposals"])
    by_people: set[str] = case["checked"] if isinstance(case["checked"], set) else set()
    return str(case["verdict"]) if by_people.intersection(behind) else UNCHECKED


def _answer_stances(answers: pd.DataFrame, theme: Theme, item: Item) -> pd.DataFrame:
    """Respondent and the stances that the answer amounts to, parted by `|`; who takes none is left out."""
    stances = {option.value: option.stance for option in item.options if option.stance and not option.missing}
    of_item = answers[(answers["item"] == item.code) & (answers["status"] == "answered")]
    if item.type == "multi":
        named = same_option(theme, item)
        of_item = of_item[(of_item["number"] == 1) & ((of_item["option"] == named) | (named == ""))]
    stance = of_item["option" if item.type == "multi" else "value"].map(stances)
    known = of_item.assign(answer_stance=stance)[stance.notna()]
    return known.groupby("respondent")["answer_stance"].agg(_distinct).reset_index()


def _distinct(stances: pd.Series) -> str:
    return "|".join(dict.fromkeys(stances))
