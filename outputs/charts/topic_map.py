"""How emergent topics lie to each other: a map, from `argomenti` and nlp.measures.topic_places. Computes nothing."""

from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from outputs.charts.chart import Chart
from outputs.charts.labels import place_labels
from outputs.charts.mark import Mark
from outputs.tables.glossary import column
from outputs.tables.table import Table

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

_WORDS = "chart.topic_map"
_SMALL = 4.0  # radii of the marks, in points
_LARGE = 17.0
_TOLD = 3
_NAMED = 5


def topic_map_chart(topics: Table, places: pd.DataFrame) -> Chart | None:
    """A mark a topic: near ones are alike, larger ones have more segments; a diamond has no theme in the codebook.

    `topics` is `argomenti`, `places` from nlp.measures.topic_places. None with fewer than three topics.
    """
    known = topics.frame.reset_index(names="row").assign(number=[int(key) for key in topics.frame.index])
    frame = known.merge(places.rename(columns={"topic": "number"}), on="number")
    if len(frame) < 3:
        return None
    frame = frame.sort_values(["segments", "number"], ascending=[False, True], ignore_index=True)
    segments = int(frame["segments"].sum())
    return Chart(
        family="topic_map",
        key="mappa_argomenti",
        over=topics.key,
        title=Phrase(f"{_WORDS}.title"),
        note=phrase(f"{_WORDS}.note", segments=segments, topics=len(frame), shown=float(frame["shown"].iloc[0])),
        alt=_alt(frame),
        data=_data(frame),
        size=(6.3, 4.4 + 0.04 * len(frame)),
        draw=lambda sketch: _draw(sketch, topics.key, frame),
    )


def _alt(frame: pd.DataFrame) -> Phrase:
    largest = []
    for name, segments in zip(frame["topic"][:_TOLD], frame["segments"][:_TOLD], strict=True):
        largest.append(phrase(f"{_WORDS}.told", topic=name, segments=segments))
    new = tuple(frame.loc[frame["proposed"].notna(), "topic"])
    unknown: Phrase | str = ""
    if new:
        more = phrase(f"{_WORDS}.more", topics=len(new) - _NAMED) if len(new) > _NAMED else ""
        unknown = phrase(f"{_WORDS}.unknown", topics=new[:_NAMED], more=more)
    return phrase(f"{_WORDS}.alt", topics=len(frame), largest=tuple(largest), unknown=unknown)


def _data(frame: pd.DataFrame) -> Table:
    keys = ["topic", "segments", "respondents", "matches"]
    columns = [column(key, label=Phrase(f"{_WORDS}.column.{key}")) for key in keys]
    columns += [column("similarity", name=key, label=key) for key in ("x", "y")]
    data = frame[[*keys, "x", "y"]].astype(object)
    return Table("mappa_argomenti", Phrase(f"{_WORDS}.title"), "", tuple(columns), data)


def _draw(sketch: "Sketch", table: str, frame: pd.DataFrame) -> None:
    from outputs.charts.sketch import BLUE, ORANGE, wrap

    axes = sketch.axes
    most = max(1, int(frame["segments"].max()))
    radii = [_SMALL + (_LARGE - _SMALL) * (number / most) ** 0.5 for number in frame["segments"]]
    axes.set_xlim(-1.35, 1.35)
    low = min(float(frame["y"].min()), -0.2)
    high = max(float(frame["y"].max()), 0.2)
    axes.set_ylim(low - 0.17 * (high - low), high + 0.13 * (high - low))
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(visible=True, color="#D5DADE")
    axes.axhline(0, color="#E9ECEE", linewidth=0.8, zorder=0, clip_on=False)
    axes.axvline(0, color="#E9ECEE", linewidth=0.8, zorder=0, clip_on=False)
    for radius, row in zip(radii, frame.to_dict("records"), strict=True):
        new = row["proposed"] is not None
        dot = sketch.dot(row["x"], row["y"], radius, ORANGE if new else BLUE, diamond=new, alpha=0.75, zorder=3)
        told = phrase(f"{_WORDS}.node", topic=row["topic"], segments=row["segments"])
        sketch.mark(dot, Mark(table, str(row["row"]), "segments", told), opens=row["segments"] > 0)
    for place, new in ((0.05, False), (0.55, True)):
        sketch.dot(place, -0.055, 4.5, ORANGE if new else BLUE, diamond=new, within=axes.transAxes, alpha=0.75)
        words = sketch.say(Phrase(f"{_WORDS}.{'new' if new else 'known'}"))
        axes.annotate(words, (place + 0.025, -0.055), xycoords="axes fraction", va="center", fontsize=8)
    labels = [wrap(sketch.say(name), 22) for name in frame["topic"]]
    place_labels(axes, list(zip(frame["x"], frame["y"], strict=True)), radii, labels)
