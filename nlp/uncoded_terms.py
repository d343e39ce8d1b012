"""Terms of the codebook that stand in what was said and gave no coding, each with the reason. Codes nothing."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from corpus.codings.human_labels import label_segments
from corpus.records import Theme
from nlp.coders.coder import TermPlaces
from nlp.coding import SHORTEST
from nlp.results import UNCODED_COLUMNS
from nlp.spoken_text import never_coded_by_machine
from nlp.themes.term_matching import TokenIndex, match_terms, plain_tokens
from nlp.themes.term_patterns import parse_terms


def uncoded_terms(
    terms: TermPlaces | None,
    spoken: pd.DataFrame,
    segments: pd.DataFrame,
    languages: pd.DataFrame,
    codings: pd.DataFrame,
    themes: Sequence[Theme],
    human_codings: pd.DataFrame,
) -> pd.DataFrame:
    """One row a term in a segment to which its theme was not given: segment, theme (code), term, reason.

    `terms` is what the coder of `codings` says of `spoken` (None: it read nothing), `segments` every Segments row,
    `languages` their languages. Reasons:
    "people" decided against it, an exclusion term stands there ("excluded"), the segment is too "short", the "score" is
    too low, another "language", a "speaker" who is no respondent.
    """
    codes = pd.Series([theme.code for theme in themes], dtype="str")
    unread = _unread(segments, languages, themes)
    read = unread.iloc[:0] if terms is None else _read(terms, spoken, themes, human_codings)
    every_term = pd.concat([read, unread], ignore_index=True)
    every_term["theme"] = codes.take(every_term["theme"].to_numpy(dtype=np.int64)).to_numpy()
    coded = pd.MultiIndex.from_frame(codings[["segment", "theme"]])
    not_coded = every_term[~pd.MultiIndex.from_frame(every_term[["segment", "theme"]]).isin(coded)]
    return not_coded[UNCODED_COLUMNS].drop_duplicates().reset_index(drop=True).astype("str")


def _read(
    places: TermPlaces, spoken: pd.DataFrame, themes: Sequence[Theme], human_codings: pd.DataFrame
) -> pd.DataFrame:
    """The terms in what was read against the codebook: segment, theme (its place), term, reason."""
    counted = places.matches[["row", "theme", "term"]].assign(excluded=False)
    terms = pd.concat([counted, places.set_aside.assign(excluded=True)])
    row, theme = (terms[name].to_numpy(dtype=np.int64) for name in ("row", "theme"))
    decided = label_segments(spoken, human_codings, themes).decided[row, theme]
    short = (spoken["words"] < SHORTEST).to_numpy()[row]
    reason = np.select([decided, terms["excluded"], short], ["people", "excluded", "short"], "score")
    return terms.assign(reason=reason, segment=spoken["segment"].to_numpy()[row])


def _unread(segments: pd.DataFrame, languages: pd.DataFrame, themes: Sequence[Theme]) -> pd.DataFrame:
    """The terms in what is listed and not coded, as _read: what others say, and other languages."""
    not_coded = never_coded_by_machine(segments, languages).reset_index(drop=True)
    terms = match_terms(TokenIndex(plain_tokens(not_coded["text"])), parse_terms(themes))
    where = not_coded.iloc[terms["segment"].to_numpy(dtype=np.int64)]
    reason = np.where(where["role"] == "respondent", "language", "speaker")
    return terms[["theme", "term"]].assign(segment=where["segment"].to_numpy(), reason=reason)
