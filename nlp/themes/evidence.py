"""What decided each coding: where, by which terms, or by which words near the theme and which text of the codebook.

Decides nothing, and puts nothing into sentences: the reports do.
"""

import numpy as np
import pandas as pd

from nlp.columns import join_texts
from nlp.spoken_text import SpokenText
from nlp.themes.features import ThemeFeatures
from nlp.word_counts import is_content

SHOWN_WORDS = 4
EVIDENCE_COLUMNS = ["start", "end", "terms", "near_words", "nearest_text"]


def pattern_evidence(pairs: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    """For pairs (row, theme) with a term: where the longest term stands first, and all the terms found.

    Returns a frame with the index of `pairs` and EVIDENCE_COLUMNS; start and end are NaN where no term stands.
    """
    ordered = matches.sort_values(
        ["row", "theme", "words", "start"], ascending=[True, True, False, True], kind="stable"
    )
    best = ordered.drop_duplicates(["row", "theme"]).set_index(["row", "theme"])[["start", "end"]]
    different = ordered.drop_duplicates(["row", "theme", "term"])
    terms = join_texts(different["term"], pd.MultiIndex.from_frame(different[["row", "theme"]]), "; ")
    evidence = best.assign(terms=terms).reindex(pd.MultiIndex.from_frame(pairs[["row", "theme"]]))
    return evidence.assign(near_words="", nearest_text="").set_axis(pairs.index)[EVIDENCE_COLUMNS]


def looked_at_evidence(
    pairs: pd.DataFrame, features: ThemeFeatures, places: np.ndarray, text: SpokenText
) -> pd.DataFrame:
    """For pairs (row, theme) without a term: the words that the theme looked at most, and the sentence of the first.

    `places` (segments, themes, n) are those words' places in the segment, the most looked at first, -1 where there is
    none. Empty words are not told. Returns as pattern_evidence.
    """
    looked = _words_at(pairs, places, text)
    first = looked.drop_duplicates("pair").set_index("pair")[["from_letter", "to_letter"]].reindex(pairs.index)
    told = looked[looked["content"]].drop_duplicates(["pair", "lemma"]).groupby("pair").head(SHOWN_WORDS)
    words = join_texts(told["lemma"].astype("str"), pd.Index(told["pair"]), ", ").reindex(pairs.index)
    whole = text.segments["text"].str.len().to_numpy()[pairs["row"].to_numpy()]
    evidence = pd.DataFrame(
        {
            "start": first["from_letter"].fillna(0).astype(int),
            "end": first["to_letter"].fillna(pd.Series(whole, index=pairs.index)).astype(int),
        }
    ).assign(terms="", near_words=words.fillna(""), nearest_text=_nearest_texts(pairs, features))
    return evidence[EVIDENCE_COLUMNS]


def _words_at(pairs: pd.DataFrame, places: np.ndarray, text: SpokenText) -> pd.DataFrame:
    """The tokens at `places`: pair, lemma, content, borders of the sentence; the most looked at first."""
    looked = pairs[["row", "theme"]].rename_axis("pair").reset_index()
    looked = looked.loc[looked.index.repeat(places.shape[2])].astype({"row": np.int64})
    looked["at"] = places[pairs["row"].to_numpy(), pairs["theme"].to_numpy()].ravel().astype(np.int64)
    looked = looked[looked["at"] >= 0]
    names = text.segments["segment"]
    tokens = text.tokens[text.tokens["segment"].isin(names.iloc[looked["row"].unique()])]
    row = pd.Index(names).get_indexer(pd.Index(tokens["segment"]))
    numbers = tokens[["start", "end", "sentence"]].astype(np.int64)  # out of a run's store they have 32 bits
    lemmas = tokens["lemma"].astype("str").str.lower()
    spoken = numbers.assign(row=row.astype(np.int64), pos=tokens["pos"], lemma=lemmas)
    borders = spoken.groupby(["row", "sentence"]).agg(from_letter=("start", "min"), to_letter=("end", "max"))
    spoken = spoken.assign(content=is_content(spoken["pos"], spoken["lemma"])).join(borders, on=["row", "sentence"])
    # The token in which a piece begins: the last of the segment that does not begin after it.
    order = looked.assign(rank=np.arange(len(looked))).sort_values("at", kind="stable")
    found_at = pd.merge_asof(order, spoken.sort_values("start"), left_on="at", right_on="start", by="row")
    return found_at[found_at["lemma"].notna()].sort_values("rank", ignore_index=True)


def _nearest_texts(pairs: pd.DataFrame, features: ThemeFeatures) -> pd.Series:
    """The example, phrase or definition of the codebook nearest to each pair's segment."""
    nearest = np.full(len(pairs), "", dtype=object)
    row = pairs["row"].to_numpy()
    theme = pairs["theme"].to_numpy()
    for number in np.unique(theme):
        profile = features.profiles[number]
        pairs_of_theme = np.flatnonzero(theme == number)
        texts = [text for kind in ("examples", "pieces") for text in profile.texts[kind]]
        vectors = np.concatenate([profile.vectors["examples"], profile.vectors["pieces"]])
        nearest[pairs_of_theme] = [
            texts[best] for best in (features.embeddings[row[pairs_of_theme]] @ vectors.T).argmax(axis=1)
        ]
    return pd.Series(nearest, index=pairs.index, dtype="str")
