"""LimeSurvey's conditions ("relevance equations") as filters of the questionnaire codebook, where both can say it."""

import re
from collections.abc import Iterable, Mapping

from corpus.questionnaire.filters import format_filter
from corpus.records import Condition

_COMPARISON = re.compile(r"""(?P<name>\w+)(\.NAOK)?\s*(?P<sign>==|!=|\beq\b|\bne\b)\s*["']?(?P<value>[^"'()]*?)["']?""")
_ANSWERED = re.compile(r"!\s*is_empty\(\s*\w+(\.NAOK)?\s*\)")
_SGQA = re.compile(r"\d+X\d+X(?P<qid>\d+?)(?P<part>[A-Za-z]\w*)?")


def translate_relevance(
    equations: Iterable[str], titles: Mapping[str, str], types: Mapping[str, str]
) -> tuple[str, str]:
    """The filter that says all `equations`, and a note on those that no filter can say ("" when none).

    `titles` are the codes of the questions by their id, `types` LimeSurvey's types by code.
    """
    conditions: list[Condition] = []
    untold: list[str] = []
    for equation in equations:
        found = _conditions(equation, titles, types)
        if found is None:
            untold.append(equation)
        else:
            conditions += found
    note = f"Condizione di LimeSurvey da scrivere in filter: {'; '.join(untold)}" if untold else ""
    return format_filter(tuple(dict.fromkeys(conditions))), note


def _conditions(equation: str, titles: Mapping[str, str], types: Mapping[str, str]) -> list[Condition] | None:
    text = _ANSWERED.sub("1", equation.strip())
    mixed = bool(re.search(r"\bor\b|\|\|", text)) and bool(re.search(r"\band\b|&&", text))
    conditions: list[Condition] = []
    for clause in re.split(r"\band\b|&&", text):
        # "a or b and c" means "a or (b and c)", which no filter says: an "or" beside an "and" must be in parentheses.
        if mixed and re.search(r"\bor\b|\|\|", clause) and not re.fullmatch(r"\s*\(.*\)\s*", clause, re.DOTALL):
            return None
        bare = [re.sub(r"[()]", " ", part).strip() for part in re.split(r"\bor\b|\|\|", clause)]
        if bare in (["1"], [""]):
            continue
        compared = [_compared(part, titles, types) for part in bare]
        first = compared[0]
        if first is None or any(one is None or one.item != first.item for one in compared):
            return None
        if len(compared) > 1 and not all(one.equal for one in compared if one):
            return None
        values = tuple(value for one in compared if one for value in one.values)
        conditions.append(Condition(first.item, values, first.equal))
    return conditions


def _compared(part: str, titles: Mapping[str, str], types: Mapping[str, str]) -> Condition | None:
    match = _COMPARISON.fullmatch(part)
    if match is None or not match["value"]:
        return None
    code, sub = _question(match["name"], titles, types)
    equal = match["sign"] in ("==", "eq")
    if not code:
        return None
    if sub and types[code] in "MP":  # an option of a multiple choice is ticked ("Y") or not
        return Condition(code, (sub,), equal) if match["value"] == "Y" else None
    return Condition(f"{code}[{sub}]" if sub else code, (match["value"],), equal)


def _question(name: str, titles: Mapping[str, str], types: Mapping[str, str]) -> tuple[str, str]:
    """Code and subquestion of `Q3`, `Q3_SQ001` or `123X4X56SQ001`; "" when there is no such question."""
    if match := _SGQA.fullmatch(name):
        return titles.get(match["qid"], ""), match["part"] or ""
    code, _, sub = name.partition("_")
    return (name, "") if name in types else (code, sub) if code in types else ("", "")
