"""What the machine gives, and what people read of the known sample, as arrays. Room nlp; estimates nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.records import ITALIAN, Theme
from nlp.measures.known_sample import sample_of

# A stance as a number from 0 to 1; corrected means are of numbers in that range.
STANCE_VALUES = {"problem": 0.0, "neutral": 0.5, "proposal": 0.5, "advantage": 1.0}


@dataclass(frozen=True)
class SampledThemes:
    """Arrays over the segments that could be drawn (n) and the themes (t).

    segments: a Segments frame of what the people interviewed say in Italian, respondent and words among its columns
    themes: the codes
    machine: (n, t) 0 or 1, never taught by what people say of the same interview (Results.untaught)
    counted: (n, t) 0 or 1, what the tables count: people's decisions before the machine's
    people: (n, t) 1, 0, NaN where nobody read it in the sample
    probability: (n, t) of being in the sample, NaN where it is not
    machine_stance, counted_stance, people_stance: (n, t) STANCE_VALUES, NaN where the theme is not, or nobody says how
    whole: respondents were drawn with all that they say, not segments
    all_read: people decided on every theme in every segment
    reason: why nothing can be concluded from the sample, a key of nlp.measures.reasons; reasons: (t,) of each theme
    """

    segments: pd.DataFrame
    themes: tuple[str, ...]
    machine: np.ndarray
    counted: np.ndarray
    people: np.ndarray
    probability: np.ndarray
    machine_stance: np.ndarray
    counted_stance: np.ndarray
    people_stance: np.ndarray
    whole: bool
    all_read: bool
    reason: str
    reasons: tuple[str, ...]

    @property
    def person(self) -> np.ndarray:
        """(n,) whose segment it is."""
        return self.segments["respondent"].to_numpy(dtype=object)

    @property
    def words(self) -> np.ndarray:
        """(n,) words of each segment."""
        return self.segments["words"].to_numpy(dtype=float)

    def read_of(self, theme: str) -> list[str]:
        """The segments of the sample in which people decided on the theme."""
        read = ~np.isnan(self.people[:, self.themes.index(theme)])
        return self.segments.loc[read, "segment"].tolist()


def sampled_themes(
    segments: pd.DataFrame,
    languages: pd.DataFrame,
    codings: pd.DataFrame,
    untaught: pd.DataFrame,
    themes: Sequence[Theme],
    human_codings: pd.DataFrame,
    sample: pd.DataFrame,
    settlements: pd.DataFrame | None = None,
) -> SampledThemes:
    """The sample laid over what could be drawn of `segments` (nlp.measures.theme_mentions.counted_segments).

    `languages`, `codings` and `untaught` are those of Results, `sample` is a SampledPassages frame.
    """
    italian = set(languages.loc[languages["language"] == ITALIAN, "segment"])
    drawable = segments[segments["segment"].isin(italian)].reset_index(drop=True)
    labels = label_segments(drawable, human_codings, themes, settlements)
    known = sample_of(drawable, labels, sample)
    codes = tuple(theme.code for theme in themes)
    machine, machine_stance = _laid(untaught, drawable, codes)
    counted, counted_stance = _laid(codings, drawable, codes)
    units = set(known.unit) - {""}
    return SampledThemes(
        segments=drawable,
        themes=codes,
        machine=machine,
        counted=counted,
        people=known.people,
        probability=known.probabilities,
        machine_stance=machine_stance,
        counted_stance=counted_stance,
        people_stance=np.where(known.people == 1, _told_stances(labels), np.nan),
        whole=units == {"respondent"},
        all_read=bool(labels.decided.size and labels.decided.all()),
        reason=known.reason,
        reasons=known.reasons,
    )


def _laid(codings: pd.DataFrame, segments: pd.DataFrame, themes: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Whether each theme is given in each segment (n, t), and with which stance."""
    row = pd.Index(segments["segment"]).get_indexer(pd.Index(codings["segment"]))
    theme = pd.Index(list(themes)).get_indexer(pd.Index(codings["theme"]))
    inside = (row >= 0) & (theme >= 0)
    given = np.zeros((len(segments), len(themes)))
    stance = np.full(given.shape, np.nan)
    given[row[inside], theme[inside]] = 1
    stance[row[inside], theme[inside]] = codings["stance"].map(STANCE_VALUES).to_numpy(dtype=float)[inside]
    return given, stance


def _told_stances(labels: HumanLabels) -> np.ndarray:
    """(n, t): the stance of the first coder who gave one, as in the codings of a run; NaN where nobody did."""
    told = labels.standing_passages
    told = told[told["stance"] != ""].drop_duplicates(["row", "theme"])
    stances = np.full(labels.decided.shape, np.nan)
    values = told["stance"].map(STANCE_VALUES).to_numpy(dtype=float)
    stances[told["row"].to_numpy(dtype=int), told["theme"].to_numpy(dtype=int)] = values
    return stances
