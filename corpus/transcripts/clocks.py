"""Times as people and programs write them beside words: `[00:03:12]`, `#00:03:12-5#`, `{3:12}`, `00:03:12;20`."""

import re

# Hours may lack; a fraction follows a point, a comma or (f4) a hyphen, frames a semicolon or one colon more.
CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,;:]\d{1,3})?(?:-\d{1,3}(?![\d:]))?"
RANGE = rf"{CLOCK}(?:\s*(?:-->|->|[-–—])\s*{CLOCK})?"
TIME = rf"[\[({{<⟨#]?{RANGE}[\])}}>⟩#]?"
_BEFORE = r"(?:(?:min(?:uto|uti)?|tempo|time|timecode|timestamp|tc|t|audio)\b[.:]?\s*)?"
# By points (not in round brackets, where it would be a date), by minutes' and seconds' signs, by letters.
_OTHERWISE = (
    r"\d{1,3}['’′]\s*(?:\d{1,2}(?:['’′]{2}|[\"”″])?)?|(?:\d{1,2}\s?h\s?)?\d{1,3}\s?m(?:in)?\s?\d{1,2}(?:\.\d+)?\s?s"
)
BRACKETED = (
    rf"[\[({{<⟨【]\s*{_BEFORE}(?:{RANGE}|{_OTHERWISE})\s*[\])}}>⟩】]|\#{RANGE}\#"
    r"|[\[{⟨]\d{1,2}\.\d{2}\.\d{2}(?:[,-]\d{1,3})?[\]}⟩]"
)
_WHOLE = r"\d{1,2}:\d{2}:\d{2}(?:[.,;:]\d{1,3})?(?![\w:])"
_LONG = rf"{_WHOLE}(?:\s*-->\s*{_WHOLE})?"

# Signs of heading and stress may stand round a time that fills its line.
TIME_ALONE = re.compile(rf"[\s*_]*(?:\#{{1,6}}\s+)?[\s*_]*(?P<time>{TIME}|{BRACKETED})[\s*_]*$")
# A time inside a line is bracketed; without brackets it has hours and stands at the line's beginning or end.
TIME_WITHIN = re.compile(
    rf"(?P<time>{BRACKETED})|^[^\S\n]*(?P<first>{_LONG})(?=\s)|(?<=\s)(?P<last>{_LONG})[^\S\n]*$", re.MULTILINE
)
# Where a transcript's times stand bare before its lines, those without hours do too.
TIME_OPENING = re.compile(rf"{TIME_WITHIN.pattern}|^[^\S\n]*\d{{1,3}}:\d{{2}}(?=\s)", re.MULTILINE)
_PARTS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,-](\d{1,3})(?![\d:]))?")

_POINTS = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{2})(?:[,-](\d{1,3}))?")
_LETTERS = re.compile(r"(?:(\d{1,2})\s?h\s?)?(\d{1,3})\s?(?:m(?:in)?|['’′])\s*(\d{1,2})?(?:\.(\d{1,3}))?")


def milliseconds(time: str) -> int | None:
    """Milliseconds from a clock such as `00:03:12`, `[3:12]` or `00:03:12.500`, None when there is none.

    Of a range it is the beginning; frames, whose length the text does not tell, are left out.
    """
    match = _PARTS.search(time) or _POINTS.search(time) or _LETTERS.search(time)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    in_seconds = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds or 0)
    return in_seconds * 1000 + int((fraction or "0").ljust(3, "0"))
