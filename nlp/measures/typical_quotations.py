"""Which quotations stand for a theme in a joint display. Room nlp: picks by a stated rule, never by taste or chance."""

import pandas as pd

CONTRARY = 3  # quotations where people contradict their own answers
SHORT = 8  # words: a quotation shorter says too little
LONG = 60  # a longer one will not be read


def by_evidence(coded: pd.DataFrame) -> pd.DataFrame:
    """The codings of known respondents, the strongest evidence first (the rule of `choose_quotations`)."""
    known = coded[coded["respondent"] != ""]
    weaker = (
        known["stance"] == "neutral",
        known["how"] != "human",
        -known["score"],
        ~known["words"].between(SHORT, LONG),
        known["coding"],
    )
    keys = list(zip(*(key.tolist() for key in weaker), strict=True))
    return known.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def choose_quotations(coded: pd.DataFrame, limit: int = 3) -> list[str]:
    """Ids of up to `limit` codings of one theme: strong evidence, different respondents, different stances.

    `coded` is from nlp.measures.theme_mentions.coded_segments. The strongest comes first (human before machine, then
    score, then a readable length, then id); each next one is the strongest of a respondent not yet quoted, in a stance
    not yet quoted if there is one. "neutral" is quoted only when nothing takes a position.
    """
    ranked = by_evidence(coded)
    left = list(zip(*(ranked[name].tolist() for name in ("coding", "respondent", "stance")), strict=True))
    chosen: list[str] = []
    stances = {"neutral"}
    while left and len(chosen) < limit:
        coding, respondent, stance = next((one for one in left if one[2] not in stances), left[0])
        chosen.append(coding)
        stances.add(stance)
        left = [one for one in left if one[1] != respondent]
    return chosen


def choose_contrary(coded: pd.DataFrame, contrary: pd.DataFrame) -> list[str]:
    """The same where people contradict their own answers: first two of `contrary`, what those people say of it, then
    the best of the others."""
    first = choose_quotations(contrary, 2)
    quoted = set(contrary.loc[contrary["coding"].isin(first), "respondent"])
    return first + choose_quotations(coded[~coded["respondent"].isin(quoted)], CONTRARY - len(first))
