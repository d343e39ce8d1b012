"""Finds the gazetteers' words in texts with spaCy's PhraseMatcher, whatever their capitals. Judges no find.

The tokenizer is spaCy's for Italian, so a form never matches inside a word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import spacy
from simplemma import is_known
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from nlp.italian.gazetteer import municipalities, municipality_names, region_name, short_names, terms

_WORD = re.compile(r"[^\W\d_]+|\d+")
TERM_LABELS = {
    **{"enti": "ENTE", "enti_generici": "GENERIC", "ruoli": "RUOLO", "servizi": "SERVIZIO", "norme": "NORMA"},
    **{"organizzazioni": "ORG", "luoghi": "LOC", "persone": "PER"},
}
_DETERMINER = re.compile(
    r"(?<!\w)(?:il|lo|la|i|gli|le|un|uno|una|(?:a|da|de|ne|su)(?:l|llo|lla|i|gli|lle)|col|coi|come|da|ogni"
    r"|qualche|nessun|nessuna|quest[oaei]|quel|quello|quella|quei|quelle|mi[ao]|miei|su[ao]|suoi|nostr[oaie]|vostr[oaie]"
    r"|loro|due|tre|quattro|cinque|sei|dieci|ex|primo|prima|vecchio|vecchia|nuovo|nuova|altro|altra|fare|faccio|fa)\s$"
    r"|(?<!\w)(?:un|l|dell|all|dall|sull|nell|quell)['’]$",
    re.IGNORECASE,
)


class Phrase(NamedTuple):
    """`text[start:end]`, in small letters `form`, is in the gazetteer of `label`."""

    start: int
    end: int
    label: str
    form: str


class _Form(NamedTuple):
    """A gazetteer's form, its label, and the words that a text must hold for it to stand there."""

    label: str
    text: str
    words: frozenset[str]


class PhraseFinder:
    """Looks up the gazetteers and a study's own municipalities. Build it once for many texts.

    Of the gazetteers' 10,000 forms a study says a few hundred: a form is handed to spaCy when a text first holds all
    its words, and a text that holds no form whole is not taken apart at all.
    """

    def __init__(self, own_municipalities: Iterable[str] = ()):
        self.language = _language()
        names = sorted({name.lower().replace("’", "'") for name in own_municipalities})
        self.forms = (_gazetteer_forms(), _by_longest_word(_Form("COMUNE", name, _words(name)) for name in names))
        self.matcher = PhraseMatcher(self.language.vocab, attr="LOWER")
        self.known: set[_Form] = set()

    def find(self, texts: Sequence[str]) -> Iterator[list[Phrase]]:
        """For each text its phrases by position; of two phrases of one label that overlap the longer is kept."""
        for straight in (text.replace("’", "'") for text in texts):
            if not self._may_stand_in(_words(straight)):
                yield []
                continue
            by_label: dict[str, list] = {}
            for span in self.matcher(self.language.make_doc(straight), as_spans=True):
                by_label.setdefault(span.label_, []).append(span)
            longest = (span for spans in by_label.values() for span in filter_spans(spans))
            yield sorted(Phrase(span.start_char, span.end_char, span.label_, span.text.lower()) for span in longest)

    def _may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether any form may stand in a text of these words; the matcher knows all of them afterwards."""
        listed = (form for forms in self.forms for word in words for form in forms.get(word, ()))
        possible = {form for form in listed if form.words <= words}
        for form in possible - self.known:
            self.matcher.add(form.label, [self.language.make_doc(form.text)])
        self.known |= possible
        return bool(possible)


def _words(text: str) -> frozenset[str]:
    """The runs of letters, and of figures, in a text: no tokenizer of Italian cuts a token inside one."""
    return frozenset(_WORD.findall(text.lower()))


def _by_longest_word(forms: Iterable[_Form]) -> dict[str, list[_Form]]:
    by_word: dict[str, list[_Form]] = {}
    for form in (form for form in forms if form.words):
        by_word.setdefault(max(form.words, key=lambda word: (len(word), word)), []).append(form)
    return by_word


@cache
def _language() -> Language:
    return spacy.blank("it")


@cache
def _gazetteer_forms() -> dict[str, list[_Form]]:
    labelled = _labelled_forms().items()
    return _by_longest_word(_Form(label, form, _words(form)) for label, forms in labelled for form in sorted(forms))


@cache
def _labelled_forms() -> dict[str, set[str]]:
    forms = {label: set(terms(name)) for name, label in TERM_LABELS.items()}
    forms["ENTE"] |= set(territorial_bodies())
    forms["COMUNE"] = set(municipality_names()) | set(short_names())
    return forms


@cache
def territorial_bodies() -> dict[str, str]:
    """Regions, provinces and metropolitan cities: lower-case form -> normal form."""
    bodies = {}
    for town in municipalities():
        region = region_name(town.region)
        for name in {region, region.replace("-", " ")}:
            bodies[f"regione {name}".lower()] = f"Regione {region}"
        province = region_name(town.province)
        of = _of(province)
        bodies[f"provincia {of}".lower()] = f"Provincia {of}"
        bodies[f"provincia di {province}".lower()] = f"Provincia {of}"
        bodies[f"città metropolitana {of}".lower()] = f"Città metropolitana {of}"
    for word in ("piemonte", "veneto", "lazio", "molise"):
        bodies[f"regione del {word}"] = f"Regione {word.capitalize()}"
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
        bodies[f"regione della {word}"] = f"Regione {word.capitalize()}"
    return bodies


def _of(name: str) -> str:
    return (
        f"dell'{name[2:]}" if name.startswith("L'") else f"della {name[3:]}" if name.startswith("La ") else f"di {name}"
    )


@cache
def is_common_word(form: str) -> bool:
    """Whether a form in small letters is also an Italian word (aria, sue, mise)."""
    return is_known(form, lang="it")


def is_determined(text: str, start: int) -> bool:
    """Whether a determiner, "da" or "come" stands before: "il capo", "da tecnico"."""
    return _DETERMINER.search(text[max(0, start - 12) : start]) is not None


def fits_capitals(surface: str, written: str, uncased: bool) -> bool:
    """Whether `surface` may stand for the gazetteer's form `written` as far as capitals go.

    Several words, or a word that the gazetteer writes small, match in any case. A name of one word (INPS, Bocconi)
    needs its capital, and capitals throughout when it is an acronym that is also a word (SUE); in a transcript without
    capitals it matches unless it is also a word, and so does an acronym (the "suap" of who types fast).
    """
    if " " in written or written.islower():
        return True
    if surface.islower() and written.isupper() and len(written) > 2:
        return not is_common_word(written.lower())
    if uncased and surface.islower():
        return not is_common_word(written.lower())
    if written.isupper() and is_common_word(written.lower()):
        return surface.isupper()
    return surface[0].isupper()
