"""From a place in another program's text to the same words in a transcript. Knows no code and no file.

Programs count differently: code points or UTF-16 units, line ends CR LF as one or two, the byte order mark or not. And
their text of a Word file has other line ends, labels and blanks than ours, but the same letters in the same order.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import takewhile

from corpus.codings.quotations import Place, Wording, letters, with_signs
from corpus.refi.project import Selection
from corpus.words.spelling import tidy

_FILLER = "\0"  # stands for the second half of a character of two UTF-16 units
_CONTEXT = 40
_ENDS = 20
_SLACK = 200
_KNOWN = 20  # letters of the passage and its neighbours: fewer may stand where other words were corrected away


def place_finder(
    raw: str, selections: Sequence[Selection], text: Wording, *, standard: bool
) -> Callable[[Selection], Place | None]:
    """A function that finds a selection of the program's text `raw` in a transcript; None where it is not.

    `selections` are all those of the text, from which its way of counting is known, unless it is the `standard`'s. What
    is not found by its place is looked for by its words.
    """
    counted = raw if standard else as_counted(raw, selections)
    find = finder(counted, text.source)
    return lambda selection: find(selection) or _by_words(selection, counted, text)


def _by_words(selection: Selection, counted: str, text: Wording) -> Place | None:
    """The only place of what was selected, or else of the words it is named after, however they are typed."""
    quotes = (selected(selection, counted), selection.words)
    return next((place for place in map(text.find_only, quotes) if place is not None), None)


def as_counted(raw: str, selections: Sequence[Selection]) -> str:
    """The text in which the selections' positions count, so that slices of it are what was selected.

    Of the ways to count that in which most selections hold the words they are named after, and begin and end where
    words do; of equals the standard's own comes first: code points, no mark, a line end as one character.
    """
    plain = raw.removeprefix("\ufeff")
    ways = [plain.replace("\r\n", "\n"), plain, raw.replace("\r\n", "\n"), raw]
    if any(ord(sign) > 0xFFFF for sign in raw):
        ways += list(map(_in_utf16_units, ways))
    placed = [selection for selection in selections if selection.start >= 0]
    return max(dict.fromkeys(ways), key=lambda way: sum(_fits(way, selection) for selection in placed))


def _in_utf16_units(text: str) -> str:
    return "".join(sign + _FILLER if ord(sign) > 0xFFFF else sign for sign in text)


def selected(selection: Selection, counted: str) -> str:
    """The words of the selection, "" where its positions are none of the text."""
    inside = 0 <= selection.start < selection.end <= len(counted)
    return counted[selection.start : selection.end].replace(_FILLER, "") if inside else ""


def finder(counted: str, source: str) -> Callable[[Selection], Place | None]:
    """A function that finds a selection of `counted` in `source`: the place of its words, None where they are not.

    Where both texts are the same but for line ends and composition, the very same characters. Else the same letters,
    with the punctuation around them where it is the same: the occurrence in the likest context, then the nearest.
    """
    if tidy(counted.replace(_FILLER, "").removeprefix("\ufeff")) == source:
        return lambda selection: _same_place(selection, counted)
    theirs, their_places = letters(counted)
    ours, our_places = letters(source)

    def find(selection: Selection) -> Place | None:
        if not 0 <= selection.start < selection.end <= len(counted):
            return None
        first = bisect_left(their_places, selection.start)
        last = bisect_left(their_places, selection.end)
        same = _letters_at(theirs, first, last, ours)
        if same is None:
            return None
        place = our_places[same[0]], our_places[same[1] - 1] + 1
        return with_signs(selected(selection, counted), place, source)

    return find


def _same_place(selection: Selection, counted: str) -> Place | None:
    if not 0 <= selection.start < selection.end <= len(counted):
        return None
    start = _length(counted[: selection.start])
    end = _length(counted[: selection.end])
    return (start, end) if start < end else None


def _letters_at(theirs: str, first: int, last: int, ours: str) -> Place | None:
    if first == last:
        return None
    if theirs == ours:
        return first, last
    quote = theirs[first:last]
    before = theirs[max(0, first - _CONTEXT) : first]
    after = theirs[last : last + _CONTEXT]

    def likeness(place: Place) -> tuple[int, int]:
        start, end = place
        before_here = ours[max(0, start - _CONTEXT) : start]
        after_here = ours[end : end + _CONTEXT]
        in_common = _common(before[::-1], before_here[::-1]) + _common(after, after_here)
        return -in_common, abs(start - first)

    places = [(start, start + len(quote)) for start in _occurrences(quote, ours)] or _around(quote, ours)
    likest = min(places, key=likeness, default=None)
    known = len(quote) - likeness(likest)[0] if likest else 0
    return likest if known >= min(_KNOWN, len(theirs)) else None


def _around(quote: str, ours: str) -> list[Place]:
    """Places that begin and end as the quote does, with up to some 200 letters (labels, times) more or less inside."""
    if len(quote) < 2 * _ENDS:
        return []
    places = []
    for start in _occurrences(quote[:_ENDS], ours):
        end = ours.find(quote[-_ENDS:], start + _ENDS, start + len(quote) + _SLACK)
        if end >= 0 and abs(end + _ENDS - start - len(quote)) <= _SLACK:
            places.append((start, end + _ENDS))
    return places


def _occurrences(quote: str, ours: str) -> list[int]:
    starts: list[int] = []
    start = ours.find(quote)
    while start >= 0:
        starts.append(start)
        start = ours.find(quote, start + 1)
    return starts


def _fits(text: str, selection: Selection) -> int:
    start = selection.start
    end = selection.end
    if not 0 <= start < end <= len(text):
        return -5
    words = " ".join(text[start:end].replace(_FILLER, "").split())
    named = " ".join(selection.words.split()).rstrip(".…")
    begins_as_named = 5 if len(named) > 3 and words.startswith(named) else 0
    cut = _inside_word(text, start) + _inside_word(text, end)
    halved = (text[start] == _FILLER) + (end < len(text) and text[end] == _FILLER)
    return begins_as_named - cut - halved - text[start].isspace() - text[end - 1].isspace()


def _inside_word(text: str, edge: int) -> bool:
    return 0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum()


def _length(text: str) -> int:
    return len(tidy(text.replace(_FILLER, "").removeprefix("\ufeff")))


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
