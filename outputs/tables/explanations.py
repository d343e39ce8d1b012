"""Why a coding was given: the terms that stand there, what it is near to, or who coded. Decides nothing."""

import pandas as pd

from corpus.words.phrase import Phrase, phrase


def explanations(codings: pd.DataFrame) -> list[Phrase]:
    """What is said of each row of `codings`, in its order; it has the columns of a Codings frame that say why."""
    facts = ("how", "coder", "terms", "near_words", "nearest_text")
    rows = zip(*(codings[name].tolist() for name in facts), strict=True)
    return [_explain(*row) for row in rows]


def _explain(how: str, coder: str, terms: str, near_words: str, nearest_text: str) -> Phrase:
    if how == "human":
        return phrase("explanation.people", coders=coder)
    if how == "llm":
        return Phrase("explanation.llm")
    if terms:
        reason = phrase("explanation.terms", terms=terms)
    elif near_words:
        reason = phrase("explanation.words", words=near_words, text=nearest_text)
    else:
        reason = phrase("explanation.nearest", text=nearest_text)
    return phrase("explanation.learned", reason=reason) if how == "learned" else reason
