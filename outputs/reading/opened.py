"""A study opened for reading: its text in segments, what people coded in files, what the machine proposes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from corpus.codings.human_labels import HumanLabels, label_segments
from corpus.codings.quotations import Wording
from corpus.codings.sample_sheets import SampleSheet
from corpus.records import Transcript
from corpus.study import Study, wordings
from outputs.run.record import RunRecord
from outputs.tables.table import records

PROPOSED = ["segment", "start", "end", "theme", "stance", "score", "how"]
BY_PEOPLE = "human"  # how a run came to a coding that people gave


@dataclass(frozen=True)
class OpenedStudy:
    """`segments` is the Segments frame of the study as its files stand, `run` its latest run, None before the first.

    `coded_files` are the HumanCodings frames that people's files gave, by where they come from, `sample_sheets` the
    worksheets of random samples. `version` names this state of the files.
    """

    study: Study
    segments: pd.DataFrame
    run: RunRecord | None
    coded_files: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    sample_sheets: Sequence[SampleSheet] = ()
    version: str = ""

    @cached_property
    def transcripts(self) -> dict[str, Transcript]:
        """The interviews and written answers by id."""
        return {transcript.id: transcript for transcript in self.study.transcripts}

    @cached_property
    def texts(self) -> dict[str, Wording]:
        """The words of each transcript by its id, to look for quotations in."""
        return wordings(self.study.transcripts)

    @cached_property
    def by_transcript(self) -> dict[str, pd.DataFrame]:
        """The segments of each transcript, in their order."""
        return {str(name): part for name, part in self.segments.groupby("transcript", sort=False)}

    @cached_property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The segments as rows, by id."""
        return {row["segment"]: row for row in records(self.segments)}

    @cached_property
    def file_labels(self) -> dict[str, HumanLabels]:
        """What people's files say of the segments, by where it comes from."""
        return {
            origin: label_segments(self.segments, codings, self.study.themes)
            for origin, codings in self.coded_files.items()
            if len(codings)
        }

    @cached_property
    def proposals(self) -> pd.DataFrame:
        """What the machine proposes, columns PROPOSED, in the segments as they are now.

        Where a transcript changed since the run, proposals stand with the segments whose words stayed.
        """
        if self.run is None:
            return pd.DataFrame(columns=PROPOSED)
        codings = self.run.results.codings
        known = {theme.code for theme in self.study.themes}
        machine = codings[(codings["how"] != BY_PEOPLE) & codings["theme"].isin(known)]
        places = segments_of_run(self.run.results.segments, self.segments)
        there = machine.assign(segment=machine["segment"].map(places)).dropna(subset=["segment"])
        return there[PROPOSED].reset_index(drop=True)


def segments_of_run(earlier: pd.DataFrame, now: pd.DataFrame) -> dict[str, str]:
    """Segment of an earlier Segments frame -> the one of `now` with the same words, where there is exactly one.

    The same id wins: of two that say `Sì.` each stays itself while nothing before it changed.
    """
    texts = dict(zip(now["segment"], now["text"], strict=True))
    said = now[["transcript", "text", "segment"]].drop_duplicates(["transcript", "text"], keep=False)
    alone = said.set_index(["transcript", "text"])["segment"].to_dict()
    places: dict[str, str] = {}
    for segment, transcript, text in earlier[["segment", "transcript", "text"]].itertuples(index=False, name=None):
        same = segment if texts.get(segment) == text else alone.get((transcript, text))
        if same is not None:
            places[segment] = same
    return places
