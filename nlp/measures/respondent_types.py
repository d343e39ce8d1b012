"""Respondents by what they say and answer: traits, distances, types. Room nlp: frames in, frames out, no texts."""

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.metrics import silhouette_score

from corpus.records import Item

FEWEST = 10  # fewer respondents make no types
REPEATS = 50
KEPT = 0.8
_MOST_TYPES = 6
MOST_TRAITS = 5
_SMALLEST_TYPE = 2

Traits = dict[str, pd.Series]
"""Trait -> one value a respondent: bool (theme, option), float (number, scale) or str (category), NaN unknown."""


def case_traits(mentions: pd.DataFrame, answers: pd.DataFrame, items: tuple[Item, ...], people: list[str]) -> Traits:
    """What describes each of `people`: `tema:CODE` mentioned or not, `ITEM|option` ticked or not, `ITEM` its answer.

    Only items with codes or numbers; who gave no answer has NaN. Every series is indexed by `people`.
    """
    traits: Traits = {}
    for theme, of_one in mentions.groupby("theme", sort=False):
        traits[f"tema:{theme}"] = of_one.set_index("respondent")["mentioned"].reindex(people).astype(object)
    answered = answers[answers["status"] == "answered"]
    for item in items:
        of_one = answered[answered["item"] == item.code]
        if item.type == "multi":
            for option in item.options:
                if not option.missing:
                    ticked = of_one[of_one["option"] == option.value].set_index("respondent")["number"] == 1
                    traits[f"{item.code}|{option.value}"] = ticked.reindex(people).astype(object)
        elif item.type in ("number", "likert"):
            traits[item.code] = of_one.set_index("respondent")["number"].reindex(people)
        elif item.type in ("single", "yesno"):
            traits[item.code] = of_one.set_index("respondent")["value"].reindex(people).astype(object)
    return traits


def gower(traits: Traits, people: list[str]) -> np.ndarray:
    """Gower's (1971) distance between respondents, array (n, n) from 0 to 1; a pair with nothing in common is 1.

    Numbers and scales count by their range, the rest by whether they are equal; what both lack of themes and options
    says nothing, as in his asymmetric case. The options of one multiple response weigh together as one item.
    """
    n = len(people)
    total = np.zeros((n, n))
    weight = np.zeros((n, n))
    shares = pd.Series([name.split("|")[0] for name in traits]).value_counts()
    for name, values in traits.items():
        known = values.notna().to_numpy()
        both = np.outer(known, known).astype(float) / shares[name.split("|")[0]]
        if pd.api.types.is_float_dtype(values):
            numbers = values.fillna(0).to_numpy(dtype=float)
            spread = np.ptp(numbers[known]) if known.any() else 0.0
            difference = np.abs(numbers[:, None] - numbers[None, :]) / spread if spread else np.zeros((n, n))
        else:
            codes = pd.factorize(values)[0]
            difference = (codes[:, None] != codes[None, :]).astype(float)
            if name.startswith("tema:") or "|" in name:
                has_trait = (values == True).to_numpy()  # noqa: E712 - NaN is neither
                both = both * (has_trait[:, None] | has_trait[None, :])
        total, weight = total + difference * both, weight + both
    distance = np.divide(total, weight, out=np.ones((n, n)), where=weight > 0)
    np.fill_diagonal(distance, 0)
    return distance


def find_types(distance: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Types by average linkage: (the type of each respondent, from 0; the stability of each type).

    The number of types, 2 to 6 and no type of one, is that of the largest mean silhouette (Rousseeuw 1987). Stability
    is Hennig's (2007): mean Jaccard of a type with the most similar one over 50 repetitions on 80 % of the respondents.
    Fewer than 10 respondents, or all alike, are one type of unknown stability (NaN).
    """
    n = len(distance)
    best = -1.0
    labels = np.zeros(n, dtype=int)
    for number in range(2, min(_MOST_TYPES, n // _SMALLEST_TYPE) + 1) if n >= FEWEST and distance.any() else ():
        cut = _cut(distance, number)
        if len(np.unique(cut)) == number and np.bincount(cut).min() >= _SMALLEST_TYPE:
            width = float(silhouette_score(distance, cut, metric="precomputed"))
            if width > best + 1e-9:
                best = width
                labels = cut
    kinds = labels.max(initial=0) + 1
    if kinds == 1:
        return labels, np.array([np.nan])
    rng = np.random.default_rng(seed)
    similar = np.zeros((REPEATS, kinds))
    for repeat in range(REPEATS):
        drawn = np.sort(rng.choice(n, max(kinds + 1, round(KEPT * n)), replace=False))
        again = _cut(distance[np.ix_(drawn, drawn)], kinds)
        similar[repeat] = [_best_match(labels[drawn] == kind, again) for kind in range(kinds)]
    return labels, similar.mean(axis=0)


def distinguishing(traits: Traits, members: list[str]) -> list[tuple[str, str, float, float, int, int]]:
    """What sets `members` apart: (trait, value, share or median inside, the same outside, known inside, known outside).

    Ranked by the difference: of shares, or for numbers Cliff's delta; at most MOST_TRAITS, and only differences of at
    least .3 with three known on the larger side. `value` is "" for themes and options held, "median" for numbers, else
    the category.
    """
    traits_apart = []
    for name, values in traits.items():
        inside = values[values.index.isin(members)].dropna()
        outside = values[~values.index.isin(members)].dropna()
        if not len(inside) or not len(outside):
            continue
        if pd.api.types.is_float_dtype(values):
            delta = np.sign(inside.to_numpy()[:, None] - outside.to_numpy()[None, :]).mean()
            traits_apart.append(
                (abs(delta), name, "median", float(inside.median()), float(outside.median()), len(inside), len(outside))
            )
            continue
        kinds = [True] if values.dropna().isin([True, False]).all() else sorted(values.dropna().unique())
        for kind in kinds:
            within = float((inside == kind).mean())
            beyond = float((outside == kind).mean())
            shares = (within, beyond, len(inside), len(outside))
            traits_apart.append((abs(within - beyond), name, "" if kind is True else str(kind), *shares))
    traits_apart.sort(key=lambda row: (-round(row[0], 9), row[1], row[2]))
    return [row[1:] for row in traits_apart if row[0] >= 0.3][:MOST_TRAITS]


def _cut(distance: np.ndarray, number: int) -> np.ndarray:
    """Types from 0 in the order of their first member, so that names do not depend on the tree."""
    clusters = fcluster(linkage(squareform(distance, checks=False), "average"), number, "maxclust")
    return pd.factorize(clusters)[0]


def _best_match(members: np.ndarray, again: np.ndarray) -> float:
    if not members.any():
        return 0.0
    groups = [again == kind for kind in np.unique(again)]
    return max((members & group).sum() / (members | group).sum() for group in groups)
