"""Finds the gazetteers' words in texts with spaCy's PhraseMatcher, whatever their capitals. Judges no find.

The tokenizer is spaCy's for Italian, so a form never matches inside a word.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

import spacy
from simplemma import is_known
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from nlp.italian.gazetteer import municipalities, municipality_names, region_name, terms

TERM_LABELS = {"enti": "ENTE", "enti_generici": "GENERIC", "ruoli": "RUOLO", "servizi": "SERVIZIO", "norme": "NORMA"}


class Phrase(NamedTuple):
    """`text[start:end]`, in small letters `form`, is in the gazetteer of `label`."""

    start: int
    end: int
    label: str
    form: str


class PhraseFinder:
    """Looks up the gazetteers and a study's own municipalities. Build it once for many texts."""

    def __init__(self, own_municipalities: Iterable[str] = ()):
        self.language, everywhere = _gazetteer_matcher()
        own = sorted({name.lower().replace("’", "'") for name in own_municipalities})
        here = _add(PhraseMatcher(self.language.vocab, attr="LOWER"), self.language, "COMUNE", own)
        self.matchers = (everywhere, here)

    def find(self, texts: Sequence[str]) -> Iterator[list[Phrase]]:
        """For each text its phrases by position; of two phrases of one label that overlap the longer is kept."""
        straight = (text.replace("’", "'") for text in texts)
        for doc in map(self.language.make_doc, straight):
            by_label: dict[str, list] = {}
            for span in chain.from_iterable(matcher(doc, as_spans=True) for matcher in self.matchers):
                by_label.setdefault(span.label_, []).append(span)
            kept = (span for spans in by_label.values() for span in filter_spans(spans))
            yield sorted(Phrase(span.start_char, span.end_char, span.label_, span.text.lower()) for span in kept)


@cache
def _gazetteer_matcher() -> tuple[Language, PhraseMatcher]:
    language = spacy.blank("it")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    for label, forms in _labelled_forms().items():
        _add(matcher, language, label, sorted(forms))
    return language, matcher


def _add(matcher: PhraseMatcher, language: Language, label: str, forms: Sequence[str]) -> PhraseMatcher:
    if forms:
        matcher.add(label, [language.make_doc(form) for form in forms])
    return matcher


@cache
def _labelled_forms() -> dict[str, set[str]]:
    forms = {label: set(terms(name)) for name, label in TERM_LABELS.items()}
    forms["ENTE"] |= set(territorial_bodies())
    forms["COMUNE"] = set(municipality_names())
    return forms


@cache
def territorial_bodies() -> dict[str, str]:
    """Regions, provinces and metropolitan cities: lower-case form -> normal form."""
    found = {}
    for town in municipalities():
        region = region_name(town.region)
        for name in {region, region.replace("-", " ")}:
            found[f"regione {name}".lower()] = f"Regione {region}"
        province = region_name(town.province)
        of = _of(province)
        found[f"provincia {of}".lower()] = f"Provincia {of}"
        found[f"provincia di {province}".lower()] = f"Provincia {of}"
        found[f"città metropolitana {of}".lower()] = f"Città metropolitana {of}"
    for word in ("piemonte", "veneto", "lazio", "molise"):
        found[f"regione del {word}"] = f"Regione {word.capitalize()}"
    for word in (
        "lombardia",
        "toscana",
        "campania",
        "puglia",
        "basilicata",
        "calabria",
        "sicilia",
        "sardegna",
        "liguria",
    ):
        found[f"regione della {word}"] = f"Regione {word.capitalize()}"
    return found


def _of(name: str) -> str:
    return (
        f"dell'{name[2:]}" if name.startswith("L'") else f"della {name[3:]}" if name.startswith("La ") else f"di {name}"
    )


@cache
def is_common_word(form: str) -> bool:
    """Whether a form in small letters is also an Italian word (aria, sue, mise)."""
    return is_known(form, lang="it")


def fits_capitals(surface: str, written: str, uncased: bool) -> bool:
    """Whether `surface` may stand for the gazetteer's form `written` as far as capitals go.

    Several words, or a word that the gazetteer writes small, match in any case. A name of one word (INPS, Bocconi)
    needs its capital, and capitals throughout when it is an acronym that is also a word (SUE); in a transcript without
    capitals it matches unless it is also a word.
    """
    if " " in written or written.islower():
        return True
    if uncased and surface.islower():
        return not is_common_word(written.lower())
    if written.isupper() and is_common_word(written.lower()):
        return surface.isupper()
    return surface[0].isupper()
