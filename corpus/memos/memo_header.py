"""The head of a memo file: who wrote it, when, about what. Knows the words of its lines, and no study.

    autore: Anna Rossi
    data: 2026-03-02
    tema: personale
    trascrizione: S01
    passo: non basta mai

A blank line ends it; it may stand between two lines `---`. `tema`, `rispondente` and `trascrizione` may come several
times; `passo` and `posizione` belong to the transcript above them. A line that begins with a blank goes on with the
one before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import Notebook
from corpus.words.language import Bilingual
from corpus.words.spelling import fold, suggestion

KEYS: Mapping[str, Bilingual] = {
    "kind": Bilingual("tipo", "kind"),
    "title": Bilingual("titolo", "title"),
    "author": Bilingual("autore", "author"),
    "date": Bilingual("data", "date"),
    "theme": Bilingual("tema", "theme"),
    "respondent": Bilingual("rispondente", "respondent"),
    "transcript": Bilingual("trascrizione", "transcript"),
    "quote": Bilingual("passo", "passage"),
    "position": Bilingual("posizione", "position"),
    "direction": Bilingual("verso", "direction"),
    "guid": Bilingual("guid", "guid"),
}
_SPELLED = {fold(word): key for key, words in KEYS.items() for word in words} | {"autrice": "author"}
_FENCE = "---"
_LINE = re.compile(r"\s*(?P<key>[^\W\d_]+)\s*:(?P<value>.*)")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head: a key of KEYS, what is written after it, and the line's number in the file."""

    key: str
    value: str
    row: int


def read_head(text: str, notebook: Notebook) -> tuple[list[HeadLine], str]:
    """The lines of the head in their order, and the memo's text below it.

    A line whose key is none of KEYS is told, and kept at the beginning of the text.
    """
    lines = text.split("\n")
    begin, last, below = _bounds(lines)
    head: list[HeadLine] = []
    strange: list[str] = []
    for number, line in enumerate(lines[begin:last], start=begin + 1):
        match = _LINE.fullmatch(line)
        key = _SPELLED.get(fold(match["key"])) if match else None
        if match and key:
            head.append(HeadLine(key, match["value"].strip(), number))
        elif head and line[:1].isspace() and line.strip():
            before = head.pop()
            head.append(HeadLine(before.key, f"{before.value} {line.strip()}".strip(), before.row))
        elif line.strip():
            strange.append(line)
            _tell_strange(match["key"] if match else line.strip(), notebook.at(number))
    return head, "\n".join([*strange, *lines[below:]]).strip()


def _bounds(lines: Sequence[str]) -> tuple[int, int, int]:
    """Where the head begins and ends, and where the text below it begins; nothing is a head where none is."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() == _FENCE:
        closed = (number for number, line in enumerate(lines) if number > first and line.strip() == _FENCE)
        last = next(closed, None)
        return (first, first, first) if last is None else (first + 1, last, last + 1)
    if not _is_known(lines[first]):
        return first, first, first
    last = next((number for number, line in enumerate(lines) if number > first and not line.strip()), len(lines))
    return first, last, last


def _is_known(line: str) -> bool:
    match = _LINE.fullmatch(line)
    return match is not None and fold(match["key"]) in _SPELLED


def _tell_strange(key: str, page: Notebook) -> None:
    hint = suggestion(key, _SPELLED)
    italian = ", ".join(words.it for words in KEYS.values())
    english = ", ".join(words.en for words in KEYS.values())
    page.warning(
        f"`{key}` non è una voce dell'intestazione{hint.it} ({italian}): la riga resta nel testo del memo",
        f"`{key}` is no line of the head{hint.en} ({english}): it stays in the memo's text",
    )


def write_head(lines: Sequence[tuple[str, str]], language: str) -> str:
    """The head of these keys and values, without those that are blank, in the words of `language`."""
    named = [(KEYS[key].en if language == "en" else KEYS[key].it, " ".join(value.split())) for key, value in lines]
    return "".join(f"{name}: {value}\n" for name, value in named if value)
