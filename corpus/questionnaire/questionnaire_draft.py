"""A first questionnaire codebook made from the answers, for people to correct. Guesses types, never meanings."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.errors import study_error
from corpus.questionnaire.answers import FILE as ANSWERS
from corpus.questionnaire.draft_columns import Draft, draft_items
from corpus.questionnaire.item_codebook import ALSO, FILE, OPTIONAL, find_questionnaire_codebook
from corpus.questionnaire.item_types import NO, YES
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.questionnaire.surveys import Survey, read_survey
from corpus.records import ItemType
from corpus.tables.sheets import find_table, read_input
from corpus.words.formulas import guard
from corpus.words.missing_words import NO_ANSWER, is_code, missing_codes, missing_kind, missing_word
from corpus.words.numbers import months_first, parse_date, parse_number
from corpus.words.scales import in_order, is_scale
from corpus.words.spelling import fold

HEADER = ("item", "text", "type", *(name for name in OPTIONAL if name != "text"))
SEPARATORS = ("|", ";", "\n", ", ")
_MAX_OPTIONS = 12
_YES_OR_NO = {"si", "no", "yes"}
_COME_BACK = 2 / 3  # of the answers of a closed question were given more than once, at least


def write_draft(folder: Path, file: Path | None = None, respondents: Iterable[str] = ()) -> Path:
    """Writes the draft for the study in `folder`, by default as its `FILE`; returns the path.

    Raises StudyError when there is a questionnaire codebook already, when there are no answers to draft it from, or
    when it cannot be written. Never writes over a file.
    """
    target = file or folder / FILE
    found = find_table(folder, FILE)[0]
    there = target if target.exists() else folder / found if not file and (folder / found).is_file() else None
    if there:
        raise study_error(
            f"`{there.name}` c'è già e non è toccato: rinominalo, o scegli un altro nome per la bozza",
            f"`{there.name}` is there already and is left alone: rename it, or choose another name for the draft",
        )
    text = draft_codebook(folder, respondents=respondents)
    try:
        with target.open("x", encoding="utf-8-sig", newline="") as out:
            out.write(text)
    except OSError as error:
        raise study_error(
            f"`{target}` non si può scrivere ({error.strerror})", f"`{target}` cannot be written ({error.strerror})"
        ) from None
    return target


def draft_codebook(folder: Path, file: str = ANSWERS, respondents: Iterable[str] = ()) -> str:
    """The text of a `questionnaire_codebook.csv` for the study in `folder`: one row an item or an option, `;`.

    A LimeSurvey structure or an SPSS file says what its items are. Otherwise types come from the answers in `file`: all
    dates, all numbers, yes and no, parts that come back when a cell is divided (a multiple response), few values that
    come back (single; likert when they read like a scale), else text. Words such as "Non so" and numbers such as 99
    become missing codes; `count` says how often each answer is there. What was guessed stands in the notes. Direction
    and links are the researcher's to write. Raises StudyError when the file cannot be read.
    """
    made = find_questionnaire_codebook(folder)
    rows: Iterable[Mapping[str, str]]
    if Path(made).suffix.lower() in ALSO and (folder / made).is_file():
        header, *cells = ALSO[Path(made).suffix.lower()](read_input(folder, made), made)
        rows = [dict(zip(header, row, strict=True)) for row in cells]
    else:
        survey = read_survey(folder, find_table(folder, file, SURVEYS)[0], list(respondents))
        rows = [
            {"item": item.code, "text": item.text, "reverse": "no", "asked": "no", **row}
            for item in draft_items(survey)
            for row in (_option_rows(survey, item) if item.values else _column_rows(survey, item))
        ]
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, delimiter=";", lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows({name: guard(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue()


def _option_rows(survey: Survey, item: Draft) -> Iterable[dict[str, str]]:
    note = "Una colonna per opzione: controlla che sia una risposta multipla"
    for order, (title, value, label) in enumerate(zip(item.columns, item.values, item.labels, strict=True), start=1):
        ticked = sum(fold(row[title]) not in NO | {"", *survey.program.missing} for row in survey.rows)
        row = {"type": "multi", "value": value, "label": label, "order": str(order), "count": str(ticked)}
        yield row | {"notes": note}


def _column_rows(survey: Survey, item: Draft) -> list[dict[str, str]]:
    cells = [row[item.columns[0]] for row in survey.rows if row[item.columns[0]]]
    missing = {} if item.written else _missing(cells, survey.program.missing)
    real = [cell for cell in cells if cell not in missing]
    separator = "" if item.written else _separator(real)
    kind: ItemType = "text" if item.written else "multi" if separator else _type(real)
    shared: Sequence[str] = ()
    if item.grid and kind not in ("multi", "date"):
        kind, shared = _of_grid(survey, item.grid, kind)
    parts = [part.strip() for cell in real for part in cell.split(separator)] if separator else real
    counts = Counter(part for part in parts if part)
    base = {"type": kind, "separator": separator.replace("\n", "\\n"), "notes": _note(kind, counts, separator)}
    rows = []
    if kind in ("single", "likert", "multi"):
        rows = [
            {**base, "value": value, "label": value, "order": str(order), "count": str(counts[value])}
            for order, value in enumerate(_distinct(counts, shared), start=1)
        ]
    rows = rows or [{**base, "count": str(len(real))}]
    said = Counter(cells)
    return rows + [
        {
            **base,
            "value": cell,
            "label": cell,
            "missing": missing_word(kind),
            "count": str(said[cell]),
            "notes": _missing_note(cell),
        }
        for cell, kind in missing.items()
        if kind not in survey.program.missing.values() or cell not in survey.program.missing
    ]


def _of_grid(survey: Survey, columns: Sequence[str], kind: ItemType) -> tuple[ItemType, Sequence[str]]:
    """The type and the answers of all rows of a grid where they are a choice or a scale, else `kind` and none."""
    cells = [row[column] for row in survey.rows for column in columns if row[column]]
    missing = _missing(cells, survey.program.missing)
    shared = [cell for cell in cells if cell not in missing]
    together = _type(shared)
    return (together, shared) if together in ("single", "likert") else (kind, ())


def _distinct(counts: Counter[str], shared: Iterable[str]) -> list[str]:
    """The values in order, of an item and of its grid; of spellings that differ by case or accents, the commonest."""
    counts = counts + Counter(cell for cell in shared if cell not in counts)
    spelled: dict[str, str] = {}
    for value, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        spelled.setdefault(fold(value), value)
    return in_order(list(spelled.values()))


def _missing(cells: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """The cells that are no answers, with their kind: words, and numbers far from all others that serve as codes."""
    found = {cell: said.get(fold(cell)) or missing_kind(cell) for cell in dict.fromkeys(cells)}
    missing = {cell: kind for cell, kind in found.items() if kind}
    numbers = {cell: parse_number(cell) for cell in found if cell not in missing}
    known = [value for value in numbers.values() if value is not None]
    words_only = len(known) < len(numbers) and all(is_code(value) for value in known)
    codes = set(known) if words_only else missing_codes(known)
    return missing | {cell: NO_ANSWER for cell, value in numbers.items() if value in codes}


def _missing_note(cell: str) -> str:
    return "" if missing_kind(cell) else "Codice di mancata risposta supposto: controlla"


def _note(kind: ItemType, counts: Counter[str], separator: str) -> str:
    if kind == "likert":
        return "Ordine della scala supposto, e solo i gradi osservati: controlla"
    if kind == "multi":
        return f"Più risposte in una cella, separate da `{separator}`: controlla".replace("\n", "a capo")
    return "Mese e giorno sembrano scambiati (mese/giorno/anno)" if kind == "date" and months_first(counts) else ""


def _type(cells: Sequence[str]) -> ItemType:
    if not cells:
        return "text"
    turned = months_first(cells)
    if all(parse_date(cell, month_first=turned) for cell in cells) and not all(cell.isdecimal() for cell in cells):
        return "date"  # bare numbers of five digits are days in Excel alone, and postcodes everywhere else
    distinct = {fold(cell) for cell in cells}
    if distinct <= YES | NO and not distinct <= {"1", "0"}:
        return "yesno"
    if all(parse_number(cell) is not None for cell in cells):
        whole = {parse_number(cell) for cell in cells}
        comes_back = len(distinct) <= min(_MAX_OPTIONS, len(cells) / 2)
        return "likert" if comes_back and whole <= set(range(11)) else "number"
    if is_scale(list(distinct)) and len(cells) > len(distinct):
        return "likert"
    if len(distinct) > min(_MAX_OPTIONS, len(cells) / 2) and not _come_back(cells):
        return "text"
    return "likert" if is_scale(list(distinct)) else "single"


def _come_back(cells: Sequence[str]) -> bool:
    """Whether most of a few answers were given more than once, as to `Sì`, `No` and one `No, ero in pensione`."""
    times = Counter(fold(cell) for cell in cells)
    repeated = sum(number for number in times.values() if number > 1)
    return len(times) <= _MAX_OPTIONS and repeated >= _COME_BACK * len(cells)


def _separator(cells: Sequence[str]) -> str:
    """The separator that divides cells into parts that come back from cell to cell; "" when there is none."""
    for separator in SEPARATORS:
        divided = [cell for cell in cells if separator in cell]
        if separator == ", " and any(fold(cell.partition(",")[0]) in _YES_OR_NO for cell in divided):
            continue  # `No, ero già in pensione` is one answer
        parts = [fold(part) for cell in cells for part in cell.split(separator) if part.strip()]
        if len(divided) >= 2 and len(set(parts)) <= min(_MAX_OPTIONS * 2, len(parts) / 2):
            return separator
    return ""
