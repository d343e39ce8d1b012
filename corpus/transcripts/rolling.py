"""Captions that repeat what the one before them shows, as live captions do: each word once. Reads no file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.transcripts.cues import VOICE, Cue
from corpus.transcripts.labels import find_label
from corpus.transcripts.text import Line

# Of the pairs of neighbours of a file whose captions roll at least so many repeat; in others people repeat themselves.
_SHARE = 0.4
_FEW_WORDS = 3
_MOST_WORDS = 200
_PIECE = re.compile(rf"{VOICE.pattern}|[^\s<]+|<")
_NO_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared, where it begins in its cue, and who says it, "" where the cue names nobody."""

    speaker: str
    word: str
    start: int


def without_repetitions(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues with what they repeat taken out, and how many of them repeated something; none unless the file rolls.

    Captions roll where a cue begins with the end of the one before: whole lines that move up, a line that grows word by
    word, or the same line again with another word set off. A cue of which nothing is left lengthens the one before.
    """
    cues = [cue for cue in cues if cue.text.strip()]
    words = [_compared_words(cue.text) for cue in cues]
    repeated = [0, *(_repeated(*pair) for pair in zip(cues, cues[1:], words, words[1:], strict=False))]
    clear = [count for count in repeated if count > 1]
    if len(clear) < max(1, _SHARE * (len(cues) - 1)) or (len(clear) == 1 and clear[0] < _FEW_WORDS):
        return cues, 0
    clean: list[Cue] = []
    for number, (cue, cue_words, count) in enumerate(zip(cues, words, repeated, strict=True)):
        if count == 1 and 1 not in (len(cue_words), len(words[number - 1])) and not _moves_up(cues[number - 1], cue):
            count = 0  # "... e poi" and "poi si vede": one word may be chance
        if count and count == len(cue_words):
            clean[-1] = replace(clean[-1], end_ms=max(clean[-1].end_ms, cue.end_ms))
        elif count:
            clean.append(replace(cue, text=_from_word(cue.text, cue_words, count)))
        else:
            clean.append(cue)
    return clean, sum(count > 0 for count in repeated)


def _compared_words(text: str) -> list[_Word]:
    words: list[_Word] = []
    start = 0
    speaker = ""
    for line in text.split("\n"):
        label = find_label(line, Line(0, len(line)))
        text_start = 0
        if label is not None and label.sign == "colon":
            speaker = label.key
            text_start = label.text_start
        for piece in _PIECE.finditer(line, text_start):
            if piece["name"]:
                speaker = piece["name"].strip().casefold()
            else:
                word = _NO_LETTERS.sub("", piece[0]).casefold() or piece[0]
                words.append(_Word(speaker, word, start + piece.start()))
        start += len(line) + 1
    return words


def _repeated(before: Cue, after: Cue, last: Sequence[_Word], first: Sequence[_Word]) -> int:
    """How many words `after` begins with that `before` ends with."""
    longest = min(len(last), len(first), _MOST_WORDS)
    counts = (count for count in range(longest, 0, -1) if all(map(_same, last[-count:], first)))
    count = next(counts, 0)
    again = count == len(last) == len(first) and before.highlight is not None and after.highlight is not None
    # The same line whose first word is set off once more is said once more.
    return 0 if again and (after.highlight or 0) <= (before.highlight or 0) else count


def _moves_up(before: Cue, after: Cue) -> bool:
    """Whether the last line of one cue is the first of several of the next, however short."""
    last = before.text.strip().split("\n")[-1]
    following = after.text.strip().split("\n")
    return len(following) > 1 and last.strip() == following[0].strip()


def _same(one: _Word, other: _Word) -> bool:
    return one.word == other.word and (one.speaker == other.speaker or not one.speaker or not other.speaker)


def _from_word(text: str, words: Sequence[_Word], count: int) -> str:
    """`text` from its word number `count` on, under the voice or label that this word is said by."""
    start = words[count].start
    lead = text[:start]
    voices = list(VOICE.finditer(lead))
    line = lead.rfind("\n") + 1
    label = find_label(text, Line(line, (text + "\n").index("\n", start)))
    if label is not None and label.sign == "colon" and line < label.text_start <= start:
        return text[line : label.text_start].rstrip() + " " + text[start:]
    return (voices[-1][0] if voices else "") + text[start:]
