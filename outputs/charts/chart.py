"""A chart as data and words in no language, and a way to draw it; every picture of a run is one of these.

The same drawing stands in the page, the document, the slides and the files (outputs.charts.pictures makes the bytes).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.words.phrase import Phrase
from outputs.tables.table import Table

if TYPE_CHECKING:
    from outputs.charts.sketch import Sketch


@dataclass(frozen=True)
class Chart:
    """One chart: `title` is its caption, `note` says n and method, `alt` tells in words what it shows.

    `family` is its kind, which the maps of themes by several variables share; `over` is the table that it stands over
    on the page. `data` is what is drawn, with the headings a reader sees. `size` (width, height) in inches is that of
    the sketch which `draw` fills.
    """

    family: str
    key: str
    over: str
    title: Phrase
    note: Phrase
    alt: Phrase
    data: Table
    size: tuple[float, float]
    draw: Callable[["Sketch"], None]
