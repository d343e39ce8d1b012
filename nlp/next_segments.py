"""Which segments a person should code next: those the machine is unsure of, unlike each other and spread over people.

Codes nothing. Nothing is random but the sample, which is drawn with the study's seed.
"""

import numpy as np
import pandas as pd

SHORTEST = 6  # words; a shorter segment is seldom worth a person's time
FLOOR = 0.1  # a score below says that the theme is not there
POOL = 50  # times the number wanted: the most uncertain segments, among which diverse ones are sought


def uncertainty(segments: pd.Series, codings: pd.DataFrame) -> np.ndarray:
    """How unsure the machine is of each of `segments` (ids), 0 to 1: 1 - |2 s - 1| of its least sure theme score s.

    `codings` are Codings down to a score of FLOOR; a segment without any has FLOOR (margin sampling, Settles 2009).
    """
    return _margin(codings).groupby(codings["segment"]).max().reindex(segments).fillna(FLOOR).to_numpy(float)


def least_sure(segments: pd.Series, codings: pd.DataFrame) -> np.ndarray:
    """The theme whose score makes the machine unsure of each of `segments` (ids), "" where none has any."""
    unsure = codings.assign(margin=_margin(codings)).sort_values(["margin", "theme"], ascending=[False, True])
    themes = unsure.drop_duplicates("segment").set_index("segment")["theme"]
    return themes.reindex(segments).fillna("").to_numpy(object)


def _margin(codings: pd.DataFrame) -> pd.Series:
    return 1 - (2 * codings["score"] - 1).abs()


def choose_uncertain(
    segments: pd.DataFrame, embeddings: np.ndarray, codings: pd.DataFrame, decided: np.ndarray, number: int
) -> np.ndarray:
    """Rows of `segments` worth coding next, at most `number`, the best first.

    `segments` is a Segments frame of respondents with its `embeddings` (len, d; unit rows) and `decided` (len,), what
    people already coded; `codings` as for `uncertainty`. Greedy: the next is the one with the largest uncertainty times
    distance to all chosen and coded ones (k-center greedy, Sener & Savarese 2018), divided by one more than the chosen
    ones of its interview, and likewise of its likeliest theme.
    """
    unsure = uncertainty(segments["segment"], codings)
    theme = codings.sort_values(["score", "theme"], ascending=[False, True], kind="stable").drop_duplicates("segment")
    likeliest = theme.set_index("segment")["theme"].reindex(segments["segment"]).fillna("").to_numpy(object)
    open_rows = np.flatnonzero(~decided & (segments["words"] >= SHORTEST).to_numpy())
    pool = open_rows[np.argsort(-np.round(unsure[open_rows], 6), kind="stable")][: POOL * number]
    pool = np.sort(pool)
    vectors = embeddings[pool]
    interview = segments["transcript"].to_numpy(object)[pool]
    distance = np.ones(len(pool))
    for row in np.flatnonzero(decided):
        distance = np.minimum(distance, 1 - vectors @ embeddings[row])
    left = np.ones(len(pool), dtype=bool)
    crowd = {"interview": np.ones(len(pool)), "theme": np.ones(len(pool))}
    chosen: list[int] = []
    while left.any() and len(chosen) < number:
        merit = unsure[pool] * np.maximum(distance, 1e-3) / crowd["interview"] / np.sqrt(crowd["theme"])
        best = int(np.argmax(np.where(left, np.round(merit, 6), -1)))
        chosen.append(int(pool[best]))
        left[best] = False
        distance = np.minimum(distance, 1 - vectors @ vectors[best])
        crowd["interview"] += interview == interview[best]
        crowd["theme"] += likeliest[pool] == likeliest[pool[best]]
    return np.array(chosen, dtype=np.int64)


def choose_at_random(segments: pd.DataFrame, decided: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Rows drawn with `seed`, at most `number`: an equal share of each interview, so that agreement can be measured.

    Drawn from all undecided segments, short ones too: a measure of agreement must not look at easy ones only.
    """
    order = np.random.default_rng(seed).permutation(len(segments))
    rows = order[~decided[order]]
    turn = pd.Series(segments["transcript"].to_numpy(object)[rows]).groupby(segments["transcript"].to_numpy()[rows])
    return rows[np.argsort(turn.cumcount().to_numpy(), kind="stable")][:number]
