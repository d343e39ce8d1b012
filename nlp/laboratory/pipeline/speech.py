"""Copies of gold Docs that look like transcribed speech, and the grouping of sentences into longer Docs.

Pure functions of Docs and a seeded random.Random; they never read files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from nlp.laboratory.pipeline.docs import rebuild


def without_punctuation(doc: Doc) -> Doc:
    """Drop punctuation tokens; their dependents go to the nearest ancestor that is kept. Roots are always kept."""
    words = [token for token in doc if token.pos_ != "PUNCT" or token.head == token]
    index = {token.i: new for new, token in enumerate(words)}

    def new_head(token: Token) -> int:
        head = token.head
        while head.i not in index:
            head = head.head
        return index[head.i]

    spaces = []
    for token in words:
        # "perché," + " " + "allora" -> "perché allora": the space after a dropped comma moves to the word before it
        gap = token.i + 1 < len(doc) and token.i + 1 not in index
        spaces.append(bool(token.whitespace_) or gap)
    return Doc(
        doc.vocab,
        words=[token.text for token in words],
        spaces=spaces,
        tags=[token.tag_ for token in words],
        pos=[token.pos_ for token in words],
        morphs=[str(token.morph) for token in words],
        lemmas=[token.lemma_ for token in words],
        heads=[new_head(token) for token in words],
        deps=[token.dep_ for token in words],
    )


def lower_cased(doc: Doc) -> Doc:
    """The same Doc in small letters. Lemmas keep their form: KIParla, too, writes torino with the lemma Torino."""
    return rebuild(doc, doc.vocab, words=[token.lower_ for token in doc])


def upper_cased(doc: Doc) -> Doc:
    """The same Doc in CAPITALS. Words whose length changes in capitals (ß) are left alone."""
    words = [token.text.upper() if len(token.text.upper()) == len(token.text) else token.text for token in doc]
    return rebuild(doc, doc.vocab, words=words)


def as_speech(doc: Doc) -> Doc:
    """A written sentence as a transcriber of speech would type it: small letters, no punctuation."""
    return lower_cased(without_punctuation(doc))


def styled(doc: Doc, style: str) -> Doc:
    """One training copy of a sentence in a style: "plain", "speech", "lower", "upper"."""
    if style == "speech":
        return as_speech(doc)
    if style == "lower":
        return lower_cased(doc)
    if style == "upper":
        return upper_cased(doc)
    return doc


def grouped(docs: list[Doc], rng: random.Random, low: int, high: int) -> Iterator[list[Doc]]:
    """Neighbouring sentences in groups of `low` to `high`, in order."""
    start = 0
    while start < len(docs):
        size = rng.randint(low, high)
        yield docs[start : start + size]
        start += size


def joined(docs: list[Doc]) -> Doc:
    """Sentences -> one Doc, a space between them; keeps sentence starts."""
    doc = Doc.from_docs(docs, ensure_whitespace=True, exclude=["user_data"])  # type: ignore[call-arg]
    assert doc is not None
    return doc
