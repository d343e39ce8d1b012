"""Where each character of a cleaned text stands in the source it was cleaned from. Holds positions only, never text."""

import math
from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pieces of a cleaned text that are copied unchanged from the source.

    Each piece is `(clean_start, source_start, length)` in Unicode code points, sorted by `clean_start`.
    Characters of the clean text in no piece (a space put where a sign was removed) belong to the piece before them.
    """

    pieces: tuple[tuple[int, int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source range that holds clean characters `start:end` (an empty range stays empty)."""
        if not self.pieces:
            return (0, 0)
        first = self._position(start)
        return (first, first) if end <= start else (first, self._position(end - 1) + 1)

    def _position(self, clean: int) -> int:
        index = max(bisect_right(self.pieces, (clean, math.inf)) - 1, 0)
        clean_start, source_start, length = self.pieces[index]
        return source_start + min(clean - clean_start, max(length - 1, 0))
