"""Why a coding was given, in words: the terms that stand there, what it is near to, or who coded. Decides nothing."""

import pandas as pd

from corpus.words.language import Bilingual, Language

_CODED_BY = Bilingual("codificato da {}", "coded by {}")
_LEARNED = Bilingual("imparato dalle codifiche umane; {}", "learned from people's codings; {}")
_TERMS = Bilingual("termini: {}", "terms: {}")
_NEAR_WORDS = Bilingual("parole vicine al tema: {}; ", "words near the theme: {}; ")
_NEAREST = Bilingual("frase del codebook più vicina: «{}»", "nearest sentence of the codebook: «{}»")


def explanations(codings: pd.DataFrame, language: Language) -> list[str]:
    """A sentence for each row of `codings`, in its order; it has the columns of a Codings frame that say why."""
    facts = ("how", "coder", "terms", "near_words", "nearest_text")
    rows = zip(*(codings[name].tolist() for name in facts), strict=True)
    return [_explain(language, *row) for row in rows]


def _explain(language: Language, how: str, coder: str, terms: str, near_words: str, nearest_text: str) -> str:
    if how == "human":
        return _CODED_BY.say(language).format(coder)
    if terms:
        said = _TERMS.say(language).format(terms)
    else:
        words = _NEAR_WORDS.say(language).format(near_words) if near_words else ""
        said = words + _NEAREST.say(language).format(nearest_text)
    return _LEARNED.say(language).format(said) if how == "learned" else said
