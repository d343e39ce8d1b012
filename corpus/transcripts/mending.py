"""Wrong letters put right: signs that nobody sees, and text that was read in an encoding it was not written in.

Works on what a reader found in any format, and says aloud all that it changes; what cannot be mended stays.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from corpus.errors import listed
from corpus.transcripts.text import Line, Text
from corpus.words.language import Bilingual

_Edit = tuple[int, int, str]

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_ENTITY = re.compile(
    r"&(?:#\d{2,5}|#x[0-9a-f]{2,4}|[aeiou](?:grave|acute|uml|circ)|amp|quot|apos|lt|gt|nbsp|[lr][sd]quo|[lr]aquo|hellip"
    r"|[nm]dash|euro|deg);",
    re.IGNORECASE,
)
# `Ã` before a space is an `à` whose second half, a space that does not break, some editor made an ordinary one.
_HALF = re.compile(r"Ã(?: (?=\s)|(?=[\s.,;:?!)]|$))")
# Letters of one western set read as another's: pairs of what it was read in, what it was written in.
_SWAPS = (("mac_roman", "cp1252"), ("cp1252", "mac_roman"), ("cp1252", "cp850"), ("cp850", "cp1252"))
_AT_HOME = re.compile(r"(?<=[a-z])[àèéìòù](?![^\W\d_])|(?<![^\W\d_])[èÈ](?![^\W\d_])")
_OUT_OF_PLACE = re.compile(r"(?<=[a-z])[^\x00-\x7f\xa0-\xbfà-öø-ÿ’‘“”–—…€](?![A-Z])")
_MOST_TIMES_READ_TWICE = 3
_ENCODINGS = ("cp1252", "mac_roman", "cp850")


def mend(text: Text) -> Text:
    """The text without control characters, with letters read in a wrong encoding (`perchÃ©`) as they were written.

    Places follow. A warning says what was changed, and in which lines.
    """
    for find, say in _KINDS:
        edits = list(find(text.source))
        if edits:
            lines = listed(dict.fromkeys(text.source.count("\n", 0, start) + 1 for start, _, _ in edits))
            text = _edited(replace(text, warnings=(*text.warnings, say(len(edits), lines))), edits, find)
    return text


def mend_words(words: str) -> str:
    """Words with the letters that were read in a wrong encoding (`perchÃ©`) as they were written."""
    return words if _LEADING.isdisjoint(words) else _applied(words, list(_read_twice(words)))


def _edited(text: Text, edits: Sequence[_Edit], find: Callable[[str], Iterator[_Edit]]) -> Text:
    # Lines, stresses and labels are positions in the text: each moves by what all edits before it add or take away.
    starts = [start for start, _, _ in edits]
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def moved(position: int) -> int:
        """Where in the edited text a position of the text as it was comes to stand."""
        number = bisect_right(starts, position)
        if number and position < edits[number - 1][1]:  # inside what was changed
            return edits[number - 1][0] + shifts[number - 1]
        return position + shifts[number]

    source = _applied(text.source, edits)
    lines: list[Line] = []
    for line in text.lines:
        start = moved(line.start)
        end = moved(line.end)
        stressed = moved(line.start + line.stressed) - start
        speaker = None if line.speaker is None else _applied(line.speaker, list(find(line.speaker)))
        if line.speaker is not None or source[start:end].strip():
            lines.append(replace(line, start=start, end=end, stressed=stressed, speaker=speaker))
    notes = tuple(_applied(note, list(find(note))) for note in text.notes)
    return replace(text, source=source, lines=tuple(lines), notes=notes)


def _applied(source: str, edits: Sequence[_Edit]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new in edits:
        parts += [source[done:start], new]
        done = end
    return "".join((*parts, source[done:]))


def _control(source: str) -> Iterator[_Edit]:
    return ((*match.span(), "") for match in _CONTROL.finditer(source))


def _entities(source: str) -> Iterator[_Edit]:
    for match in _ENTITY.finditer(source):
        sign = html.unescape(match[0])
        if sign.isprintable() or sign == "\u00a0":
            yield (*match.span(), sign)


def _octets(encoding: str) -> dict[str, int]:
    """The octet of each sign that is not ASCII; what the encoding leaves free stands for itself."""
    signs = {octet: bytes([octet]).decode(encoding, "replace") for octet in range(0x80, 0x100)}
    return {sign if sign != "\ufffd" else chr(octet): octet for octet, sign in signs.items()}


@dataclass(frozen=True, slots=True)
class _ReadAs:
    """How UTF-8 looks that was read in an encoding of one octet a sign.

    `octets` are the octet of each sign, `letter` matches what one letter became, `run` signs in which one may be.
    """

    octets: dict[str, int]
    letter: re.Pattern[str]
    run: re.Pattern[str]

    @classmethod
    def of(cls, encoding: str) -> "_ReadAs":
        # UTF-8 writes a letter beyond ASCII as a leading octet (C3 of `è`) and others from 80 to BF. Read one by one in
        # `encoding` they are signs (`Ã¨`) that no text has side by side: a leading sign with what may follow it is
        # enough to know the accident, and the octets of the whole run say what was written.
        octets = _octets(encoding)
        by_octet = {octet: re.escape(sign) for sign, octet in octets.items()}
        rest = "".join(by_octet[octet] for octet in range(0x80, 0xC0))
        signs_of_text = "".join(by_octet[octet] for octet in (0x80, 0x82, 0x84, 0x86, 0x88, 0x94, 0x95))
        # Accented letters; quotation marks, dashes and what such letters become when read wrongly again; pictures.
        letter = (
            rf"[{by_octet[0xC2]}{by_octet[0xC3]}][{rest}]|{by_octet[0xE2]}[{signs_of_text}][{rest}]"
            rf"|{by_octet[0xF0]}[{rest}]{{3}}"
        )
        return cls(octets, re.compile(letter), re.compile(f"[{''.join(by_octet.values())}]{{2,}}"))

    def mended(self, run: str) -> str:
        """`run` as it was written, however many times it was read wrongly."""
        # Where the run as a whole is no UTF-8, since something in it was typed later, letter by letter may still be.
        for _ in range(_MOST_TIMES_READ_TWICE):
            if not self.letter.search(run):
                break
            written = self._written(run)
            run = written if written != run else self.letter.sub(lambda match: self._written(match[0]), run)
        return run

    def _written(self, signs: str) -> str:
        try:
            return bytes(self.octets[sign] for sign in signs).decode()
        except (KeyError, UnicodeDecodeError):
            return signs


# What the first octets of UTF-8 became in each of the encodings below: no wrong letter is without one.
_LEADING = frozenset(chain.from_iterable(b"\xc2\xc3\xe2\xf0".decode(encoding) for encoding in _ENCODINGS))
_READ_AS = tuple(_ReadAs.of(encoding) for encoding in _ENCODINGS)


def _read_twice(source: str) -> Iterator[_Edit]:
    # A file went through one wrong encoding: the first that explains any of its signs explains all.
    for read_as in _READ_AS:
        edits = [
            (*match.span(), mended)
            for match in read_as.run.finditer(source)
            if (mended := read_as.mended(match[0])) != match[0]
        ]
        if edits:
            # Only Windows' own set, the first, has the space that does not break where `à` has its second half.
            halves = [(*match.span(), "à") for match in _HALF.finditer(source)] if read_as is _READ_AS[0] else []
            taken = {edit[0] for edit in edits}
            return iter(sorted([*edits, *(half for half in halves if half[0] not in taken)]))
    return iter(())


def _swapped(source: str) -> Iterator[_Edit]:
    """Signs of one set read as another's, where the whole text reads well in another and nothing in it did before."""
    # One octet a sign gives no sign of its own accident: only a text that has not one accent where Italian has them,
    # and after the swap as many as were out of place, was surely written in the other set.
    wrong = len(_OUT_OF_PLACE.findall(source))
    if wrong < 2 or _AT_HOME.search(source):
        return
    for read_in, written_in in _SWAPS:
        letters = {octet: sign for sign, octet in _octets(written_in).items()}
        swaps = {ord(sign): letters[octet] for sign, octet in _octets(read_in).items() if octet in letters}
        text = source.translate(swaps)
        if not _OUT_OF_PLACE.search(text) and len(_AT_HOME.findall(text)) >= wrong:
            pairs = enumerate(zip(source, text, strict=True))
            yield from ((position, position + 1, new) for position, (old, new) in pairs if old != new)
            return


