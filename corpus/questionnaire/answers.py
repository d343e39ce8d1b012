"""What each respondent answered, `questionnaire.csv`, read by the codebook of its items. Never fills in an answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from corpus.errors import Notebook, Problem, listed
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
class GivenAnswer:
    """One answer and where it comes from: the row, the item, and the place of the option in the item."""

    respondent: str
    row: int
    columns: ItemColumns
    order: int
    answer: Answer

    @property
    def item(self) -> Item:
        """The item that it answers."""
        return self.columns.item


@dataclass(frozen=True)
class FilledQuestionnaires:
    """A table of answers, read once: every answer in the order of items and rows. `sha256` is that of its bytes."""

    file: str
    sha256: str
    given: tuple[GivenAnswer, ...]

    def frame(self) -> pd.DataFrame:
        """The Answers frame, sorted by respondent, then in the order of items and options."""
        if not self.given:
            return empty(Answers)
        codes = dict.fromkeys(answer.item.code for answer in self.given)
        ranks = {code: rank for rank, code in enumerate(codes)}
        ordered = sorted(self.given, key=lambda answer: (answer.respondent, ranks[answer.item.code], answer.order))
        rows = [_cells(answer) for answer in ordered]
        return Answers.validate(pd.DataFrame(rows, columns=list(Answers.to_schema().columns)))


def read_answers(
    folder: Path, items: Sequence[Item], respondents: Collection[str]
) -> tuple[FilledQuestionnaires, tuple[Problem, ...]]:
    """What the respondents filled in, and what is wrong.

    The file is a table or an export that corpus.questionnaire.surveys knows; which column is whose,
    corpus.questionnaire.item_columns says. An answer is the option's code or its label. A blank is "no_answer", "Non
    so" and declared missing codes are their own kind; a blank in an item whose filter does not hold is "not_shown"; a
    multiple response is blank only when nothing is ticked. An option of a multiple response has value "1" or "0". What
    cannot be read is "rejected" and reported; `reverse` is not applied to `number`. Raises StudyError when the file
    cannot be read.
    """
    survey, problems = read_survey(folder, FILE, respondents)
    notebook = Notebook(survey.file, problems)
    matched = match_columns(survey, items, notebook)
    rows = _known_rows(survey, respondents, notebook)
    given: list[GivenAnswer] = []
    for columns in matched:
        reader = CellReader(columns, [row for _, row in rows], notebook, survey.program.missing)
        for respondent, row in rows:
            for order, answer in enumerate(reader.read(row)):
                given.append(GivenAnswer(respondent, row.number, columns, order, answer))
    given = _filtered(given, notebook)
    _ask_about_blanks(given, notebook)
    return FilledQuestionnaires(survey.file, survey.sha256, tuple(given)), notebook.problems


def _known_rows(survey: Survey, respondents: Collection[str], notebook: Notebook) -> list[tuple[str, Row]]:
    """The respondents of the study and the first row of each, in the order of the file; the rest is reported.

    Codes that differ from the list's in case, accents or spaces alone are the same person, if only one is meant.
    """
    spelled: dict[str, list[str]] = {}
    for name in respondents:
        spelled.setdefault(fold(name), []).append(name)
    first: dict[str, int] = {}
    known: list[tuple[str, Row]] = []
    for row in survey.rows:
        page = notebook.at(row.number)
        typed = row[survey.respondent]
        alike = spelled.get(fold(typed), [])
        name = typed if typed in respondents or len(alike) != 1 else alike[0]
        if name in first:
            page.error(
                f"il rispondente `{name}` ha già risposto alla riga {first[name]}: vale quella, questa è lasciata "
                "fuori",
                f"the respondent `{name}` has already answered in row {first[name]}: that one counts, this is left out",
                column=survey.respondent,
            )
        elif not name:
            page.error(
                "manca il codice del rispondente: la riga è lasciata fuori",
                "the respondent has no code: the row is left out",
                column=survey.respondent,
            )
        elif name not in respondents:
            hint = suggestion(name, respondents)
            page.error(
                f"il rispondente `{name}` non è nell'elenco dei rispondenti: la riga è lasciata fuori{hint.it}",
                f"the respondent `{name}` is not in the list of respondents: the row is left out{hint.en}",
                column=survey.respondent,
            )
        else:
            first[name] = row.number
            known.append((name, row))
    for name in sorted(set(respondents) - set(first)):
        notebook.warning(
            f"il rispondente `{name}` non ha un questionario",
            f"the respondent `{name}` has no questionnaire",
            column=survey.respondent,
        )
    return known


def _filtered(given: Sequence[GivenAnswer], notebook: Notebook) -> list[GivenAnswer]:
    """Blanks of those whom an item was not asked become "not_shown"; answers of theirs stay, with a warning."""
    # What each respondent gave, and of which options nobody knows whether they gave them, as filters compare it.
    words: dict[str, dict[str, set[str]]] = {}
    unclear: dict[str, dict[str, set[str]]] = {}
    for each in given:
        answer = each.answer
        answered = answer.status == ANSWERED
        by_item = (words if answered else unclear).setdefault(each.respondent, {})
        chosen = by_item.setdefault(each.item.code, set())
        if answer.number == 1 or not (answered and answer.option):
            chosen.update((fold(answer.option or answer.value), fold(answer.label)))
    filtered: list[GivenAnswer] = []
    unasked: dict[str, set[int]] = {}
    for each in given:
        if not is_asked(each.item, words.get(each.respondent, {}), unclear.get(each.respondent, {})):
            if each.answer.status == NO_ANSWER and not each.answer.value:
                each = replace(each, answer=replace(each.answer, status=NOT_SHOWN))
            elif each.answer.status == ANSWERED and each.answer.number != 0:
                unasked.setdefault(each.item.code, set()).add(each.row)
        filtered.append(each)
    _tell_unasked(unasked, notebook)
    return filtered


def _tell_unasked(unasked: Mapping[str, set[int]], notebook: Notebook) -> None:
    for code, numbers in unasked.items():
        rows = listed(sorted(numbers))
        notebook.warning(
            f"risposte date anche se il filtro della domanda dice che non andava posta, tenute: righe {rows}",
            f"answers given although the item's filter says it was not to be asked, kept: rows {rows}",
            row=min(numbers),
            column=code,
        )


def _ask_about_blanks(given: Sequence[GivenAnswer], notebook: Notebook) -> None:
    """Yes/no items that are only ticked or left blank: whether a blank is a no, only who made the file knows."""
    yes: dict[str, list[int]] = {}
    blank: dict[str, list[int]] = {}
    no: set[str] = set()
    for each in given:
        item = each.item
        answer = each.answer
        if item.type != "yesno":
            continue
        if answer.status == ANSWERED:
            if answer.value in item.yes:
                yes.setdefault(item.code, []).append(each.row)
            else:
                no.add(item.code)
        elif answer.status == NO_ANSWER and not answer.label:
            blank.setdefault(item.code, []).append(each.row)
    for code in sorted((yes.keys() & blank.keys()) - no):
        if len(blank[code]) < max(_MANY_BLANKS * len(yes[code]), 2):
            continue
        rows = listed(blank[code])
        notebook.warning(
            f"nessuno risponde no e le celle vuote (righe {rows}) contano come «non risponde»: se vuota vuol dire no, "
            "scrivi no",
            f"nobody answers no and the blank cells (rows {rows}) count as no answer: if a blank is a no, write no",
            row=min(blank[code]),
            column=code,
        )


def _cells(given: GivenAnswer) -> list[object]:
    answer = given.answer
    return [
        *(given.respondent, given.item.code, answer.option, answer.value, answer.label),
        *(answer.number, answer.status),
    ]
