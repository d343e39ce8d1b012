"""People's codings of passages laid over segments: who decided what where, yes or no. Judges nothing itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from corpus.records import Theme

SEGMENT_SHARE = 0.3  # of a segment's characters that a passage must cover to code it ...
PASSAGE_SHARE = 0.5  # ... unless this share of the passage lies in the segment
_SETTLED = ["row", "theme", "given", "stance", "reason", "settler", "date", "start", "end"]
READ_WHOLE = 0.2  # a coder whose codings touch this share of a transcript's segments has read it all


@dataclass(frozen=True)
class HumanLabels:
    """What people decided, arrays over segments and themes.

    `yes` and `asked` (coders, segments, themes): the coder gave the theme; the coder decided about it at all.
    `passages` has one row a passage in a segment: row, theme (places), coder, stance, start, end (in its text).
    `themes` are the codes of the themes.
    `settled` are the disagreements on which somebody decided: row, theme, given, stance, reason, settler, date, start,
    end. `decided`, `share` and `standing_passages` are what holds, decisions before what each coded; the others are as
    the coders left them.
    """

    coders: tuple[str, ...]
    yes: np.ndarray
    asked: np.ndarray
    passages: pd.DataFrame
    themes: tuple[str, ...] = ()
    settled: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_SETTLED))

    @property
    def decided(self) -> np.ndarray:
        """(segments, themes): whether anybody decided."""
        decided: np.ndarray = np.any(self.asked, axis=0)
        decided[self._settled_cells] = True
        return decided

    @property
    def share(self) -> np.ndarray:
        """(segments, themes): the share of those who decided that gave the theme, 0 where nobody did."""
        share: np.ndarray = self.yes.sum(axis=0) / np.maximum(self.asked.sum(axis=0), 1)
        share[self._settled_cells] = self.settled["given"].to_numpy(dtype=float)
        return share

    @cached_property
    def standing_passages(self) -> pd.DataFrame:
        """`passages` with those of settled themes as one: the settler's, where the first coder marked it.

        Its stance is the one decided on, else the first that a coder gave. A theme settled as not there has no passage.
        """
        if self.settled.empty:
            return self.passages
        cell = ["row", "theme"]
        untouched = ~_cells(self.passages).isin(_cells(self.settled))
        given = self.settled[self.settled["given"].astype(bool)]
        first = self.passages.drop_duplicates(cell).set_index(cell).reindex(_cells(given)).reset_index(drop=True)
        told = self.passages[self.passages["stance"] != ""].drop_duplicates(cell).set_index(cell)["stance"]
        stance_of_coders = told.reindex(_cells(given)).fillna("").to_numpy(dtype=object)
        settled = given[cell].assign(
            coder=given["settler"],
            stance=given["stance"].where(given["stance"] != "", stance_of_coders),
            # a theme that nobody gives any more stands where it was decided on
            start=first["start"].fillna(given["start"].reset_index(drop=True)).to_numpy(dtype=np.int64),
            end=first["end"].fillna(given["end"].reset_index(drop=True)).to_numpy(dtype=np.int64),
        )
        standing = pd.concat([self.passages.loc[untouched, list(settled.columns)], settled], ignore_index=True)
        return standing.sort_values(cell, kind="stable", ignore_index=True)

    def without(self, rows: np.ndarray) -> "HumanLabels":
        """As if nobody had decided on the segments where `rows` (segments,) is true; passages stay."""
        others = ~rows[:, None]
        settled = self.settled[~rows[self.settled["row"].to_numpy(dtype=int)]]
        return replace(self, asked=self.asked & others, yes=self.yes & others, settled=settled)

    @property
    def _settled_cells(self) -> tuple[np.ndarray, np.ndarray]:
        return self.settled["row"].to_numpy(dtype=int), self.settled["theme"].to_numpy(dtype=int)


def label_segments(
    segments: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[Theme], settlements: pd.DataFrame | None = None
) -> HumanLabels:
    """Lay a HumanCodings frame, and the Settlements of what people differed on, over respondents' segments.

    A passage codes the segments of which it covers 30%, or that hold half of it, or failing both the one that holds
    most of it. A coder who coded a segment decided on every theme in it; a coder whose codings touch a fifth of a
    transcript's segments has read the whole transcript, so that what they left uncoded is a "no"; passages shown alone
    (`alone`) do not count for that. A row with theme "" says "read, no theme here". A "no" to one theme (not `given`)
    decides on that theme alone, and less than a coding of the same person there.
    """
    codes = tuple(theme.code for theme in themes)
    passages = _passages(segments, codings, codes)
    coders = tuple(sorted(passages["coder"].unique()))
    shape = (len(coders), len(segments), len(themes))
    yes = np.zeros(shape, dtype=bool)
    asked = np.zeros(shape, dtype=bool)
    who = pd.Index(coders).get_indexer(pd.Index(passages["coder"]))
    row = passages["row"].to_numpy()
    theme = passages["theme"].to_numpy()
    refused = ~passages["given"].to_numpy(dtype=bool)
    given = ~refused & (theme >= 0)
    asked[who[~refused], row[~refused]] = True
    asked[who[refused], row[refused], theme[refused]] = True
    yes[who[given], row[given], theme[given]] = True
    transcript = pd.factorize(segments["transcript"])[0]
    for coder, name in enumerate(coders):
        in_reading = row[(passages["coder"] == name) & ~passages["alone"].astype(bool)]
        touched = pd.Series(np.isin(np.arange(len(segments)), in_reading)).groupby(transcript).transform("mean")
        asked[coder, (touched >= READ_WHOLE).to_numpy()] = True
    settled = settlements if settlements is not None and len(settlements) else None
    return HumanLabels(
        coders,
        yes,
        asked,
        passages[given].reset_index(drop=True),
        codes,
        pd.DataFrame(columns=_SETTLED) if settled is None else _settled(segments, settled, codes),
    )


def _cells(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[["row", "theme"]])


def _settled(segments: pd.DataFrame, settlements: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """The settlements by segment and theme; of two that come to lie on one the first."""
    laid = _placed(segments, settlements, themes)
    known = laid[laid["theme"] >= 0]
    return known[_SETTLED].drop_duplicates(["row", "theme"]).reset_index(drop=True)


def _passages(segments: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    frame = _placed(segments, codings, themes)
    frame = frame[["row", "theme", "coder", "stance", "alone", "given", "start", "end"]]
    return frame.sort_values(["row", "theme", "coder", "start"], kind="stable")


def _placed(segments: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[str]) -> pd.DataFrame:
    """Passages of transcripts (transcript, start, end, quote, theme by code) in the segments that they code.

    The other columns stay; `row` and `theme` are places, `start:end` lies in the segment's text.
    """
    numbered = segments[["transcript", "start", "end", "text"]].assign(row=np.arange(len(segments)))
    number = pd.Index(list(themes)).get_indexer(pd.Index(codings["theme"]))
    known = codings.assign(passage=np.arange(len(codings)), number=number)
    known = known[(known["number"] >= 0) | (known["theme"] == "")]
    pairs = numbered.merge(known, on="transcript", suffixes=("", "_passage"))
    overlap = np.minimum(pairs["end"], pairs["end_passage"]) - np.maximum(pairs["start"], pairs["start_passage"])
    pairs = pairs.assign(overlap=overlap)[overlap > 0]
    covers = pairs["overlap"] >= SEGMENT_SHARE * (pairs["end"] - pairs["start"])
    within = pairs["overlap"] >= PASSAGE_SHARE * (pairs["end_passage"] - pairs["start_passage"])
    most = pairs["overlap"] == pairs.groupby("passage")["overlap"].transform("max")
    chosen = pairs["passage"].isin(pairs["passage"][covers | within])
    coding = pairs[covers | within | (most & ~chosen)]
    starts, ends = _inside(coding)
    return coding.assign(theme=coding["number"], start=starts, end=ends)


def _inside(pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Where the passage stands in the segment's text: by position when nothing was cleaned away, else by its words."""
    length = pairs["text"].str.len()
    first = np.maximum(pairs["start_passage"] - pairs["start"], 0)
    last = np.minimum(pairs["end_passage"] - pairs["start"], length)
    exact = (pairs["end"] - pairs["start"]) == length
    starts = [text.find(quote) for text, quote in zip(pairs["text"], pairs["quote"], strict=True)]
    found_at = np.array(starts, dtype=np.int64)
    quoted = pairs["quote"].str.len()
    start = np.where(exact, first, np.where(found_at >= 0, found_at, 0))
    end = np.where(exact, last, np.where(found_at >= 0, found_at + quoted, length))
    return start.astype(np.int64), end.astype(np.int64)
