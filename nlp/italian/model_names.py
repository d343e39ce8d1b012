"""Which of the names that the model saw are believed, and as what; and given names that it did not see.

The model learned from news: in talk it takes "Guardi" and "Geniale" for persons, and "la Bruna" for a firm.
"""

import re
from collections.abc import Iterable, Iterator

from nlp.italian.mentions import Mention
from nlp.italian.name_lists import given_name, is_town, nobody, surname
from nlp.italian.person_names import is_name, name_form, trim_name
from nlp.italian.phrases import is_common_word
from nlp.italian.places import is_sigla, starts_sentence

_LABELS = ("LOC", "ORG", "PER")
_OF_SOMEBODY = re.compile(r"\b(?:il|la|al|alla|dal|dalla|del|della|zi[ao]|signora?|mia|mio|con la)\s$", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?<![\w'’])[A-ZÀ-Ý][a-zà-ÿ]+(?:[ ][A-ZÀ-Ý][a-zà-ÿ]+)*(?![\w'’])")
_WORD = re.compile(r"\w+")
_TITLED = re.compile(
    r"(?<!\w)(?i:don|signora?|signorina|dott|dottor|dottoressa|ingegner|ing|arch|geom|ragionier|avv|prof|professor"
    r"|maestr[oa]|marescial+o|onorevole|monsignor|zi[oa])\.?[ ]"
    r"(?P<name>[A-ZÀ-Ý][a-zà-ÿ]+(?:[ ][A-ZÀ-Ý][a-zà-ÿ]+)?)(?![\w'’])"
)
_CALLED_SO = re.compile(
    r"\b(?:scuola|liceo|istituto|ospedale|teatro|stadio|via|piazza|fondazione|cooperativa|legge|decreto|madonna del"
    r"|festa del|chiesa del|rione|quartiere|zona)\s(?:don )?$",
    re.IGNORECASE,
)
_OF_SCHOOL = re.compile(r"(?:scuola|ospedale|mercato|sindaco|stazione) di \w+$", re.IGNORECASE)
_FILLER = re.compile(r"(?:mh|eh|ehm|ah|uhm|oh|zona|quartiere)[ ]")
_CUT = re.compile(r"[ ](?:san|santa|santo|sant|mh|eh|ehm|ah|uhm|che|è|e|di|del|della|tuti|poi|li|qui)$")


def names_of_model(text: str, mentions: Iterable[tuple[int, int, str]], uncased: bool) -> Iterator[Mention]:
    """The PER, ORG and LOC mentions to go on with, of what the model saw as (start, end, label)."""
    for start, end, label in mentions:
        start, end = trim_name(text, start, end)
        start, end = (_trim_said if uncased else _trim_words)(text, start, end)
        surface = text[start:end]
        if label not in _LABELS or not is_name(surface, uncased) or is_sigla(text, start, end):
            continue
        label = _label(text, start, end, label, uncased)
        if label:
            yield Mention(start, end, label, name_form(surface), rule=False)


def titled_names(text: str, uncased: bool) -> Iterator[Mention]:
    """PER mentions after a title, whatever else the word may be: "la dottoressa Nero", "il ragionier Como"."""
    for match in () if uncased else _TITLED.finditer(text):
        start, end = match.span("name")
        if not _CALLED_SO.search(text[max(0, match.start() - 20) : match.start()]):
            yield Mention(start, end, "PER", name_form(match["name"]))


def names_by_list(text: str, uncased: bool) -> Iterator[Mention]:
    """PER mentions that begin with a given name which is nothing else; they give way as the model's do."""
    if uncased:
        for match in _WORD.finditer(text):
            if len(match[0]) > 3 and given_name(match[0]) == "name":
                yield Mention(match.start(), match.end(), "PER", name_form(match[0]), rule=False)
        return
    for match in _CAPITALISED.finditer(text):
        if given_name(match[0].split()[0]) == "name":
            yield Mention(match.start(), match.end(), "PER", name_form(match[0]), rule=False)


def _trim_said(text: str, start: int, end: int) -> tuple[int, int]:
    """Of a transcript in small letters: without fillers before, and without the beginning of the next name."""
    filler = _FILLER.match(text, start, end)
    start = filler.end() if filler else start
    cut = _CUT.search(text[start:end])
    return start, start + cut.start() if cut else end


def _trim_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Without words in small letters at the end (Piero sessantaquattro) and a sentence's first word (Passa Gerardo)."""
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    while len(words) > 1 and text[words[-1][0]].islower():
        words.pop()
        end = words[-1][1]
    if len(words) > 1:
        first = text[slice(*words[0])]
        if starts_sentence(text, start) and is_common_word(first.lower()) and not given_name(first):
            start = words[1][0]
    return start, end


def _label(text: str, start: int, end: int, label: str, uncased: bool) -> str:
    """The label that the mention gets, "" if it is no name."""
    word = text[start:end]
    if label == "PER" and _CALLED_SO.search(text[max(0, start - 20) : start]):
        return ""
    if label == "LOC" and _OF_SCHOOL.fullmatch(word):
        return ""
    if label == "PER" and uncased and word.startswith(("san ", "santa ", "santo ", "sant'")):
        return "LOC"
    if " " in word:
        return "" if uncased and all(map(is_town, word.split())) else label
    given = given_name(word)
    if given == "name":
        return "PER"
    if uncased:
        return label if label != "PER" or given or surname(word) == "name" else ""
    if label == "PER" and nobody(word):
        return ""
    if given and _OF_SOMEBODY.search(text[max(0, start - 10) : start]):
        return "PER"
    first = starts_sentence(text, start)
    may_be = label == "PER" and surname(word)
    return "" if first and is_common_word(word.lower()) and not may_be else label
