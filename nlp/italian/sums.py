"""Sums of money as people say them, with a normal form: 200000 EUR, 1.5 EUR. Converts no currency."""

import re
from collections.abc import Iterator

from nlp.italian.mentions import Mention, holds_any
from nlp.italian.number_words import ALONE, FIGURES, NUMBER, WORDS, parse_number, whole

_CURRENCIES = {
    **{"euro": "EUR", "eur": "EUR", "€": "EUR", "lire": "ITL", "lira": "ITL", "dollari": "USD", "dollaro": "USD"},
    **{"sterline": "GBP", "franchi": "CHF", "bitcoin": "XBT", "euri": "EUR", "eurini": "EUR", "marchi": "DEM"},
}
UNIT = r"(?:euro|euri|eurini|eur|€|lir[ea]|dollar[io]|sterline|franchi|marchi|bitcoin)"
_CENTS = rf"(?:[ ]e[ ](?P<cents>mezzo|\d\d|{WORDS})(?:{ALONE}|(?= di\b)))?"
_ABOUT = {
    **{"decina": 10, "quindicina": 15, "ventina": 20, "trentina": 30, "quarantina": 40, "cinquantina": 50},
    **{"sessantina": 60, "settantina": 70, "ottantina": 80, "novantina": 90, "centinaio": 100, "migliaio": 1000},
}
_SUM = re.compile(
    rf"(?<![\w,.])(?P<number>{NUMBER})[ ]?(?:di[ ]|d['’]|delle[ ])?(?:vecchie[ ])?(?P<unit>{UNIT})(?!\w){_CENTS}"
    rf"|\b(?P<about>(?:un|una) (?:{'|'.join(_ABOUT)})) (?:di |d['’])(?P<counted>{UNIT})(?!\w)"
    rf"|\b(?P<pair>un paio) (?:di |d['’])(?P<paid>{UNIT})(?!\w)",
    re.IGNORECASE,
)
_SIGN_FIRST = re.compile(rf"(?P<unit>€)[ ]?(?P<number>{NUMBER})(?!\w)", re.IGNORECASE)

# Without a unit: what else says that a number is money.
_FOR = (
    r"(?: di (?:debiti?|contribut[oi]|fondi|mutuo|affitto|mult[ae]|abbonamento|stipendio|pensione|avanzo|disavanzo"
    r"|spes[ae]|gas|corrente|luce|bollett[ae]|avvocat[oi]|lavori|incentiv[oi]|finanziament[oi]|investiment[oi]|quota"
    r"|canone|retta"
    r"|caparra|tasse|ticket|fattur[ae]|fatturato|invalidità|risarcimento|parcell[ae]|perizi[ae]|notaio|interessi|danni"
    r"|TARI|Tari|tari|IMU|Imu|imu|TASI|Irpef|IRPEF|addizionale|trasferimenti|oneri|sanzioni|anticipazione"
    r"|cofinanziamento|evasione|perdita|utile|manutenzion[ei]|ristrutturazione|progettazione|progett[oi]|consulenz[ae]"
    r"|straordinari|materiale|ricavi|fondo cassa|stipendi|indennità"
    r"|gettone|cauzione|anticipo|acconto|rimborsi?|arretrati|riscaldamento|gasolio|benzina)\b"
    r"|[ ](?:lordi|netti)\b)"
)
_PAID_FOR = re.compile(_FOR)
_SPENT = re.compile(
    r"\b(?:cost[aioò]|costava(?:no)?|costano|costerebbe|pag(?!in)[aohi]\w*|spes[aeo]|spend\w+|spendev\w+|stipendi?o?|guadagn\w+"
    r"|rett[ae]|affitt[oi]|canon[ei]|tariff[ae]|bollett[ae]|quot[ae]|mult[ae]|mutu[oi]|debit[oi]|contribut[oi]"
    r"|finanzi\w+|soldi|euro|risparmi\w+|incass\w+|prezz[oi]|budget|fattur[ae]|caparra|prestito|avanzo|invalidità"
    r"|parcella|saldo|notaio|incentiv[oi]|bilancio|entrate|uscite|accantonat[oi]|rimbors\w+|lordi|netti)\b",
    re.IGNORECASE,
)
# what is said of thousands only when they are money: "ho preso quindicimila dalla banca", "me ne ha dati seimila"
_CHANGES_HANDS = re.compile(
    r"\b(?:pres[oi]|dat[oi]|mess[oi]|chiest[oi]|offert[oi]|anticipat[oi]|vendut[oiae]|comprat[oiae]|prestat[oi]|restituit[oi]"
    r"|regalat[oi]|mancano|servono|ottenut[oi]|bando|appalto|preventivo)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!;]\s")
