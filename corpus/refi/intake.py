"""A study folder out of a REFI-QDA project: texts, codes and cases as files a person can go on with. Codes nothing."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.codebook import FILE as CODEBOOK
from corpus.codebook import OPTIONAL, REQUIRED
from corpus.errors import Problem, problem, study_error
from corpus.files.decoding import tidy
from corpus.formulas import guard
from corpus.init import TEMPLATE, check_empty, unwritable
from corpus.language import Language
from corpus.refi.codebook import HEADER, code_rows
from corpus.refi.codings import FOLDER
from corpus.refi.project import Case, Project, Source, read_project
from corpus.respondents import COLUMNS
from corpus.respondents import FILE as RESPONDENTS
from corpus.settings import FILE as SETTINGS
from corpus.spelling import fold

_ENDINGS = re.compile(r"\.(txt|docx?|rtf|odt|pdf|md)$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST_NAME = 100
_MOSTLY = 0.5  # of a text under a case's own code: NVivo's way of saying whose text it is


@dataclass(frozen=True)
class Intake:
    """What came in: numbers of texts, themes, respondents and selections with codes, and what did not."""

    texts: int
    themes: int
    respondents: int
    selections: int
    problems: tuple[Problem, ...]


def create_study_from(project: Path, folder: Path, language: Language = "it") -> Intake:
    """Make `folder` a study of the .qdpx `project`: transcripts/, codebook.csv, respondents.csv, study.toml, codings/.

    Each text becomes a transcript, each code a theme, each case (or text without one) a respondent with its variables;
    the project itself is copied into codings/, from where its codings are read. Raises StudyError when the folder holds
    anything or cannot be written, or the project cannot be read or has no text.
    """
    check_empty(folder)
    read = read_project(project.resolve().parent, project.resolve().name)
    named = dict(_named_texts(read.sources))
    if not named:
        raise study_error("nel progetto non c'è nessun testo", "there is no text in the project", file=project.name)
    own_codes = {case.guid for case in read.cases} | {code for case in read.cases for code in case.codes}
    themes = [code for code in read.codes if code.guid not in own_codes]
    people, problems = _people(read, named)
    problems += [
        problem(f"il testo `{source.name}` è vuoto o manca", f"the text `{source.name}` is blank or missing", read.file)
        for source in read.sources
        if source not in named.values()
    ]
    selections = sum(1 for source in read.sources for each in source.selections if each.codings)
    files = {
        f"transcripts/{name}.txt": tidy((source.text or "").removeprefix("\ufeff")) for name, source in named.items()
    }
    files[CODEBOOK] = _table([*REQUIRED, *OPTIONAL], [dict(zip(HEADER, row, strict=True)) for row in code_rows(themes)])
    variables = dict.fromkeys(name for row in people for name in row if name not in COLUMNS)
    files[RESPONDENTS] = _table([*COLUMNS, *variables], people)
    files[SETTINGS] = _settings(read, language)
    try:
        for name, text in sorted(files.items()):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        shutil.copyfile(TEMPLATE / language / "README.md", folder / "README.md")
        if selections:
            (folder / FOLDER).mkdir()
            shutil.copyfile(project, folder / FOLDER / f"{project.stem}.qdpx")
    except OSError as error:
        raise unwritable(folder, error) from None
    return Intake(len(named), len(themes), len(people), selections, tuple(problems))


def _named_texts(sources: Sequence[Source]) -> Iterator[tuple[str, Source]]:
    """File name without ending -> source, for the sources with text; names that are alike get a number."""
    taken: set[str] = set()
    for source in sources:
        if not (source.text or "").strip("\ufeff \t\r\n"):
            continue
        plain = _NOT_IN_NAMES.sub("_", _ENDINGS.sub("", source.name)).strip(" ._")[:_LONGEST_NAME] or "testo"
        tries = (plain, *(f"{plain} ({number})" for number in range(2, len(sources) + 2)))
        name = next(each for each in tries if fold(each) not in taken)
        taken.add(fold(name))
        yield name, source


def _people(read: Project, named: dict[str, Source]) -> tuple[list[dict[str, str]], list[Problem]]:
    """Rows of respondents.csv: cases with their texts, then texts without a case."""
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    claimed: set[str] = set()
    for case in read.cases:
        texts = [name for name, source in named.items() if _is_of(source, name, case)]
        values = {name: value for text in texts for name, value in named[text].values} | dict(case.values)
        respondent = case.name or (texts[0] if len(texts) == 1 else "")
        if not respondent:
            continue  # a case without name that is no single text says nothing of anybody
        if not texts:
            it = f"non si capisce quali testi sono di `{respondent}`: scrivili nella colonna `transcript`"
            en = f"which texts are of `{respondent}` is not said: write them into the column `transcript`"
            problems.append(problem(it, en, RESPONDENTS, column="transcript", severity="warning"))
        claimed.update(texts)
        rows.append(_row(respondent, ";".join(texts), values))
    rows += [_row(name, name, dict(source.values)) for name, source in named.items() if name not in claimed]
    return rows, problems


def _row(respondent: str, transcript: str, values: dict[str, str]) -> dict[str, str]:
    safe = {f"{name}_" if name in COLUMNS else name: value for name, value in values.items()}
    return {"respondent": respondent, "transcript": transcript, **safe}


def _is_of(source: Source, name: str, case: Case) -> bool:
    if source.guid in case.sources or fold(case.name) in (fold(name), fold(source.name)):
        return True
    codes = {case.guid, *case.codes}
    under = [each for each in source.selections if any(coding.code in codes for coding in each.codings)]
    covered = sum(max(0, each.end - each.start) for each in under)
    return bool(under) and covered > _MOSTLY * len(source.text or "")


def _table(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guard(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue()


def _settings(read: Project, language: Language) -> str:
    """The template's study.toml with the project's name and without what belongs to the template's example."""
    values = {
        "title": json.dumps(read.name or Path(read.file).stem, ensure_ascii=False),
        "language": json.dumps(language),
        "fictional": "false",
        "interviewer": "[]",
        "respondent": "[]",
        "class_variable": '""',
    }
    text = (TEMPLATE / language / SETTINGS).read_text(encoding="utf-8")
    for key, value in values.items():
        text = re.sub(rf'^{key} = ("[^"]*"|\[[^]]*\]|\w+)', lambda _: f"{key} = {value}", text, flags=re.MULTILINE)  # noqa: B023
    return text
