"""Interviews that are in a study twice, under two names. Leaves nothing out."""

from collections.abc import Iterable

from corpus.errors import Notebook, Problem
from corpus.records import Transcript

_ALIKE_BY_CHANCE = 12  # words; shorter texts may well be the same


def copied_transcripts(transcripts: Iterable[Transcript]) -> tuple[Problem, ...]:
    """A warning for each transcript that has the same turns as one before it, whatever the formats of the two."""
    notebook = Notebook()
    first: dict[tuple[str, ...], str] = {}
    for transcript in sorted(transcripts, key=lambda transcript: transcript.id):
        words = tuple(word for turn in transcript.turns for word in turn.text.split())
        if len(words) <= _ALIKE_BY_CHANCE:
            continue
        original = first.setdefault(words, transcript.file)
        if original != transcript.file:
            notebook.of(transcript.file).warning(
                f"ha le stesse parole di {original}, contate due volte: se è una copia togli uno dei due file",
                f"has the same words as {original}, counted twice: if it is a copy take one of the files out",
            )
    return notebook.problems
