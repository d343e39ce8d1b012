"""Printed pages back into paragraphs: lines, columns, running headers, hyphens. Works on places, knows no format."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from corpus.transcripts.labels import find_label
from corpus.transcripts.text import Line
from corpus.words.roles import role_of_label

_PAGE_NUMBER = re.compile(r"\W*(?:pag(?:ina|\.)?\s*|page\s*|p\.\s*)?#(?:\s*(?:/|di|of|-)\s*#)?\W*", re.IGNORECASE)
_HYPHEN = re.compile(r"(?P<word>[^\W\d_]+)(?:-|\u00ad|\u2010)$")
_KEPT_HYPHENS = frozenset({"ex", "vice", "socio", "tecnico", "italo", "anglo", "non"})
_NOTE_MARK = re.compile(r"\s*[\[(]?(?P<mark>\d{1,3}|\*{1,3}|[†‡])[\]).]?(?:\s|(?=[^\W\d_])|$)")
_SMALL = 0.93  # of the size of the text: what footnotes are set in, at the most
_NEAR = 60.0  # points: lines that begin within two of these are of one column
_MARGIN = 0.13  # of the page's height, at its top and its bottom
_MARGIN_LINES = 3


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters on a page: where it begins, in points from the page's lower left, and its font's size."""

    text: str
    x: float
    y: float
    size: float
    stressed: bool


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page: `margin` is "top" or "bottom" in its margins, `text_x` where what follows a tab begins."""

    text: str
    x: float
    y: float
    size: float
    stressed: int
    margin: str = ""
    text_x: float = 0.0


def lines_of_page(fragments: Sequence[Fragment], bottom: float, top: float) -> list[PageLine]:
    """Lines in the order in which the page was written, columns one after the other; a wide gap becomes a tab."""
    rows: list[list[Fragment]] = []
    for fragment in fragments:
        before = rows[-1][-1] if rows else None
        if (
            before
            and abs(before.y - fragment.y) < 0.45 * max(before.size, fragment.size)
            and fragment.x >= before.x - 1
        ):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    rows = _without_references(_columns_apart(rows))
    height = max(top - bottom, 1.0)
    lines: list[PageLine] = []
    for row in rows:
        level = (row[0].y - bottom) / height
        margin = "top" if level > 1 - _MARGIN else "bottom" if level < _MARGIN else ""
        lines.append(_line(row, margin))
    return lines


def _without_references(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Rows without the small numbers that refer to a footnote of the page."""
    sizes = [_size(row) for row in rows]
    body = max(sizes, default=0.0)
    marks = (_NOTE_MARK.match(row[0].text) for row, size in zip(rows, sizes, strict=True) if size < _SMALL * body)
    notes = {mark["mark"] for mark in marks if mark is not None}
    return [_without_small(row, notes, size) if row[1:] else row for row, size in zip(rows, sizes, strict=True)]


def _without_small(row: Sequence[Fragment], notes: Collection[str], size: float) -> list[Fragment]:
    """The row, whose text is of this size, without what is smaller and the number of one of the notes."""
    return [part for part in row if part.size >= 0.8 * size or part.text.strip() not in notes]


def _size(row: Sequence[Fragment]) -> float:
    """The size of most of its characters."""
    sizes = Counter[float]()
    for part in row:
        sizes[part.size] += len(part.text)
    return sizes.most_common(1)[0][0]


def _gap(before: Fragment, after: Fragment) -> float:
    """The width between two fragments in widths of a letter, which is about half the size of its font."""
    return (after.x - before.x) / (0.5 * before.size) - len(before.text)


def _columns_apart(rows: list[list[Fragment]]) -> list[list[Fragment]]:
    """Rows that a program wrote straight across two columns of prose, taken apart; a table of short names stays."""
    splits: list[int] = []
    for row in rows:
        wide = [number for number in range(1, len(row)) if _gap(row[number - 1], row[number]) > 2]
        splits.append(wide[0] if len(wide) == 1 else 0)
    right = Counter(round(row[at].x / 4) for row, at in zip(rows, splits, strict=True) if at)
    if not right:
        return rows
    # Two columns of prose have their gap at one place in most rows, and several words at its left. A table of names
    # and answers has the gap too, but its names are short: there a row is read across.
    column, times = right.most_common(1)[0]
    left_words = [
        _count_words(row[:at]) for row, at in zip(rows, splits, strict=True) if at and abs(row[at].x / 4 - column) <= 1
    ]
    if times < 4 or times * 2 < len(rows) or median(left_words) < 4:
        return rows
    first: list[list[Fragment]] = []
    second: list[list[Fragment]] = []
    for row, at in zip(rows, splits, strict=True):
        if at and abs(row[at].x / 4 - column) <= 1:
            first.append(row[:at])
            second.append(row[at:])
        elif row[0].x / 4 >= column - 1:
            second.append(row)
        else:
            first.append(row)
    return first + second


