"""What each respondent answered, `questionnaire.csv`, read by the codebook of its items. Never fills in an answer."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus.answer_cells import CellReader, ItemColumns
from corpus.errors import Problem, problem
from corpus.questionnaire import FILE as CODEBOOK
from corpus.records import Item
from corpus.schemas import Answers, empty
from corpus.sheets import Row, Sheet, read_sheet
from corpus.spelling import fold, suggestion

FILE = "questionnaire.csv"


def read_answers(
    folder: Path, items: Sequence[Item], respondents: Collection[str], file: str = FILE
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The Answers frame (sorted by respondent, then in the order of items and options), and what is wrong.

    Columns of the file: respondent (or id), then one an item, named by its code or its whole text; a multiple response
    is one column with separators or one column an option, `Q12[rifiuti]` or `Q12_rifiuti`. An answer is the option's
    code or its label. A blank is "non risponde", a declared missing code is its own kind; a multiple response is blank
    only when nothing is ticked. An option of a multiple response has value "1" or "0". What cannot be read is left out
    and reported; `reverse` is not applied to `number`. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, file, ["respondent"], aliases={"id": "respondent"}, others=True)
    file, problems = sheet.file, list(sheet.problems)
    columns = _match_columns(sheet, items, problems)
    rows = _known_rows(sheet, respondents, problems)
    places: list[tuple[str, int, int, list[object]]] = []
    for place, column in enumerate(columns):
        reader = CellReader(column, rows, file, problems)
        for row in rows:
            for order, answer in enumerate(reader.read(row, problems)):
                cells = [row["respondent"], column.item.code, answer.option, answer.value, answer.label]
                places.append((row["respondent"], place, order, [*cells, answer.number, answer.status]))
    if not places:
        return empty(Answers), tuple(problems)
    places.sort(key=lambda entry: entry[:3])
    frame = pd.DataFrame([entry[3] for entry in places], columns=list(Answers.to_schema().columns))
    return Answers.validate(frame), tuple(problems)


def _match_columns(sheet: Sheet, items: Sequence[Item], problems: list[Problem]) -> list[ItemColumns]:
    titles = {fold(title): title for title in sheet.columns if title != "respondent"}
    used: set[str] = set()
    matched: list[ItemColumns] = []
    for item in items:
        whole = titles.get(fold(item.code)) or titles.get(fold(item.text)) or ""
        by_option = _option_columns(item, titles) if item.type == "multi" and not whole else {}
        if whole or by_option:
            matched.append(ItemColumns(item, whole, by_option or None))
            used.update([whole] if whole else by_option.values())
        else:
            it = f"nessuna colonna per la domanda `{item.code}` di {CODEBOOK}"
            en = f"no column for the item `{item.code}` of {CODEBOOK}"
            problems.append(problem(it, en, sheet.file, 1, item.code, "warning"))
    for title in titles.values():
        if title not in used:
            hint = suggestion(title, [item.code for item in items])
            it = f"la domanda non è in {CODEBOOK}: la colonna è lasciata fuori{hint.it}"
            en = f"the item is not in {CODEBOOK}: the column is left out{hint.en}"
            problems.append(problem(it, en, sheet.file, 1, title))
    return matched


def _option_columns(item: Item, titles: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for option in item.options:
        for name in (option.value, option.label):
            for title in (
                f"{item.code}[{name}]",
                f"{item.code}_{name}",
                f"{item.text}[{name}]",
                f"{item.text} [{name}]",
            ):
                if fold(title) in titles and not option.missing:
                    found.setdefault(option.value, titles[fold(title)])
    return found


def _known_rows(sheet: Sheet, respondents: Collection[str], problems: list[Problem]) -> list[Row]:
    first: dict[str, int] = {}
    kept: list[Row] = []
    for row in sheet.rows:
        name = row["respondent"]
        if name in first:
            it = (
                f"il rispondente `{name}` ha già risposto alla riga {first[name]}: vale quella, questa è lasciata fuori"
            )
            en = f"the respondent `{name}` has already answered in row {first[name]}: that one counts, this is left out"
        elif not name:
            it = "manca il codice del rispondente: la riga è lasciata fuori"
            en = "the respondent has no code: the row is left out"
        elif name not in respondents:
            hint = suggestion(name, respondents)
            it = f"il rispondente `{name}` non è nell'elenco dei rispondenti: la riga è lasciata fuori{hint.it}"
            en = f"the respondent `{name}` is not in the list of respondents: the row is left out{hint.en}"
        else:
            first[name] = row.number
            kept.append(row)
            continue
        problems.append(problem(it, en, sheet.file, row.number, "respondent"))
    for name in sorted(set(respondents) - set(first)):
        it, en = f"il rispondente `{name}` non ha un questionario", f"the respondent `{name}` has no questionnaire"
        problems.append(problem(it, en, sheet.file, None, "respondent", "warning"))
    return kept
