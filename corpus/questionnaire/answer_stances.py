"""What an answer amounts to as a stance, as the questionnaire codebook declares it. Judges nobody's words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.errors import Notebook
from corpus.questionnaire.item_types import CLOSED
from corpus.records import Item, Option
from corpus.tables.sheets import Row
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_NAMES, AnswerStance

OPPOSITE: Mapping[AnswerStance, AnswerStance] = {
    "advantage": "problem",
    "problem": "advantage",
    "proposal": "not_proposal",
    "not_proposal": "proposal",
    "": "",
}
ANSWER_STANCE_NAMES: Mapping[AnswerStance, Bilingual] = {
    "advantage": STANCE_NAMES["advantage"],
    "problem": STANCE_NAMES["problem"],
    "proposal": STANCE_NAMES["proposal"],
    "not_proposal": Bilingual("non proposta", "not proposal"),
}
_WORDS: Mapping[str, AnswerStance] = {
    **{fold(name): stance for stance, names in ANSWER_STANCE_NAMES.items() for name in names},
    **dict.fromkeys(("favorevole", "positivo", "favourable", "favorable", "positive"), "advantage"),
    **dict.fromkeys(("contrario", "sfavorevole", "negativo", "unfavourable", "negative"), "problem"),
    **dict.fromkeys(("no proposta", "no proposal"), "not_proposal"),
    **dict.fromkeys(("neutro", "neutral"), ""),
}  # fmt: skip


def declare_stances(item: Item, rows: Sequence[Row], notebook: Notebook) -> Item:
    """The item with the stance of each option, from the column `stance` of its rows.

    Beside an option it is that of who gives this answer. On a row without an option, or the same beside every option of
    a scale, it is that of the upper half of a scale (or of yes); the lower half (or no) has the opposite, the middle
    none. Without it an answer amounts to no stance. What cannot be read is told and does not count.
    """
    declared = {row.number: (row, _stance(row, notebook)) for row in rows if row["stance"]}
    if not declared:
        return item
    page = notebook.at(next(iter(declared)))
    if item.type not in CLOSED:
        page.warning(
            f"una posizione si dichiara accanto a un'opzione; `{item.code}` ({item.type}) non ne ha: non vale",
            f"a stance is declared beside an option; `{item.code}` ({item.type}) has none: it does not count",
            column="stance",
        )
        return item
    beside = {fold(row["value"] or row["label"]): stance for row, stance in declared.values()}
    real = [option for option in item.options if not option.missing]
    of_item = beside.pop("", "") or _same_throughout(item, real, beside)
    if of_item and item.type in ("single", "multi"):
        page.error(
            f"`{item.code}` è a scelta: scrivi la posizione accanto alle opzioni che la prendono",
            f"`{item.code}` has options: write the stance beside those that take it",
            column="stance",
        )
        return item
    stances = {
        option.value: _by_half(item, real, option, of_item) if of_item else beside.get(fold(option.value), "")
        for option in real
    }
    options = tuple(replace(option, stance=stances.get(option.value, "")) for option in item.options)
    return replace(item, options=options)


def _stance(row: Row, notebook: Notebook) -> AnswerStance:
    cell = fold(row["stance"])
    if cell in _WORDS:
        return _WORDS[cell]
    names = ", ".join(name.it for name in ANSWER_STANCE_NAMES.values())
    hint = suggestion(row["stance"], [name.it for name in ANSWER_STANCE_NAMES.values()])
    notebook.error(
        f"`{row['stance']}` non è una posizione (scrivi {names}): non vale{hint.it}",
        f"`{row['stance']}` is no stance (one of {names}): it does not count{hint.en}",
        row=row.number,
        column="stance",
    )
    return ""


def _same_throughout(item: Item, real: Sequence[Option], beside: Mapping[str, AnswerStance]) -> AnswerStance:
    """The stance that every option of a scale repeats: said of the item, copied down with the rest of the row."""
    if item.type not in ("likert", "yesno"):
        return ""
    stances = {beside.get(fold(option.value), "") for option in real}
    return stances.pop() if len(stances) == 1 and len(real) > 1 else ""


def _by_half(item: Item, real: Sequence[Option], option: Option, stance: AnswerStance) -> AnswerStance:
    if item.type == "yesno":
        if not item.yes:
            return ""
        return stance if option.value in item.yes else OPPOSITE[stance]
    orders = [other.order or 0 for other in real]
    side = (option.order or 0) - (min(orders) + max(orders)) / 2
    return stance if side > 0 else OPPOSITE[stance] if side < 0 else ""
