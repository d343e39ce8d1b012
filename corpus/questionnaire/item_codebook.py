"""What the questionnaire asks, `questionnaire_codebook.csv`: items and their options. Never reads an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from corpus.errors import Problem, problem
from corpus.files.markup import plain_text
from corpus.questionnaire.answer_stances import declare_stances
from corpus.questionnaire.filters import parse_filter
from corpus.questionnaire.item_filters import existing_filters
from corpus.questionnaire.item_types import CLOSED, NO, TYPES, YES
from corpus.questionnaire.limesurvey import read_lss
from corpus.questionnaire.option_lists import one_row_an_option
from corpus.questionnaire.polarity import neither_options, yes_options
from corpus.questionnaire.spss import read_sav_codebook
from corpus.records import Condition, Item, ItemType, Option
from corpus.tables.sheets import Row, file_name, find_table, read_sheet
from corpus.words.missing_words import MISSING, NO_ANSWER, missing_codes, missing_kind_of_option, missing_word
from corpus.words.numbers import parse_number
from corpus.words.scales import contradicts_words, orders_of_meaning
from corpus.words.spelling import fold

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
_WITH_A_HIGH_END = ("likert", "number", "yesno")
ALSO = {".lss": read_lss, ".sav": read_sav_codebook, ".zsav": read_sav_codebook}
YES_AND_NO = (Option("no", "No", 0), Option("si", "Sì", 1))


def read_questionnaire_codebook(folder: Path, file: str = "") -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The items in the order of the file, each with its options, and what is wrong with them.

    A row with a value (or a label) is an option of its item; what an item says of itself (text, type, reverse ...) is
    taken from its first row that says it. An item whose type is unknown, or that is closed and has no options, is read
    as open text. A LimeSurvey structure (.lss) or an SPSS file does as well as a table.
    Raises StudyError when the file cannot be read.
    """
    file = file or find_questionnaire_codebook(folder)
    sheet = read_sheet(folder, file, REQUIRED, OPTIONAL, also=ALSO)
    file, problems = sheet.file, list(sheet.problems)
    rows_of: dict[str, list[Row]] = {}
    for row in sheet.rows:
        if row["item"]:
            rows_of.setdefault(row["item"], []).append(row)
        else:
            it, en = (
                "manca il codice della domanda: la riga è lasciata fuori",
                "the item has no code: the row is left out",
            )
            problems.append(problem(it, en, file, row.number, "item"))
    rows_by_option = {code: one_row_an_option(code, rows, file, problems) for code, rows in rows_of.items()}
    items = tuple(_item(code, rows, file, problems) for code, rows in rows_by_option.items())
    items = existing_filters(items, {code: rows[0].number for code, rows in rows_of.items()}, file, problems)
    return items, sheet.placed(problems)


def find_questionnaire_codebook(folder: Path, answers: str = "questionnaire.csv") -> str:
    """The file that says what the items are: `FILE` in any of its formats, else the LimeSurvey structure or the SPSS
    file that has the name of the answers; `FILE` itself when there is none.
    """
    names = (file_name(folder, Path(answers).stem + ending) for ending in ALSO)
    made = [name for name in names if (folder / name).is_file()]
    found = find_table(folder, FILE, ALSO)[0]
    return found if (folder / found).is_file() or not made else made[0]


def _item(code: str, rows: Sequence[Row], file: str, problems: list[Problem]) -> Item:
    said = {column: _said(column, code, rows, file, problems) for column in ("text", "type", "reverse", "asked")}
    more = ("separator", "unit", "direction", "filter", "analyse")
    said |= {column: _said(column, code, rows, file, problems) for column in more}
    if not said["text"]:
        it, en = f"manca il testo della domanda `{code}`", f"the item `{code}` has no text"
        problems.append(problem(it, en, file, rows[0].number, "text", "warning"))
    item = Item(
        code=code,
        text=plain_text(said["text"]) or code,
        type=_type(code, said["type"], rows[0].number, file, problems),
        options=_options(code, rows, file, problems),
        reverse=_flag("reverse", said["reverse"], rows[0].number, file, problems),
        separator=said["separator"].replace("\\n", "\n") or "|",
        unit=said["unit"],
        asked_in_interview=_flag("asked", said["asked"], rows[0].number, file, problems),
        direction=_direction(said["direction"], rows[0].number, file, problems),
        notes=" ".join(dict.fromkeys(row["notes"] for row in rows if row["notes"])),
        filter=_filter(said["filter"], rows[0].number, file, problems),
        analyse=_flag("analyse", said["analyse"], rows[0].number, file, problems),
    )
    _check_reverse(item, rows[0].number, file, problems)
    if item.analyse and item.type != "text":
        it = f"solo una domanda di tipo `text` si analizza come un'intervista: `{code}` è {item.type}"
        en = f"only an item of type `text` is analysed like an interview: `{code}` is {item.type}"
        problems.append(problem(it, en, file, rows[0].number, "analyse", "warning"))
    return declare_stances(_closed(item, rows[0].number, file, problems), rows, file, problems)


