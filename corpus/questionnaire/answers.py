"""What each respondent answered, `questionnaire.csv`, read by the codebook of its items. Never fills in an answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from corpus.errors import Problem, listed, problem
from corpus.questionnaire.answer_cells import ANSWERED, Answer, CellReader, ItemColumns
from corpus.questionnaire.filters import is_asked
from corpus.questionnaire.item_columns import match_columns
from corpus.questionnaire.surveys import Survey, read_survey
from corpus.records import Item
from corpus.schemas import Answers, empty
from corpus.tables.sheets import Row
from corpus.words.missing_words import NO_ANSWER, NOT_SHOWN
from corpus.words.spelling import fold, suggestion

FILE = "questionnaire.csv"
_MANY_BLANKS = 0.25  # for each yes: fewer may well be people who skipped the question


@dataclass(frozen=True, slots=True)
class _Given:
    """One answer and where it comes from: the row, the item, and the place of the option in the item."""

    respondent: str
    row: int
    column: ItemColumns
    order: int
    answer: Answer


def read_answers(
    folder: Path, items: Sequence[Item], respondents: Collection[str], file: str = FILE
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The Answers frame (sorted by respondent, then in the order of items and options), and what is wrong.

    The file is a table or an export that corpus.questionnaire.surveys knows; which column is whose,
    corpus.questionnaire.item_columns says. An answer is the option's code or its label. A blank is "no_answer", "Non
    so" and declared missing codes are their own kind; a blank in an item whose filter does not hold is "not_shown"; a
    multiple response is blank only when nothing is ticked. An option of a multiple response has value "1" or "0". What
    cannot be read is "rejected" and reported; `reverse` is not applied to `number`. Raises StudyError when the file
    cannot be read.
    """
    survey = read_survey(folder, file, respondents)
    problems = list(survey.problems)
    columns = match_columns(survey, items, problems)
    rows = known_rows(survey, respondents, problems)
    given = [
        _Given(respondent, row.number, column, order, answer)
        for column in columns
        for reader in [CellReader(column, [row for _, row in rows], survey.file, problems, survey.program.missing)]
        for respondent, row in rows
        for order, answer in enumerate(reader.read(row, problems))
    ]
    given = _filtered(given, survey.file, problems)
    problems += _yes_or_blank(given, survey.file)
    if not given:
        return empty(Answers), tuple(problems)
    places = {column.item.code: place for place, column in enumerate(columns)}
    given.sort(key=lambda one: (one.respondent, places[one.column.item.code], one.order))
    frame = pd.DataFrame([_cells(one) for one in given], columns=list(Answers.to_schema().columns))
    return Answers.validate(frame), tuple(problems)


def known_rows(survey: Survey, respondents: Collection[str], problems: list[Problem]) -> list[tuple[str, Row]]:
    """The respondents of the study and the first row of each, in the order of the file; the rest is reported.

    Codes that differ from the list's in case, accents or spaces alone are the same person, if only one is meant.
    """
    spelled: dict[str, list[str]] = {}
    for name in respondents:
        spelled.setdefault(fold(name), []).append(name)
    first: dict[str, int] = {}
    kept: list[tuple[str, Row]] = []
    for row in survey.rows:
        said = row[survey.respondent]
        alike = spelled.get(fold(said), [])
        name = said if said in respondents or len(alike) != 1 else alike[0]
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
            kept.append((name, row))
            continue
        problems.append(problem(it, en, survey.file, row.number, survey.respondent))
    for name in sorted(set(respondents) - set(first)):
        it, en = f"il rispondente `{name}` non ha un questionario", f"the respondent `{name}` has no questionnaire"
        problems.append(problem(it, en, survey.file, None, survey.respondent, "warning"))
    return kept


def _filtered(given: Sequence[_Given], file: str, problems: list[Problem]) -> list[_Given]:
    """Blanks of those whom an item was not asked become "not_shown"; answers of theirs stay, with a warning."""
    words: dict[str, dict[str, set[str]]] = {}
    unclear: dict[str, dict[str, set[str]]] = {}
    for one in given:
        answered = one.answer.status == ANSWERED
        side = words if answered else unclear
        chosen = side.setdefault(one.respondent, {}).setdefault(one.column.item.code, set())
        if one.answer.number == 1 or not (answered and one.answer.option):
            chosen.update((fold(one.answer.option or one.answer.value), fold(one.answer.label)))
    kept: list[_Given] = []
    unasked: dict[str, set[int]] = {}
    for one in given:
        if not is_asked(one.column.item, words.get(one.respondent, {}), unclear.get(one.respondent, {})):
            if one.answer.status == NO_ANSWER and not one.answer.value:
                one = replace(one, answer=replace(one.answer, status=NOT_SHOWN))
            elif one.answer.status == ANSWERED and one.answer.number != 0:
                unasked.setdefault(one.column.item.code, set()).add(one.row)
        kept.append(one)
    problems += _answered_unasked(unasked, file)
    return kept


def _answered_unasked(unasked: Mapping[str, set[int]], file: str) -> Iterable[Problem]:
    for code, numbers in unasked.items():
        rows = listed(sorted(numbers))
        it = f"risposte date anche se il filtro della domanda dice che non andava posta, tenute: righe {rows}"
        en = f"answers given although the item's filter says it was not to be asked, kept: rows {rows}"
        yield problem(it, en, file, min(numbers), code, "warning")


def _yes_or_blank(given: Sequence[_Given], file: str) -> Iterable[Problem]:
    """Yes/no items that are only ticked or left blank: whether a blank is a no, only who made the file knows."""
    yes: dict[str, list[int]] = {}
    blank: dict[str, list[int]] = {}
    no: set[str] = set()
    for one in given:
        item, answer = one.column.item, one.answer
        if item.type != "yesno":
            continue
        if answer.status == ANSWERED:
            if answer.value in item.yes:
                yes.setdefault(item.code, []).append(one.row)
            else:
                no.add(item.code)
        elif answer.status == NO_ANSWER and not answer.label:
            blank.setdefault(item.code, []).append(one.row)
    for code in sorted((yes.keys() & blank.keys()) - no):
        if len(blank[code]) < max(_MANY_BLANKS * len(yes[code]), 2):
            continue
        rows = listed(blank[code])
        it = f"nessuno risponde no e le celle vuote (righe {rows}) contano come «non risponde»: se vuota vuol dire no, "
        en = f"nobody answers no and the blank cells (rows {rows}) count as no answer: if a blank is a no, write no"
        yield problem(it + "scrivi no", en, file, min(blank[code]), code, "warning")


def _cells(one: _Given) -> list[object]:
    answer = one.answer
    first = [one.respondent, one.column.item.code, answer.option, answer.value, answer.label]
    return [*first, answer.number, answer.status]
