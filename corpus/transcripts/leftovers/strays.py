"""Lines amid a turn that are no sentence where all others are: headings, a program's lines whose words nobody knows."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_ENDS = re.compile(r"[.?!…,;:–—-][\"”»’')\]]*$")
_ENDS_SENTENCE = re.compile(r"[.?!…][\"”»’')\]]*$")
_WORD_IN_LOWER_CASE = re.compile(r"[a-zà-ù]")
_FEWEST = 8
_SHARE = 0.9


def find_strays(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """Lines without any sign at their end, between the end of a sentence and the beginning of one, in one turn.

    Only where lines end with signs, nine in ten; in cues only within one cue, whose sentences go on in the next.
    """
    ends = sum(_ENDS.search(line.text) is not None for line in lines)
    if ends < max(_FEWEST, _SHARE * len(lines)):
        return
    for (before, line), after in zip(pairwise(lines), lines[2:], strict=False):
        together = before.turn == line.turn == after.turn
        cut = line.start_ms is not None and (line.opens_unit or after.opens_unit)
        fresh = _ENDS_SENTENCE.search(before.text) and not _WORD_IN_LOWER_CASE.match(after.text)
        if together and fresh and not cut and not _ENDS.search(line.text):
            yield Leftover("line", line, line.text)
