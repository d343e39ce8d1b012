"""Themes by class of respondent: shaded cells, from a table of themes by a variable. Computes nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from outputs.charts.chart import Chart
from outputs.charts.mark import Mark
from outputs.tables.table import Table, take_columns

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

_WORDS = "chart.heat_map"
_TOLD = 3  # differences that the alternative text names


@dataclass(frozen=True, slots=True)
class _Group:
    """A class of respondents: the key of its column, its name and how many they are."""

    key: str
    name: str
    n: int


def heat_map(table: Table) -> Chart | None:
    """A cell a theme and class, shaded by the share of the class that mentions the theme, with count and n."""
    groups = _groups(table)
    if not groups or table.frame.empty:
        return None
    assert isinstance(table.title, Phrase)
    variable = table.title.facts["variable"]
    sizes = tuple(phrase(f"{_WORDS}.size", name=group.name, n=group.n) for group in groups)
    return Chart(
        family="heat_map",
        key="mappa_" + table.key,
        over=table.key,
        title=phrase(f"{_WORDS}.title", variable=variable),
        note=phrase(f"{_WORDS}.note", sizes=sizes),
        alt=_alt(table.frame, groups, variable),
        data=take_columns(table, table.frame, ["theme", *(group.key for group in groups)]),
        size=(6.3, 0.75 + 0.31 * len(table.frame)),
        draw=lambda sketch: _draw(sketch, table, groups),
    )


def _groups(table: Table) -> list[_Group]:
    """The classes of the table, whose headings hold what they are called and how large they are."""
    groups = []
    for column in table.columns:
        if column.counts == "respondents" and isinstance(column.heading, Phrase):
            groups.append(_Group(column.key, column.heading.facts["label"], column.heading.facts["n"]))
    return groups


def _alt(frame: pd.DataFrame, groups: list[_Group], variable: str) -> Phrase:
    gaps: dict[str, float] = {}
    for key, row in frame.iterrows():
        shares = [row[group.key] / group.n for group in groups if group.n]
        gaps[str(key)] = max(shares, default=0.0) - min(shares, default=0.0)
    widest = sorted((key for key in gaps if gaps[key] > 0), key=lambda key: -gaps[key])[:_TOLD]
    told = []
    for key in widest:
        parts = tuple(_cell_in_words(frame.loc[key, group.key], group) for group in groups)
        told.append(phrase(f"{_WORDS}.told", theme=frame.loc[key, "theme"], parts=parts))
    largest = phrase(f"{_WORDS}.largest", told=tuple(told)) if told else ""
    return phrase(f"{_WORDS}.alt", themes=len(frame), variable=variable, groups=len(groups), largest=largest)


def _cell_in_words(count: object, group: _Group) -> Phrase:
    return phrase(f"{_WORDS}.part", name=group.name, count=count, n=group.n)


def _draw(sketch: "Sketch", table: Table, groups: list[_Group]) -> None:
    from outputs.charts.sketch import DARK_FROM, SHADES, wrap

    axes = sketch.axes
    frame = table.frame
    for place, group in enumerate(groups):
        for line, key in enumerate(frame.index):
            count = int(frame.loc[key, group.key])
            shade = round((count / group.n if group.n else 0.0) * (len(SHADES) - 1))
            cell = sketch.rectangle(place + 0.04, line + 0.06, 0.92, 0.88, SHADES[shade])
            told = phrase(f"{_WORDS}.told", theme=frame.loc[key, "theme"], parts=(_cell_in_words(count, group),))
            sketch.mark(cell, Mark(table.key, str(key), group.key, told), opens=count > 0)
            ink = "white" if shade >= DARK_FROM else "#10222e"
            axes.text(place + 0.5, line + 0.5, f"{count}/{group.n}", ha="center", va="center", fontsize=8.5, color=ink)
    axes.set_xlim(0, len(groups))
    axes.set_ylim(len(frame), 0)
    sketch.bare()
    axes.xaxis.tick_top()
    axes.tick_params(top=False)
    width = max(8, 48 // len(groups))
    heads = [f"{wrap(group.name, width)}\nn = {group.n}" for group in groups]
    axes.set_xticks([place + 0.5 for place in range(len(groups))], heads)
    axes.set_yticks([line + 0.5 for line in range(len(frame))], [wrap(str(name), 40) for name in frame["theme"]])
