"""How much room the columns of a table need on paper. Room outputs; measures text, writes nothing.

Widths are those of Helvetica, which Arial shares; a template's own font gets room to be as wide as Verdana.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from outputs.shown import Shown

SIZE = 8  # points of the letters in a cell
PADDING = 8.0  # points left and right of a cell's text together, and a little for rounding
_LONGEST = 110.0  # points from which a word in a cell, but not in a heading, may be broken
_UNKNOWN = 833  # thousandths of the size, for a sign that is not in the list: as wide as an m
_SLACK = 1.12  # what lines lose at their ends, as words are not broken
_HEAD_WEIGHT = 4  # rows that a line more in the headings weighs
_LOOSE = 1.25  # how much wider than needed a narrow table may be
_STEP = 3.0  # points handed out at a time
_NORM = 4
_SHORT = {"rispondenti": "risp.", "segmenti": "segm.", "respondents": "resp.", "segments": "segm."}
_KEYS = 5  # columns among which are those that say what a row is about


@dataclass(frozen=True)
class Fit:
    """The widths of a table's columns in points, and the lines that its tallest row takes (inf: words are broken)."""

    widths: tuple[float, ...]
    lines: float


def text_width(text: str, bold: bool = False) -> float:
    """Points that a line of text takes in a cell."""
    signs = _signs(bold)
    plain = unicodedata.normalize("NFD", text)
    return sum(signs.get(sign, _UNKNOWN) for sign in plain if not unicodedata.combining(sign)) * SIZE / 1000


def fit_columns(shown: Shown, width: float) -> Fit:
    """Room for the columns of a table on `width` points.

    A column holds at least its longest word; what is left goes, a little at a time, to the column that makes the rows
    higher than the others do. What needs less than the width stays narrower. Where even the longest words do not fit,
    all get less alike.
    """
    columns = list(zip(*shown.rows, strict=True)) or [()] * len(shown.heads)
    heads = [text_width(head, bold=True) for head in shown.heads]
    least = np.array([_longest_word(*column) + PADDING for column in zip(shown.heads, columns, strict=True)])
    if least.sum() > width:
        return Fit(tuple(least * width / least.sum()), math.inf)
    texts = np.array([heads, *(list(map(_longest_line, row)) for row in shown.rows)]) * _SLACK
    whole = np.maximum(least, np.maximum(texts[0] / 2, texts[1:].max(axis=0, initial=0)) + PADDING)
    if whole.sum() <= width:
        return Fit(tuple(whole * min(width / whole.sum(), _LOOSE)), 1.0)
    given = least.copy()
    while given.sum() + _STEP <= width:
        given[_gains(texts, given).argmax()] += _STEP
    return Fit(tuple(given), float(np.ceil(texts / (given - PADDING)).max()))


def _gains(texts: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """How much lower a table gets for a point more in each column: its height is the sum over rows of the highest cell.

    The highest is taken smoothly, as a norm, so that columns of about the same height get room in turn.
    """
    lines = np.maximum(texts / (widths - PADDING), 0)
    high = np.where(lines > 1, lines, 0) ** _NORM
    rows = high.sum(axis=1, keepdims=True)
    share = np.divide(high, rows ** (1 - 1 / _NORM), out=np.zeros_like(high), where=rows > 0)
    share[0] *= _HEAD_WEIGHT
    return np.asarray((share / widths).sum(axis=0))


def unbroken(shown: Shown) -> Shown:
    """The table with blanks and minus signs that do not break inside `n = 16`, `95 %` and `[-0,01; 0,82]`."""
    return Shown(_bound(shown.heads), shown.numeric, tuple(map(_bound, shown.rows)))


def shorten_heads(shown: Shown) -> tuple[Shown, str]:
    """The table with the longest words of its headings cut short, and what each stands for: `risp.: rispondenti`."""
    known = {word for head in shown.heads for word in head.split()}
    words = {word: short for word, short in _SHORT.items() if word in known}
    heads = tuple(_shortened(head, words) for head in shown.heads)
    return replace(shown, heads=heads), "; ".join(f"{short}: {word}" for word, short in words.items())


def _shortened(head: str, words: Mapping[str, str]) -> str:
    return " ".join(words.get(word, word) for word in _words(head))


def split_columns(shown: Shown, width: float) -> list[Shown]:
    """The table in as many parts as the width asks for, each with the columns that say what a row is about."""
    keys = row_keys(shown)
    rest = [place for place in range(len(shown.heads)) if place not in keys]
    for many in range(1, len(rest) + 1):
        size = math.ceil(len(rest) / many)
        chunks = [rest[start : start + size] for start in range(0, len(rest), size)]
        parts = [_take(shown, sorted([*keys, *chunk])) for chunk in chunks]
        if all(fit_columns(part, width).lines < math.inf for part in parts):
            return parts
    return [shown]


def row_keys(shown: Shown) -> list[int]:
    """The places of the first columns of texts that tell the rows apart, without those that add nothing."""
    keys = [0]
    apart = len({row[:1] for row in shown.rows})
    for place in range(1, min(_KEYS, len(shown.heads))):
        found = len(set(_picked_rows(shown, [*keys, place])))
        if found > apart and not shown.numeric[place]:
            keys = [*keys, place]
            apart = found
    return keys


def _bound(texts: Sequence[str]) -> tuple[str, ...]:
    bound = (re.sub(r"(?<=\b[npq]) ([=<]) ", "\u00a0\\1\u00a0", text).replace(" %", "\u00a0%") for text in texts)
    # A number alone keeps the sign that spreadsheets read.
    return tuple(re.sub(r"(?<=[ \[])-(?=\d)", "\u2212", text) for text in bound)


def _take(shown: Shown, places: Sequence[int]) -> Shown:
    return Shown(_picked(shown.heads, places), _picked(shown.numeric, places), _picked_rows(shown, places))


def _picked(values: Sequence[Any], places: Sequence[int]) -> tuple[Any, ...]:
    return tuple(values[place] for place in places)


def _picked_rows(shown: Shown, places: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(_picked(row, places) for row in shown.rows)


def _longest_word(head: str, cells: Sequence[str]) -> float:
    words = {word for cell in cells for word in _words(cell)}
    in_cells = max((text_width(word) for word in words), default=0.0)
    return max(min(in_cells, _LONGEST), *(text_width(word, bold=True) for word in _words(head)))


def _words(text: str) -> list[str]:
    return re.split(r"[ \n\t]", text)  # a blank that does not break holds a word together


def _longest_line(cell: str) -> float:
    return max(text_width(line) for line in cell.split("\n"))


@cache
def _signs(bold: bool) -> dict[str, int]:
    from matplotlib import get_data_path

    name = "Helvetica-Bold.afm" if bold else "Helvetica.afm"
    metrics = (Path(get_data_path()) / "fonts" / "pdfcorefonts" / name).read_text("latin-1")
    return {chr(int(code)): int(wide) for code, wide in re.findall(r"^C (\d+) ; WX (\d+)", metrics, re.MULTILINE)}
