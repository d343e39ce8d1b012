"""Who says which lines of a text. Believes labels where they hold together; guesses only aloud, assigns no role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import study_error
from corpus.language import Bilingual
from corpus.roles import role_of_label
from corpus.transcripts.believing import Beliefs, weigh, weigh_weak
from corpus.transcripts.labels import TIME_ALONE, Label, find_label, find_weak_label, milliseconds
from corpus.transcripts.overlaps import part_overlaps
from corpus.transcripts.reading import Reading, Utterance
from corpus.transcripts.sheet import sheet_length
from corpus.transcripts.text import Line, Text
from corpus.transcripts.unlabelled import guess_speakers

_CLOSING = re.compile(r"\W*(?:fine|termine)\b(?:\s+\w+){0,4}\W*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<stem>.*?\D)[ .]?(?P<number>\d{1,3})")
_MOST_DOUBTS = 8
_MOST_WORDS_BEFORE = 150


def read_labels(text: Text, file: str, known: frozenset[str] = frozenset()) -> Reading:
    """Utterances of a text: a label opens one, so does a paragraph; other lines go on with it.

    `known` are the study's own labels, without regard to case. The interview's sheet, what stands before the first
    label and a line such as `[Fine dell'intervista]` become notes. A text without a single label is parted into
    questions and answers where its form tells them apart, with a warning.
    Raises StudyError when nobody can be found.
    """
    source, lines = text.source, text.lines
    known |= text.speakers
    labels = [None if line.speaker is not None else find_label(source, line) for line in lines]
    sheet = sheet_length(source, lines, labels)
    for number in range(sheet):
        labels[number] = None
    beliefs = weigh(labels[sheet:], lines[sheet:], known)
    warnings = list(text.warnings)
    utterances, notes = _part(source, lines, labels, beliefs, sheet)
    if not utterances:
        weak = [find_weak_label(source, line) for line in lines]
        utterances, notes = _part(source, lines, weak, weigh_weak(weak[sheet:], known), sheet)
    if not utterances:
        guessed = guess_speakers(source, lines[sheet:])
        if guessed is None:
            raise study_error(
                "nessun parlante trovato: comincia ogni turno con il nome e i due punti, come `INTERVISTATRICE: ...`",
                "no speaker found: begin each turn with the name and a colon, like `INTERVIEWER: ...`",
                file=file,
            )
        utterances, first, warning = guessed
        notes = [source[line.start : line.end].strip() for line in lines[: sheet + first]]
        warnings.append(warning)
    warnings += [*_doubts(beliefs.doubted), *_left_before(source, utterances, lines)]
    utterances = part_overlaps(source, utterances)
    return Reading(source, _without_numbers(utterances), (*notes, *text.notes), tuple(warnings), text.encoding)


def _part(
    source: str, lines: Sequence[Line], labels: Sequence[Label | None], beliefs: Beliefs, sheet: int
) -> tuple[list[Utterance], list[str]]:
    utterances: list[Utterance] = []
    notes = [source[line.start : line.end].strip() for line in lines[:sheet]]
    speaker: str | None = None
    start_ms: int | None = None
    fresh = True
    for line, label in zip(lines[sheet:], labels[sheet:], strict=True):
        if line.start_ms is not None:
            start_ms = line.start_ms
        if line.speaker is not None:
            speaker = line.speaker
            utterances.append(Utterance(speaker, line.start, line.end, start_ms, line.end_ms))
            start_ms, fresh = None, True
            continue
        alone = TIME_ALONE.fullmatch(source, line.start, line.end)
        if alone:
            start_ms, fresh = milliseconds(alone["time"]), True
            continue
        start = line.start
        if label is not None and beliefs.holds(label):
            speaker, start, fresh = label.name, label.text_start, True
            start_ms = label.start_ms if label.start_ms is not None else start_ms
        if start >= line.end:
            continue
        if speaker is None or (start == line.start and _CLOSING.fullmatch(source, start, line.end)):
            notes.append(source[start : line.end].strip())
        elif fresh or line.opens:
            utterances.append(Utterance(speaker, start, line.end, start_ms, line.end_ms))
            start_ms, fresh = None, False
        else:
            last = utterances[-1]
            utterances[-1] = Utterance(last.speaker, last.start, line.end, last.start_ms, last.end_ms)
    return utterances, notes


def _without_numbers(utterances: Sequence[Utterance]) -> Sequence[Utterance]:
    """`Domanda 1, Risposta 1, Domanda 2 ...` each once and in order: numbers of questions, not of people.

    It takes three questions of one who asks by the vocabulary; answers are numbered only along with them.
    """
    numbers: dict[str, list[int]] = {}
    for before, utterance in zip((None, *utterances), utterances, strict=False):
        match = _NUMBERED.fullmatch(utterance.speaker)
        if match and (before is None or before.speaker != utterance.speaker):
            numbers.setdefault(match["stem"].strip(), []).append(int(match["number"]))
    stems = {stem for stem, found in numbers.items() if len(found) > 2 and found == list(range(1, len(found) + 1))}
    if not any(role_of_label(stem) == "interviewer" for stem in stems):
        return utterances
    return [replace(utterance, speaker=_stem(utterance.speaker, stems)) for utterance in utterances]


def _stem(speaker: str, stems: set[str]) -> str:
    match = _NUMBERED.fullmatch(speaker)
    return match["stem"].strip() if match and match["stem"].strip() in stems else speaker


def _left_before(source: str, utterances: Sequence[Utterance], lines: Sequence[Line]) -> Iterator[Bilingual]:
    words = len(source[lines[0].start : utterances[0].start].split())
    if words > _MOST_WORDS_BEFORE:
        yield Bilingual(
            f"prima del primo parlante ci sono circa {words} parole, prese per note: controlla che non siano turni",
            f"before the first speaker there are about {words} words, taken for notes: check that they are no turns",
        )


def _doubts(names: Sequence[str]) -> Iterator[Bilingual]:
    if names:
        some = ", ".join(f"`{name}:`" for name in names[:_MOST_DOUBTS])
        yield Bilingual(
            f"{some}: a inizio paragrafo, una volta sola, e quindi letto come testo e non come parlante."
            " Se è un parlante, scrivilo in [speakers] di study.toml",
            f"{some}: once, at the start of a paragraph, and so read as text, not as a speaker."
            " If it is a speaker, write it under [speakers] in study.toml",
        )
