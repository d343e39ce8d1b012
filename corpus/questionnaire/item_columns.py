"""Which columns of a table of answers belong to which item: by code, by text, or one an option. Reads no cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from corpus.errors import Notebook
from corpus.questionnaire.answer_cells import ItemColumns
from corpus.questionnaire.item_codebook import FILE as CODEBOOK
from corpus.questionnaire.surveys import Survey
from corpus.questionnaire.variables import tell_weights
from corpus.records import Item, Option
from corpus.tables.column_names import column_key
from corpus.words.spelling import suggestion


def match_columns(survey: Survey, items: Sequence[Item], notebook: Notebook) -> list[ItemColumns]:
    """The columns of each item that has some, in the order of `items`; what does not meet is told.

    A column is an item's when one of its names is the item's code or, where no two items share it, the item's whole
    text; an option's when it is `Q12[rifiuti]`, `Q12_rifiuti`, `Servizi? [Rifiuti]` or `Servizi? - Rifiuti`.
    Columns of the survey program itself are silently left out.
    """
    titles = _by_name(survey)
    texts = Counter(column_key(item.text) for item in items)
    used: set[str] = set()
    taken: set[str] = set()  # by a whole item; an option's column may also be an item, such as `Q2[other]`
    matched: list[ItemColumns] = []
    for item in items:
        shared = texts[column_key(item.text)] > 1
        names = [item.code] if shared else [item.code, item.text]
        by_option = _option_columns(item, names, titles) if item.type == "multi" else {}
        column = next((titles[column_key(name)] for name in names if column_key(name) in titles), "")
        if column in taken:
            column = ""
        if column or by_option:
            matched.append(ItemColumns(item, "" if by_option else column, by_option or None))
            used.update(by_option.values() or [column])
            taken.update([] if by_option else [column])
        elif survey.respondent not in names:
            notebook.warning(
                f"nessuna colonna per la domanda `{item.code}` di {CODEBOOK}",
                f"no column for the item `{item.code}` of {CODEBOOK}",
                row=1,
                column=item.code,
            )
    _tell_left_over(survey, items, used, notebook.at(1))
    return matched


def _by_name(survey: Survey) -> dict[str, str]:
    """Key of a name -> title. A name that two columns have, other than as a title, names neither."""
    titles = {column_key(title): title for title in reversed(survey.columns)}
    others = [(column_key(name), title) for title in survey.columns for name in survey.names[title][1:]]
    shared = Counter(key for key, _ in others)
    return {key: title for key, title in others if shared[key] == 1} | titles


def _option_columns(item: Item, names: Sequence[str], titles: Mapping[str, str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for option in item.options:
        keys = (column_key(title) for title in _titles_of(option, names))
        column = next((titles[key] for key in keys if key in titles), "")
        if column and not option.missing:
            columns.setdefault(option.value, column)
    return columns


def _titles_of(option: Option, names: Sequence[str]) -> Iterator[str]:
    """How programs head the column of an option of an item that has these names, the likeliest first."""
    for name in names:
        for part in (option.value, option.label):
            yield from (f"{name}[{part}]", f"{name} [{part}]", f"{name}_{part}", f"{name} - {part}")


def _tell_left_over(survey: Survey, items: Sequence[Item], used: set[str], header: Notebook) -> None:
    known = [name for item in items for name in (item.code, item.text)]
    for title in survey.columns:
        if title in used or title in survey.own or tell_weights(title, header):
            continue
        hints = (suggestion(name, known) for name in survey.names[title])
        hint = next((hint for hint in hints if hint.it), suggestion("", ()))
        header.error(
            f"la domanda non è in {CODEBOOK}: la colonna è lasciata fuori{hint.it}",
            f"the item is not in {CODEBOOK}: the column is left out{hint.en}",
            column=title,
        )
