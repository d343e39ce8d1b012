"""How words typed by people are compared: without case, accents or stray spaces. Never changes what is shown."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from corpus.words.language import Bilingual

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_ESCAPED_CONTROL = re.compile("_x(00[01][0-9A-Fa-f])_")
_FEW_CAPITALS = 0.008  # of the letters: names and beginnings of sentences alone are more
_TYPED_ACCENT = re.compile(r"(?<=[aeiou])'(?!\w)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_HALVES = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """`text` composed (NFC) and with LF line ends, so that positions mean the same in every program.

    Half of a surrogate pair, which JSON can hold and no file can, becomes U+FFFD. The hyphen that word processors keep
    from line ends is a hyphen like any other, so that `e-mail` is one word wherever it was typed.
    """
    composed = _HALVES.sub("\ufffd", _LINE_ENDS.sub("\n", text)).replace("\u2011", "-")
    return unicodedata.normalize("NFC", composed)


def clean_cell(text: str) -> str:
    """A cell as it is kept: composed (NFC), line ends as LF, without control characters, no space around it.

    `_x000D_` among the words is a line's end that Excel escaped and a program took for letters; nobody types it.
    """
    signs = _ESCAPED_CONTROL.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROL.sub("", tidy(signs)).strip(" \t\n\u00a0\u200b\ufeff")


def holds_control(text: str) -> bool:
    """Whether `clean_cell` takes a control character out of `text`; those that end lines are none."""
    return _CONTROL.search(tidy(text)) is not None


def fold(text: str) -> str:
    """The form in which two spellings of one word are equal: `SÌ`, `Si` and ` sì` all give `si`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_APOSTROPHES).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def fold_typed(text: str) -> str:
    """`fold`, and an apostrophe typed for an accent (`criticita'`) is none."""
    return _TYPED_ACCENT.sub("", fold(text))


def is_uncased(capitals: float, letters: float) -> bool:
    """Whether a text with so many capitals among its letters is written in small letters throughout."""
    return capitals < _FEW_CAPITALS * max(letters, 1)


def called(name: str, known: Collection[str]) -> str | None:
    """The one of `known` that is called so: letter by letter, else composed otherwise, else by another case or accents.

    None when none is, or when two are.
    """
    for form in (_as_written, clean_cell, fold):
        alike = [each for each in known if form(each) == form(name)]
        if alike:
            return alike[0] if len(alike) == 1 else None
    return None


def _as_written(text: str) -> str:
    return text


def suggestion(word: str, known: Iterable[str]) -> Bilingual:
    """` (intendevi `x`?)` when a known word is close to `word`, else empty texts. Starts with a space."""
    by_fold = {fold(candidate): candidate for candidate in sorted(known, reverse=True)}
    close = get_close_matches(fold(word), list(by_fold), n=1, cutoff=0.7)
    if not close:
        return Bilingual("", "")
    return Bilingual(f" (intendevi `{by_fold[close[0]]}`?)", f" (did you mean `{by_fold[close[0]]}`?)")


def is_slip(typed: str, meant: str) -> bool:
    """Whether `typed` misses `meant` by one slip of the finger: letters swapped, one too many, too few or another.

    Of long words two neighbouring letters may be wrong; words under four letters, and digits, are never slips.
    """
    if typed == meant or min(len(typed), len(meant)) < 4:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    wrong = typed[start : len(typed) - end]
    right = meant[start : len(meant) - end]
    if any(sign.isdigit() for sign in wrong + right):
        return False
    swapped = len(wrong) == 2 and wrong == right[::-1]
    return swapped or max(len(wrong), len(right)) <= (2 if len(meant) >= 10 else 1)
