"""Which item may ask about which theme, from how both are worded. Room nlp: proposes, never links."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from corpus.records import Item, Theme
from corpus.schemas import LinkProposals, empty
from nlp.embeddings import Encoder, embed_texts

PROPOSED = 3  # a person reads three suggestions, not thirty
_WORDED = ("number", "single", "multi", "likert", "yesno", "text")  # a date asks about no theme


def worded_items(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that may ask about a theme: all but dates."""
    return tuple(item for item in items if item.type in _WORDED)


def wording_similarity(themes: Sequence[Theme], items: Sequence[Item], encoder: Encoder) -> np.ndarray:
    """Array (themes, items) of cosines: a theme's label and definition against the item's wording or, if nearer, its
    nearest option."""
    theme_vectors = embed_texts([f"{theme.label}. {theme.definition}" for theme in themes], encoder)
    item_vectors = embed_texts([item.text for item in items], encoder)
    similarity = theme_vectors @ item_vectors.T
    for column, item in enumerate(items):
        labels = [option.label for option in item.options if not option.missing]
        if labels and item.type in ("single", "multi"):
            nearest = (theme_vectors @ embed_texts(labels, encoder).T).max(axis=1)
            similarity[:, column] = np.maximum(similarity[:, column], nearest)
    return similarity


def contrast(similarity: np.ndarray) -> np.ndarray:
    """Similarities less what each theme and each item has with everything: some wordings are near to all others."""
    if not similarity.size:
        return similarity
    columns = similarity.mean(axis=0)
    rows = similarity.mean(axis=1, keepdims=True)
    return similarity - columns - rows + similarity.mean()


def propose_links(
    themes: Sequence[Theme], items: Sequence[Item], decided: Collection[tuple[str, str]], encoder: Encoder
) -> pd.DataFrame:
    """The LinkProposals frame: three items for each theme without one, three themes for each item without one.

    `decided` are pairs (theme, item) on which a person has decided: they never come back. Ranked by `contrast`; `score`
    is the plain cosine.
    """
    worded = worded_items(items)
    if not themes or not worded:
        return empty(LinkProposals)
    similarity = wording_similarity(themes, worded, encoder)
    order = contrast(similarity)
    linked = {item for theme in themes for item in theme.questionnaire_items}
    rows: list[tuple[str, str, str, float, int]] = []

    def propose(side: str, pairs: list[tuple[int, int]]) -> None:
        free = [pair for pair in pairs if (themes[pair[0]].code, worded[pair[1]].code) not in decided]
        best = sorted(free, key=lambda pair: (-round(float(order[pair]), 6), pair))[:PROPOSED]
        rows.extend(
            (side, themes[theme].code, worded[item].code, round(float(similarity[theme, item]), 4), rank)
            for rank, (theme, item) in enumerate(best, start=1)
        )

    for number, theme in enumerate(themes):
        if not theme.questionnaire_items:
            propose("theme", [(number, other) for other in range(len(worded))])
    for number, item in enumerate(worded):
        if item.code not in linked:
            propose("item", [(other, number) for other in range(len(themes))])
    if not rows:
        return empty(LinkProposals)
    return LinkProposals.validate(pd.DataFrame(rows, columns=list(LinkProposals.to_schema().columns)))
