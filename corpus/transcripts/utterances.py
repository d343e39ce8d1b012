"""What every reader hands over, and how it becomes a Transcript: turns joined, cleaned and aligned. Opens no file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.alignment import Alignment
from corpus.errors import Notebook, study_error
from corpus.records import Transcript, Turn, Unit
from corpus.transcripts.cleaning import clean, is_jefferson
from corpus.words.language import Bilingual

MAX_SPEAKERS = 200


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of the source that one speaker says, as the file marks it off: a paragraph, an annotation, a cue."""

    speaker: str
    start: int
    end: int
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One file as its reader found it: the text, who says which stretch of it in order, and notes beside it."""

    source: str
    utterances: Sequence[Utterance]
    notes: tuple[str, ...] = ()
    warnings: tuple[Bilingual, ...] = ()
    encoding: str = ""


def build_transcript(text: LabelledText, *, id: str, file: str, sha256: str) -> Transcript:
    """The transcript of a text: one turn for each run of utterances of one speaker, each utterance a unit of it.

    Speakers that differ in letter case alone are one, spelled as at first. A turn's source range goes from its first
    utterance to its last, so it may hold the speaker's label again; its clean text does not.
    Raises StudyError when more speakers are named than a conversation can have.
    """
    spelling: dict[str, str] = {}
    for utterance in text.utterances:
        spelling.setdefault(utterance.speaker.casefold(), utterance.speaker)
    if len(spelling) > MAX_SPEAKERS:
        raise study_error(
            f"trovati {len(spelling)} parlanti diversi: controlla le etichette dei turni",
            f"found {len(spelling)} different speakers: check the labels of the turns",
            file=file,
        )
    source = text.source
    jefferson = is_jefferson(source[utterance.start : utterance.end] for utterance in text.utterances)
    runs = groupby(text.utterances, key=lambda utterance: utterance.speaker.casefold())
    turns = tuple(
        _turn(number, spelling[speaker], tuple(run), source, jefferson) for number, (speaker, run) in enumerate(runs, 1)
    )
    notebook = Notebook(file)
    for warning in text.warnings:
        notebook.warning(*warning)
    return Transcript(id, file, sha256, source, turns, text.notes, text.encoding, notebook.problems)


def _turn(number: int, speaker: str, utterances: Sequence[Utterance], source: str, jefferson: bool) -> Turn:
    texts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    units: list[Unit] = []
    length = 0
    for utterance in utterances:
        text, copied = clean(source[utterance.start : utterance.end], jefferson=jefferson)
        start = length + 1 if text and length else length
        pieces += [(start + clean_start, utterance.start + at, size) for clean_start, at, size in copied]
        units.append(Unit(start, start + len(text), utterance.start_ms, utterance.end_ms))
        if text:
            texts.append(text)
            length = start + len(text)
    first = utterances[0]
    last = utterances[-1]
    begins = [utterance.start_ms for utterance in utterances if utterance.start_ms is not None]
    ends = [utterance.end_ms for utterance in utterances if utterance.end_ms is not None]
    return Turn(
        number=number,
        speaker=speaker,
        start=first.start,
        end=last.end,
        text=" ".join(texts),
        # A turn of signs alone ("((ride))") still leads back to where it stands.
        alignment=Alignment(tuple(pieces) or ((0, first.start, 0),)),
        units=tuple(units),
        start_ms=min(begins, default=None),
        end_ms=max(ends, default=None),
    )
