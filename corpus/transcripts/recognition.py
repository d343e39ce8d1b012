"""What speech recognisers write: JSON of Whisper and its kin, and of the common services. Trusts their speakers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.json_stretches import Speech, Stretch, find_speech
from corpus.transcripts.program_labels import labels_of_programs
from corpus.transcripts.text import ALTERNATE, NOBODY, Text, TextWriter
from corpus.words.language import Bilingual

_MOST_KEYS = 8


def read_recognition(data: bytes, file: str) -> Text:
    """The stretches of speech with their speakers and times, wherever the program's JSON (or JSON Lines) has them.

    A stretch without speaker is of the one before it when that one also speaks next, else `???`, with a warning that
    counts them; unless no stretch has one: then labels are looked for in the text. A form that no known program writes
    is read by its shape, with a warning. Raises StudyError when the JSON is damaged or holds no speech.
    """
    source, encoding = decode(data, file)
    content = _content(source, file)
    speech = find_speech(content)
    if speech is None:
        raise _other(file, content)
    text = TextWriter(encoding=encoding)
    stretches = [stretch for stretch in speech.stretches if stretch.text.strip()]
    named = any(stretch.speaker for stretch in stretches)
    unit = speech.unit
    if not named:
        text.speakers = labels_of_programs([stretch.text.strip() for stretch in stretches])
    for stretch in _with_speakers(stretches) if named else stretches:
        times = (time.in_ms(unit) if time else None for time in (stretch.start, stretch.end))
        if named:
            text.add_spoken(stretch.speaker, stretch.text, *times)
        else:
            text.add_paragraph(stretch.text.strip(), 0, *times)
    text.warnings += [*_guessed(speech), *(_nameless_stretches(stretches) if named else ()), *_mixed(stretches)]
    return text.text()


def _content(source: str, file: str) -> Any:
    try:
        return json.loads(source)
    except (ValueError, RecursionError):
        pass
    try:
        lines = [json.loads(line) for line in source.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        raise _other(file, None) from None
    return lines


def _with_speakers(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, one without speaker between two of the same one given to that one."""
    following: list[str] = []
    after = ""
    for stretch in reversed(stretches):
        following.append(after)
        after = stretch.speaker or after
    before = ""
    for stretch, after in zip(stretches, reversed(following), strict=True):
        before = stretch.speaker or before
        yield replace(stretch, speaker=stretch.speaker or (before if before == after else NOBODY) or NOBODY)


def _nameless_stretches(stretches: Sequence[Stretch]) -> Iterator[Bilingual]:
    nameless = sum(not stretch.speaker for stretch in stretches)
    if nameless:
        yield Bilingual(
            f"tratti senza parlante nel file: {nameless} su {len(stretches)}; sono di chi parla prima e dopo,"
            f" se è la stessa persona, altrimenti di `{NOBODY}`",
            f"stretches without a speaker in the file: {nameless} of {len(stretches)}; they are of who speaks before"
            f" and after, if that is one person, else of `{NOBODY}`",
        )


def _mixed(stretches: Sequence[Stretch]) -> Iterator[Bilingual]:
    mixed = sum(stretch.mixed for stretch in stretches)
    if mixed:
        yield Bilingual(
            f"tratti con parole che il file dà anche a un altro parlante: {mixed} su {len(stretches)}; sono letti"
            " interi come di chi il file dice per il tratto: controllali",
            f"stretches with words that the file gives to another speaker too: {mixed} of {len(stretches)}; they are"
            " read whole as of who the file says for the stretch: check them",
        )


def _guessed(speech: Speech) -> Iterator[Bilingual]:
    name = speech.list_name
    if not speech.known:
        yield Bilingual(
            f"JSON di un programma sconosciuto: le parole sono lette da `{name}`; controlla parlanti e tempi",
            f"JSON of an unknown program: the words are read from `{name}`; check speakers and times",
        )
    if speech.alternates:
        yield ALTERNATE


def _other(file: str, content: Any) -> Exception:
    keys = ", ".join(f"`{str(key)[:30]}`" for key in list(content)[:_MOST_KEYS]) if isinstance(content, dict) else ""
    there, here = (f" (ci sono {keys})", f" (there are {keys})") if keys else ("", "")
    return study_error(
        f"non è un JSON di un programma di trascrizione{there}: serve `segments` con `text`, `start`, `end`, `speaker`",
        f"not a JSON of a transcription program{here}: it takes `segments` with `text`, `start`, `end`, `speaker`",
        file=file,
    )
