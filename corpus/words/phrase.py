"""A text in no language: the key of a sentence and what it is filled with. Knows no sentence (outputs.words does)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_KEY, _FACTS = "phrase", "facts"


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
