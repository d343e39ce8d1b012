"""What REFI-QDA calls things: GUIDs that never change, names that come once. Room corpus; reads and writes no file."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from corpus.records import Theme
from corpus.words.spelling import fold

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
WHEN = "2000-01-01T00:00:00Z"  # the date of all that has none: the same study gives the same bytes
MACHINE = "Trama"  # the user to whom the machine's codings belong
_GUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = UUID("6f0c1e5a-6f1b-5d59-9a55-7c1f4d2b8a10")


def guid(*parts: str) -> str:
    """The GUID of a thing from what it is: the same in every export, so that a second import merges."""
    return str(uuid5(_NAMESPACE, "\0".join(parts)))


def code_guid(title: str, theme: Theme) -> str:
    """The GUID of a theme's code: that of the project it came from, so that it merges there, else one of our own."""
    return theme.guid if _GUID.fullmatch(theme.guid) else guid(title, "code", theme.code)


def code_names(themes: Sequence[Theme]) -> dict[str, str]:
    """Code -> the name a theme has in a project: its label, with its parent's label or its code where two are alike.

    Some programs keep one code a name, whatever its parent, and would drop the codings of the second.
    """
    labels = {theme.code: theme.label for theme in themes}
    times = Counter(fold(label) for label in labels.values())
    names = {code: label for code, label in labels.items() if times[fold(label)] == 1}
    taken = {fold(name) for name in names.values()}
    for theme in themes:
        if theme.code not in names:
            name = next(each for each in _tries(theme, labels) if fold(each) not in taken)
            taken.add(fold(name))
            names[theme.code] = name
    return names


def _tries(theme: Theme, labels: dict[str, str]) -> Iterator[str]:
    if theme.parent in labels:
        yield f"{theme.label} ({labels[theme.parent]})"
    yield f"{theme.label} ({theme.code})"
    number = 2
    while True:
        yield f"{theme.label} ({theme.code}, {number})"
        number += 1
