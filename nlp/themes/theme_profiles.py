"""What a codebook says of each theme, taken apart into short texts and their vectors. Looks at no segment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.records import Theme
from nlp.embeddings import Encoder, embed_texts

_LEAD = re.compile(
    r"^(?:si\s+(?:parla|tratta|confronta|discute|usa|codifica)\w*|quando|usare\s+quando)\s+(?:di\s+|d['’])?",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)")  # "(usare ambiente)" names another theme, not this one
KINDS = ("whole", "terms", "pieces", "examples", "not")


@dataclass(frozen=True)
class ThemeProfile:
    """The texts of one theme by kind, and their vectors, arrays (number of texts, d)."""

    texts: dict[str, tuple[str, ...]]
    vectors: dict[str, np.ndarray]


def profile_themes(themes: Sequence[Theme], encoder: Encoder) -> list[ThemeProfile]:
    """One profile a theme. A subtheme's whole text names its parent's label too.

    Each theme is encoded by itself, so that who keeps vectors needs none anew for the themes that did not change.
    """
    labels = {theme.code: theme.label for theme in themes}
    return [_profile(_texts(theme, labels.get(theme.parent, "")), encoder) for theme in themes]


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a definition between commas and the like, without "si parla di" and bracketed asides."""
    parts = (_LEAD.sub("", part.strip()) for part in re.split(r"[,;:.]", _ASIDE.sub("", text)))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 3))


def _profile(texts: dict[str, tuple[str, ...]], encoder: Encoder) -> ThemeProfile:
    every = [text for kind in KINDS for text in texts[kind]]
    ends = np.cumsum([len(texts[kind]) for kind in KINDS])
    return ThemeProfile(texts, dict(zip(KINDS, np.split(embed_texts(every, encoder), ends[:-1]), strict=True)))


def _texts(theme: Theme, parent: str) -> dict[str, tuple[str, ...]]:
    label = f"{parent}, {theme.label}" if parent else theme.label
    description = ". ".join(part for part in (label, theme.definition, theme.use_when) if part)
    pieces = tuple(dict.fromkeys((*clauses(theme.definition), *clauses(theme.use_when)))) or (theme.label,)
    return {
        "whole": (description,),
        "terms": theme.include_terms or (theme.label,),
        "pieces": pieces,
        "examples": theme.examples,
        "not": clauses(theme.do_not_use_when),
    }
