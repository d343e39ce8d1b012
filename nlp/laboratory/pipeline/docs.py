"""Copies of gold Docs with other columns. Pure functions; they never read files."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab


def rebuild(doc: Doc, vocab: Vocab, **changes: list) -> Doc:
    """Copy a one-sentence or longer gold Doc onto `vocab`, with some of its token columns replaced."""
    columns: dict[str, list] = {
        "words": [token.text for token in doc],
        "spaces": [bool(token.whitespace_) for token in doc],
        "tags": [token.tag_ for token in doc],
        "pos": [token.pos_ for token in doc],
        "morphs": [str(token.morph) for token in doc],
        "lemmas": [token.lemma_ for token in doc],
        "heads": [token.head.i for token in doc],
        "deps": [token.dep_ for token in doc],
        "sent_starts": [token.is_sent_start for token in doc],
    }
    return Doc(vocab, **{**columns, **changes})  # type: ignore[arg-type]
