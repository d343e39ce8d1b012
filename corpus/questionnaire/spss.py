"""An SPSS file, `.sav` or `.zsav`, as a table of answers and as a questionnaire codebook. Knows no study."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.errors import study_error
from corpus.files.markup import plain_text
from corpus.questionnaire.item_types import NO, TICKED, UNTICKED, YES
from corpus.words.missing_words import NO_ANSWER, missing_kind, missing_kind_of_label, missing_word
from corpus.words.numbers import write_duration, write_number
from corpus.words.scales import is_scale, orders_where_printed
from corpus.words.spelling import clean_cell, fold

HEADER = ["item", "text", "type", "value", "label", "order", "missing", "notes"]
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
_MOST_STEPS = 11
_ORIGIN = datetime(1582, 10, 14)  # SPSS counts seconds from here
_DATES = {"DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS", "MOYR", "QYR", "WKYR"}
_TIMES = {"TIME", "DTIME", "MTIME"}
_PERIODS = {"MOYR": "un mese", "QYR": "un trimestre", "WKYR": "una settimana"}
_NAMES = {  # what SPSS shows in the place of numbers from 1 on
    "WKDAY": str.split("domenica lunedì martedì mercoledì giovedì venerdì sabato"),
    "MONTH": str.split("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
}
# Multiple-response sets: one variable an option, ticked or not.
_NUMBERED = re.compile(r"(?P<stem>.*[^\W_])(?P<joint>[_.])(?P<part>\d{1,3}|[A-Za-z])|(?P<bare>.*\d)(?P<letter>[a-z])")
_ENDS = " -:–—[(_/."


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the file: its values as stored (None where the system says missing), labels and missing codes.

    `format` says how SPSS shows a number: `F`, `DATE`, `TIME` ...
    """

    name: str
    label: str
    values: tuple[Any, ...]
    labels: dict[Any, str]
    missing: tuple[tuple[Any, Any], ...]  # ranges, both ends included
    ordinal: bool
    format: str = "F"

    def is_missing(self, value: Any) -> bool:
        """Whether the researcher declared `value` missing."""
        return any(low <= value <= high for low, high in self.missing if isinstance(low, str) == isinstance(value, str))

    def kind(self, value: Any) -> str:
        """The kind of non-answer that a value is; "" for an answer."""
        label = self.labels.get(value, "")
        return missing_kind_of_label(label) or NO_ANSWER if self.is_missing(value) else missing_kind(label)

    def write(self, value: Any) -> str:
        """A value as a cell: text, a number with a decimal comma, yyyy-mm-dd, hh:mm:ss."""
        if isinstance(value, str):
            return clean_cell(value)
        try:
            if self.format in _DATES:
                return (_ORIGIN + timedelta(seconds=value)).date().isoformat()
            if self.format in _TIMES:
                return write_duration(timedelta(seconds=value))
        except OverflowError:  # no day that a calendar has: shown as the number that it is
            pass
        return write_number(float(value))


@dataclass(frozen=True, slots=True)
class TickSet:
    """A multiple response. `options` are its variables with the labels of the options; `counted` the value of a tick,
    None when the values' labels say it."""

    code: str
    text: str
    options: Mapping[str, str]
    counted: Any = None
    guessed: bool = False

    def is_ticked(self, variable: Variable, value: Any) -> bool:
        """Whether `value` of one of the set's variables says that its option was chosen."""
        if self.counted is not None:
            return bool(value == self.counted)
        return value not in (0, "0") and fold(variable.labels.get(value, "")) not in NO - {"0"} | UNTICKED

    def codebook_rows(self) -> Iterator[list[str]]:
        """One row an option, as corpus.questionnaire.spss.HEADER says."""
        note = "Risposta multipla riconosciuta dai nomi delle variabili: controlla" if self.guessed else ""
        for order, (name, label) in enumerate(self.options.items(), start=1):
            value = name.removeprefix(self.code).lstrip("_.") if name.startswith(self.code) else name
            yield [self.code, self.text, "multi", value, label, str(order), "", note]


class SavTables(NamedTuple):
    """What an SPSS file holds, as two tables with a header: the answers, a column a variable, and their codebook."""

    answers: list[list[str]]
    codebook: list[list[str]]


def read_sav_answers(data: bytes, file: str) -> list[list[str]]:
    """The answers of `read_sav`."""
    return read_sav(data, file).answers


def read_sav_codebook(data: bytes, file: str) -> list[list[str]]:
    """The questionnaire codebook of `read_sav`."""
    return read_sav(data, file).codebook


