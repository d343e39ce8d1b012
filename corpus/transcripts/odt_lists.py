"""The labels that an OpenDocument text writes before the entries of its lists. Reads no words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_STYLE, _TEXT = (_OASIS % name for name in ("style", "text"))
_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PLACE = re.compile(r"%\d+%")
BULLET = "•"


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
