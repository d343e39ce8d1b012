"""Italian numbers in figures and in words, as people write and say them: 1.500, 300 mila, due milioni e mezzo.

It knows nothing of what is counted.
"""

import re

_UNITS = {
    **{"un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "tré": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7},
    **{"otto": 8, "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15},
    **{"sedici": 16, "diciassette": 17, "diciotto": 18, "diciannove": 19},
}
_TENS = {
    **{"venti": 20, "vent": 20, "trenta": 30, "trent": 30, "quaranta": 40, "quarant": 40, "cinquanta": 50},
    **{"cinquant": 50, "sessanta": 60, "sessant": 60, "settanta": 70, "settant": 70, "ottanta": 80, "ottant": 80},
    **{"novanta": 90, "novant": 90},
}
_SCALES = {
    **{"mille": 10**3, "mila": 10**3, "milione": 10**6, "milioni": 10**6, "mln": 10**6},
    **{"miliardo": 10**9, "miliardi": 10**9, "mld": 10**9},
}
_HUNDRED = {"cento": 100, "cent": 100}
_PIECES = sorted({*_UNITS, *_TENS, *_HUNDRED, "mille", "mila"}, key=lambda piece: (-len(piece), piece))
_PIECE = "|".join(_PIECES)
_TOKENS = "|".join(sorted({*_PIECES, *_SCALES}, key=lambda piece: (-len(piece), piece)))
_TOKEN = re.compile(_TOKENS.replace("cento|", "cento(?!tt)|"))  # cent-ottanta has no cento
_FIGURES = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:[.,](\d+))?")

FIGURES = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
WORDS = rf"(?:\b(?:{_PIECE})+\b)"
SCALE = r"(?:mila|milion[ei]|miliard[oi]|mln|mld)"
_PART = rf"(?:(?:{FIGURES}|{WORDS})(?:[ ]?{SCALE}\b)?)"
# a number with its scale, "tre milioni e mezzo", "un milione e duecentomila"; "2008 e due anni" are two numbers
_JOINABLE = rf"(?:{FIGURES}[ ]?{SCALE}\b|{WORDS}(?:[ ]?{SCALE}\b)?)"
NUMBER = rf"(?:{_JOINABLE}(?:[ ]e[ ]mezzo\b|[ ](?:e[ ])?{_PART})?|{FIGURES}(?:[ ]e[ ]mezzo\b)?)"
# What may stand after a number that counts nothing named: "nel ventuno," and "centomila l'anno", not "ventuno posti".
_AFTER = (
    "a ad al allo alla ai agli alle e ed o ma però anzi perché che chi cui se quando come con per in nel nella da dal"
    " dalla dai tra fra su sul sulla sui non si mi ci ti vi lo la li le il i gli c'è c'era è era erano sono ho hai ha"
    " abbiamo hanno fa fanno va vanno sta stanno invece adesso ora oggi ieri poi quindi già più circa pure anche ogni"
    " ciascuno ciascuna quest'anno netti lordi eh ehm mh fino entro sotto senza mentre dove cioè"
)
ALONE = (
    rf"(?=\s*(?:$|[.,;:!?…)\]»\"”])|\s+(?!per cento\b)(?:(?:{'|'.join(_AFTER.split())})(?!\w)|(?:l|all|dell|un)['’]))"
)


def parse_number(text: str) -> float | None:
    """The value of a number in figures (1.500, 3,5), in words (duemiladiciotto) or both (300 mila); None if it is none.

    A point before exactly three figures parts thousands, any other point or comma parts decimals.
    """
    total = 0.0
    current = 0.0
    scale = 1
    seen = False
    half = False
    for word in text.lower().replace("'", " ").split():
        if word == "e":
            continue
        if word in ("mezzo", "mezza"):
            half = True
            continue
        pieces = _pieces(word)
        if pieces is None:
            return None
        for piece in pieces:
            seen = True
            if isinstance(piece, float):
                current += piece
            elif piece in _SCALES:
                scale = _SCALES[piece]
                total, current = total + (current or 1) * scale, 0.0
            elif piece in _HUNDRED:
                current = (current % 100 or 1) * 100 + current // 100 * 100
            else:
                current += _UNITS.get(piece) or _TENS[piece]
    if not seen:
        return None
    return total + current + (scale / 2 if half else 0)


def whole(value: float) -> str:
    """A number without a needless ".0"."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def _pieces(word: str) -> list[str | float] | None:
    figures = _FIGURES.match(word)
    if figures:
        rest = word[figures.end() :]
        value = float(figures[1].replace(".", "") + "." + (figures[2] or "0"))
        return [value] if not rest else [value, rest] if rest in _SCALES else None
    pieces: list[str | float] = []
    position = 0
    while position < len(word):
        match = _TOKEN.match(word, position)
        if match is None:
            return None
        pieces.append(match[0])
        position = match.end()
    return pieces or None
