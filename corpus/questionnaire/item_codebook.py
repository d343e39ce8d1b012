"""What the questionnaire asks, `questionnaire_codebook.csv`: items and their options. Never reads an answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from corpus.errors import Notebook, Problem
from corpus.files.markup import plain_text
from corpus.questionnaire.answer_stances import declare_stances
from corpus.questionnaire.filters import existing_filters, parse_filter
from corpus.questionnaire.item_types import CLOSED, NO, TYPES, YES
from corpus.questionnaire.limesurvey import read_lss
from corpus.questionnaire.polarity import neither_options, yes_options
from corpus.questionnaire.spss import read_sav_codebook
from corpus.records import Condition, Item, ItemType, Option
from corpus.tables.sheets import Row, file_name, find_table, read_sheet
from corpus.words.missing_words import MISSING, NO_ANSWER, missing_codes, missing_kind_of_option, missing_word
from corpus.words.numbers import parse_number
from corpus.words.scales import contradicts_words, orders_of_meaning
from corpus.words.spelling import fold

_OPTION_SEPARATORS = ("|", "\n", ";", ",", "/")
_VALUE_AND_LABEL = re.compile(r"(?P<value>[^\s=:]{1,12})\s*[=:]\s*(?P<label>\S.*)", re.DOTALL)

FILE = "questionnaire_codebook.csv"
REQUIRED = ("item", "type")
OPTIONAL = (
    "text",
    "value",
    "label",
    "order",
    "reverse",
    "missing",
    "separator",
    "unit",
    "asked",
    "direction",
    "stance",
    "filter",
    "analyse",
    "count",  # how often each answer is there, in a draft; not read
    "notes",
)
_OF_AN_ITEM = ("text", "type", "reverse", "asked", "separator", "unit", "direction", "filter", "analyse")
_WITH_A_HIGH_END = ("likert", "number", "yesno")
ALSO = {".lss": read_lss, ".sav": read_sav_codebook, ".zsav": read_sav_codebook}
YES_AND_NO = (Option("no", "No", 0), Option("si", "Sì", 1))


def read_questionnaire_codebook(folder: Path) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items in the order of the file, each with its options, and what is wrong with them.

    A row with a value (or a label) is an option of its item; what an item says of itself (text, type, reverse ...) is
    taken from its first row that says it. An item whose type is unknown, or that is closed and has no options, is read
    as open text. A LimeSurvey structure (.lss) or an SPSS file does as well as a table.
    Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, find_questionnaire_codebook(folder), REQUIRED, OPTIONAL, also=ALSO)
    notebook = sheet.notebook()
    rows_of: dict[str, list[Row]] = {}
    for row in sheet.rows:
        if row["item"]:
            rows_of.setdefault(row["item"], []).append(row)
        else:
            notebook.error(
                "manca il codice della domanda: la riga è lasciata fuori",
                "the item has no code: the row is left out",
                row=row.number,
                column="item",
            )
    first_rows = {code: rows[0].number for code, rows in rows_of.items()}
    by_option = {code: _one_row_an_option(code, rows, notebook) for code, rows in rows_of.items()}
    items = [_item(code, rows, notebook) for code, rows in by_option.items()]
    return existing_filters(items, first_rows, notebook), notebook.problems


def find_questionnaire_codebook(folder: Path) -> str:
    """The file that says what the items are: `FILE` in any of its formats, else the LimeSurvey structure or the SPSS
    file that has the name of the answers; `FILE` itself when there is none.
    """
    names = (file_name(folder, f"questionnaire{ending}") for ending in ALSO)
    written_by_programs = [name for name in names if (folder / name).is_file()]
    table = find_table(folder, FILE, ALSO)
    return table if (folder / table).is_file() or not written_by_programs else written_by_programs[0]


def _item(code: str, rows: Sequence[Row], notebook: Notebook) -> Item:
    page = notebook.at(rows[0].number)
    cells = {column: _first_cell(column, code, rows, notebook) for column in _OF_AN_ITEM}
    if not cells["text"]:
        page.warning(f"manca il testo della domanda `{code}`", f"the item `{code}` has no text", column="text")
    item = Item(
        code=code,
        text=plain_text(cells["text"]) or code,
        type=_type(code, cells["type"], page),
        options=_options(code, rows, notebook),
        reverse=_flag("reverse", cells["reverse"], page),
        separator=cells["separator"].replace("\\n", "\n") or "|",
        unit=cells["unit"],
        asked_in_interview=_flag("asked", cells["asked"], page),
        direction=_direction(cells["direction"], page),
        notes=" ".join(dict.fromkeys(row["notes"] for row in rows if row["notes"])),
        filter=_filter(cells["filter"], page),
        analyse=_flag("analyse", cells["analyse"], page),
    )
    _check_reverse(item, page)
    if item.analyse and item.type != "text":
        page.warning(
            f"solo una domanda di tipo `text` si analizza come un'intervista: `{code}` è {item.type}",
            f"only an item of type `text` is analysed like an interview: `{code}` is {item.type}",
            column="analyse",
        )
    return declare_stances(_closed(item, page), rows, notebook)


def _check_reverse(item: Item, page: Notebook) -> None:
    """`reverse` gives a link its direction, where nothing contradicts it and the item has a high end at all."""
    if item.reverse and item.direction == "+":
        page.warning(
            f"`{item.code}` è rovesciata ma `direction` è +: vale `direction`, che chi ne parla risponda più in alto",
            f"`{item.code}` is reversed but `direction` is +: `direction` holds, who mentions it should answer higher",
            column="reverse",
        )
    elif item.reverse and item.type not in _WITH_A_HIGH_END:
        page.warning(
            f"`reverse` non vale per una domanda di tipo {item.type}, che non ha un valore alto: non è letto",
            f"`reverse` means nothing for an item of type {item.type}, which has no high value: it is not read",
            column="reverse",
        )


def _first_cell(column: str, code: str, rows: Sequence[Row], notebook: Notebook) -> str:
    """What the item says of itself under `column`: the first row that says it counts, another word is told."""
    first = next((row for row in rows if row[column]), rows[0])
    for row in rows:
        if row[column] and fold(row[column]) != fold(first[column]):
            notebook.warning(
                f"la domanda `{code}` dice altro alla riga {first.number}: vale quella",
                f"the item `{code}` says otherwise in row {first.number}: that one counts",
                row=row.number,
                column=column,
            )
    return first[column]


def _type(code: str, cell: str, page: Notebook) -> ItemType:
    if fold(cell) in TYPES:
        return TYPES[fold(cell)]
    names = "number, date, single, multi, likert, yesno, text"
    page.error(
        f"il tipo `{cell}` della domanda `{code}` non esiste (tipi: {names}): è letta come testo",
        f"the type `{cell}` of the item `{code}` does not exist (types: {names}): it is read as text",
        column="type",
    )
    return "text"


def _flag(column: str, cell: str, page: Notebook) -> bool:
    if cell and fold(cell) not in YES | NO:
        page.error(
            f"`{cell}` non è né sì né no: è letto come no",
            f"`{cell}` is neither yes nor no: it is read as no",
            column=column,
        )
    return fold(cell) in YES


def _direction(cell: str, page: Notebook) -> Literal["+", "-", ""]:
    sign = cell.replace("−", "-").replace("–", "-").lstrip("'")
    if sign in ("+", "-", ""):
        return cast(Literal["+", "-", ""], sign)
    page.error(
        f"`{cell}` non è una direzione: scrivi + o - o lascia vuoto",
        f"`{cell}` is no direction: write + or - or blank",
        column="direction",
    )
    return ""


def _filter(cell: str, page: Notebook) -> tuple[Condition, ...]:
    conditions = parse_filter(cell)
    if conditions is None:
        page.error(
            f"`{cell}` non è un filtro (per esempio `Q1 = si|forse & Q2 != 3`): la domanda vale come posta a tutti",
            f"`{cell}` is no filter (such as `Q1 = yes|maybe & Q2 != 3`): the item counts as asked to everybody",
            column="filter",
        )
    return conditions or ()


def _options(code: str, rows: Iterable[Row], notebook: Notebook) -> tuple[Option, ...]:
    first: dict[str, int] = {}
    options: list[Option] = []
    for row in rows:
        page = notebook.at(row.number)
        value = row["value"] or row["label"]
        if not value:
            continue
        if fold(value) in first:
            page.error(
                f"il codice `{value}` della domanda `{code}` è già alla riga {first[fold(value)]}: vale quella",
                f"the value `{value}` of the item `{code}` is already in row {first[fold(value)]}: that one counts",
                column="value",
            )
            continue
        first[fold(value)] = row.number
        label = plain_text(row["label"]) or value
        options.append(Option(value, label, _order(row["order"], page), _missing(row["missing"], label, page)))
    return tuple(options)


def _order(cell: str, page: Notebook) -> float | None:
    order = parse_number(cell) if cell else None
    if cell and order is None:
        page.error(f"`{cell}` non è un numero", f"`{cell}` is not a number", column="order")
    return order


def _missing(cell: str, label: str, page: Notebook) -> str:
    """The kind of missing answer that an option is, "" for a real answer; `no` under `missing` insists on it."""
    written = fold(cell)
    if written in NO:
        return ""
    if not written and (kind := missing_kind_of_option(label)):
        word = missing_word(kind)
        page.warning(
            f"l'opzione `{label}` è letta come mancata risposta ({word}); se è una risposta scrivi no in `missing`",
            f"the option `{label}` is read as a missing answer; if it is an answer write no under `missing`",
            column="missing",
        )
        return kind
    if not written or written in MISSING:
        return MISSING.get(written, "")
    page.error(
        f"`{cell}` non è una mancata risposta (non so, non risponde, non mostrata): è letto come non risponde",
        f"`{cell}` is no missing answer (don't know, no answer, not shown): it is read as no answer",
        column="missing",
    )
    return NO_ANSWER


def _closed(item: Item, page: Notebook) -> Item:
    """The item with the options that its type calls for."""
    real = [option for option in item.options if not option.missing]
    if item.type == "yesno":
        return _polar(item, real, page)
    if item.type in CLOSED and not real:
        page.error(
            f"la domanda chiusa `{item.code}` non ha opzioni (una riga per opzione): è letta come testo",
            f"the closed item `{item.code}` has no options (one row an option): it is read as text",
            column="value",
        )
        return replace(item, type="text")
    if item.type == "likert":
        return _ordered(item, real, page)
    return item


def _ordered(item: Item, real: Sequence[Option], page: Notebook) -> Item:
    """A scale whose options all have an order: the declared one, else what labels or codes say; else none has."""
    labels = [option.label for option in real]
    declared = [option.order for option in real if option.order is not None]
    if len(declared) == len(real):
        _ask_about_codes(item, declared, page)
        _tell_shared_places(item, real, page)
        if contradicts_words(labels, declared) and not item.reverse:
            below, *_, above = (label for _, label in sorted(zip(declared, labels, strict=True)))
            page.warning(
                f"l'ordine di `{item.code}` mette `{above}` sopra `{below}`: se è voluto scrivi si in `reverse`, "
                "altrimenti correggi `order`",
                f"the order of `{item.code}` puts `{above}` above `{below}`: if it is meant write yes in `reverse`, "
                "else correct `order`",
                column="order",
            )
        return item
    orders = orders_of_meaning(labels, [option.value for option in real])
    ranked = dict(zip((option.value for option in real), orders or (), strict=False))
    if orders:
        ascending = sorted(real, key=lambda option: ranked[option.value])
        names = " < ".join(f"`{option.label}`" for option in ascending)
        page.warning(
            f"la scala `{item.code}` non ha l'ordine di ogni opzione: è preso dalle parole, {names}",
            f"the scale `{item.code}` does not order every option: it is taken from the words, {names}",
            column="order",
        )
    else:
        page.error(
            f"non si capisce l'ordine della scala `{item.code}`: mediane e confronti con i temi non sono calcolati; "
            "numera le opzioni in `order`, dalla più bassa alla più alta",
            f"the order of the scale `{item.code}` cannot be told: no median, no comparison with themes; "
            "number the options under `order`, from the lowest to the highest",
            column="order",
        )
    return replace(item, options=tuple(replace(option, order=ranked.get(option.value)) for option in item.options))


def _tell_shared_places(item: Item, real: Sequence[Option], page: Notebook) -> None:
    """Options of a scale that stand at one place count as one answer in every median and comparison."""
    at_place: dict[float | None, list[str]] = {}
    for option in real:
        at_place.setdefault(option.order, []).append(f"`{option.label}`")
    shared = [" = ".join(labels) for labels in at_place.values() if len(labels) > 1]
    if shared:
        names = ", ".join(shared)
        page.warning(
            f"opzioni della scala `{item.code}` allo stesso posto, {names}: mediane e confronti non le distinguono; "
            "se non è voluto correggi `order`",
            f"options of the scale `{item.code}` at one place, {names}: medians and comparisons cannot tell them "
            "apart; unless it is meant correct `order`",
            column="order",
        )


def _ask_about_codes(item: Item, orders: Sequence[float], page: Notebook) -> None:
    """An order such as 99 after 1 to 5 is a code for no answer that somebody forgot to declare, or a slip."""
    codes = missing_codes(orders)
    if codes:
        names = ", ".join(f"`{option.label}`" for option in item.options if option.order in codes)
        page.warning(
            f"{names} sta molto oltre gli altri posti della scala `{item.code}`: se è una mancata risposta scrivilo "
            "in `missing`",
            f"{names} is far beyond the other places of the scale `{item.code}`: if it is no answer say so "
            "under `missing`",
            column="order",
        )


def _polar(item: Item, real: Sequence[Option], page: Notebook) -> Item:
    """A yes/no item that knows which of its options say yes; () and a problem where the words do not tell."""
    if not real:
        return replace(item, options=(*YES_AND_NO, *item.options), yes=(YES_AND_NO[1].value,))
    positive = yes_options(real)
    if positive is None:
        names = ", ".join(f"`{option.label}`" for option in real)
        page.error(
            f"non si capisce quale opzione di `{item.code}` dica sì ({names}): i confronti con i temi non sono "
            "calcolati; comincia le etichette con Sì e No, o scrivi in `order` 1 accanto al sì e 0 accanto al no",
            f"which option of `{item.code}` says yes cannot be told ({names}): it is not compared with themes; "
            "begin the labels with Yes and No, or write 1 beside yes and 0 beside no under `order`",
            column="label",
        )
    elif neither := neither_options(real):
        names = ", ".join(f"`{option.label}`" for option in neither)
        page.warning(
            f"{names} di `{item.code}` non dice né sì né no: nei confronti conta con chi non dice sì; "
            "per tenerla distinta il tipo è `single`",
            f"{names} of `{item.code}` says neither yes nor no: comparisons count it with those who do not say yes; "
            "to keep it apart the type is `single`",
            column="label",
        )
    return replace(item, yes=positive or ())


def _one_row_an_option(code: str, rows: Sequence[Row], notebook: Notebook) -> Sequence[Row]:
    """The rows of an item; where a closed item has a single option that is a list, one row for each of the list.

    Values and labels may be two lists of one length, one list, or a list of `value = label`; a list of orders goes
    with them. What was parted is told. Other items' rows are given back as they are.
    """
    kind = TYPES.get(fold(next((row["type"] for row in rows if row["type"]), "")), "text")
    optional = [row for row in rows if row["value"] or row["label"]]
    if kind not in CLOSED or len(optional) != 1:
        return rows
    row = optional[0]
    options = _options_in_cell(row)
    if len(options) < 2:
        return rows
    names = ", ".join(f"`{label or value}`" for value, label, _ in options)
    notebook.warning(
        f"le opzioni di `{code}` stanno in una cella: lette come {len(options)} ({names}); meglio una riga per opzione",
        f"the options of `{code}` stand in one cell: read as {len(options)} ({names}); better one row an option",
        row=row.number,
        column="value" if row["value"] else "label",
    )
    option_rows = [
        replace(row, cells={**row.cells, "value": value, "label": label, "order": order})
        for value, label, order in options
    ]
    return [*(each for each in rows if each is not row), *option_rows]


def _options_in_cell(row: Row) -> list[tuple[str, str, str]]:
    """Value, label and order of each option; none where the cells are no lists."""
    for sign in _OPTION_SEPARATORS:
        values, labels, orders = (_split_cell(row[column], sign) for column in ("value", "label", "order"))
        listed = values or labels
        if len(listed) < 2 or len(labels) not in (0, len(listed)):
            continue
        orders = orders if len(orders) == len(listed) else [""] * len(listed)
        if len(values) == len(labels):
            return list(zip(values, labels, orders, strict=True))
        pairs = [_VALUE_AND_LABEL.fullmatch(part) for part in listed]
        if all(pairs):
            return [(pair["value"], pair["label"], order) for pair, order in zip(pairs, orders, strict=True) if pair]
        return [(part, "", order) for part, order in zip(listed, orders, strict=True)]
    return []


def _split_cell(cell: str, sign: str) -> list[str]:
    return [part.strip() for part in cell.split(sign) if part.strip()]
