"""What is drawn on a page of a PDF: runs of characters, upright and each once, and what stands beside them."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.transcripts.page_layout import Fragment
from corpus.words.spelling import tidy

_MOST_FORMS = 1_000  # drawn on one page, each in full; a letterhead takes one or two
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SLANT = 20  # degrees: a page scanned askew; what slants more is a stamp or stands in the margin
_UNMOVED = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
_REMARKS = frozenset(str.split("/Text /FreeText /Highlight /Underline /StrikeOut /Squiggly /Caret"))


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page, turned as most of its text reads: its runs of characters, how high it is, and the notes beside them."""

    fragments: list[Fragment]
    bottom: float
    top: float
    notes: list[str]


def read_page(page: Any) -> DrawnPage:
    """What is drawn on a page of pypdf's. Raises ValueError when it draws forms within forms without end."""
    runs = _runs(page, 0)
    directions = Counter[int]()
    for angle, run in runs:
        directions[round(angle / 90) % 4] += len(run.text)
    turned = -90 * directions.most_common(1)[0][0] if directions else 0
    corners = [_turned(x, y, turned)[1] for x in page.mediabox[::2] for y in page.mediabox[1::2]]
    if turned:  # read again, since pypdf sees the spaces between words only where text reads from left to right
        runs = _runs(page, turned)
    upright = [run for angle, run in runs if _is_upright(angle)]
    aside = " ".join(" ".join(run.text for angle, run in runs if not _is_upright(angle)).split())
    return DrawnPage(_plainly(upright), min(corners), max(corners), [*filter(None, [aside]), *_remarks(page)])


def _runs(page: Any, turned: int) -> list[tuple[float, Fragment]]:
    """The runs of characters with the angle at which they read, the page turned by so many degrees."""
    runs: list[tuple[float, Fragment]] = []

    def collect(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text.strip():
            return
        x, y = _place(cm, tm)
        right = tm[0] * cm[0] + tm[1] * cm[2]
        up = tm[0] * cm[1] + tm[1] * cm[3]
        height = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]) or 1.0
        name = str((font or {}).get("/BaseFont", ""))
        stressed = any(word in name for word in ("Bold", "Italic", "Oblique", "Black", "Semibold"))
        for part in tidy(text.translate(_LIGATURES)).split("\n"):
            if part.strip():
                run = Fragment(part, x, y, max(abs(size) * height, 1.0), stressed)
                runs.append((math.degrees(math.atan2(up, right)), run))

    shown = _Shown(_turning(turned))
    page.extract_text(visitor_text=collect, visitor_operand_before=shown.see)
    if shown.forms > _MOST_FORMS:  # pypdf goes on after what a form raised
        raise ValueError("too many forms")
    return runs


@dataclass
class _Shown:
    """Sees each operation before it is carried out, and takes away text that was drawn at that place already.

    Some programs draw text twice, a little apart, for bold type or a shadow. pypdf begins the page and each form in it
    at the page's corner; what is drawn there goes to its place when the matrix that pypdf begins with is changed.
    """

    base: list[float]
    forms: int = 0
    size: float = 12.0
    nth: int = 0  # text shown since the last move; where a run goes on without one its place is not known
    places: dict[tuple[int, str], list[tuple[float, float]]] = field(default_factory=dict)

    def see(self, operator: bytes, operands: list[Any], cm: list[float], tm: list[float]) -> None:
        if cm == _UNMOVED:
            cm[:] = self.base
        if operator == b"Do":
            self.base = [*cm]
            self.forms += 1
            if self.forms > _MOST_FORMS:  # forms within forms can ask for billions
                raise ValueError("too many forms")
        elif operator == b"Tf":
            self.size = float(operands[1]) if len(operands) > 1 and isinstance(operands[1], int | float) else self.size
        elif operator in (b"BT", b"Td", b"TD", b"Tm", b"T*", b"'", b'"'):
            self.nth = 0
        elif operator in (b"Tj", b"TJ"):
            self.nth += 1
            if self._is_drawn(_letters(operands), *_place(cm, tm), abs(self.size) * math.hypot(*_up(cm, tm))):
                operands.clear()

    def _is_drawn(self, text: str, x: float, y: float, size: float) -> bool:
        places = self.places.setdefault((self.nth, text), [])
        shift = size * (0.12 if len(text) <= 2 else 0.35)  # two narrow letters follow each other at a fifth of the size
        if text and any(math.hypot(x - before_x, y - before_y) < shift for before_x, before_y in places[-20:]):
            return True
        places.append((x, y))
        return False


def _letters(operands: list[Any]) -> str:
    shown = operands[0] if operands else []
    parts = shown if isinstance(shown, list) else [shown]
    return "".join(part if isinstance(part, str) else part.hex() for part in parts if isinstance(part, str | bytes))


def _place(cm: list[float], tm: list[float]) -> tuple[float, float]:
    return tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]


def _up(cm: list[float], tm: list[float]) -> tuple[float, float]:
    return tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3]


def _turning(angle: int) -> list[float]:
    """The matrix that turns a page, a hair away from any that leaves it as it is."""
    cosine = round(math.cos(math.radians(angle)))
    sine = round(math.sin(math.radians(angle)))
    return [cosine, sine, -sine, cosine, 0.001, 0.001]


def _turned(x: float, y: float, angle: int) -> tuple[float, float]:
    return _place(_turning(angle), [1, 0, 0, 1, float(x), float(y)])


def _is_upright(angle: float) -> bool:
    return abs(angle) <= _SLANT


def _plainly(runs: list[Fragment]) -> list[Fragment]:
    """The runs; a page all in bold or italics stresses nothing."""
    letters = Counter[bool]()
    for run in runs:
        letters[run.stressed] += len(run.text)
    if letters[True] <= 0.8 * (letters[True] + letters[False]):
        return runs
    return [Fragment(run.text, run.x, run.y, run.size, False) for run in runs]


def _remarks(page: Any) -> Iterator[str]:
    """What readers wrote on the page: comments, and boxes typed over it."""
    for annotation in page.annotations or ():
        remark = annotation.get_object()
        text, author = (" ".join(str(remark.get(key, "")).split()) for key in ("/Contents", "/T"))
        if text and str(remark.get("/Subtype")) in _REMARKS:
            yield f"{author}: {text}" if author else text
