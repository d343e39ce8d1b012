"""Decisions as the reading room makes them, for whatever test wants some: on words that somebody sees."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.codings.journal import Decision, Do, append_decision, with_places
from corpus.study import read_study
from corpus.transcripts.segments import split_segments


class ReadingRoom:
    """The study in `folder` as it stood when the room opened."""

    def __init__(self, folder: Path):
        self.study = read_study(folder)
        self.segments = split_segments(self.study.turns, self.study.transcripts, self.study.settings.segments)

    def decide(self, do: Do, coder: str, transcript: str = "", words: str = "", **more: Any) -> Decision:
        """What was decided and kept: on `words`, or with `do` "read" and "refuse" on the segment that begins so.

        Without words it is about none. Of several segments the first counts.
        """
        decision = Decision(do, coder, **more)
        if words:
            decision = self._placed(transcript, words, decision)
        append_decision(self.study.folder, decision)
        return decision

    def answers(self, transcript: str) -> list[str]:
        """The segments of respondents, in their order."""
        here = self.segments[self.segments["transcript"] == transcript]
        return here.loc[here["role"] == "respondent", "text"].tolist()

    def _placed(self, transcript: str, words: str, decision: Decision) -> Decision:
        here = self.segments[self.segments["transcript"] == transcript]
        row = here[here["text"].str.contains(words, regex=False)].iloc[0]
        more = {"segment": row["segment"], "ref": row["segment"] if decision.on == "passage" else ""}
        if decision.do in ("code", "memo"):
            start = row["text"].index(words)
            more |= {"start": start, "end": start + len(words)}
        return with_places(replace(decision, **more), self.segments, self.study.transcripts)
