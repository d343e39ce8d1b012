"""The control words of RTF, carried out: what is written, stressed, deleted, a note or a cell. Knows no speakers.

The vocabulary of the format and its character sets come from striprtf.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from striprtf.striprtf import charset_map, destinations, specialchars

from corpus.errors import study_error

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_FONT = re.compile(r"\\f(\d{1,5})\b[^{};]{0,200}?\\fcharset(\d{1,3})")
_FONTS_WITHIN = 500_000
_NOTES = frozenset({"footnote", "annotation"})
# Destinations that hold nothing said: pictures, fields' instructions, headers, tables of fonts and styles, list marks.
_LEFT_OUT = frozenset(destinations) - _NOTES | {"fonttbl", "colortbl", "stylesheet", "listtext", "shptxt"}
_STRESSES = frozenset({"b", "i", "ul"})
_ENDS: dict[str, Literal["cell", "row", "paragraph"]] = {
    **dict.fromkeys(("par", "sect", "page"), "paragraph"),
    **{"cell": "cell", "nestcell": "cell", "row": "row", "nestrow": "row"},
}
_MOST_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one manner, or (`text` empty) the end of a cell, row or paragraph.

    `note` is 0 in the document itself, else the number of the footnote or comment that the piece belongs to.
    """

    text: str
    stressed: bool
    note: int
    in_table: bool
    ends: Literal["", "cell", "row", "paragraph"] = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    stress: frozenset[str] = frozenset()
    left_out: bool = False
    deleted: bool = False
    note: int = 0
    font: int = 0
    skip: int = 1  # characters after `\\u` that older programs read in its stead
    in_table: bool = False


def read_pieces(source: str, file: str) -> Iterator[Piece]:
    """The document in `source` (bytes as Latin-1), piece by piece. Raises StudyError when it is nested too deep."""
    charsets = {int(font): charset_map.get(int(charset), "") for font, charset in _FONT.findall(source[:_FONTS_WITHIN])}
    return _Interpreter(charsets, file).pieces(source)


@dataclass
class _Interpreter:
    charsets: dict[int, str]
    file: str
    state: _State = _State()
    stack: list[_State] = field(default_factory=list)
    page: str = "cp1252"
    notes: int = 0
    to_skip: int = 0
    octets: bytearray = field(default_factory=bytearray)

    def pieces(self, source: str) -> Iterator[Piece]:
        resume_at = 0
        for token in _TOKEN.finditer(source):
            if token.start() < resume_at:
                continue
            if token["hex"] is not None:
                self._octet(int(token["hex"], 16))
                continue
            yield from self._spell_octets()
            if token["text"] is not None:
                text, self.to_skip = token["text"][self.to_skip :], max(0, self.to_skip - len(token["text"]))
                yield from self._write(_decoded(text.encode("latin-1"), self.page))
                continue
            self.to_skip = 0
            if token["brace"]:
                self._group(token["brace"])
            elif token["sign"] == "*":
                self.state = replace(self.state, left_out=True)
            elif token["sign"]:
                yield from self._sign(token["sign"])
            elif token["word"] == "bin":
                resume_at = token.end() + int(token["number"] or 0)
            elif token["word"]:
                yield from self._word(token["word"], int(token["number"]) if token["number"] else None)
        yield from self._spell_octets()

    def _write(self, text: str, ends: Literal["", "cell", "row", "paragraph"] = "") -> Iterator[Piece]:
        state = self.state
        if (text or ends) and not (state.left_out or state.deleted):
            yield Piece(text, bool(state.stress), state.note, state.in_table, ends)

    def _octet(self, octet: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.octets.append(octet)

    def _spell_octets(self) -> Iterator[Piece]:
        if self.octets:
            text = _decoded(self.octets, self.charsets.get(self.state.font) or self.page)
            self.octets.clear()
            yield from self._write(text)

    def _group(self, brace: str) -> None:
        if brace == "}":
            self.state = self.stack.pop() if self.stack else replace(self.state, left_out=True)
            return
        if len(self.stack) >= _MOST_DEPTH:
            raise study_error(
                "il file è annidato oltre ogni misura, forse è rovinato: salvalo di nuovo",
                "the file is nested beyond measure, perhaps damaged: save it again",
                file=self.file,
            )
        self.stack.append(self.state)

    def _sign(self, sign: str) -> Iterator[Piece]:
        if sign in "\r\n":
            yield from self._write("", "paragraph")
        else:
            yield from self._write(specialchars.get(sign, ""))

    def _word(self, word: str, number: int | None) -> Iterator[Piece]:
        if word in _ENDS:
            yield from self._write("", _ENDS[word])
        elif word == "u" and number is not None:
            yield from self._write(chr(number % 0x10000))
            self.to_skip = self.state.skip
        elif word in specialchars:
            yield from self._write(specialchars[word])
        elif word == "ansicpg":
            self.page = _known(f"cp{number}") or self.page
        elif word in _NOTES:
            self.notes += 1
            self.state = replace(self.state, left_out=False, note=self.notes, stress=frozenset())
        else:
            self.state = _changed(self.state, word, number)


def _changed(state: _State, word: str, number: int | None) -> _State:
    on = number != 0
    if word in _LEFT_OUT:
        return replace(state, left_out=True)
    if word in _STRESSES:
        return replace(state, stress=state.stress | {word} if on else state.stress - {word})
    if word == "ulnone":
        return replace(state, stress=state.stress - {"ul"})
    if word == "plain":
        return replace(state, stress=frozenset(), deleted=False)
    if word in ("deleted", "v"):
        return replace(state, deleted=on)
    if word == "f":
        return replace(state, font=number or 0)
    if word == "uc":
        return replace(state, skip=min(max(number or 0, 0), 8))
    if word in ("intbl", "pard"):
        return replace(state, in_table=word == "intbl")
    return state


def _decoded(octets: bytes | bytearray, encoding: str) -> str:
    return bytes(octets).decode(_known(encoding) or "cp1252", errors="replace")


def _known(encoding: str) -> str:
    try:
        "a".encode(encoding)
    except (LookupError, UnicodeError):
        return ""
    return encoding
