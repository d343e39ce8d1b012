"""Where a quotation stands in a transcript, however it was typed. Knows no table and no theme, and never guesses."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from corpus.records import Turn
from corpus.words.spelling import fold

Place = tuple[int, int]
_APOSTROPHES = "'’‘`´"
_QUOTES = '"“”«»„'
_VARIANTS = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_QUOTES, '"'), **dict.fromkeys("–—−‐‑", "-")}
)
# what stands for words left out; dots alone may also be a pause, so that the words are first looked for without a gap
_GAP = re.compile(r"[\[({<]\s*(?:\.{2,}|…|omissis)\s*[\])}>]|\.{3,}|…", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[.,’' ](?=\d{3}(?!\d))")
_LONGEST_GAP = 2000  # letters: some minutes of talk; farther apart two stretches are no quotation
_LIKE = 0.5  # of the quotation's words that a passage must share to be offered in its place
_FEWEST = 3  # words: fewer are like too much
_SURE = 12  # letters: fewer may stand anywhere
_EXCERPT = 8  # words of a passage that a message shows


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a text without case and accents; where each stands, and whether a word begins there."""

    text: str
    places: tuple[int, ...]
    begins: tuple[bool, ...]

    def find(self, wanted: str, start: int = 0) -> Iterator[Place]:
        """Every place, in letters, of whole words with these letters, however they are divided."""
        place = self.text.find(wanted, start) if wanted else -1
        while place >= 0:
            end = place + len(wanted)
            if self.begins[place] and (end == len(self.text) or self.begins[end]):
                yield place, end
            place = self.text.find(wanted, place + 1)


def letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of the text without case and accents, and where in the text each stands."""
    plain: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for part in unicodedata.normalize("NFD", sign).casefold() if not sign.isascii() else sign.lower():
            if part.isalnum():
                plain.append(part)
                places.append(place)
    return "".join(plain), places


class Wording:
    """A transcript's words, to look for quotations in: as the source has them, and as its turns say them cleaned."""

    def __init__(self, source: str, turns: Sequence[Turn] = ()) -> None:
        self.source = source
        self._turns = turns

    def find(self, quote: str) -> tuple[Place, ...]:
        """Every place of the quotation in the source, from the closest way of reading it that has any.

        As it is typed, but for blanks, apostrophes and quotation marks; else by its letters, as whole words (case,
        accents and other signs may differ); else by the letters of what is said, without labels and transcription
        signs between; else, where it has `...` or `[...]`, from its first part to its last; else inside words.
        """
        # From the strictest way of reading to the loosest, and the first that finds anything ends the search: a looser
        # one would add places that only look alike to the one that was surely meant.
        typed = find_typed(quote, self.source)
        as_words = tuple(place for place in typed if self._is_whole(place))
        return as_words or self._by_letters(quote) or self._across_gaps(quote) or typed

    def _by_letters(self, quote: str) -> tuple[Place, ...]:
        wanted = letters(quote)[0]
        # Letters alone would take 3,5 for 35: figures have to be the same however they are parted.
        numbers = _numbers(quote)
        written = (self._placed(quote, self._written, place) for place in self._written.find(wanted))
        places = tuple(place for place in written if _numbers(self.source[slice(*place)]) == numbers)
        return places or tuple(self._placed(quote, self._spoken, place) for place in self._spoken.find(wanted))

    def _across_gaps(self, quote: str) -> tuple[Place, ...]:
        """The shortest stretches from the first part of a quotation with words left out to its last."""
        pieces = [letters(piece)[0] for piece in _GAP.split(quote)]
        parts = [piece for piece in pieces if piece]
        for words in (self._written, self._spoken) if len(parts) > 1 else ():
            places = tuple(self._placed(quote, words, place) for place in _chains(parts, words))
            if places:
                return places
        return ()

    def find_only(self, quote: str) -> Place | None:
        """The place of words that stand in one alone; None for a few letters too, which may stand anywhere."""
        places = self.find(quote) if len(letters(quote)[0]) >= _SURE else ()
        return places[0] if len(places) == 1 else None

    def likest(self, quote: str) -> Place | None:
        """The passage that has most of the quotation's words in their order, None where none has enough."""
        wanted = [fold(word) for word in re.findall(r"\w+", quote)]
        words, places = self._words
        if len(wanted) < _FEWEST or not words:
            return None
        window = _likest_window(wanted, words)
        blocks = SequenceMatcher(None, wanted, words[window.start : window.stop], autojunk=False).get_matching_blocks()
        shared = [block for block in blocks if block.size]
        if sum(block.size for block in shared) < max(_LIKE * len(wanted), 2):
            return None
        # a changed word at an end is part of the passage too
        first = window.start + shared[0].b - shared[0].a
        last = window.start + shared[-1].b + shared[-1].size + (len(wanted) - shared[-1].a - shared[-1].size)
        return places[max(first, 0)][0], places[min(last, len(words)) - 1][1]

    def line(self, place: int) -> int:
        """The line of the source that a person counts."""
        return self.source.count("\n", 0, place) + 1

    def excerpt(self, place: Place) -> str:
        """The first words of a passage, for a message."""
        words = self.source[slice(*place)].split()
        return " ".join(words[:_EXCERPT]) + (" ..." if len(words) > _EXCERPT else "")

    def _is_whole(self, place: Place) -> bool:
        inside = (edge for edge in place if 0 < edge < len(self.source))
        return not any(self.source[edge - 1].isalnum() and self.source[edge].isalnum() for edge in inside)

    def _placed(self, quote: str, words: Letters, place: Place) -> Place:
        return with_signs(quote, (words.places[place[0]], words.places[place[1] - 1] + 1), self.source)

    @cached_property
    def _written(self) -> Letters:
        text, places = letters(self.source)
        return Letters(text, tuple(places), _beginnings(self.source, places))

    @cached_property
    def _spoken(self) -> Letters:
        texts: list[str] = []
        places: list[int] = []
        begins: list[bool] = []
        for turn in self._turns:
            text, inside = letters(turn.text)
            texts.append(text)
            begins += _beginnings(turn.text, inside)
            places += [turn.alignment.to_source(place, place + 1)[0] for place in inside]
        return Letters("".join(texts), tuple(places), tuple(begins))

    @cached_property
    def _words(self) -> tuple[list[str], list[Place]]:
        words = list(re.finditer(r"\w+", self.source))
        return [fold(word.group()) for word in words], [word.span() for word in words]


