"""The rows of a worksheet of disagreements to settle: the segment in its context, and who says what. Writes nothing."""

from collections.abc import Iterable, Sequence

import pandas as pd

from corpus.codebook.theme_names import label_of
from corpus.codings.disagreements import Disagreement, Side
from corpus.records import Theme, Transcript
from corpus.words.language import Language
from corpus.words.stances import stance_word
from outputs.worksheets.coding_rows import coding_rows

_GAP = " […] "


def settlement_rows(
    disagreements: Sequence[Disagreement],
    spoken: pd.DataFrame,
    segments: pd.DataFrame,
    transcripts: Sequence[Transcript],
    themes: Sequence[Theme],
    language: Language,
) -> pd.DataFrame:
    """One row a disagreement, as outputs.worksheets.settlement_sheet.write_settlement_sheet takes them.

    The disagreements are on `spoken`, those of the Segments frame `segments` that were coded.
    """
    places = [each.row for each in disagreements]
    distinct = spoken.iloc[sorted(set(places))]
    contexts = coding_rows(distinct, segments, transcripts).set_index("segment")
    rows = contexts.loc[spoken["segment"].iloc[places]].reset_index()
    differing = [themes[each.theme] for each in disagreements]
    said = zip(disagreements, spoken["text"].iloc[places], strict=True)
    return rows.assign(
        theme=[theme.code for theme in differing],
        theme_shown=[label_of(theme) for theme in differing],
        definition=[_definition(theme) for theme in differing],
        says_yes=[in_words(each.sides, text, language) for each, text in said],
        says_no=[_others(each.sides) for each in disagreements],
    )


def _others(sides: Iterable[Side]) -> str:
    return ", ".join(side.coder for side in sides if not side.given) or "—"


def in_words(sides: Iterable[Side], text: str, language: Language) -> str:
    """What those who give the theme say, a line each: `Anna (criticità): «siamo in tre»`."""
    lines = []
    for side in sides:
        if side.given:
            stance = f" ({stance_word(side.stance, language)})" if side.stance else ""
            passages = _GAP.join(text[start:end] for start, end in side.places)
            lines.append(f"{side.coder}{stance}: «{passages}»")
    return "\n".join(lines)


def _definition(theme: Theme) -> str:
    return "\n".join(filter(None, (theme.definition, theme.use_when, theme.do_not_use_when)))
