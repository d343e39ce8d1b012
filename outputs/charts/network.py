"""Which themes come together in a segment: a network, from `temi_insieme` and `temi`. Counts nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from corpus.words.phrase import Phrase, phrase
from nlp.measures.cooccurrence import FEWEST_TOGETHER, network_edges
from outputs.charts.chart import Chart
from outputs.charts.labels import fill_frame, place_labels
from outputs.charts.mark import Mark
from outputs.tables.glossary import column
from outputs.tables.table import Table, row_parts

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

_WORDS = "chart.network"
_SMALL = 5.0  # radii of the nodes, in points
_LARGE = 16.0
_REACH = 9.0  # points around a line in which it is clicked
_TOLD = 3
_MOST_THEMES = 20  # beyond these labels and lines cover one another
_MOST_LINKS = 40


def network_chart(pairs: Table, themes: Table) -> Chart | None:
    """A node a theme (larger, more segments), a line where two come together in at least three segments.

    `pairs` is `temi_insieme`, `themes` is `temi`. Of many lines the strongest are drawn, and the note says so. None
    when no two themes come together.
    """
    names = {str(code): str(name) for code, name in themes.frame["theme"].items()}
    sizes = {str(code): int(number) for code, number in themes.frame["segments"].items()}
    linked_pairs = _edges(pairs)
    if linked_pairs.empty:
        return None
    edges = _strongest(linked_pairs)
    return Chart(
        family="network",
        key="rete_temi",
        over=pairs.key,
        title=Phrase(f"{_WORDS}.title"),
        note=_note(pairs, edges, linked_pairs, names),
        alt=_alt(edges, names),
        data=_data(edges, names, sizes),
        size=(6.3, min(6.3, 3.4 + 0.15 * len(_ends(edges)))),
        draw=lambda sketch: _draw(sketch, pairs.key, themes.key, edges, names, sizes),
    )


def _edges(pairs: Table) -> pd.DataFrame:
    """theme, other, both, jaccard, lift of the pairs worth a line, the most frequent first."""
    ends = [row_parts(key) for key in pairs.frame.index]
    measures = pairs.frame[["both_segments", "jaccard", "lift"]].set_axis(["both", "jaccard", "lift"], axis=1)
    edges = measures.reset_index(drop=True).assign(theme=[one for one, _ in ends], other=[two for _, two in ends])
    return network_edges(edges)


def _strongest(edges: pd.DataFrame) -> pd.DataFrame:
    """The strongest edges, so many and of so many themes as can be read; `edges` come in order of strength."""
    chosen: list[int] = []
    themes: set[str] = set()
    for place, pair in enumerate(edges[["theme", "other"]].itertuples(index=False, name=None)):
        if len(chosen) < _MOST_LINKS and len(themes.union(pair)) <= _MOST_THEMES:
            chosen.append(place)
            themes.update(pair)
    return edges.iloc[chosen].reset_index(drop=True)


def _ends(edges: pd.DataFrame) -> set[str]:
    return set(edges["theme"]) | set(edges["other"])


def _note(pairs: Table, edges: pd.DataFrame, linked_pairs: pd.DataFrame, names: Mapping[str, str]) -> Phrase:
    linked = _ends(linked_pairs)
    alone = tuple(name for code, name in names.items() if code not in linked)
    most: Phrase | str = ""
    if len(edges) < len(linked_pairs):
        most = phrase(
            f"{_WORDS}.strongest", links=len(edges), of=len(linked_pairs), themes=len(_ends(edges)), linked=len(linked)
        )
    # Tables of a run of format 1 do not say how many segments were read.
    segments = pairs.note.facts["segments"] if isinstance(pairs.note, Phrase) else None
    return phrase(
        f"{_WORDS}.note",
        n="" if segments is None else phrase(f"{_WORDS}.n", n=segments),
        least=FEWEST_TOGETHER,
        strongest=most,
        alone=phrase(f"{_WORDS}.alone", themes=alone) if alone else "",
    )


def _alt(edges: pd.DataFrame, names: Mapping[str, str]) -> Phrase:
    told = []
    for one, other, both, near in edges[["theme", "other", "both", "jaccard"]].head(_TOLD).itertuples(index=False):
        told.append(phrase(f"{_WORDS}.told", theme=names[one], other=names[other], both=both, jaccard=near))
    return phrase(f"{_WORDS}.alt", themes=len(_ends(edges)), links=len(edges), told=tuple(told))


def _data(edges: pd.DataFrame, names: Mapping[str, str], sizes: Mapping[str, int]) -> Table:
    heads = {"theme": "text", "other": "text", "theme_n": "count", "other_n": "count", "both": "count"}
    columns = [
        column("segments" if kind == "count" else "theme", name=key, label=Phrase(f"{_WORDS}.column.{key}"))
        for key, kind in heads.items()
    ]
    columns += [column(key) for key in ("jaccard", "lift")]
    frame = pd.DataFrame(
        {
            "theme": [names[code] for code in edges["theme"]],
            "other": [names[code] for code in edges["other"]],
            "theme_n": [sizes[code] for code in edges["theme"]],
            "other_n": [sizes[code] for code in edges["other"]],
            **{key: edges[key].tolist() for key in ("both", "jaccard", "lift")},
        },
        dtype=object,
    )
    return Table("rete_temi", Phrase(f"{_WORDS}.title"), "", tuple(columns), frame)


def _draw(
    sketch: "Sketch", pairs: str, themes: str, edges: pd.DataFrame, names: Mapping[str, str], sizes: Mapping[str, int]
) -> None:
    from outputs.charts.sketch import BLUE, INK, wrap

    places = lay_out(edges, names)
    most = max(sizes[code] for code in places)
    radii = {code: _SMALL + (_LARGE - _SMALL) * (sizes[code] / most) ** 0.5 for code in places}
    axes = sketch.axes
    axes.set_axis_off()
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-1.22, 1.15)
    strongest = int(edges["both"].max())
    for one, other, both in edges[["theme", "other", "both"]].itertuples(index=False, name=None):
        ends = [places[one], places[other]]
        across = [x for x, _ in ends]
        up = [y for _, y in ends]
        share = both / strongest
        width = 0.7 + 4.5 * share
        sketch.line(across, up, BLUE, width, alpha=0.2 + 0.45 * share, zorder=1, solid_capstyle="round")
        # A thin line is hard to meet: what is clicked is wider than what is seen, and lies below the nodes.
        reach = sketch.line(across, up, "none", max(_REACH, width), zorder=2)
        told = phrase(f"{_WORDS}.edge", theme=names[one], other=names[other], both=both)
        sketch.mark(reach, Mark(pairs, f"{one}|{other}", "both_segments", told))
    for code, (x, y) in places.items():
        told = phrase(f"{_WORDS}.node", theme=names[code], segments=sizes[code])
        sketch.mark(sketch.dot(x, y, radii[code], BLUE, zorder=3), Mark(themes, code, "segments", told))
        axes.annotate(
            str(sizes[code]),
            (x, y),
            ha="center",
            va="center",
            fontsize=6.5 if sizes[code] < 100 else 6,
            color="white" if radii[code] > 7 else INK,
            zorder=4,
        )
    order = sorted(places, key=lambda code: -sizes[code])
    labels = [wrap(names[code], 22) for code in order]
    place_labels(axes, [places[code] for code in order], [radii[code] for code in order], labels)


def lay_out(edges: pd.DataFrame, themes: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Kamada and Kawai's layout from a circle in the order of the codebook: nothing in it is drawn by chance."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    linked = _ends(edges)
    graph.add_nodes_from(code for code in themes if code in linked)
    strongest = int(edges["both"].max())
    for one, other, both in edges[["theme", "other", "both"]].itertuples(index=False, name=None):
        graph.add_edge(one, other, length=1.6 - 0.8 * both / strongest)
    places = nx.kamada_kawai_layout(graph, weight="length")
    return dict(zip(places, fill_frame([tuple(map(float, place)) for place in places.values()]), strict=True))