def find_typed(quote: str, source: str) -> tuple[Place, ...]:
    """Every place of `quote` in `source`; white space, apostrophes and quotation marks may differ from the quote's."""
    words = (re.escape(word) for word in quote.split())
    pattern = r"\s+".join(words)
    pattern = re.sub(f"[{_APOSTROPHES}]", lambda _: f"[{_APOSTROPHES}]", pattern)
    pattern = re.sub(f"[{_QUOTES}]", lambda _: f"[{_QUOTES}]", pattern)
    return tuple(match.span() for match in re.finditer(pattern, source)) if pattern else ()


def nearest(places: Iterable[Place], position: int) -> Place:
    """The place that begins nearest to the position, the first of two as near."""
    return min(places, key=lambda place: (abs(place[0] - position), place))


def with_signs(quote: str, place: Place, source: str) -> Place:
    """The place with the signs before its first and after its last letter, where the source has the same kinds."""
    quote = quote.strip()
    inner = [number for number, sign in enumerate(quote) if sign.isalnum()]
    head = _unvaried(quote[: inner[0]])
    tail = _unvaried(quote[inner[-1] + 1 :])
    start, end = place
    before = [size for size in range(1, len(head) + 1) if _unvaried(source[max(0, start - size) : start]) == head]
    after = [size for size in range(1, len(tail) + 1) if _unvaried(source[end : end + size]) == tail]
    return start - (before[0] if before else 0), end + (after[0] if after else 0)


def _numbers(text: str) -> list[str]:
    """The figures in it, however they are parted: 3,5 is 3.5 and not 35, 2.000 is 2000."""
    return re.findall(r"\d+", _THOUSANDS.sub("", text))


def _unvaried(signs: str) -> str:
    """The signs with one apostrophe, one quotation mark and one dash for all that people type."""
    return signs.translate(_VARIANTS).replace("…", "...")


def _beginnings(text: str, places: Sequence[int]) -> tuple[bool, ...]:
    return tuple(
        place != before and (place == 0 or not text[place - 1].isalnum())
        for place, before in zip(places, (-1, *places), strict=False)
    )


def _chains(parts: Sequence[str], words: Letters) -> list[Place]:
    """The shortest stretches from the first part to the last, with the others between in their order."""
    last_start: dict[int, int] = {}  # end -> the nearest beginning
    for start, end in words.find(parts[0]) if parts else ():
        for part in parts[1:]:
            following = next(words.find(part, end), None)
            if following is None or following[0] - end > _LONGEST_GAP:
                break
            end = following[1]
        else:
            last_start[end] = start
    return [(start, end) for end, start in last_start.items()]


def _likest_window(wanted: Sequence[str], words: Sequence[str]) -> range:
    """The stretch of as many words, and some more, that shares most words with those wanted."""
    needed = Counter(wanted)
    size = len(wanted)
    held: Counter[str] = Counter()
    shared = 0
    best = 0
    last = 0
    for number, word in enumerate(words):
        held[word] += 1
        shared += held[word] <= needed[word]
        if number >= size:
            gone = words[number - size]
            shared -= held[gone] <= needed[gone]
            held[gone] -= 1
        if shared > best:
            best = shared
            last = number
    first = max(0, last - size + 1)
    return range(max(0, first - 2), min(len(words), last + 3))
