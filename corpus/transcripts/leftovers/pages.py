"""Lines that come again amid turns as a page's header or footer does, and a turn that swallowed the interview."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_NUMBER = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[.?!…,;:][\"”»')\]]*$")
_TIMES = 3
_SHARE_OF_ONE = 0.8
_FEWEST_LINES = 20
_QUESTIONS = 0.15


def find_headers(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """Lines that are the same but for their numbers, three at least, each amid a turn and no sentence."""
    alike: dict[str, list[SpokenLine]] = defaultdict(list)
    for line in lines:
        if not line.opens_turn and _is_title(line.text):
            alike[_NUMBER.sub("0", line.text.casefold())].append(line)
    for group in alike.values():
        if len(group) >= _TIMES:
            yield from (Leftover("page", line, line.text) for line in group)


def _is_title(text: str) -> bool:
    return (text[0].isupper() or text[0].isdigit()) and len(text) <= 100 and not _ENDS_SENTENCE.search(text)


def find_swallowed(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """The turn that holds nearly all lines of an interview, questions among them."""
    turns: dict[int, list[SpokenLine]] = defaultdict(list)
    for line in lines:
        turns[line.turn].append(line)
    longest = max(turns.values(), key=len, default=[])
    asks = sum(line.text.endswith("?") for line in longest)
    if len(longest) >= max(_FEWEST_LINES, _SHARE_OF_ONE * len(lines)) and asks >= _QUESTIONS * len(longest):
        yield Leftover("shape", longest[0], longest[0].text)
