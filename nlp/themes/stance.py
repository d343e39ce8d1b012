"""How a theme is spoken of: advantage, criticality, proposal or neither. Judges codings that exist, and makes none.

Cues on lemmas with negation, the conditional mood and nearness to typical sentences (nlp/data/stance_it.toml), weighed
by a small multinomial model made for any subject (nlp/data/stance_weights.json); people's stances of the study sharpen
it when there are enough.
"""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from corpus.records import Theme
from corpus.words.stances import STANCES
from nlp.columns import map_distinct
from nlp.embeddings import Encoder, embed_texts
from nlp.themes.term_matching import TokenIndex, match_terms
from nlp.themes.term_patterns import parse_terms

ENOUGH = 40  # codings with a person's stance, from which on they are learned from
FEATURES = (
    *(f"{kind}_{stance}" for kind in ("cue", "near_cue", "like") for stance in STANCES),
    "denied", "negations", "conditional", "near_conditional", "length", "constant",
)  # fmt: skip
_COUNTED = (*STANCES, "denied", "negation", "conditional")
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_DENYING = ["non", "né", "senza", "neanche"]
_NEGATION = {"non", "né", "senza", "nessuno", "niente", "mai", "neanche", "nemmeno", "neppure", "mica"}
_CONDITIONAL = r"\w+(?:rei|resti|rebbe|remmo|reste|rebbero)"
DENIAL_REACH = 4  # words between a negation and the cue that it turns round


def judge_stance(
    codings: pd.DataFrame,
    tokens: pd.DataFrame,
    segments: pd.DataFrame,
    embeddings: np.ndarray,
    encoder: Encoder,
    by_people: pd.Series | None = None,
) -> pd.Series:
    """A stance for each row of `codings` (segment, start, end), with its index.

    `segments` has the column segment, `embeddings` its array, `tokens` a Tokens frame. `by_people` holds the stance a
    person gave to a coding or ""; it wins, and from 40 of them on the others are judged by what they teach too.
    """
    if codings.empty:
        return pd.Series(dtype="str", index=codings.index)
    features = stance_features(codings, tokens, segments, embeddings, encoder)
    weights = load_weights()
    by_people = pd.Series("", index=codings.index) if by_people is None else by_people
    known = np.flatnonzero((by_people != "").to_numpy())
    if len(known) >= ENOUGH:
        labels = pd.Index(STANCES).get_indexer(pd.Index(by_people.iloc[known]))
        weights = fit_stance(features[known], labels, start=weights)
    judged = np.array(STANCES, dtype=object)[stance_probabilities(features, weights).argmax(axis=1)]
    return by_people.where(by_people != "", pd.Series(judged, index=codings.index)).astype("str")


def stance_features(
    codings: pd.DataFrame, tokens: pd.DataFrame, segments: pd.DataFrame, embeddings: np.ndarray, encoder: Encoder
) -> np.ndarray:
    """(codings, len(FEATURES)): cues in the segment and in the evidence's sentences, likeness, negation, mood."""
    segment, names = pd.factorize(codings["segment"])
    words = _said(tokens, names)
    first, stop = (np.searchsorted(words["segment"], np.arange(len(names)), side=side)[segment] for side in _SIDES)
    counted = np.concatenate([np.zeros((1, len(_COUNTED)), dtype=np.int32), _counted(words).cumsum(axis=0)])
    in_segment = dict(zip(_COUNTED, np.log1p(counted[stop] - counted[first]).T, strict=True))
    touched_first, touched_stop = _touched(words, segment, codings["start"].to_numpy(), codings["end"].to_numpy())
    in_sentences = dict(zip(_COUNTED, np.log1p(counted[touched_stop] - counted[touched_first]).T, strict=True))
    row = pd.Index(segments["segment"]).get_indexer(pd.Index(codings["segment"]))
    columns = [*(in_segment[stance] for stance in STANCES), *(in_sentences[stance] for stance in STANCES)]
    columns += [*_likeness(embeddings[row], encoder).T, in_sentences["denied"], in_sentences["negation"]]
    columns += [in_segment["conditional"], in_sentences["conditional"], np.log1p(stop - first), np.ones(len(codings))]
    return np.stack(columns, axis=1)


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
    return np.array([_in_order(table[name]) for name in FEATURES])


def _in_order(by_stance: dict[str, float]) -> list[float]:
    return [by_stance[stance] for stance in STANCES]


@cache
def _lexicon() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("nlp") / "data" / "stance_it.toml").read_text(encoding="utf-8"))


