"""The report as one self-contained HTML page. Room outputs: fills the template; asks nothing of any network."""

import base64
import hashlib
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from corpus.language import Language
from corpus.study import Study
from nlp.groups import natural_order
from nlp.results import Results
from outputs.numbers import format_value
from outputs.page.charts import heat_map, prevalence_chart
from outputs.page.data import page_data, to_json
from outputs.page.words import page_words
from outputs.shown import paired_columns
from outputs.tables.table import Column, Table

_ON_THEIR_OWN = ("codifiche",)  # shown by the script, not as a table
_REPEATED = ("chapter", "theme", "item", "item_text", "unit")  # said once, then paler, in neighbouring rows
_CHOSEN_BY = {  # columns whose values a list offers, to filter the rows
    "joint_display": ("theme", "item", "reading"),
    "posizioni_risposte": ("theme", "verdict"),
    "risultati": ("chapter", "main"),
}
_FILTERED_FROM = 20  # rows from which a table gets a box to filter them


def write_page(
    study: Study, results: Results, tables: Sequence[Table], path: Path, language: Language | None = None
) -> Path:
    """The page in `language` (default: the study's own), which should be that of the tables.

    One file without any request: style, script and data are inside, and its content security policy forbids the rest.
    The same tables give the same bytes. Raises OSError.
    """
    chosen = language or study.settings.study.language
    style, script = _part("page.css"), _part("page.js")
    data = page_data(study, results, tables, chosen)
    html = _template().render(
        language=chosen,
        study=study.settings.study,
        settings=study.settings,
        w=page_words(chosen),
        tables=[table for table in tables if table.key not in _ON_THEIR_OWN],
        charts=_charts(study, tables, chosen),
        heads=paired_columns,
        show=partial(format_value, language=chosen),
        opens=_opens(data["trails"]),
        notes=[note.say(chosen) for note in results.notes],
        classes=natural_order([one["class"] for one in data["respondents"] if one["class"]]),
        themes=data["themes"],
        stances=data["stances"],
        people=[one["id"] for one in data["respondents"]],
        choices=_choices,
        filtered_from=_FILTERED_FROM,
        repeated=_REPEATED,
        style=Markup(style),
        script=Markup(script),
        data=Markup(to_json({**data, "words": page_words(chosen)})),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
    )
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def _charts(study: Study, tables: Sequence[Table], language: Language) -> dict[str, Markup]:
    charts = {}
    variables = [study.settings.tables.class_variable, *study.settings.tables.variables]
    for table in tables:
        if table.key == "temi" and len(table.frame):
            charts[table.key] = prevalence_chart(table, language)
        for variable in variables:
            if variable and table.key.startswith("temi_") and table.title.endswith(f" {variable}") and len(table.frame):
                charts[table.key] = heat_map(table, language, variable)
    return charts


def _choices(table: Table) -> list[tuple[Column, list[str]]]:
    """The columns by which the rows can be chosen, each with its values in the order of the rows."""
    columns = [column for column in table.columns if column.key in _CHOSEN_BY.get(table.key, ())]
    values = [list(dict.fromkeys(str(value) for value in table.frame[column.key] if value)) for column in columns]
    return [(column, found) for column, found in zip(columns, values, strict=True) if len(found) > 1]


def _opens(trails: dict[str, Any]) -> Any:
    def opens(table: Table, row: str, column: Column) -> str:
        """Which trail a number opens: "c" (codings), "s" (segments), "p" (people), "" for none."""
        kinds = trails.get(table.key, {}).get(row, {}).get(column.key, {})
        return next((kind for kind in "csp" if kinds.get(kind)), "")

    return opens


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_part("page.html"))


def _part(name: str) -> str:
    return files("outputs.page").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
