"""The labels that Word writes before the entries of numbered lists. Reads no words."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.transcripts.word_package import W

_PLACE = re.compile(r"%(\d)")
BULLET = "•"


@dataclass
class WordNumbering:
    """The lists of a document, and how far each has counted. Numerals are written as digits, whatever their form."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, str], Element] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> "WordNumbering":
        """The lists in a document's part of numberings."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            for level in abstract.iter(f"{W}lvl"):
                numbering.levels[name, level.get(f"{W}ilvl", "0")] = level
        for number in root.iter(f"{W}num"):
            link = number.find(f"{W}abstractNumId")
            if link is not None:
                numbering.lists[number.get(f"{W}numId", "")] = link.get(f"{W}val", "")
        return numbering

    def label(self, entry: Element) -> str:
        """The label of the next entry with the properties `entry` (w:numPr); a bullet where nothing else is known."""
        name = self.lists.get(_value(entry, "numId", ""), "")
        depth = _value(entry, "ilvl", "0")
        level = self.levels.get((name, depth))
        if level is None or not depth.isdecimal() or _value(level, "numFmt", "decimal") == "bullet":
            return BULLET
        self._count(name, int(depth))
        pattern = _value(level, "lvlText", "")
        return _PLACE.sub(lambda place: str(self.counts.get((name, int(place[1]) - 1), 1)), pattern).strip() or BULLET

    def _count(self, name: str, depth: int) -> None:
        begin = _value(self.levels[name, str(depth)], "start", "1")
        before = int(begin) - 1 if begin.isdecimal() and len(begin) < 6 else 0
        self.counts[name, depth] = self.counts.get((name, depth), before) + 1
        for deeper in [key for key in self.counts if key[0] == name and key[1] > depth]:
            del self.counts[deeper]


def _value(element: Element, name: str, otherwise: str) -> str:
    mark = element.find(W + name)
    return mark.get(f"{W}val", otherwise) if mark is not None else otherwise
