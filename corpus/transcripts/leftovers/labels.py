"""Speakers' names that stay among the words: a transcript's own, slips of them, and others typed like labels."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from corpus.roles import role_of_label
from corpus.transcripts.leftovers.lines import Leftover, SpokenLine
from corpus.transcripts.sheet import is_nobody

_NAME = r"[^\W_][^:\n\[\](){}<>|/«»\"“”?!;,]{0,39}?"
_ASIDE = r"(?:\s?\([^()\n]{0,20}\))?"
_BEGINS = r"(?:^|(?<=[.?!…»”\"\])}] ))"
_COLON = re.compile(
    rf"{_BEGINS}(?P<mark>[@>*•–—-]\s?|//\s?)?(?P<name>{_NAME}){_ASIDE}\s?(?P<sign>:(?!\d|//)|>{{1,2}}|»)"
)
_ENCLOSED = re.compile(
    rf"(?P<open>\[|\(|\{{|<(?:v\s+)?|//\s?)(?P<name>{_NAME})(?P<colon>:(?!\d|//))?\s?(?P<close>[\])}}>]|//|(?<=:))(?P<after>\s?:)?"
)
_DASH = re.compile(rf"{_BEGINS}(?P<name>{_NAME})\s[-–—]\s")
_WIDE = re.compile(rf"(?P<name>{_NAME})(?:\t+| {{2,}})")
_STRESSED = re.compile(rf"(?:\*{{1,3}}|_{{1,2}})\s?(?P<name>{_NAME})\s?(?:\*{{1,3}}|_{{1,2}})")
_ENDS_SENTENCE = re.compile(r"[.?!…:][\"”»')\]]*$")
_PARTICLES = frozenset(str.split("di de del della dei degli delle da dal dalla la lo e in alla al"))
_VOICES = frozenset(
    str.split(
        "voce voci speaker parlante partecipante participant moglie marito figlio figlia madre padre mamma papà nonno"
        " nonna sorella fratello collega signora signore donna uomo bambino bambina ragazzo ragazza altro altra"
        " operatore operatrice cameriere cameriera passante sconosciuto sconosciuta unknown interprete traduttrice"
    )
)
_CODE = re.compile(r"[^\W\d_]{1,12}[ _.]?\d{1,3}|(?:[^\W\d_]\.){2,3}")
_MOST_WORDS = 4


def find_labels(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """What in the lines is typed as labels are, before the words of another speaker."""
    own = {line.speaker for line in lines}
    keys = {speaker.casefold() for speaker in own}
    before: SpokenLine | None = None
    for line in lines:
        begins = before is None or line.opens_unit or _ENDS_SENTENCE.search(before.text) is not None
        for name in dict.fromkeys(_names(line, own, keys, begins=begins)):
            yield Leftover("label", line, name)
        before = line


def _names(line: SpokenLine, own: set[str], keys: set[str], *, begins: bool) -> Iterator[str]:
    text = line.text
    for match in _COLON.finditer(text):
        name = match["name"].strip(" .")
        # Right after a turn's own label a word with a colon (`R: Voto: sei`) is speech.
        at_start = match.start() == 0 and begins and not line.opens_turn
        if _is_own(name, own, keys) or ((at_start or match["mark"]) and _is_somebody(name)):
            yield name
    for match in _ENCLOSED.finditer(text):
        name = match["name"].strip(" .")
        colon = bool(match["colon"] or match["after"])
        if _is_own(name, own, keys) or _is_tag(name, match["open"].rstrip("v "), colon=colon, at_start=match.start() == 0):
            yield name
    for match in _DASH.finditer(text):
        if _is_own(match["name"].strip(" ."), own, keys):
            yield match["name"]
    if not line.opens_turn and _is_own(text.strip(" ."), own, keys):
        yield text
    for pattern in (_WIDE, _STRESSED):
        written = pattern.match(line.written)
        if written and _is_own(written["name"].strip(" .:"), own, keys):
            yield written["name"]


def _is_own(name: str, own: set[str], keys: set[str]) -> bool:
    """Whether `name` is a speaker of the transcript, but for a slip; a letter or two must be typed as the label is."""
    if len(name) < 3:
        return name in own
    key = name.casefold()
    return key in keys or (name[0].isupper() and bool(get_close_matches(key, keys, n=1, cutoff=0.8)))


def _is_somebody(name: str) -> bool:
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or is_nobody(name.casefold()):
        return False
    if words[0].casefold().strip(".") in _VOICES or role_of_label(name) is not None:
        return words[0][0].isupper()
    if _CODE.fullmatch(name):
        return True
    return all(word.casefold() in _PARTICLES or word[0].isupper() for word in words)


def _is_tag(name: str, bracket: str, *, colon: bool, at_start: bool) -> bool:
    if bracket.startswith("//"):
        return colon
    if bracket in "{<":
        return _is_somebody(name)
    return (colon and _is_somebody(name)) or (at_start and bracket == "[" and _CODE.fullmatch(name) is not None)
