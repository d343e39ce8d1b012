"""Laws and programmes as people cite them: legge 158 del 2017, D.Lgs. 267/2000, PNRR missione 1. Looks nothing up."""

import re
from collections.abc import Iterator
from itertools import chain

from nlp.italian.dates import YEAR
from nlp.italian.mentions import Mention, holds_any
from nlp.italian.name_lists import surname
from nlp.italian.number_words import ALONE, WORDS, parse_number

_KINDS = (
    (r"decret[oi] legislativ[oi]|d\.?[ ]?lgs\.?|d\.?[ ]?leg\.?", "D.Lgs."),
    (r"decret[oi][ -]legge|d\.[ ]?l\.|dl(?=[ ](?:n\.?[ ]?|numero[ ])?\d)", "D.L."),
    (r"decreto del presidente della repubblica|d\.?p\.?r\.?", "D.P.R."),
    (r"d\.?p\.?c\.?m\.?", "D.P.C.M."),
    (r"decreto ministeriale|d\.[ ]?m\.", "D.M."),
    (r"legg[ei] regional[ei]|l\.[ ]?r\.", "L.R."),
    (r"legge costituzionale|l\.[ ]?cost\.", "L. cost."),
    (r"regolamento[ ]\(?(?:ue|ce)\)?|reg\.[ ]\(?(?:ue|ce)\)?", "Reg. (UE)"),
    (r"direttiva[ ]\(?(?:ue|ce)\)?", "Dir. (UE)"),
    (r"legg[ei]|l\.", "L."),
)
_NUMBER = rf"(?:\d{{1,5}}(?!\d)|{WORDS})"
_DATED = r"(?:(?:del[ ])?\d{1,2}[ ]\w+[ ]\d{4},?[ ])?"
_TAIL = rf"(?:[ ]?/[ ]?(?P<short>\d{{2,4}})|,?[ ](?:del|dell['’]anno)[ ](?:\d{{1,2}}[ ]\w+[ ])?(?P<year>{YEAR}))"
_LAW = tuple(
    (
        re.compile(rf"(?<!\w)(?:{words})[ ]?{_DATED}(?:n\.?[ ]?|numero[ ])?(?P<number>{_NUMBER}){_TAIL}?(?!\w)", re.I),
        kind,
    )
    for words, kind in _KINDS
)
_DATE_FIRST = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(words for words, _ in _KINDS)})[ ]\d{{1,2}}[ ]\w+[ ](?P<year>\d{{4}}),?"
    r"[ ]n(?:\.|umero)?[ ]?(?P<number>\d+)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    rf"(?<!\w)(?:articol[oi]|artt?\.)[ ]?(?P<number>{_NUMBER})(?:[ -](?:bis|ter|quater))?"
    rf"(?:,?[ ]comma[ ](?P<comma>{_NUMBER}))?(?!\w)",
    re.IGNORECASE,
)
_MISSION = re.compile(
    rf"(?<!\w)(?:(?:P\.?N\.?R\.?R\.?,?[ ])?missione[ ](?!un[ao]?\b)(?P<mission>{_NUMBER})"
    rf"(?:,?[ ]componente[ ](?P<part>{_NUMBER}))?(?:[ ]del[ ]PNRR)?"
    r"|M(?P<short>[1-7])C(?P<component>[1-5]))(?!\w)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?<!\w)(?:misura|investimento)[ ](?P<number>\d(?:\.\d)+)(?:[ ]del[ ]PNRR)?(?!\w|[ ]?(?:mil|mln|mld|euro|€))",
    re.IGNORECASE,
)

# calls for projects as people number them: avviso 1.4, misura uno quattro tre
_FEWEST = 40
_DIGIT = r"(?:[1-9]|uno|due|tre|quattro|cinque|sei|sette)"
_MEASURE_SAID = re.compile(
    rf"(?<!\w)(?:misura|avviso|investimento|sottomisura)[ ]"
    rf"(?P<numbers>{_DIGIT}(?:(?:[ ]punto[ ]|[.]|[ -]){_DIGIT}){{1,2}})"
    r"(?![\w%]|[ .,]\d|[ ]?(?:mil|mln|euro|anni|mesi|volte))",
    re.IGNORECASE,
)

