"""Stretches of a text put in the place of others, and where each character went. Finds nothing itself."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.alignment import Alignment


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text[start:end]`, an original, becomes `pseudonym`; `kind` is PERSONA, TELEFONO ..."""

    start: int
    end: int
    pseudonym: str
    kind: str


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sorted by position; of edits that share a character the longer stays, of equals the earlier one."""
    apart: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start - edit.end, edit)):
        if not any(edit.start < other.end and other.start < edit.end for other in apart):
            apart.append(edit)
    return tuple(sorted(apart))


class Edited:
    """A text after its edits: `text`, and where positions of the original went.

    `edits` must be sorted and free of overlaps. Positions are Unicode code points.
    """

    def __init__(self, original: str, edits: Iterable[Edit]):
        self.edits = tuple(edits)
        assert all(one.end <= other.start for one, other in pairwise(self.edits))
        parts: list[str] = []
        self._old = [edit.start for edit in self.edits]
        self._new: list[int] = []
        done = length = 0
        for edit in self.edits:
            length += edit.start - done
            self._new.append(length)
            parts += [original[done : edit.start], edit.pseudonym]
            length += len(edit.pseudonym)
            done = edit.end
        self.text = "".join([*parts, original[done:]])

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where `original[start:end]` stands in `text`; one that cuts into an original takes its pseudonym."""
        return self._forward(start, False), self._forward(end, True)

    def pieces(self) -> Iterator[tuple[int, int, int]]:
        """`(new_start, old_start, length)` of every stretch that was left as it was and is not empty."""
        new = old = 0
        for edit, start in self.places():
            if edit.start > old:
                yield new, old, edit.start - old
            new = start + len(edit.pseudonym)
            old = edit.end
        if len(self.text) > new:
            yield new, old, len(self.text) - new

    def places(self) -> Iterator[tuple[Edit, int]]:
        """Each edit with the position of its pseudonym in `text`."""
        return zip(self.edits, self._new, strict=True)

    def _forward(self, position: int, is_end: bool) -> int:
        # The last edit that begins at or before the position: before it the text moved by what earlier edits added, in
        # it there is nothing of the original left, so that a beginning goes to the pseudonym's and an end to its end.
        index = bisect_right(self._old, position) - 1
        if index >= 0 and is_end and self._old[index] == position:
            index -= 1  # a range that ends where an original begins does not touch it
        if index < 0:
            return position
        edit = self.edits[index]
        new = self._new[index]
        if position >= edit.end:
            return new + len(edit.pseudonym) + position - edit.end
        return new + len(edit.pseudonym) if is_end else new


def edited_alignment(alignment: Alignment, clean: Edited, source: Edited) -> Alignment:
    """The alignment of a turn's edited clean text to the edited source.

    Every edit of `clean` must stand in `source` too, at the place where `alignment` leads it.
    """
    pieces: list[tuple[int, int, int]] = []
    for new, old, length in clean.pieces():
        for clean_start, source_start, size in alignment.pieces:
            begin = max(clean_start, old)
            end = min(clean_start + size, old + length)
            if begin < end:
                at = source_start + begin - clean_start
                pieces.append((new + begin - old, source.moved(at, at + end - begin)[0], end - begin))
    for edit, new in clean.places():
        start, end = alignment.to_source(edit.start, edit.end)
        pieces.append((new, source.moved(start, end)[0], len(edit.pseudonym)))
    first = source.moved(*alignment.to_source(0, 0))[0]
    return Alignment(tuple(sorted(pieces)) or ((0, first, 0),))