def _say_control(times: int, lines: str) -> Bilingual:
    return Bilingual(
        f"{times} caratteri di controllo, che nessuno vede, tolti dal testo (riga {lines}): controlla che lì non manchi"
        " uno spazio o una lettera",
        f"{times} control characters, which nobody sees, taken out of the text (line {lines}): check that no space or"
        " letter is missing there",
    )


def _say_entities(times: int, lines: str) -> Bilingual:
    return Bilingual(
        f"{times} segni scritti come in HTML (`&egrave;`) letti come i segni che sono (riga {lines})",
        f"{times} signs written as in HTML (`&egrave;`) read as the signs they are (line {lines})",
    )


def _say_read_twice(times: int, lines: str) -> Bilingual:
    return Bilingual(
        f"{times} lettere accentate o virgolette erano scritte male (`Ã¨` per `è`, per una codifica sbagliata) e sono"
        f" state corrette (riga {lines}): controlla, o salva di nuovo il file come testo UTF-8",
        f"{times} accented letters or quotation marks were written wrongly (`Ã¨` for `è`, read in the wrong encoding)"
        f" and have been mended (line {lines}): check them, or save the file again as UTF-8 text",
    )


def _say_swapped(times: int, lines: str) -> Bilingual:
    return Bilingual(
        f"{times} lettere accentate erano quelle di un altro sistema (`perchÈ`, `citt‡`) e sono state corrette (riga"
        f" {lines}): controlla, o salva di nuovo il file come testo UTF-8",
        f"{times} accented letters were another system's (`perchÈ`, `citt‡`) and have been mended (line {lines}): check"
        " them, or save the file again as UTF-8 text",
    )


_KINDS: tuple[tuple[Callable[[str], Iterator[_Edit]], Callable[[int, str], Bilingual]], ...] = (
    (_control, _say_control),
    (_entities, _say_entities),
    (_read_twice, _say_read_twice),
    (_swapped, _say_swapped),
)
