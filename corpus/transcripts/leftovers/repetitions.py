"""Words that a program wrote several times: rolling captions, loops of a recogniser, text drawn or pasted twice."""

import re
from collections.abc import Iterator, Sequence

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[.?!…][\"”»')\]]*$")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!…]) ")
_DOUBLED_LETTERS = re.compile(r"(?<!\w)(?:([^\W\d_])\1){3,}(?!\w)", re.IGNORECASE)
# How often in a row so many words come before it is no speaker's emphasis; in real interviews people say `sì` eleven
# times, `mh mh` six times, four words four times, and eight words twice.
_TIMES = {1: 14, 2: 8, 3: 6, 4: 6, 5: 4, 6: 3, 7: 3, 8: 3}
_SENTENCE_WORDS = 6  # a whole sentence, full stop and all, is not said twice
_LONGEST = 60
_DOUBLED_WORDS = 5
_BLOCK_LINES = 3
_BLOCK_WORDS = 15


def find_repetitions(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """Lines whose words were there just before, in ways in which nobody speaks."""
    words = [_words(line.text) for line in lines]
    numbers = {
        *_in_themselves(lines, words),
        *_after_themselves(words),
        *_sentences_again(lines),
        *_rolled_up(words),
        *_pasted(words),
    }
    for number in sorted(numbers):
        yield Leftover("repetition", lines[number], lines[number].text)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _in_themselves(lines: Sequence[SpokenLine], words: Sequence[list[str]]) -> Iterator[int]:
    for number, line in enumerate(lines):
        if _loops(words[number]) or _is_doubled(line.text, words[number]):
            yield number


def _after_themselves(words: Sequence[list[str]]) -> Iterator[int]:
    run = 1
    for number in range(1, len(words)):
        run = run + 1 if words[number] == words[number - 1] else 1
        if run >= _TIMES.get(len(words[number]), 2):
            yield number


def _sentences_again(lines: Sequence[SpokenLine]) -> Iterator[int]:
    """Lines with a whole sentence that stands just before it, there or at the end of the line before."""
    before: list[str] = []
    for number, line in enumerate(lines):
        for sentence in _BETWEEN_SENTENCES.split(line.text):
            words = _words(sentence) if sentence[0].isupper() and _SENTENCE.search(sentence) else []
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
    """Lines that end three lines which came in the same order before."""
    seen: dict[tuple[tuple[str, ...], ...], int] = {}
    for number in range(_BLOCK_LINES, len(words) + 1):
        block = tuple(tuple(line) for line in words[number - _BLOCK_LINES : number])
        enough = sum(len(line) for line in block) >= _BLOCK_WORDS
        if enough and number - seen.setdefault(block, number) >= _BLOCK_LINES:
            yield number - 1


def _loops(words: list[str]) -> bool:
    """Whether a stretch of the line comes again and again at once."""
    last: dict[str, int] = {}
    sizes = set()
    for number, word in enumerate(words):
        if word in last and number - last[word] <= _LONGEST:
            sizes.add(number - last[word])
        last[word] = number
    return any(_longest_run(words, size) >= size * (_TIMES.get(size, 2) - 1) for size in sizes)


def _longest_run(words: list[str], size: int) -> int:
    longest = run = 0
    for before, word in zip(words, words[size:], strict=False):
        run = run + 1 if word == before else 0
        longest = max(longest, run)
    return longest


def _is_doubled(text: str, words: list[str]) -> bool:
    """Whether each letter, or each word, stands twice."""
    if len(_DOUBLED_LETTERS.findall(text)) >= 2:
        return True
    pairs: list[str] = []
    number = 0
    while number + 1 < len(words):
        if words[number] == words[number + 1]:
            pairs.append(words[number])
            number += 2
        else:
            pairs.clear()
            number += 1
        if len(set(pairs)) >= _DOUBLED_WORDS:
            return True
    return False
