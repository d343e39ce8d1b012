"""A table as a reader sees it on paper or screen: headings, the two ends of an interval in one cell. Writes nothing."""

from dataclasses import dataclass

from corpus.words.language import Language
from corpus.words.phrase import phrase
from outputs.numbers import format_value
from outputs.words.render import RenderedColumn, RenderedTable
from outputs.words.sentences import say


@dataclass(frozen=True)
class Shown:
    """Headings and rows of texts of equal length; `numeric` says which columns hold numbers."""

    heads: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def paired_columns(table: RenderedTable) -> list[tuple[RenderedColumn, RenderedColumn | None]]:
    """The columns as shown: the two ends of an interval stand in one."""
    pairs: list[tuple[RenderedColumn, RenderedColumn | None]] = []
    for column in table.columns:
        if column.key.endswith("high") and pairs and pairs[-1][0].key == column.key.replace("high", "low"):
            pairs[-1] = (pairs[-1][0], column)
        else:
            pairs.append((column, None))
    return pairs


def show(table: RenderedTable, language: Language) -> Shown:
    """The table without its detail columns, each value as in the page."""
    pairs = [(low, high) for low, high in paired_columns(table) if not low.detail]
    rows = []
    for values in table.frame.to_dict("records"):
        cells = []
        for low, high in pairs:
            text = format_value(values[low.key], low.kind, language)
            if high is not None and not isinstance(values[low.key], str):
                end = format_value(values[high.key], high.kind, language)
                text = f"{text.rstrip('%')}–{end}" if text and end else text
            cells.append(text)
        rows.append(tuple(cells))
    interval = phrase("page.interval")
    heads = tuple(say(interval, language) if high else low.label for low, high in pairs)
    return Shown(heads, tuple(low.kind != "text" for low, _ in pairs), tuple(rows))
