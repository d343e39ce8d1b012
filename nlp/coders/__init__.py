"""Who gives themes to what respondents say: coders behind one protocol, chosen by name in study.toml.

A coder is a class with the four methods of nlp.coders.coder.Coder and a line in CODERS (docs/coding.md).
"""

from collections.abc import Callable, Mapping

from corpus.errors import study_error
from corpus.settings import FILE
from corpus.words.spelling import suggestion
from nlp.coders.coder import Coder, TermPlaces
from nlp.coders.keywords import KeywordCoder
from nlp.coders.theme_coder import ThemeCoder
from nlp.embeddings import Encoder
from nlp.themes.neighbours import Near, nearest

__all__ = ["CODERS", "Coder", "TermPlaces", "check_coder", "open_coder"]

# Name in `[analysis] coder` -> what makes the coder of a sentence encoder and of what finds the nearest segments.
CODERS: Mapping[str, Callable[[Encoder, Near], Coder]] = {
    ThemeCoder.name: ThemeCoder,
    KeywordCoder.name: KeywordCoder,
}


def open_coder(name: str, encoder: Encoder, near: Near = nearest) -> Coder:
    """The coder called `name`; `near` is `nearest`, or gives what it gave. Raises StudyError as check_coder does."""
    check_coder(name)
    return CODERS[name](encoder, near)


def check_coder(name: str) -> None:
    """Raise StudyError that lists the coders when `name` is none of them."""
    if name not in CODERS:
        names = [f'"{known}"' for known in CODERS]
        hint = suggestion(name, CODERS)
        raise study_error(
            f"`{name}` non è un codificatore{hint.it}: scrivi coder = {' o '.join(names)}",
            f"`{name}` is no coder{hint.en}: write coder = {' or '.join(names)}",
            file=FILE,
        )
