"""Whether further interviews still bring new themes. Counts codings, finds none.

With a codebook fixed beforehand this is code saturation, not saturation of meaning (Hennink, Kaiser & Marconi 2017).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

BASES = (4, 5, 6)
RUNS = (2, 3)
THRESHOLDS = (0.05, 0.0)
USUAL = (4, 2, 0.05)  # the base, run and threshold that are told in words
PERMUTATIONS = 1000


def new_themes(codings: pd.DataFrame, interviews: Sequence[str]) -> pd.DataFrame:
    """New themes in each interview in the order given: interview, order (1..), new, cumulative, themes.

    `codings` has the columns transcript and theme; `interviews` lists all interviews, also those without any coding;
    `themes` joins the codes of the new ones by "; ".
    """
    seen: set[str] = set()
    rows = []
    themes_of = codings.groupby("transcript")["theme"].unique()
    for order, interview in enumerate(interviews, start=1):
        fresh = sorted(set(themes_of.get(interview, ())) - seen)
        seen.update(fresh)
        rows.append((interview, order, len(fresh), len(seen), "; ".join(fresh)))
    return pd.DataFrame(rows, columns=["interview", "order", "new", "cumulative", "themes"])


def saturation_point(new: Sequence[int], base: int, run: int, threshold: float) -> int | None:
    """The number of interviews before the first run that brings little, None when no run does.

    Guest, Namey & Chen 2020 (PLoS ONE 15(5): e0232076): `new` are the new themes of each interview; the themes of the
    first `base` interviews are the measure; a run is `run` interviews after the base, moved on one by one; it saturates
    when its new themes are no more than `threshold` times those of the base. A return of 6 with runs of 2 is "6+2".
    """
    in_base = sum(new[:base])
    if not in_base:
        return None
    for start in range(base, len(new) - run + 1):
        if sum(new[start : start + run]) <= threshold * in_base:
            return start
    return None


def saturation_table(codings: pd.DataFrame, interviews: Sequence[str]) -> pd.DataFrame:
    """The base/run-length method for every usual choice: base, run, threshold, themes_in_base, reached, new_share.

    `reached` is the number of interviews before the run that saturates, empty when none does; `new_share` is the share
    of new themes in that run, or in the last run when none saturates (empty when there are too few interviews for one
    run).
    """
    new = new_themes(codings, interviews)["new"].tolist()
    rows = []
    for base in BASES:
        for run in RUNS:
            for threshold in THRESHOLDS:
                point = saturation_point(new, base, run, threshold)
                start = point if point is not None else len(new) - run
                in_base = sum(new[:base])
                share = sum(new[start : start + run]) / in_base if in_base and start >= base else pd.NA
                rows.append((base, run, threshold, in_base, pd.NA if point is None else point, share))
    frame = pd.DataFrame(rows, columns=["base", "run", "threshold", "themes_in_base", "reached", "new_share"])
    return frame.astype({"reached": "Int64", "new_share": "Float64"})


def saturation_curve(codings: pd.DataFrame, interviews: Sequence[str], *, seed: int) -> pd.DataFrame:
    """Themes found after 1, 2, ... interviews whatever their order: order, mean, low, high (2.5 and 97.5 percentiles).

    Over 1,000 orders drawn with `seed`; the interviews are sorted first, so that the order given does not matter.
    """
    names = sorted(interviews)
    known = codings[codings["transcript"].isin(names)]
    present = pd.crosstab(known["transcript"], known["theme"]).reindex(names, fill_value=0).to_numpy() > 0
    random = np.random.default_rng(seed)
    orders = [random.permutation(len(names)) for _ in range(PERMUTATIONS)]
    counts = np.stack([np.maximum.accumulate(present[order], axis=0).sum(axis=1) for order in orders])
    return pd.DataFrame(
        {
            "order": np.arange(1, len(names) + 1),
            "mean": counts.mean(axis=0),
            "low": np.quantile(counts, 0.025, axis=0),
            "high": np.quantile(counts, 0.975, axis=0),
        }
    )
