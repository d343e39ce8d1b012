"""The order of the words of a scale, from least to most ("Per niente" ... "Del tutto"). Guesses from words alone."""

import re
from collections.abc import Sequence

from corpus.numbers import parse_number
from corpus.spelling import fold

# The first that matches counts, so that "molto insoddisfatto" is found before "molto".
_RANKS = tuple(
    (rank, re.compile(words))
    for rank, words in (
        (1, r"molto (insodd|in disacc|negativ|male|poco|scars)|(total|complet|fort|assolut)\w* (in |il )?disacc"),
        (1, r"del tutto (in disacc|insodd)|strongly disagree|very (dissatisf|bad|poor)"),
        (3, r"\bne\b.*\bne\b|neutr|indiffer|cosi cosi|a volte|qualche volta|talvolta|sufficien|in parte|incert"),
        (3, r"neither|sometimes|moderat|discret"),
        (1, r"per (niente|nulla)|affatto|\bmai\b|pessim|nessun|\bnulla\b|never|not at all|minim"),
        (2, r"\bpoc[oai]\b|rarament|insodd|disacc|scars|insuffic|\bmale\b|negativ|bass|disagree|rarely|dissatisf"),
        (5, r"(total|complet|piena|fort|assolut|estrem)\w* |moltissim|del tutto|\bmolt[oaie]\b|sempre|ottim|massim"),
        (5, r"strongly agree|always|very|extremely|eccellent"),
        (4, r"abbastanza|piuttosto|spesso|soddisf|accordo|buon|\bbene\b|positiv|\balt[oaie]\b|agree|often|satisf"),
    )
)


def is_scale(labels: Sequence[str]) -> bool:
    """Whether the labels read like a scale: two or more, each with a place of its own in the order."""
    ranks = [_rank(label) for label in labels]
    return len(labels) >= 2 and None not in ranks and len(set(ranks)) == len(ranks)


def in_order(labels: Sequence[str]) -> list[str]:
    """The labels from least to most: by a number they begin with, else as a scale, else by alphabet."""
    if is_scale(labels):
        return sorted(labels, key=lambda label: (_rank(label) or 0, fold(label)))
    return sorted(labels, key=_natural)


def orders_of_meaning(labels: Sequence[str]) -> list[float] | None:
    """The place of each label on its scale, from what it says: a number that it begins with, else its words.

    None where neither tells the order of all of them.
    """
    numbers = [_leading_number(label) for label in labels]
    known = [number for number in numbers if number is not None]
    if len(known) == len(labels) == len(set(known)):
        return known
    if not is_scale(labels):
        return None
    ranked = in_order(labels)
    return [float(ranked.index(label) + 1) for label in labels]


def contradicts_words(labels: Sequence[str], orders: Sequence[float]) -> bool:
    """Whether the labels read like a scale that `orders` puts the other way round."""
    if not is_scale(labels):
        return False
    declared = [label for _, label in sorted(zip(orders, labels, strict=True))]
    return declared == in_order(labels)[::-1]


def _rank(label: str) -> int | None:
    folded = fold(label)
    return next((rank for rank, words in _RANKS if words.search(folded)), None)


def _natural(label: str) -> tuple[float, str]:
    number = _leading_number(label)
    return (number if number is not None else float("inf"), fold(label))


def _leading_number(label: str) -> float | None:
    match = re.match(r"\s*(-?\d+([.,]\d+)?)", label)
    return parse_number(match[1]) if match else None
