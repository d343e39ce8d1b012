"""The words of a table that are Trama's own, not the study's: what no other language may stand in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter
from typing import Any

from corpus.study import Study
from corpus.words.phrase import PAIR, Phrase
from nlp.results import Results
from outputs.tables.glossary import glossary
from outputs.tables.table import Table
from outputs.words.sentences import say, sentences, word

# Italian words that stand in hardly any Italian sentence of ours without one of them, and in no English one.
ITALIAN = re.compile(
    r"\b(di|del|dello|della|dei|degli|delle|il|lo|gli|una|che|nessun[oa]?|fra|più|meno|è|sono|chi(?!-)|anche|senza|già|ogni|"
    r"dell|dall|nell|sull|un'|non so|non risponde|non calcolabile|nessuno|temi|domand[ae]|rispost[ae]|rispondenti|"
    r"intervist[ae]|segment[io]|codific[ah]\w*|vantaggio|criticità|proposta|neutro|errore|avviso|affidabile|persone|"
    r"argoment[io]|sì|tutti|regola|termini|parole)\b",
    re.IGNORECASE,
)
_PARTED = re.compile(r" \[…\] |[;,:] |\n| …|(?<=\d) ")  # of passages, lists, lines, a number from its unit
_A_FEW_WORDS = 3  # from which on a text that is ours does not stand in an interview by chance


def english_words(table: Table) -> Iterator[str]:
    """What Trama itself says in a table read in English, with `·` where the study's own texts stand."""
    texts = [table.title, table.note, table.lead, *(column.heading for column in table.columns)]
    texts += [column.meaning for column in table.columns]
    for text in texts:
        yield say(_without_data(text), "en")
    for column in table.columns:
        entry = glossary().get(column.word or column.key, {})
        yield from () if column.heading else (entry.get("en", ""),)
        yield from () if column.meaning else (entry.get("meaning_en", ""),)
        for value in table.frame[column.key].tolist():
            if isinstance(value, Phrase):
                yield say(_without_data(value), "en")
            elif isinstance(value, str) and column.vocabulary and f"{column.vocabulary}.{value}" in sentences():
                yield word(column.vocabulary, value, "en")


def data_texts(table: Table) -> Iterator[str]:
    """Every text that a table holds as data: plain cells, and the facts that its Phrases are filled with."""
    values = [table.title, table.note, table.lead, *(column.heading for column in table.columns)]
    values += [column.meaning for column in table.columns]
    for column in table.columns:
        values += [value for value in table.frame[column.key].tolist() if not column.vocabulary or not _is_text(value)]
    for value in values:
        yield from _texts_within(value)


def material_of(study: Study, results: Results, tables: Iterable[Table]) -> str:
    """All texts of a study in one: what was said, codebook, questionnaire, answers, respondents, topics, entities.

    And the keys of its tables, which a finding is read from: they are the same in every language.
    """
    texts = [table.key for table in tables]
    texts += [study.settings.study.title, study.settings.tables.class_variable, *study.settings.tables.variables]
    texts += [kind.name for kind in study.settings.types]
    texts += [text for item in study.items for text in (item.text, item.unit, item.notes, item.code)]
    texts += [option.label for item in study.items for option in item.options]
    texts += [text for theme in study.themes for text in (theme.label, theme.code, theme.definition)]
    texts += [term for theme in study.themes for term in (*theme.include_terms, *theme.examples)]
    frames = (study.respondents, study.answers, results.segments, results.topics, results.topic_hierarchy)
    for frame in (*frames, results.entities, results.codings, results.uncoded_terms):
        for name in frame.columns:
            texts += [text for text in frame[name].drop_duplicates().tolist() if _is_text(text)]
    return "\n".join(texts)


def texts_of_nobody(table: Table, material: str) -> list[str]:
    """Texts held as data with an Italian word of ours in them that the study does not have, whole or in parts."""
    return [text for text in data_texts(table) if ITALIAN.search(text) and not _is_made_of(material, text)]


def _is_made_of(material: str, text: str) -> bool:
    return all(piece in material for piece in _PARTED.split(text))


def sentences_within(text: str) -> list[str]:
    """The parts of Trama's own sentences, in either language, that stand in a text."""
    return [part for part in _parts_of_sentences() if part in text]


@cache
def _parts_of_sentences() -> tuple[str, ...]:
    """What stands between the fields of the word files' sentences, where it is a few words long."""
    templates = [template for sentence in sentences().values() for template in sentence]
    literals = [literal.strip() for template in templates for literal, *_ in Formatter().parse(template)]
    return tuple(sorted({literal for literal in literals if len(literal.split()) >= _A_FEW_WORDS}))


def _without_data(value: Any) -> Any:
    if isinstance(value, Phrase):
        facts = {name: _without_data(fact) for name, fact in value.facts.items()}
        return "·" if value.key == PAIR else Phrase(value.key, facts)
    if isinstance(value, tuple | list):
        return tuple(_without_data(part) for part in value)
    return "·" if _is_text(value) else value


def _texts_within(value: Any) -> Iterator[str]:
    if _is_text(value):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts_within(part)
    elif isinstance(value, Phrase) and value.key != PAIR:  # a pair was written in both languages where it arose
        for fact in value.facts.values():
            yield from _texts_within(fact)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
