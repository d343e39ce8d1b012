"""Sums of money and dates as people say them, with a normal form: 200000 EUR, 2021-03-12. Reckons no relative date."""

import re
from collections.abc import Iterator

from nlp.italian.mentions import Mention
from nlp.italian.number_words import NUMBER, WORDS, parse_number, whole

_CURRENCIES = {"euro": "EUR", "eur": "EUR", "€": "EUR", "lire": "ITL", "lira": "ITL", "dollari": "USD"}
_UNIT = r"(?:euro|eur|€|lire|dollari)"
_ANY_UNIT = re.compile(_UNIT, re.IGNORECASE)
_SUM = re.compile(rf"(?<![\w,.])(?P<number>{NUMBER})[ ]?(?:di[ ])?(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE)
_SIGN_FIRST = re.compile(rf"(?P<unit>€)[ ]?(?P<number>{NUMBER})(?!\w)", re.IGNORECASE)

_MONTHS = [
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_YEAR_WORDS = rf"(?:(?:duemila|mille ?novecento|mille ?ottocento)(?:[a-zé]+\b|[ ]e[ ]{WORDS}|(?<=cento)[ ]{WORDS})?)"
YEAR = rf"(?:(?:1[89]|20)\d\d|{_YEAR_WORDS})"
_DAY = rf"(?P<day>[0-3]?\d|primo|{WORDS})°?"
_FULL = re.compile(rf"\b{_DAY}[ ]{_MONTH}(?:[ ](?:del[ ])?(?P<year>{YEAR}))?\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}[ ](?:del[ ])?(?P<year>{YEAR})\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.](?P<year>(?:1[89]|20)\d\d)\b")
_YEAR_ALONE = re.compile(
    rf"(?:\b(?:nel|del|dal|al|il|anno|col|sul)[ ])(?P<year>{YEAR})\b(?![ ]?(?:{_UNIT}|abitanti))",
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"\banni[ ](?:'|’)?(?P<decade>(?:19)?[2-9]0|venti|trenta|quaranta|cinquanta|sessanta|settanta|ottanta|novanta"
    r"|duemila)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:l['’]anno (?:scorso|passato|prossimo)|quest['’]anno"
    rf"|(?P<count>{NUMBER}) (?P<unit>ann[oi]|mes[ei]|settiman[ae]|giorn[oi]) fa)\b",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(rf"{'|'.join(_MONTHS)}|\d|ann[io]|\bfa\b|mila|mille", re.IGNORECASE)
_PLURALS = {"ann": "anni", "mes": "mesi", "sett": "settimane", "gior": "giorni"}


def find_sums(text: str) -> Iterator[Mention]:
    """IMPORTO mentions; the normal form is `<number> <ISO currency>`."""
    if _ANY_UNIT.search(text) is None:
        return
    for pattern in (_SUM, _SIGN_FIRST):
        for match in pattern.finditer(text):
            value = parse_number(match["number"])
            if value is not None:
                normal = f"{whole(value)} {_CURRENCIES[match['unit'].lower()]}"
                yield Mention(match.start(), match.end(), "IMPORTO", normal)


def find_dates(text: str) -> Iterator[Mention]:
    """DATA mentions; the normal form is ISO 8601 as far as it was said: 2021-03-12, 2021-03, 2021, --03-12, 199X.

    Dates told from the day of the interview ("l'anno scorso", "due anni fa") keep their words: no day is assumed.
    """
    if _ANY_DATE.search(text) is None:
        return
    for match in _FULL.finditer(text):
        day = parse_number(match["day"].replace("primo", "1"))
        month = _month(match["month"])
        if day is not None and 1 <= day <= 31:
            year = _year(match["year"]) if match["year"] else "-"
            yield Mention(match.start(), match.end(), "DATA", f"{year}-{month:02d}-{int(day):02d}")
    for match in _MONTH_YEAR.finditer(text):
        yield Mention(match.start(), match.end(), "DATA", f"{_year(match['year'])}-{_month(match['month']):02d}")
    for match in _FIGURES.finditer(text):
        day = int(match["day"])
        month = int(match["month"])
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield Mention(match.start(), match.end(), "DATA", f"{match['year']}-{month:02d}-{day:02d}")
    for match in _YEAR_ALONE.finditer(text):
        if (year := _year(match["year"])) != "":
            yield Mention(match.start("year"), match.end("year"), "DATA", year)
    for match in _DECADE.finditer(text):
        value = parse_number(match["decade"])
        assert value is not None
        yield Mention(match.start(), match.end(), "DATA", "200X" if value == 2000 else f"19{int(value) % 100 // 10}X")
    yield from _relative_dates(text)


def _relative_dates(text: str) -> Iterator[Mention]:
    for match in _RELATIVE.finditer(text):
        if match["count"]:
            unit = next(plural for start, plural in _PLURALS.items() if match["unit"].lower().startswith(start))
            value = parse_number(match["count"])
            normal = f"{whole(value)} {unit} fa" if value is not None else match[0].lower()
        else:
            normal = match[0].lower().replace("’", "'").replace("passato", "scorso")
        yield Mention(match.start(), match.end(), "DATA", normal)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _year(text: str) -> str:
    value = parse_number(text)
    return str(int(value)) if value is not None and 1800 <= value < 2100 else ""
