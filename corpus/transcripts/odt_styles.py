"""What the styles of an OpenDocument text make of it: hidden, stressed, of which font, the labels of its lists.

Reads no words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_STYLE, _TEXT, _FO = (_OASIS % name for name in ("style", "text", "xsl-fo-compatible"))
_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PLACE = re.compile(r"%\d+%")
BULLET = "•"


@dataclass(frozen=True, slots=True)
class TextLook:
    """How text looks; None where nothing is said of it, so that what is around it decides."""

    weight: str | None = None
    slant: str | None = None
    underline: str | None = None
    display: str | None = None
    font: str | None = None

    @property
    def stressed(self) -> bool:
        """Whether it is bold, italic or underlined."""
        heavy = self.weight is not None and (self.weight == "bold" or self.weight in ("600", "700", "800", "900"))
        return heavy or self.slant in ("italic", "oblique") or self.underline not in (None, "none")

    @property
    def hidden(self) -> bool:
        """Whether it does not show."""
        return self.display == "none"

    def changed_by(self, inner: "TextLook") -> "TextLook":
        """The look of text with the look `inner` within text of this look."""
        return TextLook(
            inner.weight or self.weight,
            inner.slant or self.slant,
            inner.underline or self.underline,
            inner.display or self.display,
            inner.font or self.font,
        )


@dataclass(frozen=True, slots=True)
class TextStyles:
    """The looks that styles give, with what they take over from their parents, by family and name."""

    looks: dict[tuple[str, str], TextLook]

    @classmethod
    def of(cls, roots: Sequence[Element]) -> "TextStyles":
        """The styles of a document's parts; where two have one name the first counts."""
        styles: dict[tuple[str, str], Element] = {}
        for root in roots:
            for style in (*root.iter(f"{_STYLE}style"), *root.iter(f"{_STYLE}default-style")):
                styles.setdefault((style.get(f"{_STYLE}family", ""), style.get(f"{_STYLE}name", "")), style)
        return cls({key: _look(styles, *key) for key in styles})

    def look(self, family: str, element: Element) -> TextLook:
        """The look that its style gives to an element; a link's own look does not count."""
        name = element.get(f"{_TEXT}style-name", "")
        if element.tag == f"{_TEXT}a" or (family == "text" and not name):
            return TextLook()
        look = self.looks.get((family, name)) or self.looks.get(("", name)) or TextLook()
        return self.looks.get((family, ""), TextLook()).changed_by(look) if family == "paragraph" else look


def _look(styles: dict[tuple[str, str], Element], family: str, name: str) -> TextLook:
    look = TextLook()
    passed: set[str] = set()
    while (family, name) in styles and name not in passed:
        passed.add(name)
        style = styles[family, name]
        for properties in style.iter(f"{_STYLE}text-properties"):
            look = _own_look(properties).changed_by(look)
        name = style.get(f"{_STYLE}parent-style-name", "")
    return look


def _own_look(properties: Element) -> TextLook:
    return TextLook(
        properties.get(f"{_FO}font-weight"),
        properties.get(f"{_FO}font-style"),
        properties.get(f"{_STYLE}text-underline-style"),
        properties.get(f"{_TEXT}display"),
        properties.get(f"{_STYLE}font-name"),
    )


@dataclass
class TextLists:
    """The list styles of a document, and how far each list has counted."""

    levels: dict[tuple[str, int], Element] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)  # of each list, the one that it goes on with

    @classmethod
    def of(cls, roots: Sequence[Element]) -> "TextLists":
        """The list styles in a document's parts; where two have one name the first counts."""
        lists = cls()
        for style in (style for root in roots for style in root.iter(f"{_TEXT}list-style")):
            for level in style:
                key = (style.get(f"{_STYLE}name", ""), int(level.get(f"{_TEXT}level", "0")[:3] or 0))
                lists.levels.setdefault(key, level)
        return lists

    def labels(self, element: Element, style: str, level: int) -> Iterator[tuple[Element, str]]:
        """The items of a list with the label of each; a header has none."""
        name = element.get(_ID, "") or f"{style} {id(element)}"
        before = element.get(f"{_TEXT}continue-list", "")
        if not before and element.get(f"{_TEXT}continue-numbering") == "true":
            before = style
        self.begun[name] = self.begun[style] = self.begun.get(before, name)
        look = self.levels.get((style, level))
        for item in element:
            if item.tag == f"{_TEXT}list-item":
                key = (self.begun[name], level)
                self.counts[key] = self.counts.get(key, 0) + 1
                yield item, _label(look, self.counts[key]) if look is not None else BULLET
            else:
                yield item, ""


def _label(look: Element, count: int) -> str:
    if look.tag != f"{_TEXT}list-level-style-number":
        return BULLET
    pattern = look.get(_FORMAT)
    if pattern is not None:
        return _PLACE.sub(str(count), pattern) or BULLET
    number = str(count) if look.get(f"{_STYLE}num-format") else ""
    return f"{look.get(f'{_STYLE}num-prefix', '')}{number}{look.get(f'{_STYLE}num-suffix', '')}".strip() or BULLET
