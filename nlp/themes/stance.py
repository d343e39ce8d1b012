"""How a theme is spoken of: advantage, criticality, proposal or neither. Judges codings that exist, and makes none.

What the network reads in the coded passage decides; people's stances of the study, when there are enough, move the cuts
to where the team draws them.
"""

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.special import log_softmax

from corpus.words.stances import STANCES

ENOUGH = 40  # codings with a person's stance, from which on they are learned from
PENALTY = 3.0  # on the squared shift of a stance's log odds


def judge_stance(odds: np.ndarray, by_people: pd.Series) -> pd.Series:
    """A stance for each coding, with the index of `by_people`, the stance that a person gave to it or "".

    `odds` (codings, len(STANCES)) are the network's log odds. A person's stance wins; from 40 of them on the others are
    judged as people would on the whole: the log odds of each stance are shifted to where people's are likeliest.
    """
    known = np.flatnonzero((by_people != "").to_numpy())
    if len(known) >= ENOUGH:
        odds = odds + shift_to(odds[known], pd.Index(STANCES).get_indexer(pd.Index(by_people.iloc[known])))
    judged = pd.Series(np.array(STANCES, dtype=object)[odds.argmax(axis=1)], index=by_people.index)
    return by_people.where(by_people != "", judged).astype("str")


def shift_to(odds: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(len(STANCES),): what to add to log odds (n, stances) to make `labels` (n,) likeliest, pulled towards nothing."""
    hot = np.eye(len(STANCES))[labels]

    def loss(shift: np.ndarray) -> tuple[float, np.ndarray]:
        logs = log_softmax(odds + shift, axis=1)
        slope = (np.exp(logs) - hot).sum(axis=0) + PENALTY * shift
        return -(logs * hot).sum() + PENALTY / 2 * (shift**2).sum(), slope

    return minimize(loss, np.zeros(len(STANCES)), jac=True, method="L-BFGS-B").x
