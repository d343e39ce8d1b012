"""Codes for answers that were not given, one of each kind, as SPSS and Stata declare them missing. Counts nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Item
from corpus.words.language import Language
from corpus.words.missing_words import DONT_KNOW, NO_ANSWER, NOT_SHOWN, REJECTED, missing_word
from corpus.words.phrase import Phrase
from nlp.measures.items import NO_QUESTIONNAIRE
from outputs.statistics.variables import declared_missing, whole_code
from outputs.words.sentences import say

KINDS = (DONT_KNOW, NO_ANSWER, NOT_SHOWN, REJECTED, NO_QUESTIONNAIRE)
_FIRST = tuple(1 - 10**digits for digits in range(2, 10))  # the kinds count from -99 up, or from -999 up ...


@dataclass(frozen=True)
class NonAnswers:
    """The codes of one variable's non-answers: `own` by the codebook's value, `standard` by kind, for all others.

    `labels` and `kinds` are of those codes that the variable has, `kinds` being of KINDS.
    """

    own: Mapping[str, int]
    standard: Mapping[str, int]
    labels: Mapping[int, str]
    kinds: Mapping[int, str]

    def code(self, status: str, value: str) -> int:
        """The code of one non-answer, by its status and value in the Answers frame."""
        return self.own.get(value, self.standard[status])


def code_non_answers(
    item: Item, given: Sequence[tuple[str, str]], valid: Collection[float], language: Language
) -> NonAnswers:
    """Codes for the non-answers `given` (status, value), none of which is one of `valid`, the answers.

    Codes that the codebook declares missing are kept where they are whole numbers and SPSS can declare them beside the
    others.
    """
    declared = {option.value: option for option in item.options if option.missing}
    kept = {value: code for value in declared if (code := whole_code(value)) is not None and code not in valid}
    for own in (kept, {}):
        others = {status for status, value in given if value not in own}
        for first in _FIRST:
            standard = {kind: first + place for place, kind in enumerate(KINDS)}
            codes = {*own.values(), *(standard[kind] for kind in others)}
            taken = any(first <= code < first + len(KINDS) for code in (*valid, *own.values()))
            if not taken and declared_missing(codes, valid) is not None:
                labels = {own[value]: declared[value].label for value in own}
                kinds = {own[value]: declared[value].missing for value in own}
                for kind in filter(others.__contains__, KINDS):
                    labels[standard[kind]] = _label(kind, language)
                    kinds[standard[kind]] = kind
                return NonAnswers(own, standard, labels, kinds)
    raise AssertionError("somebody answered -95 to -99, and -995 to -999, and so on")


def _label(kind: str, language: Language) -> str:
    if kind == NO_QUESTIONNAIRE:
        return say(Phrase("statistics.no_questionnaire"), language)
    return missing_word(kind, language)
