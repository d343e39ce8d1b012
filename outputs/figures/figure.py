"""A figure as data, words and a way to draw it, and its bytes as SVG or PNG. Room outputs; matplotlib waits inside.

One hue from light to dark for amounts, Okabe and Ito's colours for kinds: both hold for every kind of colour blindness,
and no figure tells anything by colour alone.
"""

import io
import logging
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

import pandas as pd

from corpus.words.language import Bilingual, Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
INK = "#222222"
PALE = "#C9D3DA"
SHADES = ("#f4f8fb", "#d5e5f0", "#a9cbe0", "#74abcb", "#3f86af", "#1b6390", "#0b4267")
WIDTH = 6.3  # inches: the text of an A4 page
DOTS = 200  # to the inch, in PNG
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#666666",
    "axes.labelcolor": INK,
    "text.color": INK,
    "text.parse_math": False,  # a name with two dollars is no formula
    "xtick.color": "#444444",
    "ytick.color": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "trama",
    "figure.dpi": 100,
    "savefig.facecolor": "white",
}


@dataclass(frozen=True)
class Figure:
    """One figure: `title` is its caption, `note` says n and method, `alt` tells in words what it shows.

    `data` is what is drawn, with the headings a reader sees; `draw` makes it on a matplotlib figure.
    """

    key: str
    title: str
    note: str
    alt: str
    data: pd.DataFrame
    draw: Callable[[], "Canvas"]


def render(figure: Figure, kind: Literal["svg", "png"]) -> bytes:
    """The figure's file, the same bytes for the same figure; its alternative text is inside."""
    import matplotlib as mpl

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    held = io.BytesIO()
    with mpl.rc_context(_STYLE):
        canvas = figure.draw()
        if kind == "png":
            metadata: dict[str, Any] = {"Title": figure.title, "Description": figure.alt, "Software": "Trama"}
            canvas.savefig(held, format="png", dpi=DOTS, metadata={k: _latin(v) for k, v in metadata.items()})
            return held.getvalue()
        canvas.savefig(held, format="svg", metadata={"Date": None, "Creator": "Trama"})
    return _described(held.getvalue().decode("utf-8"), figure).encode("utf-8")


def write_figures(figures: Sequence[Figure], folder: Path, language: Language = "it") -> list[Path]:
    """`<key>.svg`, `<key>.png` and `<key>.csv` (the data behind it) of each figure, and `figure.csv` with titles,
    notes and alternative texts. CSV as in outputs.csv_tables. Returns the paths written. Raises OSError."""
    from outputs.csv_tables import write_rows

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for figure in figures:
        for kind in ("svg", "png"):
            path = folder / f"{figure.key}.{kind}"
            path.write_bytes(render(figure, kind))
            written.append(path)
        rows = figure.data.astype(object).where(figure.data.notna(), None).itertuples(index=False, name=None)
        written.append(write_rows(folder / f"{figure.key}.csv", list(figure.data.columns), rows, language))
    heads = Bilingual("figura;titolo;nota;testo alternativo", "figure;title;note;alternative text").say(language)
    rows = ((figure.key, figure.title, figure.note, figure.alt) for figure in figures)
    return [*written, write_rows(folder / "figure.csv", heads.split(";"), rows, language)]


def blank(height: float, width: float = WIDTH) -> "Canvas":
    """An empty matplotlib figure (inches), drawn without a screen and without pyplot's global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(canvas)
    return canvas


def wrap(text: str, width: int = 34, lines: int = 2) -> str:
    """A label on at most `lines` lines of `width` signs, cut with an ellipsis."""
    parts = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(parts) > lines:
        parts = [*parts[: lines - 1], textwrap.shorten(" ".join(parts[lines - 1 :]), width, placeholder="…")]
    return "\n".join(parts)


def listed(parts: Sequence[str], language: Language) -> str:
    """`a, b e c` or `a, b and c`."""
    last = Bilingual(" e ", " and ").say(language)
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _described(svg: str, figure: Figure) -> str:
    start = svg.index("<svg ")
    end = svg.index(">", start)
    words = f"<title>{escape(figure.title)}</title>\n <desc>{escape(figure.alt)}</desc>"
    svg = f'{svg[:end]} role="img" aria-label="{escape(figure.alt, {chr(34): "&quot;"})}">\n {words}{svg[end + 1 :]}'
    # The same widths where DejaVu is not installed: Verdana is its elder sister.
    return svg.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")  # PNG's plain text chunks hold no more
