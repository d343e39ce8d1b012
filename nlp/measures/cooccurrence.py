"""Which themes come together, in a segment or in a respondent's whole interview. Counts codings, explains nothing."""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

COLUMNS = [
    "unit",
    "theme",
    "other",
    "n",
    "theme_n",
    "other_n",
    "both",
    "jaccard",
    "lift",
    "phi",
    "reason",
]
FEWEST_TOGETHER = 3  # an edge of the network of themes is drawn from this many units on


def co_occurrence(
    codings: pd.DataFrame, segments: pd.DataFrame, themes: Sequence[str], unit: Literal["segment", "respondent"]
) -> pd.DataFrame:
    """One row a pair of themes, in the order of `themes`.

    `codings` has the columns segment and theme, `segments` is the Segments frame of those who could be coded; a unit is
    a segment or a respondent and `n` counts them all. `both` is in how many the two come together; `jaccard` both over
    either; `lift` both over what chance would give (1 = as by chance); `phi` the correlation of the two. Empty, with
    the `reason` (a key of the words `not_calculable`), where a theme is in no unit (all three) or in all (phi).
    """
    owners = segments[["segment", "respondent"]]
    owners = owners[owners["respondent"] != ""]
    units = np.sort(owners[unit].unique())
    coded = codings[["segment", "theme"]].merge(owners, on="segment")
    row = pd.Index(units).get_indexer(pd.Index(coded[unit]))
    column = pd.Index(themes).get_indexer(pd.Index(coded["theme"]))
    has_theme = np.zeros((len(units), len(themes)))
    has_theme[row[column >= 0], column[column >= 0]] = 1
    # Units that hold two themes, and in the diagonal each theme's own.
    both = (has_theme.T @ has_theme).astype(int).tolist()
    rows = [
        (unit, themes[one], themes[two], *_pair(len(units), both[one][one], both[two][two], both[one][two]))
        for one, two in combinations(range(len(themes)), 2)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"jaccard": "Float64", "lift": "Float64", "phi": "Float64"})


def network_edges(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs worth an edge: together in at least three units, the most frequent first."""
    edges = pairs[pairs["both"] >= FEWEST_TOGETHER]
    return edges.sort_values(["both", "theme", "other"], ascending=[False, True, True]).reset_index(drop=True)


def _pair(n: int, a: int, b: int, both: int) -> tuple[object, ...]:
    if not a or not b:
        return n, a, b, both, pd.NA, pd.NA, pd.NA, "theme absent"
    jaccard = both / (a + b - both)
    lift = both * n / (a * b)
    if a == n or b == n:
        return n, a, b, both, jaccard, lift, pd.NA, "theme everywhere"
    phi = (n * both - a * b) / math.sqrt(a * b * (n - a) * (n - b))
    return n, a, b, both, jaccard, lift, phi, ""
