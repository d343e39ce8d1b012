"""The words and signs by which people write that there is no answer, and which kind. Knows no item and no file."""

import re
from collections.abc import Iterable, Mapping

from corpus.words.language import Bilingual, Language
from corpus.words.spelling import fold

DONT_KNOW = "dont_know"
NO_ANSWER = "no_answer"
NOT_SHOWN = "not_shown"
REJECTED = "rejected"  # something is written, but it is no answer to the item
MISSING_NAMES: Mapping[str, Bilingual] = {
    DONT_KNOW: Bilingual("non so", "don't know"),
    NO_ANSWER: Bilingual("non risponde", "no answer"),
    NOT_SHOWN: Bilingual("non mostrata", "not shown"),
    REJECTED: Bilingual("fuori codice", "out of codes"),
}
# What people write in the column `missing` of a questionnaire codebook.
MISSING = {
    **{word: kind for kind in (DONT_KNOW, NO_ANSWER, NOT_SHOWN) for word in MISSING_NAMES[kind]},
    "non posta": NOT_SHOWN,
    "vuota": NO_ANSWER,
}
_WORDS = {
    DONT_KNOW: (
        "non so|non saprei|non lo so|nonso|non saprei dire|non so dire|non saprei rispondere|non so rispondere|"
        "non ricordo|non so/non risponde|non so / non risponde|non so, non risponde|ns|n.s.|n.s|non sa|"
        "non sa/non risponde|ns/nr|non sa / non risponde|non sa, non risponde|"
        "don't know|dont know|do not know|dk|i don't know|unsure"
    ),
    NO_ANSWER: (
        "non risponde|nessuna risposta|non risposto|preferisco non rispondere|preferisco non dirlo|nr|n.r.|n.r|"
        "n.d.|n.d|nd|n/d|non disponibile|n/a|n.a.|na|mancante|no answer|prefer not to say|refused|missing|"
        "#n/a|#n/d|-|--|–|—|."
    ),
    NOT_SHOWN: "non mostrata|non posta|non prevista|non applicabile|non pertinente|not shown|not applicable|filtro",
}
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
# In the label of a code people write more than the bare words: "Non sa, non ricorda", "Rifiuta di rispondere".
_IN_LABELS = (
    (DONT_KNOW, re.compile(r"\bnon (lo )?(so|sa|saprei|sapere|ricord\w+)\b|don'?t know|\bunsure\b")),
    (NOT_SHOWN, re.compile(r"non (applicabil|pertinent|previst|post[ao]|mostrat)|not (applicable|shown|asked)")),
    (NO_ANSWER, re.compile(r"non (risponde|rispost|disponibile|indicat)|rifiut|mancante|no answer|refus|missing")),
)  # fmt: skip
_PRINTED_CODE = re.compile(r"^\s*-?\d+\s*[-–—.):=]*\s*")

# Numbers that people type where there is no answer, and how far they are from the answers: at least twice the greatest.
_CODES = {-1, -2, -8, -9, -88, -98, -99, -999, 9, 98, 99, 998, 999, 9998, 9999, 99999}
_FAR = 2


def missing_codes(numbers: Iterable[float]) -> set[float]:
    """Those of the numbers that look like codes for "no answer": 99 among answers from 1 to 5, -9 among none below 0.

    Where there are no other numbers nothing is known, and there is none.
    """
    distinct = set(numbers)
    answers = distinct - _CODES
    return {code for code in distinct & _CODES if answers and _is_far(code, answers)}


def is_code(number: float) -> bool:
    """Whether people use the number as a code for "no answer"."""
    return number in _CODES


def _is_far(code: float, answers: Iterable[float]) -> bool:
    return code < 0 <= min(answers) or code >= _FAR * max(0, *answers) > 0


def missing_word(kind: str, language: Language = "it") -> str:
    """The word that a report, or a codebook written for people, shows for a kind of non-answer; "" for ""."""
    return MISSING_NAMES[kind].say(language) if kind else ""


def missing_kind(cell: str) -> str:
    """The kind of non-answer that `cell` is by itself ("Non saprei", "n.d.", "-"), "" when it may be an answer."""
    return _KIND.get(fold(cell), "")


def missing_kind_of_option(label: str) -> str:
    """The kind of non-answer that an option's label is, its code printed before it or not ("99 - Non so")."""
    return missing_kind(label) or missing_kind(_PRINTED_CODE.sub("", label))


def missing_kind_of_label(label: str) -> str:
    """The kind of non-answer that the label of a code declared as missing names, "" when it names none."""
    folded = fold(label)
    return missing_kind(label) or next((kind for kind, words in _IN_LABELS if words.search(folded)), "")