def _count_words(parts: Sequence[Fragment]) -> int:
    return len("".join(part.text for part in parts).split())


def _line(row: Sequence[Fragment], margin: str) -> PageLine:
    text = ""
    stressed = 0
    open_stress = True  # all that was written so far is stressed
    text_x = 0.0
    for number, part in enumerate(row):
        if number and _gap(row[number - 1], part) > 2 and text.strip():
            text = f"{text.rstrip()}\t{part.text.lstrip()}"
            text_x = part.x
        else:
            text += part.text
        if open_stress and part.stressed:
            stressed = len(text.rstrip())
        elif part.text.strip():
            open_stress = False
    lead = len(text) - len(text.lstrip())
    return PageLine(text.strip(), row[0].x, row[0].y, _size(row), max(0, stressed - lead), margin, text_x)


def without_margins(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The pages without page numbers and running headers and footers.

    A running line comes back at the same height in the margins of at least half of the pages, is nowhere in their
    body, and has nothing but such lines between it and the page's edge.
    """
    outer = [_outer(page) for page in pages]
    # Once a page: what stands twice on one page is no running line for that.
    running = Counter(chain.from_iterable(_keys(edges) for edges in outer))
    body = {_key(line)[0] for page in pages for line in page if not line.margin}
    often = max(2, sum(bool(page) for page in pages) / 2)
    bodies: list[list[PageLine]] = []
    for page, edges in zip(pages, outer, strict=True):
        dropped: set[int] = set()
        for edge in edges:
            for line in edge:
                key = _key(line)
                if not _PAGE_NUMBER.fullmatch(key[0]) and (running[key] < often or key[0] in body):
                    break
                dropped.add(id(line))
        bodies.append([line for line in page if id(line) not in dropped])
    return bodies


def _keys(edges: tuple[list[PageLine], list[PageLine]]) -> set[tuple[str, int]]:
    return {_key(line) for line in chain(*edges)}


def _outer(page: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """The lines of the upper and of the lower margin, from the page's edge inwards."""
    top = sorted((line for line in page if line.margin == "top"), key=lambda line: -line.y)[:_MARGIN_LINES]
    bottom = sorted((line for line in page if line.margin == "bottom"), key=lambda line: line.y)[:_MARGIN_LINES]
    return top, bottom


def _key(line: PageLine) -> tuple[str, int]:
    """What makes two lines the same running line: the text but for its numbers, and the height."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())), round(line.y / 3)


def without_footnotes(pages: Sequence[Sequence[PageLine]]) -> tuple[list[list[PageLine]], list[str]]:
    """The pages without their footnotes, and these: lines in smaller type under all others of their page.

    Type that is also used further up a page is no type of footnotes: answers may be set smaller than questions.
    """
    sizes = Counter[float]()
    for line in (line for page in pages for line in page):
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    feet = [_foot(page, _SMALL * body) for page in pages]
    at_foot = Counter[float]()
    for line in (line for foot in feet for line in foot):
        at_foot[line.size] += len(line.text)
    of_notes = {size for size in at_foot if at_foot[size] > 0.6 * sizes[size]}
    bodies: list[list[PageLine]] = []
    notes: list[str] = []
    for page, foot in zip(pages, feet, strict=True):
        lines = [line for line in foot if line.size in of_notes]
        dropped = {id(line) for line in lines}
        bodies.append([line for line in page if id(line) not in dropped])
        notes += _notes(lines)
    return bodies, notes


def _foot(page: Sequence[PageLine], small: float) -> list[PageLine]:
    """The lines in small type under all others of their column, from the top."""
    lowest: dict[int, float] = {}
    for line in (line for line in page if line.size >= small):
        column = int(line.x // _NEAR)
        lowest[column] = min(line.y, lowest.get(column, line.y))
    foot: list[PageLine] = []
    for line in (line for line in page if line.size < small):
        column = int(line.x // _NEAR)
        above = [lowest[beside] for beside in range(column - 2, column + 3) if beside in lowest]
        if above and line.y < min(above):
            foot.append(line)
    return sorted(foot, key=lambda line: (round(line.x / 2 / _NEAR), -line.y))


def _notes(lines: Sequence[PageLine]) -> Iterator[str]:
    note: list[PageLine] = []
    for line in lines:
        if note and _NOTE_MARK.match(line.text):
            yield _joined(note, Counter())[0]
            note = []
        note.append(line)
    if note:
        yield _joined(note, Counter())[0]


def join_paragraphs(pages: Sequence[Sequence[PageLine]]) -> Iterator[tuple[str, int]]:
    """Each paragraph as one line of text, and how many of its first characters are stressed.

    A paragraph begins after a wider space, with an indented line, after a line that ends before the next word would
    not have fitted, and with a label that begins paragraphs elsewhere. Pages and columns do not part paragraphs.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return
    steps = [before.y - line.y for before, line in pairwise(lines)]
    leading = median([step for step in steps if 0 < step < 60] or [1.0])
    longest = sorted(len(line.text) for line in lines)[int(len(lines) * 0.95)]
    margin = Counter(round(line.x / 3) for line in lines).most_common(1)[0][0] * 3.0
    words = Counter(word for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text.casefold()))
    opens = [True]
    for before, line in pairwise(lines):
        step = before.y - line.y
        # A line with room left for the next one's first word was ended by its writer and not by the margin; but a word
        # broken over two lines is one word, however much room there was.
        broken_word = _HYPHEN.search(before.text) is not None and line.text[:1].islower()
        fits = len(before.text) + 1 + len(line.text.split()[0]) < 0.82 * longest and not broken_word
        # What is set under the text after a label's tab goes on with it, however far from the margin it begins.
        hanging = before.text_x and abs(line.x - before.text_x) < 0.6 * line.size
        indented = line.x > margin + 0.8 * line.size and line.x > before.x + 0.8 * line.size and not hanging
        spaced = step > 1.3 * leading
        # From one column or page to the next, heights and margins say nothing.
        jumps = step <= 0 or step > 5 * leading
        resized = abs(line.size - before.size) > 0.15 * before.size
        opens.append(resized or fits or line.text_x > 0 or ((indented or spaced) and not jumps))
    names = _speakers(lines, opens)
    paragraph: list[PageLine] = []
    for line, opening in zip(lines, opens, strict=True):
        if paragraph and (
            opening or _label_name(line) in names or (line.stressed and not _stressed_through(paragraph))
        ):
            yield _joined(paragraph, words)
            paragraph = []
        paragraph.append(line)
    yield _joined(paragraph, words)


