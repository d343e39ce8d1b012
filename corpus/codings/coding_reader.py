"""What every file of people's codings needs to be read: where it is, the names it may use, what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.quotations import Wording
from corpus.errors import Notebook
from corpus.words.spelling import suggestion
from corpus.words.stances import STANCE_WORDS, stance_of

FOLDER = "codings"


def coding_files(folder: Path, endings: Collection[str], place: str = FOLDER) -> list[Path]:
    """The files at `place` in the study with these endings, by name; what a program keeps beside an open one is none.

    Endings are given in lower case, and count in any case.
    """
    files = (path for path in (folder / place).glob("*") if path.suffix.lower() in endings)
    return sorted(path for path in files if not path.name.startswith(("~$", ".")))


@dataclass
class CodingReader:
    """One file being read: what is wrong with it, `texts`, which are the transcripts by id, and the themes' names."""

    notebook: Notebook
    texts: Mapping[str, Wording]
    themes: ThemeNames

    def stance(self, cell: str, row: int, column: str) -> str:
        """The stance that the cell gives, "" for none; a word that is no stance is told."""
        stance = stance_of(cell)
        if stance is None:
            names = ", ".join(STANCE_WORDS)
            hint = suggestion(cell, STANCE_WORDS)
            self.notebook.error(
                f"`{cell}` non è una posizione ({names}): è letta come non indicata{hint.it}",
                f"`{cell}` is no stance ({names}): it is read as not given{hint.en}",
                row=row,
                column=column,
            )
        return stance or ""
