"""One study as read from its folder: everything a run needs, and every problem found on the way. Runs no model."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from corpus.errors import Problem
from corpus.records import Item, Theme, Transcript
from corpus.settings import Settings


@dataclass(frozen=True)
class Study:
    """What `read_study` returns.

    `transcripts` is sorted by id. `turns` is a Turns frame. `respondents` has the columns respondent, transcript, speaker
    and then the study's own variables as text. `answers` is an Answers frame and `human_codings` a HumanCodings frame.
    `problems` is all that `trama check` prints; those of severity "error" name what the run does without.
    """

    folder: Path
    settings: Settings
    transcripts: tuple[Transcript, ...]
    turns: pd.DataFrame
    respondents: pd.DataFrame
    items: tuple[Item, ...]
    answers: pd.DataFrame
    themes: tuple[Theme, ...]
    human_codings: pd.DataFrame
    problems: tuple[Problem, ...]
