"""Quotations numbered through a document, each printed whole once. Room outputs; chooses none."""

import re
import textwrap

_SAID = re.compile(r"«(.*)» \(([^(),]*)(.*)\)", re.DOTALL)
_OPENING = 60  # signs of a quotation that was printed before


class Quoted:
    """The quotations printed so far, by what was said and by whom."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def print(self, text: str, respondent: str, source: str) -> str:
        """`[3] «text»` and its source; a quotation that was printed before with its opening words only."""
        known = (text, respondent) in self._numbers
        number = self._numbers.setdefault((text, respondent), len(self._numbers) + 1)
        said = textwrap.shorten(text, _OPENING, placeholder=" …") if known else text
        return f"[{number}] «{said}»{source}"

    def print_line(self, line: str) -> str:
        """The same for a quotation as a table's cell has it: `«text» (respondent, stance)`."""
        found = _SAID.fullmatch(line)
        return self.print(found[1], found[2], f" ({found[2]}{found[3]})") if found else line


def lines_of(cell: str | None) -> list[str]:
    """The quotations of a table's cell, one each; a text may hold line breaks of its own."""
    return re.split(r"\n(?=«)", cell) if cell else []
