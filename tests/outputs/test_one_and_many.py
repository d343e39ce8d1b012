"""Sentences that count say "1 persona" and "2 persone": every template, filled with 1 and with 2, in both languages."""

import re
from string import Formatter

import pytest

from corpus.words.phrase import Phrase
from outputs.words.sentences import say, sentences

_APART = {"page", "room"}  # filled by scripts, which know no forms of a word
# Sentences whose number is never 1, or in which it is a name ("-1", "rule 1").
_NEVER = re.compile(
    r"argomenti\.note|joint_display\.note|chart\.network\.strongest|finding\.corrected\.most_\w+|saturazione\.too_few\w*"
    r"|uncoded\.short"
)
_NEVER_ONE = {"least", "fewest", "orders", "repeats", "most", "target_words", "max_words"}
_SINGULAR = {
    "it": r"\w+(?:ente|anza|one|ale|ice|ità|ave)|legame|risponde|base|serie|file|come|che|anche|dove|quale|fine|oltre",
    "en": r"is|was|has|as|this|less|across|does|answers|says|gives|comes|class|belongs|tells",
}
_PLURAL = {"it": r"\w{3,}[ie]", "en": r"\w{2,}s|people"}


_KEYS = sorted(key for key in sentences() if key.split(".")[0] not in _APART and not _NEVER.fullmatch(key))


def _facts(template: str, number: int) -> dict[str, object]:
    """Every fact of a template: the number where one may stand, a list or a fraction where only that can be shown."""
    facts: dict[str, object] = {}
    for _, name, spec, _ in Formatter().parse(template):
        if name is None:
            continue
        listed = spec == "and" or (spec and "|" not in spec and not spec.strip(" ,;o\nr"))
        fraction = spec and (spec.endswith(("f", "g", "%")) or spec in ("percent", "decimal", "p", "=p"))
        fallback = ("x",) if listed else 0.5 if fraction else 7 if name in _NEVER_ONE else number
        if not isinstance(facts.get(name), tuple):
            facts[name] = fallback
    return facts


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("key", _KEYS)
def test_one_is_followed_by_one(key, language):
    template = getattr(sentences()[key], language)
    said = say(Phrase(key, _facts(template, 1)), language)
    after = re.findall(r"(?<![\w.,=])1 (\w+)", said)
    many = [word for word in after if re.fullmatch(_PLURAL[language], word)]
    assert [word for word in many if not re.fullmatch(_SINGULAR[language], word)] == [], said


@pytest.mark.parametrize(
    "key", sorted(key for key, pair in sentences().items() if re.search(r"\{\w+:[^{}]*\|", pair.it))
)
def test_two_are_followed_by_two(key):
    pair = sentences()[key]
    for language in ("it", "en"):
        template = getattr(pair, language)
        said = say(Phrase(key, _facts(template, 2)), language)
        for one, many in re.findall(r"\{\w+:([^{}|]*)\|([^{}|]*)\}", template):
            assert many in said
            assert one in many or f"2 {one} " not in said


def test_a_number_in_words_has_its_form_too():
    assert say(Phrase("chart.saturation.point", {"reached": "1"}), "it") == " Saturazione a 1 intervista."
