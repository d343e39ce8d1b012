"""Segments through the spaCy pipeline: a row a token, a row a name that the model saw. It chooses no model.

Every distinct text is analysed once; attributes leave spaCy as whole arrays and the Docs are let go at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import pandas as pd
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, MORPH, ORTH, POS, SENT_START
from spacy.language import Language
from spacy.tokens import Doc

# spaCy needs about 1 GB for 100,000 characters of one Doc; longer texts are analysed in pieces.
MAX_CHARACTERS = 20_000
# Of the texts of a batch together: enough to keep numpy's products busy, few enough to stay in the processor's cache.
BATCH_CHARACTERS = 15_000
CAPITALS_SHARE = 0.8
FEWEST_LETTERS = 10
_ATTRIBUTES = [ORTH, LEMMA, POS, MORPH, DEP, HEAD, IDX, LENGTH, SENT_START]
_STRINGS = ("text", "lemma", "pos", "morph", "dep")
MENTION_COLUMNS = ["segment", "start", "end", "surface", "label"]


def annotate(segments: pd.DataFrame, pipeline: Language) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A Tokens frame and the model's names (segment, start, end, surface, label), in the order of `segments`.

    `segments` has the columns segment and text. `start:end` count code points in the segment's text. Texts all in
    capitals are analysed in small letters; a token's text stays as it was written. Texts beyond 20,000 characters are
    analysed in pieces, cut between words. The result does not depend on how texts are batched.
    """
    codes, distinct = pd.factorize(segments["text"].to_numpy(dtype=object))
    texts: list[str] = list(distinct)
    parts = [(number, start, end) for number, text in enumerate(texts) for start, end in cut(text)]
    written = (lower_capitals(texts[number][start:end]) for number, start, end in parts)
    columns = _Columns()
    batches = _batches(written, BATCH_CHARACTERS)
    docs = chain.from_iterable(pipeline.pipe(batch, batch_size=len(batch)) for batch in batches)
    for (number, start, _), doc in zip(parts, docs, strict=True):
        columns.add(number, start, doc)
    names = segments["segment"].to_numpy(dtype=object)
    return _tokens(columns, texts, codes, names, pipeline), _mentions(columns, texts, codes, names)


def cut(text: str, size: int = MAX_CHARACTERS) -> Iterator[tuple[int, int]]:
    """`start, end` of pieces of at most `size` characters, cut after a sentence end, else a blank, else anywhere."""
    start = 0
    while len(text) - start > size:
        window = text[start : start + size]
        end = max(window.rfind(sign) + len(sign) - 1 for sign in (". ", "? ", "! ", "\n"))
        if end < size // 2:
            end = window.rfind(" ")
        end = start + (end if end > 0 else size)
        yield start, end
        start = end
    if start < len(text) or not text:
        yield start, len(text)


