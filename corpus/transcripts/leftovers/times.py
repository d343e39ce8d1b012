"""Times of a recording that stay among the words, in whatever form programs and people write them."""

import re
from collections.abc import Iterator

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_OPEN = r"[\[({<#*|@•]"
_CLOSE = r"[\])}>#*|•]"
_SHORT = r"\d{1,3}:[0-5]\d"
_SHORT_EXACT = rf"{_SHORT}(?:[.,]\d{{1,3}})?"
_LONG = r"\d{1,2}:[0-5]\d:[0-5]\d(?:[.,:;]\d{1,3})?"
_SENTENCE_BEGINS = r"(?:^|(?<=[.?!…] ))"
_MINUTE = r"(?:al\s)?(?:min(?:ut[oi]|utes?)?|time|tempo|tc|timecode)\b\.?:?"
_MARKS = frozenset("0123456789-")

_TIME = re.compile(
    "|".join(
        (
            r"-->",
            rf"(?<![\w:.]){_LONG}(?![\w:])",  # 00:12:45.300, 01:02:03:14
            rf"{_OPEN}\s*{_SHORT_EXACT}(?:\s*[-–—]\s*{_SHORT_EXACT})?\s*{_CLOSE}",  # {12:45}, [12:45 - 12:50]
            rf"(?<![\w:]){_SHORT}\s*[\])}}>]|[\[{{<]\s*{_SHORT}(?!\d)",  # a bracket lost
            rf"[@~=]\s?{_SHORT}|(?<![\w:.])0?0:[0-5]\d(?![\d:])|(?<![\w:]){_SHORT}\s?[AP]M\b",
            rf"[\[(]\s*(?:ca\.?|circa|about|from|da)?\s*{_SHORT}\s*(?:min\w*\.?|sec\w*\.?|ca\.?|circa)?\s*[\])]",
            # Hours that people say have a word before them (`alle 10:30`): bare ones count at the edge of a sentence.
            rf"{_SENTENCE_BEGINS}{_SHORT}(?=$|\s*[-–—|]|\s[^\W\d_a-zà-ÿ])",
            rf"(?<=[.?!…] ){_SHORT}$",
            rf"[\[({{<#]\s*{_MINUTE}\s*\d{{1,3}}(?:[:.'’]\d{{2}})?[^\])}}>#\n]{{0,12}}{_CLOSE}",  # [min. 12:45]
            r"(?<!\w)\d{1,2}\s?h\s?\d{1,2}\s?(?:m(?:in)?|['’′])(?:\s?\d{1,2}\s?s(?:ec)?)?(?!\w)|\d{3,}\s?ms\b",  # 1h02m
            r"(?<!\w)\d{1,3}\s?m(?:in)?\.?\s?\d{2}\s?s(?:ec)?(?!\w)",  # 12m45s, 12 min 45 sec
            r"(?<![\w.])0?0\.[0-5]\d\.[0-5]\d(?![\w.])",  # 00.12.45
            r"[\[(]\s*\d{1,3}\s?['’′]\s?[\])]",  # [12']
            r"\[[^\w\[\]]*\d+(?:[^\w\[\]]+\d+)+[^\w\[\]]*\]",  # [00-12-45]: figures alone, whatever parts them
            r"(?<!\w)\d{1,3}\s?['’′]\s?[0-5]\d\s?(?:[\"”″]|''|’’)",  # 12'45"
            r"[\[{<#]\s*\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?\s*[\]}>#]",  # [12.45]
            r"[\[({<]\s*\d+(?:[.,]\d+)?\s*s(?:ec(?:ondi|onds)?\.?)?\s*[\])}>]",  # [765.30s]
            r"[\[({<]\s*\d+[.,]\d+\s*[-–,]\s*\d+[.,]\d+\s*s?\s*[\])}>]",  # (765.3 - 770.2)
        )
    )
)
_DATE_AND_HOUR = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[,T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\W*")


def find_times(line: SpokenLine) -> Iterator[Leftover]:
    """What in `line` has the form of a time of the recording; hours of the clock in a sentence have not."""
    if _MARKS.intersection(line.text):
        for match in _TIME.finditer(line.text):
            yield Leftover("time", line, match[0])
        if not line.opens_turn and _DATE_AND_HOUR.fullmatch(line.text):
            yield Leftover("time", line, line.text)
