"""Who says which lines of a text. Believes labels where they hold together; guesses only aloud, assigns no role."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import study_error
from corpus.transcripts.believing import Beliefs, Slip, believe, distinguish_namesakes, with_missing_colons
from corpus.transcripts.clocks import TIME_ALONE, milliseconds
from corpus.transcripts.inner_marks import part_overlaps, part_times
from corpus.transcripts.labels import Label, find_label, find_weak_label
from corpus.transcripts.programs import is_written_by_a_program, several_interviews
from corpus.transcripts.sheet import sheet_length
from corpus.transcripts.text import Line, Text
from corpus.transcripts.unlabelled import guess_speakers
from corpus.transcripts.utterances import LabelledText, Utterance
from corpus.words.language import Bilingual
from corpus.words.roles import role_of_label

_CLOSING = re.compile(r"\W*(?:fine|termine)\b(?:\s+\w+){0,4}\W*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<stem>.*?\D)[ .]?(?P<number>\d{1,3})")
_MOST_DOUBTS = 8
_LONGEST_PROGRAM_LINE = 400
_MOST_WORDS_BEFORE = 150


def read_labels(text: Text, file: str, known: frozenset[str] = frozenset()) -> LabelledText:
    """Utterances of a text: a label opens one, so does a paragraph; other lines go on with it.

    `known` are the study's own labels, without regard to case. The interview's sheet, what stands before the first
    label, a line such as `[Fine dell'intervista]` and lines that programs write themselves become notes. Times and
    other people's words marked inside an utterance part it. A text without a single label is parted into questions and
    answers where its form tells them apart, with a warning.
    Raises StudyError when nobody can be found.
    """
    source = text.source
    lines = _after_times(text)
    known |= text.speakers
    by_program = [line.speaker is None and _is_program_line(source, line) for line in lines]
    open_lines = [line.speaker is None and not program for line, program in zip(lines, by_program, strict=True)]
    strong = distinguish_namesakes(
        [find_label(source, line) if looked else None for line, looked in zip(lines, open_lines, strict=True)]
    )
    weak = [find_weak_label(source, line) if looked else None for line, looked in zip(lines, open_lines, strict=True)]
    sheet = sheet_length(source, lines, strong)
    beliefs = believe(strong[sheet:], weak[sheet:], lines[sheet:], known)
    beliefs = with_missing_colons(beliefs, source, lines[sheet:])
    warnings = list(text.warnings)
    utterances, notes = _part(source, lines[sheet:], beliefs.labels, by_program[sheet:])
    before = [source[line.start : line.end].strip() for line in lines[:sheet]]
    spoken = [line for line, program in zip(lines[sheet:], by_program[sheet:], strict=True) if not program]
    guessed = guess_speakers(source, spoken) if _is_doubtful(utterances, beliefs, lines[sheet:]) else None
    if guessed is not None:
        utterances, first, warning = guessed
        notes = [source[line.start : line.end].strip() for line in spoken[:first]]
        warnings.append(warning)
    elif not utterances:
        raise study_error(
            "nessun parlante trovato: comincia ogni turno con il nome e i due punti, come `INTERVISTATRICE: ...`",
            "no speaker found: begin each turn with the name and a colon, like `INTERVIEWER: ...`",
            file=file,
        )
    else:
        warnings += [*_doubts(beliefs.doubted), *_slips(source, lines, sheet, beliefs.slips)]
    warnings += several_interviews(
        [source[line.start : line.end] for line, program in zip(lines, by_program, strict=True) if program]
    )
    warnings += _left_before(source, utterances, lines)
    parted = part_times(
        source,
        part_overlaps(source, _without_numbers(utterances)),
        bare=_are_bare(source, lines[sheet:], beliefs.labels),
    )
    return LabelledText(source, tuple(parted), (*before, *notes, *text.notes), tuple(warnings), text.encoding)


def _is_program_line(source: str, line: Line) -> bool:
    return line.end - line.start <= _LONGEST_PROGRAM_LINE and is_written_by_a_program(
        source[line.start : line.end].strip()
    )


def _after_times(text: Text) -> tuple[Line, ...]:
    """The lines; one under a line of its own for the time opens a paragraph if that did."""
    lines: list[Line] = []
    opens = False
    for line in text.lines:
        lines.append(replace(line, opens=True) if opens else line)
        opens = lines[-1].opens and TIME_ALONE.fullmatch(text.source, line.start, line.end) is not None
    return tuple(lines)


def _are_bare(source: str, lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Whether times without hours and brackets (`0:03 Anna: ...`) open the lines of this transcript."""
    opened = [
        label is not None and label.start_ms is not None and source[line.start].isdigit()
        for line, label in zip(lines, labels, strict=True)
    ]
    return sum(opened) > 1


