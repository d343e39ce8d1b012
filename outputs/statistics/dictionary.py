"""What the files hold, as tables that scripts read: variables, value labels, links of themes and items. Writes CSV."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.records import Theme
from outputs.statistics.csv_file import write_csv_rows
from outputs.statistics.variables import Level, Variable

_VARIABLES = ("file", "variable", "label", "kind", "role", "theme", "item", "option", "type")
_VALUES = ("file", "variable", "value", "label", "missing", "number")
_LINKS = ("theme", "item")


def write_dictionary_files(levels: Sequence[Level], themes: Sequence[Theme], folder: Path) -> list[Path]:
    """`dizionario.csv` (a row a variable), `etichette.csv` (a row a value: its label, the kind of non-answer that it
    stands for, the number that tests take for it) and `legami.csv` (themes and the items they are linked to). OSError.
    """
    links = [(theme.code, item) for theme in themes for item in dict.fromkeys(theme.questionnaire_items)]
    return [
        write_csv_rows(folder / "dizionario.csv", _VARIABLES, _variables(levels)),
        write_csv_rows(folder / "etichette.csv", _VALUES, _values(levels)),
        write_csv_rows(folder / "legami.csv", _LINKS, links),
    ]


def _variables(levels: Sequence[Level]) -> Iterator[tuple[str, ...]]:
    for level in levels:
        for variable in level.variables:
            about = (variable.theme, variable.item, variable.option, variable.type)
            yield (level.name, variable.name, variable.label, variable.kind, variable.role, *about)


def _values(levels: Sequence[Level]) -> Iterator[tuple[str | int, ...]]:
    for level in levels:
        for variable in level.variables:
            for code, label in variable.labels.items():
                yield (level.name, variable.name, code, label, variable.missing.get(code, ""), _number(variable, code))


def _number(variable: Variable, code: int) -> str:
    return f"{variable.numbers[code]:g}" if code in variable.numbers else ""
