"""Organisations that a head names: cooperativa Girasole, liceo Galilei, Banca di Piacenza, bar Zanarini.

It looks at one text at a time and knows no list of organisations.
"""

import re
from collections.abc import Iterator

from nlp.italian.mentions import Mention, holds_any
from nlp.italian.name_lists import surname
from nlp.italian.phrases import is_common_word

_SCHOOL = (
    r"(?:liceo(?: classico| scientifico| artistico| linguistico| musicale)?"
    r"|istituto(?: comprensivo| tecnico| superiore| alberghiero| professionale| agrario))"
)
_BANK = r"(?:banca|banco|bcc|cassa di risparmio|cassa rurale)"
_FIRM = (
    r"(?:cooperativa(?: sociale| agricola| edilizia)?|associazione(?: culturale| sportiva)?|circolo|ditta|impresa"
    r"|azienda agricola|polisportiva|confraternita|società|fondazione|consorzio stabile)"
)
_SHOP = r"(?:bar|caffè|ristorante|trattoria|pizzeria|osteria|gelateria|pasticceria|panificio|libreria|hotel|albergo)"
_TEAM = r"(?:U\.?S\.?D?|A\.?S\.?D|A\.?C\.?D?|G\.?S|S\.?S\.?D?|F\.?C)\.?"
_CAPITALISED = r"[A-ZÀ-Ý][\wÀ-ÿ]+(?:['’][A-ZÀ-Ý]?[\wÀ-ÿ]+)?"
_MORE = rf"(?:[ ](?:(?:e|di|del|della|dei|delle|degli)[ ]|(?:dell|d)['’])?{_CAPITALISED})*"
_NAMED = re.compile(
    rf"(?<!\w)(?:(?i:{_SCHOOL}|{_FIRM}|{_SHOP})[ ]{_CAPITALISED}{_MORE}"
    rf"|(?i:{_BANK})[ ](?:(?:di|del|della|dei|delle|degli)[ ]|dell['’])?{_CAPITALISED}{_MORE}"
    rf"|{_TEAM}[ ]{_CAPITALISED}(?:[ ]{_CAPITALISED})*)"
)
_IN_SMALL_LETTERS = re.compile(rf"(?<!\w)(?:{_SCHOOL}|{_FIRM}|{_SHOP}|banca|us|asd)[ ](?P<name>\w{{4,}})(?![\w~])")
_SCHOOL_NAME = re.compile(
    rf"(?<!\w)(?i:scuol[ae](?: elementare| media| materna| primaria| dell['’]infanzia)?)[ ](?P<name>{_CAPITALISED}"
    rf"(?:[ ]{_CAPITALISED})*)"
)
_HEAD_PARTS = (
    *("liceo", "istituto", "banc", "bcc", "cassa", "cooperativa", "associazione", "circolo", "ditta", "impresa"),
    *("azienda", "polisportiva", "confraternita", "società", "fondazione", "consorzio", "bar ", "caff", "ristorante"),
    *("trattoria", "pizzeria", "osteria", "gelateria", "pasticceria", "panificio", "libreria", "hotel", "albergo"),
    *("scuol", "us ", "asd ", "u.s", "a.s", "ac ", "a.c", "gs ", "g.s", "ss ", "s.s", "usd ", "fc ", "f.c", "ssd "),
)


def find_organisations(text: str, *, uncased: bool) -> Iterator[Mention]:
    """ORG mentions of a head and a name; of "scuola Don Milani" the name alone, as a school is also a building.

    In a transcript without capitals a name is one word that is no other word: a surname, or no Italian word at all.
    """
    if not holds_any(text.lower(), _HEAD_PARTS):
        return
    for match in _NAMED.finditer(text):
        yield Mention(match.start(), match.end(), "ORG", _normal(match[0]))
    for match in _SCHOOL_NAME.finditer(text):
        yield Mention(match.start("name"), match.end("name"), "ORG", match["name"])
    if uncased:
        for match in _IN_SMALL_LETTERS.finditer(text):
            if surname(match["name"]) == "name" or not is_common_word(match["name"]):
                yield Mention(match.start(), match.end(), "ORG", _normal(match[0]))


def _normal(surface: str) -> str:
    words = " ".join(surface.replace("’", "'").split())
    return words[0].upper() + words[1:]
