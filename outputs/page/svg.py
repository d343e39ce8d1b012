"""The signs that the page's charts share: the opening of a drawing, a mark that opens its quotations. Room outputs."""

from collections.abc import Sequence

from markupsafe import Markup, escape

from outputs.figures.figure import wrap

SIGN = 7.0  # the width of a letter of a label, in units of a drawing


def open_chart(title: str, width: float, height: float) -> str:
    """The start of a drawing that is a group of things to click."""
    return (
        f'<svg class="chart" role="group" aria-label="{escape(title)}" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}">'
    )


def mark(table: str, row: str, column: str, title: str, inside: Sequence[str], opens: bool = True) -> str:
    """A mark that opens what is behind a number of a table; one that counts nobody only tells its title."""
    if not opens:
        return f"<g><title>{escape(title)}</title>{''.join(inside)}</g>"
    place = f'data-t="{escape(table)}" data-r="{escape(row)}" data-c="{escape(column)}"'
    return f'<g class="trail" {place}><title>{escape(title)}</title>{"".join(inside)}</g>'


def label(text: str, x: float, y: float, kind: str = "name", anchor: str = "middle") -> str:
    """A text; `kind` is name, tick or value, `anchor` start, middle or end."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def lines_of(text: str, width: int = 22) -> list[str]:
    """A label on at most two lines of about `width` signs."""
    return wrap(text, width).split("\n")


def short(text: str, longest: int = 30) -> Markup:
    """The text, cut with an ellipsis."""
    return escape(text if len(text) <= longest else text[: longest - 1] + "…")
