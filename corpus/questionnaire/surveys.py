"""The answers as a survey program exports them: its header rows, its own columns, who answered. Reads no answer."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import Notebook, Problem, listed, study_error
from corpus.files.markup import plain_text
from corpus.questionnaire.spss import read_sav_answers
from corpus.questionnaire.survey_programs import BY_HAND, PROGRAMS, Program
from corpus.tables.column_names import NAMES
from corpus.tables.sheets import Row, Sheet, read_sheet
from corpus.words.spelling import fold

_WHO = (
    *("respondent", *map(fold, NAMES["respondent"])),
    *("token", "externalreference", "externaldatareference", "responseid", "id risposta", "response id"),
    *("indirizzo email", "email address", "posta elettronica", "email", "username", "nome utente"),
)
ALSO = {".sav": read_sav_answers, ".zsav": read_sav_answers}
_HEADED = re.compile(r"(?P<code>[A-Za-z][\w]*(?:\[[^\[\]]*\])*)\. (?P<text>.+)", re.DOTALL)
_IN_BRACKETS = re.compile(r"(?P<item>.*?\S) ?\((?P<part>[^()]*(?:\([^()]*\)[^()]*)*)\)", re.DOTALL)
_SIGNS_OF_A_LINE = {"newline": "\n", "cr": "\n", "tab": "\t", "quote": '"', "lbrace": "{"}
_MARKUP = re.compile("[<&{]")
_WRITTEN_SIGN = re.compile("{(" + "|".join(_SIGNS_OF_A_LINE) + ")}")
_SELECTED = re.compile(r" - (selected choice|scelta selezionata|scelta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Survey:
    """A table of answers. `columns` are the titles that may hold answers, `names` the names of each (its title, and
    code and text where the program gives both), `own` those that the program fills in itself, `respondent` the title of
    the column that says who answers. `sha256` is that of the file.
    """

    file: str
    sha256: str
    program: Program
    columns: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
    respondent: str
    rows: tuple[Row, ...]


def read_survey(folder: Path, file: str, respondents: Collection[str] = ()) -> tuple[Survey, tuple[Problem, ...]]:
    """The answers in `folder/file` by rows, whatever program exported them: LimeSurvey (codes, texts, or both as
    headings; its VV files with two header rows), Qualtrics (three), Google Forms, Microsoft Forms, SPSS, or a table
    typed by hand. Texts that a program keeps as HTML are read as a person sees them.

    Who answers is told by the column that holds most of `respondents` among those so named, else by any such column.
    Unfinished responses are kept, and counted in a warning. Raises StudyError when the file cannot be read or nothing
    says who answers.
    """
    sheet = _without_markup(read_sheet(folder, file, (), others=True, also=ALSO, header_at=_header_row))
    headed = {fold(_code_of(title)): title for title in sheet.columns}
    program = next((each for each in PROGRAMS if headed.keys() >= set(each.signs)), BY_HAND)
    rows, names = _header_rows(sheet)
    notebook = Notebook(sheet.file, sheet.problems)
    respondent = _who_answers(sheet, rows, respondents, notebook)
    _tell_unfinished(program, headed, rows, notebook)
    own = tuple(title for title in sheet.columns if program.own.fullmatch(fold(_code_of(title))))
    columns = tuple(title for title in sheet.columns if title != respondent)
    return Survey(sheet.file, sheet.sha256, program, columns, names, own, respondent, rows), notebook.problems


def column_key(name: str) -> str:
    """The form in which two names of a column are equal: without case, accents, stray spaces or a last `?`, `:`."""
    return fold(name).rstrip(" ?:.*") or fold(name)


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """Where the codes of the columns stand: in the second row of a VV file of LimeSurvey, whose first holds texts."""
    return 1 if len(rows) > 1 and {"submitdate", "lastpage"} <= {fold(cell) for cell in rows[1]} else 0


def _without_markup(sheet: Sheet) -> Sheet:
    """The sheet with its cells as plain texts, and as they were before a VV file wrote their line ends in words."""
    return replace(sheet, rows=tuple(_plain_row(row) if _has_markup(row) else row for row in sheet.rows))


def _has_markup(row: Row) -> bool:
    return any(_MARKUP.search(cell) for cell in row.cells.values())


def _plain_row(row: Row) -> Row:
    return Row(row.number, {title: _plain_cell(cell) for title, cell in row.cells.items()})


def _plain_cell(cell: str) -> str:
    return plain_text(_WRITTEN_SIGN.sub(lambda sign: _SIGNS_OF_A_LINE[sign[1]], cell))


def _code_of(title: str) -> str:
    """`submitdate` of LimeSurvey's heading `submitdate. Date submitted`; other titles as they are."""
    match = _HEADED.fullmatch(title)
    return match["code"] if match else title


