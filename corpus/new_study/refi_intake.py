"""A study folder out of a REFI-QDA project: texts, codes and cases as files a person can go on with. Codes nothing."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.codebook.refi_codebook import HEADER, code_rows
from corpus.codebook.theme_codebook import FILE as CODEBOOK
from corpus.codebook.theme_codebook import OPTIONAL, REQUIRED
from corpus.codings.quotations import Wording
from corpus.codings.refi_codings import FOLDER
from corpus.codings.refi_texts import file_names
from corpus.errors import Notebook, Problem, study_error
from corpus.memos.memo_files import as_files
from corpus.memos.project_memos import ProjectMemos, memos_of_project
from corpus.new_study.joined_projects import join_projects
from corpus.new_study.template_folder import TEMPLATE, check_empty, unwritable
from corpus.records import Memo, Theme
from corpus.refi.account import Account
from corpus.refi.project import Case, Project, Selection, Source, read_project
from corpus.respondents.respondents_list import COLUMNS
from corpus.respondents.respondents_list import FILE as RESPONDENTS
from corpus.settings import FILE as SETTINGS
from corpus.transcripts.registry import FOLDER as TRANSCRIPTS
from corpus.words.formulas import guard
from corpus.words.language import Language
from corpus.words.spelling import fold, tidy

_LISTED = 6  # names in one message
_MOSTLY = 0.5  # of a text under a case's own code: NVivo's way of saying whose text it is


@dataclass(frozen=True)
class Intake:
    """What came in and what did not, counted, and what is wrong with it."""

    account: Account
    problems: tuple[Problem, ...]


def create_study_from(
    project: Path, folder: Path, language: Language = "it", coded_apart: Sequence[Path] = ()
) -> Intake:
    """Make `folder` a study of the .qdpx `project`: transcripts/, codebook.csv, respondents.csv, study.toml, memo/ ...

    Each text becomes a transcript, each code a theme, each case (or text without one) a respondent with its variables,
    each memo, link and set a file of memo/; the project itself is copied into codings/, from where its codings are
    read. Projects in which others coded the same texts (`coded_apart`) are copied beside it, and give the study what
    only they have (corpus.new_study.joined_projects). Raises StudyError when the folder holds anything or cannot be
    written, or a project cannot be read or none has a text.
    """
    check_empty(folder)
    paths = [path.resolve() for path in (project, *coded_apart)]
    projects = [read_project(path.parent, path.name) for path in paths]
    read = join_projects(projects)
    names = file_names(read.sources)
    named = {name: source for name, source in zip(names, read.sources, strict=True) if name}
    if not named:
        raise study_error("nel progetto non c'è nessun testo", "there is no text in the project", file=project.name)
    themes = [code for code in read.codes if code.guid not in read.case_codes]
    rows = code_rows(themes)
    notebook = Notebook(read.file)
    people = _people(read, named, notebook.of(RESPONDENTS))
    _tell_left_out(read, names, notebook)
    selections = sum(map(_coded_selections, projects))
    files = {
        f"transcripts/{name}.txt": tidy((source.text or "").removeprefix("\ufeff")) for name, source in named.items()
    }
    files[CODEBOOK] = _table([*REQUIRED, *OPTIONAL], [dict(zip(HEADER, row, strict=True)) for row in rows])
    variables = dict.fromkeys(name for row in people for name in row if name not in COLUMNS)
    files[RESPONDENTS] = _table([*COLUMNS, *variables], people)
    files[SETTINGS] = _settings(read, language)
    written = _memos_of_all(projects, files, rows, people)
    files |= as_files(written.memos, language)
    try:
        for name, text in sorted(files.items()):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        shutil.copyfile(TEMPLATE / language / "README.md", folder / "README.md")
        if selections:
            (folder / FOLDER).mkdir()
            for name, path in _names_in_study(paths).items():
                shutil.copyfile(path, folder / FOLDER / name)
    except OSError as error:
        raise unwritable(folder, error) from None
    kinds: Counter[str] = Counter(memo.kind for memo in written.memos)
    kept = {"texts": len(named), "themes": len(rows), "respondents": len(people), "passages": selections}
    return Intake(Account({**kept, **kinds}, _left_out(read, names, written)), notebook.problems)


def _coded_selections(project: Project) -> int:
    return sum(1 for source in project.sources for each in source.selections if each.codings)


def _names_in_study(projects: Sequence[Path]) -> dict[str, Path]:
    """The name that each project gets in codings/: its own, with a number where another is called so."""
    names: dict[str, Path] = {}
    for project in projects:
        stem = project.stem
        tries = (f"{stem}.qdpx", *(f"{stem} ({number}).qdpx" for number in range(2, len(projects) + 1)))
        taken = {fold(name) for name in names}
        names[next(name for name in tries if fold(name) not in taken)] = project
    return names


def _memos_of_all(
    projects: Sequence[Project],
    files: Mapping[str, str],
    codes: Sequence[Sequence[str]],
    people: Sequence[Mapping[str, str]],
) -> ProjectMemos:
    """The memos of all projects, what several have once."""
    memos: list[Memo] = []
    lost: Counter[str] = Counter()
    for project in projects:
        written = _memos(project, files, codes, people)
        memos += [memo for memo in written.memos if memo not in memos]
        lost.update(written.lost)
    return ProjectMemos(tuple(memos), lost)


def _memos(
    read: Project, files: Mapping[str, str], codes: Sequence[Sequence[str]], people: Sequence[Mapping[str, str]]
) -> ProjectMemos:
    """The memos of the project on what became of it in the study's `files`."""
    texts = {Path(file).stem: Wording(text) for file, text in files.items() if file.startswith(f"{TRANSCRIPTS}/")}
    themes = [Theme(code, label, parent, guid=own) for code, label, parent, *_, own in codes]
    return memos_of_project(read, texts, themes, [row["respondent"] for row in people], read.name)


