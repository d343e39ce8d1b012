"""WebVTT, SubRip and SubViewer subtitles: cues in the order of time, voices as speakers. Keeps no place or colour."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.errors import study_error
from corpus.files.decoding import decode
from corpus.transcripts.cues import VOICE, Cue, find_cues
from corpus.transcripts.program_labels import MOST, label_of, labels_of_programs, on_one_line
from corpus.transcripts.rolling import without_repetitions
from corpus.transcripts.text import ALTERNATE, NOBODY, Text, TextWriter, spoken_by
from corpus.words.language import Bilingual
from corpus.words.spelling import tidy

_CHEVRONS = re.compile(r"(?:^|\s+)>{2,}[ \t]*")
_DASH = re.compile(r"[-–—][ \t]*(?=[^\s\d-])")


def read_subtitles(data: bytes, file: str) -> Text:
    """Cues as utterances with their times; a cue without voice or label goes on with the speaker before it.

    What captions repeat of the cue before is read once. Where `>>` or a dash has another speak without a name, it is
    `???`; in a file that names nobody `>>` has two people alternate, which is told, and dashes are guessed from.
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
    return write_cues(shown, encoding)


def write_cues(shown: Sequence[Cue], encoding: str = "") -> Text:
    """The text of cues in the order of time, as `read_subtitles` says."""
    cues, repeated = without_repetitions(shown)
    texts = on_one_line([cue.text for cue in cues])
    cues = [replace(cue, text=text) for cue, text in zip(cues, texts, strict=True)]
    parts = [(cue, _by_voice(cue)) for cue in cues]
    names = labels_of_programs([words for _, spoken in parts for speaker, words in spoken if not speaker])
    named = bool(names) or any(speaker for _, spoken in parts for speaker, _ in spoken)
    pieces = [
        (cue, speaker, sign, piece)
        for cue, spoken in parts
        for speaker, words in spoken
        for sign, piece in ([("", words)] if speaker else _by_speaker(words, names))
    ]
    signs = Counter(sign for _, _, sign, _ in pieces)
    alternate = not named and signs[">>"] > 0 and not any(label_of(piece) for _, _, _, piece in pieces)
    text = TextWriter(encoding=encoding, speakers=names)
    turn = 0
    for number, (cue, speaker, sign, piece) in enumerate(pieces):
        times = cue.start_ms, cue.end_ms
        turn += sign == ">>" and number > 0
        if speaker:
            text.add_spoken(speaker, _without_label(speaker, piece), *times)
        elif alternate:
            text.add_spoken(f"Speaker {turn % 2}", piece, *times)
        elif sign and named:
            text.add_spoken(NOBODY, piece, *times)
        else:
            text.add_paragraph(f"- {piece}" if sign else piece, 0, *times)
    text.warnings += [*_repetitions(repeated, len(shown)), *([ALTERNATE] if alternate else ())]
    text.warnings += [*_nameless_changes(signs.total() - signs[""] if named else 0), *_without_voice(parts)]
    return text.text()


def _by_voice(cue: Cue) -> list[tuple[str, str]]:
    """What a cue holds, by voice: speaker ("" where nobody is named) and words."""
    before, *voices = VOICE.split(cue.text)
    parts = [(cue.speaker, _plain(before))]
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        parts.append((spoken_by(html.unescape(name)), _plain(words)))
    return [(speaker, words) for speaker, words in parts if words]


def _plain(marked: str) -> str:
    return tidy(html.unescape(marked.replace("</v>", ""))).strip()


def _by_speaker(words: str, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The lines of a cue, those put together that go on with a line before them, with the sign that another speaks.

    That is `>>`, or `-` where a cue has two speakers; "" where none stands there or a label follows it.
    """
    dashes = [bool(_DASH.match(line)) for line in words.split("\n")]
    two = any(dashes[1:])
    parts: list[tuple[str, str]] = []
    for number, line in enumerate(words.split("\n")):
        first, *others = _CHEVRONS.split(line)
        dashed = two and dashes[number]
        pieces = [("-", _DASH.sub("", first, count=1)) if dashed else ("", first), *((">>", other) for other in others)]
        for sign, piece in pieces:
            label = label_of(piece)
            if label is not None and (label.sign == "colon" or label.key in names):
                parts.append(("", piece))
            elif sign or not parts:
                parts.append((sign, piece))
            else:
                parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{piece}")
    return ((sign, part) for sign, part in parts if part.strip())


def _without_label(speaker: str, words: str) -> str:
    label = label_of(words)
    return words[label.text_start :] if label is not None and label.key == speaker.casefold() else words


def _repetitions(repeated: int, cues: int) -> Iterator[Bilingual]:
    if repeated:
        yield Bilingual(
            f"i sottotitoli scorrono: {repeated} su {cues} ripetono quello prima; ciò che si ripete è letto una volta",
            f"the captions roll: {repeated} of {cues} repeat the one before; what is repeated is read once",
        )


def _nameless_changes(times: int) -> Iterator[Bilingual]:
    if times:
        yield Bilingual(
            f"cambi di parlante senza nome (`>>` o trattino): {times}; quei turni sono di `{NOBODY}`",
            f"changes of speaker without a name (`>>` or a dash): {times}; those turns are of `{NOBODY}`",
        )


def _without_voice(parts: Sequence[tuple[Cue, list[tuple[str, str]]]]) -> Iterator[Bilingual]:
    """Where nearly all cues name who speaks, one that does not may be of somebody else than the one before it."""
    first = [spoken[0] for _, spoken in parts if spoken]
    voiced = sum(bool(speaker) for speaker, _ in first)
    silent = sum(not speaker and label_of(words) is None for speaker, words in first)
    if silent and (voiced > 0.5 * len(first) or len(first) - silent >= MOST * len(first)):
        yield Bilingual(
            f"sottotitoli che non dicono chi parla: {silent} su {len(first)}; sono letti come di chi parla prima",
            f"cues that do not say who speaks: {silent} of {len(first)}; they are read as the speaker's before them",
        )
