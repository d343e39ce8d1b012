"""The Word file that gives the report its styles, if study.toml names one. Only looks at what it has and lacks."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corpus.errors import Notebook, Problem
from corpus.settings import FILE as SETTINGS
from corpus.tables.sheets import file_name

# Word's own styles that the report is written in: the name in every file, and what Word in Italian calls it.
STYLES = {
    "Normal": "Normale",
    "Title": "Titolo",
    "Heading 1": "Titolo 1",
    "Heading 2": "Titolo 2",
    "Heading 3": "Titolo 3",
    "Caption": "Didascalia",
    "List Bullet": "Punto elenco",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def usable_template(folder: Path, name: str) -> Path | None:
    """The file `name` of the study's folder when it is a Word document, else None."""
    path = folder / file_name(folder, name)
    try:
        with zipfile.ZipFile(path) as package:
            return path if "word/document.xml" in package.namelist() else None
    except (OSError, zipfile.BadZipFile, ValueError):
        return None


def check_template(folder: Path, name: str) -> tuple[Problem, ...]:
    """What is wrong with the template that study.toml names; the report does without it."""
    if not name:
        return ()
    if template := usable_template(folder, name):
        return check_styles(template)
    notebook = Notebook(SETTINGS)
    notebook.error(
        f"`outputs.template`: `{name}` non c'è o non è un documento di Word (.docx): valgono gli stili di Trama",
        f"`outputs.template`: `{name}` is missing or no Word document (.docx): Trama's own styles are used",
    )
    return notebook.problems


def check_styles(template: Path) -> tuple[Problem, ...]:
    """A warning that names the styles in whose place the report puts its own; nothing where the template has all."""
    held = _styles_of(template)
    missing = [name for name in STYLES if name.lower() not in held]
    notebook = Notebook(template.name)
    if missing:
        it = ", ".join(f"«{STYLES[name]}»" for name in missing)
        en = ", ".join(f"«{name}»" for name in missing)
        notebook.warning(
            f"mancano gli stili {it}: il rapporto ne usa di propri; per avere i tuoi, usali una volta nel modello",
            f"the styles {en} are missing: the report uses its own; to have yours, use each once in the template",
        )
    return notebook.problems


def _styles_of(template: Path) -> set[str]:
    """The names of the paragraph styles in small letters; none where they cannot be read."""
    try:
        with zipfile.ZipFile(template) as package:
            styles = fromstring(package.read("word/styles.xml"))
    except (OSError, zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException):
        return set()
    held = [style for style in styles.iter(f"{_W}style") if style.get(f"{_W}type") == "paragraph"]
    return {name.get(f"{_W}val", "").lower() for style in held for name in style.iter(f"{_W}name")}
