"""The rows of a worksheet of segments to code: each in its context, with what the machine would say. Writes nothing."""

from collections.abc import Sequence

import pandas as pd

from corpus.records import Theme, Transcript
from corpus.words.language import Language
from corpus.words.stances import STANCE_NAMES

# proposals shown for a segment, and the score from which on one is
PROPOSALS = 4
LEAST = 0.2
_EXCERPT = 90  # characters of evidence shown


def coding_rows(chosen: pd.DataFrame, segments: pd.DataFrame, transcripts: Sequence[Transcript]) -> pd.DataFrame:
    """One row a segment of `chosen`, in its order, as outputs.worksheets.coding_sheet.write_coding_sheet takes them.

    `segments` is the whole Segments frame: the segment before and the one after are said by whoever spoke.
    """
    sources = {transcript.id: transcript.source for transcript in transcripts}
    ordered = segments.sort_values(["transcript", "start", "segment"], kind="stable", ignore_index=True)
    said = ordered["speaker"] + ": " + ordered["text"]
    by_transcript = said.groupby(ordered["transcript"])
    around = pd.DataFrame({"before": by_transcript.shift(1), "after": by_transcript.shift(-1)}).fillna("")
    rows = chosen.merge(around.assign(segment=ordered["segment"]), on="segment", how="left", validate="one_to_one")
    places = zip(rows["transcript"], rows["start"], rows["end"], strict=True)
    rows["source"] = [sources[name][start:end] for name, start, end in places]
    names = ["transcript", "start", "end", "source", "respondent", "question", "before", "text", "after"]
    return rows[["segment", *names]]


def proposals_in_words(
    rows: pd.DataFrame, codings: pd.DataFrame, themes: Sequence[Theme], min_score: float, language: Language
) -> pd.Series:
    """What the machine proposes for each of `rows` (column segment), strongest first; below `min_score` with a "?".

    `codings` is a Codings frame down to low scores.
    """
    labels = {theme.code: theme.label for theme in themes}
    strong = codings[codings["score"] >= LEAST].sort_values(
        ["segment", "score", "theme"], ascending=[True, False, True], kind="stable"
    )
    strong = strong.groupby("segment").head(PROPOSALS)
    lines = []
    for coding in strong.to_dict("records"):
        score = f"{coding['score']:.2f}".replace(".", "," if language == "it" else ".")
        sign = "" if coding["score"] >= min_score else " ?"
        words = coding["evidence"] if len(coding["evidence"]) <= _EXCERPT else coding["evidence"][: _EXCERPT - 1] + "…"
        stance = STANCE_NAMES[coding["stance"]].say(language)
        lines.append(f"{labels.get(coding['theme'], coding['theme'])} {score}{sign} ({stance}): «{words}»")
    told = pd.Series(lines, index=strong["segment"].to_numpy(), dtype="str").groupby(level=0).agg("\n".join)
    return told.reindex(rows["segment"]).fillna("—").set_axis(rows.index)
