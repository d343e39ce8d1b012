"""A first questionnaire codebook made from the answers, for people to correct. Guesses types, never meanings."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import study_error
from corpus.questionnaire.answers import FILE as ANSWERS
from corpus.questionnaire.item_codebook import ALSO, FILE, OPTIONAL, find_questionnaire_codebook
from corpus.questionnaire.item_types import NO, YES
from corpus.questionnaire.survey_programs import LIMESURVEY
from corpus.questionnaire.surveys import ALSO as SURVEYS
from corpus.questionnaire.surveys import Survey, read_survey
from corpus.records import ItemType
from corpus.tables.column_names import column_key
from corpus.tables.sheets import find_table, read_input
from corpus.words.formulas import guard
from corpus.words.missing_words import NO_ANSWER, is_code, missing_codes, missing_kind, missing_word
from corpus.words.numbers import months_first, parse_date, parse_number
from corpus.words.scales import is_scale, labels_in_order
from corpus.words.spelling import fold

HEADER = ("item", "text", "type", *(name for name in OPTIONAL if name != "text"))
SEPARATORS = ("|", ";", "\n", ", ")
_MAX_OPTIONS = 12
_YES_OR_NO = {"si", "no", "yes"}
_COME_BACK = 2 / 3  # of the answers of a closed question were given more than once, at least
# How the titles of columns say that they are parts of one item, or comments on one.
_PART = re.compile(r"(?P<item>.+?) ?\[(?P<part>[^\[\]]+)\]")
_NUMBERED = re.compile(r"(?P<item>.+)_(?P<part>\d+|other)", re.IGNORECASE)
_COMPACT = re.compile(r"(?P<item>[A-Za-z][A-Za-z0-9]*)_(?P<part>[A-Za-z0-9]+)")  # LimeSurvey's codes have no `_` inside
_COMMENTS = (
    re.compile(r"(?P<item>.*[\[_][A-Za-z0-9]+)comment(?P<end>\]?)", re.IGNORECASE),
    re.compile(r"(?P<item>.*?) ?(?:\[comment[oi]?\]|_comment)(?P<end>)", re.IGNORECASE),
)
_CODE = re.compile(r"[\w.\[\]-]{1,30}")


@dataclass(frozen=True, slots=True)
class Draft:
    """An item to be: its code and text, and its column or, with `values`, a column an option.

    `written`: the column holds the respondent's own words, whatever they look like. `grid`: the columns of all rows of
    the grid that the item is a row of.
    """

    code: str
    text: str
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    written: bool = False
    grid: tuple[str, ...] = ()


def write_draft(folder: Path, file: Path | None = None, respondents: Iterable[str] = ()) -> Path:
    """Writes the draft for the study in `folder`, by default as its `FILE`; returns the path.

    Raises StudyError when there is a questionnaire codebook already, when there are no answers to draft it from, or
    when it cannot be written. Never writes over a file.
    """
    target = file or folder / FILE
    tables = [target] if file else [target, folder / find_table(folder, FILE)]
    existing = next((table for table in tables if table.exists()), None)
    if existing:
        raise study_error(
            f"`{existing.name}` c'è già e non è toccato: rinominalo, o scegli un altro nome per la bozza",
            f"`{existing.name}` is there already and is left alone: rename it, or choose another name for the draft",
        )
    text = draft_codebook(folder, respondents)
    try:
        with target.open("x", encoding="utf-8-sig", newline="") as out:
            out.write(text)
    except OSError as error:
        raise study_error(
            f"`{target}` non si può scrivere ({error.strerror})", f"`{target}` cannot be written ({error.strerror})"
        ) from None
    return target


def draft_codebook(folder: Path, respondents: Iterable[str] = ()) -> str:
    """The text of a `questionnaire_codebook.csv` for the study in `folder`: one row an item or an option, `;`.

    A LimeSurvey structure or an SPSS file says what its items are. Otherwise types come from the answers: all
    dates, all numbers, yes and no, parts that come back when a cell is divided (a multiple response), few values that
    come back (single; likert when they read like a scale), else text. Words such as "Non so" and numbers such as 99
    become missing codes; `count` says how often each answer is there. What was guessed stands in the notes. Direction
    and links are the researcher's to write. Raises StudyError when the file cannot be read.
    """
    structure = find_questionnaire_codebook(folder)
    ending = Path(structure).suffix.lower()
    rows: Iterable[Mapping[str, str]]
    if ending in ALSO and (folder / structure).is_file():
        header, *cells = ALSO[ending](read_input(folder, structure), structure)
        rows = [dict(zip(header, row, strict=True)) for row in cells]
    else:
        rows = _draft_rows(read_survey(folder, find_table(folder, ANSWERS, SURVEYS), list(respondents))[0])
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, delimiter=";", lineterminator="\r\n", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guard(cell) for name, cell in row.items()})
    return out.getvalue()


def _draft_rows(survey: Survey) -> Iterator[dict[str, str]]:
    for item in draft_items(survey):
        of_item = {"item": item.code, "text": item.text, "reverse": "no", "asked": "no"}
        for row in _option_rows(survey, item) if item.values else _column_rows(survey, item):
            yield of_item | row


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
    times = Counter(cells)
    return rows + [
        {
            **base,
            "value": cell,
            "label": cell,
            "missing": missing_word(kind),
            "count": str(times[cell]),
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
    return labels_in_order(list(spelled.values()))


def _missing(cells: Sequence[str], of_program: Mapping[str, str]) -> dict[str, str]:
    """The cells that are no answers, with their kind: words, and numbers far from all others that serve as codes."""
    kinds = {cell: of_program.get(fold(cell)) or missing_kind(cell) for cell in dict.fromkeys(cells)}
    missing = {cell: kind for cell, kind in kinds.items() if kind}
    numbers = {cell: parse_number(cell) for cell in kinds if cell not in missing}
    known = [value for value in numbers.values() if value is not None]
    # Beside words a number that people use as a code can be nothing else; among numbers it must stand far from them.
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
    if kind == "text" and counts:
        return "Se è una domanda aperta, `si` in `analyse` la analizza come le interviste"
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
        numbers = {parse_number(cell) for cell in cells}
        comes_back = len(distinct) <= min(_MAX_OPTIONS, len(cells) / 2)
        return "likert" if comes_back and numbers <= set(range(11)) else "number"
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


def draft_items(survey: Survey) -> Iterator[Draft]:
    """The items that the columns look like, in the order of the file.

    Neighbours such as `Q2[SQ001]`, `Q2[SQ002]` or `Q2_1`, `Q2_2` are one multiple response when their cells are ticks,
    else one item each (a grid). A title that is a question rather than a code gets a code of its own, D01, D02 ...
    """
    answers = [title for title in survey.columns if title not in survey.own]
    comments = _comments(survey, answers)
    titles = [title for title in answers if title not in comments]
    number = start = 0
    while start < len(titles):
        end = start + 1
        stem = _stem(survey, titles[start])
        while end < len(titles) and stem and _stem(survey, titles[end]) == stem:
            end += 1
        number += 1
        group = titles[start:end]
        yield from _items(survey, group, f"D{number:02}")
        remarks = [title for title in answers if comments.get(title) in group]
        for remark, title in enumerate(remarks, start=1):
            yield _written(survey, title, f"D{number:02}_C{remark}")
        start = end


def _comments(survey: Survey, titles: Sequence[str]) -> dict[str, str]:
    """The columns of comments, `Q7[SQ001comment]`, `Q8[comment]` or `Mense? [Commento]`, and those they comment on."""
    named = {column_key(name): title for title in titles for name in survey.names[title]}
    commented: dict[str, str] = {}
    for title in titles:
        matches = (pattern.fullmatch(name) for pattern in _COMMENTS for name in survey.names[title])
        bases = [named.get(column_key(match["item"] + match["end"]), "") for match in matches if match]
        base = next((each for each in bases if each not in ("", title)), "")
        if base:
            commented[title] = base
    return commented


def _written(survey: Survey, title: str, code: str) -> Draft:
    name, *texts = _names_of_column(survey, title)
    return Draft(name if _CODE.fullmatch(name) else code, texts[-1] if texts else name, (title,), written=True)


def _items(survey: Survey, group: Sequence[str], code: str) -> Iterator[Draft]:
    if len(group) >= 2 and all(_is_tick(survey, title) for title in group):
        match = _part(survey, group[0])
        item = match["item"] if match else ""
        text = _question(survey, group)
        parts = [each["part"] if (each := _part(survey, title)) else title for title in group]
        labels = [_label(survey, title, part) for title, part in zip(group, parts, strict=True)]
        yield Draft(item if _CODE.fullmatch(item) else code, text or item, tuple(group), tuple(parts), tuple(labels))
        return
    for number, title in enumerate(group, start=1):
        draft = _written(survey, title, code if len(group) == 1 else f"{code}_{number}")
        rows = [each for each in group if not _is_other(_names_of_column(survey, each)[0])]
        yield replace(draft, written=title not in rows, grid=tuple(rows) if len(rows) > 1 else ())


def _names_of_column(survey: Survey, title: str) -> tuple[str, ...]:
    """The code of a column where it has one, then its text; the title itself last or alone."""
    names = survey.names[title]
    return names[1:] if len(names) > 2 else names


def _stem(survey: Survey, title: str) -> str:
    match = _part(survey, title)
    return match["item"] if match else ""


def _part(survey: Survey, title: str) -> re.Match[str] | None:
    name = _names_of_column(survey, title)[0]
    compact = _COMPACT.fullmatch(name) if survey.program.name == LIMESURVEY else None
    return _PART.fullmatch(name) or _NUMBERED.fullmatch(name) or compact


def _is_other(name: str) -> bool:
    return fold(name).endswith(("[other]", "[altro]", "_other"))


def _is_tick(survey: Survey, title: str) -> bool:
    """Whether a column's cells say that its option was chosen: yes and no, or one and the same word."""
    cells = {fold(row[title]) for row in survey.rows if row[title]} - set(survey.program.missing)
    return cells <= YES | NO or len(cells) == 1 or _is_other(title)


def _question(survey: Survey, group: Sequence[str]) -> str:
    """The question that the texts of the options' columns share: before `[` or ` - `."""
    text = _names_of_column(survey, group[0])[-1]
    match = _PART.fullmatch(text)
    return match["item"].strip() if match else text.rpartition(" - ")[0].strip()


def _label(survey: Survey, title: str, part: str) -> str:
    """What an option is called: the cell that ticks it when that is a word, else the end of the column's text."""
    words = {row[title] for row in survey.rows if row[title] and fold(row[title]) not in YES | NO}
    words = {word for word in words if fold(word) not in survey.program.missing and not word.isdecimal()}
    text = _names_of_column(survey, title)[-1]
    match = _PART.fullmatch(text)
    end = match["part"] if match else text.rpartition(" - ")[2].strip()
    return words.pop() if len(words) == 1 and fold(part) not in ("other", "altro") else end if end != title else part
