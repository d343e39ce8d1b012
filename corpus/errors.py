"""What is wrong with a study, said so that a researcher can mend it. Never raised for a fault of the program itself."""

import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Literal

from corpus.words.language import Bilingual, Language

Severity = Literal["error", "warning"]
_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_WHERE = {"it": ("riga", "colonna"), "en": ("row", "column")}


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a study's files: where it is, what is wrong and what to do.

    `row` is the line a person sees (the header is row 1). An "error" leaves something out of the run,
    a "warning" does not. `quote` are words of an interview that show what is meant: for the researcher's own screen,
    never for a log, manifest or report.
    """

    message: Bilingual
    file: str = ""
    row: int | None = None
    column: str = ""
    severity: Severity = "error"
    quote: str = ""

    def say(self, language: Language = "it") -> str:
        """One line: `file, riga 3, colonna classe: message`."""
        row_word, column_word = _WHERE[language]
        where = [self.file] if self.file else []
        if self.row is not None:
            where.append(f"{row_word} {self.row}")
        if self.column:
            where.append(f"{column_word} {self.column}")
        prefix = ", ".join(where)
        return f"{prefix}: {self.message.say(language)}" if prefix else self.message.say(language)


class StudyError(Exception):
    """A study, or one of its files, cannot be used. Carries every problem found, not just the first."""

    def __init__(self, problems: Problem | Iterable[Problem]):
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(problem.say("it") for problem in self.problems))

    def __reduce__(self) -> tuple[type, tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)  # so that it comes back whole from another process

    def say(self, language: Language = "it") -> str:
        """Every problem, one a line."""
        return "\n".join(problem.say(language) for problem in self.problems)


def study_error(it: str, en: str, *, file: str = "", row: int | None = None, column: str = "") -> StudyError:
    """A StudyError with a single problem."""
    return StudyError(Problem(Bilingual(it, en), file=file, row=row, column=column))


class Notebook:
    """What is wrong with one file, written down while it is read, so that its reader can go on and return a value.

    Readers return `(value, notebook.problems)`; what helps them takes the notebook, or the notebook open at a row.
    """

    def __init__(
        self,
        file: str = "",
        problems: Iterable[Problem] = (),
        *,
        has_rows: bool = True,
        titles: Mapping[str, str] = _NO_TITLES,
    ):
        """`problems` are those already known; `has_rows` is False where a person cannot count the rows of the file.

        `titles`: what the file itself calls its columns, by the names that readers give them.
        """
        self.file = file
        self._has_rows = has_rows
        self._titles = titles
        self._row: int | None = None
        self._problems: list[Problem] = []
        self.add(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was written down, in that order."""
        return tuple(self._problems)

    def at(self, row: int | None) -> "Notebook":
        """The same notebook open at a row: what is written there without a row is about this one."""
        return self._page(self.file, row)

    def of(self, file: str) -> "Notebook":
        """The same notebook open at another file."""
        return self._page(file, None)

    def error(self, it: str, en: str, *, row: int | None = None, column: str = "", quote: str = "") -> None:
        """Write down what the run goes without."""
        self._write(Bilingual(it, en), row, column, "error", quote)

    def warning(self, it: str, en: str, *, row: int | None = None, column: str = "", quote: str = "") -> None:
        """Write down what leaves nothing out."""
        self._write(Bilingual(it, en), row, column, "warning", quote)

    def add(self, problems: Iterable[Problem]) -> None:
        """Copy in what others wrote down, of this file or of another."""
        self._problems += problems if self._has_rows else (replace(problem, row=None) for problem in problems)

    def _page(self, file: str, row: int | None) -> "Notebook":
        page = Notebook(file, has_rows=self._has_rows, titles=self._titles if file == self.file else _NO_TITLES)
        page._row = row
        page._problems = self._problems  # the list stays one
        return page

    def _write(self, message: Bilingual, row: int | None, column: str, severity: Severity, quote: str) -> None:
        row = self._row if row is None else row
        column = self._titles.get(column, column)
        self.add([Problem(message, self.file, row, column, severity, quote)])


@contextmanager
def as_study_error(file: str) -> Iterator[None]:
    """Around whatever reads `file`: what a library raises there that nobody foresaw becomes a StudyError.

    So the file is left out and named, and the rest goes on. It says where in the code, and no word of the data.
    Too little memory, and what the system refuses, pass unchanged: they are no fault of the file.
    """
    try:
        yield
    except (StudyError, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        frame = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__}, {PurePath(frame.filename).name}:{frame.lineno}"
        raise study_error(
            f"Trama non riesce a leggere questo file ({what}), che è lasciato fuori: aprilo nel suo programma e "
            "salvalo di nuovo, o in un altro formato",
            f"Trama cannot read this file ({what}), which is left out: open it in its program and save it again, or in "
            "another format",
            file=file,
        ) from error


@contextmanager
def left_out_if_unreadable(file: str, notebook: Notebook) -> Iterator[None]:
    """Around the reading of a file: where it cannot be read that is told, and the rest goes on without it."""
    try:
        with as_study_error(file):
            yield
    except StudyError as error:
        notebook.add(error.problems)


def listed(numbers: Iterable[int]) -> str:
    """Row numbers for a message: `3, 5, 8 ...`, ten at most."""
    ordered = list(numbers)
    return ", ".join(str(number) for number in ordered[:10]) + (" ..." if len(ordered) > 10 else "")
