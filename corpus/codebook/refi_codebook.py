"""The codes of a REFI-QDA codebook or project as rows of codebook.csv. Reads no coding."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.errors import study_error
from corpus.files.xml import parse_xml
from corpus.refi.codes import ARROW, paths_of
from corpus.refi.project import Code, read_codes
from corpus.words.spelling import fold

HEADER = ["code", "label", "parent", "definition", "color", "guid"]


def read_qdc(data: bytes, file: str) -> list[list[str]]:
    """The header and one row a code of a .qdc. Raises StudyError when it is no REFI-QDA codebook."""
    codes = read_codes(parse_xml(data, file), file)
    if not codes:
        raise study_error(
            "non è un libro dei codici REFI-QDA: esportalo di nuovo dal suo programma",
            "not a REFI-QDA codebook: export it again from its program",
            file=file,
        )
    return [HEADER, *code_rows(codes)]


def code_rows(codes: Sequence[Code]) -> list[list[str]]:
    """One row a code, parents before children: code, label, parent, definition, colour, GUID.

    REFI-QDA has names but no short codes: the code is the label in lower case with `_` for spaces, with a number where
    that is taken. The definition is the code's description. A folder in which no code is makes no row.
    """
    used = _without_empty_folders(codes)
    labels = _labels(used)
    short: dict[str, str] = {"": ""}
    rows: list[list[str]] = []
    for code in used:
        plain = re.sub(r"\W+", "_", fold(labels[code.guid])).strip("_") or "codice"
        taken = set(short.values())
        short[code.guid] = next(name for name in (plain, *_numbered(plain, "{}_{}")) if name not in taken)
        own = "" if "/" in code.guid else code.guid  # a place instead of a GUID would be another in the next export
        parent = short.get(code.parent, "")
        rows.append([short[code.guid], labels[code.guid], parent, code.description, code.color, own])
    return rows


def _labels(codes: Sequence[Code]) -> dict[str, str]:
    """Code's GUID -> its name, with as much of the path before it as no other code of that name shares.

    All who share a name have their path, whichever comes first, so that the next export gives the same labels; codes
    of one name in one place are numbered in the order of spelling and GUID.
    """
    paths = paths_of(codes)
    folded = {code: tuple(map(fold, path)) for code, path in paths.items()}
    ends = Counter(path[-size:] for path in folded.values() for size in range(1, len(path) + 1))
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(paths, key=lambda each: (len(paths[each]), paths[each], each)):
        path = folded[code]
        size = next((size for size in range(1, len(path)) if ends[path[-size:]] == 1), len(path))
        label = ARROW.join(paths[code][-size:])
        labels[code] = next(each for each in (label, *_numbered(label, "{} ({})")) if fold(each) not in taken)
        taken.add(fold(labels[code]))
    return labels


def _numbered(name: str, pattern: str) -> list[str]:
    return [pattern.format(name, number) for number in range(2, 10_000)]


def _without_empty_folders(codes: Sequence[Code]) -> list[Code]:
    """The codes that can be given, and the folders above them."""
    parents = {code.guid: code.parent for code in codes}
    needed: set[str] = set()
    for code in codes:
        above = code.guid if code.codable else ""
        while above and above not in needed:
            needed.add(above)
            above = parents.get(above, "")
    return [code for code in codes if code.guid in needed]
