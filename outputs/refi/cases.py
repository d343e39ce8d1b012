"""Respondents as REFI-QDA cases: typed variables from the respondents list and the questionnaire. Changes no answer."""

from lxml import etree

from corpus.records import Item
from corpus.respondents import COLUMNS
from corpus.study import Study
from outputs.refi.codebook import guid, xml_text

_TYPES = {"number": "Float", "date": "Date"}


def add_cases(root: etree._Element, study: Study, title: str, namespace: str) -> None:
    """Add `Variables` and `Cases`; a missing answer has no value. An option of a multiple response is yes or no."""
    values: dict[str, list[tuple[str, str, str]]] = {name: [] for name in study.respondents["respondent"]}
    types: dict[str, str] = {}
    for column in [name for name in study.respondents.columns if name not in COLUMNS]:
        types[column] = "Text"
        for respondent, value in zip(study.respondents["respondent"], study.respondents[column], strict=True):
            if value:
                values[respondent].append((column, "Text", value))
    items = {item.code: item for item in study.items}
    answered = study.answers[study.answers["status"] == "answered"]
    columns = ["respondent", "item", "option", "value", "label", "number"]
    for respondent, code, option, value, label, number in answered[columns].itertuples(index=False, name=None):
        name = f"{code}[{option}]" if option else code
        kind, written = _value(items[code], value, label, number)
        types.setdefault(name, kind)
        values.setdefault(respondent, []).append((name, types[name], written))

    def tag(name: str) -> str:
        return f"{{{namespace}}}{name}"

    if types:
        holder = etree.SubElement(root, tag("Variables"))
        for name, kind in types.items():
            variable = etree.SubElement(holder, tag("Variable"), guid=guid(title, "variable", name))
            variable.set("name", xml_text(name))
            variable.set("typeOfVariable", kind)
    if not values:
        return
    of_people = study.turns[study.turns["respondent"] != ""].groupby("respondent")["transcript"].unique()
    cases = etree.SubElement(root, tag("Cases"))
    for respondent, given in sorted(values.items()):
        case = etree.SubElement(cases, tag("Case"), guid=guid(title, "case", respondent), name=xml_text(respondent))
        for name, kind, written in given:
            value = etree.SubElement(case, tag("VariableValue"))
            etree.SubElement(value, tag("VariableRef"), targetGUID=guid(title, "variable", name))
            etree.SubElement(value, tag(f"{kind}Value")).text = xml_text(written)
        for transcript in sorted(of_people.get(respondent, [])):
            etree.SubElement(case, tag("SourceRef"), targetGUID=guid(title, "source", transcript))


def _value(item: Item, value: str, label: str, number: float) -> tuple[str, str]:
    if item.type == "multi":
        return "Boolean", "true" if value == "1" else "false"
    if item.type == "number":
        return "Float", f"{number:.10f}".rstrip("0").rstrip(".")
    return _TYPES.get(item.type, "Text"), value if item.type == "date" else (label or value)
