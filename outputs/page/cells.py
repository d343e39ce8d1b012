"""The rows of a table on the page: each cell in words, a number with what it opens. Room outputs; computes nothing.

In Python and not in the template, where ten thousand cells took seconds.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from corpus.words.language import Language
from outputs.numbers import format_value
from outputs.shown import paired_columns
from outputs.tables.families import family_of
from outputs.tables.table import records
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.words.sentences import templates

Opened = tuple[str, str]  # "c" (codings), "s" (segments) or "p" (people), and the column whose trail that is
AS_CARDS = ("joint_display",)  # tables of long texts: on a telephone a card a row, each text under its heading
_NOTHING: Opened = ("", "")


def without_empty(table: RenderedTable) -> RenderedTable:
    """The table with the columns in which nothing stands among those shown when asked for."""
    filled = table.frame.notna() & (table.frame != "")
    empty = {key for key, some in filled.any().items() if not some}
    columns = tuple(replace(column, detail=column.detail or column.key in empty) for column in table.columns)
    return replace(table, columns=columns) if len(table.frame) else table


def body(table: RenderedTable, trails: Mapping[str, Any], language: Language) -> Markup:
    """The rows of a table's body as HTML; `trails` are those of outputs.page.data."""
    heads = [(column, other, _classes(column)) for column, other in paired_columns(table)]
    held = trails.get(table.key, {})
    words = templates("page", language)
    said_once = family_of(table).said_once  # then paler, in the rows below
    lines: list[str] = []
    before: dict[str, Any] | None = None
    for row, values in zip(table.frame.index.tolist(), records(table.frame), strict=True):
        behind = held.get(row, {})
        counted = ((kind, column.key) for kind in "csp" for column in table.columns if _has(behind, column.key, kind))
        first = next(counted, _NOTHING)
        lines.append(f'      <tr data-r="{escape(row)}">')
        for place, (column, other, classes) in enumerate(heads):
            text = _in_words(values, column, other, language)
            opened = _opens(behind, first, values, column)
            inside = _inside(table.key, text, values, column, other, opened, words).strip()
            same = before and column.key in said_once and values[column.key] == before[column.key]
            open_tag, tag = ('th scope="row"', "th") if place == 0 else ("td", "td")
            named = f' data-h="{escape(column.label)}"' if table.key in AS_CARDS else ""
            lines.append(f'        <{open_tag} class="{classes}{" same" if same else ""}"{named}>{inside}</{tag}>')
        lines.append("      </tr>")
        before = values
    return Markup("\n".join(lines))


def _classes(column: RenderedColumn) -> str:
    name = column.key.split("/")[0].replace(" ", "_")
    return f"{escape(column.kind)} k-{escape(name)}{' detail' if column.detail else ''}"


def _inside(
    table: str,
    text: str,
    values: Mapping[str, Any],
    column: RenderedColumn,
    other: RenderedColumn | None,
    opened: Opened,
    words: Mapping[str, str],
) -> str:
    shown = escape(text)
    kind, source = opened
    number = not isinstance(values[column.key], str)
    if table == "casi" and column.key == "respondent":
        return f'<a href="#profilo-{escape(quote(text))}">{shown}</a>'
    if text and kind and number and (other or source != column.key):
        place = f'class="trail derived" tabindex="-1" data-c="{escape(source)}"'
        return f'<button type="button" {place}>{shown}</button>'
    if text and kind and number:
        said = escape(words["open_people" if kind == "p" else "open"])
        place = f'class="trail" data-c="{escape(column.key)}" aria-label="{shown}: {said}"'
        return f'<button type="button" {place}>{shown}</button>'
    if kind and source == column.key:
        button = (
            f'<button type="button" class="trail small" data-c="{escape(column.key)}">{escape(words["open"])}</button>'
        )
        return f'<span class="long">{shown}</span> {button}'
    if column.kind != "text" and text and not number and text[0] != "[":
        return f'<span class="why">{shown}</span>'
    return str(shown)


def _in_words(
    values: Mapping[str, Any], column: RenderedColumn, other: RenderedColumn | None, language: Language
) -> str:
    """A cell in words; the two ends of an interval stand in one, unless the same reason stands for both."""
    low = format_value(values[column.key], column.kind, language)
    if other is None or not low or (isinstance(values[column.key], str) and isinstance(values[other.key], str)):
        return low
    high = format_value(values[other.key], other.kind, language)
    return f"[{low}; {high}]" if high else low


def _opens(behind: Mapping[str, Any], first: Opened, values: Mapping[str, Any], column: RenderedColumn) -> Opened:
    """What a cell opens; `behind` is the row's trail and `first` the first of it.

    A number that was computed opens what stands behind the counts it was computed from: those of the class it belongs
    to (`class/share`), else the first counted quotations of its row, else the first people.
    """
    base = column.key.split("/")[0]
    value = values[column.key]
    computed = isinstance(value, int | float) and column.kind in ("decimal", "percent", "p")
    if computed and column.key not in behind:
        if base == column.key or base not in values:
            return first
        wanted = base
    else:
        wanted = column.key
    return next(((kind, wanted) for kind in "csp" if _has(behind, wanted, kind)), _NOTHING)


def _has(behind: Mapping[str, Any], column: str, kind: str) -> bool:
    return bool(behind.get(column, {}).get(kind))
