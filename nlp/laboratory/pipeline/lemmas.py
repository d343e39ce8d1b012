"""Treebanks and Morph-it -> the tables of the lexicon lemmatizer: endings learned by majority, and the exceptions.

Pure functions of Docs and word lists.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import wordfreq
from spacy.tokens import Doc

from nlp.italian.lemmatizer import LexiconLemmatizer
from nlp.laboratory.pipeline.lexicon import Lexicon

OPEN_CLASSES = {"adj": "ADJ", "noun": "NOUN", "verb": "VERB", "adv": "ADV"}
SMALL = {"VERB", "AUX", "ADV", "DET", "ADP", "PRON"}  # a capital in a lemma of these is a slip of the treebank
PRONOUNS = ("mi", "ti", "si", "ci", "vi", "lo", "la", "li", "le", "ne", "gli")
# me lo, te ne ... -> the pronouns' own lemmas
DOUBLE = {f"{first[:-1]}e{second}": f"{first} {second}" for first in PRONOUNS[:5] for second in PRONOUNS[5:10]}
DOUBLE |= {f"glie{second}": f"gli {second}" for second in PRONOUNS[5:10]}
IMPERATIVES = {"di": "dire", "fa": "fare", "da": "dare", "va": "andare", "sta": "stare"}
LONGEST = 8
CURRENT_WORDS = 200_000

Table = dict[str, dict[str, str]]


def gold_lemmas(docs: Iterable[Doc]) -> Table:
    """Part of speech -> form in small letters -> the lemma that the treebanks give it most often."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            lemma = token.lemma_.lower() if token.pos_ in SMALL else token.lemma_
            counts[token.pos_, token.lower_.replace("’", "'")][lemma] += 1
    table: Table = defaultdict(dict)
    for (pos, form), lemmas in sorted(counts.items()):
        table[pos][form] = min(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
    return table


def listed_lemmas(lexicon: Lexicon) -> Table:
    """The same from Morph-it, for current words of the open classes, and for fused verbs made from its infinitives."""
    current = set(wordfreq.top_n_list("it", CURRENT_WORDS, wordlist="best"))
    table: Table = defaultdict(dict)
    for name, pos in OPEN_CLASSES.items():
        for form, lemma in lexicon.tables[name].items():
            if form in current and form.isalpha() and lemma.isalpha():
                table[pos][form] = lemma
    table["VERB"] |= fused_verbs(table["VERB"])
    return table


def fused_verbs(verbs: dict[str, str]) -> dict[str, str]:
    """Infinitives, gerunds and short imperatives with pronouns: parlarmi, dicendoglielo, dimmi."""
    pronouns = {pronoun: pronoun for pronoun in PRONOUNS} | DOUBLE
    fused: dict[str, str] = {}
    for form, lemma in verbs.items():
        stem = form[:-1] if form == lemma and form.endswith("re") else form if form.endswith("ndo") else None
        if stem is not None:
            fused |= {stem + ending: f"{lemma} {lemmas}" for ending, lemmas in pronouns.items()}
    for stem, lemma in IMPERATIVES.items():
        for ending, lemmas in pronouns.items():
            doubled = ending if ending.startswith("gl") else ending[0] + ending
            fused[stem + doubled] = f"{lemma} {lemmas}"
    return fused


def build_lemmatizer(
    lemmatizer: LexiconLemmatizer, docs: Iterable[Doc], others: Iterable[Doc], lexicon: Lexicon
) -> None:
    """Fill the lemmatizer's tables from gold training Docs, from others for what those lack, and from Morph-it."""
    gold = gold_lemmas(docs)
    for pos, lemmas in gold_lemmas(others).items():
        if pos != "PROPN":  # tweets write names small
            gold[pos] = lemmas | gold.get(pos, {})
    listed = listed_lemmas(lexicon)
    # auxiliaries fall back on verbs, whose tables must be there first
    for pos in sorted({*gold, *listed}, key=lambda pos: (pos == "AUX", pos)):
        lemmas = listed.get(pos, {}) | gold.get(pos, {})
        if pos in OPEN_CLASSES.values():
            lemmatizer.endings[pos] = learn_endings(lemmas)
        lemmatizer.exceptions[pos] = {
            form: lemma for form, lemma in sorted(lemmas.items()) if lemmatizer.lemma(form, pos) != lemma
        }


def learn_endings(lemmas: dict[str, str]) -> dict[str, list]:
    """Ending -> [cut, add] by majority over forms; kept only where it differs from the next shorter ending's rule."""
    counts: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for form, lemma in lemmas.items():
        shared = next(
            (i for i, (a, b) in enumerate(zip(form, lemma, strict=False)) if a != b), min(len(form), len(lemma))
        )
        rule = (len(form) - shared, lemma[shared:])
        for length in range(rule[0], min(LONGEST, len(form)) + 1):
            counts[form[len(form) - length :]][rule] += 1
    endings_kept: dict[str, list] = {}
    for ending in sorted(counts, key=lambda text: (len(text), text)):
        rule, support = min(counts[ending].items(), key=lambda item: (-item[1], item[0]))
        shorter = next(
            (endings_kept[ending[i:]] for i in range(1, len(ending) + 1) if ending[i:] in endings_kept), None
        )
        if support >= 2 and list(rule) != shorter:
            endings_kept[ending] = list(rule)
    return endings_kept
