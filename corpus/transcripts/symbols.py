"""Signs typed in a font of symbols, as letters that every font has. Knows fonts by their names."""

# What word processors put in by themselves, `:)` and `-->` among them, and the usual marks of lists and boxes.
_WINGDINGS = {
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "→",
    0xF3: "↔",
    0xFB: "✗",
    0xFC: "✓",
    0xFE: "☑",
}
_PRIVATE = range(0xF000, 0xF100)  # where programs write the octets of such a font
UNKNOWN = "\ufffd"


def symbol(code: int, font: str) -> str:
    """The letter for a code in `font`; in a font of letters it is the code's own. U+FFFD when nobody can tell."""
    octet = code - _PRIVATE.start if code in _PRIVATE else code
    name = font.casefold()
    if "wingdings" in name:
        return _WINGDINGS.get(octet, UNKNOWN)
    if name.startswith("symbol") and octet < 0x100:
        from pypdf._codecs import charset_encoding  # Adobe's own table; slow to import, and seldom needed

        return charset_encoding["/Symbol"][octet]
    if code in _PRIVATE:
        return bytes([octet]).decode("cp1252", "replace") if octet >= 0x20 else UNKNOWN
    return chr(code) if code < 0x110000 else UNKNOWN


def with_symbols(text: str, font: str) -> str:
    """`text` with the signs of a font of symbols, which programs write outside of all alphabets, as letters."""
    if text.isascii() or not any(ord(sign) in _PRIVATE for sign in text):
        return text
    return "".join(symbol(ord(sign), font) if ord(sign) in _PRIVATE else sign for sign in text)