def _is_doubtful(utterances: Sequence[Utterance], beliefs: Beliefs, lines: Sequence[Line]) -> bool:
    """Whether nobody was found, or only names that chance colons may have made: one, or in few of the paragraphs."""
    labels = sum(label is not None for label in beliefs.labels)
    few = len(beliefs.speakers) == 1 or labels * 2 < sum(line.opens for line in lines)
    return not utterances or (not beliefs.certain and few)


def _part(
    source: str, lines: Sequence[Line], labels: Sequence[Label | None], by_program: Sequence[bool]
) -> tuple[list[Utterance], list[str]]:
    utterances: list[Utterance] = []
    notes: list[str] = []
    speaker: str | None = None
    start_ms: int | None = None
    opens = True  # whether the next words open an utterance even where their line opens no paragraph
    for line, label, program in zip(lines, labels, by_program, strict=True):
        if line.start_ms is not None:
            start_ms = line.start_ms
        if line.speaker is not None:
            speaker = line.speaker
            utterances.append(Utterance(speaker, line.start, line.end, start_ms, line.end_ms))
            start_ms = None
            opens = True
            continue
        if program:
            notes.append(source[line.start : line.end].strip())
            opens = True
            continue
        alone = TIME_ALONE.fullmatch(source, line.start, line.end)
        if alone:
            start_ms = milliseconds(alone["time"])
            opens = True
            continue
        start = line.start
        if label is not None:
            speaker = label.name
            start = label.text_start
            opens = True
            start_ms = label.start_ms if label.start_ms is not None else start_ms
        if start >= line.end:
            continue
        if speaker is None or (start == line.start and _CLOSING.fullmatch(source, start, line.end)):
            notes.append(source[start : line.end].strip())
        elif opens or line.opens:
            utterances.append(Utterance(speaker, start, line.end, start_ms, line.end_ms))
            start_ms = None
            opens = False
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
    stems = {stem for stem, asked in numbers.items() if len(asked) > 2 and asked == list(range(1, len(asked) + 1))}
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


def _slips(source: str, lines: Sequence[Line], sheet: int, slips: Sequence[Slip]) -> Iterator[Bilingual]:
    for slip in slips[:_MOST_DOUBTS]:
        row = source.count("\n", 0, lines[sheet + slip.line].start) + 1
        if slip.sign:
            yield Bilingual(
                f"riga {row}: `{slip.name}{slip.sign}` apre un turno come se ci fossero i due punti: controlla, e se è"
                f" così scrivi `{slip.name}:`",
                f"line {row}: `{slip.name}{slip.sign}` opens a turn as if it had a colon: check it, and if so write"
                f" `{slip.name}:`",
            )
            continue
        yield Bilingual(
            f"riga {row}: `{slip.name}` apre un turno, ma forse è `{slip.likely}` scritto male:"
            " se è così correggi il nome, altrimenti mettilo in [speakers] di study.toml",
            f"line {row}: `{slip.name}` opens a turn, but perhaps it is `{slip.likely}` misspelt:"
            " if so mend the name, else put it under [speakers] in study.toml",
        )
