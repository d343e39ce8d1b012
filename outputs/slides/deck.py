"""Slides with text that fits, PowerPoint's own titles, pictures with alternative text. Room outputs; knows no study."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFont
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

INK = RGBColor(0x1E, 0x2A, 0x32)
ACCENT = RGBColor(0x0B, 0x42, 0x67)
SOFT = RGBColor(0x5B, 0x68, 0x70)
_PALE = RGBColor(0xE3, 0xEA, 0xF0)
_BAR = RGBColor(0x2F, 0x7D, 0xB5)
_WHISKER = RGBColor(0x9C, 0xC4, 0xE0)
FONT = "Arial"
_TITLE_ONLY = 5
_LINE = 1.22  # height of a line, in font sizes
# inches: the room below a title
_LEFT = 0.75
_WIDE = 11.83
_TOP = 1.55
_HIGH = 5.35


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches."""

    left: float = _LEFT
    top: float = _TOP
    width: float = _WIDE
    height: float = _HIGH


@dataclass(frozen=True)
class Line:
    """One paragraph: its text, and whether it is emphasised or said in a low voice."""

    text: str
    strong: bool = False
    soft: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar: what it is of, how long it is (0 to 1), what stands beside it, and the ends of an interval (0 to 1)."""

    label: str
    length: float
    told: str
    ends: tuple[float, float] | None = None


class Deck:
    """A presentation of 16 by 9 inches' proportion being filled, slide by slide."""

    def __init__(self, language: str) -> None:
        self.file = Presentation()
        self.file.slide_width = Inches(13.333)
        self.file.slide_height = Inches(7.5)
        self.tag = {"it": "it-IT", "en": "en-GB"}[language]

    def slide(self, title: str, notes: str, opening: bool = False) -> Any:
        """A new slide with its title, large in the middle of an `opening` one, and the speaker's notes."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        self._rectangle(slide, Box(0, 0, 0.22, 7.5), ACCENT)
        head = slide.shapes.title
        box = Box(top=1.7, height=2.3) if opening else Box(top=0.5, height=0.95)
        head.left, head.top, head.width, head.height = map(Inches, (box.left, box.top, box.width, box.height))
        size = fit([title], box.width, box.height - 0.05, 44 if opening else 32, 20)
        self._write(head.text_frame, [Line(title, strong=True)], size)
        head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if opening else MSO_ANCHOR.MIDDLE
        head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        slide.notes_slide.notes_text_frame.text = notes
        return slide

    def text(self, slide: Any, lines: Sequence[Line], box: Box, largest: int = 24, gap: float = 0.5) -> None:
        """Paragraphs in a box, as large as fits between `largest` and 12 points; `gap` between them in lines."""
        shape = slide.shapes.add_textbox(*(Inches(value) for value in (box.left, box.top, box.width, box.height)))
        size = fit([line.text for line in lines], box.width - 0.2, box.height - 0.1, largest, 12, gap)
        self._write(shape.text_frame, lines, size, gap)

    def picture(self, slide: Any, picture: bytes, title: str, alt: str, box: Box) -> None:
        """A picture in the middle of a box, as large as fits, with its alternative text."""
        image = Image.open(io.BytesIO(picture))
        scale = min(box.width / image.width, box.height / image.height)
        width = image.width * scale
        height = image.height * scale
        left = box.left + (box.width - width) / 2
        top = box.top + (box.height - height) / 2
        shape = slide.shapes.add_picture(io.BytesIO(picture), Inches(left), Inches(top), Inches(width), Inches(height))
        about = shape._element.nvPicPr.cNvPr
        about.set("descr", alt)
        about.set("title", title)

    def bars(self, slide: Any, bars: Sequence[Bar], box: Box) -> None:
        """Bars below one another, each with its label before and its number after it; a pale line is an interval."""
        labelled = 0.31 * box.width
        room = 0.4 * box.width
        pitch = min(box.height / len(bars), 0.85)
        for place, bar in enumerate(bars):
            top = box.top + place * pitch
            left = box.left + labelled
            row = Box(box.left, top, labelled, pitch)
            self._label(slide, bar.label, row, PP_ALIGN.RIGHT)
            middle = top + pitch / 2
            self._rectangle(slide, Box(left, middle - pitch * 0.26, room, pitch * 0.52), _PALE)
            if bar.length:
                self._rectangle(slide, Box(left, middle - pitch * 0.26, room * bar.length, pitch * 0.52), _BAR)
            if bar.ends:
                low, high = bar.ends
                self._rectangle(slide, Box(left + room * low, middle - 0.045, room * (high - low), 0.09), _WHISKER)
            self._label(
                slide, bar.told, Box(left + room + 0.05, top, box.width - labelled - room, pitch), PP_ALIGN.LEFT
            )

    def small_print(self, slide: Any, text: str) -> None:
        """What has to be known besides, at the foot of the slide; nothing for a blank text."""
        if text:
            self.text(slide, [Line(text, soft=True)], Box(top=6.62, height=0.7), 14)

    def number(self, slide: Any, value: str, what: str, box: Box) -> None:
        """A large number over what it counts."""
        self.text(slide, [Line(value, strong=True)], Box(box.left, box.top, box.width, box.height * 0.6), 60)
        self.text(slide, [Line(what)], Box(box.left, box.top + box.height * 0.6, box.width, box.height * 0.4), 20)

    def _label(self, slide: Any, text: str, box: Box, align: PP_ALIGN) -> None:
        shape = slide.shapes.add_textbox(*(Inches(value) for value in (box.left, box.top, box.width, box.height)))
        self._write(shape.text_frame, [Line(text)], fit([text], box.width - 0.2, box.height, 18, 12, gap=0), gap=0)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.text_frame.paragraphs[0].alignment = align

    def _rectangle(self, slide: Any, box: Box, colour: RGBColor) -> None:
        places = (Inches(value) for value in (box.left, box.top, box.width, box.height))
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *places)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour
        shape.line.fill.background()
        shape._element.remove(shape._element.find(qn("p:style")))  # it casts a shadow

    def _write(self, frame: Any, lines: Sequence[Line], size: int, gap: float = 0.5) -> None:
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * gap)
            run = paragraph.add_run()
            run.text = line.text
            run.font.size = Pt(size)
            run.font.name = FONT
            run.font.bold = line.strong
            run.font.color.rgb = ACCENT if line.strong else SOFT if line.soft else INK
            run._r.get_or_add_rPr().set("lang", self.tag)


def fit(texts: Sequence[str], width: float, height: float, largest: int, smallest: int, gap: float = 0.5) -> int:
    """The largest size in points at which the paragraphs stand in `width` x `height` inches, not below `smallest`."""
    for size in range(largest, smallest, -1):
        lines = sum(_lines(text, size, width) for text in texts)
        if (lines * _LINE + gap * len(texts)) * size / 72 <= height:
            return size
    return smallest


def _lines(text: str, size: int, width: float) -> int:
    """Lines that a text takes, measured with a font wider than any that PowerPoint would put in its place."""
    font = _font(size)
    room = width * 72
    lines = 1
    used = 0.0
    for word in text.split():
        long = font.getlength(word + " ")
        if used and used + long > room:
            lines, used = lines + 1, 0.0
        used += long
    return lines


def _font(size: int) -> ImageFont.FreeTypeFont:
    from matplotlib import get_data_path

    return ImageFont.truetype(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf", size)
