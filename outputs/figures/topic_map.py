"""How emergent topics lie to each other: a map. Places come from nlp.measures.topic_places."""

from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.language import Bilingual, Language
from outputs.figures.figure import BLUE, ORANGE, Figure, blank, listed, wrap
from outputs.figures.labels import place_labels
from outputs.numbers import format_value
from outputs.words.render import RenderedTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_SMALL, _LARGE = 4.0, 17.0  # radii of the marks, in points


def topic_map_figure(table: RenderedTable, places: pd.DataFrame, language: Language) -> Figure | None:
    """A mark a topic: near ones are alike, larger ones have more segments; a diamond has no theme in the codebook.

    `table` is `argomenti`, `places` from nlp.measures.topic_places. None with fewer than three topics.
    """
    if len(places) < 3:
        return None
    known = table.frame.assign(number=[int(key) for key in table.frame.index])
    frame = places.merge(known, left_on="topic", right_on="number", suffixes=("", "_label"))
    frame = frame.sort_values(["segments", "number"], ascending=[False, True], ignore_index=True)
    heads = Bilingual("Argomento;Segmenti;Rispondenti;Tema vicino;x;y", "Topic;Segments;Respondents;Nearest theme;x;y")
    wanted = ["topic_label", "segments", "respondents", "matches", "x", "y"]
    data = frame[wanted].set_axis(heads.say(language).split(";"), axis=1)
    title = Bilingual("Mappa degli argomenti emergenti", "Map of the emergent topics").say(language)
    shown = format_value(float(frame["shown"].iloc[0]), "percent", language)
    note = Bilingual(
        f"n = {int(frame['segments'].sum())} segmenti in {len(frame)} argomenti; gli altri segmenti non ne hanno. "
        f"Centroidi dei vettori di frase sui primi due assi principali ({shown} della varianza): vicini, simili.",
        f"n = {int(frame['segments'].sum())} segments in {len(frame)} topics; the other segments have no topic. "
        f"Means of sentence vectors on the first two principal axes ({shown} of the variance): near ones are alike.",
    ).say(language)
    return Figure("mappa_argomenti", title, note, _alt(frame, language), data, lambda: _draw(frame, language))


def _alt(frame: pd.DataFrame, language: Language) -> str:
    segments = Bilingual("segmenti", "segments").say(language)
    largest = listed([f"{name} ({n} {segments})" for name, n in zip(frame["topic_label"][:3], frame["segments"][:3],
                                                                    strict=True)], language)  # fmt: skip
    new = frame.loc[frame["proposed"].notna(), "topic_label"].tolist()
    text = Bilingual(
        f"Mappa di {len(frame)} argomenti. I più grandi: {largest}.",
        f"Map of {len(frame)} topics. The largest: {largest}.",
    ).say(language)
    if new:
        told = listed(new[:5], language)
        rest = len(new) - 5
        more = Bilingual(f", più altri {rest}", f", and {rest} more").say(language) if rest > 0 else ""
        text += (
            Bilingual(" Senza tema vicino nel codebook: ", " Without a near theme: ").say(language) + told + more + "."
        )
    return text


def _draw(frame: pd.DataFrame, language: Language) -> "Canvas":
    canvas = blank(4.4 + 0.04 * len(frame))
    axes = canvas.add_subplot()
    most = int(frame["segments"].max())
    radii = [_SMALL + (_LARGE - _SMALL) * (n / most) ** 0.5 for n in frame["segments"]]
    axes.set_xlim(-1.35, 1.35)
    low, high = min(float(frame["y"].min()), -0.2), max(float(frame["y"].max()), 0.2)
    axes.set_ylim(low - 0.17 * (high - low), high + 0.13 * (high - low))
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set(visible=True, color="#D5DADE")
    axes.axhline(0, color="#E9ECEE", linewidth=0.8, zorder=0)
    axes.axvline(0, color="#E9ECEE", linewidth=0.8, zorder=0)
    kinds = ((BLUE, "o", "con un tema vicino nel codebook", "with a near theme in the codebook"),
             (ORANGE, "D", "senza tema vicino", "without a near theme"))  # fmt: skip
    for (colour, mark, it, en), new in zip(kinds, (False, True), strict=True):
        mine = frame["proposed"].notna() == new
        if mine.any():
            area = [(1.6 if new else 2.0) * radius for radius, own in zip(radii, mine, strict=True) if own]
            axes.scatter(frame.loc[mine, "x"], frame.loc[mine, "y"], s=[side**2 for side in area], color=colour,
                         marker=mark, alpha=0.75, edgecolor="white", zorder=3)  # fmt: skip
        axes.scatter([], [], s=45, color=colour, marker=mark, alpha=0.75, label=Bilingual(it, en).say(language))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=2, frameon=False, fontsize=8)
    place_labels(axes, list(zip(frame["x"], frame["y"], strict=True)), radii,
                 [wrap(str(name), 22) for name in frame["topic_label"]])  # fmt: skip
    return canvas
