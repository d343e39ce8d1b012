"""The questionnaire as variables: codes, labels, and every kind of non-answer as a code of its own. Counts nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from corpus.questionnaire.answer_cells import ANSWERED
from corpus.records import Item, Option
from corpus.study import Study
from corpus.words.language import Language
from corpus.words.phrase import Phrase
from nlp.measures.groups import natural_order
from nlp.measures.items import NO_QUESTIONNAIRE
from outputs.statistics.names import Names
from outputs.statistics.non_answers import code_non_answers
from outputs.statistics.variables import Cell, Kind, Variable, whole_codes, yes_no
from outputs.words.sentences import say

_TICKS = {"0": 0, "1": 1}
_KINDS: Mapping[str, Kind] = {"number": "number", "date": "date", "text": "text"}


class _Answer(NamedTuple):
    """What one respondent answered; who sent no questionnaire has the status NO_QUESTIONNAIRE."""

    value: str = ""
    number: float = float("nan")
    status: str = NO_QUESTIONNAIRE


def answer_variables(study: Study, respondents: Sequence[str], names: Names, language: Language) -> Iterator[Variable]:
    """One variable an item, or an option of a multiple response, over `respondents`, in the codebook's order.

    Codes are the codebook's where they are whole numbers, else 1, 2, ... in its order. Non-answers have the codes of
    outputs.statistics.non_answers; of open text they stand in a variable beside it, who answered.
    """
    given: dict[tuple[str, str], dict[str, _Answer]] = {}
    columns = ["item", "option", "respondent", "value", "number", "status"]
    for item, option, respondent, *answer in study.answers[columns].itertuples(index=False, name=None):
        given.setdefault((item, option), {})[respondent] = _Answer(*answer)
    for each in study.items:
        options = [option for option in each.options if not option.missing] if each.type == "multi" else [None]
        for asked in options:
            key = (each.code, asked.value if asked else "")
            of_item = given.get(key, {})
            answers = [of_item.get(respondent, _Answer()) for respondent in respondents]
            variable = _variable(each, asked, names.items[key], answers)
            if each.type == "text":
                yield variable
                variable = _whether_answered(variable, names, language)
            yield _in_codes(variable, each, answers, language)


def _variable(item: Item, option: Option | None, name: str, answers: Sequence[_Answer]) -> Variable:
    return Variable(
        name,
        label=f"{option.label} – {item.text}" if option else item.text,
        kind=_KINDS.get(item.type, "category"),
        cells=[answer.value if answer.status == ANSWERED else "" for answer in answers],
        role="item",
        item=item.code,
        option=option.value if option else "",
        type=item.type,
    )


def _whether_answered(variable: Variable, names: Names, language: Language) -> Variable:
    """The variable beside an open text that has the codes of its non-answers."""
    label = say(Phrase("statistics.label.answered", {"item": variable.label}), language)
    return replace(variable, name=names.answered[variable.item], label=label, kind="category", role="answered")


def _in_codes(variable: Variable, item: Item, answers: Sequence[_Answer], language: Language) -> Variable:
    codes = _codes(item, answers)
    numbers = {answer.number for answer in answers if answer.status == ANSWERED}
    valid: set[float] = {*codes.values()} or numbers
    unanswered = [(answer.status, answer.value) for answer in answers if answer.status != ANSWERED]
    non_answers = code_non_answers(item, unanswered, valid, language)
    cells: list[Cell] = []
    for answer in answers:
        if answer.status != ANSWERED:
            cells.append(non_answers.code(answer.status, answer.value))
        elif codes:
            cells.append(codes[answer.value])
        else:
            cells.append(None if pd.isna(answer.number) else answer.number)
    return replace(
        variable,
        cells=cells,
        labels=_labels(item, codes, language) | dict(non_answers.labels),
        missing=non_answers.kinds,
        numbers=_numbers(item, codes),
        ordinal=item.type == "likert",
    )


def _codes(item: Item, answers: Sequence[_Answer]) -> Mapping[str, int]:
    """The code of each answer that there may be; {} where answers are numbers or days."""
    if item.type == "multi":
        return _TICKS
    if item.type == "text":
        return {answer.value: 1 for answer in answers if answer.status == ANSWERED}
    if item.type in _KINDS:
        return {}
    listed = [option.value for option in item.options if not option.missing]
    seen = {answer.value for answer in answers if answer.status == ANSWERED}
    return whole_codes([*listed, *natural_order([value for value in seen if value not in listed])])


def _labels(item: Item, codes: Mapping[str, int], language: Language) -> dict[int, str]:
    if item.type in ("multi", "text"):
        return yes_no(language)
    labels = {option.value: option.label for option in item.options}
    return {code: labels.get(value, value) for value, code in codes.items()}


def _numbers(item: Item, codes: Mapping[str, int]) -> dict[int, float]:
    """What tests take for a code: the order of a scale, 1 and 0 for yes and no; nothing where nobody can tell."""
    if item.type == "multi":
        return {0: 0.0, 1: 1.0}
    if item.type == "yesno" and item.yes:
        return {code: float(value in item.yes) for value, code in codes.items()}
    if item.type == "likert":
        orders = {option.value: option.order for option in item.options}
        return {code: float(order) for value, code in codes.items() if (order := orders.get(value)) is not None}
    return {}
