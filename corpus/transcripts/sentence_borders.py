"""Where a turn's text may be cut: sentence ends, utterance ends, and the least bad place in what is too long.

Works on one clean text and positions in it; knows no transcript.
"""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\S+")
_END = re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s|$)")
_MARK = re.compile(r"[.!?…](?=\s|$)")
# Full stops after these end no sentence. Longer ones are matched without regard to case.
_ABBREVIATIONS = frozenset(
    str.split(
        "art artt avv cap cfr co dr dott ing geom rag prof sig ecc "
        "es etc fig gent ill jr lett max min mons n nr nn on op "
        "pag pagg par pp p r rev s sc sec seg segg sen sez "
        "spett srl ss st suppl tab tel v vol vs dir uff resp int arch "
        "dott.ssa prof.ssa sig.ra sig.na d.lgs d.l l.r d.p.r dpr c.a a.c d.c"
    )
)
_CONJUNCTIONS = frozenset(
    str.split("e ma perché quindi però che allora cioè poi quando se dove mentre anche oppure siccome invece infatti")
)


def is_punctuated(texts: Sequence[str]) -> bool:
    """Whether the full stops of a transcript part its sentences: one mark at least every thirty words.

    Speech transcribed for its sound has fewer; there the ends of the transcriber's units part the sentences too.
    """
    text = "\n".join(texts)
    marks = sum(1 for _ in _MARK.finditer(text))
    return marks * 30 >= sum(1 for _ in _WORD.finditer(text))


def sentences(text: str, unit_ends: Sequence[int], *, punctuated: bool) -> list[tuple[int, int]]:
    """Sentences of a clean text as ranges without white space at their ends; together they hold all that is not space.

    `unit_ends` count in `text`; they part sentences in unpunctuated speech alone.
    """
    cuts = {match.end() for match in _END.finditer(text) if _ends_sentence(text, match)}
    if not punctuated:
        cuts |= set(unit_ends)
    cuts.add(len(text))
    ranges: list[tuple[int, int]] = []
    start = 0
    for cut in sorted(cuts):
        trimmed = _trim(text, start, cut)
        if trimmed[0] < trimmed[1]:
            ranges.append(trimmed)
            start = cut
    return ranges


def pack(
    text: str, parts: Sequence[tuple[int, int]], unit_ends: Sequence[int], *, target_words: int, max_words: int
) -> list[tuple[int, int, int]]:
    """Adjacent sentences joined to segments of about `target_words`, never over `max_words`: `(start, end, words)`.

    A sentence joins the segment before it when that brings the segment nearer to the target. What is left over at a
    turn's end, less than a quarter of the target, goes with the segment before it when there is room.
    """
    ends = frozenset(unit_ends)
    packed: list[tuple[int, int, int]] = []
    for start, end in parts:
        for piece_start, piece_end, words in _within(text, start, end, ends, max_words):
            if packed:
                first, _, before = packed[-1]
                together = before + words
                nearer = abs(together - target_words) <= abs(before - target_words)
                last = piece_end == parts[-1][1] and words * 4 < target_words
                if together <= max_words and (nearer or last):
                    packed[-1] = (first, piece_end, together)
                    continue
            packed.append((piece_start, piece_end, words))
    return packed


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match[0]
    if mark[0] in "!?":
        return True
    following = text[match.end() :].lstrip()[:1] if match.end() + 3 >= len(text) else text[match.end() + 1]
    if not following:
        return True
    if mark.startswith("..") or mark[0] == "…":
        return not following.islower()  # "si fa... si fa male" is one sentence
    before = text[max(0, match.start() - 12) : match.start()].split(" ")[-1].strip("(\"'«“").casefold()
    elided = before.rsplit("'", 1)[-1].rsplit("’", 1)[-1]
    if elided in _ABBREVIATIONS or before in _ABBREVIATIONS:
        return False
    return not (len(elided) == 1 and elided.isalpha() and text[match.start() - 1].isupper())


def _within(text: str, start: int, end: int, ends: frozenset[int], max_words: int) -> list[tuple[int, int, int]]:
    """A sentence cut into pieces of at most `max_words`, as evenly and at as good places as can be."""
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if len(words) <= max_words:
        return [(start, end, len(words))]
    pieces: list[tuple[int, int, int]] = []
    low = 0
    while low < len(words):
        left = len(words) - low
        number = -(-left // max_words)  # pieces still needed
        high = len(words) if number == 1 else _best_cut(text, words, low, -(-left // number), max_words, ends)
        pieces.append((words[low][0], words[high - 1][1], high - low))
        low = high
    return pieces


def _best_cut(
    text: str, words: Sequence[tuple[int, int]], low: int, ideal: int, max_words: int, ends: frozenset[int]
) -> int:
    """The word before which to cut: near `low + ideal`, after a unit or strong sign rather than a comma or nothing."""
    reach = max(1, ideal // 2)
    candidates = range(low + max(1, ideal - reach), min(low + max_words, len(words) - 1) + 1)

    def cost(cut: int) -> tuple[float, int]:
        before = words[cut - 1]
        after = text[slice(*words[cut])].casefold()
        sign = text[before[1] - 1]
        if before[1] in ends:
            weight = 0.0
        elif sign in ";:.!?…":
            weight = 0.15
        elif sign in ",)»–—":
            weight = 0.35
        elif after in _CONJUNCTIONS:
            weight = 0.5
        else:
            weight = 1.0
        return weight + abs(cut - low - ideal) / reach, cut

    return min(candidates, key=cost)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
