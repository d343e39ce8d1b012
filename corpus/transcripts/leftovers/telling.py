"""What is left over in a transcript, and the warnings that tell it. Changes no turn."""

from collections import defaultdict
from dataclasses import replace
from pathlib import PurePath

from corpus.errors import Problem, listed, problem
from corpus.records import Transcript
from corpus.transcripts.leftovers.kinds import WHAT, Kind
from corpus.transcripts.leftovers.labels import find_labels
from corpus.transcripts.leftovers.lines import Leftover, spoken_lines
from corpus.transcripts.leftovers.pages import find_headers, find_swallowed
from corpus.transcripts.leftovers.repetitions import find_repetitions
from corpus.transcripts.leftovers.signs import find_signs

# Formats of which people see times, not lines.
_TIMED = frozenset({".vtt", ".srt", ".json", ".eaf", ".textgrid"})
_MOST_QUOTED = 3
_LONGEST_QUOTE = 60


def find_leftovers(transcript: Transcript) -> list[Leftover]:
    """All that is left over, in the order of the text; a line counts once for a kind."""
    lines = spoken_lines(transcript)
    leftovers = [leftover for line in lines for leftover in find_signs(line)]
    for find in (find_labels, find_headers, find_repetitions, find_swallowed):
        leftovers += find(lines)
    once = {(leftover.kind, leftover.line.number): leftover for leftover in reversed(leftovers)}
    return sorted(once.values(), key=lambda leftover: leftover.line.number)


def tell_leftovers(transcript: Transcript) -> Transcript:
    """The transcript with one more warning for each kind that is left over in it: how many lines, where, the first."""
    kinds: dict[Kind, list[Leftover]] = defaultdict(list)
    for leftover in find_leftovers(transcript):
        kinds[leftover.kind].append(leftover)
    warnings = (_warning(transcript.file, kind, leftovers) for kind, leftovers in kinds.items())
    return replace(transcript, problems=(*transcript.problems, *warnings))


def _warning(file: str, kind: Kind, leftovers: list[Leftover]) -> Problem:
    timed = PurePath(file).suffix.lower() in _TIMED
    it, en = WHAT[kind]
    if timed:
        places = _times(leftovers)
        it, en = (f"a {places}: {it}", f"at {places}: {en}") if places else (it, en)
    elif len(leftovers) > 1:
        numbers = listed(leftover.line.number for leftover in leftovers)
        it, en = f"righe {numbers}: {it}", f"lines {numbers}: {en}"
    if len(leftovers) > 1:
        it, en = f"{len(leftovers)} volte, {it}", f"{len(leftovers)} times, {en}"
    row = None if timed else leftovers[0].line.number
    return problem(it, en, file, row, severity="warning")


def _times(leftovers: list[Leftover]) -> str:
    times = dict.fromkeys(_clock(line.start_ms) for line in (one.line for one in leftovers) if line.start_ms is not None)
    return ", ".join(list(times)[:10]) + (" ..." if len(times) > 10 else "")


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
