"""What a Word document's styles make of its text: hidden, stressed, numbered. Reads properties, no words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.transcripts.word_package import W

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
        style = _named(run, "rStyle")
        if style in _STRESSING and style not in self.styles:
            return True
        return any(self._shows(name, run, paragraph) for name in ("b", "i", "u"))

    def list_entry(self, paragraph: Element) -> Element | None:
        """What makes `paragraph` an entry of a list (w:numPr), directly or by its style."""
        for element in (paragraph, *self._line(self._style_of(paragraph))):
            entry = element.find(f"{W}pPr/{W}numPr")
            if entry is not None:
                return entry if _named(entry, "numId") != "0" else None
        return None

    def _shows(self, name: str, run: Element | None, paragraph: Element) -> bool:
        """Whether a property holds: as the text itself says, else its styles, else the document's defaults.

        Paragraph and character style that both switch a property on switch it off again; an underline they do not.
        """
        direct = _set(run, name)
        if direct is not None:
            return direct
        of_paragraph = self._in_style(self._style_of(paragraph), name)
        of_text = self._in_style(_named(run, "rStyle") or self.character, name)
        if of_paragraph is None and of_text is None:
            return bool(_set(self.defaults, name))
        if name == "u":
            return bool(of_paragraph if of_text is None else of_text and not self._is_link(_named(run, "rStyle")))
        return bool(of_paragraph) != bool(of_text)

    def _is_link(self, style: str) -> bool:
        return _named(self.styles[style], "name").endswith("Hyperlink") if style in self.styles else False

    def _style_of(self, paragraph: Element) -> str:
        return _named(paragraph.find(f"{W}pPr"), "pStyle") or self.paragraph

    def _in_style(self, name: str, what: str) -> bool | None:
        settings = (_set(style.find(f"{W}rPr"), what) for style in self._line(name))
        return next((setting for setting in settings if setting is not None), None)

    def _line(self, name: str) -> Iterator[Element]:
        """A style and those that it is based on, the nearest first."""
        passed: set[str] = set()
        while name in self.styles and name not in passed:
            passed.add(name)
            yield self.styles[name]
            name = _named(self.styles[name], "basedOn")


def _set(properties: Element | None, name: str) -> bool | None:
    mark = properties.find(W + name) if properties is not None else None
    return mark.get(f"{W}val", "1") not in _OFF if mark is not None else None


def _named(properties: Element | None, name: str) -> str:
    mark = properties.find(W + name) if properties is not None else None
    return mark.get(f"{W}val", "") if mark is not None else ""
