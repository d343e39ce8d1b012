"""WebVTT, SubRip and SubViewer subtitles: cues in the order of time, voices as speakers. Keeps no place or colour."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.errors import study_error
from corpus.files.decoding import decode, tidy
from corpus.language import Bilingual
from corpus.transcripts.cues import VOICE, Cue, find_cues
from corpus.transcripts.labels import Label, find_label
from corpus.transcripts.rolling import without_repetitions
from corpus.transcripts.sheet import SHEET, is_nobody
from corpus.transcripts.text import NOBODY, Line, Text, TextWriter, spoken_by

# Of the cues of a meeting program so many at least open with a name.
_MOST = 0.8
_CHEVRONS = re.compile(r"(?:^|\s+)>{2,}[ \t]*")
_DASH = re.compile(r"[-–—][ \t]*(?=[^\s\d-])")


def read_subtitles(data: bytes, file: str) -> Text:
    """Cues as utterances with their times; a cue without voice or label goes on with the speaker before it.

    What captions repeat of the cue before is read once. Where `>>` or a dash has another speak without a name, it is
    `???`; a file that names nobody is left to be guessed from its dashes.
    Raises StudyError when there is no cue, or none names its speaker.
    """
    source, encoding = decode(data, file)
    shown = find_cues(source)
    if not shown:
        raise study_error(
            "nessun sottotitolo trovato: esporta di nuovo il file come .vtt o .srt",
            "no cue found: export the file again as .vtt or .srt",
            file=file,
        )
    cues, repeated = without_repetitions(shown)
    parts = [(cue, _parts(cue)) for cue in cues]
    names = _labels_of_programs([said for _, spoken in parts for speaker, said in spoken if not speaker])
    named = bool(names) or any(speaker for _, spoken in parts for speaker, _ in spoken)
    text = TextWriter(encoding=encoding, speakers=names)
    nameless = 0
    for cue, spoken in parts:
        times = cue.start_ms, cue.end_ms
        for speaker, said in spoken:
            if speaker:
                text.add_spoken(speaker, _without_label(speaker, said), *times)
                continue
            for changes, part in _by_speaker(said, names):
                if changes and named:
                    nameless += 1
                    text.add_spoken(NOBODY, part, *times)
                else:
                    text.add_paragraph(f"- {part}" if changes else part, 0, *times)
    text.warnings += [*_repetitions(repeated, len(shown)), *_nameless(nameless), *_without_voice(parts)]
    return text.text()


def _parts(cue: Cue) -> list[tuple[str, str]]:
    """What a cue holds, by voice: speaker ("" where nobody is named) and words."""
    before, *voices = VOICE.split(cue.text)
    parts = [(cue.speaker, _plain(before))]
    for name, said in zip(voices[::2], voices[1::2], strict=True):
        parts.append((spoken_by(html.unescape(name)), _plain(said)))
    return [(speaker, said) for speaker, said in parts if said]


def _plain(marked: str) -> str:
    return tidy(html.unescape(marked.replace("</v>", ""))).strip()


def _labels_of_programs(texts: Sequence[str]) -> frozenset[str]:
    """The names, compared without case, that a meeting program set before the words: surely no words of the talk.

    That is every label of a file in which nearly all cues open with one, and else those that come back, also the ones
    of a sheet's words (`Comune di Soave:`): there is no sheet in subtitles.
    """
    labels = [label for text in texts if (label := _label(text)) is not None]
    signs = Counter(label.sign for label in labels).most_common(1)
    if len(texts) < 2 or not signs:
        return frozenset()
    alike = [label for label in labels if label.sign == signs[0][0]]
    times = Counter(label.key for label in alike)
    everywhere = len(alike) >= _MOST * len(texts) and len(times) < len(alike)
    return frozenset(
        label.key
        for label in alike
        if _may_be_somebody(label) and (everywhere or (times[label.key] > 1 and label.name[0].isupper()))
    )


def _may_be_somebody(label: Label) -> bool:
    first, *rest = label.key.split()
    return (bool(rest) and first in SHEET) or not is_nobody(label.key)


def _label(line: str) -> Label | None:
    label = find_label(line, Line(0, len(line.split("\n")[0])))
    return label if label is not None and label.sign in ("colon", "enclosed") else None


def _by_speaker(said: str, names: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """The lines of a cue, those put together that go on with a line before them; whether another speaks unnamed."""
    dashes = [bool(_DASH.match(line)) for line in said.split("\n")]
    two = any(dashes[1:])
    parts: list[tuple[bool, str]] = []
    for number, line in enumerate(said.split("\n")):
        first, *others = _CHEVRONS.split(line)
        dashed = two and dashes[number]
        pieces = [(dashed, _DASH.sub("", first, count=1) if dashed else first), *((True, other) for other in others)]
        for changes, piece in pieces:
            label = _label(piece)
            if label is not None and (label.sign == "colon" or label.key in names):
                parts.append((False, piece))
            elif changes or not parts:
                parts.append((changes, piece))
            else:
                parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{piece}")
    return ((changes, part) for changes, part in parts if part.strip())


def _without_label(speaker: str, said: str) -> str:
    label = _label(said)
    return said[label.text_start :] if label is not None and label.key == speaker.casefold() else said


def _repetitions(repeated: int, cues: int) -> Iterator[Bilingual]:
    if repeated:
        yield Bilingual(
            f"i sottotitoli scorrono: {repeated} su {cues} ripetono quello prima; ciò che si ripete è letto una volta",
            f"the captions roll: {repeated} of {cues} repeat the one before; what is repeated is read once",
        )


def _nameless(times: int) -> Iterator[Bilingual]:
    if times:
        yield Bilingual(
            f"{times} volte `>>` o un trattino cambia parlante senza dire chi è: quei turni sono di `{NOBODY}`",
            f"{times} times `>>` or a dash changes the speaker without a name: those turns are of `{NOBODY}`",
        )


def _without_voice(parts: Sequence[tuple[Cue, list[tuple[str, str]]]]) -> Iterator[Bilingual]:
    """Where most cues name their voice, one that does not may be of somebody else than the one before it."""
    silent = sum(not spoken[0][0] and _label(spoken[0][1]) is None for _, spoken in parts if spoken)
    if 0 < silent < 0.5 * len(parts):
        voiced = sum(bool(spoken[0][0]) for _, spoken in parts if spoken)
        if voiced >= 0.5 * len(parts):
            yield Bilingual(
                f"{silent} sottotitoli su {len(parts)} non dicono chi parla: sono letti come di chi parla prima",
                f"{silent} of {len(parts)} cues do not say who speaks: they are read as the speaker's before them",
            )
