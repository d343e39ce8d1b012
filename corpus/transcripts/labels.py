"""The label at the beginning of one line, in the ways people type it. Knows no other line, so it believes nothing."""

import re
from dataclasses import dataclass
from typing import Literal

from corpus.roles import role_of_label
from corpus.transcripts.text import Line

Sign = Literal["colon", "alone", "enclosed", "weak"]

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:-\d{1,3})?"
_TIME = rf"[\[(#<]?{_CLOCK}(?:\s*(?:-->|-|–)\s*{_CLOCK})?[\])#>]?"
_NAME = r"[^\s:*_\t\[\](){}<>#|\-–—•=«\"“][^:*\t\n\[\](){}<>|«»\"“”]{0,59}?"
_STRESS = r"(?:\*{1,3}|_{1,2})"
_START = (
    rf"\s*(?:[-–—•>]\s+)*(?P<heading>\#{{1,6}}\s+)?(?:(?P<time>{_TIME})\s*(?:[-–—]\s+)?)?"
    rf"(?P<number>\d{{1,4}}[.)]?\s+)?(?P<bold>{_STRESS})?\s*"
)
_MIDDLE = (
    rf"(?:\s*(?:[\[(](?P<after>{_CLOCK})[\])]|\((?P<aside>[^()\n]{{1,40}})\))|\s+(?P<later>{_CLOCK})(?=\s*:?\s*$))?"
)
_COLON = re.compile(
    rf"{_START}(?P<label>{_NAME}){_MIDDLE}\s*{_STRESS}?"
    rf"\s*(?P<sign>(?:(?<!\d):|:(?!\d))(?!//)|$)(?:{_STRESS}(?=\s|$))?[ \t]*(?:[\[(](?P<inside>{_CLOCK})[\])]\s*)?"
)
_ENCLOSED = re.compile(
    rf"{_START}(?:<(?P<angle>{_NAME})>|\[(?P<square>{_NAME})\]|\((?P<round>{_NAME})\))"
    rf"\s*{_STRESS}?\s*(?P<sign>:?){_STRESS}?\s*"
)
_WEAK = tuple(
    re.compile(rf"{_START}(?P<label>{_NAME})\s*{_STRESS}?(?P<sign>{sign})\s*")
    for sign in (r"\t+|\ {2,}", r"\s*[-–—=](?=\s)", r"[.)](?=\s)")
)
_CAPITALS = re.compile(rf"{_START}(?P<label>[^\W\d_a-zà-ÿ]{{4,}})(?P<sign>\ )(?=\S)")
_STRESSED = re.compile(rf"{_START}(?<=[*_])(?P<label>{_NAME})\s*{_STRESS}\s*(?=\S)")
TIME_ALONE = re.compile(rf"\s*(?P<time>{_TIME})\s*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\. ?){2,}")
_CLOCK_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Label:
    """What may be a speaker's label: `name`, where the words after it begin, and how it is typed.

    `sign` says what ends it: a colon, the line's end, brackets around it, or something weaker (a dash, a tab, a full
    stop, only its bold type). `marked` is a label in bold, in a heading or with a time: it is meant as one.
    """

    name: str
    text_start: int
    start_ms: int | None
    sign: Sign
    marked: bool

    @property
    def key(self) -> str:
        """The name as labels are compared."""
        return self.name.casefold()


def find_label(source: str, line: Line) -> Label | None:
    """The label that opens `line` by a colon, by standing alone, or in brackets; None when there is none."""
    enclosed = _ENCLOSED.match(source, line.start, line.end)
    if enclosed is not None:
        name = _tidy(enclosed["angle"] or enclosed["square"] or enclosed["round"])
        meant = bool(enclosed["sign"]) or enclosed["angle"] is not None
        return Label(name, enclosed.end(), _time(enclosed["time"]), "enclosed", meant) if name else None
    match = _COLON.match(source, line.start, line.end)
    if match is None:
        return None
    name = _tidy(match["label"])
    time = match["time"] or match["after"] or match["later"] or match["inside"]
    if not name or len(name.split()) > 7 or name.isdigit():
        return None
    alone = not match["sign"]
    # A cue or a recognised stretch that is one word long (`Sindaca?`) is no heading of the next one.
    if alone and (match["aside"] or line.start_ms is not None):
        return None
    # Bold that goes on after the label is the speaker's own stress, and a bold name alone fills its line.
    written = len(source[line.start : line.end].rstrip())
    bold = line.stressed >= written if alone else line.stressed <= match.end() - line.start + 1
    stressed = bool(match["bold"] or match["heading"]) or (bold and line.stressed > 0)
    # "Mario Rossi 00:12" is how transcription services write a label of its own line.
    return Label(
        name, match.end(), _time(time), "alone" if alone else "colon", stressed or (alone and time is not None)
    )


def find_weak_label(source: str, line: Line) -> Label | None:
    """A label that only a tab, wide space, dash, full stop, bracket or its bold type sets off; for want of better ones.

    Set off by a dash it must be a word of the role vocabulary; by a stop or bracket also short, or in capitals; by a
    single space it must be in capitals.
    """
    if 0 < line.stressed < line.end - line.start:
        end = line.start + line.stressed
        name, rest = _tidy(source[line.start : end]), source[end : line.end]
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


def milliseconds(time: str) -> int | None:
    """Milliseconds from a clock such as `00:03:12`, `[3:12]` or `00:03:12.500`, None when there is none."""
    match = _CLOCK_PARTS.search(time)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _time(time: str | None) -> int | None:
    return milliseconds(time) if time else None


def _tidy(name: str) -> str:
    name = " ".join(name.split()).strip(" -–—:*_")
    return name if _INITIALS.fullmatch(name) else name.rstrip(".")
