"""What decided each coding: where, by which terms, or by which words near the theme and which text of the codebook.

Decides nothing, and puts nothing into sentences: the reports do.
"""

import numpy as np
import pandas as pd

from nlp.columns import join_texts
from nlp.themes.features import ThemeFeatures

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


def nearness_evidence(pairs: pd.DataFrame, features: ThemeFeatures, tokens: pd.DataFrame) -> pd.DataFrame:
    """For pairs (row, theme) without a term: the sentence whose words are nearest to the theme, and those words.

    Returns as pattern_evidence.
    """
    spoken = _spoken(pairs, features, tokens)
    sentence = spoken.groupby(["pair", "sentence"], as_index=False).agg(
        weight=("weight", "sum"), start=("start", "min"), end=("end", "max")
    )
    best = sentence.sort_values(["pair", "weight", "sentence"], ascending=[True, False, True], kind="stable")
    best = best.drop_duplicates("pair").set_index("pair")[["start", "end"]].reindex(pairs.index)
    strong = spoken[spoken["weight"] > 0].sort_values(
        ["pair", "weight", "start"], ascending=[True, False, True], kind="stable"
    )
    strong = strong.drop_duplicates(["pair", "lemma"]).groupby("pair").head(SHOWN_WORDS)
    words = join_texts(strong["lemma"], pd.Index(strong["pair"]), ", ").reindex(pairs.index)
    evidence = best.assign(terms="", near_words=words.fillna(""), nearest_text=_nearest_texts(pairs, features))
    return evidence[EVIDENCE_COLUMNS]


def _spoken(pairs: pd.DataFrame, features: ThemeFeatures, tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens of the pairs' segments, punctuation apart, each with its weight for the pair's theme."""
    names = features.segments["segment"]
    wanted = tokens[tokens["segment"].isin(names.iloc[pairs["row"].unique()])]
    row = pd.Index(names).get_indexer(pd.Index(wanted["segment"]))
    lemma = wanted["lemma"].str.lower()
    word = pd.Index(features.words.words).get_indexer(pd.Index(lemma))
    spoken = pd.DataFrame(
        {"row": row, "word": word, "lemma": lemma.to_numpy(), "sentence": wanted["sentence"].to_numpy()}
    ).assign(start=wanted["start"].to_numpy(), end=wanted["end"].to_numpy())
    joined = pairs[["row", "theme"]].rename_axis("pair").reset_index().merge(spoken, on="row")
    inside = joined["word"] >= 0
    weight = np.zeros(len(joined))
    if len(features.affinity):
        weight = np.where(inside, features.affinity[np.maximum(joined["word"], 0), joined["theme"]], 0.0)
    return joined.assign(weight=weight)


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
