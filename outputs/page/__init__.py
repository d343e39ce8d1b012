"""The report as one self-contained HTML page. Room outputs: fills the template; asks nothing of any network."""

import base64
import hashlib
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup

from corpus.study import Study
from corpus.words.language import Language
from nlp.measures.groups import natural_order
from nlp.results import Results
from outputs.charts import build_charts
from outputs.charts.pictures import svg_in_page
from outputs.page.cells import body
from outputs.page.data import page_data, to_json
from outputs.shown import paired_columns
from outputs.tables.families import family_of
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.words.sentences import say, templates

_DENSE_FROM = 14  # more columns than a sheet of paper holds in the usual letters
_FILTERED_FROM = 20  # rows from which a table gets a box to filter them


def write_page(
    study: Study, results: Results, tables: Sequence[RenderedTable], path: Path, language: Language | None = None
) -> Path:
    """The page in `language` (default: the study's own), which should be that of the tables.

    One file without any request: style, script and data are inside, and its content security policy forbids the rest.
    The same tables give the same bytes. Raises OSError.
    """
    chosen = language or study.settings.study.language
    words = templates("page", chosen)
    style = _part("page.css")
    script = _part("page.js")
    data = page_data(study, results, tables, chosen)
    charts = build_charts([table.data for table in tables], results.topic_map)
    html = _template().render(
        language=chosen,
        study=study.settings.study,
        settings=study.settings,
        w=words,
        tables=[table for table in tables if family_of(table).on_page],
        charts={chart.over: Markup(svg_in_page(chart, chosen)) for chart in charts},
        heads=paired_columns,
        body=partial(body, trails=data["trails"], language=chosen),
        notes=[say(note, chosen) for note in results.notes],
        classes=natural_order([one["class"] for one in data["respondents"] if one["class"]]),
        themes=data["themes"],
        stances=data["stances"],
        people=[one["id"] for one in data["respondents"]],
        choices=_choices,
        paper=_paper,
        filtered_from=_FILTERED_FROM,
        style=Markup(style),
        script=Markup(script),
        data=Markup(to_json({**data, "words": words})),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
    )
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def _choices(table: RenderedTable) -> list[tuple[RenderedColumn, list[str]]]:
    """The columns by which the rows can be chosen, each with its values in the order of the rows."""
    columns = [column for column in table.columns if column.key in family_of(table).chosen_by]
    values = [_values(table, column) for column in columns]
    return [(column, found) for column, found in zip(columns, values, strict=True) if len(found) > 1]


def _values(table: RenderedTable, column: RenderedColumn) -> list[str]:
    return list(dict.fromkeys(str(value) for value in table.frame[column.key] if value))


def _paper(table: RenderedTable) -> str:
    """How a table is printed: in small letters when it has many columns."""
    return "dense" if len([column for column, _ in paired_columns(table) if not column.detail]) > _DENSE_FROM else ""


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_part("page.html"))


def _part(name: str) -> str:
    return files("outputs.page").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
