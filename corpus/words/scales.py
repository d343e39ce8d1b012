"""The order of the words of a scale, from least to most ("Per niente" ... "Del tutto"). Guesses from words alone."""

import re
from collections.abc import Sequence

from corpus.words.numbers import parse_number
from corpus.words.spelling import fold

# The first that matches counts, so that "molto insoddisfatto" is found before "molto".
_RANKS = tuple(
    (rank, re.compile(words))
    for rank, words in (
        (1, r"molto (insodd|in disacc|negativ|male|poco|scars|bass|dimin|peggio)"),
        (1, r"(total|complet|fort|assolut)\w* (in |il )?disacc"),
        (1, r"del tutto (in disacc|insodd)|strongly disagree|very (dissatisf|bad|poor|low)"),
        (3, r"\bne\b.*\bne\b|neutr|indiffer|cosi cosi|a volte|qualche volta|talvolta|\bsufficien|in parte|incert"),
        (3, r"neither|sometimes|moderat|discret|lo stesso|\bugual|invariat|\bstabil|the same"),
        (1, r"per (niente|nulla)|affatto|\bmai\b|pessim|nessun|\bnulla\b|never|not at all|minim"),
        (2, r"diminu|peggiorat|decreased|\bnon (molt|semp)|\bnot (very|much|always)|\ba little\b"),
        (2, r"\bpoc[oai]\b|rarament|insodd|disacc|scars|insuffic|\bmale\b|negativ|bass|disagree|rarely|dissatisf"),
        (5, r"(total|complet|piena|fort|assolut|estrem)\w* |moltissim|del tutto|\bmolt[oaie]\b|sempre|ottim|massim"),
        (5, r"strongly agree|always|very|extremely|eccellent"),
        (
            4,
            r"aumentat|migliorat|\bincreased|abbastanza|piuttosto|spesso|soddisf|accordo|buon|\bbene\b|positiv|\balt[oaie]\b|agree|often|satisf",
        ),
    )
)


def is_scale(labels: Sequence[str]) -> bool:
    """Whether the labels read like a scale: two or more, each with a place of its own in the order."""
    ranks = [_rank(label) for label in labels]
    return len(labels) >= 2 and None not in ranks and len(set(ranks)) == len(ranks)


def labels_in_order(labels: Sequence[str]) -> list[str]:
    """The labels from least to most: by a number they begin with, else as a scale, else by alphabet."""
    if is_scale(labels):
        return sorted(labels, key=lambda label: (_rank(label) or 0, fold(label)))
    return sorted(labels, key=_natural)


def orders_of_meaning(labels: Sequence[str], codes: Sequence[str] = ()) -> list[float] | None:
    """The place of each label on its scale, from what it says: a number that it begins with, else its words.

    Where words place only some of the labels, numbers in all the `codes` order them and the words tell which end is
    high: a code alone is only a place on the printed page. None where nothing tells, or numbers and words of the labels
    contradict each other.
    """
    printed = _numbers(labels)
    if printed:
        return printed if _direction(labels, printed) >= 0 else None
    if is_scale(labels):
        ranked = labels_in_order(labels)
        return [float(ranked.index(label) + 1) for label in labels]
    coded = _numbers(codes)
    side = _direction(labels, coded) if coded else 0
    if not coded or not side:
        return None
    return coded if side > 0 else [min(coded) + max(coded) - number for number in coded]


def orders_where_printed(labels: Sequence[str], codes: Sequence[str]) -> list[float]:
    """The places of a scale that a survey program prints in this order: those of meaning where words tell them."""
    return orders_of_meaning(labels, codes) or [float(rank) for rank in range(1, len(labels) + 1)]


def contradicts_words(labels: Sequence[str], orders: Sequence[float]) -> bool:
    """Whether the words of the labels, those that say a place on a scale, run against `orders`."""
    return _direction(labels, orders) < 0


def _direction(labels: Sequence[str], numbers: Sequence[float]) -> int:
    """1 where words that tell a place rise with the numbers, -1 where they fall, 0 where they do neither."""
    ranks = [_rank(label) for _, label in sorted(zip(numbers, labels, strict=True))]
    known = [rank for rank in ranks if rank is not None]
    if not known or known[0] == known[-1]:
        return 0
    ascending = known if known[0] < known[-1] else known[::-1]
    return 0 if ascending != sorted(known) else 1 if ascending is known else -1


def _numbers(texts: Sequence[str]) -> list[float] | None:
    """The numbers that all the texts begin with, None where one does not or two have the same."""
    numbers = [_leading_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    return known if known and len(known) == len(texts) == len(set(known)) else None


def _rank(label: str) -> int | None:
    folded = fold(label)
    return next((rank for rank, words in _RANKS if words.search(folded)), None)


def _natural(label: str) -> tuple[float, str]:
    number = _leading_number(label)
    return (number if number is not None else float("inf"), fold(label))


def _leading_number(label: str) -> float | None:
    match = re.match(r"\s*(-?\d+([.,]\d+)?)", label)
    return parse_number(match[1]) if match else None
