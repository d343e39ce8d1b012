"""Where treebanks write otherwise than ISDT does, and how their sentences are brought to its conventions.

docs/italian.md has the table of differences. It never reads files; Docs in, Docs out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from nlp.laboratory.pipeline.docs import rebuild

# Relations with a second part that ISDT or KIParla know; of others (vocative:mention) the first part is kept.
RELATIONS = frozenset(
    (
        "acl:relcl", "aux:pass", "ccomp:reported", "det:poss", "det:predet", "expl:impers", "expl:pass",
        "flat:foreign", "flat:name", "nsubj:pass", "obl:agent",
    )
)  # fmt: skip
MARKERS = {"che", "se"}
SURE = 0.9  # share of the most frequent features of a word, from which they are given to one that has none
SEEN = 3  # times

Features = dict[tuple[str, str, str], str]


def harmonised(doc: Doc) -> Doc:
    """A sentence of any treebank with ISDT's relations, tags of auxiliaries and lemmas of punctuation."""
    return rebuild(
        doc,
        doc.vocab,
        deps=[token.dep_ if token.dep_ in RELATIONS else token.dep_.partition(":")[0] for token in doc],
        tags=[_auxiliary_tag(token) for token in doc],
        lemmas=[token.text if token.lemma_ == "[PUNCT]" else token.lemma_ for token in doc],
    )


def from_pud(doc: Doc) -> Doc:
    """A sentence of PUD: parts of speech and relations as ISDT's; its tags (Penn's) and features are left out."""
    return rebuild(
        doc,
        doc.vocab,
        pos=[_pud_part_of_speech(token) for token in doc],
        deps=[_pud_relation(token) for token in doc],
        tags=[""] * len(doc),
        morphs=[""] * len(doc),
    )


def usual_features(docs: Iterable[Doc]) -> Features:
    """(form in small letters, part of speech, tag) -> the features that it nearly always has."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for doc in docs:
        for token in doc:
            counts.setdefault(_key(token), Counter())[str(token.morph)] += 1
    usual = {}
    for key, found in counts.items():
        features, times = found.most_common(1)[0]
        if features and times >= SEEN and times >= SURE * found.total():
            usual[key] = features
    return usual


def with_features(doc: Doc, usual: Features) -> Doc:
    """The sentence with the usual features where a word has none."""
    return rebuild(doc, doc.vocab, morphs=[str(token.morph) or usual.get(_key(token), "") for token in doc])


def _key(token: Token) -> tuple[str, str, str]:
    return token.lower_, token.pos_, token.tag_


def _auxiliary_tag(token: Token) -> str:
    # ParTUT, TWITTIRO and MarkIT give the copula the tag of a verb
    return "VA" + token.tag_[1:] if token.pos_ == "AUX" and token.tag_.partition("_")[0] == "V" else token.tag_


def _pud_part_of_speech(token: Token) -> str:
    if token.dep_ == "det:poss":
        return "DET"
    if token.dep_ == "mark" and token.lower_ in MARKERS:
        return "SCONJ"
    return token.pos_


def _pud_relation(token: Token) -> str:
    if token.dep_ == "flat" and token.pos_ == token.head.pos_ == "PROPN":
        return "flat:name"
    passive = any(child.dep_ in ("aux:pass", "nsubj:pass") for child in token.head.children)
    by = any(child.dep_ == "case" and child.lemma_.startswith("da") for child in token.children)
    return "obl:agent" if token.dep_ == "obl" and passive and by else token.dep_
