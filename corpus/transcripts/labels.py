"""The label at the beginning of one line, in the ways people type it. Knows no other line, so it believes nothing."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.transcripts.clocks import BRACKETED, CLOCK, RANGE, TIME, milliseconds
from corpus.transcripts.text import Line
from corpus.words.roles import role_of_label

Sign = Literal["colon", "alone", "timed", "enclosed", "weak"]

_NAME = r"[^\s:*_\t\[\](){}<>#|\-–—•=«\"“⟨][^:*\t\n\[\](){}<>|«»\"“”⟨⟩]{0,59}?"
_STRESS = r"(?:\*{1,3}|_{1,2})"
_START = (
    rf"\s*(?:[-–—•>]\s+)*(?P<heading>\#{{1,6}}\s+|\#(?=[^\W\d_]))?(?:(?P<time>{TIME})\s*(?:[-–—]\s+)?)?"
    rf"(?P<number>\d{{1,4}}[.)]?\s+)?(?P<bold>{_STRESS})?\s*"
)
_ASIDE = r"(?:\s*[(\[{](?P<aside>[^()\[\]{}\n]{1,40})[)\]}])?"
_MIDDLE = (
    rf"(?:\s*[\[({{](?P<after>{CLOCK})[\])}}]"
    rf"|{_ASIDE}(?:\s*[\[({{](?P<later>{CLOCK})[\])}}]|\s+(?P<last>{CLOCK})(?=\s*:?\s*$))?)"
)
_COLON = re.compile(
    rf"{_START}(?P<label>{_NAME}){_MIDDLE}\s*{_STRESS}?"
    rf"\s*(?P<sign>(?:(?<!\d)::?|:(?!\d))(?!//)|$)(?:{_STRESS}(?=\s|$))?[ \t]*"
    rf"(?:(?P<inside>{BRACKETED}|\d{{1,2}}:\d{{2}}:\d{{2}}(?![\w:]))\s*(?:[-–—]\s+)?)?"
)
# A line that a program fills with who speaks and since when, however people call themselves: `de Rossi, Anna   0:03`.
_HEADING = re.compile(
    rf"\s*{_STRESS}?(?P<label>(?:\+(?=\d)|[^\W_](?=[^\n]*[^\W\d_]))[^\n\t]{{0,79}}?){_STRESS}?"
    rf"(?P<gap>\s{{2,}}|\t+|\s)[\[(]?(?P<time>{RANGE})[\])]?\s*$"
)
_BRACKETED_END = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]$")
_TIMED = re.compile(
    rf"{_START}(?P<label>{_NAME})\s*{_STRESS}?\s*[\[({{](?P<after>{CLOCK})[\])}}]{_STRESS}?\s*(?:[-–—]\s+)?(?=\S)"
)
_TAG = rf"(?P<name>{_NAME})(?:[\s,;|]+(?P<within>{CLOCK}))?\s*"
_ENCLOSED = re.compile(
    rf"{_START}(?P<open>[<\[({{⟨【])\s*{_TAG}[>\])}}⟩】]\s*{_STRESS}?(?:(?P<after>{RANGE})\s*$)?(?P<sign>:?){_STRESS}?\s*"
)
_WEAK = tuple(
    re.compile(rf"{_START}(?P<label>{_NAME})\s*{_STRESS}?(?P<sign>{sign})\s*")
    for sign in (r"\t+|\ {2,}", r"\s*[-–—=](?=\s)", r"[.)](?=\s)")
)
_CAPITALS = re.compile(rf"{_START}(?P<label>[^\W\d_a-zà-ÿ]{{4,}})(?P<sign>\ )(?=\S)")
_STRESSED = re.compile(rf"{_START}(?<=[*_])(?P<label>{_NAME})\s*{_STRESS}\s*(?=\S)")
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?){2,}")
# How Zoom's chat names who writes to whom.
_WRITES_TO = re.compile(r"(?:from|da)\s+(?P<name>.+?)(?:\s+(?:to|a)\s+\S.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a speaker's label: `name`, where the words after it begin, and how it is typed.

    `sign` says what ends it: a colon, the line's end, a time before what is said, brackets around it, or something
    weaker (a dash, a tab, a full stop, only its bold type). `marked` is a label in bold, in a heading or with a time:
    it is meant as one. `wide` is a name parted by a wide space from the time that ends its line: a program wrote it.
    `aside` is what stands in brackets after the name, which as a rule is no part of it: `Anna (ridendo):`.
    """

    name: str
    text_start: int
    start_ms: int | None
    sign: Sign
    marked: bool
    wide: bool = False
    aside: str = ""

    @property
    def key(self) -> str:
        """The name as labels are compared."""
        return self.name.casefold()


