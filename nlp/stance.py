"""How a theme is spoken of: advantage, criticality, proposal or neither. Judges codings that exist, and makes none.

Cues on lemmas with negation, the conditional mood and nearness to typical sentences (nlp/data/stance_it.toml), weighed
by a small multinomial model made for any subject (nlp/data/stance_weights.json); people's stances of the study sharpen
it when there are enough.
"""

import json
import tomllib
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from corpus.records import STANCES, Theme
from nlp.columns import of_each
from nlp.embeddings import Encoder, embed_texts
from nlp.themes.term_matching import TokenIndex, match_terms
from nlp.themes.term_patterns import parse_terms

ENOUGH = 40  # codings with a person's stance, from which on they are learned from
FEATURES = (
    *(f"{kind}_{stance}" for kind in ("cue", "near_cue", "like") for stance in STANCES),
    "denied", "negations", "conditional", "near_conditional", "length", "constant",
)  # fmt: skip
_NEGATION = {"non", "né", "senza", "nessuno", "niente", "mai", "neanche", "nemmeno", "neppure", "mica"}
_CONDITIONAL = r"\w+(?:rei|resti|rebbe|remmo|reste|rebbero)"
DENIAL_REACH = 4  # words between a negation and the cue that it turns round


def judge_stance(
    codings: pd.DataFrame,
    tokens: pd.DataFrame,
    segments: pd.DataFrame,
    embeddings: np.ndarray,
    encoder: Encoder,
    told: pd.Series | None = None,
) -> pd.Series:
    """A stance for each row of `codings` (segment, start, end), with its index.

    `segments` has the column segment, `embeddings` its array, `tokens` a Tokens frame. `told` holds the stance a person
    gave to a coding or ""; it wins, and from 40 of them on the others are judged by what they teach too.
    """
    if codings.empty:
        return pd.Series(dtype="str", index=codings.index)
    features = stance_features(codings, tokens, segments, embeddings, encoder)
    weights = load_weights()
    told = pd.Series("", index=codings.index) if told is None else told
    known = np.flatnonzero((told != "").to_numpy())
    if len(known) >= ENOUGH:
        labels = pd.Index(STANCES).get_indexer(pd.Index(told.iloc[known]))
        weights = fit_stance(features[known], labels, start=weights)
    judged = np.array(STANCES, dtype=object)[stance_probabilities(features, weights).argmax(axis=1)]
    return told.where(told != "", pd.Series(judged, index=codings.index)).astype("str")


def stance_features(
    codings: pd.DataFrame, tokens: pd.DataFrame, segments: pd.DataFrame, embeddings: np.ndarray, encoder: Encoder
) -> np.ndarray:
    """(codings, len(FEATURES)): cues in the segment and in the evidence's sentences, likeness, negation, mood."""
    tokens = tokens[tokens["segment"].isin(codings["segment"])].reset_index(drop=True)
    cues = _cues(tokens)
    row = pd.Index(segments["segment"]).get_indexer(codings["segment"])
    like = _likeness(embeddings[row], encoder)
    marks = _marks(tokens)
    near_cues, near_marks = _near(codings, tokens, cues), _near(codings, tokens, marks)
    all_cues, all_marks = _whole(codings, cues), _whole(codings, marks)
    length = np.log1p(tokens.groupby("segment").size().reindex(codings["segment"]).fillna(0).to_numpy(dtype=float))
    columns = [*(all_cues[s] for s in STANCES), *(near_cues[s] for s in STANCES), *like.T]
    columns += [near_cues["denied"], near_marks["negation"], all_marks["conditional"], near_marks["conditional"]]
    return np.stack([*columns, length, np.ones(len(codings))], axis=1)


