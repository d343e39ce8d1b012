"""Whether further interviews brought new themes: a curve, from the tables of saturation. Computes nothing."""

from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.saturation import PERMUTATIONS, USUAL
from outputs.charts.chart import Chart
from outputs.charts.mark import Mark
from outputs.tables.glossary import column
from outputs.tables.table import Table, row_key

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

_WORDS = "chart.saturation"
_REACHED = "saturazione.reached"
_NEARLY_ALL = 0.9
_USUAL_ROW = row_key(*(f"{choice:g}" for choice in USUAL))  # of the rules


def saturation_chart(interviews: Table, rules: Table | None, themes: int) -> Chart | None:
    """Themes found after 1, 2, ... interviews: in the order of their names, and on average over many orders.

    `interviews` is `saturazione_interviste`, `rules` is `saturazione`, `themes` how many the codebook has. None with
    fewer than two interviews or without any theme.
    """
    frame = interviews.frame
    if len(frame) < 2 or not frame["cumulative"].iloc[-1]:
        return None
    reached = _reached_after(rules)
    return Chart(
        family="saturation",
        key="saturazione",
        over=interviews.key,
        title=Phrase(f"{_WORDS}.title"),
        note=_note(len(frame), rules, reached),
        alt=_alt(frame, themes, reached),
        data=_data(frame),
        size=(6.3, 3.5),
        draw=lambda sketch: _draw(sketch, interviews.key, frame, themes),
    )


def _reached_after(rules: Table | None) -> Phrase | None:
    """Such as `6+2` (after six interviews, confirmed by two), None where saturation is not reached."""
    if rules is None or _USUAL_ROW not in rules.frame.index:
        return None
    reached = rules.frame.loc[_USUAL_ROW, "reached"]
    return reached if isinstance(reached, Phrase) and reached.key == _REACHED else None


def _note(interviews: int, rules: Table | None, reached: Phrase | None) -> Phrase:
    base, run, threshold = USUAL
    end = Phrase(f"{_WORDS}.not_reached")
    if reached:
        end = phrase(f"{_WORDS}.reached", reached=reached)
    elif rules is not None and _USUAL_ROW not in rules.frame.index:
        end = Phrase(f"{_WORDS}.too_few")
    percent = round(100 * threshold)
    return phrase(
        f"{_WORDS}.note", n=interviews, orders=str(PERMUTATIONS), base=base, run=run, threshold=percent, end=end
    )


def _alt(frame: pd.DataFrame, themes: int, reached: Phrase | None) -> Phrase:
    total = int(frame["cumulative"].iloc[-1])
    return phrase(
        f"{_WORDS}.alt",
        interviews=len(frame),
        first=float(frame["curve"].iloc[0]),
        most=int(frame.loc[frame["curve"] >= _NEARLY_ALL * total, "order"].min()),
        total=total,
        themes=themes,
        reached=phrase(f"{_WORDS}.point", reached=reached) if reached else "",
    )


def _data(frame: pd.DataFrame) -> Table:
    keys = ["order", "curve", "curve_low", "curve_high", "cumulative"]
    columns = tuple(column(key, label=Phrase(f"{_WORDS}.column.{key}")) for key in keys)
    return Table("saturazione", Phrase(f"{_WORDS}.title"), "", columns, frame[keys])


def _draw(sketch: "Sketch", table: str, frame: pd.DataFrame, themes: int) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    from outputs.charts.sketch import BLUE, ORANGE

    axes = sketch.axes
    orders = frame["order"].tolist()
    low = frame["curve_low"].tolist()
    high = frame["curve_high"].tolist()
    axes.set_ylim(0, max(themes, *high) * 1.08)
    axes.set_xlim(1, len(frame))
    sketch.grid()
    sketch.line([1, len(frame)], [themes, themes], "#777777", 1, linestyle=(0, (2, 3)))
    band = [*zip(orders, low, strict=True), *zip(orders[::-1], high[::-1], strict=True)]
    sketch.polygon(band, BLUE, alpha=0.18)
    sketch.line(orders, frame["curve"].tolist(), BLUE, 2)
    sketch.line(orders, frame["cumulative"].tolist(), ORANGE, 1.3, linestyle="--")
    for key, row in frame[frame["new_themes"] > 0].iterrows():
        dot = sketch.dot(row["order"], row["cumulative"], 3.6, ORANGE, zorder=3)
        told = phrase(f"{_WORDS}.told", interview=row["interview"], themes=row["new_themes"])
        sketch.mark(dot, Mark(table, str(key), "new_themes", told))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    sketch.bare()
    axes.set_xlabel(sketch.say(Phrase(f"{_WORDS}.across")))
    axes.set_ylabel(sketch.say(Phrase(f"{_WORDS}.up")))
    signs = {
        "band": Patch(facecolor=BLUE, alpha=0.18, linewidth=0),
        "mean": Line2D([], [], color=BLUE, linewidth=2),
        "order": Line2D([], [], color=ORANGE, linewidth=1.3, linestyle="--"),
        "codebook": Line2D([], [], color="#777777", linewidth=1, linestyle=(0, (2, 3))),
    }
    words = [sketch.say(Phrase(f"{_WORDS}.{name}")) for name in signs]
    axes.legend(list(signs.values()), words, loc="lower right", frameon=False, fontsize=8)