_REACH = 60  # characters before a number in which a word for money is looked for
_TENTHS = r"(?:due|tre|quattro|cinque|sei|sette|otto|nove)"
_SHORT = re.compile(
    r"(?P<scale>mille|mila|milion[ei]|miliard[oi])\se\s"
    r"(?P<part>due|tre|quattro|cinque|sei|sette|otto|nove|(?:due|tre|quattro|cinque|sei|sette|otto|nove)?cento\w*)$"
)
# Italian says "due milioni di ...", so what is counted is told by "di"
_MILLIONS = re.compile(
    rf"(?<![\w,.])(?P<number>(?:{FIGURES}|{WORDS}|mezzo)[ ](?:milion[ei]|miliard[oi])"
    rf"(?:[ ]e[ ](?:mezzo\b|{_TENTHS}\b|{WORDS}(?:{ALONE}|(?={_FOR}))))?)"
    rf"(?!\w)(?![ ](?:mila|{UNIT})\b)(?:(?={_FOR})|(?=[ ]di[ ]fondo\b)|(?!\s+d(?:i\b|['’])))",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w,.])(?P<number>(?:{WORDS}|{FIGURES})(?:[ ]mila)?(?:[ ]e[ ]{WORDS})?)"
    rf"(?:{ALONE}|(?={_FOR}|[ ](?:l['’]|all['’])(?:anno|ora)\b|[ ]al (?:mese|giorno)\b|[ ]a (?:testa|pasto)\b))",
    re.IGNORECASE,
)
_NO_SUM_BEFORE = re.compile(
    r"\b(?:all[e']|dalle|nel|dell['’]|nell['’]|dall['’]|il|lo|del|gli|le|anni|ore|articolo|legge|numero"
    r"|tutti e|in|su|per|posto di|categoria|misura|avviso|missione|asse|classe)\s?$",
    re.IGNORECASE,
)
_UNIT_PARTS = ("eur", "marchi", "€", "lir", "dollar", "sterlin", "franchi", "bitcoin")
_SPENT_PARTS = tuple(
    str.split(
        "cost pag spes spend stipend guadagn rett affitt canon tariff bollett quot mult mutu debit contribut"
        " finanzi soldi risparmi incass prezz budget fattur caparra prestito avanzo invalidità saldo notaio"
        " incentiv bilancio entrate uscite accantonat rimbors lordi netti parcell perizi danni indennità gettone"
        " cauzione anticip acconto oneri"
    )
)
_FEWEST = 10  # less is no sum unless it has cents: "paga tre" counts children


def find_sums(text: str) -> Iterator[Mention]:
    """IMPORTO mentions; the normal form is `<number> <ISO currency>`.

    Also without a unit: millions that count nothing named, and numbers after a word for money (costa, stipendio). They
    are in the currency last named in the text, else in euros. "Un milione e due" is 1,200,000.
    """
    small = text.lower()
    named = list(_with_unit(text)) if holds_any(small, _UNIT_PARTS) else []
    yield from named
    currency = named[-1].normal_form.split()[-1] if named else "EUR"
    millions = list(_millions(text, currency)) if holds_any(small, ("milion", "miliard")) else []
    yield from millions
    sums_named = bool(named or millions)
    thousands = holds_any(small, ("mil", ".000")) and _CHANGES_HANDS.search(text) is not None
    for match in _BARE.finditer(text) if sums_named or thousands or holds_any(small, _SPENT_PARTS) else ():
        value = _value(match["number"])
        spent = _PAID_FOR.match(text, match.end()) is not None
        if value is not None and _is_money(text, match.start(), value, certain=spent, sums_named=sums_named):
            sums_named = True
            yield Mention(match.start(), match.end(), "IMPORTO", f"{whole(value)} {currency}")


def _millions(text: str, currency: str) -> Iterator[Mention]:
    for match in _MILLIONS.finditer(text):
        value = _value(match["number"])
        if value is not None:
            yield Mention(match.start(), match.end(), "IMPORTO", f"{whole(value)} {currency}")


def _with_unit(text: str) -> Iterator[Mention]:
    for pattern in (_SUM, _SIGN_FIRST):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups.get("pair"):
                yield Mention(match.start(), match.end(), "IMPORTO", f"2 {_currency(groups['paid'])}")
                continue
            if groups.get("about"):
                number = _ABOUT[groups["about"].split()[1].lower()]
                yield Mention(match.start(), match.end(), "IMPORTO", f"{number} {_currency(groups['counted'])}")
                continue
            value = _value(match["number"])
            if value is None:
                continue
            end = match.end("unit") if pattern is _SUM else match.end()
            cents = groups.get("cents")
            if cents and 5 <= (part := _cents(cents)) < 100:
                value += part / 100
                end = match.end()
            yield Mention(match.start(), end, "IMPORTO", f"{whole(value)} {_currency(match['unit'])}")


def _is_money(text: str, start: int, value: float, *, certain: bool, sums_named: bool) -> bool:
    before = text[max(0, start - _REACH) : start]
    if value < _FEWEST or _NO_SUM_BEFORE.search(before):
        return False
    same_sentence = _SENTENCE_END.split(before)[-1]
    if certain or _SPENT.search(same_sentence) is not None:
        return True
    return value >= 1000 and (sums_named or _CHANGES_HANDS.search(same_sentence) is not None)


def _value(text: str) -> float | None:
    """The number meant: "un milione e due", "due milioni e novecento" and "mille e sei" leave their last word out."""
    if text.lower().startswith("mezzo"):
        scale = parse_number(text.split()[1])
        return None if scale is None else scale / 2
    short = _SHORT.search(text.lower())
    if short is None:
        return parse_number(text)
    base = parse_number(text[: short.end("scale")])
    scale = 1000 if short["scale"] == "mila" else parse_number(short["scale"])
    part = parse_number(short["part"])
    if base is None or scale is None or part is None or part >= 1000 or (scale == 1000 and part >= 10):
        return parse_number(text)
    return base + part * scale / (10 if part < 10 else 1000)


def _cents(text: str) -> float:
    return 50.0 if text.lower() == "mezzo" else parse_number(text) or 0.0


def _currency(unit: str) -> str:
    return _CURRENCIES[unit.lower()]
