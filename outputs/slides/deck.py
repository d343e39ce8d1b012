"""Slides with text that fits, PowerPoint's own titles, pictures with alternative text. Room outputs; knows no study."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageFont
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

INK = RGBColor(0x1E, 0x2A, 0x32)
ACCENT = RGBColor(0x0B, 0x42, 0x67)
SOFT = RGBColor(0x5B, 0x68, 0x70)
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


class Deck:
    """A presentation of 16 by 9 inches' proportion being filled, slide by slide."""

    def __init__(self, language: str) -> None:
        self.file = Presentation()
        self.file.slide_width = Inches(13.333)
        self.file.slide_height = Inches(7.5)
        self.tag = {"it": "it-IT", "en": "en-GB"}[language]

    def slide(self, title: str, notes: str) -> Any:
        """A new slide with its title and the speaker's notes."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = (Inches(value) for value in (_LEFT, 0.5, _WIDE, 0.95))
        self._write(head.text_frame, [Line(title, strong=True)], fit([title], _WIDE, 0.9, 32, 20))
        head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
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

    def number(self, slide: Any, value: str, what: str, box: Box) -> None:
        """A large number over what it counts."""
        self.text(slide, [Line(value, strong=True)], Box(box.left, box.top, box.width, box.height * 0.6), 60)
        self.text(slide, [Line(what)], Box(box.left, box.top + box.height * 0.6, box.width, box.height * 0.4), 20)

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
