"""Labels that programs set before what was said, where all that was said has a time. Weighs none of running text."""

from collections import Counter
from collections.abc import Sequence

from corpus.transcripts.believing import distinguish_namesakes
from corpus.transcripts.labels import Label, find_label
from corpus.transcripts.sheet import SHEET, is_nobody
from corpus.transcripts.text import Line

MOST = 0.8  # of the cues of a meeting program so many at least open with a name

_LONGEST_NAME = 5


def labels_of_programs(texts: Sequence[str]) -> frozenset[str]:
    """The names, compared without case, that a program set before what is said from one time to another.

    That is every label of a file in which nearly all `texts` open with one, and else those that come back, also the
    ones of a sheet's words (`Comune di Soave:`): where all has a time there is no sheet.
    """
    labels = [label for label in distinguish_namesakes(list(map(label_of, texts))) if label is not None]
    signs = Counter(label.sign for label in labels).most_common(1)
    if len(texts) < 2 or not signs:
        return frozenset()
    alike = [label for label in labels if label.sign == signs[0][0]]
    times = Counter(label.key for label in alike)
    everywhere = len(alike) >= MOST * len(texts) and len(times) < len(alike)
    return frozenset(
        label.key
        for label in alike
        if _may_be_somebody(label, everywhere) and (everywhere or (times[label.key] > 1 and label.name[0].isupper()))
    )


def _may_be_somebody(label: Label, everywhere: bool) -> bool:
    first, *rest = label.key.split()
    return (first in SHEET and (everywhere or bool(rest))) or not is_nobody(label.key)


def label_of(line: str) -> Label | None:
    """The label that opens the first line, by a colon or in brackets."""
    label = find_label(line, Line(0, len(line.split("\n")[0])))
    return label if label is not None and label.sign in ("colon", "enclosed") else None


def on_one_line(texts: Sequence[str]) -> list[str]:
    """The texts, with a colon after the names where nearly all have one on a line of its own above what is said."""
    lines = [text.split("\n", 1) for text in texts]
    tops = [" ".join(top.split()) for top, *rest in lines if rest]
    names = [top for top in tops if len(top.split()) <= _LONGEST_NAME and top[-1].isalnum()]
    few = 1 < len(set(names)) <= len(names) / 2 or (1 < len(set(names)) < len(names) and all(map(str.isupper, names)))
    if not few or len(names) < MOST * len(texts):
        return list(texts)
    return [
        f"{top.strip()}: {rest[0]}" if rest and " ".join(top.split()) in names else text
        for text, (top, *rest) in zip(texts, lines, strict=True)
    ]
