"""What is no speech is mended or told, whatever the format and layout; what is speech is neither."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from fpdf.errors import FPDFException

from corpus.errors import StudyError
from corpus.records import Transcript
from corpus.transcripts import transcript_of
from tests.corpus.transcripts.layouts import LAYOUTS
from tests.corpus.transcripts.oddities import CLEAN, HELD_OUT, TUNED, Oddity, Turns


def read(layout: str, turns: Turns) -> Transcript:
    ending, write = LAYOUTS[layout]
    written = write(turns)
    return transcript_of(written.encode() if isinstance(written, str) else written, f"a{ending}")


def words_of(transcript: Transcript) -> str:
    return " ".join(" ".join(turn.text for turn in transcript.turns).split())


CLEAN_WORDS = " ".join(text for _, text in CLEAN)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_clean_interview_gives_no_warning(layout: str) -> None:
    transcript = read(layout, CLEAN)
    assert [(turn.speaker, turn.text) for turn in transcript.turns] == CLEAN
    assert transcript.problems == ()


def outcome(layout: str, oddity: Oddity) -> str:
    """`mended`, `told`, `silent`, or `lost` when words of the clean interview are missing."""
    planted = oddity.planting.plant(CLEAN)
    try:
        transcript = read(layout, planted)
    except StudyError:
        return "told"
    words = words_of(transcript)
    if oddity.kind != "repetition" and _lost(words, planted):
        return "lost"
    if transcript.problems:
        return "told"
    trace = oddity.planting.trace
    left = words.count(trace) > CLEAN_WORDS.count(trace) if trace else words != CLEAN_WORDS
    return "silent" if left else "mended"


def _lost(words: str, planted: Turns) -> bool:
    """Whether clean words, but for those that the oddity changes, are missing or in another order."""
    unchanged = set(" ".join(text for _, text in planted).split())
    left = iter(words.split())
    return any(word not in left for word in CLEAN_WORDS.split() if word in unchanged)


def measure(oddities: list[Oddity]) -> dict[str, dict[str, list[str]]]:
    """Of each kind, the cases by outcome."""
    cases: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for oddity in oddities:
        for layout in LAYOUTS:
            try:
                cases[oddity.kind][outcome(layout, oddity)].append(f"{oddity.name} / {layout}")
            except (FPDFException, ValueError):  # a sign that this format's program cannot write
                continue
    return cases
