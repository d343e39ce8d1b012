"""The terms of a codebook taken apart into words, and everything a word may be called. Looks at no segment.

A word of a term and a token are the same word when form, the pipeline's lemma or the dictionary's lemma of one is among
those of the other, so that terms agree with whichever pipeline made the tokens.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import simplemma

from corpus.records import Theme

_WORD = re.compile(r"\w+(?:['’]\w+)?|\w", re.UNICODE)
_CLITICS = re.compile(r"^(\w+[aei]r)(?:[mtscv]i|gli|l[oaie]|ne|(?:me|te|se|ce|ve|glie)(?:l[oaie]|ne))$")
_GERUND_CLITICS = re.compile(r"^(\w+[ae]ndo)(?:[mtscv]i|gli|l[oaie]|ne|(?:me|te|se|ce|ve|glie)(?:l[oaie]|ne))$")
MAX_GAP = 3  # words that may stand between two words of a term: "mancano, diciamo, le persone"
AS_WRITTEN = "="  # before a form: a key that no other form of the word has
_WITH_ARTICLES = (
    "a ad al allo alla ai agli alle all con col coi da dal dallo dalla dai dagli dalle dall di del dello della dei "
    "degli delle dell d in nel nello nella nei negli nelle nell per su sul sullo sulla sui sugli sulle sull tra fra"
)
_PREPOSITIONS = frozenset(_WITH_ARTICLES.split())
_EMPTY = frozenset({*_PREPOSITIONS, "e", "ed", "o", "il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una"})
_ORDERED = re.compile(r"(?:are|ere|ire|arsi|ersi|irsi)$")


@dataclass(frozen=True, slots=True)
class TermWord:
    """One content word of a term: the keys by which a token is recognised as it."""

    keys: frozenset[str]
    capitals: bool  # an acronym that is also a common word ("SUE"): only written in capitals


@dataclass(frozen=True, slots=True)
class Term:
    """A codebook term of a theme, its content words in order."""

    theme: int
    text: str
    words: tuple[TermWord, ...]
    excluded: bool
    free_order: bool  # holds a verb, whose subject or object may stand on either side
    gap: int = MAX_GAP  # words that may stand between two of its words


def parse_terms(themes: Sequence[Theme]) -> list[Term]:
    """The include and exclude terms of `themes`, as patterns; `theme` is the theme's place in the sequence."""
    terms: list[Term] = []
    for number, theme in enumerate(themes):
        for text in theme.include_terms:
            terms += _parse(text, number, excluded=False)
        for text in theme.exclude_terms:
            terms += _parse(text, number, excluded=True)
    return terms


@cache
def keys_of(form: str, lemma: str = "") -> frozenset[str]:
    """Everything a word may be called by: form, lemma, dictionary lemma, and the infinitive under a clitic."""
    form = form.lower().replace("’", "'")
    keys = {form, dictionary_lemma(form)}
    if lemma:
        keys |= {part for part in lemma.lower().split() if len(part) > 1}
    if clitic := _CLITICS.match(form):
        keys.add(clitic[1] + "e")
    elif clitic := _GERUND_CLITICS.match(form):
        keys.add(dictionary_lemma(clitic[1]))
    if form.endswith("si") and _ORDERED.search(form):
        keys.add(form[:-2] + "e")
    return frozenset(keys)


@cache
def dictionary_lemma(form: str) -> str:
    """simplemma's lemma of an Italian form, in small letters."""
    return simplemma.lemmatize(form, lang="it").lower()


def words_of(text: str) -> list[str]:
    """The words of a text, elided articles apart."""
    return [word for piece in text.split() for word in _words_of_piece(piece)]


@cache
def _words_of_piece(piece: str) -> list[str]:
    parts = (part for word in _WORD.findall(piece) for part in re.split(r"(?<=['’])", word))
    return [part for part in parts if part.strip("'’")]


def is_empty(word: str) -> bool:
    """Whether a word is an article, a preposition or the like, which a term may have or miss."""
    return word.lower().strip("'’") in _EMPTY


def _parse(text: str, theme: int, *, excluded: bool) -> list[Term]:
    written = words_of(text)
    content = [word for word in written if not is_empty(word)] or written
    if not content:
        return []
    words = tuple(_word(word) for word in content)
    lead = written[0].lower()
    if len(written) > len(content) == 1 and lead in _PREPOSITIONS:  # "in fondo" and "al verde" are no nouns
        exact = TermWord(frozenset({AS_WRITTEN + lead}), capitals=False)
        return [Term(theme, text, (exact, *words), excluded, free_order=False, gap=0)]
    return [Term(theme, text, words, excluded, any(_ORDERED.search(word.lower()) for word in content))]


def _word(word: str) -> TermWord:
    acronym = len(word) > 1 and word.isupper()
    if acronym:
        return TermWord(frozenset({word.lower()}), capitals=simplemma.is_known(word.lower(), lang="it"))
    return TermWord(keys_of(word), capitals=False)