def stance_probabilities(features: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(rows, stances) for features (rows, f) and weights (f, stances)."""
    return softmax(features @ weights, axis=1)


def fit_stance(
    features: np.ndarray, labels: np.ndarray, *, start: np.ndarray | None = None, penalty: float = 3.0
) -> np.ndarray:
    """Multinomial logistic weights (f, stances), pulled towards `start` (zeros by default) by an L2 penalty."""
    prior = np.zeros((features.shape[1], len(STANCES))) if start is None else start
    hot = np.eye(len(STANCES))[labels]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(prior.shape)
        logs = log_softmax(features @ weights, axis=1)
        slope = features.T @ (np.exp(logs) - hot) + penalty * (weights - prior)
        return -(logs * hot).sum() + penalty / 2 * ((weights - prior) ** 2).sum(), slope.ravel()

    return minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B").x.reshape(prior.shape)


@cache
def load_weights() -> np.ndarray:
    """The bundled weights (f, stances)."""
    table = json.loads((files("nlp") / "data" / "stance_weights.json").read_text(encoding="utf-8"))
    return np.array([[table[name][stance] for stance in STANCES] for name in FEATURES])


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("nlp") / "data" / "stance_it.toml").read_text(encoding="utf-8"))


def _cues(tokens: pd.DataFrame) -> pd.DataFrame:
    """segment, start and a column a stance counting its cues, and "denied" for the negated cues of criticality."""
    lexicon = _lexicon()
    themes = [Theme(stance, stance, include_terms=tuple(lexicon[stance]["cues"])) for stance in STANCES]
    found = match_terms(TokenIndex(tokens), parse_terms(themes)).drop_duplicates(["segment", "theme", "start"])
    stance = np.array(STANCES, dtype=object)[found["theme"]]
    denied = _denied(found, tokens) & ~found["term"].str.startswith("non ").to_numpy()
    turnable = found["term"].isin(lexicon["criticità"]["not_cues"]).to_numpy()
    counted = found[["segment", "start"]].assign(denied=1.0 * (denied & turnable))
    for each in STANCES:
        counted[each] = 1.0 * ((stance == each) & ~denied)
    counted["criticità"] += 1.0 * ((stance == "vantaggio") & denied)
    return counted


def _denied(found: pd.DataFrame, tokens: pd.DataFrame) -> np.ndarray:
    """Whether a negation stands a few words before the cue in its sentence."""
    word = of_each(tokens["text"], lambda text: text.str[:1].str.isalnum()).cumsum()
    denies = of_each(tokens["text"], lambda text: text.str.lower().isin(["non", "né", "senza", "neanche"]))
    negations = tokens.assign(word=word)[denies]
    place = tokens.assign(word=word)[["segment", "start", "sentence", "word"]]
    cues = found[["segment", "start"]].merge(place, on=["segment", "start"], how="left").reset_index(names="cue")
    pairs = cues.merge(
        negations[["segment", "sentence", "word"]], on=["segment", "sentence"], suffixes=("", "_negation")
    )
    gap = pairs["word"] - pairs["word_negation"]
    return np.isin(np.arange(len(found)), pairs["cue"][(gap > 0) & (gap <= DENIAL_REACH)])


def _marks(tokens: pd.DataFrame) -> pd.DataFrame:
    conditional = of_each(tokens["morph"], lambda morph: morph.str.contains("Mood=Cnd"))
    conditional |= of_each(tokens["text"], lambda text: text.str.lower().str.fullmatch(_CONDITIONAL))
    negation = of_each(tokens["text"], lambda text: text.str.lower().isin(_NEGATION))
    marks = pd.DataFrame({"segment": tokens["segment"], "start": tokens["start"]})
    return marks.assign(negation=1.0 * negation, conditional=1.0 * conditional)


def _whole(codings: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The counts of each coding's segment."""
    sums = counted.drop(columns="start").groupby("segment").sum()
    return sums.reindex(codings["segment"]).fillna(0).set_axis(codings.index).transform(np.log1p)


def _near(codings: pd.DataFrame, tokens: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """The counts of the sentences that each coding's evidence touches."""
    sentences = tokens.groupby(["segment", "sentence"], as_index=False).agg(first=("start", "min"), last=("end", "max"))
    evidence = codings[["segment", "start", "end"]].rename_axis("coding").reset_index()
    touched = evidence.merge(sentences, on="segment")
    touched = touched[(touched["first"] < touched["end"]) & (touched["last"] > touched["start"])]
    span = touched.groupby("coding", as_index=False).agg(
        segment=("segment", "first"), first=("first", "min"), last=("last", "max")
    )
    inside = span.merge(counted, on="segment")
    inside = inside[(inside["start"] >= inside["first"]) & (inside["start"] < inside["last"])]
    sums = inside.drop(columns=["segment", "first", "last", "start"]).groupby("coding").sum()
    return sums.reindex(codings.index).fillna(0).transform(np.log1p)


def _likeness(vectors: np.ndarray, encoder: Encoder) -> np.ndarray:
    """(rows, stances): similarity to the three nearest typical sentences of a stance, less the stances' mean."""
    typical = {stance: embed_texts(_lexicon()[stance]["sentences"], encoder) for stance in STANCES}
    three = [np.sort(vectors @ typical[stance].T, axis=1)[:, -3:] for stance in STANCES]
    near = np.stack([each.mean(axis=1) for each in three], axis=1)
    return 10 * (near - near.mean(axis=1, keepdims=True))