def find_label(source: str, line: Line) -> Label | None:
    """The label that opens `line` by a colon, a time, by standing alone, or in brackets; None when there is none."""
    enclosed = _ENCLOSED.match(source, line.start, line.end)
    if enclosed is not None:
        return _enclosed_label(enclosed)
    match = _COLON.match(source, line.start, line.end)
    name = _tidy(match["label"]) if match else ""
    if match is None or not name or len(name.split()) > 7 or name.isdigit():
        return _timed_label(source, line)
    time = match["time"] or match["after"] or match["later"] or match["last"] or match["inside"]
    alone = not match["sign"]
    # A cue or a recognised stretch that is one word long (`Sindaca?`) is no heading of the next one.
    if alone and ((match["aside"] and not time) or line.start_ms is not None):
        return None
    # Bold that goes on after the label is the speaker's own stress, and a bold name alone fills its line.
    written = len(source[line.start : line.end].rstrip())
    within = match.end("label") - line.start <= line.stressed + 1 and line.stressed <= match.end() - line.start + 1
    bold = line.stressed >= written if alone else within
    # A line in bold from its label to its end is a question, not a label.
    throughout = line.stressed >= written > match.end() - line.start + 3
    stressed = (bool(match["bold"] or match["heading"]) and not throughout) or (bold and line.stressed > 0)
    writes_to = _WRITES_TO.fullmatch(name) if match["time"] else None
    # "Mario Rossi 00:12" is how transcription services write a label of its own line.
    return Label(
        _tidy(writes_to["name"]) if writes_to else name,
        match.end(),
        _time(time),
        "alone" if alone else "colon",
        stressed or (alone and time is not None) or writes_to is not None,
        wide=alone and match["last"] is not None and match.start("last") - match.end("label") > 1,
        aside=match["aside"] or "",
    )


def _enclosed_label(match: re.Match[str]) -> Label | None:
    name = _tidy(match["name"])
    time = match["time"] or match["within"] or match["after"]
    meant = bool(match["sign"] or match["after"] or match["within"] or match["open"] == "<")
    return Label(name, match.end(), _time(time), "enclosed", meant) if name else None


def _timed_label(source: str, line: Line) -> Label | None:
    heading = _HEADING.match(source, line.start, line.end)
    if heading is not None:
        bare = _BRACKETED_END.sub("", heading["label"])
        aside = heading["label"][len(bare) :].strip(" ()[]{}")
        name = _tidy(bare)
        wide = heading["gap"] != " "
        return Label(name, line.end, _time(heading["time"]), "alone", wide, wide, aside) if name else None
    match = _TIMED.match(source, line.start, line.end)
    if match is None or not _tidy(match["label"]):
        return None
    return Label(_tidy(match["label"]), match.end(), _time(match["after"]), "timed", True)


def find_weak_label(source: str, line: Line) -> Label | None:
    """A label that only a tab, wide space, dash, full stop, bracket or its bold type sets off; for want of better ones.

    Set off by a dash it must be a word of the role vocabulary; by a stop or bracket also short, or in capitals; by a
    single space it must be in capitals.
    """
    if 0 < line.stressed < line.end - line.start:
        end = line.start + line.stressed
        name = _tidy(source[line.start : end])
        rest = source[end : line.end]
        if name and len(name) <= 40:
            return Label(name, line.end - len(rest.lstrip()), None, "weak", True)
    match = _STRESSED.match(source, line.start, line.end)
    if match is not None:
        return Label(_tidy(match["label"]), match.end(), _time(match["time"]), "weak", True)
    for number, pattern in enumerate((*_WEAK, _CAPITALS)):
        match = pattern.match(source, line.start, line.end)
        name = _tidy(match["label"]) if match else ""
        if match and name and (number == 0 or _names_a_role(name, short=number == 2)):
            return Label(name, match.end(), _time(match["time"]), "weak", False)
    return None


def _names_a_role(name: str, *, short: bool) -> bool:
    return role_of_label(name) is not None and (not short or len(name) <= 4 or name.isupper())


def _time(time: str | None) -> int | None:
    return milliseconds(time) if time else None


def _tidy(name: str) -> str:
    name = " ".join(name.split()).strip(" -–—:*_")
    return name if _INITIALS.fullmatch(name) else name.rstrip(".")
