"""Dates as people say them, with a normal form in ISO 8601 as far as they were said. Reckons no relative date."""

import re
from collections.abc import Iterator
from itertools import chain

from nlp.italian.mentions import Mention, holds_any
from nlp.italian.number_words import ALONE, WORDS, parse_number
from nlp.italian.sums import UNIT

_MONTHS = [
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
]
_SEASONS = {"primavera": 21, "estate": 22, "autunno": 23, "inverno": 24}  # as ISO 8601-2 numbers them
_FEASTS = {
    **{"natale": "--12-25", "ferragosto": "--08-15", "capodanno": "--01-01", "befana": "--01-06"},
    **{"pasqua": "Pasqua", "carnevale": "carnevale", "pasquetta": "Pasquetta", "ognissanti": "--11-01"},
}
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_HUNDREDS = "(?:due|tre|quattro|cinque|sei|sette|otto|nove)?cento"
_YEAR_WORDS = rf"(?:(?:duemila|mille ?{_HUNDREDS})(?:[a-zé]+\b|[ ]e[ ]{WORDS}|(?<=cento)[ ]{WORDS})?)"
YEAR = rf"(?:(?:1[1-9]|20)\d\d|{_YEAR_WORDS})"
_SHORT_YEAR = (
    r"(?:['’]\d\d|dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove"
    r"|(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)\w*)"
)
_DAY = rf"(?P<day>[0-3]?\d|primo|{WORDS})°?"
_OF_YEAR = rf"(?:[ ](?:del[ ])?(?P<year>{YEAR})\b(?![ ]?{UNIT}))"  # "da ottobre milleduecento euro" has none
_OF_SHORT_YEAR = rf"(?:[ ]del(?:l['’]|[ ])(?P<short_year>{_SHORT_YEAR}){ALONE})"
_FULL = re.compile(rf"\b{_DAY}[ ](?:di[ ]|d['’])?{_MONTH}(?:{_OF_YEAR}\b|{_OF_SHORT_YEAR}|\b)", re.IGNORECASE)
_MONTH_YEAR = re.compile(
    rf"\b(?P<name>{'|'.join([*_MONTHS, *_SEASONS])})[ ](?:del(?:l['’]|[ ]))?(?P<year>{YEAR}|(?<=del )['’]\d\d"
    rf"|(?<=del[ l'’]){_SHORT_YEAR}{ALONE})(?!\w)(?![ ]?{UNIT})",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"(?<!lunedì di )\b(?:{_MONTH}|(?P<feast>{'|'.join(_FEASTS)}))\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.](?P<year>(?:1[89]|20)\d\d)\b")
