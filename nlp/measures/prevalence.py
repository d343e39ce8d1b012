"""How many respondents mention a theme, how much of what they say, in which stance. Room nlp; frames in, frames out."""

import numpy as np
import pandas as pd

from corpus.words.stances import STANCES
from nlp.measures.frames import Prevalence
from nlp.measures.intervals import FEWEST_FOR_MEDIAN, median_interval, ratio_interval, wilson
from nlp.measures.reasons import MIN_PERCENT_BASE


def theme_prevalence(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row a theme, in the order of `mentions` (from nlp.measures.theme_mentions.theme_mentions).

    A Prevalence frame: `share` is of respondents with Wilson's interval, NaN with reason "few" when n < 10;
    `segment_share` is of all respondents' segments (nlp.measures.intervals.ratio_interval); the words are shares of a
    respondent's own, 0 to 1, with the exact interval of their median over respondents.
    """
    rows = [_one_theme(theme, group) for theme, group in mentions.groupby("theme", sort=False)]
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


def _one_theme(theme: object, group: pd.DataFrame) -> tuple[object, ...]:
    n = len(group)
    mentioned = int(group["mentioned"].sum())
    reason = "few" if n < MIN_PERCENT_BASE else ""
    share = (np.nan, np.nan, np.nan) if reason else (mentioned / n, *wilson(mentioned, n))
    coded = int(group["segments"].sum())
    spoken = int(group["spoken"].sum())
    of_segments = (coded / spoken if spoken else np.nan, *ratio_interval(group["segments"], group["spoken"]))
    shares = group["share"].to_numpy()
    words = (*np.quantile(shares, [0.5, 0.25, 0.75]), *median_interval(shares))
    why = (_no_interval(group, 3, of_segments[1]), _no_interval(group, FEWEST_FOR_MEDIAN, words[3]))
    return (theme, n, mentioned, *share, coded, *of_segments, *words, reason, *why)


def _no_interval(group: pd.DataFrame, fewest: int, low: float) -> str:
    if np.isfinite(low):
        return ""
    if not group["mentioned"].any():
        return "nobody"
    return f"fewer than {fewest}" if len(group) < fewest else "constant"
