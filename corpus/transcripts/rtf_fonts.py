"""The character sets of an RTF document: the page of the whole, and those of its fonts. Decodes octets, no words."""

import re
from dataclasses import dataclass

from striprtf.striprtf import charset_map

from corpus.transcripts.symbols import symbol

_FONT = re.compile(
    r"\\f(?P<number>\d{1,5})\b[^{};]{0,200}?\\fcharset(?P<charset>\d{1,3})\b[^{};]{0,200}?"
    r"(?:\{[^{}]{0,200}\}[^{};]{0,200}?){0,3}(?P<name>[^\\{};]{0,60});"
)
_FONTS_WITHIN = 500_000
# Pages by their number where Python knows them under another name, and the words that stand for a page.
_PAGES = {
    0: "",
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10010: "mac_romanian",
    10029: "mac_latin2",
    10079: "mac_iceland",
    10081: "mac_turkish",
    65001: "utf-8",
}
_WORDS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_MAC = {"mac_ce": "mac_latin2", "mac_rumanian": "mac_romanian", "mac_ukrainian": "mac_cyrillic"}
_ANSI = 0
_DEFAULT = 1
_SYMBOL = 2
_WESTERN = "cp1252"


@dataclass
class RtfFonts:
    """How the octets of a document are read: `page` is the document's own, `raw` of octets that stand unescaped."""

    charsets: dict[int, int]
    symbols: dict[int, str]
    page: str = _WESTERN
    raw: str = ""
    own_page: bool = False  # whether fonts of Western letters go by it too

    @classmethod
    def of(cls, source: str) -> "RtfFonts":
        """The fonts in `source`, the document's bytes as Latin-1. Some programs write UTF-8 unescaped into it."""
        fonts = list(_FONT.finditer(source[:_FONTS_WITHIN]))
        charsets = {int(font["number"]): int(font["charset"]) for font in fonts}
        symbols = {int(font["number"]): font["name"].strip() for font in fonts if int(font["charset"]) == _SYMBOL}
        return cls(charsets, symbols, raw="utf-8" if _is_utf8(source) else "")

    def set_page(self, word: str, number: int | None) -> None:
        """Takes a control word that names the document's page; a page that nobody knows changes nothing."""
        if word == "ansicpg":
            page = _PAGES.get(number or 0, f"cp{number}")
            self.page = page if _is_known(page) else self.page
            self.own_page = self.own_page or number in _PAGES
        else:
            self.page = _WORDS[word]
            self.own_page = word != "ansi"

    def decode(self, octets: bytes, font: int) -> str:
        """Escaped octets in a font, as letters."""
        if font in self.symbols:
            return "".join(symbol(0xF000 + octet, self.symbols[font]) for octet in octets)
        return octets.decode(self._page_of(font), "replace")

    def decode_raw(self, octets: bytes, font: int) -> str:
        """Octets as they stand."""
        if self.raw and not octets.isascii():
            return octets.decode(self.raw, "replace")
        return self.decode(octets, font)

    def letter(self, code: int, font: int) -> str:
        """The letter of a Unicode number; in a font of symbols that of the sign."""
        return symbol(code, self.symbols.get(font, "")) if 0xF000 <= code < 0xF100 else chr(code)

    def _page_of(self, font: int) -> str:
        charset = self.charsets.get(font, _DEFAULT)
        if charset == _ANSI:
            return self.page if self.own_page else _WESTERN
        page = charset_map.get(charset, self.page)
        page = _MAC.get(page, page)
        return page if _is_known(page) else self.page


def _is_utf8(source: str) -> bool:
    if source.isascii():
        return False
    try:
        source.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_known(page: str) -> bool:
    try:
        "a".encode(page)
    except (LookupError, UnicodeError):
        return False
    return True
