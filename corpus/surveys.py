"""The answers as a survey program exports them: its header rows, its own columns, who answered. Reads no answer."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Problem, listed, problem, study_error
from corpus.missing_words import NO_ANSWER, NOT_SHOWN
from corpus.sheets import Row, Sheet, read_sheet
from corpus.spelling import fold
from corpus.spss import read_sav_answers

_WHO = (
    *("respondent", "rispondente", "codice rispondente", "codice del rispondente", "id rispondente", "respondent id"),
    *("id", "codice", "token", "externalreference", "externaldatareference", "responseid", "id risposta"),
    *("response id", "indirizzo email", "email address", "posta elettronica", "email", "username", "nome utente"),
)
ALSO = {".sav": read_sav_answers, ".zsav": read_sav_answers}
_HEADED = re.compile(r"(?P<code>[A-Za-z][\w]*(?:\[[^\[\]]*\])*)\. (?P<text>.+)", re.DOTALL)
_SELECTED = re.compile(r" - (selected choice|scelta selezionata|scelta)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Program:
    """What a survey program puts into its exports. All words are folded (corpus.spelling.fold).

    `signs`: columns that tell the program, all of them needed; `own`: columns that hold no answer, as a pattern;
    `missing`: what its cells say instead of an answer; `finished`: the column of a finished response and the cells of
    an unfinished one.
    """

    name: str
    signs: tuple[str, ...]
    own: re.Pattern[str]
    missing: Mapping[str, str]
    finished: tuple[str, ...] = ()
    unfinished: frozenset[str] = frozenset()


def _own(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(names))


_LIMESURVEY_OWN = _own(
    *("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "token", "ipaddr", "refurl"),
    *("interviewtime", "grouptime.*", "questiontime.*", "id risposta", "response id", "id della risposta"),
    *("data (di )?invio", "data di completamento", "date submitted", "ultima pagina", "last page"),
    *("lingua iniziale", "lingua di partenza", "start language", "seme", "data di inizio", "date started"),
    *("date last action", "data (dell')?ultima azione", "indirizzo ip", "ip address", "url di riferimento"),
    *("tempo totale", "total time", "tempo per gruppo.*", "group time.*", "referrer url", "codice di accesso"),
    "access code",
)
_QUALTRICS_OWN = _own(
    *("startdate", "enddate", "status", "ipaddress", "progress", "duration \\(in seconds\\)", "finished"),
    *("recordeddate", "responseid", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference"),
    *("externaldatareference", "locationlatitude", "locationlongitude", "distributionchannel", "userlanguage"),
    *("responseset", "q_.*", ".*_do_\\d+.*", ".*_(first click|last click|page submit|click count)"),
)
_GOOGLE_OWN = _own("timestamp", "informazioni cronologiche", "indirizzo email", "email address", "username|nome utente")
_MICROSOFT_OWN = _own(
    *("id", "start time", "completion time", "email", "name", "last modified time", "total points", "quiz feedback"),
    *("ora di inizio", "ora (di )?completamento", "posta elettronica", "nome", "ora dell'ultima modifica", "lingua"),
    *("ora di fine", "language", "nome utente"),
)
_NOT_AVAILABLE = {"n/a": NOT_SHOWN}
_UNSENT = frozenset({"", "n/a", "1980-01-01 00:00:00"})
PROGRAMS = (
    *(
        Program("LimeSurvey", signs, _LIMESURVEY_OWN, _NOT_AVAILABLE, signs[:1], _UNSENT)
        for signs in (
            ("submitdate", "lastpage"),
            ("data di invio", "ultima pagina"),
            ("data invio", "ultima pagina"),
            ("data di completamento", "ultima pagina"),
            ("date submitted", "last page"),
        )
    ),
    *(
        Program("Qualtrics", signs, _QUALTRICS_OWN, {"-99": NO_ANSWER}, ("finished",), frozenset({"0", "false"}))
        for signs in (("responseid", "recordeddate"), ("startdate", "enddate", "finished"))
    ),
    *(Program("Microsoft Forms", signs, _MICROSOFT_OWN, {}) for signs in (("id", "start time", "completion time"),)),
    *(
        Program("Microsoft Forms", ("id", "ora di inizio", end), _MICROSOFT_OWN, {})
        for end in ("ora di completamento", "ora completamento", "ora di fine")
    ),
    *(Program("Google Moduli", (sign,), _GOOGLE_OWN, {}) for sign in ("timestamp", "informazioni cronologiche")),
)
_BY_HAND = Program("", (), re.compile(r"(?!)"), {})


@dataclass(frozen=True, slots=True)
class Survey:
    """A table of answers. `columns` are the titles that may hold answers, `names` the names of each (its title, and
    code and text where the program gives both), `respondent` the title of the column that says who answers.
    """

    file: str
    program: Program
    columns: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
    respondent: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_survey(folder: Path, file: str, respondents: Collection[str] = ()) -> Survey:
    """The answers in `folder/file` by rows, whatever program exported them: LimeSurvey (codes, texts, or both as
    headings), Qualtrics (three header rows), Google Forms, Microsoft Forms, SPSS, or a table typed by hand.

    Who answers is told by the column that holds most of `respondents` among those so named, else by any such column.
    Unfinished responses are kept, and counted in a warning. Raises StudyError when the file cannot be read or nothing
    says who answers.
    """
    sheet = read_sheet(folder, file, (), others=True, also=ALSO)
    headed = {fold(_code_of(title)): title for title in sheet.columns}
    program = next((each for each in PROGRAMS if all(sign in headed for sign in each.signs)), _BY_HAND)
    rows, names = _header_rows(sheet)
    who, problems = _who_answers(sheet, rows, respondents)
    problems = [*sheet.problems, *problems, *_unfinished(program, headed, rows, sheet.file)]
    own = tuple(title for title in sheet.columns if program.own.fullmatch(fold(_code_of(title))))
    columns = tuple(title for title in sheet.columns if title != who)
    return Survey(sheet.file, program, columns, names, own, who, rows, tuple(problems))


def column_key(name: str) -> str:
    """The form in which two names of a column are equal: without case, accents, stray spaces or a last `?`, `:`."""
    return fold(name).rstrip(" ?:.*") or fold(name)


def _code_of(title: str) -> str:
    """`submitdate` of LimeSurvey's heading `submitdate. Date submitted`; other titles as they are."""
    match = _HEADED.fullmatch(title)
    return match["code"] if match else title


