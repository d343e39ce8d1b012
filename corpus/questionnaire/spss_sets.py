"""Multiple-response sets of an SPSS file: one variable an option, ticked or not. Declared sets first, then by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.questionnaire.item_types import NO, YES
from corpus.words.spelling import fold

if TYPE_CHECKING:
    from corpus.questionnaire.spss import Variable

_NUMBERED = re.compile(r"(?P<stem>.*[^\W_])(?P<joint>[_.])(?P<part>\d{1,3}|[A-Za-z])|(?P<bare>.*\d)(?P<letter>[a-z])")
_UNTICKED = {"non selezionato", "non scelto", "non indicato", "not selected", "not checked", "non citato"}
_TICKED = {"selezionato", "scelto", "indicato", "selected", "checked", "citato"}
_ENDS = " -:–—[(_/."


@dataclass(frozen=True, slots=True)
class TickSet:
    """A multiple response. `options` are its variables with the labels of the options; `counted` the value of a tick,
    None when the values' labels say it."""

    code: str
    text: str
    options: Mapping[str, str]
    counted: Any = None
    guessed: bool = False

    def is_ticked(self, variable: "Variable", value: Any) -> bool:
        """Whether `value` of one of the set's variables says that its option was chosen."""
        if self.counted is not None:
            return bool(value == self.counted)
        return value not in (0, "0") and fold(variable.labels.get(value, "")) not in NO - {"0"} | _UNTICKED

    def codebook_rows(self) -> Iterator[list[str]]:
        """One row an option, as corpus.questionnaire.spss.HEADER says."""
        note = "Risposta multipla riconosciuta dai nomi delle variabili: controlla" if self.guessed else ""
        for order, (name, label) in enumerate(self.options.items(), start=1):
            value = name.removeprefix(self.code).lstrip("_.") if name.startswith(self.code) else name
            yield [self.code, self.text, "multi", value, label, str(order), "", note]


def find_tick_sets(variables: Sequence["Variable"], declared: Mapping[str, Any]) -> list[TickSet]:
    """The sets of dichotomies that the file declares, then neighbours of one name and a number, all ticked or not."""
    by_name = {variable.name.casefold(): variable for variable in variables}
    sets: list[TickSet] = []
    for name, said in sorted(declared.items()):
        members = [by_name[each.casefold()] for each in said.get("variable_list", ()) if each.casefold() in by_name]
        if members and said.get("is_dichotomy", said.get("type") == "D"):
            counted = said.get("counted_value")
            sets.append(_set(_code(members) or name.lstrip("$"), members, said.get("label") or "", counted))
    taken = {name for each in sets for name in each.options}
    for members in _neighbours([variable for variable in variables if variable.name not in taken]):
        sets.append(_set(_code(members), members, "", None))
    return sets


def _neighbours(variables: Sequence["Variable"]) -> Iterator[list["Variable"]]:
    run: list[Variable] = []
    for variable in [*variables, None]:
        stem = _stem(variable.name) if variable and _is_dichotomy(variable) else ""
        if variable and stem and run and stem == _stem(run[0].name):
            run.append(variable)
            continue
        if len(run) >= 2 and _one_question(run):
            yield run
        run = [variable] if variable and stem else []


def _one_question(members: Sequence["Variable"]) -> bool:
    """`Q3_1`, `Q3_2` unless each asks for itself; `Q3a`, `Q3b` only where the labels begin alike."""
    alike = len(_shared([member.label for member in members])) >= 5
    asks = sum(member.label.rstrip().endswith("?") for member in members)
    joined = all((match := _NUMBERED.fullmatch(member.name)) and match["joint"] for member in members)
    return alike or (joined and not asks)


def _is_dichotomy(variable: "Variable") -> bool:
    seen = {value for value in variable.values if value is not None and not variable.kind(value)}
    labels = {fold(label) for value, label in variable.labels.items() if not variable.kind(value)}
    if labels <= YES | NO | _TICKED | _UNTICKED and labels:
        return len(labels) <= 2 and seen <= set(variable.labels) | {0, 1}
    return bool(seen) and seen <= {0, 1} and len(labels) <= 1


def _set(code: str, members: Sequence["Variable"], text: str, counted: Any) -> TickSet:
    shared = _shared([member.label for member in members]) if len(members) > 1 else ""
    shared = shared[: max(shared.rfind(sign) for sign in "-:?[(–—") + 1] or ""
    labels = [member.label[len(shared) :].strip(_ENDS).removesuffix("]").strip() for member in members]
    options = {member.name: label or member.name for member, label in zip(members, labels, strict=True)}
    counted = float(counted) if isinstance(counted, int) else counted
    return TickSet(code, text or shared.rstrip(_ENDS) or code, options, counted, guessed=not text and counted is None)


def _shared(labels: Sequence[str]) -> str:
    """What all labels begin with."""
    first, last = min(labels), max(labels)
    return next((first[:place] for place, sign in enumerate(first) if last[place : place + 1] != sign), first)


def _code(members: Sequence["Variable"]) -> str:
    stems = {_stem(member.name) for member in members}
    return stems.pop() if len(stems) == 1 else ""


def _stem(name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    return (match["stem"] or match["bare"]) if match else ""
