"""Who mentions each theme: points with intervals, from the table `temi`. Computes nothing."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from outputs.charts.chart import Chart
from outputs.charts.mark import Mark
from outputs.tables.table import Table, take_columns

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

_WORDS = "chart.prevalence"


def prevalence_chart(themes: Table) -> Chart | None:
    """One point a theme, the most widespread first, with its Wilson interval; counts alone when people are too few."""
    frame = themes.frame.sort_values("mentioned", ascending=False, kind="stable")
    if frame.empty:
        return None
    counted = not all(isinstance(share, int | float) for share in frame["share"])
    columns = ["theme", "mentioned", "n", *([] if counted else ["share", "share_low", "share_high"])]
    people = int(frame["n"].max())
    return Chart(
        family="prevalence",
        key="prevalenza",
        over=themes.key,
        title=Phrase(f"{_WORDS}.title"),
        note=phrase(f"{_WORDS}.note_of_counts" if counted else f"{_WORDS}.note", n=people),
        alt=_alt(frame, counted),
        data=take_columns(themes, frame, columns),
        size=(6.3, 0.9 + 0.31 * len(frame)),
        draw=lambda sketch: _draw(sketch, themes.key, frame, counted),
    )


def _told(row: "pd.Series[Any]", counted: bool) -> Phrase:
    facts = {name: row[name] for name in ("theme", "mentioned", "n", "share", "share_low", "share_high")}
    return Phrase(f"{_WORDS}.told_of_counts" if counted else f"{_WORDS}.told", facts)


def _alt(frame: pd.DataFrame, counted: bool) -> Phrase:
    told = [_told(row, counted) for _, row in frame.iterrows()]
    last = phrase(f"{_WORDS}.last", told=told[-1]) if len(told) > 3 else ""
    return phrase(f"{_WORDS}.alt", themes=len(frame), first=tuple(told[:3]), last=last)


def _draw(sketch: "Sketch", table: str, frame: pd.DataFrame, counted: bool) -> None:
    from outputs.charts.sketch import BLUE, INK, wrap

    axes = sketch.axes
    sketch.bare()
    axes.set_yticks(range(len(frame)), [wrap(str(name), 40) for name in frame["theme"]])
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.set_xlim(-0.02, 1.02)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [] if counted else [f"{tick:.0%}" for tick in ticks])
    axes.set_xlabel(sketch.say(Phrase(f"{_WORDS}.axis")))
    sketch.grid("x")
    for place, (key, row) in enumerate(frame.iterrows()):
        if not counted:
            sketch.line([row["share_low"], row["share_high"]], [place, place], BLUE, 4, alpha=0.45)
        sketch.dot(row["mentioned"] / row["n"] if row["n"] else 0.0, place, 3.6, BLUE, zorder=3)
        value = Phrase(f"{_WORDS}.value_of_count" if counted else f"{_WORDS}.value", _told(row, counted).facts)
        beside = (1.03, place)
        axes.annotate(sketch.say(value), beside, xycoords=("axes fraction", "data"), va="center", fontsize=8, color=INK)
        # The row is one large mark: easier to meet than a point of a tenth of an inch.
        whole_row = sketch.rectangle(-0.02, place - 0.48, 1.04, 0.96, zorder=5)
        sketch.mark(whole_row, Mark(table, str(key), "mentioned", _told(row, counted)), opens=row["mentioned"] > 0)
