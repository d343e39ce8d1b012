"""What is left over in a transcript, and the warnings that tell it. Changes no turn."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from corpus.errors import Problem, listed
from corpus.files.decoding import decode
from corpus.language import Bilingual
from corpus.records import Transcript
from corpus.transcripts.leftovers.kinds import WHAT, Kind
from corpus.transcripts.leftovers.labels import find_labels, find_swallowed
from corpus.transcripts.leftovers.lines import Leftover, spoken_lines
from corpus.transcripts.leftovers.pages import find_headers, find_page_numbers
from corpus.transcripts.leftovers.programs import find_program_signs
from corpus.transcripts.leftovers.repetitions import find_repetitions
from corpus.transcripts.leftovers.strays import find_strays
from corpus.transcripts.leftovers.times import find_times

# Formats of which people see times and no lines, and those whose text is put together anew from the lines of the file.
_TIMED = frozenset({".json", ".otr", ".eaf", ".textgrid", ".ttml", ".dfxp"})
_REWRITTEN = frozenset({".vtt", ".srt", ".sbv", ".tsv", ".csv"})
_MOST_QUOTED = 3
_LONGEST_QUOTE = 40


def find_leftovers(transcript: Transcript) -> list[Leftover]:
    """All that is left over, in the order of the text; a line counts once for a kind."""
    lines = spoken_lines(transcript)
    leftovers: list[Leftover] = []
    for line in lines:
        leftovers += [*find_times(line), *find_page_numbers(line), *find_program_signs(line)]
    for find in (find_labels, find_swallowed, find_headers, find_repetitions):
        leftovers += find(lines)
    told = {leftover.line.number for leftover in leftovers}
    leftovers += [stray for stray in find_strays(lines) if stray.line.number not in told]
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
    warnings = (_warning(transcript.file, data, kind, leftovers) for kind, leftovers in kinds.items())
    return replace(transcript, problems=(*transcript.problems, *warnings))


def _warning(file: str, data: bytes, kind: Kind, leftovers: Sequence[Leftover]) -> Problem:
    rows = _rows(file, data, leftovers)
    places = _lines(rows) if rows else _times(leftovers)
    times = Bilingual("1 volta", "once") if len(leftovers) == 1 else Bilingual(*_often(len(leftovers)))
    what = WHAT[kind]
    message = Bilingual(f"{times.it}{places.it}: {what.it}", f"{times.en}{places.en}: {what.en}")
    row = rows[0] if rows else None
    return Problem(message, file, row, severity="warning", quote=_quote(leftovers))


def _rows(file: str, data: bytes, leftovers: Sequence[Leftover]) -> list[int]:
    """The number of each one's line; none at all where one has none."""
    suffix = PurePath(file).suffix.lower()
    if suffix in _TIMED:
        return []
    if suffix not in _REWRITTEN:
        return [leftover.line.number for leftover in leftovers]
    text = decode(data, file)[0]
    rows: list[int] = []
    place = 0
    for leftover in leftovers:
        place = text.find(leftover.line.written, place)
        if place < 0:
            return []
        rows.append(text.count("\n", 0, place) + 1)
    return rows


def _often(times: int) -> tuple[str, str]:
    return f"{times} volte", f"{times} times"


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
