"""Two SVG maps: emergent topics by likeness, themes by what comes together. Room outputs; draws, computes nothing."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup, escape

from corpus.words.language import Language
from nlp.measures.cooccurrence import FEWEST_TOGETHER
from outputs.figures.labels import free_places
from outputs.figures.network import lay_out
from outputs.page.svg import SIGN, label, lines_of, mark, open_chart
from outputs.page.words import WORDS
from outputs.words.render import RenderedTable

_WIDTH, _MARGIN, _LINE = 860.0, 120.0, 15.0
_SMALL, _LARGE = 6.0, 26.0  # radii


def topic_map(table: RenderedTable, places: pd.DataFrame, language: Language) -> Markup | None:
    """A mark a topic that opens its segments: near ones are alike, larger ones have more, diamonds have no near theme.

    `table` is `argomenti`, `places` from nlp.measures.topic_places. None with fewer than three topics.
    """
    rows = [(str(topic), x, y) for topic, x, y in places[["topic", "x", "y"]].itertuples(index=False, name=None)]
    rows = [row for row in rows if row[0] in table.frame.index]
    if len(rows) < 3:
        return None
    known = {str(key): values for key, values in table.frame.to_dict("index").items()}
    counts = {key: int(values["segments"]) for key, values in known.items()}
    rows.sort(key=lambda row: (-counts[row[0]], int(row[0])))
    most = max(counts[key] for key, _, _ in rows) or 1
    radii = [_radius(counts[key] / most) for key, _, _ in rows]
    centres, height = _on_paper([(x, y) for _, x, y in rows], 430.0 + 4 * len(rows))
    new = [known[key]["proposed"] is not None for key, _, _ in rows]
    marks = []
    for (key, _, _), (x, y), radius, unknown in zip(rows, centres, radii, new, strict=True):
        title = f"{known[key]['topic']}: {counts[key]} {WORDS['segments'].say(language)}"
        marks.append(mark(table.key, key, "segments", title, [_sign(x, y, radius, unknown)], opens=counts[key] > 0))
    words = [lines_of(str(known[key]["topic"])) for key, _, _ in rows]
    kinds = [(False, "known_topic"), *([(True, "new_topic")] if any(new) else [])]
    legend = []
    for place, (unknown, key) in enumerate(kinds):
        x = 24.0 + place * 330
        legend += [
            _sign(x, height + 18, 7, unknown),
            label(WORDS[key].say(language), x + 16, height + 22, "tick", "start"),
        ]
    title = WORDS["topic_map"].say(language)
    return _drawing(title, height + 36, [], marks, _labels(centres, radii, words, height), legend)


def network(pairs: RenderedTable, themes: RenderedTable, language: Language) -> Markup | None:
    """A node a theme and a line where two come together in three segments or more; both open what they count.

    `pairs` is `temi_insieme`, `themes` is `temi`. None when no two themes do.
    """
    parts = [str(key).split("|") for key in pairs.frame.index]
    edges = pd.DataFrame(parts, columns=["theme", "other"]).assign(both=[int(n) for n in pairs.frame["both_segments"]])
    edges = edges[edges["both"] >= FEWEST_TOGETHER].reset_index(drop=True)
    if edges.empty:
        return None
    names = {str(code): str(name) for code, name in themes.frame["theme"].items()}
    sizes = {str(code): int(count) for code, count in themes.frame["segments"].items()}
    places = lay_out(edges, names)
    order = sorted(places, key=lambda code: -sizes[code])
    radii = [_radius(sizes[code] / max(1, *sizes.values())) for code in order]
    points, height = _on_paper([places[code] for code in order], 360.0 + 12 * len(order))
    centres = dict(zip(order, points, strict=True))
    segments = WORDS["segments"].say(language)
    strongest = int(edges["both"].max())
    lines = []
    for one, other, both in edges[["theme", "other", "both"]].itertuples(index=False, name=None):
        ends = '<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"{}/>'
        along, width = (*centres[one], *centres[other]), f' stroke-width="{0.8 + 7 * both / strongest:.1f}"'
        title = f"{names[one]} – {names[other]}: {both} {segments}"
        drawn = [ends.format("edge", *along, width), ends.format("reach", *along, "")]
        lines.append(mark(pairs.key, f"{one}|{other}", "both_segments", title, drawn))
    nodes = []
    for code, radius in zip(order, radii, strict=True):
        x, y = centres[code]
        inside = [f'<circle class="node" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>']
        if radius > 12:
            inside.append(f'<text class="count" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{sizes[code]}</text>')
        nodes.append(mark(themes.key, code, "segments", f"{names[code]}: {sizes[code]} {segments}", inside))
    words = [lines_of(names[code]) for code in order]
    return _drawing(WORDS["network"].say(language), height, lines, nodes, _labels(points, radii, words, height))


def _drawing(title: str, height: float, *layers: Sequence[str]) -> Markup:
    parts = (part for layer in layers for part in layer)
    return Markup("".join([open_chart(title, _WIDTH, height), *parts, "</svg>"]))


def _radius(share: float) -> float:
    return _SMALL + (_LARGE - _SMALL) * share**0.5


def _on_paper(points: Sequence[tuple[float, float]], height: float) -> tuple[list[tuple[float, float]], float]:
    """Points of -1 to 1 (y upwards) as places in a drawing (y downwards), which is as high as they need."""
    low, high = min(y for _, y in points), max(y for _, y in points)
    height = max(260.0, height * (high - low) / 2)
    across, up = _WIDTH / 2 - _MARGIN, height - 110
    spread = (high - low) or 1.0
    return [(_WIDTH / 2 + x * across, 55 + up * (high - y) / spread) for x, y in points], height


def _sign(x: float, y: float, radius: float, diamond: bool) -> str:
    if not diamond:
        return f'<circle class="known" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    corners = ((0, -radius), (radius, 0), (0, radius), (-radius, 0))
    return f'<polygon class="new" points="{" ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)}"/>'


def _labels(
    centres: Sequence[tuple[float, float]], radii: Sequence[float], words: Sequence[list[str]], height: float
) -> list[str]:
    """The words beside their marks, two lines at most, where they are free; a thin line leads to those farther out."""
    sizes = [(SIGN * max(map(len, lines)) + 6, _LINE * len(lines) + 3) for lines in words]
    upwards = [(x, height - y) for x, y in centres]
    places = free_places(upwards, radii, sizes, (0.0, 0.0, _WIDTH, height), _LINE)
    drawn = []
    for (x, y), (left, up, far), lines in zip(centres, places, words, strict=True):
        top = height - up - _LINE * (len(lines) - 1) / 2 + 4
        if far:
            drawn.append(f'<line class="lead-line" x1="{x:.1f}" y1="{y:.1f}" x2="{left:.1f}" y2="{height - up:.1f}"/>')
        spans = (
            f'<tspan x="{left:.1f}" y="{top + _LINE * n:.1f}">{escape(line)}</tspan>' for n, line in enumerate(lines)
        )
        drawn.append(f'<text class="name over" text-anchor="middle">{"".join(spans)}</text>')
    return drawn
