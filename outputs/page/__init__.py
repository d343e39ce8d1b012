"""The report as one self-contained HTML page. Room outputs: fills the template; asks nothing of any network."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from corpus.study import Study
from corpus.words.language import Language
from corpus.words.phrase import Phrase
from nlp.measures.groups import natural_order
from nlp.results import Results
from outputs.chapters import SUMMARY, chapters, unsaid
from outputs.charts import Chart, build_charts
from outputs.charts.pictures import svg_in_page
from outputs.html_templates import html_environment
from outputs.page.cells import AS_CARDS, body, without_empty
from outputs.page.data import page_data, to_json
from outputs.page.sections import lay_out
from outputs.page.story import tell_story
from outputs.shown import paired_columns
from outputs.tables.families import family_of
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.words.sentences import say, templates

_DENSE_FROM = 14  # more columns than a sheet of paper holds in the usual letters
_FILTERED_FROM = 20  # rows from which a table gets a box to filter them
_TALL_FROM = 12  # rows from which a table scrolls by itself, so that a chapter stays about a screen
_STYLES = ("page.css", "print.css")
_SCRIPTS = ("data.js", "quotations.js", "behind.js", "tables.js", "profiles.js", "browser.js", "anchors.js")


@dataclass(frozen=True)
class _Drawn:
    """A chart on the page: the drawing, its title and what has to be known to read it."""

    svg: Markup
    title: str
    note: str

    @classmethod
    def of(cls, chart: Chart, language: Language) -> "_Drawn":
        return cls(Markup(svg_in_page(chart, language)), say(chart.title, language), say(chart.note, language))


def write_page(
    study: Study, results: Results, tables: Sequence[RenderedTable], path: Path, language: Language | None = None
) -> Path:
    """The page in `language` (default: the study's own), which should be that of the tables.

    One file without any request: style, script and data are inside, and its content security policy forbids the rest.
    The same tables give the same bytes. Raises OSError.
    """
    chosen = language or study.settings.study.language
    words = templates("page", chosen)
    style = "\n".join(map(_part, _STYLES))
    script = "\n".join(map(_part, _SCRIPTS))
    drawn = build_charts([table.data for table in tables], results.topic_map)
    charts = {chart.over: _Drawn.of(chart, chosen) for chart in drawn}
    story = tell_story(tables, charts, results, chosen)
    made = chapters(without_empty(table) for table in tables if family_of(table).on_page)
    shown = [table for chapter in made for table in chapter.tables]
    summary = next((table for table in tables if table.key == SUMMARY and len(table.frame)), None)
    data = page_data(study, results, tables, [*shown, *filter(None, [summary])], chosen)
    html = _template().render(
        language=chosen,
        study=study.settings.study,
        settings=study.settings,
        w=words,
        say=lambda key, **facts: say(Phrase(key, facts), chosen),
        story=story,
        sections=lay_out(made, story.others, charts, [item.code for item in study.items], story.people, chosen),
        summary=summary,
        unsaid=unsaid(tables, chosen),
        commands=_commands,
        charts=charts,
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
        tall_from=_TALL_FROM,
        style=Markup(style),
        script=Markup(script),
        data=Markup(to_json({**data, "words": words})),
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
    )
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def _commands(text: str) -> Markup:
    """A text in which what stands between grave accents is to be typed."""
    parts = [Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
             for place, part in enumerate(text.split("`"))]  # fmt: skip
    return Markup("").join(parts)


def _choices(table: RenderedTable) -> list[tuple[RenderedColumn, list[str]]]:
    """The columns by which the rows can be chosen, each with its values in the order of the rows."""
    columns = [column for column in table.columns if column.key in family_of(table).chosen_by]
    values = [_values(table, column) for column in columns]
    return [(column, found) for column, found in zip(columns, values, strict=True) if len(found) > 1]


def _values(table: RenderedTable, column: RenderedColumn) -> list[str]:
    return list(dict.fromkeys(str(value) for value in table.frame[column.key] if value))


def _paper(table: RenderedTable) -> str:
    """How a table is laid out: in small letters on paper when it has many columns, as cards on a telephone."""
    if table.key in AS_CARDS:
        return "as-cards"
    return "dense" if len([column for column, _ in paired_columns(table) if not column.detail]) > _DENSE_FROM else ""


def _template() -> jinja2.Template:
    return html_environment(_part).get_template("page.html")


def _part(name: str) -> str:
    folder = files("outputs.page")
    return folder.joinpath("script" if name.endswith(".js") else "", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
