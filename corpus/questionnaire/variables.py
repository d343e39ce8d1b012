"""The respondents' variables as people type them: missing words are blank, one word has one spelling. Reads no file."""

import re
from collections import Counter

import pandas as pd

from corpus.errors import Notebook, listed
from corpus.words.missing_words import missing_codes, missing_kind
from corpus.words.numbers import parse_number
from corpus.words.spelling import fold

_WEIGHT = re.compile(r"(^|[\W_])(pes[oi]|weights?|wgts?|wt|ponderazione|coeff?\w* di riporto)([\W_\d]|$)")


def tell_weights(column: str, notebook: Notebook) -> bool:
    """That nothing is weighted, where the name of a column speaks of sampling weights; whether it does."""
    if not _WEIGHT.search(fold(column)):
        return False
    notebook.warning(
        "se sono pesi di campionamento non sono usati: ogni rispondente conta per uno",
        "if these are sampling weights they are not used: each respondent counts as one",
        column=column,
    )
    return True


def tidy_variable(cells: pd.Series, notebook: Notebook) -> pd.Series:
    """The cells of one variable (index: the row in the file, name: the column's) as tables count them.

    Words that say that there is no value ("n.d.", "-", "NA", "Non so") become blank; spellings that differ in case,
    accents or blanks alone become the commonest of them. Both are told, and so are numbers such as 99 among smaller
    ones, which stay: whoever typed them knows whether they are values.
    """
    column = str(cells.name)
    tell_weights(column, notebook)
    missing = cells.map(lambda cell: bool(missing_kind(cell)))
    if missing.any():
        words = ", ".join(f"`{word}`" for word in sorted(set(cells[missing])))
        rows = listed(cells.index[missing])
        notebook.warning(
            f"{words} è letto come valore mancante, righe {rows}",
            f"{words} is read as no value, rows {rows}",
            row=int(cells.index[missing][0]),
            column=column,
        )
    cells = cells.mask(missing, "")
    _ask_about_codes(cells, notebook)
    return _spell_alike(cells, notebook)


def _ask_about_codes(cells: pd.Series, notebook: Notebook) -> None:
    numbers = cells[cells != ""].map(parse_number)
    if numbers.empty or numbers.isna().any():
        return
    codes = missing_codes(numbers)
    if codes:
        rows = numbers.index[numbers.isin(codes)]
        names = ", ".join(f"{code:g}" for code in sorted(codes))
        notebook.warning(
            f"{names} sembra un codice di valore mancante (righe {listed(rows)}): è letto come numero; "
            "se il valore manca svuota la cella",
            f"{names} looks like a code for no value (rows {listed(rows)}): it is read as a number; "
            "if there is no value leave the cell blank",
            row=int(rows[0]),
            column=str(cells.name),
        )


def _spell_alike(cells: pd.Series, notebook: Notebook) -> pd.Series:
    spellings: dict[str, Counter[str]] = {}
    for cell in cells[cells != ""]:
        spellings.setdefault(fold(cell), Counter())[cell] += 1
    commonest = {folded: min(counts, key=lambda cell: (-counts[cell], cell)) for folded, counts in spellings.items()}
    for folded, counts in spellings.items():
        if len(counts) > 1:
            names = ", ".join(f"`{cell}`" for cell in sorted(counts))
            chosen = commonest[folded]
            notebook.warning(
                f"{names} sono letti come uno solo, `{chosen}`",
                f"{names} are read as one, `{chosen}`",
                column=str(cells.name),
            )
    return cells.map(lambda cell: commonest.get(fold(cell), cell))
