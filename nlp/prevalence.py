"""How many respondents mention a theme, how much of what they say, in which stance. Room nlp; frames in, frames out."""

import numpy as np
import pandas as pd

from corpus.records import STANCES
from nlp.frames import Prevalence
from nlp.intervals import bootstrap, ratio_bootstrap, wilson
from nlp.reasons import MIN_PERCENT_BASE


def theme_prevalence(mentions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """One row a theme, in the order of `mentions` (from nlp.mentions.theme_mentions).

    Columns: theme; n (respondents interviewed); mentioned (respondents); share, low, high (Wilson interval, NaN with
    reason "few" when n < 10); segments; segment_share (of all respondents' segments) with low_segments, high_segments
    (BCa bootstrap over respondents); median_words, q1_words, q3_words (share of a respondent's words, 0 to 1);
    low_words, high_words (BCa bootstrap of the median over respondents, seeded); reason, reason_words.
    """
    rows = [_one_theme(theme, group, seed) for theme, group in mentions.groupby("theme", sort=False)]
    return Prevalence.validate(pd.DataFrame(rows, columns=list(Prevalence.to_schema().columns)))


def stance_counts(coded: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """One row a theme and stance: respondents who say it so at least once, segments coded so.

    Columns: theme, stance, respondents, segments. A respondent may be counted under several stances.
    """
    known = coded[coded["respondent"] != ""].drop_duplicates(["theme", "segment", "stance"])
    counted = known.groupby(["theme", "stance"]).agg(
        respondents=("respondent", "nunique"), segments=("segment", "size")
    )
    every = pd.MultiIndex.from_product([themes, STANCES], names=["theme", "stance"])
    return counted.reindex(every, fill_value=0).reset_index()


def _one_theme(theme: object, group: pd.DataFrame, seed: int) -> tuple[object, ...]:
    n, mentioned = len(group), int(group["mentioned"].sum())
    reason = "few" if n < MIN_PERCENT_BASE else ""
    share = (np.nan, np.nan, np.nan) if reason else (mentioned / n, *wilson(mentioned, n))
    shares = group["share"].to_numpy()
    quartiles = np.quantile(shares, [0.5, 0.25, 0.75])
    low, high = bootstrap(shares, np.median, seed)
    reason_words = "" if np.isfinite(low) and np.isfinite(high) else _why(mentioned, shares)
    coded, spoken = int(group["segments"].sum()), int(group["spoken"].sum())
    of_segments = (coded / spoken if spoken else np.nan, *ratio_bootstrap(group["segments"], group["spoken"], seed))
    return (theme, n, mentioned, *share, coded, *of_segments, *quartiles, low, high, reason, reason_words)


def _why(mentioned: int, shares: np.ndarray) -> str:
    if mentioned == 0:
        return "nobody"
    return "constant" if (shares == shares[0]).all() else "undefined"
