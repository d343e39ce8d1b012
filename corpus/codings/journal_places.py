"""Where the words of a decision stand in their transcript as it is now. Takes no other words for them."""

from dataclasses import dataclass

from corpus.codings.journal import Decision
from corpus.codings.quotations import Place, Wording, nearest


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """Where a decision's words stand now, and whether they stood elsewhere when it was made.

    Not `sure`: the text changed, or says them twice, so that they could be others.
    """

    place: Place
    moved: bool
    sure: bool


def find_passage(decision: Decision, text: Wording) -> PlaceNow | None:
    """The place in the transcript of what was coded; None where its words are gone, or nobody can tell which they are.

    They are looked for in their segment, wherever that went. Where the segment's other words were corrected, theirs
    count if they stand in one place alone.
    """
    passage = decision.passage
    segment = find_segment(decision, text)
    if passage is None or decision.context is None:
        return None
    if segment is None:
        only = text.find_only(passage.text)
        return None if only is None else PlaceNow(only, True, False)
    start = passage.start + segment.place[0] - decision.context.start
    end = start + len(passage.text)
    if text.source[start:end] == passage.text:
        return PlaceNow((start, end), segment.moved, segment.sure)
    inside = [(first, last) for first, last in text.find(passage.text) if _holds(segment.place, (first, last))]
    return PlaceNow(nearest(inside, start), True, segment.sure and len(inside) == 1) if inside else None


def find_segment(decision: Decision, text: Wording) -> PlaceNow | None:
    """The place of the segment that was decided on; None where its words are there no longer."""
    segment = decision.context
    if segment is None:
        return None
    if text.source[segment.start : segment.end] == segment.text:
        return PlaceNow((segment.start, segment.end), False, True)
    places = text.find(segment.text)
    return PlaceNow(nearest(places, segment.start), True, len(places) == 1) if places else None


def _holds(outer: Place, inner: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
