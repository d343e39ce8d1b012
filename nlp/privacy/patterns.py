"""What belongs to one person and has a shape: telephone, e-mail, codice fiscale, IBAN, address, web profile, plate.

Regular expressions on one text; it knows no names.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nlp.italian.gazetteer import municipality_names


class Shape(NamedTuple):
    """`text[start:end]` is of `kind`; `form` is the same however it is typed."""

    start: int
    end: int
    kind: str
    form: str


_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\]|\bchiocciola\b)\s?[\w-]+(?:(?:\.|\s?\bpunto\b\s?)[\w-]+)*"
    r"(?:\.|\s?\bpunto\b\s?)[a-z]{2,}\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]+[^\s<>«»\".,;:!?)]"
    r"|\b(?:[\w-]+\.)*(?:facebook|instagram|linkedin|tiktok|twitter|youtube|x|t)\.(?:com|me|it)/[^\s<>«»\".,;:!?)]+"
    r"|(?<![\w@.])@[A-Za-z]\w[\w.]{1,28}\w",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\s?\d{2}(?:[ ]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_TAX_CODE = re.compile(
    r"\b[A-Z]{3}[ ]?[A-Z]{3}[ ]?[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[ ]?[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b",
    re.IGNORECASE,
)
_TAX_CODE_LOOSE = re.compile(r"\b(?=[A-Z]*\d)[A-Z]{6}[A-Z0-9]{10}\b", re.IGNORECASE)
_SEPARATOR = r"[\s./\-–]{0,2}"
_PHONE = re.compile(
    rf"(?<![\w€$.,/-])(?!\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b)(?:(?:\+|00)\s?\d{{1,3}}{_SEPARATOR}(?:\(0\)\s?)?\d(?:{_SEPARATOR}\d){{6,11}}"
    rf"|3\d{{2}}{_SEPARATOR}\d(?:{_SEPARATOR}\d){{5,6}}"
    rf"|\(?0\d{{1,3}}\)?{_SEPARATOR}\d(?:{_SEPARATOR}\d){{4,8}})(?![\w%€]|[.,/-]\d|\s?(?:euro|mila)\b)"
)
_FIGURES = r"(?:zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove)"
_SPOKEN_PHONE = re.compile(rf"\b{_FIGURES}(?:[\s,.-]+{_FIGURES}){{5,}}\b", re.IGNORECASE)
_NAMED_PHONE = re.compile(
    r"\b(?:cell(?:ulare)?|tel(?:efono)?|numero|interno)\.?\s(?:è\s|:\s?|di\s)?(?:il\s)?(?P<form>\d[\d\s./-]{4,14}\d)",
    re.IGNORECASE,
)
_STREET = r"(?:via|viale|v\.le|p\.?zza|piazza|piazzale|piazzetta|corso|c\.so|largo|vicolo|vico)"
_PLACE = r"(?:strada|contrada|calle|salita|borgo|lungo(?:mare|fiume|lago)|località|loc\.|frazione|fraz\.|galleria)"
_LINK = r"(?:d[ei]l?|della|dello|dei|degli|delle|dell['’]|d['’]|al|alla|san|santa|e)"
_DAY = r"(?:\d{1,2}\s(?=[A-ZÀ-Ý]))?"
_NAME = rf"(?:{_LINK}\s?)*{_DAY}[A-ZÀ-Ý][\w'’.]*(?:\s(?:{_LINK}\s?)?[A-ZÀ-Ý][\w'’.]*){{0,4}}"
_HOUSE = (
    r"(?:,?\s(?:n\.?\s?|n°\s?|numero\s|civico\s|numero civico\s)?\d{1,3}(?:\s?/?\s?[a-zA-Z]\b)?"
    r"(?!\d|\s?(?:euro|anni|mila|volte)))"
)
_TOWN = r"(?:,?\s(?:[-–]\s)?\d{5}\s[A-ZÀ-Ý][\w'’]+(?:\s\(?[A-Z]{2}\)?)?)"
_ADDRESSES = (
    re.compile(rf"(?<!per )\b(?i:{_STREET})\s{_NAME}(?:{_HOUSE}?{_TOWN}|{_HOUSE})?"),
    re.compile(rf"\b(?i:{_PLACE})\s{_NAME}{_HOUSE}{_TOWN}?"),
    # in small letters a street needs its number
    re.compile(rf"(?<!per )(?<!\w)(?:via|viale|piazza|vicolo)\s(?:{_LINK}\s?)*[^\W\d_]+(?:\s[^\W\d_]+)?{_HOUSE}"),
)
_POSTCODE = re.compile(r"\b(?:(?:CAP|cap)\s?:?\s?\d{5}|\d{5}(?=\s(?P<town>[A-ZÀ-Ý][\w'’]+)))\b")
_PLATE = re.compile(
    r"\b[A-HJ-NPR-TV-Z]{2}[\s-]?\d{3}[\s-]?[A-HJ-NPR-TV-Z]{2}\b|(?<=targata )[a-z]{2}\s?\d{3}\s?[a-z]{2}\b"
)
_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def find_shapes(text: str) -> Iterator[Shape]:
    """Everything of a shape in `text`; the same characters may be found as two kinds."""
    for kind, pattern in (("EMAIL", _EMAIL), ("WEB", _WEB), ("TARGA", _PLATE), ("CODICE_FISCALE", _TAX_CODE)):
        for match in pattern.finditer(text):
            if kind != "CODICE_FISCALE" or any(map(str.isdigit, match[0])):  # cinquantaquattro has its letters
                yield Shape(*match.span(), kind, "".join(match[0].split()).lower())
    for match in _TAX_CODE_LOOSE.finditer(text):
        if tax_code_checks(match[0]):
            yield Shape(*match.span(), "CODICE_FISCALE", match[0].lower())
    for match in _IBAN.finditer(text):
        form = "".join(match[0].split()).upper()
        if iban_checks(form) or (form.startswith("IT") and len(form) >= 24):
            yield Shape(*match.span(), "IBAN", form)
    for pattern in (_PHONE, _SPOKEN_PHONE):
        for match in pattern.finditer(text):
            yield Shape(*match.span(), "TELEFONO", _phone_form(match[0]))
    for match in _NAMED_PHONE.finditer(text):
        yield Shape(*match.span("form"), "TELEFONO", _phone_form(match["form"]))
    yield from _addresses(text)


def tax_code_checks(code: str) -> bool:
    """Whether the sixteenth character of a codice fiscale is right (D.M. 23 December 1976)."""
    code = code.upper()
    if len(code) != 16 or not code.isascii() or not code.isalnum():
        return False
    values = [int(sign) if sign.isdigit() else ord(sign) - 65 for sign in code]
    total = sum(_ODD[value] if position % 2 == 0 else value for position, value in enumerate(values[:15]))
    return code[15] == chr(65 + total % 26)


def iban_checks(code: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 7064, modulo 97)."""
    if not (15 <= len(code) <= 34) or not code.isascii() or not code.isalnum():
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def _phone_form(surface: str) -> str:
    digits = re.sub(r"\D", "", surface)
    if not digits:
        return " ".join(re.findall(r"\w+", surface.lower()))
    return re.sub(r"^(?:00)?39(?=\d{8,})", "", digits)


def _addresses(text: str) -> Iterator[Shape]:
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield Shape(*match.span(), "INDIRIZZO", " ".join(re.findall(r"\w+", match[0].lower())))
    for match in _POSTCODE.finditer(text):
        if match["town"] is None or match["town"].lower() in municipality_names():
            yield Shape(*match.span(), "INDIRIZZO", match[0].lower())
