"""The rules of `[[types]]` in study.toml: what a key may name and a value may be. Finds nobody."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from corpus.errors import Notebook, Problem
from corpus.records import Item, Theme
from corpus.settings import FILE as SETTINGS
from corpus.settings import Settings
from corpus.words.numbers import parse_number
from corpus.words.spelling import fold, suggestion
from corpus.words.stances import STANCE_WORDS, stance_of

THEME = "tema:"
MENTIONED = "si"
NOT_MENTIONED = "no"
_COMPARISON = re.compile(r"(?P<sign>>=|<=|≥|≤|>|<)\s*(?P<number>\S.*)")
_SIGNS = {">=": "ge", "≥": "ge", "<=": "le", "≤": "le", ">": "gt", "<": "lt"}


def parse_comparison(value: str) -> tuple[str, float] | None:
    """`>= 28` as ("ge", 28.0), with the names of pandas' methods; None for anything else."""
    match = _COMPARISON.fullmatch(value.strip())
    number = parse_number(match["number"]) if match else None
    return None if match is None or number is None else (_SIGNS[match["sign"]], number)


def names_stance(where: Mapping[str, Sequence[str]]) -> bool:
    """Whether a condition of a type is a stance on a theme."""
    return any(key.startswith(THEME) and any(map(stance_of, values)) for key, values in where.items())


def check_types(
    settings: Settings, respondents: pd.DataFrame, items: Sequence[Item], themes: Sequence[Theme]
) -> tuple[Problem, ...]:
    """Keys and values of the rules that fit nothing in the study: with them a type has no respondents."""
    by_code = {item.code: item for item in items}
    codes = {theme.code for theme in themes}
    notebook = Notebook(SETTINGS)
    for number, kind in enumerate(settings.types, start=1):
        rule = f"types[{number}] «{kind.name}»"
        for key, values in kind.where.items():
            if key.startswith(THEME):
                known: Sequence[str] | None = [MENTIONED, NOT_MENTIONED, *STANCE_WORDS]
                if key.removeprefix(THEME) not in codes:
                    if codes:
                        _tell_unknown(rule, key, [THEME + code for code in codes], notebook)
                    continue
            elif key in respondents.columns:
                known = sorted(set(respondents[key]) - {""})
            elif key in by_code:
                item = by_code[key]
                known = [word for option in item.options for word in (option.value, option.label)]
                known = None if item.type in ("number", "date", "text") else known
            elif not items:
                continue  # no questionnaire codebook, which is told elsewhere
            else:
                names = [*respondents.columns, *by_code, *(THEME + code for code in codes)]
                _tell_unknown(rule, key, names, notebook)
                continue
            for value in values:
                _check_value(rule, key, value, known, notebook, declared=key not in respondents.columns)
    return notebook.problems


def _check_value(
    rule: str, key: str, value: str, known: Sequence[str] | None, notebook: Notebook, *, declared: bool
) -> None:
    """A value that is not among the known; of a variable, whose values nobody declares, only a misspelled one."""
    if parse_comparison(value) or known is None:
        return
    if fold(value) not in {fold(word) for word in known} and not (key.startswith(THEME) and stance_of(value)):
        hint = suggestion(value, known)
        if not declared and not hint.it:
            return
        notebook.warning(
            f"{rule}: `{value}` non è un valore di `{key}`, e non trova nessuno{hint.it}",
            f"{rule}: `{value}` is no value of `{key}` and finds nobody{hint.en}",
        )


def _tell_unknown(rule: str, key: str, known: Sequence[str], notebook: Notebook) -> None:
    hint = suggestion(key, known)
    notebook.error(
        f"{rule}: `{key}` non è una colonna di respondents.csv, una domanda o `tema:CODICE`: resta vuoto{hint.it}",
        f"{rule}: `{key}` is no column of respondents.csv, item or `tema:CODE`: it stays empty{hint.en}",
    )