_BEFORE_YEAR = r"(?:\b(?:nel|del|dal|al|il|anno|col|sul|fino al|entro il|per il)[ ])"
_YEAR_ALONE = re.compile(rf"{_BEFORE_YEAR}(?P<year>{YEAR})\b(?![ ]?(?:{UNIT}|abitanti))", re.IGNORECASE)
# "nel" with a number is a year, as what is counted wants "nei"; "del ventidue" may be anything's
_SHORT = re.compile(
    rf"\b(?:nel|dal|dopo il|fino al|(?:nell|dall)(?=['’]))(?:[ ]|['’])(?P<year>{_SHORT_YEAR})\b"
    r"(?![ ](?:per cento|all?\b))"
    rf"|\b(?:del|dell(?=['’]))(?:[ ]|['’])(?P<of_year>(?!trenta\b){_SHORT_YEAR}){ALONE}",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(rf"\b(?:entro il|il giorno|entro il giorno)[ ](?P<day>\d{{1,2}}|{WORDS}){ALONE}", re.IGNORECASE)
_DECADE = re.compile(
    r"\banni[ ](?:'|’)?(?P<decade>(?:19)?[2-9]0|venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta"
    r"|duemila)\b",
    re.IGNORECASE,
)
_CENTURY = re.compile(
    r"\b(?:(?:nel|del|dal)(?:l['’]|[ ])|fine|metà|inizio|primo|tardo)[ ]?"
    r"(?P<century>Duecento|Trecento|Quattrocento|Cinquecento|Seicento|Settecento|Ottocento|Novecento)\b"
)
_MONTH_PARTS = (*_MONTHS, *_SEASONS, *_FEASTS)
_YEAR_PARTS = ("anni", "mila", "mille", "cento", "vent", "dici", "dieci", "nta", "ant")
_ANY_FIGURES = re.compile(r"\d\d|\d[/.]\d")
_LATEST_SHORT = 35  # "nel trentotto" is 1938, "nel ventotto" 2028


def find_dates(text: str) -> Iterator[Mention]:
    """DATA mentions; the normal form is ISO 8601 as far as it was said: 2021-03-12, 2021-03, 2021, --03-12, 199X.

    Years of two digits are of 1936 to 2035. What is told from the day of the interview ("l'anno scorso", "due anni fa")
    is no date: no day is known to reckon from.
    """
    small = text.lower()
    figures = _ANY_FIGURES.search(text) is not None
    if holds_any(small, _MONTH_PARTS):
        yield from _months(text)
    if figures or holds_any(small, ("entro il", "giorno")):
        yield from _days_alone(text)
    if figures or holds_any(small, _YEAR_PARTS):
        yield from _years(text)


def _months(text: str) -> Iterator[Mention]:
    for match in _FULL.finditer(text):
        day = parse_number(match["day"].lower().replace("primo", "1"))
        month = _month(match["month"])
        if day is not None and 1 <= day <= 31:
            said_year = match["year"] or match["short_year"]
            year = _year(said_year) if said_year else "-"
            yield Mention(match.start(), match.end(), "DATA", f"{year}-{month:02d}-{int(day):02d}")
    for match in _MONTH_YEAR.finditer(text):
        name = match["name"].lower()
        number = _SEASONS.get(name) or _month(name)
        yield Mention(match.start(), match.end(), "DATA", f"{_year(match['year'])}-{number:02d}")
    for match in _MONTH_ALONE.finditer(text):
        normal = _FEASTS[match["feast"].lower()] if match["feast"] else f"--{_month(match['month']):02d}"
        yield Mention(match.start(), match.end(), "DATA", normal)


def _days_alone(text: str) -> Iterator[Mention]:
    for match in _FIGURES.finditer(text):
        day = int(match["day"])
        month = int(match["month"])
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield Mention(match.start(), match.end(), "DATA", f"{match['year']}-{month:02d}-{day:02d}")
    for match in _DAY_ALONE.finditer(text):
        said = parse_number(match["day"])
        if said is not None and 1 <= said <= 31:
            yield Mention(match.start("day"), match.end("day"), "DATA", f"---{int(said):02d}")


def _years(text: str) -> Iterator[Mention]:
    for match in chain(_YEAR_ALONE.finditer(text), _SHORT.finditer(text)):
        name = match.lastgroup or "year"
        if (year := _year(match[name])) != "":
            yield Mention(match.start(name), match.end(name), "DATA", year)
    for match in _DECADE.finditer(text):
        value = parse_number(match["decade"])
        assert value is not None
        yield Mention(match.start(), match.end(), "DATA", "200X" if value == 2000 else f"19{int(value) % 100 // 10}X")
    for match in _CENTURY.finditer(text):
        value = parse_number(match["century"])
        assert value is not None
        yield Mention(match.start("century"), match.end("century"), "DATA", f"{10 + int(value) // 100}XX")


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _year(text: str) -> str:
    """Four digits, of a year in figures or words, whole or its last two digits; "" if it is none."""
    value = parse_number(text.strip("'’"))
    if value is None:
        return ""
    if value < 100:
        return str(int(value) + (2000 if value <= _LATEST_SHORT else 1900))
    return str(int(value)) if 1100 <= value < 2100 else ""
