"""Whom slides are for, as people write it in Italian or English. Decides nothing of what they show."""

from collections.abc import Mapping
from typing import Literal

from corpus.words.language import Bilingual
from corpus.words.spelling import fold_typed

Audience = Literal["respondents", "colleagues"]

AUDIENCE_NAMES: Mapping[Audience, Bilingual] = {
    "respondents": Bilingual("intervistati", "respondents"),
    "colleagues": Bilingual("colleghi", "colleagues"),
}
AUDIENCE_WORDS = tuple(word for names in AUDIENCE_NAMES.values() for word in names)
_BY_NAME = {fold_typed(word): audience for audience, names in AUDIENCE_NAMES.items() for word in names}


def audience_of(text: str) -> Audience | None:
    """The audience that a text names, None for anything else."""
    return _BY_NAME.get(fold_typed(text))