def _said(tokens: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """The tokens of the segments `names`, in their order; `segment` is the place in `names`."""
    number = pd.Index(names).get_indexer(pd.Index(tokens["segment"]))
    rows = np.flatnonzero(number >= 0)
    rows = rows[np.lexsort((tokens["start"].to_numpy()[rows], number[rows]))]
    return tokens.iloc[rows].assign(segment=number[rows]).reset_index(drop=True)


def _counted(words: pd.DataFrame) -> np.ndarray:
    """(tokens, len(_COUNTED)): the cues that begin at each token, and whether it is a negation or in the conditional.

    "denied" counts the negated cues of criticality, which turn round, as those of advantage do.
    """
    lexicon = _lexicon()
    themes = [Theme(stance, stance, include_terms=tuple(lexicon[stance]["cues"])) for stance in STANCES]
    cues = match_terms(TokenIndex(words), parse_terms(themes)).drop_duplicates(["at", "theme"])
    at = cues["at"].to_numpy()
    stance = np.array(STANCES, dtype=object)[cues["theme"]]
    denied = _denied(at, words) & ~cues["term"].str.startswith("non ").to_numpy()
    turnable = cues["term"].isin(lexicon["problem"]["not_cues"]).to_numpy()
    begins = {each: (stance == each) & ~denied for each in STANCES} | {"denied": denied & turnable}
    counted = np.zeros((len(words), len(_COUNTED)), dtype=np.int8)
    for column, name in enumerate(_COUNTED[: len(begins)]):
        np.add.at(counted[:, column], at[begins[name]], 1)
    np.add.at(counted[:, STANCES.index("problem")], at[(stance == "advantage") & denied], 1)
    conditional = map_distinct(words["morph"], lambda morph: morph.str.contains("Mood=Cnd"))
    conditional |= map_distinct(words["text"], lambda text: text.str.lower().str.fullmatch(_CONDITIONAL))
    counted[:, _COUNTED.index("negation")] = map_distinct(words["text"], lambda text: text.str.lower().isin(_NEGATION))
    counted[:, _COUNTED.index("conditional")] = conditional
    return counted


def _denied(at: np.ndarray, words: pd.DataFrame) -> np.ndarray:
    """Whether a negation stands a few words before the cue that begins at each token `at`, in its sentence."""
    word = map_distinct(words["text"], lambda text: text.str[:1].str.isalnum()).cumsum()
    denies = np.flatnonzero(map_distinct(words["text"], lambda text: text.str.lower().isin(_DENYING)))
    if not len(denies):
        return np.zeros(len(at), dtype=bool)
    last_before = np.searchsorted(denies, at) - 1
    last = denies[np.maximum(last_before, 0)]
    same = [words[name].to_numpy()[last] == words[name].to_numpy()[at] for name in ("segment", "sentence")]
    return np.logical_and.reduce([last_before >= 0, *same, word[at] - word[last] <= DENIAL_REACH])


def _touched(
    words: pd.DataFrame, segment: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """First token and the one after the last of the sentences that each coding's evidence touches.

    Sentences of all segments are laid on one line, far enough apart that none reaches into the next, so that one sorted
    search finds the sentences of every coding at once: a loop over codings took most of the time of a large study.
    """
    new = np.diff(words["segment"], prepend=-1) | np.diff(words["sentence"], prepend=-1)
    begins = np.flatnonzero(new)
    rows = np.append(begins, len(words))
    far = max(words["end"].max(), end.max()) + 1 if len(words) else 1
    line = words["segment"].to_numpy() * far
    starts = (line + words["start"].to_numpy())[begins]
    ends = np.maximum.reduceat(line + words["end"].to_numpy(), begins)
    first = np.searchsorted(ends, segment * far + start, side="right")
    stop = np.searchsorted(starts, segment * far + end, side="left")
    return rows[first], rows[np.maximum(first, stop)]


def _likeness(vectors: np.ndarray, encoder: Encoder) -> np.ndarray:
    """(rows, stances): similarity to the three nearest typical sentences of a stance, less the stances' mean."""
    typical = {stance: embed_texts(_lexicon()[stance]["sentences"], encoder) for stance in STANCES}
    three = [np.sort(vectors @ typical[stance].T, axis=1)[:, -3:] for stance in STANCES]
    likeness = np.stack([nearest.mean(axis=1) for nearest in three], axis=1)
    return 10 * (likeness - likeness.mean(axis=1, keepdims=True))
