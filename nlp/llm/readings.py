"""What a large language model read in a study: the themes it gave, and what it could not read. Asks nobody anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from nlp.llm.prompt import Reading

PASSAGE_COLUMNS = ["segment", "theme", "stance", "start", "end"]
LACKING_COLUMNS = ["segment", "why"]


@dataclass(frozen=True)
class Readings:
    """The segments that a model was given to read.

    segments: their ids, those that it could not read among them
    passages: PASSAGE_COLUMNS, one row a theme in a segment; `start:end` count in the segment's text
    lacking: LACKING_COLUMNS, one row a segment that it could not read; why: a nlp.llm.server.Why
    dropped: how many of its codings were not believed (nlp.llm.prompt.believe)
    """

    segments: frozenset[str]
    passages: pd.DataFrame
    lacking: pd.DataFrame
    dropped: int

    @property
    def read(self) -> frozenset[str]:
        """The segments that it read, with themes or without."""
        return self.segments - frozenset(self.lacking["segment"])


def gather(segments: Sequence[str], read: Mapping[str, Reading], lacking: Mapping[str, str]) -> Readings:
    """The readings of `segments` from those that were `read` and those `lacking` (segment -> why), in that order.

    What is in neither was nothing to ask about, and holds no theme.
    """
    rows = []
    for segment in segments:
        if segment in read:
            rows += [(segment, each.theme, each.stance, each.start, each.end) for each in read[segment].passages]
    passages = pd.DataFrame(rows, columns=PASSAGE_COLUMNS)
    not_read = [(segment, lacking[segment]) for segment in segments if segment in lacking]
    dropped = sum(read[segment].dropped for segment in segments if segment in read)
    return Readings(frozenset(segments), passages, pd.DataFrame(not_read, columns=LACKING_COLUMNS), dropped)