def _header_rows(sheet: Sheet) -> tuple[tuple[Row, ...], dict[str, tuple[str, ...]]]:
    """The rows that hold responses, and the names of each column."""
    second, third = [*sheet.rows[:2], None, None][:2]
    if sheet.above:
        return sheet.rows, {title: _names_of_vv(title, sheet.above.get(title, "")) for title in sheet.columns}
    three = third is not None and second is not None and any('"ImportId"' in cell for cell in third.cells.values())
    texts = second.cells if three and second is not None else {}
    names: dict[str, tuple[str, ...]] = {}
    for title in sheet.columns:
        match = _HEADED.fullmatch(title)
        parts = [title, *(match.groups() if match else ()), _SELECTED.sub("", texts.get(title, ""))]
        names[title] = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return sheet.rows[2 if three else 0 :], names


def _names_of_vv(code: str, text: str) -> tuple[str, ...]:
    """The code of a column and its text, `Quali servizi? (Mense)` in the form of others: `Quali servizi? [Mense]`."""
    match = _IN_BRACKETS.fullmatch(text) if "_" in code else None
    text = f"{match['item']} [{match['part']}]" if match else text
    return tuple(dict.fromkeys(part for part in (code, text.strip()) if part))


def _who_answers(sheet: Sheet, rows: Sequence[Row], respondents: Collection[str], notebook: Notebook) -> str:
    known = {fold(name) for name in respondents}
    held = {title: len(known & _folded(rows, title)) for title in sheet.columns}
    named = {fold(_code_of(title)): title for title in reversed(sheet.columns)}
    candidates = [named[name] for name in _WHO if name in named]
    best = max(candidates, key=lambda title: held[title], default="")
    if best and (held[best] or not known):
        return best
    # No column of such a name holds respondents; one of another name that clearly does is taken, and told.
    fullest = max(sheet.columns, key=lambda title: held[title], default="")
    if fullest and held[fullest] >= max(2, len(known) / 2):
        notebook.warning(
            f"nessuna colonna `respondent`: chi ha risposto è preso da qui ({held[fullest]} rispondenti ritrovati)",
            f"no column `respondent`: who answered is taken from here ({held[fullest]} respondents found)",
            row=1,
            column=fullest,
        )
        return fullest
    if best:
        return best
    columns = ", ".join(sheet.columns[:20])
    raise study_error(
        f"manca la colonna `respondent`, che dice chi ha risposto: aggiungila, con i codici di respondents.csv; "
        f"le colonne trovate sono: {columns}",
        f"the column `respondent`, which says who answered, is missing: add it, with the codes of respondents.csv; "
        f"the columns found are: {columns}",
        file=sheet.file,
        row=1,
        column="respondent",
    )


def _folded(rows: Sequence[Row], title: str) -> set[str]:
    return {fold(row[title]) for row in rows}


def _tell_unfinished(program: Program, headed: Mapping[str, str], rows: Sequence[Row], notebook: Notebook) -> None:
    for sign in program.finished:
        title = headed.get(sign)
        numbers = [row.number for row in rows if title and fold(row[title]) in program.unfinished]
        if numbers and title:
            notebook.warning(
                f"questionari non finiti: {len(numbers)} su {len(rows)}, tenuti: righe {listed(numbers)}",
                f"unfinished questionnaires: {len(numbers)} of {len(rows)}, kept: rows {listed(numbers)}",
                row=numbers[0],
                column=title,
            )
