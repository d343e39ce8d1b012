"""What a Word document's styles make of its text: hidden, stressed, numbered with which labels. Reads no words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.transcripts.word_package import W

_PLACE = re.compile(r"%(\d)")
BULLET = "•"
_OFF = frozenset({"0", "false", "off", "none"})
# Their look is known even where the styles cannot be read.
_STRESSING = frozenset({"Strong", "Emphasis", "Enfasigrassetto", "Enfasicorsivo"})


@dataclass
class WordStyles:
    """The styles of a document, each with all that it takes over from the styles it is based on."""

    styles: dict[str, Element] = field(default_factory=dict)
    defaults: Element | None = None
    paragraph: str = ""  # the style of paragraphs that name none
    character: str = ""

    @classmethod
    def of(cls, root: Element | None) -> "WordStyles":
        """The styles in a document's part of styles; without one nothing but direct properties counts."""
        if root is None:
            return cls()
        styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        default = {
            style.get(f"{W}type", ""): name
            for name, style in styles.items()
            if style.get(f"{W}default", "0") not in _OFF
        }
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return cls(styles, defaults, default.get("paragraph", ""), default.get("character", ""))

    def hides(self, run: Element | None, paragraph: Element) -> bool:
        """Whether text with the properties `run` in `paragraph` is hidden."""
        return bool(_set(run, "specVanish")) or self._shows("vanish", run, paragraph)

    def stresses(self, run: Element | None, paragraph: Element) -> bool:
        """Whether text with the properties `run` in `paragraph` is bold, italic or underlined."""
        style = _value(run, "rStyle")
        if style in _STRESSING and style not in self.styles:
            return True
        return any(self._shows(name, run, paragraph) for name in ("b", "i", "u"))

    def list_entry(self, paragraph: Element) -> Element | None:
        """What makes `paragraph` an entry of a list (w:numPr), directly or by its style."""
        for element in (paragraph, *self._line(self._style_of(paragraph))):
            entry = element.find(f"{W}pPr/{W}numPr")
            if entry is not None:
                return entry if _value(entry, "numId") != "0" else None
        return None

    def _shows(self, name: str, run: Element | None, paragraph: Element) -> bool:
        """Whether a property holds: as the text itself says, else its styles, else the document's defaults.

        Paragraph and character style that both switch a property on switch it off again; an underline they do not.
        """
        direct = _set(run, name)
        if direct is not None:
            return direct
        of_paragraph = self._in_style(self._style_of(paragraph), name)
        of_text = self._in_style(_value(run, "rStyle") or self.character, name)
        if of_paragraph is None and of_text is None:
            return bool(_set(self.defaults, name))
        if name == "u":
            return bool(of_paragraph if of_text is None else of_text and not self._is_link(_value(run, "rStyle")))
        return bool(of_paragraph) != bool(of_text)

    def _is_link(self, style: str) -> bool:
        return _value(self.styles[style], "name").endswith("Hyperlink") if style in self.styles else False

    def _style_of(self, paragraph: Element) -> str:
        return _value(paragraph.find(f"{W}pPr"), "pStyle") or self.paragraph

    def _in_style(self, name: str, what: str) -> bool | None:
        settings = (_set(style.find(f"{W}rPr"), what) for style in self._line(name))
        return next((setting for setting in settings if setting is not None), None)

    def _line(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on, the nearest first."""
        passed: set[str] = set()
        while name in self.styles and name not in passed:
            passed.add(name)
            yield self.styles[name]
            name = _value(self.styles[name], "basedOn")


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
        return _PLACE.sub(lambda match: str(self.counts.get((name, int(match[1]) - 1), 1)), pattern).strip() or BULLET

    def _count(self, name: str, depth: int) -> None:
        begin = _value(self.levels[name, str(depth)], "start", "1")
        before = int(begin) - 1 if begin.isdecimal() and len(begin) < 6 else 0
        self.counts[name, depth] = self.counts.get((name, depth), before) + 1
        for deeper in [key for key in self.counts if key[0] == name and key[1] > depth]:
            del self.counts[deeper]


def _set(properties: Element | None, name: str) -> bool | None:
    mark = properties.find(W + name) if properties is not None else None
    return mark.get(f"{W}val", "1") not in _OFF if mark is not None else None


def _value(properties: Element | None, name: str, otherwise: str = "") -> str:
    mark = properties.find(W + name) if properties is not None else None
    return mark.get(f"{W}val", otherwise) if mark is not None else otherwise