def _check_reverse(item: Item, row: int, file: str, problems: list[Problem]) -> None:
    """`reverse` gives a link its direction, where nothing contradicts it and the item has a high end at all."""
    if item.reverse and item.direction == "+":
        it = f"`{item.code}` è rovesciata ma `direction` è +: vale `direction`, che chi ne parla risponda più in alto"
        en = f"`{item.code}` is reversed but `direction` is +: `direction` holds, who mentions it should answer higher"
        problems.append(problem(it, en, file, row, "reverse", "warning"))
    elif item.reverse and item.type not in _WITH_A_HIGH_END:
        it = f"`reverse` non vale per una domanda di tipo {item.type}, che non ha un valore alto: non è letto"
        en = f"`reverse` means nothing for an item of type {item.type}, which has no high value: it is not read"
        problems.append(problem(it, en, file, row, "reverse", "warning"))


def _said(column: str, code: str, rows: Sequence[Row], file: str, problems: list[Problem]) -> str:
    first = next((row for row in rows if row[column]), rows[0])
    for row in rows:
        if row[column] and fold(row[column]) != fold(first[column]):
            it = f"la domanda `{code}` dice altro alla riga {first.number}: vale quella"
            en = f"the item `{code}` says otherwise in row {first.number}: that one counts"
            problems.append(problem(it, en, file, row.number, column, "warning"))
    return first[column]


def _type(code: str, cell: str, row: int, file: str, problems: list[Problem]) -> ItemType:
    if fold(cell) in TYPES:
        return TYPES[fold(cell)]
    names = "number, date, single, multi, likert, yesno, text"
    it = f"il tipo `{cell}` della domanda `{code}` non esiste (tipi: {names}): è letta come testo"
    en = f"the type `{cell}` of the item `{code}` does not exist (types: {names}): it is read as text"
    problems.append(problem(it, en, file, row, "type"))
    return "text"


def _flag(column: str, cell: str, row: int, file: str, problems: list[Problem]) -> bool:
    if cell and fold(cell) not in YES | NO:
        it, en = f"`{cell}` non è né sì né no: è letto come no", f"`{cell}` is neither yes nor no: it is read as no"
        problems.append(problem(it, en, file, row, column))
    return fold(cell) in YES


def _direction(cell: str, row: int, file: str, problems: list[Problem]) -> Literal["+", "-", ""]:
    sign = cell.replace("−", "-").replace("–", "-").lstrip("'")
    if sign in ("+", "-", ""):
        return cast(Literal["+", "-", ""], sign)
    it, en = (
        f"`{cell}` non è una direzione: scrivi + o - o lascia vuoto",
        f"`{cell}` is no direction: write + or - or blank",
    )
    problems.append(problem(it, en, file, row, "direction"))
    return ""


def _filter(cell: str, row: int, file: str, problems: list[Problem]) -> tuple[Condition, ...]:
    conditions = parse_filter(cell)
    if conditions is None:
        it = f"`{cell}` non è un filtro (per esempio `Q1 = si|forse & Q2 != 3`): la domanda vale come posta a tutti"
        en = f"`{cell}` is no filter (such as `Q1 = yes|maybe & Q2 != 3`): the item counts as asked to everybody"
        problems.append(problem(it, en, file, row, "filter"))
    return conditions or ()


def _options(code: str, rows: Iterable[Row], file: str, problems: list[Problem]) -> tuple[Option, ...]:
    first: dict[str, int] = {}
    options: list[Option] = []
    for row in rows:
        value = row["value"] or row["label"]
        if not value:
            continue
        if fold(value) in first:
            it = f"il codice `{value}` della domanda `{code}` è già alla riga {first[fold(value)]}: vale quella"
            en = f"the value `{value}` of the item `{code}` is already in row {first[fold(value)]}: that one counts"
            problems.append(problem(it, en, file, row.number, "value"))
            continue
        first[fold(value)] = row.number
        label = plain_text(row["label"]) or value
        order = _order(row, file, problems)
        options.append(Option(value, label, order, _missing(row, label, file, problems)))
    return tuple(options)


def _order(row: Row, file: str, problems: list[Problem]) -> float | None:
    order = parse_number(row["order"]) if row["order"] else None
    if row["order"] and order is None:
        it, en = f"`{row['order']}` non è un numero", f"`{row['order']}` is not a number"
        problems.append(problem(it, en, file, row.number, "order"))
    return order


def _missing(row: Row, label: str, file: str, problems: list[Problem]) -> str:
    """The kind of missing answer that the row's option is, "" for a real answer; `no` under `missing` insists on it."""
    written = fold(row["missing"])
    if written in NO:
        return ""
    if not written and (kind := missing_kind_of_option(label)):
        word = missing_word(kind)
        it = f"l'opzione `{label}` è letta come mancata risposta ({word}); se è una risposta scrivi no in `missing`"
        en = f"the option `{label}` is read as a missing answer; if it is an answer write no under `missing`"
        problems.append(problem(it, en, file, row.number, "missing", "warning"))
        return kind
    if not written or written in MISSING:
        return MISSING.get(written, "")
    said = row["missing"]
    it = f"`{said}` non è una mancata risposta (non so, non risponde, non mostrata): è letto come non risponde"
    en = f"`{said}` is no missing answer (don't know, no answer, not shown): it is read as no answer"
    problems.append(problem(it, en, file, row.number, "missing"))
    return NO_ANSWER