def _left_out(read: Project, names: Sequence[str], written: ProjectMemos) -> dict[str, int]:
    return {
        "blank texts": sum(not name for name in names),
        "media": len(read.media),
        "media codings": read.unread,
        "text codings": sum(source.codings_of_text for source in read.sources),
        **{f"lost {what}": number for what, number in written.lost.items()},
        "coded notes": read.coded_notes,
        "graphs": read.graphs,
    }


def _tell_left_out(read: Project, names: Sequence[str], notebook: Notebook) -> None:
    """What of the project is in no file of the study."""
    for source, name in zip(read.sources, names, strict=True):
        if name:
            continue
        it = f"il testo `{source.name}` è vuoto o manca"
        en = f"the text `{source.name}` is blank or missing"
        if source.outside:
            it += f": non è nel progetto ma in `{source.outside}`; metti quel file in transcripts/"
            en += f": it is not in the project but in `{source.outside}`; put that file into transcripts/"
        notebook.error(it, en)
    if read.media:
        some = ", ".join(f"`{name}`" for name in read.media[:_LISTED]) + (" ..." * (len(read.media) > _LISTED))
        notebook.warning(
            f"immagini, registrazioni e PDF senza testo, lasciati fuori: {len(read.media)} ({some})",
            f"pictures, recordings and PDFs without text, left out: {len(read.media)} ({some})",
        )


def _people(read: Project, named: dict[str, Source], notebook: Notebook) -> list[dict[str, str]]:
    """Rows of respondents.csv: cases with their texts, then texts without a case."""
    rows: list[dict[str, str]] = []
    claimed: set[str] = set()
    for case in read.cases:
        texts = [name for name, source in named.items() if _is_of(source, name, case)]
        values: dict[str, str] = {}
        for text in texts:
            values |= dict(named[text].values)
        values |= dict(case.values)
        respondent = case.name or (texts[0] if len(texts) == 1 else "")
        if not respondent:
            continue  # a case without name that is no single text says nothing of anybody
        if not texts:
            notebook.warning(
                f"non si capisce quali testi sono di `{respondent}`: scrivili nella colonna `transcript`",
                f"which texts are of `{respondent}` is not said: write them into the column `transcript`",
                column="transcript",
            )
        claimed.update(texts)
        rows.append(_row(respondent, ";".join(texts), values))
    rows += [_row(name, name, dict(source.values)) for name, source in named.items() if name not in claimed]
    return rows


def _row(respondent: str, transcript: str, values: dict[str, str]) -> dict[str, str]:
    safe = {f"{name}_" if name in COLUMNS else name: value for name, value in values.items()}
    return {"respondent": respondent, "transcript": transcript, **safe}


def _is_of(source: Source, name: str, case: Case) -> bool:
    if source.guid in case.sources or fold(case.name) in (fold(name), fold(source.name)):
        return True
    codes = {case.guid, *case.codes}
    under_case = [selection for selection in source.selections if _is_under(selection, codes)]
    covered = sum(max(0, selection.end - selection.start) for selection in under_case)
    return bool(under_case) and covered > _MOSTLY * len(source.text or "")


def _is_under(selection: Selection, codes: set[str]) -> bool:
    return any(coding.code in codes for coding in selection.codings)


def _table(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=";", restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guard(cell) for name, cell in row.items()})
    return text.getvalue()


def _settings(read: Project, language: Language) -> str:
    """The template's study.toml with the project's name."""
    title = json.dumps(read.name or Path(read.file).stem, ensure_ascii=False)
    text = (TEMPLATE / language / SETTINGS).read_text(encoding="utf-8")
    return re.sub(r'^title = "[^"]*"', lambda _: f"title = {title}", text, flags=re.MULTILINE)
