"""Speaker labels in running text, in the ways people type them. Finds who says which lines; assigns no role."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import study_error
from corpus.roles import role_of_label
from corpus.transcripts.reading import Reading, Utterance

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:-\d{1,3})?"
_TIME = rf"[\[(#]?{_CLOCK}(?:\s*(?:-->|-|–)\s*{_CLOCK})?[\])#]?"
_NAME = r"[^\s:*_\t\[\](){}#\-–•>][^:*\t\n\[\](){}]{0,39}?"
_STRESS = r"(?:\*{1,3}|_{1,2})"
_LABEL = (
    rf"\s*(?:[-–•>]\s+)*(?P<heading>#{{1,6}}\s+)?(?:(?P<time>{_TIME})\s*)?(?P<bold>{_STRESS})?\s*(?P<label>{_NAME})"
    rf"(?:\s*[\[(](?P<after>{_CLOCK})[\])]|\s+(?P<later>{_CLOCK})(?=\s*:?\s*$))?\s*{_STRESS}?"
    rf"\s*(?P<sign>(?:(?<!\d):|:(?!\d))(?!//)|$%s)(?:\s*{_STRESS}(?=\s|$))?[ \t]*"
)
_LABELLED = re.compile(_LABEL.replace("%s", ""))
_STOPPED = re.compile(_LABEL.replace("%s", r"|\.(?=\s)|\s[-–—](?=\s)"))
_TIME_ALONE = re.compile(rf"\s*(?P<time>{_TIME})\s*$")
_CLOCK_PARTS = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")
_PARTICLES = frozenset(str.split("di de del della dei da dal la lo"))
# Words that open a line with a colon without being anybody: turns of speech, and the header of an interview sheet.
_NOBODY = frozenset(
    str.split(
        "allora ecco cioè quindi infatti insomma dunque poi "
        "anzi esempio nota note attenzione risultato morale punto primo "
        "secondo terzo uno due tre conclusione traduzione data "
        "luogo durata ora orario intervista interviste comune file "
        "trascrizione trascrittore codice titolo progetto legenda presenti partecipanti audio registrazione date"
    )
)
_OPENERS = frozenset(str.split("per ad come dico dice diceva dicevo e ma che il le gli un una se no sì mi ti ci vi si"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its range, whether it opens a paragraph, how many of its first characters are bold.

    `speaker` and the times are given when the file says them apart from the text, as the columns of a table do.
    """

    start: int
    end: int
    opens: bool
    bold: int = 0
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass
class LabelledText:
    """The readable text of a format that is no plain text, put together line by line for `read_labels`."""

    lines: list[Line] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def source(self) -> str:
        """All that was added, each line ended by LF."""
        return "".join(self._parts)

    def add_paragraph(self, text: str, bold: int = 0, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Text in which labels are to be found; a line broken by hand inside it may open another turn."""
        for number, line in enumerate(text.split("\n")):
            if line.strip():
                opens, end = number == 0, self._length + len(line)
                self.lines.append(Line(self._length, end, opens, bold if opens else 0, None, start_ms, end_ms))
            self._add(line + "\n")

    def add_spoken(self, speaker: str, text: str, start_ms: int | None = None, end_ms: int | None = None) -> None:
        """Text of which the file says the speaker; labels are not looked for in it."""
        self._add(f"{speaker}\t")
        end = self._length + len(text)
        self.lines.append(Line(self._length, end, True, 0, speaker, start_ms, end_ms))
        self._add(text + "\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    text_start: int
    start_ms: int | None
    sign: str
    marked: bool  # bold, a heading, or with a time: it is meant as a label


def read_labels(source: str, lines: Sequence[Line], file: str) -> Reading:
    """Utterances from `lines` (blank ones left out): a label opens one, so does a paragraph; other lines go on with it.

    A label is believed when it is a word of the role vocabulary, is bold, comes back, or looks like a name at the start
    of a paragraph. What stands before the first label becomes notes. Raises StudyError when there is no label at all.
    """
    found = [None if line.speaker is not None else _label(source, line) for line in lines]
    believed = _believed(found, lines)
    utterances: list[Utterance] = []
    notes: list[str] = []
    speaker: str | None = None
    start_ms: int | None = None
    fresh = True
    for line, label in zip(lines, found, strict=True):
        if line.speaker is not None:
            speaker, fresh = line.speaker, True
        if line.start_ms is not None:
            start_ms = line.start_ms
        alone = _TIME_ALONE.fullmatch(source, line.start, line.end)
        if alone:
            start_ms, fresh = milliseconds(alone["time"]), True
            continue
        start = line.start
        if label is not None and label.name.casefold() in believed[label.sign]:
            speaker, start, fresh = label.name, label.text_start, True
            start_ms = label.start_ms if label.start_ms is not None else start_ms
        if start >= line.end:
            continue
        if speaker is None:
            notes.append(source[start : line.end].strip())
        elif fresh or line.opens:
            utterances.append(Utterance(speaker, start, line.end, start_ms, line.end_ms))
            start_ms, fresh = None, False
        else:
            last = utterances[-1]
            utterances[-1] = Utterance(last.speaker, last.start, line.end, last.start_ms, last.end_ms)
    if not utterances:
        raise study_error(
            "nessun parlante trovato: comincia ogni turno con il nome e i due punti, come `INTERVISTATRICE: ...`",
            "no speaker found: begin each turn with the name and a colon, like `INTERVIEWER: ...`",
            file=file,
        )
    return Reading(source, utterances, tuple(notes))


def _label(source: str, line: Line) -> _Label | None:
    match = _STOPPED.match(source, line.start, line.end)
    if match is not None and match["sign"] not in (":", "") and role_of_label(match["label"]) is None:
        match = _LABELLED.match(source, line.start, line.end)  # "Dott. Bianchi: ..."
    if match is None:
        return None
    name = " ".join(match["label"].split()).strip(" ._-–—")
    if not name or len(name.split()) > 4 or (match["sign"] == ":" and name[-1].isdigit() and name.isdigit()):
        return None
    time = match["time"] or match["after"] or match["later"]
    sign = match["sign"].strip() or "alone"
    # A bold label in a word processor may come without its colon: the bold ends where the label does.
    marked = bool(match["bold"] or match["heading"]) or 0 < line.bold <= match.end() - line.start + 1
    if sign == "alone":
        marked = marked or time is not None  # "Mario Rossi 00:12", as transcription services write it
    elif sign != ":":
        sign = "."
    return _Label(name, match.end(), milliseconds(time) if time else None, sign, marked)


def _believed(found: Sequence[_Label | None], lines: Sequence[Line]) -> dict[str, set[str]]:
    """Names that are speakers, by the sign after them: a colon, nothing (a line of its own), a full stop or dash."""
    labels = [(label, line.opens) for label, line in zip(found, lines, strict=True) if label is not None]
    # Without a single empty line every line may be a turn.
    packed = sum(line.opens for line in lines) <= 1
    times = Counter((label.sign, label.name.casefold()) for label, _ in labels)
    signs: dict[str, set[str]] = {":": set(), "alone": set(), ".": set()}
    for label, opens in labels:
        key = label.name.casefold()
        if label.sign == ":" and _named_with_colon(label, times[":", key], opens or packed):
            signs[":"].add(key)
    for label, opens in labels:
        key = label.name.casefold()
        on_its_own = label.sign == "alone" and (opens or label.marked)
        if on_its_own and (key in signs[":"] or _named_alone(label, times["alone", key])):
            signs["alone"].add(key)
    if not signs[":"] and not signs["alone"]:
        signs["."] = {label.name.casefold() for label, _ in labels if label.sign == "." and _named_with_stop(label)}
    return signs


def _named_with_colon(label: _Label, times: int, opens: bool) -> bool:
    if role_of_label(label.name):
        return True
    if _nobody(label.name.casefold()):
        return False
    code = label.name.isupper() or (
        any(character.isdigit() for character in label.name) and not label.name[0].islower()
    )
    name = _looks_like_a_name(label.name) and (opens or code or len(label.name.split()) > 1)
    return label.marked or name or _comes_back(label.name, times)


def _comes_back(name: str, times: int) -> bool:
    return times >= (3 if name[0].islower() else 2) and len(name.split()) <= 3


def _named_alone(label: _Label, times: int) -> bool:
    whole = len(label.name.split()) == 1 and role_of_label(label.name) is not None
    believable = label.marked or times >= 2
    return not _nobody(label.name.casefold()) and (whole or (believable and _looks_like_a_name(label.name)))


def _named_with_stop(label: _Label) -> bool:
    return (len(label.name) <= 4 or label.name.isupper()) and role_of_label(label.name) is not None


def _looks_like_a_name(name: str) -> bool:
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    return 0 < len(words) <= 3 and all(not word[0].isalpha() or word[0].isupper() for word in words)


def _nobody(key: str) -> bool:
    first, *rest = key.split()
    return first.strip("#.°") in _NOBODY or (bool(rest) and first in _OPENERS)


def milliseconds(time: str) -> int | None:
    """Milliseconds from a clock such as `00:03:12`, `[3:12]` or `00:03:12.500`, None when there is none."""
    match = _CLOCK_PARTS.search(time)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
