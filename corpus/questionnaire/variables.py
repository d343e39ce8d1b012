"""The respondents' variables as people type them: missing words are blank, one word has one spelling. Reads no file."""

import re
from collections import Counter

import pandas as pd

from corpus.errors import Problem, listed, problem
from corpus.words.missing_words import missing_codes, missing_kind
from corpus.words.numbers import parse_number
from corpus.words.spelling import fold

_WEIGHT = re.compile(r"(^|[\W_])(pes[oi]|weights?|wgts?|wt|ponderazione|coeff?\w* di riporto)([\W_\d]|$)")


def weight_problem(name: str, file: str, row: int | None = None) -> Problem | None:
    """That nothing is weighted, where the name of a column speaks of sampling weights."""
    if not _WEIGHT.search(fold(name)):
        return None
    it = "se sono pesi di campionamento non sono usati: ogni rispondente conta per uno"
    en = "if these are sampling weights they are not used: each respondent counts as one"
    return problem(it, en, file, row, name, "warning")


def tidy_variable(cells: pd.Series, file: str, problems: list[Problem]) -> pd.Series:
    """The cells of one variable (index: the row in the file, name: the column's) as tables count them.

    Words that say that there is no value ("n.d.", "-", "NA", "Non so") become blank; spellings that differ in case,
    accents or blanks alone become the commonest of them. Both are told, and so are numbers such as 99 among smaller
    ones, which stay: whoever typed them knows whether they are values.
    """
    column = str(cells.name)
    problems += filter(None, [weight_problem(column, file)])
    missing = cells.map(lambda cell: bool(missing_kind(cell)))
    if missing.any():
        words = ", ".join(f"`{word}`" for word in sorted(set(cells[missing])))
        rows = listed(cells.index[missing])
        it, en = f"{words} è letto come valore mancante, righe {rows}", f"{words} is read as no value, rows {rows}"
        problems.append(problem(it, en, file, int(cells.index[missing][0]), column, "warning"))
    cells = cells.mask(missing, "")
    _ask_about_codes(cells, file, problems)
    return _spell_alike(cells, file, problems)


def _ask_about_codes(cells: pd.Series, file: str, problems: list[Problem]) -> None:
    numbers = cells[cells != ""].map(parse_number)
    if numbers.empty or numbers.isna().any():
        return
    codes = missing_codes(numbers)
    if codes:
        rows = numbers.index[numbers.isin(codes)]
        names = ", ".join(f"{code:g}" for code in sorted(codes))
        it = f"{names} sembra un codice di valore mancante (righe {listed(rows)}): è letto come numero; "
        en = f"{names} looks like a code for no value (rows {listed(rows)}): it is read as a number; "
        it, en = it + "se il valore manca svuota la cella", en + "if there is no value leave the cell blank"
        problems.append(problem(it, en, file, int(rows[0]), str(cells.name), "warning"))


def _spell_alike(cells: pd.Series, file: str, problems: list[Problem]) -> pd.Series:
    spellings: dict[str, Counter[str]] = {}
    for cell in cells[cells != ""]:
        spellings.setdefault(fold(cell), Counter())[cell] += 1
    commonest = {folded: min(counts, key=lambda cell: (-counts[cell], cell)) for folded, counts in spellings.items()}
    for folded, counts in spellings.items():
        if len(counts) > 1:
            names = ", ".join(f"`{cell}`" for cell in sorted(counts))
            chosen = commonest[folded]
            it, en = f"{names} sono letti come uno solo, `{chosen}`", f"{names} are read as one, `{chosen}`"
            problems.append(problem(it, en, file, None, str(cells.name), "warning"))
    return cells.map(lambda cell: commonest.get(fold(cell), cell))
