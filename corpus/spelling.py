"""How words typed by people are compared: without case, accents or stray spaces. Never changes what is shown."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from corpus.language import Bilingual

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


def clean_cell(text: str) -> str:
    """A cell as it is kept: composed (NFC), line ends as LF, no space around it."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip(
        " \t\n\v\f\u00a0\u200b\ufeff"
    )


def fold(text: str) -> str:
    """The form in which two spellings of one word are equal: `SÌ`, `Si` and ` sì` all give `si`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_APOSTROPHES).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def suggestion(word: str, known: Iterable[str]) -> Bilingual:
    """` (intendevi `x`?)` when a known word is close to `word`, else empty texts. Starts with a space."""
    by_fold = {fold(candidate): candidate for candidate in sorted(known, reverse=True)}
    close = get_close_matches(fold(word), list(by_fold), n=1, cutoff=0.7)
    if not close:
        return Bilingual("", "")
    return Bilingual(f" (intendevi `{by_fold[close[0]]}`?)", f" (did you mean `{by_fold[close[0]]}`?)")
