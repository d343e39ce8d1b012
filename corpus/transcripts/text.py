"""What a reader takes from a file: a readable text and its lines. Looks for no labels and assigns no role."""

import re
from dataclasses import dataclass, field

from corpus.words.language import Bilingual

NOBODY = "???"
ALTERNATE = Bilingual(
    "il file dice solo quando il parlante cambia: si è supposto che parlino in due, a turno",
    "the file only says when the speaker changes: it was supposed that two people take turns",
)
# How programs write a speaker whom they could not tell.
_UNKNOWN = re.compile(
    r"(?:speaker|spk)?[\s_-]*(?:\?+|unknown|unidentified|uu|none|null)(?:[\s_-]*speaker)?", re.IGNORECASE
)


def spoken_by(name: str) -> str:
    """A speaker's name as a program wrote it, in one line; `???` where it says that it does not know."""
    name = " ".join(name.split())
    return NOBODY if _UNKNOWN.fullmatch(name) else name


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its range, whether it opens a paragraph, how many of its first characters are stressed.

    Stressed is bold, italic or underlined. `speaker` and the times are given when the file says them apart from the
    text, as a table's columns or a tier do; no label is looked for in such a line.
    """

    start: int
    end: int
    opens: bool = True
    stressed: int = 0
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    numbered: bool = False  # an entry of a numbered list, whose number the word processor writes


@dataclass(frozen=True, slots=True)
class Text:
    """One file as its reader found it. `encoding` is "" where the format leaves none to find out.

    `speakers` are labels, without regard to case, of which the reader knows that they name speakers.
    """

    source: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    warnings: tuple[Bilingual, ...] = ()
    encoding: str = ""
    speakers: frozenset[str] = frozenset()


@dataclass
class TextWriter:
    """The readable text of a format that is no plain text, put together line by line."""

    notes: list[str] = field(default_factory=list)
    warnings: list[Bilingual] = field(default_factory=list)
    encoding: str = ""
    speakers: frozenset[str] = frozenset()
    _lines: list[Line] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _speaker: str | None = None

    def add_paragraph(
        self,
        text: str,
        stressed: int = 0,
        start_ms: int | None = None,
        end_ms: int | None = None,
        *,
        numbered: bool = False,
    ) -> None:
        """Text in which labels are to be found; a line broken by hand inside it may open another turn."""
        self._speaker = None
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                opens = number == 0
                end = self._length + len(line)
                self._lines.append(
                    Line(self._length, end, opens, max(0, stressed), None, start_ms, end_ms, numbered and opens)
                )
            stressed -= len(line) + 1
            self._add(line + "\n")

    def add_spoken(self, speaker: str, text: str, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Text of which the file says the speaker, under a line with the speaker's name wherever another speaks."""
        text = text.strip()
        if speaker != self._speaker:
            self._add(f"\n{speaker}:\n" if self._parts else f"{speaker}:\n")
            self._speaker = speaker
        end = self._length + len(text)
        self._lines.append(Line(self._length, end, True, 0, speaker, start_ms, end_ms))
        self._add(text + "\n")

    def text(self) -> Text:
        """All that was added, each line ended by LF."""
        source = "".join(self._parts)
        lines = tuple(self._lines)
        return Text(source, lines, tuple(self.notes), tuple(self.warnings), self.encoding, self.speakers)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
