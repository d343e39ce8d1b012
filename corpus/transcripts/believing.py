"""Which labels of a transcript name speakers: weighed against each other, over all its lines. Splits no text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.roles import role_of_label
from corpus.transcripts.labels import Label
from corpus.transcripts.sheet import is_nobody
from corpus.transcripts.text import Line

_PARTICLES = frozenset(str.split("di de del della dei degli delle da dal dalla la lo e in alla al"))
_TITLES = frozenset(
    str.split(
        "dott dott.ssa dr dr.ssa prof prof.ssa sig sig.ra sig.na avv ing arch geom rag on sen mons don suor padre "
        "signor signora"
    )
)
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The labels that name speakers, by how they are typed, and `doubted`: names typed like labels but read as text."""

    names: dict[str, frozenset[str]]
    doubted: tuple[str, ...]

    def holds(self, label: Label) -> bool:
        """Whether `label` opens a turn."""
        return label.key in self.names[label.sign]


def weigh(labels: Sequence[Label | None], lines: Sequence[Line], known: frozenset[str]) -> Beliefs:
    """Which of `labels` (one a line) are speakers; `known` are the study's own, believed wherever they stand.

    After a colon a name is sure when the study or the role vocabulary has it, when it is bold or comes back. A name
    that comes once is believed when it looks like one (capitals, no turn of speech) at the start of a paragraph; but
    beside two sure speakers a single word (`Problema: i soldi`) is taken for text, and doubted aloud.
    A name on a line of its own is believed when it is sure by a colon elsewhere, is a word of the vocabulary, or is
    bold, or comes back. A name in brackets is a word of the vocabulary or a code, or comes back in `<>`.
    """
    found = [(label, line.opens) for label, line in zip(labels, lines, strict=True) if label is not None]
    times = Counter((label.sign, label.key) for label, _ in found)
    cased = Counter(label.name for label, _ in found)
    sure = {
        label.key for label, _ in found if label.sign == "colon" and _is_sure(label, times["colon", label.key], known)
    }
    opening = [opens for label, opens in found if label.sign == "colon" and label.key in sure]
    # Where turns mostly begin without an empty line before them, every line may be a turn.
    packed = sum(opening) * 2 < len(opening) or sum(line.opens for line in lines) <= 1
    colon: set[str] = set()
    doubted: dict[str, None] = {}
    for label, opens in found:
        if label.sign != "colon":
            continue
        if label.key in sure:
            if not label.name[0].islower() or label.key in known or _lower_case_label(label, cased, opens or packed):
                colon.add(label.key)
        elif (opens or packed) and _looks_like_a_name(label.name) and not is_nobody(label.key):
            if len(sure) < 2 or _is_full_name(label.name):
                colon.add(label.key)
            else:
                doubted[label.name] = None
    alone = {
        label.key
        for label, opens in found
        if label.sign == "alone"
        and (opens or label.marked)
        and _is_named_alone(label, times["alone", label.key], colon | known, doubtful=len(sure) > 1)
    }
    if len(colon | alone) < 2:  # a single bold line is a heading
        alone = {key for key in alone if key in colon | known or role_of_label(key)}
    in_brackets = (label for label, _ in found if label.sign == "enclosed")
    enclosed = {label.key for label in in_brackets if _is_named_in_brackets(label, times["enclosed", label.key], known)}
    names = {"colon": frozenset(colon), "alone": frozenset(alone), "enclosed": frozenset(enclosed | colon)}
    return Beliefs({**names, "weak": frozenset()}, tuple(doubted))


def weigh_weak(labels: Sequence[Label | None], known: frozenset[str]) -> Beliefs:
    """The same for labels that no colon sets off: known or in the vocabulary, else bold or named-like and coming back.

    At least two different speakers must be found so.
    """
    found = [label for label in labels if label is not None]
    times = Counter(label.key for label in found)
    names = {
        label.key
        for label in found
        if not is_nobody(label.key)
        and (
            label.key in known
            or role_of_label(label.name)
            or (times[label.key] >= 2 and (label.marked or _looks_like_a_name(label.name)))
        )
    }
    nobody: frozenset[str] = frozenset()
    weak = frozenset(names) if len(names) > 1 else nobody
    return Beliefs({"colon": nobody, "alone": nobody, "enclosed": nobody, "weak": weak}, ())


def _is_sure(label: Label, times: int, known: frozenset[str]) -> bool:
    if label.key in known:
        return True
    if is_nobody(label.key):
        return False
    words = len(label.name.split())
    role = role_of_label(label.name) is not None and (words == 1 or times > 1 or _is_short(label.name))
    comes_back = times >= (3 if label.name[0].islower() else 2) and words <= _MOST_WORDS
    return role or label.marked or comes_back


def _lower_case_label(label: Label, cased: Counter[str], opens: bool) -> bool:
    """Whether labels are typed in lower case here; else `sindaco:` is the wrapped end of "dissi al sindaco: ..."."""
    capital = cased[label.name.capitalize()] + cased[label.name.upper()]
    return opens and capital == 0


def _is_named_alone(label: Label, times: int, sure: frozenset[str] | set[str], *, doubtful: bool) -> bool:
    """`doubtful` where speakers are marked by colons: there a bold line is the heading of a part of the interview."""
    if label.key in sure:
        return True
    whole = len(label.name.split()) == 1 and role_of_label(label.name) is not None
    believable = times >= 2 or (label.marked and (not doubtful or label.start_ms is not None))
    return not is_nobody(label.key) and (whole or (believable and _looks_like_a_name(label.name)))


def _is_named_in_brackets(label: Label, times: int, known: frozenset[str]) -> bool:
    if label.key in known or role_of_label(label.name):
        return True
    comes_back = times >= 2 and _looks_like_a_name(label.name)
    return comes_back and (label.marked or any(character.isdigit() for character in label.name))


def _looks_like_a_name(name: str) -> bool:
    """At most four words besides particles and titles, each with a capital or a digit, none that ends a sentence."""
    words = [word for word in name.split() if word.casefold() not in _PARTICLES]
    return _is_short(name) and all(not word[0].isalpha() or word[0].isupper() for word in words)


def _is_short(name: str) -> bool:
    words = [word for word in name.split() if word.casefold().strip(".") not in _PARTICLES | _TITLES]
    if not 0 < len(words) <= _MOST_WORDS or re.search(r"[,;…]|\w\W*[?!]", name):
        return False
    return not any(word.endswith(".") and len(word) > 3 and not _is_initials(word) for word in words[:-1])


def _is_initials(word: str) -> bool:
    return all(len(part) == 1 for part in word.split(".") if part)


def _is_full_name(name: str) -> bool:
    """`Mario Rossi`, `R. Rossi`, `M.B.`, `Dott. Rossi`, `S3`: a person's name or code even when it comes once."""
    code = any(character.isdigit() for character in name) and len(name) <= 12
    return code or len(name.split()) > 1 or (_is_initials(name) and "." in name)
