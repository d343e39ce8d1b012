"""Respondents as REFI-QDA cases: typed variables from the respondents list and the questionnaire. Changes no answer."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from corpus.records import Item
from corpus.refi.names import guid
from corpus.respondents.respondents_list import COLUMNS
from corpus.study import Study
from outputs.refi.qdc import xml_text


class _Value(NamedTuple):
    respondent: str
    variable: str
    kind: str  # of XSD: Text, Boolean, Float, Date
    written: str
    meaning: str


def add_cases(root: etree._Element, study: Study, title: str, namespace: str) -> None:
    """Add `Variables` and `Cases`; a missing answer has no value. An option of a multiple response is yes or no.

    A variable is called by the column of the respondents list or the code of the item, with "(questionario)" where
    both have one; its description is the question.
    """

    def tag(name: str) -> str:
        return f"{{{namespace}}}{name}"

    values = [*_listed(study), *_answered(study)]
    variables = {value.variable: value for value in reversed(values)}
    if variables:
        holder = etree.SubElement(root, tag("Variables"))
        for name in dict.fromkeys(value.variable for value in values):
            variable = etree.SubElement(holder, tag("Variable"), guid=guid(title, "variable", name))
            variable.set("name", xml_text(name))
            variable.set("typeOfVariable", variables[name].kind)
            if variables[name].meaning:
                etree.SubElement(variable, tag("Description")).text = xml_text(variables[name].meaning)
    given: dict[str, list[_Value]] = {name: [] for name in study.respondents["respondent"]}
    for value in values:
        given.setdefault(value.respondent, []).append(value)
    if not given:
        return
    of_people = study.turns[study.turns["respondent"] != ""].groupby("respondent")["transcript"].unique()
    cases = etree.SubElement(root, tag("Cases"))
    for respondent, mine in sorted(given.items()):
        case = etree.SubElement(cases, tag("Case"), guid=guid(title, "case", respondent), name=xml_text(respondent))
        for value in mine:
            held = etree.SubElement(case, tag("VariableValue"))
            etree.SubElement(held, tag("VariableRef"), targetGUID=guid(title, "variable", value.variable))
            etree.SubElement(held, tag(f"{value.kind}Value")).text = xml_text(value.written)
        for transcript in sorted(of_people.get(respondent, [])):
            etree.SubElement(case, tag("SourceRef"), targetGUID=guid(title, "source", transcript))


def _listed(study: Study) -> Iterator[_Value]:
    for column in [name for name in study.respondents.columns if name not in COLUMNS]:
        for respondent, value in zip(study.respondents["respondent"], study.respondents[column], strict=True):
            if value:
                yield _Value(respondent, column, "Text", value, "")


def _answered(study: Study) -> Iterator[_Value]:
    items = {item.code: item for item in study.items}
    answered = study.answers[study.answers["status"] == "answered"]
    columns = ["respondent", "item", "option", "value", "label", "number"]
    for respondent, code, option, value, label, number in answered[columns].itertuples(index=False, name=None):
        item = items[code]
        kind, written = _typed(item, value, label, number)
        name = f"{code}[{option}]" if option else code
        if name in study.respondents.columns:
            name = f"{name} (questionario)"
        asked = next((each.label for each in item.options if each.value == option), option)
        yield _Value(respondent, name, kind, written, f"{item.text} [{asked}]" if option else item.text)


def _typed(item: Item, value: str, label: str, number: float) -> tuple[str, str]:
    if item.type == "multi":
        return "Boolean", "true" if value == "1" else "false"
    if item.type == "number":
        return "Float", f"{number:.10f}".rstrip("0").rstrip(".")
    if item.type == "date":
        return "Date", value
    return "Text", label or value
