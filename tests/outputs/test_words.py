"""The word files: both languages say the same, and every sentence that the code names is there."""

import re
from pathlib import Path
from string import Formatter

import pytest

from corpus.words.phrase import Phrase, from_plain, phrase, to_plain
from outputs.words.sentences import say, sentences, word

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"""(?:\b[Pp]hrase|\.words)\(\s*["']([\w. -]+)["'][,)]""")


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("key", sorted(sentences()))
def test_both_languages_are_there_and_need_the_same_facts(key):
    italian, english = sentences()[key]
    assert italian and english
    assert _fields(italian) == _fields(english)


def test_every_sentence_that_the_code_names_is_in_a_word_file():
    code = [
        path.read_text("utf-8")
        for room in ("corpus", "nlp", "outputs", "flows")
        for path in (ROOT / room).rglob("*.py")
    ]
    assert {key for text in code for key in _NAMED.findall(text)} <= set(sentences())


def test_a_sentence_is_filled_in_the_language_asked():
    few = phrase("not_computable", reason=phrase("reason.few", least=10))
    assert say(few, "it") == "non calcolabile: meno di 10 rispondenti"
    assert say(few, "en") == "not computable: fewer than 10 respondents"
    assert say("Già in parole", "en") == "Già in parole" and say(None, "it") == ""


def test_a_code_without_a_word_stands_for_itself():
    assert word("how", "pattern", "it") == "termini"
    assert word("how", "guessed", "it") == "guessed"


def test_a_phrase_comes_back_from_plain_values_as_it_was():
    told = phrase("not_computable", reason=phrase("reason.few", least=10), parts=("a", 2, 0.5, None, phrase("x")))
    assert from_plain(to_plain(told)) == told
    assert isinstance(from_plain(to_plain(told)), Phrase)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("it", "Macchina e persone a confronto, tema per tema. Da verificare: Acqua."),
        ("en", "Machine and people compared, theme by theme. To be checked: Acqua."),
    ],
)
def test_what_begins_with_a_capital_begins_a_sentence(language, told):
    levels = phrase("fiducia.lead", levels=(phrase("fiducia.first_themes_of.check", themes=("Acqua",)),))
    assert say(phrase("page.agreement", levels=levels), language) == told
