"""In which language a segment is spoken, so that other languages are listed and not coded as Italian.

It counts known words and function words; it translates nothing and leaves nothing out itself.
"""

import re
from itertools import chain

import numpy as np
import pandas as pd
from simplemma import is_known
from spacy.lang.it.stop_words import STOP_WORDS

from corpus.records import ITALIAN
from nlp.italian.gazetteer import foreign_words, single_word_names
from nlp.italian.number_words import parse_number

UNKNOWN = "?"  # another language, or a dialect
_OTHERS = ("de", "en", "es", "fr", "pt", "ro")
# a word and the ~ of a word broken off; xxx stands for words that the transcriber did not understand
_WORD = re.compile(r"(?!x+\b)[^\W\d_]{2,}(?!~)\b")
_INTERJECTIONS = frozenset(
    {
        *("ah", "ahah", "aah", "bah", "bè", "beh", "boh", "dai", "ecco", "eh", "ehi", "ehm", "ha", "hm", "ma", "mah"),
        *("mh", "mhh", "mhmh", "mm", "mmh", "oh", "ok", "okay", "sì", "sìsì", "uh", "uhm", "vabbè", "vabbé", "wow"),
    }
)
_FEWEST_WORDS = 6
_KNOWN_ENOUGH = 0.55
_FOREIGN = 0.2
COLUMNS = ["segment", "language", "italian", "words"]


def identify_languages(segments: pd.DataFrame) -> pd.DataFrame:
    """One row a segment, in order: segment, language, italian (share of its words that Italian knows), words counted.

    `segments` has the columns segment, transcript, turn and text. Each distinct word of two letters or more counts
    once, interjections and broken words not at all. `language` is a code such as "en" when function words of that
    language that are no Italian words make up 20% of the words and Italian knows less than 75% of them; "?" when
    Italian knows less than 55% (a dialect, a language not listed); else "it". A segment of fewer than 6 such words
    takes its turn's language; a turn of fewer than 6 is taken for Italian.
    """
    of_segment = _count(segments["text"])
    of_turn = _count(_turn_texts(segments))
    language = np.where(of_segment["words"] >= _FEWEST_WORDS, _decide(of_segment), _decide(of_turn))
    share = of_segment[ITALIAN] / of_segment["words"].clip(lower=1)
    frame = {"segment": segments["segment"].array, "language": pd.array(language, dtype="str")}
    frame |= {"italian": share.where(of_segment["words"] > 0, 1.0).array, "words": of_segment["words"].array}
    return pd.DataFrame(frame, columns=COLUMNS)


def _turn_texts(segments: pd.DataFrame) -> pd.Series:
    """For every segment the text of its whole turn."""
    keys = list(zip(segments["transcript"], segments["turn"], strict=True))
    turns: dict[tuple[str, int], list[str]] = {}
    for key, text in zip(keys, segments["text"], strict=True):
        turns.setdefault(key, []).append(text)
    return pd.Series([" ".join(turns[key]) for key in keys], dtype=object)


def _count(texts: pd.Series) -> pd.DataFrame:
    """Per text: how many distinct words, how many known to Italian, how many function words of each other language."""
    codes, distinct = pd.factorize(texts.to_numpy(dtype=object))
    words = [sorted(set(_WORD.findall(text.lower())) - _INTERJECTIONS) for text in distinct]
    owners = np.repeat(np.arange(len(distinct)), list(map(len, words)))
    numbers, vocabulary = pd.factorize(np.array(list(chain.from_iterable(words)), dtype=object))
    marks = _mark(list(vocabulary))
    counts = {name: np.bincount(owners, column[numbers], minlength=len(distinct)) for name, column in marks.items()}
    counts["words"] = np.bincount(owners, minlength=len(distinct))
    return pd.DataFrame({name: column[codes] for name, column in counts.items()})


def _mark(vocabulary: list[str]) -> dict[str, np.ndarray]:
    """Which words Italian knows (towns, numbers in letters too), and which are function words of another language."""
    towns = single_word_names()
    known = [
        word in STOP_WORDS or word in towns or parse_number(word) is not None or is_known(word, lang="it")
        for word in vocabulary
    ]
    marks = {ITALIAN: np.array(known, dtype=bool)}
    for language, function_words in foreign_words().items():
        marks[language] = np.array([word in function_words for word in vocabulary], dtype=bool) & ~marks[ITALIAN]
    return marks


def _decide(counts: pd.DataFrame) -> np.ndarray:
    total = counts["words"].clip(lower=1)
    italian = counts[ITALIAN] / total
    foreign = counts[list(_OTHERS)].div(total, axis=0)
    best = foreign.idxmax(axis=1).to_numpy(dtype=object) if len(counts) else np.empty(0, dtype=object)
    language = np.where(italian < _KNOWN_ENOUGH, UNKNOWN, ITALIAN).astype(object)
    language = np.where((foreign.max(axis=1) >= _FOREIGN) & (italian < 0.75), best, language)
    return np.where(counts["words"] < _FEWEST_WORDS, ITALIAN, language)
