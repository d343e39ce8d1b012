"""Memo files, `memo/*.md`: read with their heads, and written as they are read. Looks for nothing in the study."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Literal

from corpus.codings.refi_texts import file_name
from corpus.errors import Notebook, Problem, StudyError, as_study_error
from corpus.files.decoding import decode
from corpus.memos.memo_header import HeadLine, read_head, write_head
from corpus.memos.memo_subjects import SubjectFinder
from corpus.records import Memo, Subject
from corpus.tables.sheets import read_input
from corpus.transcripts.registry import is_hidden
from corpus.words.language import Bilingual, Language
from corpus.words.numbers import parse_date
from corpus.words.spelling import clean_cell, fold, suggestion

FOLDER = "memo"
_ENDINGS = (".md", ".markdown", ".txt")
Kind = Literal["memo", "link", "set"]
Direction = Literal["", "Associative", "OneWay", "Bidirectional"]
KIND_NAMES: Mapping[Kind, Bilingual] = {
    "memo": Bilingual("memo", "memo"),
    "link": Bilingual("legame", "link"),
    "set": Bilingual("insieme", "set"),
}
DIRECTION_NAMES: Mapping[Direction, Bilingual] = {
    "OneWay": Bilingual("uno", "one way"),
    "Bidirectional": Bilingual("doppio", "both ways"),
    "Associative": Bilingual("nessuno", "none"),
}
_KINDS: Mapping[str, Kind] = {fold(word): kind for kind, names in KIND_NAMES.items() for word in names}
_DIRECTIONS: Mapping[str, Direction] = {
    fold(word): direction for direction, names in DIRECTION_NAMES.items() for word in names
}
_SUBJECTS: Mapping[str, str] = {
    "theme": "theme",
    "respondent": "respondent",
    "transcript": "transcript",
    "passage": "transcript",
}


def find_memo_files(folder: Path) -> list[Path]:
    """The files below the study's `memo/`, by path, hidden files and those of open programs left out."""
    root = folder / FOLDER
    files = (path for path in root.rglob("*") if path.is_symlink() or path.is_file())
    return sorted(
        (path for path in files if not is_hidden(path.relative_to(root))),
        key=lambda path: path.relative_to(root).as_posix(),
    )


def read_memo_files(folder: Path, finder: SubjectFinder) -> tuple[tuple[Memo, ...], tuple[Problem, ...]]:
    """The memos of `memo/` in the order of their files, and what is wrong.

    A file without a head is a memo on the study. What a memo is about and the study does not have is told, and the
    memo stays. A memo without a word of text is told: it counts as taken away (corpus.memos.project_memos). A file that
    cannot be read is a Problem.
    """
    notebook = Notebook()
    memos: list[Memo] = []
    for path in find_memo_files(folder):
        file = path.relative_to(folder).as_posix()
        page = notebook.of(file)
        if path.suffix.lower() not in _ENDINGS:
            page.error(
                "un memo è un file di testo (.md): non è letto; salvalo come testo",
                "a memo is a text file (.md): it is not read; save it as text",
            )
            continue
        try:
            with as_study_error(file):
                text = decode(read_input(folder, file), file)[0].removeprefix("\ufeff")
                memos.append(_memo(file, text, finder, page))
        except StudyError as error:
            notebook.add(error.problems)
    return tuple(memos), notebook.problems


def _memo(file: str, text: str, finder: SubjectFinder, page: Notebook) -> Memo:
    head, below = read_head(text, page)
    single: dict[str, HeadLine] = {}
    for line in head:
        single.setdefault(line.key, line)
    memo = Memo(
        id=PurePosixPath(file).relative_to(FOLDER).as_posix(),
        file=file,
        text=below,
        kind=_kind(single.get("kind"), page),
        title=clean_cell(_value(single, "title")),
        author=clean_cell(_value(single, "author")),
        date=_date(single.get("date"), page),
        subjects=finder.find(head, page),
        guid=_value(single, "guid").strip("{} ").lower(),
    )
    if memo.kind == "memo" and not memo.text:
        page.warning("il memo non ha testo: non conta", "the memo has no text: it does not count")
    if memo.kind != "link":
        return memo
    if len(memo.subjects) != 2:
        page.error(
            "un legame unisce due cose (tema, rispondente, trascrizione con il suo passo): è letto come insieme",
            "a link joins two things (theme, respondent, transcript with its passage): it is read as a set",
        )
        return replace(memo, kind="set")
    return replace(memo, direction=_DIRECTIONS.get(fold(_value(single, "direction")), "Associative"))


def _value(single: Mapping[str, HeadLine], key: str) -> str:
    return single[key].value if key in single else ""


def _kind(line: HeadLine | None, page: Notebook) -> Kind:
    if line is None or not line.value:
        return "memo"
    kind = _KINDS.get(fold(line.value))
    if kind is None:
        hint = suggestion(line.value, [name for names in KIND_NAMES.values() for name in names])
        page.at(line.row).warning(
            f"`{line.value}` non è memo, legame o insieme{hint.it}: è letto come memo",
            f"`{line.value}` is not memo, link or set{hint.en}: it is read as a memo",
        )
    return kind or "memo"


def _date(line: HeadLine | None, page: Notebook) -> str:
    """The date as ISO 8601 writes it; one that cannot be read stays as it is, and is told."""
    if line is None or not line.value:
        return ""
    day = parse_date(line.value)
    if day is None:
        page.at(line.row).warning(
            f"`{line.value}` non è una data (gg/mm/aaaa): resta com'è scritta",
            f"`{line.value}` is no date (dd/mm/yyyy): it stays as it is written",
        )
        return clean_cell(line.value)
    return day.isoformat()


def as_files(memos: Iterable[Memo], language: Language) -> dict[str, str]:
    """Path in the study -> text of a file for each memo, called by its title or by what it is about."""
    files: dict[str, str] = {}
    taken: set[str] = set()
    for memo in memos:
        about = " ".join(subject.name for subject in memo.subjects[:1])
        plain = file_name(memo.title or f"{KIND_NAMES[memo.kind].say(language)} {about}")
        tries = (plain, *(f"{plain} ({number})" for number in range(2, len(files) + 3)))
        name = next(each for each in tries if fold(each) not in taken)  # some disks hold one file of such names
        taken.add(fold(name))
        files[f"{FOLDER}/{name}.md"] = memo_text(memo, language)
    return files


def memo_text(memo: Memo, language: Language) -> str:
    """The memo as a file of `memo/` holds it, which reads as the same memo."""
    lines = [("kind", "" if memo.kind == "memo" else KIND_NAMES[memo.kind].say(language))]
    lines += [("title", memo.title), ("author", memo.author), ("date", memo.date)]
    for subject in memo.subjects:
        lines += _subject_lines(subject)
    lines.append(("direction", DIRECTION_NAMES[memo.direction].say(language) if memo.direction else ""))
    lines.append(("guid", memo.guid))
    return f"---\n{write_head(lines, language)}---\n{memo.text}\n"


def _subject_lines(subject: Subject) -> list[tuple[str, str]]:
    lines = [(_SUBJECTS[subject.kind], subject.name)]
    if subject.kind == "passage":
        lines.append(("quote", subject.quote))
        if subject.end:
            lines.append(("position", f"{subject.start}-{subject.end}"))
    return lines
