"""Words that a program wrote several times: rolling captions, loops of a recogniser, text drawn or pasted twice."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.?!…][\"”»')\]]*$")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!…]) ")
_DOUBLED_LETTERS = re.compile(r"(?<!\w)(?:([^\W\d_])\1+){3,}(?!\w)", re.IGNORECASE)
# How often in a row so many words come before it is no speaker's emphasis; in real interviews people say `sì` eleven
# times, `mh mh` six times, four words four times, and eight words twice.
_TIMES = {1: 14, 2: 8, 3: 6, 4: 6, 5: 4, 6: 3, 7: 3, 8: 3}
_SENTENCE_WORDS = 6  # a whole sentence, full stop and all, is not said twice
_LONGEST = 60
_DOUBLED_WORDS = 5
_PASTED_WORDS = 10


def find_repetitions(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """Lines whose words were there just before, in ways in which nobody speaks."""
    words = [_folded_words(line.text) for line in lines]
    numbers = {
        *_loops(lines, words),
        *(number for number, line in enumerate(lines) if _is_doubled(line.text, words[number])),
        *_sentences_again(lines),
        *_rolled_up(words),
        *_pasted(words),
    }
    for number in sorted(numbers):
        yield Leftover("repetition", lines[number], lines[number].text)


def _folded_words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _loops(lines: Sequence[SpokenLine], words: Sequence[list[str]]) -> Iterator[int]:
    """Lines in which a stretch of a speaker's words comes again and again at once, there or over several lines."""
    for _, turn in groupby(range(len(lines)), key=lambda number: lines[number].turn):
        numbers = list(turn)
        stream = [(word, number) for number in numbers for word in words[number]]
        for end in _ends_of_loops([word for word, _ in stream]):
            yield stream[end][1]


def _ends_of_loops(words: Sequence[str]) -> Iterator[int]:
    sizes = set()
    last: dict[str, int] = {}
    for number, word in enumerate(words):
        if word in last and number - last[word] <= _LONGEST:
            sizes.add(number - last[word])
        last[word] = number
    for size in sizes:
        enough = size * (_TIMES.get(size, 2) - 1)
        run = 0
        for number in range(size, len(words)):
            run = run + 1 if words[number] == words[number - size] else 0
            if run >= enough:
                yield number


def _sentences_again(lines: Sequence[SpokenLine]) -> Iterator[int]:
    """Lines with a whole sentence that stands just before it, there or at the end of the line before."""
    before: list[str] = []
    for number, line in enumerate(lines):
        for sentence in _BETWEEN_SENTENCES.split(line.text):
            words = _folded_words(sentence) if sentence[0].isupper() and _SENTENCE.search(sentence) else []
            if len(words) >= _SENTENCE_WORDS and words == before:
                yield number
            before = words


def _rolled_up(words: Sequence[list[str]]) -> Iterator[int]:
    """Lines that begin with the end of the line before, two at least in a row."""
    rolled = 0
    for number in range(1, len(words)):
        rolled = rolled + 1 if _goes_on(words[number - 1], words[number]) else 0
        if rolled >= 2:
            yield number


def _goes_on(before: list[str], words: list[str]) -> bool:
    longest = min(len(before), len(words) - 1, _LONGEST)
    return any(before[-size:] == words[:size] for size in range(3, longest + 1))


def _pasted(words: Sequence[list[str]]) -> Iterator[int]:
    """Lines of so many words that nobody says them again, which stand elsewhere too."""
    seen: set[tuple[str, ...]] = set()
    for number, line in enumerate(words):
        if len(line) >= _PASTED_WORDS:
            if tuple(line) in seen:
                yield number
            seen.add(tuple(line))


def _is_doubled(text: str, words: Sequence[str]) -> bool:
    """Whether each letter, or each word, stands twice or more."""
    spelt = [match[0] for match in _DOUBLED_LETTERS.finditer(text) if len(set(match[0].casefold())) > 1]  # not `xxxxxx`
    if len(spelt) > 1:
        return True
    doubled = 0
    for _, same in groupby(words):
        doubled = doubled + 1 if len(list(same)) > 1 else 0
        if doubled >= _DOUBLED_WORDS:
            return True
    return False
