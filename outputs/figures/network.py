"""Which themes come together in a segment: a network. Counted by nlp.measures.cooccurrence, computes nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.language import Bilingual, Language
from nlp.measures.cooccurrence import FEWEST_TOGETHER, co_occurrence, network_edges
from nlp.measures.theme_mentions import counted_segments
from nlp.results import Results
from outputs.figures.figure import BLUE, INK, WIDTH, Figure, blank, listed, wrap
from outputs.figures.labels import fill_frame, place_labels
from outputs.numbers import format_value

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

# radii of the nodes, in points
_SMALL = 5.0
_LARGE = 16.0
_TOLD = 3
# beyond these labels and lines cover one another
_MOST_THEMES = 20
_MOST_LINKS = 40


def network_figure(results: Results, themes: Mapping[str, str], language: Language) -> Figure | None:
    """A node a theme (larger, more segments), a line where two come together in at least three segments.

    `themes` leads from code to label. Of many lines the strongest are drawn, and the note says so. None when no two
    themes come together.
    """
    segments = counted_segments(results.segments, results.languages)
    codings = results.codings[results.codings["segment"].isin(segments["segment"])]
    pairs = co_occurrence(codings, segments, list(themes), "segment")
    found = network_edges(pairs)
    if found.empty:
        return None
    edges = _strongest(found)
    sizes = {str(code): int(n) for side in ("theme", "other") for code, n in zip(pairs[side], pairs[f"{side}_n"],
                                                                                  strict=True)}  # fmt: skip
    heads = Bilingual(
        "Tema;Altro tema;Segmenti del tema;Segmenti dell'altro;Insieme;Jaccard;Lift",
        "Theme;Other theme;Segments of the theme;Segments of the other;Together;Jaccard;Lift",
    ).say(language)
    data = edges[["theme", "other", "theme_n", "other_n", "both", "jaccard", "lift"]].set_axis(heads.split(";"), axis=1)
    for head in heads.split(";")[:2]:
        data[head] = data[head].map(themes)
    linked = set(found["theme"]) | set(found["other"])
    alone = [label for code, label in themes.items() if code not in linked]
    title = Bilingual("Temi che compaiono insieme", "Themes that come together").say(language)
    note = Bilingual(
        f"n = {int(pairs['n'].iloc[0])} segmenti dei rispondenti. Linea: due temi insieme in almeno {FEWEST_TOGETHER} "
        "segmenti, più spessa se più spesso; cerchio più grande, più segmenti. La posizione serve solo a leggere.",
        f"n = {int(pairs['n'].iloc[0])} segments of respondents. Line: two themes together in at least "
        f"{FEWEST_TOGETHER} segments, thicker if more often; larger circle, more segments. Places only help reading.",
    ).say(language)
    if len(edges) < len(found):
        drawn = len(set(edges["theme"]) | set(edges["other"]))
        note += Bilingual(
            f" Sono disegnati i {len(edges)} legami più forti di {len(found)}, fra {drawn} temi di {len(linked)}; "
            "tutti sono nella tabella «Temi che stanno insieme».",
            f" The {len(edges)} strongest of {len(found)} links are drawn, of {drawn} of {len(linked)} themes; all are "
            "in the table «Themes that come together».",
        ).say(language)
    if alone:
        note += Bilingual(" Senza legami: ", " Without links: ").say(language) + listed(alone, language) + "."
    alt = _alt(edges, themes, len(set(edges["theme"]) | set(edges["other"])), language)
    return Figure("rete_temi", title, note, alt, data, lambda: _draw(edges, themes, sizes))


def _strongest(edges: pd.DataFrame) -> pd.DataFrame:
    """The strongest edges, so many and of so many themes as can be read; `edges` come in order of strength."""
    kept: list[int] = []
    themes: set[str] = set()
    for place, pair in enumerate(edges[["theme", "other"]].itertuples(index=False, name=None)):
        if len(kept) < _MOST_LINKS and len(themes.union(pair)) <= _MOST_THEMES:
            kept.append(place)
            themes.update(pair)
    return edges.iloc[kept].reset_index(drop=True)


def _alt(edges: pd.DataFrame, themes: Mapping[str, str], linked: int, language: Language) -> str:
    segments = Bilingual("segmenti", "segments").say(language)
    told = [
        f"{themes[one]} – {themes[other]} ({both} {segments}, Jaccard {format_value(float(near), 'decimal', language)})"
        for one, other, both, near in edges[["theme", "other", "both", "jaccard"]]
        .head(_TOLD)
        .itertuples(index=False, name=None)
    ]
    return Bilingual(
        f"Rete di {linked} temi con {len(edges)} legami. I più forti: {'; '.join(told)}.",
        f"Network of {linked} themes with {len(edges)} links. The strongest: {'; '.join(told)}.",
    ).say(language)


def _draw(edges: pd.DataFrame, themes: Mapping[str, str], sizes: Mapping[str, int]) -> "Canvas":
    places = lay_out(edges, themes)
    most = max(sizes[code] for code in places)
    radii = {code: _SMALL + (_LARGE - _SMALL) * (sizes[code] / most) ** 0.5 for code in places}
    canvas = blank(min(WIDTH, 3.4 + 0.15 * len(places)))
    axes = canvas.add_subplot()
    axes.set_axis_off()
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-1.22, 1.15)
    strongest = int(edges["both"].max())
    for one, other, both in edges[["theme", "other", "both"]].itertuples(index=False, name=None):
        x0, y0 = places[one]
        x1, y1 = places[other]
        share = both / strongest
        axes.plot([x0, x1], [y0, y1], color=BLUE, alpha=0.2 + 0.45 * share, linewidth=0.7 + 4.5 * share, zorder=1,
                  solid_capstyle="round")  # fmt: skip
    for code, (x, y) in places.items():
        axes.plot(x, y, "o", markersize=2 * radii[code], color=BLUE, markeredgecolor="white", zorder=3)
        axes.annotate(str(sizes[code]), (x, y), ha="center", va="center", fontsize=6.5 if sizes[code] < 100 else 6,
                      color="white" if radii[code] > 7 else INK, zorder=4)  # fmt: skip
    order = sorted(places, key=lambda code: -sizes[code])
    place_labels(axes, [places[code] for code in order], [radii[code] for code in order],
                 [wrap(themes[code], 22) for code in order])  # fmt: skip
    return canvas


def lay_out(edges: pd.DataFrame, themes: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Kamada and Kawai's layout from a circle in the order of the codebook: nothing in it is drawn by chance."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    linked = set(edges["theme"]) | set(edges["other"])
    graph.add_nodes_from(code for code in themes if code in linked)
    strongest = int(edges["both"].max())
    for one, other, both in edges[["theme", "other", "both"]].itertuples(index=False, name=None):
        graph.add_edge(one, other, length=1.6 - 0.8 * both / strongest)
    places = nx.kamada_kawai_layout(graph, weight="length")
    return dict(zip(places, fill_frame([tuple(map(float, place)) for place in places.values()]), strict=True))
