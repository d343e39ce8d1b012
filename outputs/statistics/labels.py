"""Labels on one line and no longer than a program holds. Knows no program."""

import re

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")
_MORE = "…"


def cut_letters(text: str, most: int) -> str:
    """The text on one line, of at most `most` characters; what is cut ends in `…`."""
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= most else line[: most - len(_MORE)].rstrip() + _MORE


def cut_bytes(text: str, most: int) -> str:
    """The text of at most `most` bytes of UTF-8, no character in halves; what is cut ends in `…`."""
    held = text.encode("utf-8")
    if len(held) <= most:
        return text
    return held[: most - len(_MORE.encode())].decode("utf-8", "ignore").rstrip() + _MORE


def line_of_bytes(text: str, most: int) -> str:
    """The text on one line, of at most `most` bytes of UTF-8."""
    return cut_bytes(cut_letters(text, most), most)