def _closed(item: Item, row: int, file: str, problems: list[Problem]) -> Item:
    """The item with the options that its type calls for."""
    real = [option for option in item.options if not option.missing]
    if item.type == "yesno":
        return _polar(item, real, row, file, problems)
    if item.type in CLOSED and not real:
        it = f"la domanda chiusa `{item.code}` non ha opzioni (una riga per opzione): è letta come testo"
        en = f"the closed item `{item.code}` has no options (one row an option): it is read as text"
        problems.append(problem(it, en, file, row, "value"))
        return replace(item, type="text")
    if item.type == "likert":
        return _ordered(item, real, row, file, problems)
    return item


def _ordered(item: Item, real: Sequence[Option], row: int, file: str, problems: list[Problem]) -> Item:
    """A scale whose options all have an order: the declared one, else what labels or codes say; else none has."""
    labels = [option.label for option in real]
    declared = [option.order for option in real if option.order is not None]
    if len(declared) == len(real):
        _ask_about_codes(item, declared, row, file, problems)
        if contradicts_words(labels, declared) and not item.reverse:
            below, *_, above = (label for _, label in sorted(zip(declared, labels, strict=True)))
            it = f"l'ordine di `{item.code}` mette `{above}` sopra `{below}`: se è voluto scrivi si in `reverse`, "
            en = f"the order of `{item.code}` puts `{above}` above `{below}`: if it is meant write yes in `reverse`, "
            it, en = it + "altrimenti correggi `order`", en + "else correct `order`"
            problems.append(problem(it, en, file, row, "order", "warning"))
        return item
    orders = orders_of_meaning(labels, [option.value for option in real])
    ranked = dict(zip((option.value for option in real), orders or (), strict=False))
    if orders:
        ascending = sorted(real, key=lambda option: ranked[option.value])
        names = " < ".join(f"`{option.label}`" for option in ascending)
        it = f"la scala `{item.code}` non ha l'ordine di ogni opzione: è preso dalle parole, {names}"
        en = f"the scale `{item.code}` does not order every option: it is taken from the words, {names}"
        problems.append(problem(it, en, file, row, "order", "warning"))
    else:
        it = f"non si capisce l'ordine della scala `{item.code}`: mediane e confronti con i temi non sono calcolati; "
        en = f"the order of the scale `{item.code}` cannot be told: no median, no comparison with themes; "
        it += "numera le opzioni in `order`, dalla più bassa alla più alta"
        en += "number the options under `order`, from the lowest to the highest"
        problems.append(problem(it, en, file, row, "order"))
    return replace(item, options=tuple(replace(option, order=ranked.get(option.value)) for option in item.options))


def _ask_about_codes(item: Item, orders: Sequence[float], row: int, file: str, problems: list[Problem]) -> None:
    """A place such as 99 after 1 to 5 is a code for no answer that somebody forgot to declare, or a slip."""
    codes = missing_codes(orders)
    if codes:
        names = ", ".join(f"`{option.label}`" for option in item.options if option.order in codes)
        it = f"{names} sta molto oltre gli altri posti della scala `{item.code}`: se è una mancata risposta scrivilo "
        en = f"{names} is far beyond the other places of the scale `{item.code}`: if it is no answer say so "
        problems.append(problem(it + "in `missing`", en + "under `missing`", file, row, "order", "warning"))


def _polar(item: Item, real: Sequence[Option], row: int, file: str, problems: list[Problem]) -> Item:
    """A yes/no item that knows which of its options say yes; () and a problem where the words do not tell."""
    if not real:
        return replace(item, options=(*YES_AND_NO, *item.options), yes=(YES_AND_NO[1].value,))
    positive = yes_options(real)
    if positive is None:
        names = ", ".join(f"`{option.label}`" for option in real)
        it = f"non si capisce quale opzione di `{item.code}` dica sì ({names}): i confronti con i temi non sono "
        en = f"which option of `{item.code}` says yes cannot be told ({names}): it is not compared with themes; "
        it += "calcolati; comincia le etichette con Sì e No, o scrivi in `order` 1 accanto al sì e 0 accanto al no"
        en += "begin the labels with Yes and No, or write 1 beside yes and 0 beside no under `order`"
        problems.append(problem(it, en, file, row, "label"))
    elif neither := neither_options(real):
        names = ", ".join(f"`{option.label}`" for option in neither)
        it = f"{names} di `{item.code}` non dice né sì né no: nei confronti conta con chi non dice sì; "
        en = f"{names} of `{item.code}` says neither yes nor no: comparisons count it with those who do not say yes; "
        it, en = it + "per tenerla distinta il tipo è `single`", en + "to keep it apart the type is `single`"
        problems.append(problem(it, en, file, row, "label", "warning"))
    return replace(item, yes=positive or ())
