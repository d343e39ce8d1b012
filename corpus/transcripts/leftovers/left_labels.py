"""Speakers' names that stay among the words: a transcript's own, slips of them, and others typed like labels."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from corpus.transcripts.leftovers.lines import Leftover, SpokenLine
from corpus.transcripts.sheet import is_nobody
from corpus.words.roles import role_of_label

_NAME = r"(?P<name>[^\W_][^:\n\[\](){}<>|/«»\"“”?!;,]{0,39}?)"
_BEGINS = r"(?:^|(?<=[.?!…»”\"\])}] ))"
# Looked for at every beginning of a sentence, so that a long one before a label does not hide it.
_COLON = re.compile(
    rf"{_BEGINS}(?=(?P<mark>\d{{1,4}}[.)]?\s|[@>*•–—-]\s?|//\s?)?[\"“«]?{_NAME}[\"”»]?(?:\s?\([^()\n]{{0,20}}\))?\s?"
    r"(?:[:：](?!\d|//)|>{1,2}|»))"
)
_ENCLOSED = re.compile(
    rf"(?P<open>\[|\(|\{{|<(?:v\s+)?|//\s?){_NAME}(?P<colon>:(?!\d|//))?\s?(?:[\])}}>]|//|(?<=:))(?P<after>\s?:)?"
)
_DASH = re.compile(rf"{_BEGINS}(?={_NAME}\s?(?:(?<=\s)[-–—=]|;|[.:][-–—=])\s)")
_UNNAMED = re.compile(r"^(?P<name>\?{1,3}|[xX]{2,3})\s?:")
_TIMED = re.compile(rf"{_NAME}\s[\[(]?\d{{1,2}}:\d\d(?::\d\d)?[\])]?")
# A name alone before a sentence that has its own capital: `Pietro Che rimettano ...`, no `Pietro Rossi`.
_BARE = re.compile(
    rf"{_NAME}[.,]? "
    r"(?:Che|Chi|Non|No|Sì|Il|La|Lo|I|Gli|Le|Un|Una|Da|Di|E|Ma|Per|Perché|Come|Quando|Dove|Io|Noi|Ho|È|Mah"
    r"|Beh|Eh|Allora|Ecco|Certo|Grazie|Abbiamo|Sono|Siamo|C'è|Anche|Poi|Quindi|Secondo|Adesso|Prima)\b(?! [A-ZÀ-Ý])"
)
_WIDE = re.compile(rf"{_NAME}(?:\t+| {{2,}})")
_STRESSED = re.compile(rf"(?:\*{{1,3}}|_{{1,2}})\s?{_NAME}\s?(?:\*{{1,3}}|_{{1,2}})")
_ENDS_SENTENCE = re.compile(r"[.?!…:][\"”»')\]]*$")
_CODE = re.compile(r"[^\W\d_]{1,12}[ _.]?\d{1,3}|(?:[^\W\d_]\.){2,3}")
_PARTICLES = frozenset(str.split("di de del della dei degli delle da dal dalla la lo e in alla al"))
_VOICES = frozenset(
    str.split(
        "voce voci speaker parlante partecipante participant moglie marito figlio figlia madre padre mamma papà nonno"
        " nonna sorella fratello collega signora signore donna uomo bambino bambina ragazzo ragazza altro altra"
        " operatore operatrice cameriere cameriera passante sconosciuto sconosciuta unknown interprete traduttrice"
    )
)
_LIKE_I = frozenset("l1")  # as a scan reads the letter
_MOST_WORDS = 4
_CLOSE = 0.8  # `Peitro` for `Pietro`, `Ana` for `Anna`
_FEWEST_LINES = 20
_SHARE_OF_ONE = 0.8
_QUESTIONS = 0.15


def find_labels(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """What in the lines is typed as labels are, before the words of another speaker."""
    own = {line.speaker for line in lines}
    known = {speaker.casefold() for speaker in own}
    begins = True
    for line in lines:
        begins = begins or line.opens_unit
        for name in _names_in_line(line, own, known, begins=begins):
            yield Leftover("label", line, name)
        begins = _ENDS_SENTENCE.search(line.text) is not None


def find_swallowed(lines: Sequence[SpokenLine]) -> Iterator[Leftover]:
    """The turn that holds nearly all lines of an interview, questions among them: its labels were not seen."""
    turns: dict[int, list[SpokenLine]] = defaultdict(list)
    for line in lines:
        turns[line.turn].append(line)
    longest = max(turns.values(), key=len, default=[])
    asks = sum(line.text.endswith("?") for line in longest)
    if len(longest) >= max(_FEWEST_LINES, _SHARE_OF_ONE * len(lines)) and asks >= _QUESTIONS * len(longest):
        yield Leftover("shape", longest[0], longest[0].text)


def _names_in_line(line: SpokenLine, own: set[str], known: set[str], *, begins: bool) -> Iterator[str]:
    # Right after a turn's own label a word with a colon (`R: Voto: sei e mezzo.`) is speech.
    fresh = begins and not line.opens_turn
    for match in _COLON.finditer(line.text):
        another = match["mark"] or (fresh and match.start() == 0)
        if _is_own(match["name"], own, known) or (another and _is_somebody(match["name"])):
            yield match["name"]
    for match in _ENCLOSED.finditer(line.text):
        if _is_own(match["name"], own, known) or _is_tag(match):
            yield match["name"]
    for match in _DASH.finditer(line.text):
        if _is_own(match["name"], own, known):
            yield match["name"]
    if not line.opens_turn and _is_own(line.text, own, known):
        yield line.text
    for pattern in (_UNNAMED, _TIMED):
        alone = pattern.match(line.text) if pattern is _UNNAMED else pattern.fullmatch(line.text)
        if alone and (pattern is _UNNAMED or _is_somebody(alone["name"])):
            yield alone["name"]
    bare = _BARE.match(line.text)
    if fresh and bare and bare["name"] in own:
        yield bare["name"]
    for pattern in (_WIDE, _STRESSED):
        written = pattern.match(line.written)
        if written and _is_own(written["name"], own, known):
            yield written["name"]


def _is_own(name: str, own: set[str], known: set[str]) -> bool:
    """Whether `name` is a speaker of the transcript, but for a slip; a letter or two must be typed as in the label."""
    name = name.strip(" .:")
    if len(name) < 3:
        return name in own or (name in _LIKE_I and "I" in own)
    key = name.casefold()
    return key in known or (name[0].isupper() and bool(get_close_matches(key, known, n=1, cutoff=_CLOSE)))


def _is_somebody(name: str) -> bool:
    """Whether a name that no speaker has looks like one more's: a voice, a role, a code, words in capitals."""
    name = name.strip(" .")
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or is_nobody(name.casefold()):
        return False
    if words[0].casefold().strip(".") in _VOICES or role_of_label(name) is not None:
        return words[0][0].isupper()
    if _CODE.fullmatch(name):
        return True
    return all(word.casefold() in _PARTICLES or word[0].isupper() for word in words)


def _is_tag(match: re.Match[str]) -> bool:
    """Whether a name in brackets is no word of the transcriber's (`[ride]`, `(in dialetto)`)."""
    name = match["name"].strip(" .")
    colon = bool(match["colon"] or match["after"])
    if match["open"].startswith("//"):
        return colon
    if match["open"][0] in "{<":
        return _is_somebody(name)
    opens = match["open"] == "[" and match.start() == 0
    return (colon and _is_somebody(name)) or (opens and _CODE.fullmatch(name) is not None)
