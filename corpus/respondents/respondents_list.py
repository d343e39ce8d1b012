"""The respondents list, `respondents.csv`: one row a person. Never looks for them in the interviews."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus.errors import Notebook, Problem, StudyError
from corpus.questionnaire.variables import tidy_variable
from corpus.tables.sheets import read_sheet
from corpus.transcripts import find_transcripts
from corpus.words.spelling import clean_cell, fold

FILE = "respondents.csv"
COLUMNS = ("respondent", "transcript", "speaker")


def read_respondents(folder: Path) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """A frame of text, sorted by respondent: respondent, transcript, speaker ("" where blank), then the variables.

    The index, `row`, is each respondent's row in the file. A respondent without id and the second row of a respondent
    are left out with a Problem; a table without rows is no fault. Raises StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, FILE, COLUMNS[:1], COLUMNS[1:], others=True)
    notebook = sheet.notebook()
    first: dict[str, int] = {}
    spelled: dict[str, str] = {}
    people: dict[int, dict[str, str]] = {}
    for row in sheet.rows:
        page = notebook.at(row.number)
        respondent = row["respondent"]
        if not respondent:
            page.error(
                "manca il codice del rispondente: la riga è lasciata fuori",
                "the respondent has no code: the row is left out",
                column="respondent",
            )
            continue
        if respondent in first:
            page.error(
                f"il rispondente `{respondent}` è già alla riga {first[respondent]}: vale quella",
                f"the respondent `{respondent}` is already in row {first[respondent]}: that one counts",
                column="respondent",
            )
            continue
        twin = spelled.setdefault(fold(respondent), respondent)
        if twin != respondent:
            page.warning(
                f"`{respondent}` e `{twin}` (riga {first[twin]}) differiscono solo per maiuscole o accenti: "
                "sono letti come due persone",
                f"`{respondent}` and `{twin}` (row {first[twin]}) differ by case or accents only: "
                "they are read as two people",
                column="respondent",
            )
        first[respondent] = row.number
        people[row.number] = {column: row[column] for column in sheet.columns}
    if sheet.rows and not people:
        notebook.error("non contiene nessun rispondente", "it has no respondent")
    frame = _frame(list(people.values()), [name for name in sheet.columns if name not in COLUMNS])
    frame.index = pd.Index(list(people), name="row", dtype="int64")
    for name in frame.columns.difference(list(COLUMNS), sort=False):
        frame[name] = tidy_variable(frame[name], notebook)
    return frame.sort_values("respondent", kind="stable"), notebook.problems


def known_respondents(folder: Path) -> tuple[str, ...]:
    """The codes of the respondents list, else the names of the transcripts; none when there is neither."""
    try:
        listed = tuple(read_respondents(folder)[0]["respondent"])
    except StudyError:
        listed = ()
    return listed or tuple(sorted(clean_cell(path.stem) for path in find_transcripts(folder)))


def unlisted_respondents(answering: Mapping[str, Sequence[str]]) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The respondents of a study without a list, as `read_respondents` gives them, and the warning that says so.

    `answering` holds for each transcript id the speakers who answer there. One is called as the transcript; several,
    in a focus group, are one respondent each, called by transcript and speaker.
    """
    rows = [row for name, speakers in answering.items() for row in _unlisted(name, speakers)]
    groups = ", ".join(name for name, speakers in answering.items() if len(speakers) > 1)
    notebook = Notebook(FILE)
    notebook.warning(
        "non elenca nessun rispondente: se ne conta uno per intervista, senza variabili"
        + (f"; dove rispondono in più ({groups}), uno per ogni parlante" if groups else ""),
        "it lists no respondent: each interview counts as one, without variables"
        + (f"; where several people answer ({groups}), each speaker as one" if groups else ""),
    )
    return _frame(rows, []).sort_values("respondent", ignore_index=True), notebook.problems


def _unlisted(transcript: str, speakers: Sequence[str]) -> list[dict[str, str]]:
    if len(speakers) < 2:
        return [{"respondent": transcript, "transcript": transcript}]
    return [
        {"respondent": f"{transcript}: {speaker}", "transcript": transcript, "speaker": speaker} for speaker in speakers
    ]


def _frame(people: list[dict[str, str]], variables: list[str]) -> pd.DataFrame:
    return pd.DataFrame(people, columns=[*COLUMNS, *variables], dtype="str").fillna("")
