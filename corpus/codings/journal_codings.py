"""The journal as human codings, "no"s and readings of random samples, each found in its transcript. Judges nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from corpus.codebook.theme_names import ThemeNames
from corpus.codings.coding_reader import CodingReader
from corpus.codings.journal import JOURNAL, Decision
from corpus.codings.journal_places import PlaceNow, find_passage, find_segment
from corpus.codings.quotations import Place, Wording
from corpus.codings.settled_codings import settle_rows
from corpus.codings.worksheets import likest_now
from corpus.errors import Notebook, Problem, listed
from corpus.records import Theme
from corpus.transcripts.transcript_names import transcript_called
from corpus.words.spelling import fold, suggestion

_CODINGS = ("code", "refuse", "read")


@dataclass(frozen=True, slots=True)
class RoomReading:
    """A segment that somebody read whole for a random draw. `file` and `line` say where that is written."""

    draw: str
    coder: str
    transcript: str
    place: Place
    file: str
    line: int


def read_journal_codings(
    decisions: Sequence[Decision], texts: Mapping[str, Wording], themes: Sequence[Theme]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The HumanCodings frame of the decisions that hold, and what is wrong; each says nothing of other segments.

    A coding stands where its words do, a "no" and a reading at their segment. A segment that somebody read and coded
    is coded, so that it is no row with theme "". `texts` are the transcripts by id.
    """
    reader = _Reader(Notebook(JOURNAL), texts, ThemeNames(themes))
    coded = {_segment(each) for each in decisions if each.do == "code"}
    rows: list[tuple[object, ...]] = []
    for decision in decisions:
        if decision.do not in _CODINGS or (decision.do == "read" and _segment(decision) in coded):
            continue
        theme = "" if decision.do == "read" else reader.theme(decision)
        passage = None if theme is None else reader.passage(decision)
        if theme is not None and passage is not None:
            transcript, place = passage
            quote = texts[transcript].source[slice(*place)]
            page = reader.notebook.of(decision.file)
            stance = CodingReader(page, texts, reader.themes).stance(decision.stance, decision.line, "stance")
            rows.append((transcript, *place, quote, theme, stance, decision.coder, True, decision.do != "refuse"))
    reader.tell()
    codings, disagreements = settle_rows(rows, JOURNAL)
    return codings, (*reader.notebook.problems, *disagreements)


def room_readings(decisions: Sequence[Decision], texts: Mapping[str, Wording]) -> tuple[RoomReading, ...]:
    """The readings of random draws among the decisions that hold, where their segments stand now.

    What is lost is told by `read_journal_codings`.
    """
    readings: list[RoomReading] = []
    for decision in decisions:
        transcript = transcript_called(decision.transcript, texts)
        if decision.do != "read" or not decision.draw or transcript is None:
            continue
        segment = find_segment(decision, texts[transcript])
        if segment is not None:
            who = (decision.draw, decision.coder)
            readings.append(RoomReading(*who, transcript, segment.place, decision.file, decision.line))
    return tuple(readings)


def _segment(decision: Decision) -> tuple[object, ...]:
    return fold(decision.coder), decision.transcript, decision.context


@dataclass
class _Reader(CodingReader):
    """The journal being read: the lines, by file, of what is unknown, and what may be other words than meant."""

    unknown: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    unsure: dict[str, list[int]] = field(default_factory=dict)

    def theme(self, decision: Decision) -> str | None:
        """The code of the theme, by its code or by the label that it had; None, and noted, for an unknown one."""
        found = self.themes.find(decision.theme) or self.themes.find(decision.label)
        if not found:
            self.unknown.setdefault((decision.file, "theme", decision.theme), []).append(decision.line)
        return found or None

    def passage(self, decision: Decision) -> tuple[str, Place] | None:
        """The transcript and where in it the decision stands now; None, and told, where its words are gone."""
        transcript = transcript_called(decision.transcript, self.texts)
        if transcript is None:
            self.unknown.setdefault((decision.file, "transcript", decision.transcript), []).append(decision.line)
            return None
        find: Callable[[Decision, Wording], PlaceNow | None] = find_passage if decision.do == "code" else find_segment
        now = find(decision, self.texts[transcript])
        if now is None:
            self._tell_lost(decision, transcript)
            return None
        if not now.sure:
            self.unsure.setdefault(decision.file, []).append(decision.line)
        return transcript, now.place

    def tell(self) -> None:
        """What was noted, once a name or file."""
        for (file, kind, name), lines in self.unknown.items():
            page = self.notebook.of(file)
            rows = listed(lines)
            if kind == "theme":
                hint = suggestion(name, self.themes.known())
                page.error(
                    f"il tema `{name}` non è nel libro dei codici{hint.it}: rimettilo, o ridai il suo codice al tema "
                    f"che ha cambiato nome; decisioni lasciate fuori: righe {rows}",
                    f"the theme `{name}` is not in the codebook{hint.en}: put it back, or give its code back to the "
                    f"theme that was renamed; decisions left out: rows {rows}",
                    row=lines[0],
                )
                continue
            hint = suggestion(name, self.texts)
            page.error(
                f"la trascrizione `{name}` non c'è o non si è potuta leggere{hint.it}: rimettila con quel nome; "
                f"decisioni lasciate fuori: righe {rows}",
                f"the transcript `{name}` does not exist or could not be read{hint.en}: put it back under that name; "
                f"decisions left out: rows {rows}",
                row=lines[0],
            )
        for file, lines in self.unsure.items():
            number = len(lines)
            rows = listed(lines)
            self.notebook.of(file).warning(
                f"il testo attorno a {number} passaggi è cambiato o si ripete, e sono ritrovati dalle loro parole: "
                f"controllali nella sala di lettura (righe {rows})",
                f"the text around {number} passages changed or comes again, and they are found by their words: check "
                f"them in the reading room (rows {rows})",
                row=lines[0],
            )

    def _tell_lost(self, decision: Decision, transcript: str) -> None:
        words = decision.passage if decision.do == "code" else decision.context
        now = likest_now(self.texts[transcript], words.text if words else "")
        self.notebook.of(decision.file).error(
            f"le parole non sono più in `{transcript}`: decisione lasciata fuori{now.it}; se vale ancora, prendila di "
            "nuovo nella sala di lettura",
            f"the words are in `{transcript}` no longer: decision left out{now.en}; if it still holds, take it again "
            "in the reading room",
            row=decision.line,
        )
