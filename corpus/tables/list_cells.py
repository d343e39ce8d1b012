"""Cells that hold several things, parted by `|` as the docs ask or in another usual way. Knows no column.

Each function gives the entries and the sign that parted them where it was taken for a separator without being the
documented one, "" elsewhere, so that who reads the cell can tell.
"""

import re
from collections.abc import Callable, Sequence

from corpus.words.spelling import clean_cell

SEPARATOR = "|"
Entries = tuple[tuple[str, ...], str]
_COMMA = re.compile(r",(?!\d)|(?<!\d),")  # no decimal comma
_SLASH = re.compile(r"\s/\s")
_MOST_WORDS = 5  # in a term; between commas more are a sentence
_SPACED = re.compile(r"\s[-–—·•+&]\s")
_SEVERAL = re.compile(rf",\s|[^\W\d_]{{3,}}/[^\W\d_]{{3,}}|{_SPACED.pattern}|\se\s.+\se\s")
_LETTERS = {",": re.compile(r"[^\W_]{2}"), "/": re.compile(r"[^\W\d_]{3}")}
_LETTERS_OF_A_WORD = re.compile(r"[^\W\d_]{2}")
_BULLET = re.compile(r"^\s*(?:[-•*–·▪]\s+|\d{1,2}[.)]\s+)")
_QUOTED = re.compile(r"[\"“«„']\s*(.*?)\s*[\"”»“']", re.DOTALL)
_OPENS = re.compile(r"[\"“«„'(\[]*[A-ZÀ-Ý0-9]")
_NAME_SEPARATORS = (";", "\n", ",", "/", " ")


def split_terms(cell: str) -> Entries:
    """The terms of a cell: parted by `|`, else by line ends or `;`, else by commas or slashes where none is a sentence,
    else by two of one sign that stands alone (`mensa - cuoca - pasto`).

    `costi/benefici` is one term, `personale/dipendenti/organico` three.
    """
    for sign in (SEPARATOR, "\n", ";"):
        if sign in cell:
            return _entries(cell.split(sign)), ""
    for sign, parts in ((",", _COMMA.split(cell)), ("/", _SLASH.split(cell)), ("/", cell.split("/"))):
        apart = sign == "," or " / " in cell or len(parts) > 2
        if len(parts) > 1 and apart and all(_is_term(part, sign) for part in parts if part.strip()):
            return _entries(parts), sign
    signs = {match.strip() for match in _SPACED.findall(cell)}
    parts = _SPACED.split(cell)
    if len(signs) == 1 and len(parts) > 2 and all(_is_term(part, "") for part in parts):
        return _entries(parts), signs.pop()
    return _entries([cell]), ""


def may_be_several(term: str) -> bool:
    """Whether a term that was read whole holds a sign that people part terms with."""
    return bool(_SEVERAL.search(term))


def split_sentences(cell: str) -> Entries:
    """The sentences of a cell, which may hold commas: parted by `|`, else by line ends, else by `;` or ` / ` where each
    part begins as a sentence or a quotation does.
    """
    for sign in (SEPARATOR, "\n"):
        if sign in cell:
            return _entries(cell.split(sign)), ""
    for sign in (";", " / "):
        parts = [part.strip() for part in cell.split(sign) if part.strip()]
        if len(parts) > 1 and all(_OPENS.match(part) for part in parts):
            return _entries(parts), sign.strip()
    return _entries([cell]), ""


def split_names(cell: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The names in a cell: itself where it is known, else parted by `|`, else by the first other sign that leaves a
    known name; what is known of nothing is parted by `|`, `;` and line ends.
    """
    if not cell or is_known(cell):
        return (cell,) if cell else ()
    parts = _entries(cell.split(SEPARATOR))
    for sign in _NAME_SEPARATORS if len(parts) == 1 else ():
        names = _entries(cell.split(sign))
        if len(names) > 1 and any(is_known(name) for name in names):
            return names
    return parts if len(parts) > 1 else _entries(re.split(r"[;\n]", cell))


def _entries(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts without bullets, quotation marks around them, blanks and repetitions, in order."""
    entries = (_bare(part) for part in parts)
    return tuple(dict.fromkeys(entry for entry in entries if entry))


def _bare(part: str) -> str:
    text = " ".join(clean_cell(_BULLET.sub("", part)).split())
    quoted = _QUOTED.fullmatch(text)
    return quoted[1] if quoted and not re.search('["“”«»„]', quoted[1]) else text


def _is_term(part: str, sign: str) -> bool:
    """Whether `part`, between two `sign`, may be a term by itself: short, with letters, no half of a bracket."""
    balanced = part.count("(") == part.count(")")
    return balanced and len(part.split()) <= _MOST_WORDS and bool(_LETTERS.get(sign, _LETTERS_OF_A_WORD).search(part))
