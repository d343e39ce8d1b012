"""What is left over in a transcript, and the warnings that tell it. Changes no turn."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from corpus.errors import Notebook, listed
from corpus.files.decoding import decode
from corpus.records import Transcript
from corpus.transcripts.leftovers.left_labels import find_labels, find_swallowed
from corpus.transcripts.leftovers.lines import Kind, Leftover, spoken_lines
from corpus.transcripts.leftovers.pages import find_headers, find_page_numbers
from corpus.transcripts.leftovers.program_marks import find_program_signs
from corpus.transcripts.leftovers.repetitions import find_repetitions
from corpus.transcripts.leftovers.strays import find_strays
from corpus.transcripts.leftovers.times import find_times
from corpus.words.language import Bilingual

# Formats of which people see times and no lines, and those whose text is put together anew from the lines of the file.
_TIMED = frozenset({".json", ".otr", ".eaf", ".textgrid", ".ttml", ".dfxp"})
_REWRITTEN = frozenset({".vtt", ".srt", ".sbv", ".tsv", ".csv"})
_MOST_QUOTED = 3
_LONGEST_QUOTE = 40
_WHAT: dict[Kind, Bilingual] = {
    "label": Bilingual(
        "quello che sembra il nome di chi parla è rimasto tra le parole: se lo è, scrivilo come gli altri,"
        " o mettilo in [speakers] di study.toml",
        "what looks like a speaker's name stays among the words: if it is one, type it as the others are,"
        " or put it under [speakers] in study.toml",
    ),
    "time": Bilingual(
        "quelli che sembrano tempi della registrazione sono rimasti tra le parole: toglili",
        "what looks like times of the recording stays among the words: take it out",
    ),
    "page": Bilingual(
        "quelli che sembrano numeri di pagina o intestazioni sono rimasti tra le parole: toglili",
        "what looks like page numbers or running headers stays among the words: take it out",
    ),
    "program": Bilingual(
        "quelli che sembrano segni o righe di un programma sono rimasti tra le parole: toglili",
        "what looks like a program's signs or lines stays among the words: take it out",
    ),
    "repetition": Bilingual(
        "le stesse parole tornano subito, come se un programma le avesse scritte più volte: tienile una volta sola",
        "the same words come again at once, as if a program had written them several times: keep them once",
    ),
    "line": Bilingual(
        "righe che non sono frasi, in mezzo a un turno: se sono titoli o righe di un programma, toglile",
        "lines that are no sentences amid a turn: if they are headings or a program's lines, take them out",
    ),
    "shape": Bilingual(
        "un turno solo tiene quasi tutta l'intervista, domande comprese: controlla i nomi di chi parla",
        "one turn holds nearly all the interview, its questions too: check the speakers' names",
    ),
}


def find_leftovers(transcript: Transcript) -> list[Leftover]:
    """All that is left over, in the order of the text; a line counts once for a kind."""
    lines = spoken_lines(transcript)
    leftovers: list[Leftover] = []
    for line in lines:
        leftovers += [*find_times(line), *find_page_numbers(line), *find_program_signs(line)]
    for find in (find_labels, find_swallowed, find_headers, find_repetitions):
        leftovers += find(lines)
    known = {leftover.line.number for leftover in leftovers}
    leftovers += [stray for stray in find_strays(lines) if stray.line.number not in known]
    once = {(leftover.kind, leftover.line.number): leftover for leftover in reversed(leftovers)}
    return sorted(once.values(), key=lambda leftover: leftover.line.number)


def tell_leftovers(transcript: Transcript, data: bytes) -> Transcript:
    """The transcript with one more warning for each kind that is left over in it: how often, where, the first of them.

    `data` is the file's content. Lines are the file's own where it has any; of a document they are those of the text
    as it is read, one a paragraph. What stands in a cue that no line of the file spells alike is told by its time.
    """
    kinds: dict[Kind, list[Leftover]] = defaultdict(list)
    for leftover in find_leftovers(transcript):
        kinds[leftover.kind].append(leftover)
    notebook = Notebook(transcript.file, transcript.problems)
    for kind, leftovers in kinds.items():
        rows = _line_numbers(transcript.file, data, leftovers)
        where = _lines(rows) if rows else _times(leftovers)
        often = _often(len(leftovers))
        what = _WHAT[kind]
        notebook.warning(
            f"{often.it}{where.it}: {what.it}",
            f"{often.en}{where.en}: {what.en}",
            row=rows[0] if rows else None,
            quote=_quote(leftovers),
        )
    return replace(transcript, problems=notebook.problems)


def _line_numbers(file: str, data: bytes, leftovers: Sequence[Leftover]) -> list[int]:
    """The number of each one's line; none at all where one has none."""
    suffix = PurePath(file).suffix.lower()
    if suffix in _TIMED:
        return []
    if suffix not in _REWRITTEN:
        return [leftover.line.number for leftover in leftovers]
    text = decode(data, file)[0]
    rows: list[int] = []
    position = 0
    for leftover in leftovers:
        position = text.find(leftover.line.written, position)
        if position < 0:
            return []
        rows.append(text.count("\n", 0, position) + 1)
    return rows


def _often(times: int) -> Bilingual:
    return Bilingual("1 volta", "once") if times == 1 else Bilingual(f"{times} volte", f"{times} times")


def _lines(rows: Sequence[int]) -> Bilingual:
    if len(rows) == 1:
        return Bilingual("", "")
    return Bilingual(f" (righe {listed(rows)})", f" (lines {listed(rows)})")


def _times(leftovers: Sequence[Leftover]) -> Bilingual:
    starts = [leftover.line.start_ms for leftover in leftovers]
    clocks = dict.fromkeys(_clock(start_ms) for start_ms in starts if start_ms is not None)
    if not clocks:
        return Bilingual("", "")
    some = ", ".join(list(clocks)[:10]) + (" ..." if len(clocks) > 10 else "")
    return Bilingual(f" (a {some})", f" (at {some})")


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _quote(leftovers: Sequence[Leftover]) -> str:
    some = dict.fromkeys(leftover.text.strip()[:_LONGEST_QUOTE] for leftover in leftovers)
    return ", ".join(f"«{text}»" for text in list(some)[:_MOST_QUOTED])
