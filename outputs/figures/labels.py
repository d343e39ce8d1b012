"""Places for labels beside points so that none covers another. Room outputs; moves words, never the points."""

from collections.abc import Sequence
from typing import Any

_TURNS = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
_RINGS = (1.0, 2.2, 3.6, 5.0)  # how far out to look, in heights of a line


def place_labels(
    axes: Any, points: Sequence[tuple[float, float]], radii: Sequence[float], texts: Sequence[str]
) -> None:
    """Write each text near its point: below, above, beside, then farther out with a thin line, where it is free.

    `points` in data units, `radii` in points (1/72 inch) of the marks drawn there. The first texts choose first; one
    that finds no free place stands below its point all the same. The axes' limits must be set.
    """
    canvas = axes.figure
    canvas.draw_without_rendering()
    canvas.set_layout_engine("none")  # the places hold for this size of the axes
    scale, line = canvas.dpi / 72, 9 * canvas.dpi / 72
    frame = axes.get_window_extent()
    centres = [tuple(axes.transData.transform(point)) for point in points]
    taken = [_box(x, y, 2 * r * scale, 2 * r * scale) for (x, y), r in zip(centres, radii, strict=True)]
    for (x, y), radius, text in zip(centres, radii, texts, strict=True):
        label = axes.text(0, 0, text, fontsize=8, ha="center", va="center", linespacing=1.05, zorder=5)
        extent = label.get_window_extent()
        width, height = extent.width + 3 * scale, extent.height + 2 * scale
        chosen = (x, y - radius * scale - height / 2, 1.0)
        for ring, (across, up) in ((ring, turn) for ring in _RINGS for turn in _TURNS):
            away = radius * scale + (ring - 1) * line
            place = (x + across * (away + width / 2), y + up * (away + height / 2))
            box = _box(*place, width, height)
            inside = frame.x0 <= box[0] and box[2] <= frame.x1 and frame.y0 <= box[1] and box[3] <= frame.y1
            if inside and not any(_overlap(box, other) for other in taken):
                chosen = (*place, ring)
                break
        taken.append(_box(chosen[0], chosen[1], width, height))
        label.set_position(axes.transData.inverted().transform(chosen[:2]))
        if chosen[2] > 1:
            start, end = axes.transData.inverted().transform([(x, y), chosen[:2]])
            axes.plot([start[0], end[0]], [start[1], end[1]], color="#999999", linewidth=0.6, zorder=1)
        label.set_bbox({"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.5})


def fill_frame(points: Sequence[tuple[float, ...]]) -> list[tuple[float, float]]:
    """The points stretched to -1..1 in both directions, to three digits; a direction without spread becomes 0."""
    columns = []
    for values in zip(*points, strict=True):
        low, high = min(values), max(values)
        spread = high - low
        columns.append([round(2 * (value - low) / spread - 1, 3) if spread > 1e-9 else 0.0 for value in values])
    return list(zip(columns[0], columns[1], strict=True))


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
