"""How far two people mark the same passages, and take the same stance where both see the theme. Reads no file.

Passages are compared sign by sign, stances segment by segment; both add up over interviews, as nlp.measures.agreement
wants.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from corpus.words.stances import STANCES
from nlp.measures.agreement import measured_by_theme
from nlp.measures.agreement_measures import coincidences, pair_measures, scaled_alpha

# a proposal is neither better nor worse than the others: it has no place in the order
ORDER = ("problem", "neutral", "advantage")
_PLACES = [STANCES.index(stance) for stance in ORDER]


def compare_passages(
    decisions: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame, first: str, second: str
) -> pd.DataFrame:
    """How far the passages of two people lie over each other: columns as nlp.measures.agreement.compare_pair.

    `decisions` are those of nlp.measures.agreement, `segments` a Segments and `codings` a HumanCodings frame. Counted
    are the signs of the segments on whose theme both decided. Measures: `iou`, what both mark of what either marks
    (Jaccard); `alpha_passages`, Krippendorff's alpha of marked and unmarked signs (|u-alpha of Krippendorff, Mathet,
    Bouvry and Widlöcher 2016). `n` counts interviews with the theme decided by both.
    """
    both = _decided_by_both(decisions, first, second).merge(segments[["segment", "start", "end"]], on="segment")
    marked = dict(iter(codings[codings["given"]].groupby(["transcript", "theme", "coder"])))
    rows = []
    sums = []
    for (transcript, theme), compared in both.groupby(["transcript", "theme"], sort=True):
        length = int(compared["end"].max())
        there = _cover(compared, length)
        one, other = (_cover(marked.get((transcript, theme, coder)), length) & there for coder in (first, second))
        parts = (one & other, one & ~other, other & ~one, there & ~one & ~other)
        sums.append([int(part.sum()) for part in parts])
        rows.append((transcript, theme))
    units = pd.DataFrame(rows, columns=["transcript", "theme"])
    signs = np.array(sums, dtype=float).reshape(-1, 4)
    return measured_by_theme(units, signs, decisions["theme"], first, second, passage_measures)


def passage_measures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """From signs (..., 4) that both, only the first, only the second and nobody marked."""
    either = sums[..., :3].sum(axis=-1)
    overlap = np.divide(sums[..., 0], either, out=np.full(np.shape(either), np.nan), where=np.asarray(either) > 0)
    return {"iou": overlap, "alpha_passages": pair_measures(sums)["alpha"]}


def compare_stances(
    decisions: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    themes: Sequence[Theme],
    first: str,
    second: str,
) -> pd.DataFrame:
    """How far two people take the same stance on segments to which both give the theme and a stance.

    Frames as for `compare_passages`. Measures: `stance_same`, the share of equal stances; `alpha_stance` and
    `alpha_stance_order`, Krippendorff's alpha of the four stances, and of those in `ORDER` as an order. `n` counts
    pairs of segment and theme; of several stances of one person on one the first counts.
    """
    read = segments[segments["segment"].isin(decisions["segment"])].reset_index(drop=True)
    passages = label_segments(read, codings, themes).passages
    with_stance = passages[passages["stance"].isin(STANCES) & passages["coder"].isin([first, second])]
    wide = with_stance.assign(place=with_stance["stance"].map(STANCES.index)).pivot_table(
        index=["row", "theme"], columns="coder", values="place", aggfunc="first"
    )
    wide = wide.reindex(columns=[first, second]).dropna()
    rows, places = (wide.index.get_level_values(name).to_numpy(dtype=int) for name in ("row", "theme"))
    codes = np.array([theme.code for theme in themes], dtype=object)
    units = pd.DataFrame({"transcript": read["transcript"].to_numpy()[rows], "theme": codes[places]})
    sums = coincidences(wide.to_numpy(dtype=float), len(STANCES)).reshape(len(wide), len(STANCES) ** 2)
    return measured_by_theme(units, sums, decisions["theme"], first, second, stance_measures)


def stance_measures(sums: np.ndarray) -> dict[str, np.ndarray]:
    """From coincidences of the four stances (..., 16)."""
    table = sums.reshape(*sums.shape[:-1], len(STANCES), len(STANCES))
    values = table.sum(axis=(-2, -1))
    same = np.trace(table, axis1=-2, axis2=-1)
    return {
        "stance_same": np.divide(same, values, out=np.full(np.shape(values), np.nan), where=np.asarray(values) > 0),
        "alpha_stance": scaled_alpha(table, "nominal"),
        "alpha_stance_order": scaled_alpha(table[..., _PLACES, :][..., :, _PLACES], "ordinal"),
    }


def _decided_by_both(decisions: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    decision = ["transcript", "segment", "theme"]
    one, other = (decisions.loc[decisions["coder"] == coder, decision].drop_duplicates() for coder in (first, second))
    return one.merge(other, on=decision)


def _cover(spans: pd.DataFrame | None, length: int) -> np.ndarray:
    """Which of the signs before `length` lie in one of the spans."""
    covered = np.zeros(length, dtype=bool)
    for start, end in () if spans is None else spans[["start", "end"]].itertuples(index=False, name=None):
        covered[start:end] = True
    return covered