@lru_cache(maxsize=1)  # a study asks for the codebook of a file and then for its answers
def read_sav(data: bytes, file: str) -> SavTables:
    """Both tables of the SPSS file in `data`.

    Numbers have a decimal comma, dates are yyyy-mm-dd, times and durations hh:mm:ss; what SPSS holds as system-missing
    is blank, a value declared missing (or labelled "Non so" and the like) is the kind of non-answer. Multiple-response
    sets of dichotomies, declared or known by the variables' names and labels, are one item, their cells 1 or 0. Raises
    StudyError when it is no SPSS file.
    """
    variables, declared = _variables(data, file)
    sets = find_tick_sets(variables, declared)
    tick_sets = {name: tick_set for tick_set in sets for name in tick_set.options}
    columns = [_cells(variable, tick_sets.get(variable.name)) for variable in variables]
    answers = [[variable.name for variable in variables], *map(list, zip(*columns, strict=True))]
    codebook = [HEADER]
    for variable in variables:
        tick_set = tick_sets.get(variable.name)
        if tick_set is None:
            codebook += _item_rows(variable)
        elif next(iter(tick_set.options)) == variable.name:
            codebook += tick_set.codebook_rows()
    return SavTables(answers, codebook)


def _variables(data: bytes, file: str) -> tuple[list[Variable], dict[str, Any]]:
    import pyreadstat  # brings pandas' readers along, and few studies have an SPSS file

    try:
        frame, meta = pyreadstat.read_sav(
            io.BytesIO(data),
            user_missing=True,
            row_limit=MAX_ROWS + 1,
            output_format="dict",
            # Python's times drop what is over a day, and declared missing values are told in numbers.
            disable_datetime_conversion=True,
        )
        if not all(frame):
            raise ValueError("a variable without a name")  # what a damaged file gives
    except Exception:  # readstat's own errors, and whatever a broken file makes of dates and encodings
        raise study_error(
            "non è un file SPSS leggibile (.sav o .zsav): salvalo di nuovo da SPSS o PSPP, senza password",
            "not a readable SPSS file (.sav or .zsav): save it again from SPSS or PSPP, without a password",
            file=file,
        ) from None
    rows = max((len(values) for values in frame.values()), default=0)
    if rows > MAX_ROWS or len(frame) > MAX_COLUMNS:
        raise study_error(
            f"il file ha più di {MAX_ROWS} righe o {MAX_COLUMNS} variabili: salva solo quelle che servono",
            f"the file has more than {MAX_ROWS} rows or {MAX_COLUMNS} variables: save those needed alone",
            file=file,
        )
    missing: dict[str, Any] = meta.missing_ranges or {}
    variables: list[Variable] = []
    for name, values in frame.items():
        variable = Variable(
            name,
            label=plain_text(clean_cell(meta.column_names_to_labels.get(name) or "")),
            values=tuple(None if value is None or value != value else value for value in values),
            labels=_labels(meta, name),
            missing=tuple((span["lo"], span["hi"]) for span in missing.get(name, ())),
            ordinal=meta.variable_measure.get(name) == "ordinal",
            format=_format(meta, name),
        )
        variables.append(variable)
    return variables, dict(meta.mr_sets or {})


def _labels(meta: Any, name: str) -> dict[Any, str]:
    declared = meta.variable_value_labels.get(name) or dict(enumerate(_NAMES.get(_format(meta, name), ()), start=1))
    return {value: plain_text(clean_cell(label)) for value, label in declared.items()}


def _format(meta: Any, name: str) -> str:
    """`TIME` of `TIME11.2`."""
    return str(meta.original_variable_types.get(name) or "F").rstrip("0123456789.").upper()


def _cells(variable: Variable, tick_set: TickSet | None) -> Iterator[str]:
    for value in variable.values:
        kind = variable.kind(value) if value is not None else ""
        if value is None or value == "":
            yield ""
        elif kind:
            yield missing_word(kind)
        else:
            yield variable.write(value) if tick_set is None else "1" if tick_set.is_ticked(variable, value) else "0"


def _item_rows(variable: Variable) -> Iterator[list[str]]:
    kind, note = _type(variable)
    base = [variable.name, variable.label or variable.name, kind]
    closed = kind in ("single", "likert", "yesno")
    real = {value: label for value, label in variable.labels.items() if closed and not variable.kind(value)}
    if kind == "likert":
        real = {value: variable.labels.get(value, variable.write(value)) for value in sorted({*real, *_seen(variable)})}
    codes = [variable.write(value) for value in real]
    orders = orders_where_printed(list(real.values()), codes) if kind == "likert" else range(1, len(real) + 1)
    for code, label, order in zip(codes, real.values(), orders, strict=True):
        yield [*base, code, label, f"{order:g}", "", note]
    for value, label in variable.labels.items():
        if variable.kind(value):
            yield [*base, variable.write(value), label, "", missing_word(variable.kind(value)), note]
    if not real and not any(variable.kind(value) for value in variable.labels):
        yield [*base, "", "", "", "", note]


