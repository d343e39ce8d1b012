"""The bytes of a chart: SVG and PNG files, and SVG to stand in a page. Draws nothing itself; matplotlib waits inside.

matplotlib writes how each shape looks into style attributes, which the page's policy forbids: here they become
attributes of SVG, and a shape that is a mark becomes a group that says which cell of which table it opens.
"""

import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.charts.chart import Chart
from outputs.charts.mark import Mark
from outputs.words.render import render
from outputs.words.sentences import say

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch

DOTS = 200  # to the inch, in PNG
_ON_PAGE = 1.55  # pixels of the page for a point of the drawing
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.edgecolor": "#666666",
    "axes.labelcolor": "#222222",
    "text.color": "#222222",
    "text.parse_math": False,  # a name with two dollars is no formula
    "xtick.color": "#444444",
    "ytick.color": "#222222",
    "svg.fonttype": "none",
    "svg.hashsalt": "trama",
    "figure.dpi": 100,
}
_SVG = "{http://www.w3.org/2000/svg}"
# The same widths where DejaVu is not installed: Verdana is its elder sister.
FONTS = "'DejaVu Sans', Verdana, sans-serif"
_KEPT = ("d", "x", "y", "transform")
_LEFT_OUT = ("font-family", "stroke-linejoin", "stroke-miterlimit")  # the first stands once, for all
_NO_TURN = re.compile(r"rotate\(-?0(?:\.0+)?(?: [^)]*)?\)")
_DECIMALS = re.compile(r"-?\d+\.\d+")


def png(chart: Chart, language: Language) -> bytes:
    """The chart as PNG, the same bytes for the same chart; its title and alternative text are inside."""
    words = {"Title": say(chart.title, language), "Description": say(chart.alt, language), "Software": "Trama"}
    # PNG's plain text chunks hold no more than Latin 1.
    metadata = {name: text.encode("latin-1", "replace").decode("latin-1") for name, text in words.items()}
    return _bytes(chart, language, format="png", dpi=DOTS, metadata=metadata)[1]


def svg_file(chart: Chart, language: Language) -> bytes:
    """The chart as an SVG file, the same bytes for the same chart; each mark has the id table|row|column."""
    width, height, shapes = _shapes(chart, language, on_page=False)
    title, alt = (_legal(say(text, language)) for text in (chart.title, chart.alt))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FONTS}" role="img" aria-label={quoteattr(alt)}>'
    )
    body = "\n".join(shapes)
    words = f"<title>{escape(title)}</title>\n<desc>{escape(alt)}</desc>"
    paper = f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}\n{words}\n{paper}\n{body}\n</svg>\n'.encode()


def svg_in_page(chart: Chart, language: Language) -> str:
    """The chart as an element of a page: a group of marks to click, without ids, styles or anything from elsewhere."""
    width, height, shapes = _shapes(chart, language, on_page=True)
    title, alt = (_legal(say(text, language)) for text in (chart.title, chart.alt))
    return (
        f'<svg class="chart" role="group" aria-label={quoteattr(title)} viewBox="0 0 {width:g} {height:g}" '
        f'width="{width * _ON_PAGE:.0f}" height="{height * _ON_PAGE:.0f}"><desc>{escape(alt)}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def write_charts(charts: Sequence[Chart], folder: Path, language: Language = "it") -> list[Path]:
    """`<key>.svg`, `<key>.png` and `<key>.csv` (the data behind it) of each chart, and `figure.csv` with titles,
    notes and alternative texts. CSV as in outputs.csv_tables. Returns the paths written. Raises OSError."""
    from outputs.csv_tables import write_rows

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for chart in charts:
        for suffix, picture in (("svg", svg_file), ("png", png)):
            path = folder / f"{chart.key}.{suffix}"
            path.write_bytes(picture(chart, language))
            written.append(path)
        data = render(chart.data, language)
        rows = data.frame.itertuples(index=False, name=None)
        heads = [column.label for column in data.columns]
        written.append(write_rows(folder / f"{chart.key}.csv", heads, rows, language))
    heads = [say(Phrase(f"chart.file.{name}"), language) for name in ("key", "title", "note", "alt")]
    told = []
    for chart in charts:
        told.append([chart.key, *(say(text, language) for text in (chart.title, chart.note, chart.alt))])
    return [*written, write_rows(folder / "figure.csv", heads, told, language)]


def _legal(text: str) -> str:
    """Without the control signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)


def _bytes(chart: Chart, language: Language, **how: Any) -> tuple["Sketch", bytes]:
    import matplotlib as mpl

    from outputs.charts.sketch import Sketch

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    buffer = io.BytesIO()
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # of a writing that the font lacks; the data have it
        sketch = Sketch(chart.size, language)
        chart.draw(sketch)
        sketch.figure.savefig(buffer, **how)
    return sketch, buffer.getvalue()


def _shapes(chart: Chart, language: Language, on_page: bool) -> tuple[float, float, list[str]]:
    """Width and height in points, and the shapes of the drawing from the back to the front."""
    sketch, drawing = _bytes(chart, language, format="svg", transparent=True, metadata={"Date": None})
    root = ElementTree.fromstring(drawing)
    width, height = (float(root.get(side, "0").removesuffix("pt")) for side in ("width", "height"))
    return width, height, list(_walk(root, sketch, on_page))


def _walk(parent: ElementTree.Element, sketch: "Sketch", on_page: bool, marked: bool = False) -> Iterator[str]:
    """The shapes below an element; of matplotlib's many groups only the marks remain, and nothing that is not seen."""
    for element in parent:
        tag = element.tag.removeprefix(_SVG)
        name = element.get("id", "")
        if tag == "g" and name in sketch.marks:
            inside = "".join(_walk(element, sketch, on_page, marked=True))
            yield _group(name, sketch.marks[name], inside, sketch, on_page)
        elif tag == "g":
            yield from _walk(element, sketch, on_page, marked)
        elif tag in ("path", "text"):
            yield from _shape(tag, element, marked)


def _group(name: str, mark: Mark, inside: str, sketch: "Sketch", on_page: bool) -> str:
    attributes = ""
    if not on_page:
        attributes = f" id={quoteattr(name)}"
    elif name not in sketch.silent:
        cell = zip("trc", (mark.table, mark.row, mark.column), strict=True)
        attributes = ' class="trail"' + "".join(f" data-{part}={quoteattr(key)}" for part, key in cell)
    return f"<g{attributes}><title>{escape(_legal(sketch.say(mark.title)))}</title>{inside}</g>"


def _shape(tag: str, element: ElementTree.Element, marked: bool) -> Iterator[str]:
    """One path or text with attributes instead of styles, its numbers to a tenth of a point."""
    attributes: dict[str, str] = {}
    for name in _KEPT:
        numbers = _DECIMALS.sub(_tenth, _NO_TURN.sub("", element.get(name, "")))
        attributes[name] = " ".join(numbers.split())
    for style in filter(None, element.get("style", "").split(";")):
        name, value = style.split(":", 1)
        if name.strip() not in _LEFT_OUT:
            attributes[name.strip()] = value.strip().removesuffix("px")
    if tag == "path" and attributes.get("fill") == "none" and "stroke" not in attributes:
        if not marked:
            return
        attributes["pointer-events"] = "all"  # it is there to be clicked, not to be seen
    listed = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    body = escape(element.text or "")
    yield f"<{tag}{listed}>{body}</{tag}>" if tag == "text" else f"<{tag}{listed}/>"


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")
