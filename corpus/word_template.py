"""The Word file that gives the report its styles, if study.toml names one. Only looks whether it can be one."""

import zipfile
from pathlib import Path

from corpus.errors import Problem, problem
from corpus.settings import FILE as SETTINGS


def usable_template(folder: Path, name: str) -> Path | None:
    """The file `name` of the study's folder when it is a Word document, else None."""
    path = folder / name
    try:
        with zipfile.ZipFile(path) as package:
            return path if "word/document.xml" in package.namelist() else None
    except (OSError, zipfile.BadZipFile, ValueError):
        return None


def check_template(folder: Path, name: str) -> tuple[Problem, ...]:
    """What is wrong with the template that study.toml names; the report does without it."""
    if not name or usable_template(folder, name):
        return ()
    it = f"`outputs.template`: `{name}` non c'è o non è un documento di Word (.docx): valgono gli stili di Trama"
    en = f"`outputs.template`: `{name}` is missing or no Word document (.docx): Trama's own styles are used"
    return (problem(it, en, SETTINGS),)