# laws that are known by their number alone: "la 104", "i soldi della trecentoventotto"
_KNOWN = {
    "104": "L. 104/1992", "241": "L. 241/1990", "328": "L. 328/2000", "194": "L. 194/1978", "180": "L. 180/1978",
    "285": "L. 285/1997", "142": "L. 142/1990", "833": "L. 833/1978", "482": "L. 482/1999", "68": "L. 68/1999",
    "112": "L. 112/2016", "267": "D.Lgs. 267/2000", "626": "D.Lgs. 626/1994", "231": "D.Lgs. 231/2001",
    "143": "D.Lgs. 267/2000, art. 143", "165": "D.Lgs. 165/2001", "150": "D.Lgs. 150/2009", "381": "L. 381/1991",
    "266": "L. 266/1991", "163": "D.Lgs. 163/2006", "109": "L. 109/1994", "405": "L. 405/1975",
    "517": "L. 517/1977", "170": "L. 170/2010", "190": "L. 190/2012", "219": "L. 219/1981", "488": "L. 488/1992",
    "394": "L. 394/1991", "157": "L. 157/1992", "152": "D.Lgs. 152/2006", "353": "L. 353/2000",
}  # fmt: skip
_DIGITS = ("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove")


def _digit_by_digit(number: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in number)


_SPELLED = {_digit_by_digit(number): form for number, form in _KNOWN.items() if len(number) == 3}
_BY_DIGITS = re.compile(
    rf"\b(?:(?:a|da|de|ne|su)?lla|la|legge)[ ](?P<digits>{'|'.join(_SPELLED)})(?!\w)", re.IGNORECASE
)
_BARE = re.compile(
    rf"\b(?:(?:a|da|de|ne|su)?lla|la)[ ](?P<number>{_NUMBER})"
    rf"(?:(?P<tail>{_TAIL})(?![\w/])|{ALONE}|(?=\s(?:d(?:i|el|ella|ei|elle)|dice|prevede|parla|vale)\b))",
    re.IGNORECASE,
)
# laws called after their minister, with and without "legge"; without it an article must stand before
_AFTER_MINISTER = re.compile(
    r"\b(?:la|(?:a|da|de|ne|su)lla)[ ](?P<name>galasso|severino|merlin|basaglia|bucalossi|merloni|cirinnà|brunetta"
    r"|realacci|gasparri|gozzini|madia|cartabia|mammì|turco[ -]napolitano|biagi|salvamare)(?!\w)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?<!\w)(?:(?i:legge|riforma|decreto|bando|piano|pacchetto|lodo|bonus|misura|programma|fondo|codice)[ ]"
    r"[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:[ -][A-ZÀ-Ý][a-zà-ÿ]{2,})*)"
)
_SURNAMED = re.compile(r"(?<!\w)(?:legge|riforma|decreto|lodo)[ ](?P<name>[a-zà-ÿ]{4,})(?!\w)")
_BONUS = re.compile(
    r"(?<!\w)bonus[ ](?!(?:che|non|per|del|dei|della|delle|dell|degli|sono|alla|sul|sulla|è|era|ha|ci|ce|lo|la|il"
    r"|con|fino|anche|una|come)\b)[a-zà-ÿ]{3,}(?!\w)"
)
_DESCRIBED = re.compile(
    rf"(?<!\w)(?P<kind>legge(?: regionale| nazionale| statale)?|regolamento|bando)[ ]"
    rf"(?:del[ ](?P<year>{YEAR})(?!\w)|(?:sul|sulla|sullo|sulle|sui|sugli)[ ](?P<subject>\w{{4,}})|sull['’]\w{{4,}})",
    re.IGNORECASE,
)
_NUMBER_PARTS = (*"0123456789", "cent", "sessant", "mille", *_SPELLED)
_PARTS = (
    *("legg", "decret", "lgs", "dl", "articol", "artt", "art.", "d.", "l.", "dpr", "dpcm", "missione", "misura"),
    *("investimento", "regolam", "reg.", "dirett", "bando", "bonus", "riforma", "piano", "pacchetto", "lodo"),
    *("programma", "fondo", "codice", "avviso"),
)
_SHORT_MISSION = re.compile(r"M\dC\d", re.IGNORECASE)


