"""What every file of people's codings needs to be read: where it is, the names it may use, what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.quotations import Wording
from corpus.errors import Problem, problem
from corpus.words.spelling import suggestion
from corpus.words.stances import STANCE_WORDS, stance_of

FOLDER = "codings"


def coding_files(folder: Path, endings: Collection[str]) -> list[Path]:
    """The files in the study's `codings/` with these endings, by name; what a program keeps beside an open one is none.

    Endings are given in lower case, and count in any case.
    """
    files = (path for path in (folder / FOLDER).glob("*") if path.suffix.lower() in endings)
    return sorted(path for path in files if not path.name.startswith(("~$", ".")))


@dataclass
class CodingReader:
    """One file being read: `file` is its name for messages, `texts` are the transcripts by id."""

    file: str
    texts: Mapping[str, Wording]
    themes: ThemeNames
    problems: list[Problem] = field(default_factory=list)

    def note(self, it: str, en: str, row: int | None, column: str = "", *, warning: bool = False) -> None:
        """Keep one thing that is wrong in the file."""
        self.problems.append(problem(it, en, self.file, row, column, "warning" if warning else "error"))

    def stance(self, cell: str, row: int, column: str) -> str:
        """The stance that the cell gives, "" for none; of a word that is no stance an error is noted."""
        stance = stance_of(cell)
        if stance is None:
            names = ", ".join(STANCE_WORDS)
            hint = suggestion(cell, STANCE_WORDS)
            it = f"`{cell}` non è una posizione ({names}): è letta come non indicata{hint.it}"
            en = f"`{cell}` is no stance ({names}): it is read as not given{hint.en}"
            self.note(it, en, row, column)
        return stance or ""
