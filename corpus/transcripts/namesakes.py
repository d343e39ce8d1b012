"""Speakers of one name whom brackets tell apart: `Comune (sala 1):`, `Comune (sala 2):`."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from corpus.transcripts.cleaning import is_aside
from corpus.transcripts.labels import Label


def told_apart(labels: Sequence[Label | None]) -> list[Label | None]:
    """The labels, with what stands in brackets a part of the name where only that tells two speakers apart.

    So where the name never comes without, and two or more different brackets come back; how something is said
    (`Anna (ridendo):`) comes beside the bare name, or once.
    """
    brackets: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label is not None and label.sign != "enclosed":
            brackets[label.key][label.aside.casefold()] += 1
    named = {key for key, times in brackets.items() if _tell_speakers(times)}
    return [
        replace(label, name=f"{label.name} ({label.aside})") if label is not None and label.key in named else label
        for label in labels
    ]


def _tell_speakers(times: Counter[str]) -> bool:
    """Whether the brackets after one name, with how often each comes, are of several speakers."""
    return len(times) > 1 and min(times.values()) > 1 and all(aside and not is_aside(aside) for aside in times)
