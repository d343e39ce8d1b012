"""Lemmas by word form and part of speech: a table of exceptions, then the longest matching ending. A spaCy component.

Fused forms get both lemmas, parted by a space (della: "di il", parlarmi: "parlare mi"), as in it_core_news_sm.
It reads part-of-speech tags that an earlier component set; it never looks at context, so it is fast and repeatable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

FILE = "lemmas.msgpack"
CACHE_SIZE = 100_000
UNCHANGED = frozenset({"PUNCT", "SYM", "NUM", "X", "PROPN"})


class LexiconLemmatizer(Pipe):
    """Sets `token.lemma`.

    exceptions: part of speech -> form in small letters -> lemma.
    endings: part of speech -> ending -> [letters to cut, letters to add]; the longest ending that fits is used.
    """

    def __init__(self, vocab: Vocab, name: str = "lemmatizer") -> None:
        self.vocab = vocab
        self.name = name
        self.exceptions: dict[str, dict[str, str]] = {}
        self.endings: dict[str, dict[str, list]] = {}
        self._cache: dict[tuple[int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        cache = self._cache
        for token in doc:
            key = (token.orth, token.pos)
            lemma = cache.get(key)
            if lemma is None:
                if len(cache) >= CACHE_SIZE:
                    cache.clear()
                lemma = cache[key] = self.vocab.strings.add(self.lemma(token.text, token.pos_))
            token.lemma = lemma
        return doc

    def lemma(self, form: str, pos: str) -> str:
        """The lemma of one form, given its universal part of speech."""
        small = form.lower().replace("’", "'")
        known = self.exceptions.get(pos, {}).get(small)
        if known is not None:
            return known
        if pos == "PROPN":
            return form.title() if form.islower() or (form.isupper() and len(form) > 5) else form
        if pos in UNCHANGED:
            return form
        if pos == "AUX":
            return self.lemma(form, "VERB")
        endings = self.endings.get(pos, {})
        for start in range(max(0, len(small) - 8), len(small) + 1):
            rule = endings.get(small[start:])
            if rule is not None and rule[0] <= len(small):
                return small[: len(small) - rule[0]] + rule[1]
        return small

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Accuracy of lemmas, as spaCy's own lemmatizers score it."""
        return Scorer.score_token_attr(examples, "lemma", **kwargs)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the tables, keys sorted, so that the same tables always give the same bytes."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        srsly.write_msgpack(path / FILE, self._tables())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LexiconLemmatizer:
        """Read the tables."""
        return self._load(srsly.read_msgpack(Path(path) / FILE))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The tables as bytes."""
        return srsly.msgpack_dumps(self._tables())

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> LexiconLemmatizer:
        """Read the tables from bytes."""
        return self._load(srsly.msgpack_loads(data))

    def _tables(self) -> dict[str, Any]:
        def ordered(table: dict) -> dict:
            return {pos: dict(sorted(table[pos].items())) for pos in sorted(table)}

        return {"exceptions": ordered(self.exceptions), "endings": ordered(self.endings)}

    def _load(self, tables: dict[str, Any]) -> LexiconLemmatizer:
        self.exceptions = tables["exceptions"]
        self.endings = tables["endings"]
        self._cache.clear()
        return self


@Language.factory("trama_lexicon_lemmatizer", assigns=["token.lemma"], requires=["token.pos"])
def make_lemmatizer(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """spaCy's factory: importing this module is what makes the bundled model loadable."""
    return LexiconLemmatizer(nlp.vocab, name)
