"""Where the terms of a codebook stand in tokens, words in between or not, but for exclusion terms. Judges no sense.

Tokens are indexed once by everything they may be called, then searched for any number of terms.
"""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from nlp.themes.term_patterns import AS_WRITTEN, Term, TermWord, keys_of

MATCH_COLUMNS = ["segment", "theme", "term", "start", "end", "words"]


class TokenIndex:
    """The rows of a Tokens frame by every key of the token; made once, then searched for any number of terms."""

    def __init__(self, tokens: pd.DataFrame):
        self.tokens = tokens
        self.order = pd.factorize(tokens["segment"])[0]
        forms, names = pd.factorize(tokens["text"])
        self._capitals = np.array([name.isupper() for name in names], dtype=bool)[forms]
        self._sentence = tokens["sentence"].to_numpy()
        self._word_number = np.cumsum(np.array([name[:1].isalnum() for name in names], dtype=bool)[forms])
        self._index(forms, list(names), *pd.factorize(tokens["lemma"]))

    def _index(self, form_codes: np.ndarray, form_names: list[str], lemma_codes: np.ndarray, lemmas: pd.Index) -> None:
        """Number the distinct pairs of form and lemma; remember each pair's rows and each key's pairs."""
        lemma_names = list(lemmas)
        kinds, pairs = pd.factorize(form_codes.astype(np.int64) * (len(lemma_names) + 1) + lemma_codes)
        self._by_kind = np.argsort(kinds, kind="stable")
        self._bounds = np.concatenate([[0], np.cumsum(np.bincount(kinds, minlength=len(pairs)))])
        self._kinds: dict[str, list[int]] = {}
        for kind, pair in enumerate(pairs):
            form = form_names[pair // (len(lemma_names) + 1)]
            lemma = lemma_names[pair % (len(lemma_names) + 1)]
            for key in keys_of(form.replace(".", "") or form, lemma) | {AS_WRITTEN + form.lower()}:
                self._kinds.setdefault(key, []).append(kind)

    def find(self, term: Term) -> tuple[np.ndarray, np.ndarray]:
        """First and last rows of each place where the term's words stand close together in one sentence."""
        places = [self._rows(word) for word in term.words]
        first = last = places[0]
        for rows in places[1:]:
            following = self._next(last, rows, term.gap)
            keep = following >= 0
            first, last = first[keep], following[keep]
        if term.free_order and len(places) == 2:
            ahead = self._next(places[1], places[0], term.gap)
            first = np.concatenate([first, places[1][ahead >= 0]])
            last = np.concatenate([last, ahead[ahead >= 0]])
        return first, last

    def _rows(self, word: TermWord) -> np.ndarray:
        kinds = sorted({kind for key in word.keys for kind in self._kinds.get(key, ())})
        of_kinds = [self._by_kind[self._bounds[kind] : self._bounds[kind + 1]] for kind in kinds]
        rows = np.sort(np.concatenate(of_kinds)) if of_kinds else np.empty(0, dtype=np.int64)
        return rows[self._capitals[rows]] if word.capitals else rows

    def _next(self, after: np.ndarray, rows: np.ndarray, gap: int) -> np.ndarray:
        """For each row of `after` the nearest later one of `rows` in its sentence, at most `gap` words on, or -1."""
        position = np.searchsorted(rows, after, side="right")
        inside = position < len(rows)
        nearest = np.where(inside, rows[np.minimum(position, len(rows) - 1)] if len(rows) else 0, 0)
        close = self._word_number[nearest] - self._word_number[after] <= gap + 1
        same = (self.order[nearest] == self.order[after]) & (self._sentence[nearest] == self._sentence[after])
        return np.where(inside & close & same, nearest, -1)


def match_terms(index: TokenIndex, terms: Sequence[Term]) -> pd.DataFrame:
    """Where terms stand: segment, theme (its place), term, start, end (in the segment's text), words, at (first token).

    A match that touches an exclusion term of the same theme is left out. Sorted by segment in the order of the tokens,
    then theme, start and term.
    """
    every = _every_match(index, terms)
    return every.loc[~every["barred"], MATCH_COLUMNS].reset_index(drop=True)


def place_terms(index: TokenIndex, terms: Sequence[Term], segments: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The matches that count, as match_terms with `row`, the place of their segment in `segments`; and those set aside.

    These touch an exclusion term of their theme: row, theme, term.
    """
    every = _every_match(index, terms)
    every["row"] = pd.Index(segments).get_indexer(pd.Index(every["segment"]))
    set_aside = every.loc[every["barred"], ["row", "theme", "term"]].reset_index(drop=True)
    return every[~every["barred"]].reset_index(drop=True), set_aside


def _every_match(index: TokenIndex, terms: Sequence[Term]) -> pd.DataFrame:
    """As match_terms, with the matches that touch an exclusion term too, which the column `barred` tells."""
    tokens = index.tokens
    places = [index.find(term) for term in terms]
    none = np.empty(0, dtype=np.int64)  # concatenate takes no empty list
    first = np.concatenate([none, *(first for first, _ in places)]).astype(np.int64)
    last = np.concatenate([none, *(last for _, last in places)]).astype(np.int64)
    number = np.repeat(np.arange(len(terms)), [len(first) for first, _ in places])
    frame = pd.DataFrame(
        {
            "segment": tokens["segment"].array.take(first),
            "theme": np.array([term.theme for term in terms], dtype=np.int64)[number],
            "term": np.array([term.text for term in terms], dtype=object)[number],
            "start": tokens["start"].to_numpy()[first],
            "end": tokens["end"].to_numpy()[last],
            "words": np.array([len(term.words) for term in terms], dtype=np.int64)[number],
            "excluded": np.array([term.excluded for term in terms], dtype=bool)[number],
            "order": index.order[first],
        }
    )
    frame = _barred(frame).sort_values(["order", "theme", "start", "end", "term"], kind="stable")
    return frame[[*MATCH_COLUMNS, "barred"]].astype({"segment": "str", "term": "str"}).reset_index(drop=True)


def plain_tokens(texts: Iterable[str]) -> pd.DataFrame:
    """Words of texts that go through no pipeline (questions, definitions) in the columns that `match_terms` reads.

    `segment` is the text's number as text; each text counts as sentences parted by . ? !.
    """
    rows = []
    for number, text in enumerate(texts):
        sentence = 0
        for word in re.finditer(r"\w+['’]?|[.?!]", text):
            if word[0] in ".?!":
                sentence += 1
            rows.append((str(number), word.start(), word.end(), word[0].rstrip("'’"), "", sentence))
    columns = ["segment", "start", "end", "text", "lemma", "sentence"]
    return pd.DataFrame(rows, columns=columns).astype({"segment": "str", "text": "str", "lemma": "str"})


def _barred(frame: pd.DataFrame) -> pd.DataFrame:
    """The matches of terms that are no exclusion terms, and whether one of these touches them."""
    terms = frame[~frame["excluded"]]
    barred = frame.loc[frame["excluded"], ["order", "theme", "start", "end"]]
    if barred.empty:
        return terms.assign(barred=False)
    pairs = terms.reset_index().merge(barred, on=["order", "theme"], suffixes=("", "_barred"))
    inside = pairs[(pairs["start"] < pairs["end_barred"]) & (pairs["end"] > pairs["start_barred"])]
    return terms.assign(barred=terms.index.isin(inside["index"]))