def find_norms(text: str) -> Iterator[Mention]:
    """NORMA mentions with normal forms like `D.Lgs. 267/2000`, `L. 158`, `art. 14, comma 2`, `PNRR M1C1`.

    An article directly before its law ("articolo 14 della legge 158/2017") stays a mention of its own.
    """
    small = text.lower()
    if holds_any(small, _NUMBER_PARTS):
        yield from _by_number_alone(text)
    for match in _AFTER_MINISTER.finditer(text) if "la " in small else ():
        yield Mention(match.start("name"), match.end("name"), "NORMA", f"legge {match['name'].title()}")
    if not holds_any(small, _PARTS) and _SHORT_MISSION.search(text) is None:
        return
    for match in _DATE_FIRST.finditer(text):
        kind = next(kind for words, kind in _KINDS if re.fullmatch(words, match["kind"], re.IGNORECASE))
        yield Mention(match.start(), match.end(), "NORMA", f"{kind} {match['number']}/{match['year']}")
    for pattern, kind in _LAW:
        for match in pattern.finditer(text):
            number = _whole(match["number"])
            year = _law_year(match["short"], match["year"])
            # "una legge due" is no law: a small number in words needs its year
            if number and (match["number"][0].isdigit() or year or int(number) >= _FEWEST):
                yield Mention(match.start(), match.end(), "NORMA", f"{kind} {number}{f'/{year}' if year else ''}")
    for match in _ARTICLE.finditer(text):
        comma = f", comma {_whole(match['comma'])}" if match["comma"] else ""
        if number := _whole(match["number"]):
            yield Mention(match.start(), match.end(), "NORMA", f"art. {number}{comma}")
    for match in _DESCRIBED.finditer(text):
        if match["kind"].lower().startswith("legge") or not match["year"]:
            yield Mention(match.start(), match.end(), "NORMA", _described(match))
    yield from _by_name(text)
    yield from _programmes(text)


def _by_name(text: str) -> Iterator[Mention]:
    """ "Legge Galasso", "decreto Genova", "bonus idrico"; in small letters a law needs a surname that is no word."""
    for match in chain(_CALLED.finditer(text), _BONUS.finditer(text)):
        yield Mention(match.start(), match.end(), "NORMA", match[0][0].lower() + match[0][1:])
    for match in _SURNAMED.finditer(text):
        if surname(match["name"]) == "name":
            yield Mention(match.start(), match.end(), "NORMA", f"{match[0].split()[0]} {match['name'].capitalize()}")


def _by_number_alone(text: str) -> Iterator[Mention]:
    """ "La 131 del 2025": a number with its year, or one that is known; the article is no part of the mention."""
    for match in _BARE.finditer(text):
        number = _whole(match["number"])
        year = _law_year(match["short"], match["year"]) if match["tail"] else ""
        if number and year:
            yield Mention(match.start("number"), match.end(), "NORMA", f"L. {number}/{year}")
        elif number in _KNOWN and not match["tail"]:
            yield Mention(match.start("number"), match.end("number"), "NORMA", _KNOWN[number])
    for match in _BY_DIGITS.finditer(text):
        yield Mention(match.start("digits"), match.end(), "NORMA", _SPELLED[match["digits"].lower()])


def _described(match: re.Match[str]) -> str:
    if match["year"]:
        return f"{match['kind'].lower()} del {_whole(match['year'])}"
    return " ".join(match[0].lower().replace("’", "'").split())


def _programmes(text: str) -> Iterator[Mention]:
    for match in _MISSION.finditer(text):
        mission = _whole(match["mission"]) if match["mission"] else match["short"]
        part = _whole(match["part"]) if match["part"] else match["component"]
        if mission in {"1", "2", "3", "4", "5", "6", "7"}:
            yield Mention(match.start(), match.end(), "NORMA", f"PNRR M{mission}{f'C{part}' if part else ''}")
    for match in _MEASURE_SAID.finditer(text):
        said = re.split(r"[ ]punto[ ]|[. -]", match["numbers"])
        yield Mention(match.start(), match.end(), "NORMA", f"PNRR {'.'.join(map(_whole, said))}")
    for match in _MEASURE.finditer(text):
        yield Mention(match.start(), match.end(), "NORMA", f"PNRR {match['number']}")


def _whole(text: str) -> str:
    value = parse_number(text)
    return "" if value is None else str(int(value))


def _law_year(short: str | None, year: str | None) -> str:
    if year:
        return _whole(year)
    if not short or len(short) == 3:
        return ""
    if len(short) == 4:
        return short
    return f"{'19' if int(short) > 40 else '20'}{short}"