def _header_rows(sheet: Sheet) -> tuple[tuple[Row, ...], dict[str, tuple[str, ...]]]:
    """The rows that hold responses, and the names of each column."""
    second, third = [*sheet.rows[:2], None, None][:2]
    three = third is not None and second is not None and any('"ImportId"' in cell for cell in third.cells.values())
    texts = second.cells if three and second is not None else {}
    names: dict[str, tuple[str, ...]] = {}
    for title in sheet.columns:
        match = _HEADED.fullmatch(title)
        parts = [title, *(match.groups() if match else ()), _SELECTED.sub("", texts.get(title, ""))]
        names[title] = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return sheet.rows[2 if three else 0 :], names


def _who_answers(sheet: Sheet, rows: Sequence[Row], respondents: Collection[str]) -> tuple[str, list[Problem]]:
    known = {fold(name) for name in respondents}
    held = {title: len(known & {fold(row[title]) for row in rows}) for title in sheet.columns}
    named = {fold(_code_of(title)): title for title in reversed(sheet.columns)}
    candidates = [named[name] for name in _WHO if name in named]
    best = max(candidates, key=lambda title: held[title], default="")
    if best and (held[best] or not known):
        return best, []
    found = max(sheet.columns, key=lambda title: held[title], default="")
    if found and held[found] >= max(2, len(known) / 2):
        it = f"nessuna colonna `respondent`: chi ha risposto è preso da qui ({held[found]} rispondenti ritrovati)"
        en = f"no column `respondent`: who answered is taken from here ({held[found]} respondents found)"
        return found, [problem(it, en, sheet.file, 1, found, "warning")]
    if best:
        return best, []
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


def _unfinished(program: Program, headed: Mapping[str, str], rows: Sequence[Row], file: str) -> Iterator[Problem]:
    for sign in program.finished:
        title = headed.get(sign)
        numbers = [row.number for row in rows if title and fold(row[title]) in program.unfinished]
        if numbers and title:
            it = f"{len(numbers)} questionari non finiti su {len(rows)}, tenuti: righe {listed(numbers)}"
            en = f"{len(numbers)} unfinished questionnaires of {len(rows)}, kept: rows {listed(numbers)}"
            yield problem(it, en, file, numbers[0], title, "warning")
