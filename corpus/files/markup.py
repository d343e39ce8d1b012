"""Texts that a program keeps as HTML, a question's above all, as a person reads them. Knows no program."""

import html
import re

from corpus.words.spelling import clean_cell

_UNSEEN = re.compile(r"<!--.{0,5000}?-->|<(script|style)\b[^<>]*>.{0,5000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_INLINE = (
    "a|abbr|acronym|b|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|q|s|small|span|strike|strong|sub|sup|tt|u"
)
_BLOCK = (
    "address|article|aside|blockquote|br|button|caption|center|col|colgroup|dd|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6]|header|hr|iframe|img|input|legend|li|link|meta|nav|object|ol|option|p|param|picture|pre|section|"
    "select|source|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video|audio|wbr|html|body|head|title|o:p"
)
_WITHIN_A_WORD = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def plain_text(text: str) -> str:
    """`text` without HTML's tags and entities, in one line; a text without any, such as `< 3.000 & altri`, as it is."""
    words = _WITHIN_A_WORD.sub("", _UNSEEN.sub(" ", text))
    words = _BETWEEN_WORDS.sub(" ", words)
    for _ in range(2):  # `&amp;egrave;` was escaped twice on its way
        words = _ENTITY.sub(lambda entity: html.unescape(entity[0]), words)
    return text if words == text else clean_cell(" ".join(words.split()))
