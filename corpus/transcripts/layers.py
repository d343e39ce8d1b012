"""Tiers that are no speaker of their own: the words of another tier once more, in other pieces, or its sounds."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.words.language import Bilingual

# As forced aligners (MFA, WebMAUS) and phoneticians name them.
_SOUNDS = re.compile(
    r"(?:.*[\s_.-])?(?:phones?|phonemes?|fonemi|foni|segmenti|sillabe|syll(?:able)?s?|mau|kan|kan-mau|mas|ort-mau"
    r"|tobi|tones|toni|pitch|f0)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\w+")
_WORDS = re.compile(r"[ _.-]*(?:words?|parole)\b", re.IGNORECASE)
_FEWEST_WORDS = 3
_ALIKE = 0.9  # of the words that two tiers share, and of the pieces at the same times


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier's name and what it holds: begin and end in milliseconds, and the words."""

    name: str
    labels: Sequence[tuple[int, int, str]]


def layers_of(tiers: Sequence[Tier]) -> dict[int, int | None]:
    """The numbers of the tiers that are no speaker, each with that of the tier it repeats, None where it is sounds.

    A tier repeats another that has the same words at the same times; the one in fewer pieces is the speech.
    """
    sounds = {number for number, tier in enumerate(tiers) if tier.labels and _SOUNDS.fullmatch(tier.name)}
    if len(sounds) == sum(bool(tier.labels) for tier in tiers):
        return {}
    layers: dict[int, int | None] = dict.fromkeys(sounds)
    by_pieces = sorted(set(range(len(tiers))) - sounds, key=lambda number: (len(tiers[number].labels), number))
    for rank, number in enumerate(by_pieces):
        speech = (other for other in by_pieces[:rank] if other not in layers)
        repeated = next((other for other in speech if _repeats(tiers[number], tiers[other])), None)
        if repeated is not None:
            layers[number] = repeated
    return layers


def _repeats(tier: Tier, speech: Tier) -> bool:
    words = _count_words(tier)
    spoken = _count_words(speech)
    same = (words & spoken).total() >= _ALIKE * max(words.total(), spoken.total())
    return len(words) >= _FEWEST_WORDS and same and _at_once(tier, speech) >= _ALIKE * len(tier.labels)


def _count_words(tier: Tier) -> Counter[str]:
    return Counter(word for _, _, text in tier.labels for word in _LETTERS.findall(text.casefold()))


def _at_once(tier: Tier, speech: Tier) -> int:
    """How many pieces of `tier` lie within one of `speech`, whose own follow one another as the programs' always do."""
    stretches = sorted((start, end) for start, end, _ in speech.labels)
    empty = any(start == end for start, end in stretches)
    if empty or any(begin < end for (_, end), (begin, _) in pairwise(stretches)):
        return 0
    middles = [(start + end) / 2 for start, end, _ in tier.labels if start < end]
    numbers = [bisect_right(stretches, (middle, middle)) - 1 for middle in middles]
    return sum(number >= 0 and middle <= stretches[number][1] for middle, number in zip(middles, numbers, strict=True))


def tell_layers(layers: Mapping[int, int | None], tiers: Sequence[Tier]) -> Iterator[Bilingual]:
    """A warning for each tier left out."""
    for number, repeated in layers.items():
        name = tiers[number].name
        if repeated is None:
            yield Bilingual(
                f"il livello `{name}` porta suoni e non parole: non è letto",
                f"tier `{name}` holds sounds and no words: it is not read",
            )
        else:
            yield Bilingual(
                f"il livello `{name}` ripete le parole di `{tiers[repeated].name}`: è letto solo questo",
                f"tier `{name}` repeats the words of `{tiers[repeated].name}`: only the latter is read",
            )


def speaker_of_tier(name: str) -> str:
    """Whose words a tier holds: `Anna - words`, as aligners name it, is Anna's."""
    suffix = _WORDS.search(name)
    speaker = name[: suffix.start()] if suffix is not None and suffix.end() == len(name) else name
    return speaker.strip() or name