def _speakers(lines: Sequence[PageLine], opens: Sequence[bool]) -> set[str]:
    """Names whose label begins a paragraph wherever it begins a line: they do elsewhere, come back, or name a role."""
    names = [_label_name(line) for line in lines]
    opening = {name for name, opening in zip(names, opens, strict=True) if name and opening}
    times = Counter(name for name in names if name and name[0].isupper())
    return opening | {name for name in times if times[name] > 1 or role_of_label(name)}


def _label_name(line: PageLine) -> str | None:
    label = find_label(line.text, Line(0, len(line.text)))
    return label.name if label is not None and label.sign == "colon" else None


def _stressed_through(paragraph: Sequence[PageLine]) -> bool:
    return paragraph[-1].stressed >= len(paragraph[-1].text)


def _joined(paragraph: Sequence[PageLine], words: Counter[str]) -> tuple[str, int]:
    text = paragraph[0].text
    stressed = paragraph[0].stressed
    for line in paragraph[1:]:
        through = stressed >= len(text)
        hyphen = _HYPHEN.search(text)
        if hyphen and line.text[:1].islower() and not _keeps_hyphen(hyphen["word"], line.text, words):
            text = text[: hyphen.end("word")]
        elif not hyphen or not line.text[:1].isalpha():
            text += " "
        stressed = len(text) + line.stressed if through else stressed
        text += line.text
    return text, stressed


def _keeps_hyphen(word: str, following: str, words: Counter[str]) -> bool:
    """Whether the hyphen belongs to the word (`socio-economico`) and not to the line's end."""
    rest = re.match(r"\w+", following.casefold())
    return word.casefold() in _KEPT_HYPHENS or (rest is not None and words[f"{word.casefold()}-{rest[0]}"] > 0)
