"""Which options of a yes/no item say yes: told by their words, never by where they stand. Reads no file."""

import re
from collections.abc import Sequence

from corpus.records import Option
from corpus.words.spelling import fold

# Words that decide as the first or the last of a label: "Sì, abbiamo una convenzione", "Direi di no".
_YES = frozenset({"si", "yes", "vero", "true", "favorevole", "presente", "agree"})
_NO = frozenset(
    {"no", "non", "not", "falso", "false", "mai", "never", "nessuno", "nessuna", "none", "contrario", "contraria"}
    | {"sfavorevole", "assente", "disaccordo", "unchecked", "disagree"}
)
# Words that say yes only where nothing after them says otherwise: "Certo", but "Certo che no".
_LAST_YES = _YES | {"certo", "certamente", "certainly", "accordo"}
# Words that deny within a label, against another that is the same without them: "Il comune (non) ha un sito".
_DENIALS = _NO | {"senza", "without", "nulla", "niente", "nessun", "cannot"}
_ALIKE = 0.5  # of the words of two labels, those that they share where one denies the other
# Signs that decide only where they are all that is written.
_YES_SIGNS = frozenset({"s", "y", "x"})
_NO_SIGNS = frozenset({"n"})


def yes_options(options: Sequence[Option]) -> tuple[str, ...] | None:
    """The values of the options that say yes, of the real `options` of a yes/no item; None where words do not tell.

    A label comes before its code. Of two options one that is known tells the other. Where there are no words, only the
    codes 1 and 0, 1 is yes; where the words say nothing, so is an `order` of 1 beside one option and of 0 beside the
    other, which somebody has declared.
    """
    says_yes = {option.value: _says_yes(option) for option in options}
    if len(options) == 2 and set(says_yes.values()) == {None}:
        says_yes = _by_denial(*options)
    known = [side for side in says_yes.values() if side is not None]
    if not known:
        if {option.label for option in options} == {"0", "1"}:
            return tuple(option.value for option in options if option.label == "1")
        declared = [option.value for option in options if option.order == 1]
        return tuple(declared) if {option.order for option in options} == {0, 1} else None
    if len(options) == 2 and len(known) == 1:
        says_yes = {value: not known[0] if side is None else side for value, side in says_yes.items()}
    positive = tuple(value for value, side in says_yes.items() if side)
    return positive if positive and len(positive) < len(options) else None


def neither_options(options: Sequence[Option]) -> tuple[Option, ...]:
    """Of three options and more those that say neither yes nor no ("In parte"); they are not among `yes_options`."""
    return tuple(option for option in options if _says_yes(option) is None) if len(options) > 2 else ()


def _says_yes(option: Option) -> bool | None:
    of_label = _side(option.label)
    return _side(option.value) if of_label is None else of_label


def _side(text: str) -> bool | None:
    """Whether `text` says yes or no; None when it says neither, or both."""
    words = re.findall(r"\w+", fold(text))
    if len(words) == 1 and words[0] in _YES_SIGNS | _NO_SIGNS:
        return words[0] in _YES_SIGNS
    # The first word decides ("Sì, non sempre"); the last only where the first says nothing ("Penso di no").
    if words and words[0] in _YES | _NO:
        return words[0] in _YES
    if words and words[-1] in _LAST_YES | _NO and not _DENIALS & set(words[:-1]):
        return words[-1] in _LAST_YES
    return None


def _by_denial(one: Option, other: Option) -> dict[str, bool | None]:
    """Which of two options says yes where one denies what the other says in the same words."""
    words = {option.value: _words_and_denials(option.label) for option in (one, other)}
    (plain, denies), (other_plain, other_denies) = words.values()
    together = plain | other_plain
    alike = bool(together) and len(plain & other_plain) >= _ALIKE * len(together)
    if not alike or denies == other_denies:
        return dict.fromkeys(words)
    return {one.value: not denies, other.value: denies}


def _words_and_denials(text: str) -> tuple[frozenset[str], bool]:
    words = re.findall(r"\w+", re.sub(r"n['’]t\b", " not", fold(text)))
    return frozenset(words) - _DENIALS, bool(_DENIALS & set(words))
