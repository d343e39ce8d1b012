"""Places for labels beside points so that none covers another. Moves words, never the points."""

from collections.abc import Sequence
from typing import Any

_TURNS = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
_RINGS = (1.0, 2.2, 3.6, 5.0)  # how far out to look, in heights of a line

Pair = tuple[float, float]


def free_places(
    centres: Sequence[Pair], radii: Sequence[float], sizes: Sequence[Pair], frame: tuple[float, ...], line: float
) -> list[tuple[float, float, bool]]:
    """Where the middle of each label goes, and whether that is so far out that a thin line should lead to it.

    All in one unit, y upwards: `centres` and `radii` of the marks, `sizes` (width, height) of the labels, `frame`
    (left, bottom, right, top) that holds them, `line` the height of a line. Below, above, beside, then farther out;
    the first labels choose first, and one that finds no free place stands below its mark all the same.
    """
    taken = [_box(x, y, 2 * radius, 2 * radius) for (x, y), radius in zip(centres, radii, strict=True)]
    places = []
    for (x, y), radius, (width, height) in zip(centres, radii, sizes, strict=True):
        chosen = (x, y - radius - height / 2, False)
        for ring, (across, up) in ((ring, turn) for ring in _RINGS for turn in _TURNS):
            away = radius + (ring - 1) * line
            place = (x + across * (away + width / 2), y + up * (away + height / 2))
            box = _box(*place, width, height)
            inside = frame[0] <= box[0] and box[2] <= frame[2] and frame[1] <= box[1] and box[3] <= frame[3]
            if inside and not any(_overlap(box, other) for other in taken):
                chosen = (*place, ring > 1)
                break
        taken.append(_box(chosen[0], chosen[1], width, height))
        places.append(chosen)
    return places


def place_labels(axes: Any, points: Sequence[Pair], radii: Sequence[float], texts: Sequence[str]) -> None:
    """Write each text near its point of a matplotlib figure, where it is free.

    `points` in data units, `radii` in points (1/72 inch) of the marks drawn there. The axes' limits must be set.
    """
    canvas = axes.figure
    canvas.draw_without_rendering()
    canvas.set_layout_engine("none")  # the places hold for this size of the axes
    scale = canvas.dpi / 72
    frame = axes.get_window_extent()
    labels = [axes.text(0, 0, text, fontsize=8, ha="center", va="center", linespacing=1.15, zorder=5) for text in texts]
    extents = [label.get_window_extent() for label in labels]
    places = free_places(
        [(float(x), float(y)) for x, y in map(axes.transData.transform, points)],
        [radius * scale for radius in radii],
        [(extent.width + 3 * scale, extent.height + 2 * scale) for extent in extents],
        (frame.x0, frame.y0, frame.x1, frame.y1),
        9 * scale,
    )
    to_data = axes.transData.inverted().transform
    for label, point, (x, y, far) in zip(labels, points, places, strict=True):
        label.set_position(to_data((x, y)))
        if far:
            end = to_data((x, y))
            axes.plot([point[0], end[0]], [point[1], end[1]], color="#999999", linewidth=0.6, zorder=1)
        label.set_bbox({"facecolor": "white", "alpha": 0.7, "edgecolor": "none", "pad": 0.5})


def fill_frame(points: Sequence[tuple[float, ...]]) -> list[Pair]:
    """The points stretched to -1..1 in both directions, to three digits; a direction without spread becomes 0."""
    columns = []
    for values in zip(*points, strict=True):
        low = min(values)
        high = max(values)
        spread = high - low
        columns.append([round(2 * (value - low) / spread - 1, 3) if spread > 1e-9 else 0.0 for value in values])
    return list(zip(columns[0], columns[1], strict=True))


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
