"""A coder asked about a study's text; where there is nothing to code, it is not asked. Decides nothing."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from corpus.schemas import Codings, empty
from nlp.coders.coder import Coder
from nlp.spoken_text import SpokenText


def read_text(coder: Coder, text: SpokenText, themes: Sequence[Theme]) -> Any:
    """What the coder reads in the text (Coder.read); None where nobody says anything or there is no theme."""
    return coder.read(text, themes) if len(text.segments) and themes else None


def code_text(
    coder: Coder,
    read: Any,
    text: SpokenText,
    themes: Sequence[Theme],
    human_codings: pd.DataFrame,
    min_score: float,
    settlements: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The Codings frame: a theme from a score of `min_score` on. `read` is from read_text.

    `human_codings` is a HumanCodings frame with rows in any order, `settlements` a Settlements frame. Nothing here is
    random.
    """
    if read is None:
        return empty(Codings)
    return coder.code(read, label_segments(text.segments, human_codings, themes, settlements), min_score)
