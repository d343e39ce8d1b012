"""Words looked for in all interviews, each where it stands between its neighbours. Case and accents do not matter.

A word is also found in its other forms: `comune` finds `comuni`. `comun*` finds what begins so; several words are
looked for one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from simplemma import lemmatize

from corpus.words.spelling import fold
from outputs.reading.opened import OpenedStudy
from outputs.tables.table import records

AROUND = 60  # characters on either side
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r"[^\W_]+\*?")
_MOST_WORDS = 12  # in a question


class Concordance:
    """The words of a study's segments, to look for words in."""

    def __init__(self, opened: OpenedStudy):
        self._rows = records(opened.segments[["transcript", "segment", "speaker", "text"]])

    def find(self, query: str, most: int) -> dict[str, Any]:
        """As JSON: `of` places in all, and the first `most` as `lines`, by transcript and place."""
        wanted = [self._forms(word) for word in _ASKED.findall(query)[:_MOST_WORDS]]
        lines: list[dict[str, Any]] = []
        of = 0
        for row, first, last in self._places(wanted):
            if of < most:
                lines.append(self._line(row, first, last))
            of += 1
        return {"of": of, "lines": lines}

    @cached_property
    def _words(self) -> list[list[tuple[str, int, int]]]:
        """The words of each segment without case and accents, with their places in its text."""
        return [_folded_words(row["text"]) for row in self._rows]

    @cached_property
    def _holding(self) -> dict[str, list[int]]:
        """Word -> the rows that hold it."""
        holding: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for word in {word for word, _, _ in words}:
                holding.setdefault(word, []).append(number)
        return holding

    @cached_property
    def _written(self) -> dict[str, set[str]]:
        """Word without accents -> how the study writes it, in small letters."""
        written: dict[str, set[str]] = {}
        for word in chain.from_iterable(_WORD.findall(row["text"]) for row in self._rows):
            written.setdefault(fold(word), set()).add(word.lower())
        return written

    @cached_property
    def _by_lemma(self) -> dict[str, set[str]]:
        """Lemma -> the words of the study that are its forms, without accents."""
        forms: dict[str, set[str]] = {}
        for plain, written in self._written.items():
            for word in written:
                forms.setdefault(_lemma(word), set()).add(plain)
        return forms

    def _forms(self, asked: str) -> set[str]:
        """The study's words that a word of the question stands for."""
        plain = fold(asked.rstrip("*"))
        if asked.endswith("*"):
            return {word for word in self._holding if word.startswith(plain)}
        same = {plain} & self._holding.keys()
        # A word typed without its accents has the lemma of the one that is written with them.
        written = self._written.get(plain, set()) | {asked.lower()}
        return same.union(*(self._by_lemma.get(_lemma(word), set()) for word in written))

    def _places(self, wanted: Sequence[set[str]]) -> Iterator[tuple[int, int, int]]:
        """Row, and the first and last word of each place where the words stand one after the other."""
        if not wanted or not all(wanted):
            return
        rarest = min(wanted, key=lambda forms: sum(len(self._holding[form]) for form in forms))
        rows = sorted({row for form in rarest for row in self._holding[form]})
        for row in rows:
            words = [word for word, _, _ in self._words[row]]
            for first in range(len(words) - len(wanted) + 1):
                if all(words[first + place] in forms for place, forms in enumerate(wanted)):
                    yield row, first, first + len(wanted) - 1

    def _line(self, row: int, first: int, last: int) -> dict[str, Any]:
        text = self._rows[row]["text"]
        start = self._words[row][first][1]
        end = self._words[row][last][2]
        names = ("transcript", "segment", "speaker")
        return {name: self._rows[row][name] for name in names} | {
            "left": _begun(text[:start]),
            "match": text[start:end],
            "right": _ended(text[end:]),
        }


def _folded_words(text: str) -> list[tuple[str, int, int]]:
    return [(fold(word[0]), word.start(), word.end()) for word in _WORD.finditer(text)]


def _lemma(word: str) -> str:
    return lemmatize(word, lang="it").lower()


def _begun(text: str) -> str:
    """The end of what stands before, from a whole word."""
    return text if len(text) <= AROUND else "…" + text[-AROUND:].partition(" ")[2]


def _ended(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + "…"
