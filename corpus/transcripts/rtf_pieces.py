"""The control words of RTF, carried out: what is written, stressed, deleted, a note or a cell. Knows no speakers.

The vocabulary of the format comes from striprtf.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from striprtf.striprtf import destinations, specialchars

from corpus.errors import study_error
from corpus.transcripts.rtf_fonts import RtfFonts

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_NOTES = frozenset({"footnote", "annotation", "shptxt", "dptxbxtext"})
# Where the letters of equations stand, among destinations that say how they are set.
_EQUATIONS = frozenset(
    str.split(
        "mmath moMath moMathPara mr mf mnum mden md me mbox mborderBox mrad mdeg msup msub msSup msSub msSubSup msPre "
        "mnary mlim mlimlow mlimupp mfunc mfName macc mbar mgroupChr mm mmr meqArr"
    )
)
_SHOWN = _EQUATIONS | {"result", "nesttableprops"}
# Destinations that hold nothing said: fields' instructions, tables of fonts and styles. Boxes may be in the second.
_GONE = frozenset(str.split("header headerf headerl headerr footer footerf footerl footerr shprslt nonesttables"))
_LEFT_OUT = frozenset(destinations) - _NOTES - _SHOWN | {"fonttbl", "colortbl", "stylesheet"}
_LABELS = frozenset({"listtext", "pntext"})
_STRESSES = frozenset({"b", "i", "ul"})
_DELETIONS = frozenset({"deleted", "mvf"})
_PAGES = frozenset({"ansi", "mac", "pc", "pca", "ansicpg"})
End = Literal["", "cell", "row", "paragraph"]
_ENDS: dict[str, End] = {
    **dict.fromkeys(("par", "sect"), "paragraph"),
    **{"cell": "cell", "nestcell": "cell", "row": "row", "nestrow": "row"},
}
_SIGNS = {**specialchars, **dict.fromkeys(("page", "column", "lbr"), "\n"), "_": "-"}
_SPACES = frozenset(str.split("line tab page column lbr"))
_MOST_DEPTH = 500


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell of a row ends, and whether it goes on with the one at its left or above."""

    right: int
    after_left: bool
    under_above: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters in one manner, or (`text` empty) the end of a cell, row or paragraph.

    `note` is 0 in the document itself, else the number of the footnote, comment or box that the piece belongs to;
    `table` is how many tables it is in; a `label` is the number or bullet of a list; `places` come with a row's end.
    """

    text: str
    stressed: bool
    note: int
    table: int
    label: bool = False
    ends: End = ""
    places: tuple[CellPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    stress: frozenset[str] = frozenset()
    starred: bool = False  # the next word's destination may be left out by who does not know it
    left_out: bool = False
    gone: bool = False  # left out with all notes in it
    in_ansi: bool = False  # of a text that is written twice, in the page's letters, then in Unicode
    deleted: bool = False
    hidden: bool = False
    label: bool = False
    note: int = 0
    font: int = 0
    skip: int = 1  # characters after `\\u` that older programs read in its stead
    table: int = 0


def read_pieces(source: str, file: str) -> Iterator[Piece]:
    """The document in `source` (bytes as Latin-1), piece by piece. Raises StudyError when it is nested too deep."""
    return _Interpreter(RtfFonts.of(source), file).pieces(source)


@dataclass
class _Interpreter:
    fonts: RtfFonts
    file: str
    state: _State = _State()
    stack: list[_State] = field(default_factory=list)
    default_font: int = 0
    notes: int = 0
    to_skip: int = 0
    octets: bytearray = field(default_factory=bytearray)
    places: list[CellPlace] = field(default_factory=list)
    merged: set[str] = field(default_factory=set)

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
                text = token["text"][self.to_skip :]
                self.to_skip = max(0, self.to_skip - len(token["text"]))
                yield from self._write(self.fonts.decode_raw(text.encode("latin-1"), self.state.font))
            elif token["brace"]:
                self.to_skip = 0
                self._group(token["brace"])
            elif token["sign"] == "*":
                self.state = replace(self.state, starred=True)
            elif token["sign"]:
                yield from self._sign(token["sign"])
            elif token["word"] == "bin":
                resume_at = token.end() + int(token["number"] or 0)
            elif token["word"]:
                yield from self._word(token["word"], int(token["number"]) if token["number"] else None)
        yield from self._spell_octets()

    def _write(self, text: str, ends: End = "") -> Iterator[Piece]:
        state = self.state
        if (text or ends) and not (state.left_out or state.gone or state.deleted or state.hidden):
            places = tuple(self.places) if ends == "row" else ()
            yield Piece(text, bool(state.stress), state.note, state.table, state.label, ends, places)

    def _octet(self, octet: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.octets.append(octet)

    def _spell_octets(self) -> Iterator[Piece]:
        if self.octets:
            text = self.fonts.decode(bytes(self.octets), self.state.font)
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
        elif self.to_skip:
            self.to_skip -= 1
        else:
            yield from self._write(_SIGNS.get(sign, ""))

    def _word(self, word: str, number: int | None) -> Iterator[Piece]:
        starred = self.state.starred
        self.state = replace(self.state, starred=False)
        if word in _ENDS:
            yield from self._write("", _ENDS[word])
        elif word == "u" and number is not None:
            yield from self._write(self.fonts.letter(number % 0x10000, self.state.font))
            self.to_skip = self.state.skip
        elif word in _SIGNS and self.to_skip and word not in _SPACES:
            self.to_skip -= 1
        elif word in _SIGNS:
            yield from self._write(_SIGNS[word])
        elif word in _PAGES:
            self.fonts.set_page(word, number)
        elif word in ("deff", "plain"):
            self._reset(word, number)
        elif word in _NOTES:
            self.notes += 1
            self.state = replace(self.state, left_out=False, note=self.notes, stress=frozenset(), table=0)
        elif word == "trowd" or word.startswith("cl") or word == "cellx":
            self._place(word, number)
        else:
            self.state = _changed(self.state, word, number, starred=starred)

    def _reset(self, word: str, number: int | None) -> None:
        if word == "deff":
            self.default_font = number or 0
        else:
            self.state = replace(self.state, stress=frozenset(), deleted=False, hidden=False)
        self.state = replace(self.state, font=self.default_font)

    def _place(self, word: str, number: int | None) -> None:
        if word == "trowd":
            self.places = []
            self.merged = set()
        elif word == "cellx":
            self.places.append(CellPlace(number or 0, "clmrg" in self.merged, "clvmrg" in self.merged))
            self.merged = set()
        else:
            self.merged.add(word)


def _changed(state: _State, word: str, number: int | None, *, starred: bool) -> _State:
    on = number != 0
    if word == "upr":
        return replace(state, in_ansi=not state.left_out, left_out=True)
    if word == "ud" and state.in_ansi:
        return replace(state, in_ansi=False, left_out=False)
    if word in _GONE:
        return replace(state, gone=True)
    if word in _LABELS:
        return replace(state, label=True)
    if word in _LEFT_OUT or (starred and word not in _SHOWN):
        return replace(state, left_out=True)
    if word in _STRESSES:
        return replace(state, stress=state.stress | {word} if on else state.stress - {word})
    if word == "ulnone":
        return replace(state, stress=state.stress - {"ul"})
    if word in _DELETIONS:
        return replace(state, deleted=on)
    if word == "v":
        return replace(state, hidden=on)
    if word == "f":
        return replace(state, font=number or 0)
    if word == "uc":
        return replace(state, skip=min(max(number or 0, 0), 8))
    if word == "pard":
        return replace(state, table=0)
    if word in ("intbl", "itap"):
        return replace(state, table=max(state.table, 1) if word == "intbl" else min(max(number or 0, 0), _MOST_DEPTH))
    return state
