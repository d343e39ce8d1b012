"""Page numbers amid turns, and lines that come again and again there as a page's header or footer does."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_PAGE = r"(?:p[aá]g(?:ina|g)?\.?|pp?\.|pages?|foglio|seite|str\.)\s*\|?\s*\d{1,4}"
_OF = r"\s*(?:/|\||di|of|sur|su|von|de)\s*\d{1,4}"
_ALONE = re.compile(
    rf"[^\w.?!,;:]*(?:{_PAGE}(?:{_OF})?|\d{{1,4}}{_OF}|[-–—|]\s*(?:\d{{1,4}}|[ivxlc]+)\s*[-–—|]"
    rf"|(?:segue|continua|continued|cont\.)\W(?:\w+ )?{_PAGE})[^\w?!,;:]*",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"[\[({{<]\s*{_PAGE}(?:{_OF})?\s*[\])}}>]|(?<!\w){_PAGE}{_OF}(?!\w)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[^\w?!,;:]*\d{1,4}[^\w?!,;:]*")
_NUMBER = re.compile(r"\d+")
_ENDS_CLAUSE = re.compile(r"[.?!…,;:][\"”»')\]]*$")
_TIMES = 3
_LONGEST = 100


def find_page_numbers(line: SpokenLine) -> Iterator[Leftover]:
    """`line` if it is a page number, or those in it. A number alone may be an answer: it counts amid a turn only."""
    amid = not line.opens_turn and (line.start_ms is None or not line.opens_unit)
    if _ALONE.fullmatch(line.text) or (amid and _NUMBER_ALONE.fullmatch(line.text)):
        yield Leftover("page", line, line.text)
    for match in _INSIDE.finditer(line.text):
        yield Leftover("page", line, match[0])


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
    return (text[0].isupper() or text[0].isdigit()) and len(text) <= _LONGEST and not _ENDS_CLAUSE.search(text)
