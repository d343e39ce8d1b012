"""A matplotlib figure being drawn in one language: colours, labels and the marks that open what they count.

One hue from light to dark for amounts, Okabe and Ito's colours for kinds: both hold for every kind of colour blindness,
and no chart tells anything by colour alone. Only plain shapes are drawn (no markers, collections or clipping), so that
an SVG of it needs no definitions and several can stand in one page.
"""

import math
import textwrap
from collections.abc import Sequence
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.transforms import ScaledTranslation

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.charts.mark import Mark
from outputs.words.sentences import say

BLUE = "#0072B2"
ORANGE = "#D55E00"
INK = "#222222"
GRID = "#E3E7EA"
SHADES = ("#f4f8fb", "#d5e5f0", "#a9cbe0", "#74abcb", "#3f86af", "#1b6390", "#0b4267")
DARK_FROM = 4  # the shade from which letters on it are white
_INCH = 72  # points


class Sketch:
    """The drawing under way; `marks` leads from the id of a shape to what it opens or, of an empty cell, only tells."""

    def __init__(self, size: tuple[float, float], language: Language) -> None:
        self.language: Language = language
        self.figure = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(self.figure)  # without a screen and without pyplot's global state
        self.axes = self.figure.add_subplot()
        self.axes.set_axisbelow(True)
        self.marks: dict[str, Mark] = {}
        self.silent: set[str] = set()

    def say(self, text: Phrase | str) -> str:
        """A text of the chart in its language."""
        return say(text, self.language)

    def mark(self, shape: Any, mark: Mark, *, opens: bool = True) -> None:
        """Let a shape open a cell; one whose cell counts nobody only tells its title."""
        name = f"{mark.table}|{mark.row}|{mark.column}"
        shape.set_gid(name)
        self.marks[name] = mark
        if not opens:
            self.silent.add(name)

    def rectangle(
        self, left: float, top: float, width: float, height: float, colour: str = "none", **style: Any
    ) -> Any:
        """A rectangle in the units of the axes; without a colour it is only there to be clicked."""
        shape = Rectangle((left, top), width, height, facecolor=colour, edgecolor="none", clip_on=False, **style)
        return self.axes.add_patch(shape)

    def polygon(self, points: Sequence[tuple[float, float]], colour: str, **style: Any) -> Any:
        """A filled polygon in the units of the axes."""
        return self.axes.add_patch(Polygon(points, facecolor=colour, edgecolor="none", clip_on=False, **style))

    def line(self, across: Sequence[float], up: Sequence[float], colour: str, width: float, **style: Any) -> Any:
        """A line through points in the units of the axes; `width` in points."""
        ends = {"solid_capstyle": "butt"} | style
        return self.axes.plot(across, up, color=colour, linewidth=width, clip_on=False, **ends)[0]

    def dot(
        self, x: float, y: float, radius: float, colour: str, *, diamond: bool = False, within: Any = None, **style: Any
    ) -> Any:
        """A circle or diamond of `radius` points whose middle is (x, y) of the axes' data, or of `within`."""
        side = radius / _INCH
        inside: Any = within or self.axes.transData
        moved = self.figure.dpi_scale_trans + ScaledTranslation(x, y, inside)
        edge: dict[str, Any] = {"edgecolor": "white", "linewidth": 1} | style
        if diamond:
            half = side * (math.pi / 2) ** 0.5  # of the same area as the circle
            corners = [(0, -half), (half, 0), (0, half), (-half, 0)]
            shape: Any = Polygon(corners, facecolor=colour, transform=moved, clip_on=False, **edge)
        else:
            shape = Circle((0, 0), side, facecolor=colour, transform=moved, clip_on=False, **edge)
        return self.axes.add_artist(shape)

    def bare(self) -> None:
        """Take the frame and the small lines at the numbers of the axes away."""
        for spine in self.axes.spines.values():
            spine.set_visible(False)
        self.axes.tick_params(top=False, right=False, bottom=False, left=False)

    def grid(self, axis: str = "both") -> None:
        """Pale lines at the numbers of the axes."""
        self.axes.grid(axis=axis, color=GRID, linewidth=0.8, clip_on=False)  # type: ignore[arg-type]


def wrap(text: str, width: int = 34) -> str:
    """A label on at most two lines of `width` signs, cut with an ellipsis."""
    shown = "".join(sign for sign in text if ord(sign) >= 32)  # an SVG cannot hold control signs
    parts = textwrap.wrap(shown, width, break_long_words=True) or [""]
    if len(parts) > 2:
        parts = [parts[0], textwrap.shorten(" ".join(parts[1:]), width, placeholder="…")]
    return "\n".join(parts)
