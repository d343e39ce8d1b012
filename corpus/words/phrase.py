"""A text in no language: the key of a sentence and what it is filled with. Knows no sentence (outputs.words does)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.words.language import Bilingual

PAIR = "pair"  # the key of a text that was written in both languages where it arose; no word file has it
_KEY = "phrase"
_FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is to be said: `key` names a sentence of the word files, `facts` are the values that it is filled with.

    A fact is data (a label, a respondent, a number, True, None), another Phrase, or a tuple of these. A word of a
    vocabulary is a Phrase without facts, such as Phrase("how.pattern").
    """

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.key, tuple(self.facts.items())))


def phrase(key: str, /, **facts: Any) -> Phrase:
    """The Phrase `key` filled with `facts`."""
    return Phrase(key, facts)


def pair(text: Bilingual) -> Phrase:
    """A text that brings both its languages, such as a Problem's message: its facts are the texts `it` and `en`."""
    return Phrase(PAIR, {"it": text.it, "en": text.en})


def to_plain(fact: Any) -> Any:
    """A fact as JSON can hold it: a Phrase as an object of its key and facts, a tuple as a list."""
    if isinstance(fact, Phrase):
        return {_KEY: fact.key, _FACTS: {name: to_plain(value) for name, value in fact.facts.items()}}
    if isinstance(fact, tuple | list):
        return [to_plain(value) for value in fact]
    return fact


def from_plain(value: Any) -> Any:
    """The fact that `to_plain` made `value` of."""
    if isinstance(value, dict):
        return Phrase(value[_KEY], {name: from_plain(fact) for name, fact in value[_FACTS].items()})
    if isinstance(value, list):
        return tuple(from_plain(fact) for fact in value)
    return value


def to_json(text: Phrase) -> str:
    """A Phrase as JSON, to be kept in a file."""
    return json.dumps(to_plain(text), ensure_ascii=False)


def from_json(text: str) -> Phrase:
    """The Phrase that `to_json` made `text` of."""
    kept: Phrase = from_plain(json.loads(text))
    return kept
