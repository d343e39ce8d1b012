"""The joint display on paper: a heading a theme, a row a link, quotations below over all columns. Room outputs."""

from collections.abc import Callable
from dataclasses import replace

from corpus.words.language import Language
from corpus.words.phrase import Phrase
from outputs.document.grid import Bands
from outputs.document.quoted import quotations_in
from outputs.shown import Shown, show
from outputs.tables.table import records
from outputs.words.render import RenderedTable

_ONCE = ("theme", "interviews", "mentioned", "quotations")  # said in the heading of a theme or below a link


def lay_joint(table: RenderedTable, language: Language, number: Callable[[Phrase | str], str]) -> tuple[Shown, Bands]:
    """The links by theme, with what stands above and below them; `number` gives a quotation as it is printed.

    What people say of a theme is the same for all its links, so it stands once, in the theme's heading. A quotation
    of several links of a theme stands below the first.
    """
    themes = {theme: place for place, theme in enumerate(dict.fromkeys(table.frame["theme"]))}
    frame = table.frame.sort_values("theme", key=lambda column: column.map(themes), kind="stable")
    columns = tuple(column for column in table.columns if column.key not in _ONCE)
    above: dict[int, str] = {}
    below: dict[int, list[str]] = {}
    theme = None
    quoted: set[Phrase | str] = set()
    quotations = table.data.frame.loc[frame.index, "quotations"].tolist()
    for place, (row, cell) in enumerate(zip(records(frame), quotations, strict=True)):
        if row["theme"] != theme:
            theme = row["theme"]
            quoted = set()
            above[place] = f"{theme}: {row['interviews']}"
        new = [quotation for quotation in quotations_in(cell) if quotation not in quoted]
        quoted |= set(new)
        below[place] = [number(quotation) for quotation in new]
    return show(replace(table, columns=columns, frame=frame), language), Bands(above, below)