def _type(variable: Variable) -> tuple[str, str]:
    """The item's type, and a note on what was guessed."""
    seen = _seen(variable)
    if variable.format in _DATES:
        period = _PERIODS.get(variable.format, "")
        return "date", f"Primo giorno di {period}" if period else ""
    if variable.format in _TIMES:
        return "text", "Ora o durata: ore, minuti e secondi"
    real = {value: label for value, label in variable.labels.items() if not variable.kind(value)}
    if not real:
        return ("text" if any(isinstance(value, str) for value in seen) else "number"), ""
    if seen <= set(real):
        labels = [real[value] for value in sorted(real)]
        if {fold(label) for label in labels} <= YES | NO:
            return "yesno", ""
        return ("likert" if variable.ordinal or is_scale(labels) else "single"), ""
    if variable.ordinal and len(seen | set(real)) <= _MOST_STEPS and not any(isinstance(value, str) for value in seen):
        return "likert", "Scala con etichette solo ad alcuni gradi"
    ends = "; ".join(f"{variable.write(value)} = {label}" for value, label in real.items())
    return ("text" if any(isinstance(value, str) for value in seen) else "number"), f"Etichette: {ends}"


def _seen(variable: Variable) -> set[Any]:
    return {value for value in variable.values if value is not None and value != "" and not variable.kind(value)}


def find_tick_sets(variables: Sequence[Variable], declared: Mapping[str, Any]) -> list[TickSet]:
    """The sets of dichotomies that the file declares, then neighbours of one name and a number, all ticked or not."""
    by_name = {variable.name.casefold(): variable for variable in variables}
    sets: list[TickSet] = []
    for name, declaration in sorted(declared.items()):
        names = [member.casefold() for member in declaration.get("variable_list", ())]
        members = [by_name[member] for member in names if member in by_name]
        if members and declaration.get("is_dichotomy", declaration.get("type") == "D"):
            counted = declaration.get("counted_value")
            sets.append(_set(_code_of(members) or name.lstrip("$"), members, declaration.get("label") or "", counted))
    taken = {name for each in sets for name in each.options}
    for members in _neighbours([variable for variable in variables if variable.name not in taken]):
        sets.append(_set(_code_of(members), members, "", None))
    return sets


def _neighbours(variables: Sequence[Variable]) -> Iterator[list[Variable]]:
    run: list[Variable] = []
    for variable in [*variables, None]:
        stem = _stem(variable.name) if variable and _is_dichotomy(variable) else ""
        if variable and stem and run and stem == _stem(run[0].name):
            run.append(variable)
            continue
        if len(run) >= 2 and _one_question(run):
            yield run
        run = [variable] if variable and stem else []


def _one_question(members: Sequence[Variable]) -> bool:
    """`Q3_1`, `Q3_2` unless each asks for itself; `Q3a`, `Q3b` only where the labels begin alike."""
    alike = len(_shared([member.label for member in members])) >= 5
    asks = sum(member.label.rstrip().endswith("?") for member in members)
    joined = all((match := _NUMBERED.fullmatch(member.name)) and match["joint"] for member in members)
    return alike or (joined and not asks)


def _is_dichotomy(variable: Variable) -> bool:
    seen = {value for value in variable.values if value is not None and not variable.kind(value)}
    labels = {fold(label) for value, label in variable.labels.items() if not variable.kind(value)}
    if labels <= YES | NO | TICKED | UNTICKED and labels:
        return len(labels) <= 2 and seen <= set(variable.labels) | {0, 1}
    return bool(seen) and seen <= {0, 1} and len(labels) <= 1


def _set(code: str, members: Sequence[Variable], text: str, counted: Any) -> TickSet:
    shared = _shared([member.label for member in members]) if len(members) > 1 else ""
    shared = shared[: max(shared.rfind(sign) for sign in "-:?[(–—") + 1] or ""
    labels = [member.label[len(shared) :].strip(_ENDS).removesuffix("]").strip() for member in members]
    options = {member.name: label or member.name for member, label in zip(members, labels, strict=True)}
    counted = float(counted) if isinstance(counted, int) else counted
    return TickSet(code, text or shared.rstrip(_ENDS) or code, options, counted, guessed=not text and counted is None)


def _shared(labels: Sequence[str]) -> str:
    """What all labels begin with."""
    first = min(labels)
    last = max(labels)
    return next((first[:end] for end, sign in enumerate(first) if last[end : end + 1] != sign), first)


def _code_of(members: Sequence[Variable]) -> str:
    stems = {_stem(member.name) for member in members}
    return stems.pop() if len(stems) == 1 else ""


def _stem(name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    return (match["stem"] or match["bare"]) if match else ""
