"""The theme codebook, `codebook.csv`: one row a theme. Says what is wrong with it; never looks at an interview."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from corpus.codebook.refi_codebook import read_qdc
from corpus.codebook.yaml_codebook import read_yaml
from corpus.errors import Notebook, Problem, listed
from corpus.questionnaire.item_names import item_called
from corpus.records import Theme
from corpus.tables.list_cells import may_be_several, split_names, split_sentences, split_terms
from corpus.tables.sheets import Row, Sheet, read_sheet
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion

FILE = "codebook.csv"
REQUIRED = ("code",)
OPTIONAL = (
    "label",
    "parent",
    "definition",
    "use_when",
    "do_not_use_when",
    "include_terms",
    "exclude_terms",
    "questionnaire_items",
    "examples",
    "color",
    "guid",
)
ALSO = {".yaml": read_yaml, ".yml": read_yaml, ".qdc": read_qdc}
_LISTED = 6  # themes that one message names
_COLOR = re.compile("#[0-9A-Fa-f]{6}")
_NAME = re.compile(r"[^\W\d_]{4}")  # a word to look for, which `T3` or `OSS` is not
Numbered = list[tuple[int, Theme]]


def read_codebook(
    folder: Path, items: Mapping[str, str] | None = None
) -> tuple[tuple[Theme, ...], tuple[Problem, ...]]:
    """The themes in the order of the file, and what is wrong with them.

    `items` are the questionnaire's, code -> text, None when there is no questionnaire to check against. A code used
    twice keeps its first row; an unknown parent or item and a circle of parents are cut; a theme with neither terms nor
    definition nor examples stays, to be looked for by its name and for the people who code with it. Raises
    StudyError when the file cannot be read.
    """
    sheet = read_sheet(folder, FILE, REQUIRED, OPTIONAL, also=ALSO)
    notebook = sheet.notebook()
    themes = _distinct(sheet, items or {}, notebook)
    _tell_guessed_separators(sheet, notebook)
    themes = _existing_parents(themes, notebook)
    themes = _without_cycles(themes, notebook)
    if items is not None:
        themes = _existing_items(themes, items, notebook)
    themes = _one_guid_each(themes, notebook)
    _tell_shared_labels(themes, notebook)
    headings = {theme.parent for _, theme in themes}
    for row, theme in themes:
        _tell_gaps(theme, headings, notebook.at(row))
    if not themes:
        tell = notebook.error if sheet.rows else notebook.warning
        tell(
            "non contiene nessun tema: si cercano solo argomenti emergenti",
            "it has no theme: only emergent topics are searched",
        )
    return tuple(theme for _, theme in themes), notebook.problems


def _theme(row: Row, items: Mapping[str, str]) -> Theme:
    return Theme(
        code=row["code"],
        label=row["label"] or row["code"],
        parent=row["parent"],
        definition=row["definition"],
        use_when=row["use_when"],
        do_not_use_when=row["do_not_use_when"],
        include_terms=split_terms(row["include_terms"])[0],
        exclude_terms=split_terms(row["exclude_terms"])[0],
        questionnaire_items=split_names(row["questionnaire_items"], lambda name: item_called(name, items) is not None),
        examples=split_sentences(row["examples"])[0],
        color=row["color"].upper() if _COLOR.fullmatch(row["color"]) else "",
        guid=row["guid"].strip("{} ").lower(),
    )


def _distinct(sheet: Sheet, items: Mapping[str, str], notebook: Notebook) -> Numbered:
    first: dict[str, int] = {}
    themes: Numbered = []
    for row in sheet.rows:
        code = row["code"]
        page = notebook.at(row.number)
        if not code:
            page.error(
                "manca il codice del tema: la riga è lasciata fuori",
                "the theme has no code: the row is left out",
                column="code",
            )
        elif code in first:
            page.error(
                f"il codice `{code}` è già usato alla riga {first[code]}: questa riga è lasciata fuori, dalle un "
                "altro codice",
                f"the code `{code}` is already used in row {first[code]}: this row is left out, give it another code",
                column="code",
            )
        else:
            alike = next((other for other in first if fold(other) == fold(code)), None)
            if alike is not None:
                page.warning(
                    f"`{code}` e `{alike}` (riga {first[alike]}) differiscono per maiuscole o accenti: sono due temi, "
                    "da scrivere sempre come qui",
                    f"`{code}` and `{alike}` (row {first[alike]}) differ by case or accents alone: they are two "
                    "themes, always to be written as here",
                    column="code",
                )
            if not row["label"] and "label" in sheet.columns:  # a book that names each theme once calls it so
                page.error(f"manca l'etichetta del tema `{code}`", f"the theme `{code}` has no label", column="label")
            first[code] = row.number
            themes.append((row.number, _theme(row, items)))
    return themes


def _tell_guessed_separators(sheet: Sheet, notebook: Notebook) -> None:
    """One warning a column for cells whose entries were parted at another sign than `|`, or hold one that may part."""
    columns = {"include_terms": split_terms, "exclude_terms": split_terms, "examples": split_sentences}
    for column, split in columns.items():
        guessed: dict[str, list[int]] = {}
        unparted: list[int] = []
        for row in sheet.rows:
            entries, sign = split(row[column])
            if sign:
                guessed.setdefault(sign, []).append(row.number)
            elif split is split_terms and any(may_be_several(entry) for entry in entries):
                unparted.append(row.number)
        for sign, numbers in guessed.items():
            notebook.warning(
                f"`{sign}` è letto come separatore, righe {listed(numbers)}: se una voce lo contiene dividile con `|`",
                f"`{sign}` is read as a separator, rows {listed(numbers)}: if an entry holds it part them with `|`",
                row=numbers[0],
                column=column,
            )
        if unparted:
            notebook.warning(
                f"una voce che sembra contenerne più d'una è letta intera, righe {listed(unparted)}: se sono più voci "
                "dividile con `|`",
                f"an entry that seems to hold several is read whole, rows {listed(unparted)}: if it is several "
                "part them with `|`",
                row=unparted[0],
                column=column,
            )


def _existing_parents(themes: Numbered, notebook: Notebook) -> Numbered:
    codes = {theme.code for _, theme in themes}
    checked: Numbered = []
    for row, theme in themes:
        named = [other.code for _, other in themes if fold(theme.parent) in (fold(other.code), fold(other.label))]
        if theme.parent and theme.parent not in codes and len(named) == 1:
            theme = replace(theme, parent=named[0])
        elif theme.parent and theme.parent not in codes:
            hint = _meant(theme.parent, codes, [other.label for _, other in themes])
            notebook.error(
                f"il tema superiore `{theme.parent}` non esiste{hint.it}: `{theme.code}` resta senza",
                f"the parent `{theme.parent}` does not exist{hint.en}: `{theme.code}` has none",
                row=row,
                column="parent",
            )
            theme = replace(theme, parent="")
        checked.append((row, theme))
    return checked


def _meant(typed: str, codes: Iterable[str], words: Iterable[str]) -> Bilingual:
    """The suggestion of a code that is close to what was typed, else of the words that a code stands for."""
    hint = suggestion(typed, codes)
    return hint if hint.it else suggestion(typed, words)


def _without_cycles(themes: Numbered, notebook: Notebook) -> Numbered:
    parents = {theme.code: theme.parent for _, theme in themes}
    checked: Numbered = []
    reported: set[str] = set()
    for row, theme in themes:
        circle = _circle(theme.code, parents)
        if circle:
            if not reported.intersection(circle):
                path = " > ".join((*circle, circle[0]))
                notebook.error(
                    f"i temi superiori girano in cerchio: {path}",
                    f"the parents go round in a circle: {path}",
                    row=row,
                    column="parent",
                )
            reported.update(circle)
            theme = replace(theme, parent="")
        checked.append((row, theme))
    return checked


def _circle(code: str, parents: dict[str, str]) -> tuple[str, ...]:
    """The circle of parents that `code` is part of, from itself on; empty when there is none."""
    path = [code]
    while (parent := parents[path[-1]]) and parent not in path:
        path.append(parent)
    return tuple(path) if parent == code else ()


def _existing_items(themes: Numbered, items: Mapping[str, str], notebook: Notebook) -> Numbered:
    checked: Numbered = []
    for row, theme in themes:
        named = {item: item_called(item, items) for item in theme.questionnaire_items}
        for item, code in named.items():
            if code is None:
                hint = _meant(item, items, items.values())
                notebook.error(
                    f"la domanda `{item}` non è nel questionario: il legame è lasciato fuori{hint.it}",
                    f"the item `{item}` is not in the questionnaire: the link is left out{hint.en}",
                    row=row,
                    column="questionnaire_items",
                )
        known = tuple(dict.fromkeys(code for code in named.values() if code is not None))
        checked.append((row, replace(theme, questionnaire_items=known)))
    return checked


def _tell_shared_labels(themes: Numbered, notebook: Notebook) -> None:
    first: dict[str, str] = {}
    for row, theme in themes:
        owner = first.setdefault(fold(theme.label), theme.code)
        if owner != theme.code:
            notebook.warning(
                f"l'etichetta è già quella del tema `{owner}`: nelle tabelle i due non si distinguono; cambiane una",
                f"the label is already that of the theme `{owner}`: tables cannot tell the two apart; change one",
                row=row,
                column="label",
            )


def _one_guid_each(themes: Numbered, notebook: Notebook) -> Numbered:
    first: dict[str, str] = {}
    checked: Numbered = []
    for row, theme in themes:
        owner = first.setdefault(theme.guid, theme.code) if theme.guid else theme.code
        if owner != theme.code:
            notebook.error(
                f"il GUID è già del tema `{owner}`, che lo tiene: svuota questa cella o scrivi quello giusto",
                f"the GUID is already that of the theme `{owner}`, which keeps it: blank this cell or mend it",
                row=row,
                column="guid",
            )
            theme = replace(theme, guid="")
        checked.append((row, theme))
    return checked


def without_coded_gaps(
    problems: Iterable[Problem], themes: Iterable[Theme], coded: Collection[str]
) -> tuple[Problem, ...]:
    """The problems of a codebook, with one warning in the place of the errors on themes that people coded with.

    Such a theme needs no terms: the machine learns it from the codings. `coded` are the codes of those themes.
    """
    told = (_name_alone, _nothing_to_find)
    learned = {message(theme): theme.code for theme in themes if theme.code in coded for message in told}
    notebook = Notebook()
    spared: list[Problem] = []
    for problem in problems:
        if problem.message in learned:
            spared.append(problem)
        else:
            notebook.add([problem])
    if spared:
        codes = ", ".join(f"`{learned[problem.message]}`" for problem in spared[:_LISTED])
        codes += " ..." if len(spared) > _LISTED else ""
        notebook.of(spared[0].file).warning(
            f"temi con il solo nome, cercati con quello e imparati da chi ha codificato: {len(spared)} ({codes})",
            f"themes with a name alone, searched by it and learned from who coded: {len(spared)} ({codes})",
            column="definition",
        )
    return notebook.problems


def _nothing_to_find(theme: Theme) -> Bilingual:
    return Bilingual(
        f"il tema `{theme.code}` non ha né termini né definizione né esempi: non può essere trovato nei testi; "
        "aggiungine",
        f"the theme `{theme.code}` has neither terms nor definition nor examples: it cannot be found in the texts; "
        "add some",
    )


def _name_alone(theme: Theme) -> Bilingual:
    return Bilingual(
        f"il tema `{theme.code}` è cercato solo con il suo nome (e con `coder = keywords` non si trova): aggiungi una "
        "definizione, termini o esempi",
        f"the theme `{theme.code}` is searched by its name only (and with `coder = keywords` it is not found): add a "
        "definition, terms or examples",
    )


def _tell_gaps(theme: Theme, headings: Collection[str], page: Notebook) -> None:
    if not (theme.include_terms or theme.definition or theme.examples):
        if theme.code in headings:  # what only holds other themes, a folder of a QDA program say
            return
        if _NAME.search(theme.label):
            page.warning(*_name_alone(theme), column="definition")
        else:
            page.error(*_nothing_to_find(theme), column="definition")
    elif not theme.definition:
        page.warning(
            f"il tema `{theme.code}` non ha definizione: è cercato solo con termini ed esempi",
            f"the theme `{theme.code}` has no definition: it is searched by terms and examples only",
            column="definition",
        )
