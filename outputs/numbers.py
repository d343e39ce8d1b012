"""Numbers and times as a reader of the report expects them. Room outputs; formats, never computes."""

from typing import Literal

from corpus.words.language import Language

Kind = Literal["text", "count", "decimal", "percent", "p"]
Rendered = str | int | float | None  # a cell of a rendered table


def format_value(value: Rendered, kind: Kind, language: Language) -> str:
    """A cell's value as text: 0.875 as `87,5%`, a small p as `<0,001`, None as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind == "percent":
        text = f"{100 * value:.1f}%"
    elif kind == "p":
        text = "<0.001" if value < 0.001 else f"{value:.3f}"
    elif kind == "count":
        text = f"{value:.0f}"
    else:
        text = f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}"
    return text.replace(".", ",") if language == "it" else text


def in_words(number: float, language: Language) -> str:
    """A number of a sentence, three digits at least: 5.4167 as `5,42`, 1969.5 as `1.969,5`."""
    text = f"{number:,.1f}".removesuffix(".0") if abs(number) >= 1000 else f"{number:.3g}"
    return text.translate(str.maketrans(",.", ".,")) if language == "it" else text


def clock(milliseconds: int) -> str:
    """Milliseconds from the start of the recording as h:mm:ss."""
    seconds = int(milliseconds) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
