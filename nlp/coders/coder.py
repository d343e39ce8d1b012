"""What a coder is: whoever gives themes to what respondents say. Codes nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from corpus.codings.human_labels import HumanLabels
from corpus.records import Theme
from nlp.spoken_text import SpokenText


@dataclass(frozen=True)
class TermPlaces:
    """Where the codebook's terms stand in a SpokenText, for whoever asks why one gave no coding.

    matches: the terms that count; at least row (the segment's place), theme (its place), term, words, start, end
    set_aside: those that stand there and do not count, as an exclusion term touches them: row, theme, term
    """

    matches: pd.DataFrame
    set_aside: pd.DataFrame


class Coder(Protocol):
    """Gives themes to the segments of a SpokenText, of which there is at least one, as there is of `themes`.

    name: as study.toml calls it
    fingerprint: of the code and the models that decide what it says; what is kept of its work is kept under it

    `read` does once what does not depend on people; what it returns is the coder's own, and the other methods get it
    back. Rows of arrays are the segments, columns the themes, in the order of `read`.
    """

    name: str
    fingerprint: str

    def read(self, text: SpokenText, themes: Sequence[Theme]) -> Any:
        """Whatever the coder wants to know of the text and the codebook before people's codings."""
        ...

    def code(self, read: Any, people: HumanLabels, min_score: float) -> pd.DataFrame:
        """The Codings frame: a theme from a score of `min_score` on, what people decided as they did.

        nlp.coding.make_codings puts people first, and judges the stances.
        """
        ...

    def scores(self, read: Any, people: HumanLabels) -> np.ndarray:
        """(segments, themes), 0 to 1: how sure the coder is of each theme, with what `people` teach it.

        A segment that it could not read is NaN throughout: that is no "no".

        Asked with a part of what people decided at a time, so that a coder that learns is never compared with people on
        what they taught it.
        """
        ...

    def terms(self, read: Any) -> TermPlaces:
        """Where the codebook's terms stand."""
        ...
