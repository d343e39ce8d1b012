"""The stances as people write them, in Italian or English. Judges none."""

from collections.abc import Mapping
from typing import Literal

from corpus.words.language import Bilingual, Language
from corpus.words.spelling import fold_typed

Stance = Literal["advantage", "problem", "proposal", "neutral"]
AnswerStance = Literal["advantage", "problem", "proposal", "not_proposal", ""]
STANCES: tuple[Stance, ...] = ("advantage", "problem", "proposal", "neutral")

STANCE_NAMES: Mapping[str, Bilingual] = {
    "advantage": Bilingual("vantaggio", "advantage"),
    "problem": Bilingual("criticità", "problem"),
    "proposal": Bilingual("proposta", "proposal"),
    "neutral": Bilingual("neutro", "neutral"),
}
_BY_NAME: dict[str, str] = {fold_typed(name): stance for stance in STANCES for name in STANCE_NAMES[stance]}
STANCE_WORDS: tuple[str, ...] = tuple(names.it for names in STANCE_NAMES.values())  # as messages list them


def stance_word(stance: str, language: Language) -> str:
    """The word that a report shows for a stance; what is not one stands for itself. Records keep the code."""
    return STANCE_NAMES[stance].say(language) if stance in STANCE_NAMES else stance


def stance_of(text: str) -> str | None:
    """The stance that a cell names, "" for a blank cell, None for anything else."""
    word = fold_typed(text)
    return _BY_NAME.get(word) if word else ""