def _batches(texts: Iterable[str], characters: int) -> Iterator[list[str]]:
    """The texts in turn, in lists of `characters` or a little more, the last one shorter."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= characters:
            yield batch
            batch = []
            size = 0
    if batch:
        yield batch


def lower_capitals(text: str) -> str:
    """The text in small letters, character by character, when at least 80% of ten letters or more are capitals."""
    if sum(map(str.isupper, text)) < CAPITALS_SHARE * FEWEST_LETTERS:  # nearly every text
        return text
    letters = [character for character in text if character.isalpha()]
    if len(letters) < FEWEST_LETTERS or sum(map(str.isupper, letters)) < CAPITALS_SHARE * len(letters):
        return text
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


@dataclass
class _Columns:
    """What is kept of the Docs: one array a Doc, and the few names."""

    arrays: list[np.ndarray] = field(default_factory=list)
    names: list[tuple[int, int, int, str]] = field(default_factory=list)

    def add(self, number: int, offset: int, doc: Doc) -> None:
        values = doc.to_array(_ATTRIBUTES).astype(np.uint64).view(np.int64).reshape(len(doc), len(_ATTRIBUTES))
        rows = np.empty((len(doc), len(_ATTRIBUTES) + 1), dtype=np.int64)
        rows[:, 0] = number
        rows[:, 1:] = values
        rows[:, 1 + _ATTRIBUTES.index(IDX)] += offset
        self.arrays.append(rows)
        for entity in doc.ents:
            self.names.append((number, offset + entity.start_char, offset + entity.end_char, entity.label_))


def _tokens(
    columns: _Columns, texts: list[str], codes: np.ndarray, names: np.ndarray, pipeline: Language
) -> pd.DataFrame:
    rows = np.concatenate([*columns.arrays, np.empty((0, len(_ATTRIBUTES) + 1), dtype=np.int64)])
    lengths = np.bincount(rows[:, 0], minlength=len(texts))
    firsts = np.cumsum(lengths) - lengths
    token = np.arange(len(rows)) - np.repeat(firsts, lengths)
    take, owners = _spread(firsts, lengths, codes)
    starts = rows[:, 1 + _ATTRIBUTES.index(IDX)]
    spans = rows[:, 1 + _ATTRIBUTES.index(LENGTH)]
    frame = {"segment": pd.Series(names, dtype="str").take(owners).array, "token": token[take]}
    frame |= {"start": starts[take], "end": (starts + spans)[take]}
    for column, name in enumerate(_STRINGS, start=1):
        hashes, inverse = np.unique(rows[:, column], return_inverse=True)
        strings = pd.Series([_string(int(value), pipeline) for value in hashes.view(np.uint64)], dtype="str")
        frame[name] = strings.take(inverse[take]).array
    frame["head"] = (token + rows[:, 1 + _ATTRIBUTES.index(HEAD)])[take]
    frame["sentence"] = _sentences(rows, firsts, lengths)[take]
    return _restore_text(pd.DataFrame(frame), texts, codes, owners)


def _string(value: int, pipeline: Language) -> str:
    return "" if value == 0 else pipeline.vocab.strings[value]


def _spread(firsts: np.ndarray, lengths: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the distinct texts' tokens for each segment in turn, and the segment's number for each.

    Each distinct text was analysed once; here its tokens are laid out again for every segment that says it, with whole
    arrays instead of a loop over segments. `firsts` and `lengths` say where the tokens of each text stand, `codes`
    which text each segment says; the running count of a segment's own tokens is added to where its text begins.
    """
    counts = lengths[codes] if len(codes) else np.empty(0, dtype=np.int64)
    owners = np.repeat(np.arange(len(codes)), counts)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
    return (firsts[codes][owners] + within if len(codes) else within), owners


def _sentences(rows: np.ndarray, firsts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    begins = rows[:, 1 + _ATTRIBUTES.index(SENT_START)] == 1
    begins[firsts[lengths > 0]] = True
    running = np.cumsum(begins)
    return running - np.repeat(running[firsts[lengths > 0]], lengths[lengths > 0])


def _restore_text(frame: pd.DataFrame, texts: list[str], codes: np.ndarray, owners: np.ndarray) -> pd.DataFrame:
    """Put the capitals back where they were taken away for the analysis."""
    changed = np.array([lower_capitals(text) != text or len(text) > MAX_CHARACTERS for text in texts], dtype=bool)
    where = np.flatnonzero(changed[codes][owners]) if len(codes) else np.empty(0, dtype=np.int64)
    if len(where):
        spans = zip(codes[owners[where]], frame["start"].iloc[where], frame["end"].iloc[where], strict=True)
        written = frame["text"].to_numpy(dtype=object, copy=True)
        written[where] = [texts[number][start:end] for number, start, end in spans]
        frame["text"] = pd.array(written, dtype="str")
    return frame


def _mentions(columns: _Columns, texts: list[str], codes: np.ndarray, names: np.ndarray) -> pd.DataFrame:
    model_names = pd.DataFrame(columns.names, columns=["text", "start", "end", "label"])
    model_names["surface"] = [texts[number][start:end] for number, start, end, _ in columns.names]
    owners = pd.DataFrame({"segment": pd.Series(names, dtype="str"), "text": codes, "order": np.arange(len(codes))})
    spread = owners.merge(model_names, on="text").sort_values(["order", "start"], kind="stable")
    types = {"segment": "str", "start": "int64", "end": "int64", "surface": "str", "label": "str"}
    return spread[MENTION_COLUMNS].astype(types).reset_index(drop=True)
